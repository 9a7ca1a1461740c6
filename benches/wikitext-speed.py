#!/usr/bin/env python3
"""CPU time of reading real articles, beside mwparserfromhell and pandoc, in one run.

    cargo build --release --manifest-path benches/wikitext-reader/Cargo.toml --target-dir target/reader
    python benches/wikitext-speed.py target/reader/release/wikitext-reader ../shared/corpus/wikitext/*/*.wiki

Needs mwparserfromhell (with its tokenizer in C) and pypandoc-binary. Parsing alone is compared: of each, the fastest of so
many rounds counts, in which all three take turns, so that a busy machine is busy for all.

- fanfold: the CPU time of a process that reads all files so many times, without that of one that reads them none, so
  the start of the process is out, and the built-in rules are read once. Held against mwparserfromhell: into the model
  and no further. Held against pandoc: and into JSON, for that is what pandoc does.
- mwparserfromhell: parsing inside of this process, without the start of Python.
- pandoc: a process for each file, from wikitext to JSON, without the time that an empty file takes. What it
  refuses counts for neither in its column.
"""
import os
import resource
import subprocess
import sys
import tempfile
import time

import mwparserfromhell
import pypandoc

ROUNDS = 5
# Runs of fanfold's reader in one process.
RUNS = 10


def cpu(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.returncode == 0


def ours(reader, form, files):
    read, ok = cpu([reader, form, str(RUNS), *files])
    if not ok:
        sys.exit(f'{reader} fails')
    return (read - cpu([reader, form, '0', *files])[0]) / RUNS


def theirs(texts):
    start = time.process_time()
    for text in texts:
        mwparserfromhell.parse(text)
    return time.process_time() - start


def main():
    reader, files = sys.argv[1], sys.argv[2:]
    pandoc = [pypandoc.get_pandoc_path(), '-f', 'mediawiki', '-t', 'json']
    texts = [open(path, encoding='utf8').read() for path in files]
    readable = [path for path in files if cpu([*pandoc, path])[1]]
    times = {'model': [], 'json': [], 'mwparserfromhell': [], 'pandoc': []}
    with tempfile.TemporaryDirectory() as folder:
        empty = os.path.join(folder, 'empty.wiki')
        open(empty, 'w').close()
        for _ in range(ROUNDS):
            times['model'].append(ours(reader, 'none', files))
            times['mwparserfromhell'].append(theirs(texts))
            times['json'].append(ours(reader, 'json', readable))
            start = min(cpu([*pandoc, empty])[0] for _ in range(3))
            times['pandoc'].append(sum(cpu([*pandoc, path])[0] - start for path in readable))
    best = {name: min(runs) for name, runs in times.items()}
    print(f'{len(files)} articles, {sum(len(t.encode()) for t in texts) / 1e6:.2f} MB; pandoc refuses {len(files) - len(readable)}')
    print('| | fanfold | the other | times |\n|---|---|---|---|')
    print(f"| mwparserfromhell, parsing | {best['model'] * 1e3:.1f} ms | {best['mwparserfromhell'] * 1e3:.0f} ms | {best['mwparserfromhell'] / best['model']:.1f} |")
    print(f"| pandoc, to JSON, of those it reads | {best['json'] * 1e3:.1f} ms | {best['pandoc'] * 1e3:.0f} ms | {best['pandoc'] / best['json']:.1f} |")


main()
