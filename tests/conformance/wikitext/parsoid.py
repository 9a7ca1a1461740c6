#!/usr/bin/env python3
"""Holds the reader against Parsoid's parser tests: text and structure.

usage: parsoid.py FANFOLD FOLDER KNOWN.txt [-v]

FOLDER holds `tests/parser/*.txt` of wikimedia/mediawiki-services-parsoid. What applies: a test that turns
wikitext into HTML on one page, with MediaWiki's own settings. Tests of saving, of variants of a language, of
metadata, and of extensions that are no part of an article do not. Pages that a file defines are given by
--templates. Both sides are compared as by `parsertests.py`. KNOWN.txt lists the ids that fail, each with
its reason; a test that is listed and passes fails the run, so that the list only shrinks.
"""
import concurrent.futures, glob, hashlib, json, os, re, subprocess, sys, tempfile
from xml.sax.saxutils import escape

import parsertests

# What a test asks for that has nothing to do with turning a page into text.
NOT_READING = re.compile(
    r'\b(pst|msg|section|replace|comment|showtitle|cat|ill|showindicators|showflags|showtocdata|showmedia|preload|notoc|'
    r'nohtml|annotations|djvu|lastsavedrevision|local|styletag|wgRawHtml|subpage|language|variant|titleconversion|'
    r'externallinks|links|iwl|extension|property|preprocessor|metadata|disabled|langconv|externalLinks)\b')
FILES_OF_OTHER_THINGS = re.compile(
    r'^(annotation|encap|selser|separator|i18n|pst|langParser|sectionWrapping|domNormalizer|attributeExpander|indicators|'
    r'pFragment|v3pf|languageVariant|timed|tableOfContents|toc)', re.I)


# Tags and variables that only MediaWiki's tests have, or that are a wiki's own: its messages, its addresses.
OF_A_WIKI = re.compile(
    r'<(tag|statictag|pwraptest|embedv1|asidetag|divtag|embedtag|sealtag|tåg|style|section|translate|tvar|indicator|langconvert|noop|embed|spantag|timeline|seo)\b|'
    r'\{\{\s*(int|fullurl|localurl|canonicalurl|msgnw|msg|raw|ns|nse|filepath|gender|grammar|fullurle|localurle|#dir|#special|'
    r'#speciale|#parserfunction\w*|#static\w*|#bcp47|#spantag|#contentmodel|#isbn|bidi|protection\w*|cascadingsources|pagesin\w*|pagesize|'
    r'numberof\w*|numberingroup|sitename|server\w*|script\w*|stylepath|articlepath|current\w*|local\w*|revision\w*|direction\w*|'
    r'contentlang\w*|pageid|pagelanguage|userlanguage|isbn|talkpage\w*|subjectpage\w*|talkspace\w*|subjectspace\w*|:|/|special:|mediawiki:|user:)'
    r'|^\s*#redirect|-\{', re.I)


# Settings that are not MediaWiki's own; of the modes of anchors that of HTML5 is.
OTHER_SETTINGS = re.compile(
    r'wgAllow|wgExternal|wgNoFollow|wgRaw|wgMax|wgEnable|wgNonincludable|wgFragmentMode\s*=\s*\[\s*"legacy"')


def sections(text):
    """The sections of a file, in order, as name and content."""
    found = []
    for line in text.split('\n'):
        if line.startswith('!!'):
            found.append([line[2:].strip(), []])
        elif found:
            found[-1][1].append(line)
    return [(name, '\n'.join(lines)) for name, lines in found]


def read(path):
    """The tests of a file, and the pages that it defines."""
    text = open(path, encoding='utf8', errors='replace').read()
    tests, pages, test, title = [], {}, None, None
    for name, content in sections(text):
        low = name.lower()
        if low == 'test':
            test = {'name': content.strip(), 'file': os.path.basename(path)}
        elif low == 'article':
            title = content.strip()
        elif low == 'text' and title:
            pages[title] = content.rstrip('\n')
        elif low == 'end' and test:
            tests.append(test)
            test = None
        elif test is not None:
            test[low] = content
    return tests, pages


def wanted(test):
    """The HTML that MediaWiki makes of a test; None when it does not apply."""
    options = test.get('options', '') + test.get('config', '')
    if 'wikitext' not in test or FILES_OF_OTHER_THINGS.match(test['file']):
        return None
    if OF_A_WIKI.search(test['wikitext']) or OTHER_SETTINGS.search(options):
        return None
    plain = re.sub(r'parsoid\s*=\s*(\{.*\}|\S+)|parsoid-compatible\S*', '', options, flags=re.S)
    if NOT_READING.search(plain) or 'title=' in plain:
        return None
    if re.search(r'parsoid\s*=', options) and 'wt2html' not in options and 'html/php' not in test:
        return None
    for kind in ('html/php', 'html/*', 'html', 'html/parsoid+integrated', 'html/parsoid'):
        if kind in test:
            return test[kind]
    return None


def export(pages):
    rows = ''.join(f'<page><title>{escape(t)}</title><ns>10</ns><revision><text>{escape(x)}</text></revision></page>'
                   for t, x in pages.items() if t.startswith('Template:'))
    return f'<mediawiki><siteinfo></siteinfo>{rows}</mediawiki>'


def identity(test):
    return test['file'].removesuffix('.txt') + '-' + hashlib.sha256(test['name'].encode()).hexdigest()[:8]


def main():
    fanfold, folder, known_path = sys.argv[1:4]
    show = '-v' in sys.argv
    known = {l.split()[0] for l in open(known_path, encoding='utf8') if l.strip() and not l.startswith('#')}
    with tempfile.TemporaryDirectory() as scratch:
        jobs = []
        for path in sorted(glob.glob(os.path.join(folder, '*.txt'))):
            # The pages of a file are there for its own tests.
            tests, pages = read(path)
            templates = os.path.join(scratch, os.path.basename(path) + '.xml')
            open(templates, 'w', encoding='utf8').write(export(pages))
            jobs += [(t, html, templates) for t in tests if (html := wanted(t)) is not None]

        def run(job):
            number, (test, html, templates) = job
            where = os.path.join(scratch, str(number))
            os.mkdir(where)
            path = os.path.join(where, 'Parser_test.wiki')
            open(path, 'w', encoding='utf8').write(test['wikitext'].rstrip('\n'))
            made = subprocess.run([fanfold, 'convert', '--no-config', path, '--from', 'wikitext', '--templates', templates,
                                   '--to', 'json', '-o', '-'], capture_output=True)
            return test, html, made

        failed, count = [], 0
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for test, html, made in pool.map(run, enumerate(jobs)):
                count += 1
                parsertests.poem = '<poem' in test['wikitext']
                parser = parsertests.Lines()
                parser.feed(html)
                parser.flush()
                want = parsertests.lift(parser.lines)
                got = parsertests.ours(json.loads(made.stdout)) if made.returncode == 0 else [('', made.stderr.decode())]
                if want != got:
                    failed.append(identity(test))
                    if show:
                        print('=====', identity(test), test['name'])
                        print(test['wikitext'])
                        for line in want:
                            print('  want', line)
                        for line in got:
                            print('  got ', line)
    print(f'{count - len(failed)} of {count} pass ({100 * (count - len(failed)) / max(1, count):.1f} %)')
    new, mended = sorted(set(failed) - known), sorted(known - set(failed))
    for i in new:
        print('fails:', i)
    for i in mended:
        print('passes, and is listed as known:', i)
    return bool(new or mended)


if __name__ == '__main__':
    sys.exit(main())
