#!/usr/bin/env python3
"""Holds `-f pandoc-markdown` against pandoc's own tests of its Markdown, block by block.

    benches/pandoc-markdown.py FANFOLD PANDOC CHECKOUT [--show]

CHECKOUT is a clone of jgm/pandoc (bare or not). Read are `test/testsuite.txt`, `markdown-reader-more.txt`,
`tables.txt`, `pipe-tables.txt` and, of `test/command/*.md`, each input of plain `-f markdown`. A block of
pandoc's is the same when all its words, and none between them, are what fanfold reads there. Quotation marks
count as the straight ones, for they are set by language later; raw mark-up counts as nothing.
"""

import difflib
import json
import re
import subprocess
import sys
from pathlib import Path

FANFOLD, PANDOC, CHECKOUT = sys.argv[1:4]
SHOW = "--show" in sys.argv
SUITES = ["testsuite.txt", "markdown-reader-more.txt", "tables.txt", "pipe-tables.txt"]
QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "})


def git(*arguments):
    return subprocess.run(["git", "-C", CHECKOUT, *arguments], capture_output=True, check=True).stdout.decode("utf8")


def inputs():
    for name in SUITES:
        yield name, git("show", f"HEAD:test/{name}")
    names = [n for n in git("ls-tree", "--name-only", "HEAD", "test/command/").split("\n") if n.endswith(".md")]
    for name in names:
        text = git("show", f"HEAD:{name}")
        for i, block in enumerate(re.findall(r"^(`{3,})[^\n]*\n% pandoc([^\n]*)\n(.*?)^\^D$", text, re.M | re.S)):
            if is_plain(block[1].split()):
                yield f"{Path(name).name}#{i + 1}", block[2]


def is_plain(options):
    """Whether pandoc reads its Markdown, with nothing else turned on that changes what is read."""
    text = " ".join(options)
    reader = re.search(r"(?:^| )(?:-f ?|-r ?|--from[= ])(\S+)", text)
    if reader and reader.group(1) != "markdown":
        return False
    return not re.search(r"citeproc|-F|filter|lua|track|file-scope|shift|strip|tab-stop|default-image|idprefix|"
                         r"abbrev|indented-code|metadata|defaults|trace| -M|preserve|bibliography|sandbox|\.\w+$", text)


def words(node, out):
    if isinstance(node, list):
        for part in node:
            words(part, out)
        return
    if not isinstance(node, dict):
        return
    kind, content = node.get("t"), node.get("c")
    match kind:
        case "Str":
            out.append(content)
        case "Space" | "SoftBreak" | "LineBreak":
            out.append(" ")
        case "Code" | "Math":
            out.append(content[1])
        case "CodeBlock":
            out.append(f" {content[1]} ")
        case "RawInline" | "RawBlock" | "HorizontalRule" | "Null":
            pass
        case "Quoted":
            sign = "'" if content[0]["t"] == "SingleQuote" else '"'
            out.append(sign)
            words(content[1], out)
            out.append(sign)
        case "Note":
            out.append(" ")
            words(content, out)
            out.append(" ")
        case "Link" | "Span" | "Header":
            words(content[1] if kind != "Header" else content[2], out)
            out.append(" " if kind == "Header" else "")
        case "Image":
            words(content[1], out)
        case "Cite":
            words(content[1], out)
        case "DefinitionList":
            for term, details in content:
                words(term, out)
                out.append(" ")
                words(details, out)
        case "Table":
            table_words(content, out)
        case "Figure":
            words(content[2], out)
            caption = " ".join(words_of(content[1][1]))
            if not same(words_of(content[2]), caption.split()):
                out.append(f" {caption} ")
        case _:
            words(content, out)
            if kind in ("Para", "Plain", "LineBlock", "Div", "BlockQuote"):
                out.append(" ")
    if kind == "LineBlock":
        pass


def same(one, other):
    return one == other


def table_words(content, out):
    _, caption, _, head, bodies, foot = content
    words(caption[1], out)
    out.append(" ")
    rows = list(head[1])
    for body in bodies:
        rows += body[2] + body[3]
    for row in rows + foot[1]:
        for cell in row[1]:
            words(cell[4], out)
            out.append(" ")


def words_of(node):
    out = []
    words(node, out)
    return "".join(out).translate(QUOTES).split()


def blocks(node):
    """Blocks by their words; lines of verse and divisions in their parts."""
    for block in node:
        if block["t"] == "LineBlock":
            lines = [part for line in block["c"] for part in [*line, {"t": "Space"}]]
            yield words_of(lines)
        elif block["t"] == "Div":
            yield from blocks(block["c"][1])
        else:
            yield words_of(block)


def read(command, text):
    done = subprocess.run(command, input=text.encode(), capture_output=True)
    if done.returncode:
        raise RuntimeError(done.stderr.decode()[-300:])
    return json.loads(done.stdout)


def title_of(document):
    meta = document.get("meta", {})
    return [words_of(meta[name]["c"]) for name in ("title",) if meta.get(name, {}).get("t") == "MetaInlines"]


def compare(text):
    """How many blocks are the same, how many there are, and what the others became."""
    theirs = read([PANDOC, "-f", "markdown", "-t", "json"], text)
    ours = read([FANFOLD, "convert", "-q", "-f", "pandoc-markdown", "-t", "pandoc", "--lang", "en", "-"], text)
    # The first heading may have become the title.
    want = [block for block in (*title_of(theirs), *blocks(theirs["blocks"])) if block]
    got = [word for block in (*title_of(ours), *blocks(ours["blocks"])) for word in block]
    all_words = [word for block in want for word in block]
    wrong = [False] * (len(all_words) + 1)
    became = {}
    for kind, a, b, c, d in difflib.SequenceMatcher(None, all_words, got, autojunk=False).get_opcodes():
        if kind != "equal":
            for at in range(a, max(b, a + 1)):
                wrong[at] = True
            became[a] = f"{' '.join(all_words[a:b])[:90]!r} became {' '.join(got[c:d])[:90]!r}"
    same_blocks, others, at = 0, [], 0
    for block in want:
        end = at + len(block)
        if any(wrong[at:end]):
            others.append("; ".join(became[place] for place in range(at, end) if place in became) or "goes on")
        else:
            same_blocks += 1
        at = end
    return same_blocks, len(want), others


def main():
    sums, named = {"suites": [0, 0], "commands": [0, 0]}, []
    for name, text in inputs():
        try:
            good, count, others = compare(text)
        except RuntimeError as error:
            named.append((name, [str(error)]))
            continue
        of = sums["suites" if name in SUITES else "commands"]
        of[0] += good
        of[1] += count
        if name in SUITES:
            print(f"{name}: {good} of {count} blocks")
        if others:
            named.append((name, others))
    for name, others in named:
        for other in others if SHOW else []:
            print(f"{name}: {other}")
    good, count = (sum(of[i] for of in sums.values()) for i in (0, 1))
    print(f"{good} of {count} blocks have the same words ({100 * good / count:.1f} %): {sums}")


main()
