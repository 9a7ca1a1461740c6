"""Sets every example of CommonMark and GFM as a page and as HTML: the words of the specification's
own HTML arrive in order, and no page has a hard defect.

  check.py TOOLS BINARY CORPUS KNOWN
"""
import difflib
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pymupdf

TOOLS, BINARY, CORPUS, KNOWN = map(Path, sys.argv[1:5])
OUT = TOOLS / "markdown"
LAYOUT = Path("../shared/validate/pdf_layout.py")
# "overfull" is not among them: the tool measures the column from the lines, and an example of a few
# words has no full line. beyond() holds the words against the true column.
HARD = ("off_page", "overlaps", "notdef", "unembedded", "type3", "widths_bad")


def examples():
    """Where the two specifications differ CommonMark wins, so of GFM only its extensions are taken."""
    for name, prefix in (("commonmark-0.31.2", "cm"), ("gfm-0.29-spec", "gfm"), ("cmark-gfm-extra", "extra")):
        for example in json.loads((CORPUS / f"{name}.json").read_text("utf8")):
            extensions = example.get("extensions", [])
            if prefix == "cm" or (extensions and "disabled" not in extensions):
                yield f"{prefix}-{example['example']:03}", example


class Words(HTMLParser):
    """The words of HTML; images stand for their alternative text, and scripts and style say nothing."""
    # What parts words though no space stands between them.
    BLOCKS = set("address article aside blockquote br dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
                 "header hr li main nav ol p pre section summary table tbody td tfoot th thead title tr ul".split())
    SILENT = {"script", "style", "textarea", "title"}

    def __init__(self, html):
        super().__init__()
        self.out, self.silent = [], 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag in self.SILENT:
            self.silent += 1
        if tag in self.BLOCKS:
            self.out.append(" ")
        if tag == "img":
            self.out.append(dict(attributes).get("alt") or "")

    def handle_endtag(self, tag):
        if tag in self.SILENT:
            self.silent = max(0, self.silent - 1)
        if tag in self.BLOCKS:
            self.out.append(" ")

    def handle_data(self, data):
        if not self.silent:
            self.out.append(data)

    def words(self):
        return "".join(self.out).split()


def convert(chosen):
    sources = OUT / "sources"
    sources.mkdir(parents=True, exist_ok=True)
    for old in (*sources.iterdir(), *OUT.glob("*.html"), *OUT.glob("*.pdf")):
        old.unlink()
    for name, example in chosen.items():
        (sources / f"{name}.md").write_text(example["markdown"], "utf8", newline="")
    inputs = [sources / f"{name}.md" for name in chosen]
    result = subprocess.run([BINARY, "convert", "--no-system-fonts", "--allow", "missing-glyphs", *inputs, "-t", "html,pdf", "--lang", "en", "--keep-quotes",
                             "-o", f"{OUT}/"], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"the examples are not converted: {result.stderr[-2000:]}")
    return result.stderr


def body(html):
    article = re.search(r"<article\b.*?>(.*)</article>", html, re.DOTALL)
    return article.group(1) if article else ""


def differing(chosen):
    """The examples whose words are others, each with the difference."""
    out = {}
    for name, example in chosen.items():
        want = Words(example["html"]).words()
        got = Words(body((OUT / f"{name}.html").read_text("utf8"))).words()
        if "[^" in example["markdown"]:
            # Numbers before notes and arrows back from them are each renderer's own.
            own = re.compile(r"\d+\.|\u21A9.*")
            want, got = ([w for w in words if not own.fullmatch(w)] for words in (want, got))
        if want != got:
            parts = difflib.SequenceMatcher(None, want, got, autojunk=False).get_opcodes()
            out[name] = "; ".join(f"{' '.join(want[a:b])!r} became {' '.join(got[c:d])!r}"
                                  for kind, a, b, c, d in parts if kind != "equal")
    return out


def known():
    lines = [line for line in KNOWN.read_text("utf8").splitlines() if line and not line.startswith("#")]
    return dict(line.split(None, 1) for line in lines)


