#!/usr/bin/env python3
"""Holds the reader against MediaWiki's parser tests: text and structure.

usage: parsertests.py FANFOLD CASES.json KNOWN.txt

Both sides become a list of lines, one a block: what it stands in (lists, cells, quotations), its
kind, its words with bold, italic, links and breaks; a picture is one word. White space, also where a mark
begins or ends, attributes, tables of contents,
edit links, numbers of notes and back links are left out. KNOWN.txt lists the ids that fail, with reasons; a
case that is listed and passes fails the run, so that the list only shrinks.
"""
import json, re, subprocess, sys, tempfile, os
from html.parser import HTMLParser

BLOCK = {'p', 'div', 'center', 'table', 'tbody', 'tr', 'td', 'th', 'caption', 'ul', 'ol', 'li', 'dl', 'dt', 'dd',
         'blockquote', 'pre', 'hr', 'figure', 'figcaption', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'}
MARK = {'b': '*', 'strong': '*', 'i': '/', 'em': '/', 's': '~', 'strike': '~', 'del': '~', 'a': '_'}
# Behind a mark that opens, before one that closes.
OPENS, CLOSES = '\x02', '\x03'


class Lines(HTMLParser):
    def __init__(self):
        super().__init__()
        self.lines, self.path, self.text, self.skip, self.open, self.gallery = [], [], '', 0, [], False

    def flush(self):
        text = normal(self.text)
        self.text = ''
        if text:
            self.lines.append((place(self.path), text))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        classes = (attrs.get('class') or '').split()
        void = tag in ('br', 'hr', 'input', 'img', 'meta', 'link')
        if self.skip or attrs.get('id') == 'toc' or 'mw-editsection' in classes or 'mw-cite-backlink' in classes \
                or ('reference' in classes and tag == 'sup') or 'mw-references-wrap' in classes:
            if 'reference' in classes and tag == 'sup' and not self.skip:
                self.text += '†'
            self.skip += 0 if void else 1
            return
        if tag == 'img' or 'mw-broken-media' in classes or ('new' in classes and (attrs.get('title') or '').startswith('File:')):
            # A picture that isn't there is one too.
            self.text += '[image]'
            self.skip += 0 if void else 1
            return
        if tag in BLOCK:
            self.flush()
            if tag == 'ul' and 'gallery' in classes:
                # Pictures side by side are no list.
                self.gallery = True
            if tag in ('ul', 'li') and self.gallery:
                tag = 'div'
            if tag == 'hr':
                self.lines.append((place(self.path), '----'))
            else:
                self.path.append(tag)
        elif tag == 'br':
            self.text += '¶'
        elif tag in MARK:
            self.text += MARK[tag] + OPENS
        if not void:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        if not self.skip:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if self.skip:
            self.skip -= 1
            return
        if tag in BLOCK:
            self.flush()
            self.gallery &= tag != 'ul'
            if tag in self.path:
                while self.path.pop() != tag:
                    pass
        elif tag in MARK:
            self.text += CLOSES + MARK[tag]

    def handle_data(self, data):
        if not self.skip:
            self.text += data


KEPT = {'td': 'cell', 'th': 'head', 'caption': 'caption', 'ul': 'ul', 'ol': 'ol', 'dt': 'dt', 'dd': 'dd', 'blockquote': 'quote',
        'pre': 'pre'} | {f'h{n}': f'h{n}' for n in range(1, 7)}


def place(path):
    return '/'.join(KEPT[t] for t in path if t in KEPT)


def normal(text):
    text = re.sub(r'\s+', ' ', text.replace('\xa0', ' '))
    # White space at the edge of a mark stands outside of it.
    while (moved := re.sub(rf'([*/~_]{OPENS})([ ¶])', r'\2\1', re.sub(rf'([ ¶])({CLOSES}[*/~_])', r'\2\1', text))) != text:
        text = moved
    text = text.replace(OPENS, '').replace(CLOSES, '').replace('_[image]_', '[image]')
    text = re.sub(r' ?¶ ?', '¶', re.sub(' +', ' ', text)).strip(' ¶')
    for mark in ('**', '//', '~~', '__'):
        text = text.replace(mark, '')
    return re.sub(r'^([*/~_]+) ', r'\1', text.strip(' ¶'))


def ours(document):
    lines = []
    article = document['articles'][0]

    def inline(nodes):
        out = ''
        for n in nodes:
            kind = n['type']
            if kind in ('text', 'code'):
                out += n['text']
            elif kind == 'math':
                out += n['tex']
            elif kind == 'styled':
                mark = {'strong': '*', 'emphasis': '/', 'strikeout': '~'}.get(n['style'], '')
                out += mark and mark + OPENS + inline(n['content']) + CLOSES + mark or inline(n['content'])
            elif kind == 'link':
                out += '_' + OPENS + inline(n['content']) + CLOSES + '_'
            elif kind == 'note':
                out += '†'
            elif kind == 'soft-break':
                out += ' '
            elif kind == 'hard-break':
                out += '¶'
            elif kind == 'unresolved':
                out += n['source']
            elif kind == 'image':
                out += '[image]'
        return out

    def add(path, text):
        text = normal(text)
        if text:
            lines.append(('/'.join(path), text))

    def blocks(nodes, path):
        for n in nodes:
            kind = n['type']
            if kind == 'heading':
                add(path + [f"h{n['level']}"], inline(n['content']))
            elif kind == 'paragraph':
                add(path, inline(n['content']))
            elif kind == 'quote':
                blocks(n['body'], path + ([] if poem else ['quote']))
            elif kind == 'list':
                tag = 'ul' if n['marker']['kind'] == 'bullet' else 'ol'
                for item in n['items']:
                    blocks(item['blocks'], path + [tag])
            elif kind == 'definitions':
                for item in n['items']:
                    for term in item['terms']:
                        add(path + ['dt'], inline(term))
                    for detail in item['details']:
                        blocks(detail, path + ['dd'])
            elif kind == 'code':
                add(path + ['pre'], n['text'])
            elif kind == 'rule':
                lines.append(('/'.join(path), '----'))
            elif kind == 'table':
                if n.get('caption'):
                    for part in normal(inline(n['caption'])).split('¶'):
                        add(path + ['caption'], part)
                for row in n.get('head', []) + n['body'] + n.get('foot', []):
                    for cell in row['cells']:
                        blocks(cell['blocks'], path + ['head' if cell.get('scope') else 'cell'])
            elif kind in ('aside', 'figure'):
                caption = inline(n.get('caption') or [])
                # That of several pictures stands over them, as MediaWiki has it.
                several = any(b['type'] == 'figure' for b in n['body'])
                add(path, caption if several else '')
                blocks(n['body'], path)
                add(path, '' if several else caption)
            elif kind == 'unresolved':
                add(path, n['source'])

    global poem
    blocks(article['blocks'], [])
    return lines


def lift(lines):
    """Fanfold puts the page's own first level under its title."""
    if any(w.endswith('h1') for w, _ in lines):
        return [(re.sub(r'h([1-5])$', lambda m: f'h{int(m[1]) + 1}', w), t) for w, t in lines]
    return lines


def main():
    global poem
    fanfold, cases, known = sys.argv[1:4]
    show = len(sys.argv) > 4
    known_ids = {int(l.split()[0]) for l in open(known, encoding='utf8') if l.strip() and not l.startswith('#')}
    failed, text_only = [], 0
    cases = json.load(open(cases, encoding='utf8'))['cases']
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            path = os.path.join(folder, 'Parser_test.wiki')
            open(path, 'w', encoding='utf8').write(case['wikitext'])
            poem = '<poem' in case['wikitext']
            made = subprocess.run([fanfold, 'convert', path, '--from', 'wikitext', '--to', 'json', '-o', '-'], capture_output=True)
            parser = Lines()
            html = re.sub(r'\nflags=\S*$', '', case['html'])
            parser.feed(html)
            parser.flush()
            want = lift(parser.lines)
            got = ours(json.loads(made.stdout)) if made.returncode == 0 else [('', made.stderr.decode())]
            if want != got:
                failed.append(case['id'])
                if show:
                    print('=====', case['id'], case['name'])
                    print(case['wikitext'])
                    for line in want:
                        print('  want', line)
                    for line in got:
                        print('  got ', line)
    print(f'{len(cases) - len(failed)} of {len(cases)} pass; fail: {failed}')
    new = sorted(set(failed) - known_ids)
    fixed = sorted(known_ids - set(failed))
    if new:
        print('fail and are not known to:', new)
    if fixed:
        print('pass and are still listed:', fixed)
    sys.exit(bool(new or fixed))


if __name__ == '__main__':
    main()
