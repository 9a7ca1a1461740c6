"""Draws the contact sheet of formulas in examples/gallery: each in a line and displayed, ours on the left, typst's of the
same on the right. The source is examples/gallery/formulas.txt, TeX and typst's words for it a line.

    tests/conformance/run; target/conformance/venv/bin/pip install typst==0.15.2
    target/conformance/venv/bin/python tests/conformance/math/gallery.py target/conformance
"""
import shutil
import subprocess
import sys
from pathlib import Path

import pymupdf
import typst

OUT, BINARY = Path(sys.argv[1]) / "math-gallery", Path("target/release/fanfold")
WIDTH, HEIGHT, ROWS, GAP = 230, 150, 20, 10
CELL = pymupdf.Rect(0, 0, WIDTH - 1, HEIGHT)

shutil.rmtree(OUT, ignore_errors=True)
(OUT / "tex").mkdir(parents=True)
pairs = [line.split("\t") for line in Path("examples/gallery/formulas.txt").read_text("utf8").splitlines()]
for n, (tex, _) in enumerate(pairs):
    words = f"---\nlang: en\n---\n\nIn a line ${tex}$ is set so.\n\n$$ {tex} $$\n"
    (OUT / "tex" / f"{n:02}.md").write_text(words, "utf8")
page = ["--paper", f"{WIDTH}x{HEIGHT + 60}pt", "--margins", "8pt", "--base-size", "9pt"]
subprocess.run([BINARY, "batch", "-q", OUT / "tex", "-t", "pdf", "-o", OUT / "pdf", *page], check=True)


def height(page):
    """How far down there is ink."""
    picture = page.get_pixmap(dpi=72, colorspace=pymupdf.csGRAY, clip=CELL)
    rows = [picture.samples[y * picture.stride : y * picture.stride + picture.width] for y in range(picture.height)]
    return max(y for y, row in enumerate(rows) if min(row) < 200) + 8


cells, heights = [], [0] * ROWS
for n, (_, words) in enumerate(pairs):
    ours = pymupdf.open(next((OUT / "pdf").glob(f"**/{n:02}.pdf")))
    source = OUT / f"{n:02}.typ"
    source.write_text(
        f'#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: 8pt)\n#set text(font: "Libertinus Serif", size: 9pt)\n'
        f'#show math.equation: set text(font: "Libertinus Math")\nIn a line ${words}$ is set so.\n\n$ {words} $\n',
        "utf8",
    )
    theirs = pymupdf.open(stream=typst.Compiler(source, font_paths=["fonts/libertinus"]).compile())
    cells.append((ours, theirs))
    heights[n % ROWS] = max(heights[n % ROWS], height(ours[0]), height(theirs[0]))
columns = -(-len(pairs) // ROWS)
sheet = pymupdf.open()
page = sheet.new_page(width=columns * (2 * WIDTH + GAP) + GAP, height=sum(heights) + 2 * GAP)
page.draw_rect(page.rect, fill=(0.86, 0.86, 0.86), color=None)
for n, pair in enumerate(cells):
    row, column = n % ROWS, n // ROWS
    for side, document in enumerate(pair):
        x, y = GAP + column * (2 * WIDTH + GAP) + side * WIDTH, GAP + sum(heights[:row])
        tile = pymupdf.Rect(x, y, x + WIDTH - 1, y + heights[row] - 1)
        page.draw_rect(tile, fill=(1, 1, 1), color=None)
        page.show_pdf_page(tile, document, 0, clip=pymupdf.Rect(0, 0, tile.width, tile.height))
page.get_pixmap(dpi=92, colorspace=pymupdf.csGRAY).save("examples/gallery/formulas.png")
