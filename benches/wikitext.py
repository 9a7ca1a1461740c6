#!/usr/bin/env python3
"""Words of real articles that arrive, beside what two other tools keep.

usage: wikitext.py FANFOLD PANDOC ARTICLE.wiki...   (needs mwparserfromhell)

Visible prose is taken from each article without its templates, tables and references: the words
that mwparserfromhell's strip_code and pandoc's plain writer both give. Printed are the share of
them in fanfold's text, the words that are missing, the templates that were not expanded, with
the words in their arguments, and those of which a rule left arguments out, with the words in these; most words first.
"""
import collections, json, re, subprocess, sys, os, tempfile
import mwparserfromhell


def words(text):
    # Scripts without spaces are counted by characters.
    return collections.Counter(re.findall(r'[\u2e80-\u9fff\uf900-\ufaff]|[^\W\u2e80-\u9fff\uf900-\ufaff]+', text.lower()))


def ours(document):
    out, lost = [], collections.Counter()

    def walk(node):
        if isinstance(node, list):
            for n in node:
                walk(n)
        elif isinstance(node, dict):
            kind = node.get('type')
            if kind == 'unresolved':
                lost[node['name'].strip().split('\n')[0]] += sum(words(' '.join(v for _, v in node['arguments'])).values())
                return
            if kind == 'text' or kind == 'code':
                out.append(node['text'])
                return
            if kind in ('soft-break', 'hard-break'):
                out.append(' ')
            if kind == 'math':
                out.append(' ' + node['tex'] + ' ')
            if kind == 'image' and node.get('alt'):
                out.append(' ' + node['alt'] + ' ')
            for key, value in node.items():
                if key in ('attr', 'span', 'meta', 'sources', 'citations'):
                    continue
                if isinstance(value, (list, dict)):
                    walk(value)
            if kind in ('paragraph', 'heading', 'list', 'table', 'definitions', 'figure') or 'blocks' in node or 'label' in node or 'caption' in node:
                out.append('\n')

    for article in document['articles']:
        for key in ('blocks', 'notes'):
            walk(article.get(key, []))
    return ''.join(out), lost


def left_out(source, portions):
    """Words of arguments that no rule asks for, by the template that they are arguments of."""
    left = collections.Counter()
    text = source.encode()
    marks = iter(re.finditer(rb'\{\{\s*([^|{}\n]*)|\}\}', text))
    mark, around, owner = next(marks, None), [], 0
    for start, end, _, *code in portions:
        while mark and mark.start() <= start:
            if mark[1] is not None:
                around.append(mark[1].decode('utf8', 'replace').strip())
            elif around:
                around.pop()
                owner = min(owner, len(around))
            mark = next(marks, None)
        if code == ['argument-dropped']:
            # What is inside of an argument that is left out, goes with it.
            owner = owner or len(around)
            left[around[owner - 1] if around else '?'] += sum(words(text[start:end].decode('utf8', 'replace')).values())
    return left


def stripped(source):
    # The word that makes a page a redirect is mark-up, which the other tools keep.
    code = mwparserfromhell.parse(re.sub(r'^\s*#redirect\b', '', source, flags=re.I))
    for node in code.filter_templates(recursive=True) + code.filter_tags(matches=lambda t: str(t.tag).lower() in ('ref', 'table', 'gallery', 'references', 'timeline', 'math', 'imagemap')):
        try:
            code.remove(node)
        except ValueError:
            pass
    # Categories are metadata. Of a picture only the last option is prose: the other tools keep the
    # options of languages whose words for them they don't know.
    for link in code.filter_wikilinks(recursive=True):
        target = str(link.title).split(':')[0].strip().lower()
        try:
            if target in CATEGORY:
                code.remove(link)
            elif target in MEDIA:
                caption = re.split(r'\|(?![^\[]*\]\])', str(link.text or ''))[-1]
                code.replace(link, '' if re.fullmatch(r'[\w .=-]*', caption) else '\n\n' + caption + '\n\n')
        except ValueError:
            pass
    return code


CATEGORY = {'category', 'kategorie', 'категория', 'تصنيف', 'श्रेणी', 'κατηγορία', 'catégorie', '분류', 'பகுப்பு', 'კატეგორია', 'kategoria', 'thể loại'}
MEDIA = {'file', 'image', 'datei', 'bild', 'файл', 'изображение', 'ملف', 'صورة', 'ファイル', '画像', 'चित्र', 'αρχείο', 'εικόνα', 'fichier', '파일', '그림',
         'படிமம்', 'ფაილი', 'სურათი', 'plik', 'grafika', 'tập tin', 'hình', 'lêer', 'beeld'}


def main():
    fanfold, pandoc, files = sys.argv[1], sys.argv[2], sys.argv[3:]
    total = found = 0
    lost = collections.Counter()
    uses = collections.Counter()
    left, left_uses = collections.Counter(), collections.Counter()
    report = os.path.join(tempfile.mkdtemp(), 'report.json')
    for path in files:
        source = open(path, encoding='utf8').read()
        code = stripped(source)
        plain = code.strip_code(normalize=True, collapse=True)
        run = subprocess.run([pandoc, '-f', 'mediawiki', '-t', 'plain', '--wrap=none'], input=str(code).encode(), capture_output=True)
        common = words(plain) & words(run.stdout.decode()) if run.returncode == 0 else collections.Counter()
        made = subprocess.run([fanfold, 'convert', path, '--to', 'json', '-o', '-', '-q', '--report', report], capture_output=True)
        text, unresolved = ours(json.loads(made.stdout))
        lost.update(unresolved)
        uses.update(dict.fromkeys(unresolved, 1))
        [entry] = json.load(open(report, encoding='utf8'))['inputs']
        of_rules = left_out(source, entry['portions'])
        left.update(of_rules)
        left_uses.update(dict.fromkeys(of_rules, 1))
        missing = common - words(text)
        total += sum(common.values())
        found += sum(common.values()) - sum(missing.values())
        share = 1 - sum(missing.values()) / max(1, sum(common.values()))
        note = '' if run.returncode == 0 else ' (pandoc refuses it)'
        print(f'{share:8.3%} {os.path.basename(path)}{note}', dict(missing.most_common(12)) if share < 0.999 else '')
    print(f'{found / total:8.3%} of {total} words')
    for title, counts, of in (('words in its arguments', lost, uses), ('words of arguments left out', left, left_uses)):
        print(f'\n| template | articles | {title} |\n|---|---|---|')
        for name, count in counts.most_common(60):
            if count:
                print(f'| {name} | {of[name]} | {count} |')
        print(f'\nand {sum(1 for c in counts.values() if not c)} without words; {sum(counts.values())} words in all')


if __name__ == '__main__':
    main()
