"""The forty real articles in all four formats: nothing refused, every byte accounted for, the visible
prose kept, pages by their validators. (Their books are read by the part for EPUB.)

usage: articles.py TOOLS
"""
import json
import re
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import page
import pikepdf
import pymupdf
import pypandoc

sys.path.insert(0, "benches")
sys.path.insert(0, "../shared/validate")
import pdf_layout
from wikitext import ours, stripped, words

TOOLS = Path(sys.argv[1])
SHARED = Path("../shared")
OUT = TOOLS / "wikitext"
BINARY = Path("target/release/fanfold")
ARTICLES = sorted((SHARED / "corpus/wikitext").glob("*/*.wiki"))
# Where the default paper's column begins and ends, in points; of a page that is turned, the margins change places.
COLUMN = (121.2, 474.1)
# Words of an article outside of templates, tables and references that must be in ours.
KEPT = 0.995
failures = []


def fail(message):
    failures.append(message)
    print("FAIL", message)


def run(*command, **options):
    return subprocess.run([str(c) for c in command], capture_output=True, **options)


def output(source, extension):
    return OUT / f"{source.stem}.{extension}"


def check_conversion():
    """Each by itself, so that a panic names its article; ten minutes would be a hang."""
    def convert(source):
        report = output(source, "report.json")
        # The built-in faces alone: the same pages on every machine, and the checker takes the default
        # width of a font with several private dictionaries, as CJK faces are, for 0.
        made = run(BINARY, "convert", "-q", "--no-system-fonts", "--allow", "missing-glyphs", source, "-t", "pdf,epub,text,json", "-o", f"{OUT}/", "--report", report, timeout=600)
        return source, made

    with ThreadPoolExecutor(2) as pool:
        for source, made in pool.map(convert, ARTICLES):
            if made.returncode != 0:
                fail(f"{source.name}: {made.stderr.decode()[-2000:]}")


def check_account():
    """Every byte rendered, metadata, syntax or dropped with a code; what is dropped, was said."""
    totals = {}
    for source in ARTICLES:
        [entry] = json.loads(output(source, "report.json").read_text("utf8"))["inputs"]
        bytes_of = entry["totals"]
        if bytes_of["unaccounted"] != 0:
            fail(f"{source.name}: {bytes_of['unaccounted']} bytes unaccounted")
        if sum(v for v in bytes_of.values()) != len(source.read_bytes()):
            fail(f"{source.name}: the fates of its bytes don't add up: {bytes_of}")
        for fate, count in bytes_of.items():
            totals[fate] = totals.get(fate, 0) + count
    print("bytes of all articles:", totals)


def check_prose():
    """The words that mwparserfromhell's strip_code and pandoc's plain writer both give."""
    pandoc = pypandoc.get_pandoc_path()
    refused = []
    for source in ARTICLES:
        code = stripped(source.read_text("utf8"))
        theirs = run(pandoc, "-f", "mediawiki", "-t", "plain", "--wrap=none", input=str(code).encode())
        if theirs.returncode != 0:
            refused.append(source.name)
            continue
        common = words(code.strip_code(normalize=True, collapse=True)) & words(theirs.stdout.decode())
        text, _ = ours(json.loads(output(source, "json").read_text("utf8")))
        missing = common - words(text)
        share = 1 - sum(missing.values()) / max(1, sum(common.values()))
        if share < KEPT:
            fail(f"{source.name}: {share:.3%} of the prose kept; missing {dict(missing.most_common(8))}")
    print(f"prose: {len(ARTICLES) - len(refused)} articles held against both; pandoc refuses {refused}")


