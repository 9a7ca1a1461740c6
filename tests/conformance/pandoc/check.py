"""check.py FANFOLD WORKFOLDER: both ways between fanfold and the real pandoc, on all shared corpora.

Out: pandoc reads fanfold's JSON for it (`-t pandoc`), and its plain text has the words of the document.
In: fanfold reads pandoc's JSON of the same sources, and its document has the words of pandoc's plain text.
"""
import collections
import glob
import json
import os
import re
import subprocess
import sys
import unicodedata
import urllib.parse

import pypandoc

FANFOLD, WORK = sys.argv[1], sys.argv[2]
PANDOC = pypandoc.get_pandoc_path()
CORPUS = "../shared/corpus"
RAISED = re.compile("[\u00b2\u00b3\u00b9\u2070-\u209c]")
# What pandoc's plain text puts before the items of lists.
MARKERS = re.compile("[a-z]|[ivxlcdm]+")


def run(*command, stdin=None):
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, encoding="utf8")
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:6])}: {done.stderr[-300:]}")
    return done.stdout


# Ideographs and kana are words each: a line end between two is a space in pandoc's plain text and none in fanfold's.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")


def words(text):
    """Words with a letter in them, whatever their case. Bare numbers can't be told from those that
    pandoc gives to notes and items; raised and lowered figures stand apart from the word they follow."""
    text = urllib.parse.unquote(text)
    text = unicodedata.normalize("NFKC", RAISED.sub(" ", text)).casefold()
    return collections.Counter(w for w in WORD.findall(text) if not w.isnumeric())


class Words:
    """The words of a document in fanfold's JSON, as pandoc's model holds them: a note where it is called."""

    def __init__(self, article):
        self.notes, self.open, self.called = article.get("notes", []), [], set()
        # Pandoc's plain text writes a note that a caption in a table's cell calls twice.
        self.caption, self.twice = False, collections.Counter()
        self.math, self.figure = False, False
        self.text = self.blocks(article["blocks"])
        uncalled = [n for i, n in enumerate(self.notes) if i not in self.called]
        self.text += " ".join(self.blocks(note["blocks"]) for note in uncalled)

    def inlines(self, inlines):
        return "".join(self.inline(i) for i in inlines)

    def inline(self, inline):
        kind = inline["type"]
        if kind in ("text", "code"):
            return inline["text"]
        if kind == "styled":
            content = self.inlines(inline["content"])
            return f" {content} " if inline["style"] in ("superscript", "subscript") else content
        if kind == "link":
            return self.inlines(inline["content"])
        if kind == "image":
            # Pandoc's plain text shows a figure's caption, not what is in the picture.
            return "" if self.figure else inline.get("alt") or ""
        if kind == "note":
            number = inline["note"]
            self.called.add(number)
            if number in self.open:
                return ""
            self.open.append(number)
            content = self.blocks(self.notes[number]["blocks"])
            self.open.pop()
            if self.caption:
                self.twice += words(content)
            return self.later(content)
        if kind == "math":
            self.math = True
            return " "
        if kind == "unresolved":
            return ""
        assert kind in ("soft-break", "hard-break"), kind
        return " "

    def later(self, content):
        """A note stands after the text that calls it; its mark parts what it stands between."""
        self.after.append(content)
        return " "

    def blocks(self, blocks):
        outer, self.after = getattr(self, "after", []), []
        text = "".join(f" {self.block(b)} " for b in blocks) + " ".join(self.after)
        self.after = outer
        return text

    def block(self, block):
        kind = block["type"]
        if kind in ("heading", "paragraph"):
            return self.inlines(block["content"])
        if kind in ("quote", "aside"):
            return self.blocks(block["body"])
        if kind == "list":
            return " ".join(self.blocks(item["blocks"]) for item in block["items"])
        if kind == "definitions":
            parts = []
            for item in block["items"]:
                parts += [self.inlines(term) for term in item["terms"]]
                parts += [self.blocks(detail) for detail in item["details"]]
            return " ".join(parts)
        if kind == "code":
            return block["text"]
        if kind == "math":
            self.math = True
            return ""
        if kind == "table":
            rows = [row for part in ("head", "body", "foot") for row in block.get(part, [])]
            cells = [self.blocks(cell["blocks"]) for row in rows for cell in row["cells"]]
            return " ".join([self.inlines(block.get("caption", [])), *cells])
        if kind == "infobox":
            parts = [self.inlines(block.get("title", []))]
            if image := block.get("image"):
                parts += [image["image"].get("alt") or "", self.inlines(image.get("caption", []))]
            for row in block["rows"]:
                parts += [self.inlines(row["label"]), self.blocks(row["value"])]
            return " ".join(parts)
        if kind == "figure":
            self.figure = True
            body = self.blocks(block["body"])
            self.figure = False
            self.caption = True
            caption = self.inlines(block["caption"])
            self.caption = False
            return body + " " + caption
        # A list of notes has each where it is called.
        assert kind in ("notes", "rule", "unresolved"), kind
        return ""


