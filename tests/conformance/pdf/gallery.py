"""Draws the contact sheets of the built-in styles in examples/gallery: the article, the showcase and a report, each
in every style on A4, A5 and a sheet as large as a phone.

    python3 tests/conformance/pdf/gallery.py target/release/fanfold
"""
import subprocess
import sys
import tempfile
from pathlib import Path

import pymupdf

DOCUMENTS = {
    "article": "../shared/article/boris-bondarev.txt",
    "showcase": "tests/golden/showcase/input.wiki",
    "report": "examples/gallery/report.md",
}
STYLES = ["book", "report", "plain", "large-print"]
# The sheet, its margins where they are not the style's, and how wide its picture is.
SHEETS = [("a4", None, 150), ("a5", None, 106), ("70x140mm", "6mm", 70)]
GAP, HEIGHT = 10, 213

program = sys.argv[1]
for name, source in DOCUMENTS.items():
    row = sum(width for *_, width in SHEETS) + GAP * len(SHEETS)
    sheet = pymupdf.open()
    page = sheet.new_page(width=2 * row + GAP, height=2 * (HEIGHT + GAP) + GAP)
    page.draw_rect(page.rect, fill=(0.82, 0.82, 0.82), color=None)
    for at, style in enumerate(STYLES):
        x, y = GAP + at % 2 * row, GAP + at // 2 * (HEIGHT + GAP)
        for paper, margins, width in SHEETS:
            options = ["--margins", margins] if margins else []
            with tempfile.TemporaryDirectory() as folder:
                pdf = Path(folder) / "page.pdf"
                subprocess.run([program, "convert", "-q", "--no-config", "--no-system-fonts", source, "--style", style,
                                "--paper", paper, *options, "-o", pdf], check=True)
                with pymupdf.open(pdf) as pages:
                    tile = pymupdf.Rect(x, y, x + width, y + width * pages[0].rect.height / pages[0].rect.width)
                    page.draw_rect(tile, fill=(1, 1, 1), color=None)
                    page.show_pdf_page(tile, pages, 0)
            x += width + GAP
    picture = page.get_pixmap(dpi=130)
    picture.pil_image().quantize(128).save(f"examples/gallery/{name}-styles.png", optimize=True)