def check_infoboxes():
    """The keys of an infobox, in their order, in all four formats."""
    for source in ARTICLES:
        blocks = json.loads(output(source, "json").read_text("utf8"))["articles"][0]["blocks"]
        box = next((b for b in blocks if b["type"] == "infobox"), None)
        if box is None:
            continue
        said = lambda inlines: "".join(i.get("text", "") for i in inlines)
        labels = [said(row["label"]) for row in box["rows"] if row["label"]]
        pages = pymupdf.open(output(source, "pdf"))
        shown = {
            "text": output(source, "txt").read_text("utf8"),
            "epub": "".join(chapters(output(source, "epub"))),
            "pdf": "".join(p.get_text() for p in pages),
        }
        for kind, text in shown.items():
            missing = first_missing(labels, text)
            if missing and kind == "pdf":
                # MuPDF repeats glyphs whose text stands beside them, as in Tamil; Poppler does not. Without -raw it
                # guesses at an order where rows stand in two columns.
                command = ["pdftotext", "-raw", output(source, "pdf"), "-"]
                missing = first_missing(labels, subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            if missing:
                fail(f"{source.name}: the infobox's '{missing}' is not in {kind}, or out of order")


def first_missing(labels, text):
    """The first of the labels that is not in a text behind those before it."""
    at, squeezed = 0, "".join(text.split()).replace("\u00ad", "")
    for label in labels:
        want = "".join(label.split())
        found = squeezed.find(want, at)
        if found < 0:
            return label
        at = found + len(want)
    return None


def chapters(book):
    """The words of a book's chapters, in order."""
    with zipfile.ZipFile(book) as archive:
        for name in archive.namelist():
            if name.endswith(".xhtml") and "nav" not in name:
                text = archive.read(name).decode("utf8")
                text = re.sub(r"<[^>]*>", "", text[text.find("<body"):])
                yield re.sub(r"&#x?[0-9a-fA-F]+;|&\w+;", lambda m: {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}.get(m[0], "\u00a0"), text)


def check_pages():
    for source in ARTICLES:
        pdf = output(source, "pdf")
        for profile in ("ua1", "2a"):
            verdict = page.validate_pdf(str(pdf), profile=profile)
            if not verdict.is_compliant:
                fail(f"{source.name}: {profile}: {sorted({f.rule_id for f in verdict.failures})}")
        with pikepdf.open(pdf) as opened:
            for problem in opened.check_pdf_syntax():
                fail(f"{source.name}: qpdf: {problem}")


def check_layout():
    """No hard defect by pdf_layout.py, but for what it misreads on such pages:

    - overfull: it measures the column from the lines themselves, and where tables and infoboxes have
      most of them, it takes a cell for the column. Here every word, of whatever size, must be
      inside of the column that the style gives; and a cell that runs over is an overlap.
    - overlaps: it cuts words at gaps to the right. In text from right to left a bracket far to the
      right of the Latin words it opens joins them, and the box of both covers the words between. Where it finds any,
      words are cut at gaps on either side and counted again.
    """
    pdfs = [output(source, "pdf") for source in ARTICLES]
    report = OUT / "layout.json"
    run(sys.executable, SHARED / "validate/pdf_layout.py", "--json", report, *pdfs)
    found = json.loads(report.read_text("utf8"))
    reached = 0
    for pdf in pdfs:
        figures = found[str(pdf)]
        for kind in ("off_page", "notdef", "unembedded", "type3", "widths_bad"):
            if figures[kind]:
                fail(f"{pdf.name}: {kind}: {figures['notes'].get(kind, figures[kind])}")
        out, full, overlaps = column_of(pdf, bool(figures["overlaps"]))
        reached += full
        if out:
            fail(f"{pdf.name}: outside of the column: {out[:8]}")
        if overlaps:
            fail(f"{pdf.name}: words on each other: {overlaps[:8]}")
    # If the style's column changes, it must here too.
    if reached < len(pdfs) / 2:
        fail(f"of {len(pdfs)} articles {reached} reach the edge of the column: is it {COLUMN}?")


def column_of(pdf, again):
    """What stands outside of the column, whether a line reaches its edge, and what lies on each other."""
    out, full, overlaps = [], False, []
    for number, sheet in enumerate(pymupdf.open(pdf), 1):
        pieces = pieces_of(sheet)
        left, right = COLUMN
        for text, x0, x1, _, size in pieces:
            hang = 0.35 * size + 1.5
            if sheet.rect.width < sheet.rect.height and (x0 < left - hang or x1 > right + hang):
                out.append((number, text, round(x0, 1), round(x1, 1)))
            full |= abs(x1 - right) < 0.5
        if again:
            overlaps += [(number, *pair) for pair in pdf_layout.overlaps(pieces)]
    return out, full, overlaps


def pieces_of(sheet):
    """Words as pdf_layout.py has them, cut at gaps on either side."""
    pieces, word = [], None
    for block in sheet.get_text("rawdict", flags=pymupdf.TEXT_PRESERVE_LIGATURES | pymupdf.TEXT_PRESERVE_WHITESPACE)["blocks"]:
        for line in block.get("lines", []):
            word = None
            for span in line["spans"]:
                for c in span["chars"]:
                    (x0, _, x1, _), gap = c["bbox"], 0.12 * span["size"]
                    if c["c"].isspace() or c["c"] == "\u00a0":
                        word = None
                    elif word and x0 - word[2] <= gap and word[1] - x1 <= gap:
                        word[0] += c["c"]
                        word[1], word[2] = min(word[1], x0), max(word[2], x1)
                    else:
                        word = [c["c"], x0, x1, c["origin"][1], span["size"]]
                        pieces.append(word)
    return pieces


if len(ARTICLES) != 40:
    sys.exit(f"the corpus has {len(ARTICLES)} articles")
OUT.mkdir(parents=True, exist_ok=True)
check_conversion()
if not failures:
    check_account()
    check_prose()
    check_infoboxes()
    check_pages()
    check_layout()
sys.exit(f"{len(failures)} failures" if failures else 0)
