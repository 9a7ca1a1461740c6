#!/usr/bin/env python3
"""Hostile wikitext: instructions for so many bytes and for twice as many, and the time that a megabyte takes.

    cargo build --release --manifest-path benches/wikitext-reader/Cargo.toml --target-dir target/reader
    python benches/hostile.py target/reader/release/wikitext-reader [BYTES]

Needs valgrind. Each line is a construct that is opened and never closed, or nested, or repeated, up to BYTES (100,000
unless said) and up to twice as many, read into the model and written as flat text. Printed are the instructions for
each and their ratio, without those of an empty page: linear is 2, and a ratio above 2.3 fails. The last column is CPU time
for a megabyte; a minute is a hang and fails.
"""
import os
import random
import re
import resource
import subprocess
import sys
import tempfile

UNITS = [
    # Brackets and braces.
    '[[', ']]', '[', ']', '{{', '}}', '{', '{{{', '[[[', '-{', '}-', '-{zh-hans:a;', '-{zh-hans:a}-',
    # Apostrophes.
    "'", "''", "'''", "'''''", "'''a ''b", "a'''''b''c'''\n",
    # Tags.
    '<', '<b', '<b ', '<b>', '</b>', '<b x="', '<b/>', '<br', '<br>', '<i><b></i>', '<div>', '</div>', '<div></span>', '<span>a\n\n', '<ul><li>', '<ol>\n<li>a\n',
    '<dl><dt><dd>', '<table><tr><td>', '<td>', '<p>', '<h2>', '<blockquote>', '<a href="x">', '<font color=red>', '<small><sub><sup>',
    # Extension tags.
    '<ref>', '<ref ', '<ref>a</ref>', '<ref name=a>', '<ref name=a/>', '<ref name="a">x</ref><ref name="a"/>', '<ref group=a>{{x}}', '</ref>', '<references>', '<references/>',
    '<nowiki', '<nowiki>', '<nowiki/>', '<nowiki>a</nowiki>', '<pre>', '<gallery>', '<gallery>\na.jpg\n', '<gallery>\na.jpg|b\n</gallery>', '<poem>', '<poem>a\n</poem>', '<math>',
    '<math>a</math>', '<syntaxhighlight lang=c>', '<section begin=a/>', '<timeline>', '<imagemap>', '<score>', '<includeonly>', '<noinclude>', '</noinclude>', '<onlyinclude>',
    # Comments, entities, characters.
    '<!--', '<!-- a -->', '<!-->', '\n<!-- a -->\n', '&', '&amp', '&amp;', '&lt;', '&#', '&#x41;', '&nosuch;', '\x00', '\ufeff', 'a b ', '\u202e', 'é', '日本',
    # Links, addresses, numbers.
    '[[a|', '[[a]]', '[[a]]b', '[[:', '[[a#', '[[a%', '[[de:a]]', '[[Category:a]]', '[[Category:', '[[File:a|', '[[File:a|b]]', '[[File:a|thumb|[[b]]', '[[File:a.jpg|thumb|b]]\n', "''[[a|'' ",
    'http:', 'http://', 'http://a', 'http://a ', '[http://a ', '[http://a [[b', '[http://a b]', '[//a', 'mailto:', ':', '::', 'ISBN 1', 'ISBN ', 'RFC 1', 'PMID',
    # Templates and functions.
    '{{a|', '{{a|b=', '{{a|b={{c|', '{{a|[[b|', '{{x}}', '{{x}} ', '{{x\n', '{{lang|de|', '{{lang|de|a}}', '{{convert|1|', '{{convert|1|km}} ', '{{cite web|title=', '{{cite web|title=a|url=http://b}}',
    '<ref>{{cite web|title=a}}</ref>', '{{Infobox a|b=', '{{Infobox a\n| b = c\n}}\n', '{{coord|1|2|', '{{!}}', '{{{a|', '{{{a}}}', '{{#if:', '{{#if:a|', '{{#if:a|b}}', '{{#ifeq:a|a|', '{{#switch:a|',
    '{{#switch:a|b=c}}', '{{#expr:', '{{#expr:1+', '{{#expr:(', '{{#time:', '{{#invoke:a|', '{{#tag:ref|', '{{#tag:ref|a}}', '{{reflist|refs=', '{{PAGENAME}}', '{{DISPLAYTITLE:', '{{DEFAULTSORT:a}}',
    # Lines.
    '*', '#', ';', '*\n', '#\n', ':\n', ';\n', '*a\n', '**a\n', '*#:;', ':;', ';a:b\n', ';a:', ';:', '*a\n:b\n', '# a\n#: b\n', ':{|\n', '=', '==', '==\n', '== a\n', '== a ==\n', '=a=\n', '======\n',
    ' a\n', ' \n', ' ', '\n', '\n\n', 'a\n', 'a\n\n', '-', '----', '----\n', '\t', '\r\n',
    # Tables.
    '{|', '{|\n', '{|\n|\n', '{|\n|-\n', '{|\n|+', '{|\n|a||b\n!c!!d\n', '{|\n|a\n|}\n', '|}\n', '|-\n', '|+\n', '|', '|\n', '||', '!!', '!\n', '|a||', '{| x=', '|a=b|', '|rowspan=99999|a\n', '{|\n|colspan=99999|a\n',
    # Switches and the rest.
    '_', '__', '__TOC__', '__TOC', '#REDIRECT [[', '#REDIRECT [[a]]\n', '~', '~~~~', '%', '\\',
]
# What opens, and what closes it as often: nesting that is whole.
NESTED = [('{{a|', '}}'), ('{{a|b=', '}}'), ('[[a|', ']]'), ('[[File:a|', ']]'), ('<div>', '</div>'), ('<b>', '</b>'), ('<ref>', '</ref>'), ('<poem>', '</poem>'), ('<table><tr><td>', '</td></tr></table>'),
          ('{{#if:a|', '}}'), ('{{#switch:a|a=', '}}'), ('{{#expr:(', ')}}'), ('{|\n|\n', '\n|}\n'), ('{{{a|', '}}}'), ('{{lang|de|', '}}'), ('{{nowrap|', '}}'), ('{{cite web|title=', '}}'),
          ('<ul><li>', '</li></ul>'), ("''<b>", "</b>''"), ('-{', '}-')]
