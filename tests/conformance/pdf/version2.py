"""Files of PDF 2.0: real articles as PDF/UA-2 and PDF/A-4f, held to pdf2.py; and files that were spoiled on purpose, so
that its rules are known to bite.

usage: version2.py FANFOLD CORPUS OUT
"""
import subprocess
import sys
from pathlib import Path

import pikepdf

import pdf2
from structure import Reader
from widths import wrong_widths

FANFOLD, CORPUS, OUT = map(Path, sys.argv[1:4])
failures = []


def convert(folder, standards, *files):
    made = subprocess.run([FANFOLD, "convert", "-q", "--no-config", "--no-system-fonts", "--allow", "missing-glyphs", "--pdf-standard", standards, "--toc", "-t", "pdf", "-o", f"{folder}/", *files],
                          capture_output=True, text=True)
    pdfs = sorted(folder.glob("*.pdf"))
    if made.returncode != 0 or len(pdfs) != len(files):
        failures.append(f"{folder}: {len(pdfs)} of {len(files)} converted: {made.stderr[-2000:]}")
    return pdfs


def elements(pdf):
    return [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/S" in thing and "/P" in thing]


def of_type(pdf, name):
    return next(element for element in elements(pdf) if element.S == name)


def without(key, name=None):
    def spoil(pdf):
        where = pdf.Root if name is None else of_type(pdf, name)
        del where[key]
    return spoil


def rename(name, new):
    def spoil(pdf):
        of_type(pdf, name).S = pikepdf.Name(new)
    return spoil


def xmp(old, new):
    def spoil(pdf):
        data = pdf.Root.Metadata.read_bytes()
        assert old in data
        pdf.Root.Metadata.write(data.replace(old, new))
    return spoil


def pages_alone(pdf):
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            if "/SD" in annotation.get("/A", {}):
                del annotation.A["/SD"]


def information(pdf):
    pdf.trailer.Info = pdf.make_indirect(pikepdf.Dictionary(Title="Other"))


def stray_math(pdf):
    of_type(pdf, "/math").P.S = pikepdf.Name("/P")


def one_part(pdf):
    of_type(pdf, "/msup").K = of_type(pdf, "/msup").K[:1]


SPOILED = {
    "8.2.5.29-1": stray_math,
    "MathML": one_part,
    "6.2-1": without("/MarkInfo"),
    "8.4.4-1": without("/Lang"),
    "8.11.2-1": without("/ViewerPreferences"),
    "8.2.5.2-2": without("/NS", "/Document"),
    "8.2.4-1": without("/NS", "/FENote"),
    "8.2.5.8-1": without("/Ref", "/Reference"),
    "8.2.5.14-2": without("/Ref", "/FENote"),
    "8.2.5.25-1": without("/A", "/L"),
    "8.2.5.20-1": rename("/Link", "/Span"),
    "table 5": rename("/TR", "/P"),
    "8.8-2": pages_alone,
    "5-5": xmp(b"<pdfuaid:rev>2024</pdfuaid:rev>", b""),
    "8.11.1-1": xmp(b"dc:title", b"dc:other"),
    "6.7.3-5": xmp(b"<pdfaid:rev>2020</pdfaid:rev>", b""),
    "6.2.4.3-2": without("/OutputIntents"),
    "6.9-5": without("/Names"),
    "6.1.3-4": information,
}
SAMPLE = """# Sample

One[^1], $x^2$ and [later](#later).

[^1]: A note.

## Later

1. first
2. second

| a | b |
|---|---|
| 1 | 2 |
"""


def main():
    files = ["input/boris-bondarev.txt", *sorted((CORPUS / "seedformat").glob("*/*.txt")), *sorted((CORPUS / "wikitext").glob("*/*.wiki")),
             "README.md", "examples/gallery/formulas.txt"]
    # Two files of one name would be one.
    files = list({Path(file).stem: file for file in files}.values())
    pdfs = convert(OUT / "two", "ua-2,a-4f", *files) + convert(OUT / "two-plain", "ua-2,a-4", files[0])
    for pdf in pdfs:
        failures.extend(f"{pdf}: {fault}" for fault in pdf2.faults(pdf))
        failures.extend(f"{pdf}: {fault}" for fault in wrong_widths(pdf)[1])
        loose = Reader(pdf).loose()
        if loose.strip():
            failures.append(f"{pdf}: neither content nor artifact: {loose[:80]!r}")
    sample = OUT / "sample.md"
    sample.write_text(SAMPLE, "utf8")
    sound = convert(OUT / "two-sample", "ua-2,a-4f", sample)[0]
    failures.extend(f"{sound}: {fault}" for fault in pdf2.faults(sound))
    for rule, spoil in SPOILED.items():
        with pikepdf.open(sound) as pdf:
            spoil(pdf)
            spoiled = OUT / "two-sample" / f"{rule.replace(' ', '-')}.spoiled"
            pdf.save(spoiled, linearize=False)
        found = {name for name, _ in pdf2.ua2(pdf2.File(spoiled))} | {name for name, _ in pdf2.a4(pdf2.File(spoiled), "F")}
        if rule not in found:
            failures.append(f"rule {rule} does not see what is spoiled; seen: {sorted(found)}")
    print(f"PDF/UA-2 and PDF/A-4: {len(pdfs)} files; {len(SPOILED)} rules see what is spoiled")
    print("\n".join(f"FAIL {failure}" for failure in failures))
    sys.exit(bool(failures))


main()
