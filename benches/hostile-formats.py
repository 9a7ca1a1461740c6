#!/usr/bin/env python3
"""Hostile Markdown, HTML and articles through the whole program: CPU seconds for so many bytes and for twice as many.

    cargo build --release
    python benches/hostile-formats.py target/release/fanfold [BYTES [FORMAT...]]

Each line is a construct that is opened and never closed, or nested, or repeated, up to so many bytes and up to twice as
many, converted to text and to PDF: BYTES (50,000 unless said), or four times as many again and again until that takes a twentieth
of a second. Printed are, for text and then for PDF, the number of bytes, the least CPU times of so many and of twice as many less that
of an empty page, and their ratio (2 is linear); then the most memory. What is above 2.15 is measured again, four times at most, and the least of all counts: a busy machine makes what needs
much memory slower, and nothing faster. What stays above fails, and so does a program that ends by a signal or takes a minute. Wikitext is in hostile.py.
"""
import os
import resource
import subprocess
import sys
import tempfile

MARKDOWN = [
    '*', '**', '***', '_', '__', '*a ', '_a ', '**a ', '*a* ', '**a** ', '~~', '~~a', '~a~ ', '`', '``', '`a', '`a` ', '[', '![', '](', '[a](',
    '[a](b', '[a](b) ', '![a](b) ', '[a][b] ', '[a]: b\n', '[a]: <b>\n\n', '[^a]', '[^1]: a\n\n', '<', '<b', '<b>', '</b>', '<b>a</b>', '<div>',
    '</div>', '<div>\n\n', '<table><tr><td>', '<!--', '<!-- a -->', '<?', '<![CDATA[', '&', '&amp;', '&a;', '&#x41;', '\\', '\\*', '>', '> ', '> a\n',
    '>>', '> > a\n', '- ', '- a\n', '- a\n\n', '- - ', '* a\n  ', '1. a\n', '1. ', '1) a\n   - b\n', '- [ ] a\n', '#', '# a\n', '## a\n\n',
    'a\n===\n', 'a\n---\n', '---\n', '***\n', '```\n', '```a\n', '~~~\n', '    a\n', '\t', '\n', 'a\n', 'a\n\n', 'a  \n', 'a\\\n', '|', '|a', '|a|\n',
    '|a|b|\n|-|-|\n', 'a|b\n-|-\nc|d\n', 'http://', 'http://a', 'http://a ', 'www.a ', 'a@b.c ', '<http://a>', '<a@b.c>', '$', '$$', '$a$ ',
    '$$a$$\n', '\\(', '\\(a\\) ', '\\[a\\]\n', '{', '{#a}', '{.a}', '# a {#b}\n', ':::', '::: a\n', '::: a\n:::\n\n', ':smile: ', ':', ':a',
    'a\n: b\n\n', '==', '==a== ', '^', '^a^ ', '^[', '^[a] ', '~a~', '[[', '[[a]] ', '[[a|b]] ', '![[a]]', '%%', '%%a%%', '%%\n', '> [!note]\n',
    '> [!note] a\n> b\n\n', '!!! note\n    a\n', '[toc]\n\n', '{{#include a}}\n\n', '\xe9', '\u65e5\u672c', '\U0001f600 ', '\u0301', '\u202e', '\x00',
    '---\na: b\n---\n', '@a ', '[@a] ', '<details><summary>a</summary>\n\n', '<a name="x">', '<img src=a>', '<p align=center>', '<sup>',
    '<kbd>a</kbd>', '"a" ', "'a' ", '"', "'", '...', '--', '(', '(a', '[a]( "b") ', '<span style="x">',
]
HTML = [
    '<', '<b', '<b>', '</b>', '<b>a</b>', '<i><b></i>', '<p>', '<p>a', '<div>', '<div>a', '</div>', '<span>', '<a href="x">', '<a href=x>a</a> ',
    '<a>', '<ul>', '<ul><li>', '<li>a', '<ol><li>a</ol>', '<dl><dt><dd>', '<dt>a<dd>b', '<table>', '<table><tr><td>', '<tr>', '<td>',
    '<tr><td>a<td>b', '<td rowspan=9999>', '<td colspan=9999>', '<caption>a', '<thead><tr>', '<h1>', '<h2>a</h2>', '<h1><h2>', '<blockquote>',
    '<pre>', '<pre>a</pre>', '<code>', '<img>', '<img src=a>', '<figure><img src=a><figcaption>b</figcaption></figure>',
    '<picture><source srcset=a><img>', '<svg>', '<svg><g>', '<math>', '<math><mi>a</mi></math>', '<mrow>', '<mfrac>',
    '<msup><mi>a</mi><mn>2</mn></msup>', '<br>', '<hr>', '<!--', '<!-- a -->', '<!', '<?', '<![CDATA[', '&', '&amp', '&amp;', '&#x41;', '&nosuch;',
    '<script>', '<script>a</script>', '<style>', '<style>a{}</style>', '<template>', '<template><p>', '<noscript>', '<select>', '<option>',
    '<select><option>', '<form>', '<input>', '<button>', '<textarea>', '<iframe>', '<object>', '<video>', '<audio>', '<details>',
    '<details><summary>', '<ruby>a<rt>b</ruby>', '<font>', '<font color=red>', '<center>', '<u><s>', '<sub><sup>', '<sup id=a><a href=#b>1</a></sup>',
    '<p id=a>', '<section>', '<article>', '<article><p>a', '<nav>', '<nav>a</nav>', '<aside>', '<header>', '<footer>', '<main>', '<body>', '<html>',
    '<head>', '<title>', '<meta name=a content=b>', '<link rel=a href=b>', '<base href=a>', '<time datetime=a>', '<address>', '<abbr title=a>', '<q>',
    '<cite>', '<mark>', '<ins><del>', '<bdo dir=rtl>', '<wbr>', '<frameset>', '<plaintext>', '<xmp>', '<marquee>', '<applet>', '<nobr>', '<x-y>',
    '<a b=c ', '<a b="', "<a b='c' ", 'a=', '\x00', '\n', 'a\n', ' ', '\xe9', '\u65e5', '<p><table><p>', '<table><a>', '<b><p>', '<a><p>',
    '<i><p></i>', '<div hidden>', '<span class=mw-editsection>', '<table class=infobox><tr><th>a<td>b</table>',
    '<div typeof="mw:Transclusion" data-mw=\'{}\'>', '<ol start=5><li value=9>a</ol>',
]
ARTICLE = [
    'a', 'a\n', 'a\n\n', '== a ==\n', '= a =\n', 'a. ', '* a\n', '\t', '- a\n', '1. a\n', '[1]', '[a]', '"', '(', '\u2014', '\u65e5', '\x00',
    'A\n\n\n', 'References\n\n', '  a\n', 'a\tb\n', 'a | b\n',
]
# What no unit says: a format, a name, and what makes so many bytes.
LONG = [
    ('md', 'an address of so many letters', lambda n: 'See <http://example.org/' + 'a' * n + '>.\n'),
    ('md', 'an address of opening parentheses', lambda n: 'See http://example.org/' + '(' * n + '\n'),
    ('md', 'an address of character references', lambda n: '[x](http://example.org/' + '&a;' * (n // 3) + ')\n'),
    ('md', 'a long title', lambda n: '# ' + 'word ' * (n // 5) + '\n\ntext\n'),
    ('md', 'a long heading', lambda n: '# T\n\n## ' + 'word ' * (n // 5) + '\n\ntext\n'),
    ('md', 'a heading of one word', lambda n: '# T\n\n## ' + 'w' * n + '\n\ntext\n'),
    ('md', 'letters that no face has', lambda n: '\U00012000' * (n // 4)),
    ('md', 'many letters that no face has', lambda n: ' '.join(chr(0x12000 + i % 1000) for i in range(n // 5))),
    ('md', 'one paragraph of sentences', lambda n: 'Some words are here. ' * (n // 21)),
    ('md', 'one sentence', lambda n: 'some words are here ' * (n // 20)),
    ('md', 'emphasis opened, then closed', lambda n: '*a ' * (n // 6) + 'b*' * (n // 4)),
    ('md', 'strong emphasis opened, then closed', lambda n: '**a ' * (n // 8) + 'b**' * (n // 6)),
    ('md', 'backtick runs of every length', lambda n: ''.join('`' * k + ' ' for k in range(1, int((2 * n) ** .5)))),
    ('md', 'a formula of one row', lambda n: '$$' + 'a+b=' * (n // 4) + '$$\n'),
    ('md', 'a formula of fractions', lambda n: '$' + '\\frac{a}{b}+' * (n // 12) + '$\n'),
    ('md', 'notes and calls', lambda n: ''.join(f'a[^{i}] ' for i in range(n // 30)) + '\n\n' + ''.join(f'[^{i}]: note {i}\n\n' for i in range(n // 30))),
    ('md', 'headings alike', lambda n: '## a\n\n' * (n // 6)),
    ('md', 'links to headings', lambda n: '# T\n\n' + ''.join(f'## h{i}\n\n[a](#h{i})\n\n' for i in range(n // 26))),
    ('md', 'a table of many rows', lambda n: '|a|b|\n|-|-|\n' + '|c|d|\n' * (n // 6)),
    ('md', 'a table of many columns', lambda n: '|a' * (n // 6) + '|\n' + '|-' * (n // 6) + '|\n' + '|c' * (n // 6) + '|\n'),
    ('md', 'a flat list', lambda n: '- item\n' * (n // 7)),
    ('html', 'an address of so many letters', lambda n: '<p><a href="http://example.org/' + 'a' * n + '">x</a>'),
    ('html', 'notes and calls', lambda n: ''.join(f'<sup id=r{i}><a href=#n{i}>{i}</a></sup>' for i in range(n // 60)) + '<ol>' + ''.join(f'<li id=n{i}>x' for i in range(n // 60)) + '</ol>'),
]
UNITS = {'md': MARKDOWN, 'html': HTML, 'txt': ARTICLE}
WRITERS = ['text', 'pdf']
# Less says nothing.
LEAST = .05
# What is read so fast that it does not take so long says no more when it is longer.
MOST_BYTES = 16_000_000
# Linear, and what a busy machine adds.
LINEAR = 2.15
TRIES = 2


def cases(formats):
    for suffix in formats:
        for unit in UNITS[suffix]:
            yield suffix, unit, lambda n, u=unit: u * max(1, n // len(u.encode()))
        yield from (case for case in LONG if case[0] == suffix)


def cost(program, suffix, text, writer):
    """Least CPU seconds, and the greatest memory in megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'page.' + suffix)
        with open(path, 'w', encoding='utf8', newline='') as file:
            file.write(text)
        command = [program, 'convert', path, '--from', {'md': 'markdown', 'html': 'html', 'txt': 'article'}[suffix], '-t', writer, '-o', '-']
        least, most = float('inf'), 0
        for _ in range(TRIES):
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                       preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (60, 60)))
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = status
            if os.WIFSIGNALED(status):
                return float('inf'), 0
            least, most = min(least, usage.ru_utime + usage.ru_stime), max(most, usage.ru_maxrss / 1024)
        return least, most


def measured(program, suffix, make, writer, size, empty):
    """Bytes, CPU seconds of so many and of twice as many, megabytes."""
    once, _ = cost(program, suffix, make(size), writer)
    while once - empty < LEAST and size < MOST_BYTES:
        size *= 4
        once, _ = cost(program, suffix, make(size), writer)
    twice, memory = cost(program, suffix, make(2 * size), writer)
    return size, once - empty, twice - empty, memory


def main():
    program = sys.argv[1]
    start = int(sys.argv[2]) if len(sys.argv) > 2 else 50_000
    faults = []
    empty = {(suffix, writer): cost(program, suffix, 'a\n', writer)[0] for suffix in UNITS for writer in WRITERS}
    print('| format | construct |' + ' n | n bytes | 2n bytes | ratio |' * len(WRITERS) + ' memory |\n|' + '---|' * (3 + 4 * len(WRITERS)))
    for suffix, name, make in cases(sys.argv[3:] or UNITS):
        cells, most = [suffix, '`' + ascii(name)[1:-1].replace('|', '\\|') + '`'], 0
        for writer in WRITERS:
            size, once, twice, memory = measured(program, suffix, make, writer, start, empty[suffix, writer])
            for _ in range(4):
                if twice <= LINEAR * once or twice == float('inf'):
                    break
                again = [cost(program, suffix, make(n), writer)[0] - empty[suffix, writer] for n in (size, 2 * size)]
                once, twice = min(once, again[0]), min(twice, again[1])
            cells += [f'{size:,}', f'{once:.3f} s', f'{twice:.3f} s', f'{twice / once:.2f}']
            most = max(most, memory)
            if twice == float('inf') or twice > LINEAR * once:
                faults.append((suffix, name, writer))
        print('| ' + ' | '.join([*cells, f'{most:.0f} MB']) + ' |', flush=True)
    sys.exit(f'more than linear: {faults}' if faults else 0)


if __name__ == '__main__':
    main()
