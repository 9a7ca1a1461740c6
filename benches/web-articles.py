#!/usr/bin/env python3
"""How much of the article of web pages is found, and how much beside it: precision, recall and F1 of four words
in a row, against what people marked.

usage: web-articles.py FANFOLD readability|benchmark FOLDER LEAST

FOLDER is `test/test-pages` of mozilla/readability, or scrapinghub/article-extraction-benchmark. LEAST is the F1
to reach. Captions and descriptions of pictures, which are no running text there, are left out on our side.
"""
import collections, glob, gzip, html.parser, json, os, re, subprocess, sys


class Text(html.parser.HTMLParser):
    """The words of a page."""

    def __init__(self):
        super().__init__()
        self.out, self.silent = [], 0

    def handle_starttag(self, tag, attributes):
        self.silent += tag in ('script', 'style')
        self.out.append(' ')

    def handle_endtag(self, tag):
        self.silent -= tag in ('script', 'style')
        self.out.append(' ')

    def handle_data(self, data):
        if self.silent <= 0:
            self.out.append(data)


def pages(kind, folder):
    if kind == 'benchmark':
        for name, truth in json.load(open(os.path.join(folder, 'ground-truth.json'), encoding='utf8')).items():
            yield name, gzip.open(os.path.join(folder, 'html', name + '.html.gz')).read(), truth['articleBody']
    else:
        for path in sorted(glob.glob(os.path.join(folder, '*', 'expected.html'))):
            text = Text()
            text.feed(open(path, encoding='utf8').read())
            where = os.path.dirname(path)
            yield os.path.basename(where), open(os.path.join(where, 'source.html'), 'rb').read(), ''.join(text.out)


def shingles(text):
    words = re.findall(r'\w+', text)
    return collections.Counter(tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3)))


def main():
    fanfold, kind, folder, least = sys.argv[1:5]
    rows = []
    for name, page, truth in pages(kind, folder):
        run = subprocess.run([fanfold, 'convert', '-q', '--no-config', '-f', 'html', '-t', 'flat', '-o', '-'],
                             input=page, capture_output=True)
        blocks = [json.loads(line) for line in run.stdout.splitlines()]
        found = shingles('\n\n'.join(block['text'] for block in blocks if block['types'] != ['figure']))
        wanted = shingles(truth)
        both = sum((found & wanted).values())
        precision, recall = both / max(1, sum(found.values())), both / max(1, sum(wanted.values()))
        rows.append((2 * precision * recall / max(1e-9, precision + recall), precision, recall, name))
    precision, recall = (sum(row[i] for row in rows) / len(rows) for i in (1, 2))
    f1 = 2 * precision * recall / (precision + recall)
    print(f'{len(rows)} pages: F1 {f1:.4f}, precision {precision:.4f}, recall {recall:.4f}; the least:')
    for row in sorted(rows)[:5]:
        print('  %.3f %.3f %.3f %s' % row)
    return f1 < float(least)


if __name__ == '__main__':
    sys.exit(main())
