"""Holds the words that nine readers of PDF give back against the source: the article and twelve others in the plain
format. Each word of the source must be there, whole and as often, but for what FAULTS names: faults of a reader, where
others give the word.

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
# What the built-in faces lack.
CJK = Path("/usr/share/fonts/opentype/noto")


def pdftotext(pdf):
    """In the order of the file: left alone it looks for columns, and reads on from a line into the box beside it."""
    return subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", pdf, "-"], capture_output=True, check=True).stdout.decode("utf8")


def pdfinfo(pdf):
    """The strings of the structure tree, each in quotation marks on a line or some."""
    return subprocess.run(["pdfinfo", "-struct-text", "-enc", "UTF-8", pdf], capture_output=True, check=True).stdout.decode("utf8")


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
        # In the order of the file, for the same reason.
        return "\n".join(page.extract_text(use_text_flow=True) for page in document.pages)


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
    """Letters, marks and digits; a hyphen that the line break put in, for which pdfium says U+FFFE, is none. Chinese,
    Japanese and Korean lines end between any two letters."""
    text = re.sub("[\u00ad\ufffe\x02]\\s*", "", unicodedata.normalize("NFKC", text))
    shown = (c for c in text if unicodedata.category(c) != "Cf")
    kept = (c if unicodedata.category(c)[0] in "LMN" else " " for c in shown)
    return Counter("".join(f" {c} " if "\u2e80" <= c <= "\ud7ff" else c for c in kept).split())


def without_soft_hyphen(word, text, lost, extra):
    """Parted at the end of a line without a mark of it."""
    return any(f"{word[:at]}\n{word[at:]}" in text for at in range(1, len(word)))


def hard_hyphen_taken(word, text, lost, extra):
    """Of two words with a hyphen between them, which stands at the end of a line, it makes one."""
    return any(word + other in extra or other + word in extra for other in lost)


def parted_after_a_mark(word, text, lost, extra):
    marks = (at for at, c in enumerate(word, 1) if unicodedata.combining(c))
    return any(word[:at] in extra and word[at:] in extra for at in marks)


def turned(word, text, lost, extra):
    """The letters of a word from right to left in the order of the line."""
    return word[::-1] in extra


def line_turned(word, text, lost, extra):
    """The words of a line that has some from right to left come in the opposite order, so that the part of one before the end
    of the line is not before its rest."""
    return any(f"{word[:at]}\u00ad" in text and word[at:] in extra for at in range(1, len(word)))


# The faults of each reader.
FAULTS = {
    "pdfium": [hard_hyphen_taken],
    "pdfminer.six": [parted_after_a_mark, turned],
    "pdfplumber": [turned, parted_after_a_mark],
    "docling-parse": [parted_after_a_mark, line_turned],
    "pdfinfo -struct-text": [turned],
    # It leaves out all characters that Unicode calls format characters.
    "pdf.js": [without_soft_hyphen],
}


def source(path):
    """The words of an article. The name of its infobox's picture is none of them."""
    text = re.sub(r"(?m)^- (Img|Image|Photo|Logo|Flag|Karte)[^:\n]*:.*$", "", path.read_text("utf8"))
    return words(text)


def read(job):
    reader, pdf = job
    logging.disable()
    return READERS[reader](pdf)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    articles = [ARTICLE, *sorted((CORPUS / "seedformat").glob("*/*.txt"))]
    subprocess.run([FANFOLD, "convert", "-q", "--no-system-fonts", "--font-dir", CJK, "-f", "article", "-t", "pdf", "-o", f"{OUT}/", *articles], check=True)
    pdfs = [OUT / f"{path.stem}.pdf" for path in articles]
    wanted = [source(path) for path in articles]
    only = sys.argv[5:] or [*READERS, "pdf.js"]
    found = {}
    with ProcessPoolExecutor() as pool:
        jobs = {name: [pool.submit(read, (name, pdf)) for pdf in pdfs] for name in only if name != "pdf.js"}
        if "pdf.js" in only:
            found["pdf.js"] = pdfjs(pdfs)
        found |= {name: [job.result() for job in of] for name, of in jobs.items()}
    failures, total = [], sum(want.total() for want in wanted)
    for name in only:
        excused = Counter()
        for path, want, text in zip(articles, wanted, found[name], strict=True):
            text = unicodedata.normalize("NFKC", text)
            got = words(text)
            lost, extra = want - got, got - want
            for word, count in lost.items():
                fault = next((fault for fault in FAULTS.get(name, []) if fault(word, text, lost, extra)), None)
                if fault is None:
                    failures.append(f"{name}: {path.stem}: {word}")
                else:
                    excused[fault.__name__] += count
        faults = "".join(f", {fault} {count}" for fault, count in excused.items())
        print(f"{name:22} {total - excused.total()} of {total} words in {len(articles)} articles{faults}")
        for fault in FAULTS.get(name, []):
            if fault.__name__ not in excused:
                failures.append(f"{name}: {fault.__name__} is mended: strike it from FAULTS")
    print("\n".join(f"FAIL {failure}" for failure in failures))
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
