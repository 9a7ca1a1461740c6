"""Converts the shared corpora to PDF, one folder for the checker of both standards, and looks at what it
does not: text that is neither content nor artifact, and the width of every glyph.

usage: corpora.py FANFOLD CORPUS OUT
"""
import json
import shutil
import subprocess
import sys
from pathlib import Path

from structure import Reader
from widths import wrong_widths

FANFOLD, CORPUS, OUT = map(Path, sys.argv[1:4])
failures = []


def sources():
    """Each corpus with its files and the arguments they want."""
    yield "seedformat", sorted((CORPUS / "seedformat").glob("*/*.txt")), []
    yield "wikitext", sorted((CORPUS / "wikitext").glob("*/*.wiki")), ["-f", "wikitext"]
    for name in ("commonmark-0.31.2", "gfm-0.29-spec", "cmark-gfm-extra"):
        folder = OUT / name
        folder.mkdir(parents=True)
        for number, example in enumerate(json.loads((CORPUS / f"markdown/{name}.json").read_text("utf8"))):
            (folder / f"{number:04}.md").write_text(example["markdown"], "utf8")
        yield name, sorted(folder.glob("*.md")), ["-f", "markdown"]


def main():
    for corpus, files, arguments in sources():
        folder = OUT / "pdf" / corpus
        # The built-in faces alone: the same pages on every machine.
        made = subprocess.run([FANFOLD, "convert", "-q", "--no-system-fonts", "--allow", "missing-glyphs", *arguments, "-t", "pdf", "-o", f"{folder}/", *files],
                              capture_output=True, text=True)
        pdfs = sorted(folder.glob("*.pdf"))
        if made.returncode != 0 or len(pdfs) != len(files):
            failures.append(f"{corpus}: {len(pdfs)} of {len(files)} converted: {made.stderr[-2000:]}")
        glyphs = 0
        for pdf in pdfs:
            shutil.copy(pdf, OUT / "all" / f"{corpus}-{pdf.name}")
            loose = Reader(pdf).loose()
            if loose.strip():
                failures.append(f"{pdf}: neither content nor artifact: {loose[:80]!r}")
            compared, wrong = wrong_widths(pdf)
            glyphs += compared
            failures.extend(f"{pdf}: {fault}" for fault in wrong)
        print(f"{corpus}: {len(pdfs)} files, {glyphs} widths")
    for pdf in (OUT / "udhr").glob("*.pdf"):
        shutil.copy(pdf, OUT / "all" / f"udhr-{pdf.name}")
        failures.extend(f"{pdf}: {fault}" for fault in wrong_widths(pdf)[1])
    print("\n".join(f"FAIL {failure}" for failure in failures))
    sys.exit(bool(failures))


main()