def bare_images(node):
    """Pandoc 3.9's plain text leaves the caption of a figure out when its image has attributes or a title,
    or when the caption is the image's name."""
    if isinstance(node, list):
        return [bare_images(one) for one in node]
    if isinstance(node, dict):
        if node.get("t") == "Image":
            return {"t": "Image", "c": [["", [], []], bare_images(node["c"][1]), ["image", ""]]}
        return {key: bare_images(value) for key, value in node.items()}
    return node


def check(name, direction, ast, document, faults):
    bare = json.dumps(bare_images(json.loads(ast)))
    plain = words(run(PANDOC, "-f", "json", "-t", "plain", "--wrap=none", "--columns=5000", stdin=bare))
    of, twice = collections.Counter(), collections.Counter()
    math = False
    for article in json.loads(document)["articles"]:
        gathered = Words(article)
        of += words(gathered.text)
        twice += gathered.twice
        math |= gathered.math
    more = collections.Counter({w: n for w, n in (plain - of - twice).items() if not MARKERS.fullmatch(w)})
    missing = of - plain
    if missing or (more and not math):
        faults.append(f"{name}, {direction}: missing {dict(missing.most_common(8))}, too many {dict(more.most_common(8))}")
    return sum(of.values())


def out(path, format):
    ast = run(FANFOLD, "convert", "-q", "-f", format, path, "-t", "pandoc")
    return ast, run(FANFOLD, "convert", "-q", "-f", format, path, "-t", "json")


def back(ast):
    return run(FANFOLD, "convert", "-q", "-f", "pandoc", "-", "-t", "json", stdin=ast)


def main():
    os.makedirs(WORK, exist_ok=True)
    faults, count, total, refused = [], 0, 0, []
    sources = [(p, "article") for p in sorted(glob.glob(f"{CORPUS}/seedformat/*/*.txt"))]
    sources += [(p, "wikitext") for p in sorted(glob.glob(f"{CORPUS}/wikitext/*/*.wiki"))]
    for name in ("commonmark-0.31.2.json", "gfm-0.29-spec.json"):
        # Apart by a rule, so that no example runs into the next.
        examples = json.load(open(f"{CORPUS}/markdown/{name}", encoding="utf8"))
        for start in range(0, len(examples), 40):
            path = f"{WORK}/{name}-{start}.md"
            texts = (f"\n\n{e['markdown']}\n\n" for e in examples[start : start + 40])
            with open(path, "w", encoding="utf8") as file:
                file.write("".join(texts))
            sources.append((path, "markdown"))
    for path, format in sources:
        name = os.path.basename(path)
        ast, document = out(path, format)
        total += check(name, "out", ast, document, faults)
        count += 1
        if format == "article":
            continue
        try:
            ast = run(PANDOC, "-f", "mediawiki" if format == "wikitext" else "commonmark_x", "-t", "json", path)
        except RuntimeError:
            refused.append(name)
            continue
        total += check(name, "in", ast, back(ast), faults)
        count += 1
    for fault in faults:
        print(fault)
    print(f"{count} documents, {total} words, {len(faults)} faults; pandoc itself refused {len(refused)}")
    sys.exit(bool(faults))


main()
