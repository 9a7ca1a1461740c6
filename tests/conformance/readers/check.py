"""Holds the words that nine readers of PDF give back against the source: the article and twelve others in the plain
format. Each word of the source must be there, whole and as often.

usage: check.py FANFOLD CORPUS OUT NPM [READER...]
"""
import json
import logging
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

FANFOLD, CORPUS, OUT, NPM = map(Path, sys.argv[1:5])
ARTICLE = Path("input/boris-bondarev.txt")
# Pieces of a word, by reader and article, that a fault of the reader takes it apart into, with what the fault is.
EXCUSED = {}


def pdftotext(pdf):
    return subprocess.run(["pdftotext", "-enc", "UTF-8", pdf, "-"], capture_output=True, check=True).stdout.decode("utf8")


def pdfinfo(pdf):
    """The strings of the structure tree, each in quotation marks on a line or some."""
    said = subprocess.run(["pdfinfo", "-struct-text", "-enc", "UTF-8", pdf], capture_output=True, check=True).stdout.decode("utf8")
    return said


def pdfium(pdf):
    import pypdfium2
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def mupdf(pdf):
    import pymupdf
    with pymupdf.open(pdf) as document:
        return "\n".join(page.get_text() for page in document)


def pypdf(pdf):
    import pypdf
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)


def pdfminer(pdf):
    from pdfminer.high_level import extract_text
    return extract_text(pdf)


def pdfplumber(pdf):
    import pdfplumber
    with pdfplumber.open(pdf) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def docling(pdf):
    from docling_core.types.doc.page import TextCellUnit
    from docling_parse.pdf_parser import DoclingPdfParser
    pages = DoclingPdfParser(loglevel="fatal").load(str(pdf)).iterate_pages()
    return "\n".join(cell.text for _, page in pages for cell in page.iterate_cells(unit_type=TextCellUnit.LINE))


READERS = {
    "pdftotext": pdftotext, "pdfium": pdfium, "MuPDF": mupdf, "pypdf": pypdf, "pdfminer.six": pdfminer,
    "pdfplumber": pdfplumber, "docling-parse": docling, "pdfinfo -struct-text": pdfinfo,
}


def pdfjs(pdfs):
    """All at once: starting it takes longer than reading."""
    library = (NPM / "node_modules/pdfjs-dist/legacy/build/pdf.mjs").absolute()
    read = subprocess.run(["node", Path(__file__).with_name("read.mjs"), library, *pdfs], capture_output=True, check=True, text=True)
    return [json.loads(line) for line in read.stdout.splitlines()]


def words(text):
    """Letters, marks and digits; a hyphen that the line break put in, for which pdfium says U+FFFE, is none."""
    text = re.sub("[\u00ad\ufffe\x02]\\s*", "", unicodedata.normalize("NFKC", text))
    shown = (c for c in text if unicodedata.category(c) != "Cf")
    return Counter("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in shown).split())


def source(path):
    """The words of an article. The name of its infobox's picture is none of them."""
    text = re.sub(r"(?m)^- (Img|Image|Photo|Logo|Flag|Karte)[^:\n]*:.*$", "", path.read_text("utf8"))
    return words(text)


def read(job):
    reader, pdf = job
    logging.disable()
    return words(READERS[reader](pdf))


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    articles = [ARTICLE, *sorted((CORPUS / "seedformat").glob("*/*.txt"))]
    subprocess.run([FANFOLD, "convert", "-q", "--no-system-fonts", "-f", "article", "-t", "pdf", "-o", f"{OUT}/", *articles], check=True)
    pdfs = [OUT / f"{path.stem}.pdf" for path in articles]
    wanted = [source(path) for path in articles]
    only = sys.argv[5:] or [*READERS, "pdf.js"]
    found = {}
    with ProcessPoolExecutor() as pool:
        jobs = {name: [pool.submit(read, (name, pdf)) for pdf in pdfs] for name in only if name != "pdf.js"}
        if "pdf.js" in only:
            found["pdf.js"] = [words(text) for text in pdfjs(pdfs)]
        found |= {name: [job.result() for job in of] for name, of in jobs.items()}
    failures = []
    for name in only:
        missing = 0
        for path, want, got in zip(articles, wanted, found[name], strict=True):
            lost = want - got
            excused = EXCUSED.get((name, path.stem), {})
            for word in sorted(set(excused) - set(lost)):
                failures.append(f"{name}: {path.stem}: {word} is read rightly now: strike it from EXCUSED")
            lost = {word: count for word, count in lost.items() if word not in excused}
            missing += sum(lost.values())
            if lost:
                failures.append(f"{name}: {path.stem}: {lost}")
        total = sum(want.total() for want in wanted)
        print(f"{name:22} {total - missing} of {total} words in {len(articles)} articles")
    print("\n".join(f"FAIL {failure}" for failure in failures))
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
