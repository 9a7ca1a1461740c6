#!/usr/bin/env python3
"""CPU time of reading real articles, beside mwparserfromhell and pandoc, in one run.

usage: wikitext-speed.py FANFOLD ARTICLE.wiki...   (needs mwparserfromhell and pypandoc-binary)

fanfold and pandoc are whole processes, from a file to JSON of the document; of each file the fastest of three runs counts.
mwparserfromhell is timed inside of this process: parsing alone, with its tokenizer in C, without the start of Python.
An article that pandoc refuses counts for none of the three in pandoc's column.
"""
import resource, subprocess, sys, time
import mwparserfromhell, pypandoc

RUNS = 3


def process(command):
    def once():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.returncode
    runs = [once() for _ in range(RUNS)]
    return min(t for t, _ in runs), all(code == 0 for _, code in runs)


def parse(text):
    def once():
        start = time.process_time()
        mwparserfromhell.parse(text)
        return time.process_time() - start
    return min(once() for _ in range(RUNS))


def main():
    fanfold, files = sys.argv[1], sys.argv[2:]
    pandoc = pypandoc.get_pandoc_path()
    rows = []
    for path in files:
        text = open(path, encoding='utf8').read()
        ours, _ = process([fanfold, 'convert', '-q', '-f', 'wikitext', path, '-t', 'json', '-o', '-'])
        theirs, read = process([pandoc, '-f', 'mediawiki', '-t', 'json', path])
        rows.append((path, len(text.encode()), ours, parse(text), theirs if read else None))
    total = lambda i, some=rows: sum(r[i] for r in some)
    read = [r for r in rows if r[4] is not None]
    print(f'{len(rows)} articles, {total(1) / 1e6:.2f} MB; pandoc refuses {len(rows) - len(read)}')
    print(f'fanfold           {total(2):8.3f} s')
    print(f'mwparserfromhell  {total(3):8.3f} s  {total(3) / total(2):6.1f} times')
    print(f'pandoc            {total(4, read):8.3f} s  {total(4, read) / total(2, read):6.1f} times, on those it reads')


main()