# A prefix that steers what comes after it.
AFTER = [('{|\n', '|a\n'), ('{|\n', '|-\n'), ('{|\n', '|a||b\n|-\n'), ('{|\n', '!a!!b\n'), ('{|\n|', 'a||'), ('{|\n!', 'a!!'), ('{|\n|', '[[a|b]]||'), ('{{a', '|'), ('{{a', '|b=c'), ('{{lang|de', '|a'),
         ('{{Infobox a', '\n|b=c'), ('{{#switch:z', '|a=b'), ('[[File:a', '|b'), ('[[a', '|b'), ('<gallery>\n', 'a|b\n'), ('<ref>', "'''"), ('{{cite web', '|a=b'), ('{{Weather box', '|a=b'), ('*', '<div>')]


def mixed(length):
    """All units in an order that is always the same."""
    pick, parts, size = random.Random(7), [], 0
    while size < length:
        parts.append(pick.choice(UNITS))
        size += len(parts[-1].encode())
    return ''.join(parts)


def cases():
    count = lambda n, *units: max(1, n // sum(len(u.encode()) for u in units))
    for unit in UNITS:
        yield unit, lambda n, u=unit: u * count(n, u)
    for opens, closes in NESTED:
        yield f'{opens}…{closes}', lambda n, o=opens, c=closes: o * count(n, o, c) + c * count(n, o, c)
    for before, unit in AFTER:
        yield f'{before}{unit}{unit}…', lambda n, b=before, u=unit: b + u * count(n, u)
    yield 'all of them, mixed', mixed


def run(command, text, **options):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'page.wiki')
        with open(path, 'w', encoding='utf8', newline='') as file:
            file.write(text)
        done = subprocess.run([*command, path], capture_output=True, text=True, **options)
        if done.returncode != 0:
            sys.exit(f'{text[:20]!r}: exit {done.returncode}: {done.stderr[-500:]}')
        return done


def instructions(reader, text):
    done = run(['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', reader, 'flat', '1'], text)
    return int(re.search(r'Collected : (\d+)', done.stderr)[1])


def seconds(reader, text):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run([reader, 'flat', '1'], text, timeout=60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    reader = sys.argv[1]
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    empty = instructions(reader, '')
    slow = []
    print(f'| construct | {size:,} bytes | {2 * size:,} bytes | ratio | 1 MB |\n|---|---|---|---|---|')
    for name, make in cases():
        once, twice = (instructions(reader, make(n)) - empty for n in (size, 2 * size))
        name = repr(name)[1:-1].replace('|', '\\|')
        ratio = twice / max(once, 1)
        print(f'| `{name}` | {once / 1e6:.1f} M | {twice / 1e6:.1f} M | {ratio:.2f} | {seconds(reader, make(1_000_000)) * 1e3:.0f} ms |', flush=True)
        if ratio > 2.3:
            slow.append(name)
    sys.exit(f'more than linear: {slow}' if slow else 0)


if __name__ == '__main__':
    main()
