#!/usr/bin/env python3
"""Holds the reader against html5lib's tree-construction tests as hostile input: no document fails, and each
word that the tree shows is in the document, or its loss is told.

usage: web-trees.py FANFOLD FOLDER      (`tree-construction` of html5lib/html5lib-tests)
"""
import glob, json, os, re, subprocess, sys

# What shows no text of a page, or no text that is set.
SILENT = {'script', 'style', 'noframes', 'noembed', 'iframe', 'textarea', 'template', 'select', 'option',
          'optgroup', 'svg svg', 'math math', 'title', 'button', 'xmp', 'rp'}
# Diagnostics that tell of words.
TOLD = ('boilerplate', 'hidden-text', 'html-dropped', 'metadata-dropped')


def tests(folder):
    for path in sorted(glob.glob(os.path.join(folder, '**', '*.dat'), recursive=True)):
        text = open(path, encoding='utf8', errors='replace').read()
        for test in re.split(r'(?:^|\n\n)(?=#data\n)', text):
            source = re.match(r'#data\n(.*?)\n#errors', test, re.S)
            if source and '#document-fragment' not in test:
                yield os.path.basename(path), source[1], test.partition('#document\n')[2]


def shown(tree):
    """The words of a tree's texts."""
    silent = None
    for line in re.split(r'\n(?=\| )', tree.rstrip('\n')):
        node = re.match(r'\|( +)(.*)', line, re.S)
        if not node or (silent is not None and len(node[1]) > silent):
            continue
        silent = None
        tag = re.match(r'<([^>]*)>', node[2])
        if node[2].startswith('"'):
            yield from re.findall(r'\w+', node[2].strip('"'))
        elif tag and (tag[1] in SILENT or node[2].startswith('<!')):
            silent = len(node[1])


def main():
    fanfold, folder = sys.argv[1:3]
    cases = list(tests(folder))
    lines = '\n'.join(json.dumps({'id': str(i), 'text': case[1], 'format': 'html'}) for i, case in enumerate(cases))
    run = subprocess.run([fanfold, 'pipe', '-t', 'text,json'], input=lines + '\n', capture_output=True, text=True)
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    failed = lost = 0
    for (name, source, tree), row in zip(cases, rows, strict=True):
        if row['status'] != 'done':
            failed += 1
            print('fails:', name, repr(source[:100]), row.get('error'))
            continue
        # A character that text can't have parts what it stands in.
        if '\0' in source:
            continue
        made = row['text']['text'] + row['text']['json']
        missing = [word for word in shown(tree) if word not in made]
        if missing and not any(code in row.get('diagnostics', {}) for code in TOLD):
            lost += 1
            print('lost:', name, repr(source[:100]), missing[:5])
    print(f'{len(cases)} trees: {failed} fail, {lost} lose words without a word about it')
    return bool(failed or lost)


if __name__ == '__main__':
    sys.exit(main())
