#!/usr/bin/env python3
"""Hostile wikitext: instructions for so many bytes and for twice as many.

usage: hostile.py FANFOLD [BYTES]   (needs valgrind)

Each line is a construct that is opened and never closed, or nested, or repeated, up to BYTES (200,000
unless said) and up to twice as many. Printed are the instructions for each and their ratio, without those of an
empty page; linear is 2. A ratio above 2.3 fails.
"""
import os, re, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

UNITS = [
    '[[', ']]', '[', '{{', '}}', '{{{', "'''", "''", "'''''", '<', '<b>', '<div>', '</div>', '<ref>', '<ref ', '<ref>a</ref>', '<ref name=a>', '<!--',
    '{|\n', '{|\n|\n', '{|\n|a||b\n!c!!d\n', '|}\n', '|-\n', '|a||', '||', '!!', '*', '*\n', ':;', ';a:b\n', ':{|\n', '=', '==\n', '== a\n', '== a ==\n',
    '[http://a ', '[http://a [[b', '[[a|', '[[a]]b', '[[File:a|', '[[File:a|b]]', "''[[a|'' ", '{{a|', '{{#if:', '{{#if:a|', '{{#switch:a|', '{{lang|de|', '{{{a|',
    '{{cite web|title=', '{{convert|1|', '{{x}}', '{{x}} ', '{{Infobox a|b=', '{{!}}', '<nowiki>', '<nowiki/>', '<references>', '<gallery>', '<gallery>\na.jpg\n',
    '<poem>', '<math>', '<table><tr><td>', '<ul><li>', '<span>a\n\n', '<b><i>', '<br', '<b x="', '<i><b></i>', '&', '&amp', '&#x41;', '__', '__TOC__', 'http://',
    'http://a', 'ISBN 1', ' a\n', ' \n', 'a\n\n', '-', '----\n', '#REDIRECT [[', '~~~~', '|', 'a b ', '{{#tag:ref|', '{{reflist|refs=', '\x00',
]
# A prefix, a unit, and what closes it as often: nesting that is whole.
NESTED = [('{{a|', '}}'), ('[[a|', ']]'), ('<div>', '</div>'), ('{{#if:a|', '}}'), ('{|\n|\n', '\n|}\n'), ('{{{a|', '}}}'), ('<b>', '</b>'), ('{{lang|de|', '}}')]


def instructions(fanfold, text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'page.wiki')
        with open(path, 'w', encoding='utf8') as file:
            file.write(text)
        run = subprocess.run(['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', fanfold, 'convert', '-q', '-f', 'wikitext', path,
                              '-t', 'flat', '-o', os.path.join(folder, 'out')], capture_output=True, text=True)
        if run.returncode != 0:
            raise SystemExit(f'{text[:20]!r}: exit {run.returncode}: {run.stderr[-500:]}')
        return int(re.search(r'Collected : (\d+)', run.stderr)[1])


def main():
    fanfold = sys.argv[1]
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    empty = instructions(fanfold, '')
    cases = [(repr(u)[1:-1], lambda n, u=u: u * (n // len(u))) for u in UNITS]
    cases += [(repr(o + '…' + c)[1:-1], lambda n, o=o, c=c: o * (n // len(o + c)) + c * (n // len(o + c))) for o, c in NESTED]
    slow = []

    def measure(case):
        name, make = case
        return name, [instructions(fanfold, make(n)) - empty for n in (size, 2 * size)]

    print(f'| unit | {size:,} bytes | {2 * size:,} bytes | ratio |\n|---|---|---|---|')
    with ThreadPoolExecutor(2) as pool:
        for name, (once, twice) in pool.map(measure, cases):
            ratio = twice / max(once, 1)
            print(f'| `{name}` | {once / 1e6:.1f} M | {twice / 1e6:.1f} M | {ratio:.2f} |', flush=True)
            if ratio > 2.3:
                slow.append(name)
    sys.exit(f'more than linear: {slow}' if slow else 0)


main()