def as_commonmark(chosen):
    """The examples that mean something else where all dialects are read: as CommonMark alone."""
    inputs = [OUT / "sources" / f"{name}.md" for name in chosen]
    if inputs:
        subprocess.run([BINARY, "convert", "-q", "-f", "commonmark", *inputs, "-t", "html", "--lang", "en",
                        "--keep-quotes", "-o", f"{OUT}/"], check=True)
    return differing(chosen)


def check_words(chosen):
    differences, excused, failures = differing(chosen), known(), []
    others = [name for name in differences if name not in excused and name.startswith("cm-")]
    still = as_commonmark({name: chosen[name] for name in others})
    for name in others:
        if name not in still:
            print(f"as CommonMark alone: {name}: {differences.pop(name)}")
    for name, difference in differences.items():
        if name not in excused:
            failures.append(f"{name}: {difference}\n{chosen[name]['markdown']}")
    for name in excused:
        if name not in differences:
            failures.append(f"{name}: is the same now; take it off {KNOWN}")
    same = len(chosen) - len(differences)
    print(f"words: {same} of {len(chosen)} examples the same, {len(differences)} differ, {len(excused)} of them known")
    return failures


def column():
    """Left and right edge of the text on a page of the default style."""
    source, pdf = OUT / "sources/column.md", OUT / "column.pdf"
    source.write_text("full lines of words " * 200, "utf8")
    subprocess.run([BINARY, "convert", "-q", "--no-system-fonts", source, "--lang", "en", "-o", pdf], check=True)
    with pymupdf.open(pdf) as document:
        words = [w for page in document for w in page.get_text("words")]
    return min(w[0] for w in words), max(w[2] for w in words)


def beyond(pdf, edges):
    """Words that leave the column by more than punctuation may hang out of it."""
    hang = 0.35 * 11 + 0.5
    with pymupdf.open(pdf) as document:
        words = [w for page in document for w in page.get_text("words")]
    return [w[4] for w in words if w[0] < edges[0] - hang or w[2] > edges[1] + hang]


def check_pages(chosen, said, edges):
    report = OUT / "layout.json"
    pdfs = [OUT / f"{name}.pdf" for name in chosen]
    subprocess.run([sys.executable, LAYOUT, "--json", report, *pdfs], capture_output=True)
    figures = json.loads(report.read_text("utf8"))
    assert len(figures) == len(pdfs), "a page was not looked at"
    # A box in the place of a character is no defect where a diagnostic says so.
    boxed = {m.group(1) for m in re.finditer(r"([\w-]+)\.md:\S* warning\[missing-glyph\]", said)}
    failures = []
    for pdf, found in figures.items():
        defects = {k: found[k] for k in HARD if found.get(k)}
        if Path(pdf).stem in boxed:
            defects.pop("notdef", None)
        if out := beyond(pdf, edges):
            defects["beyond the column"] = out
        if defects:
            failures.append(f"{pdf}: {defects}")
    print(f"pages: {len(pdfs)} documents, {sum(f['pages'] for f in figures.values())} pages looked at")
    return failures


def check_one_document(chosen, edges):
    """All examples under each other, so that page breaks fall everywhere in them."""
    source, pdf = OUT / "sources/all.md", OUT / "all.pdf"
    # Definitions of links and notes reach over the whole document, so its words are not compared.
    source.write_text("\n\n<!-- -->\n\n".join(e["markdown"] for e in chosen.values()), "utf8", newline="")
    subprocess.run([BINARY, "convert", "-q", "--no-system-fonts", source, "--lang", "en", "-o", pdf], check=True)
    report = OUT / "all.json"
    subprocess.run([sys.executable, LAYOUT, "--json", report, pdf], capture_output=True)
    [found] = json.loads(report.read_text("utf8")).values()
    print(f"all in one: {found['pages']} pages")
    defects = {k: found[k] for k in HARD if found.get(k)} | {"beyond the column": beyond(pdf, edges)}
    return [f"{pdf}: {what}: {which}" for what, which in defects.items() if which]


def main():
    chosen = dict(examples())
    assert len(chosen) > 680, f"only {len(chosen)} examples found"
    said = convert(chosen)
    edges = column()
    failures = check_words(chosen) + check_pages(chosen, said, edges) + check_one_document(chosen, edges)
    for failure in failures:
        print("FAIL", failure)
    sys.exit(1 if failures else 0)


main()
