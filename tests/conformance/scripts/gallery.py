"""Draws the contact sheet of scripts in examples/gallery from the declarations that check.py set.

    tests/conformance/scripts/run target/conformance
    target/conformance/venv/bin/python tests/conformance/scripts/gallery.py target/conformance
"""
import sys
from pathlib import Path

import pymupdf

DECLARATIONS = ["arb", "heb", "hin", "tha", "jpn", "cmn_hans", "kor", "ell_monotonic", "rus", "kat", "amh", "fuf_adlm"]
COLUMNS, GAP, SCALE = 3, 18, 0.62
# The head of the first page: title, first heading, some lines.
CLIP = pymupdf.Rect(100, 80, 495, 330)

source = Path(sys.argv[1]) / "scripts"
width, height = CLIP.width * SCALE, CLIP.height * SCALE
rows = -(-len(DECLARATIONS) // COLUMNS)
sheet = pymupdf.open()
page = sheet.new_page(width=COLUMNS * (width + GAP) + GAP, height=rows * (height + GAP) + GAP)
page.draw_rect(page.rect, fill=(0.86, 0.86, 0.86), color=None)
for at, code in enumerate(DECLARATIONS):
    x, y = GAP + at % COLUMNS * (width + GAP), GAP + at // COLUMNS * (height + GAP)
    tile = pymupdf.Rect(x, y, x + width, y + height)
    page.draw_rect(tile, fill=(1, 1, 1), color=None)
    page.show_pdf_page(tile, pymupdf.open(source / f"{code}.pdf"), 0, clip=CLIP)
page.get_pixmap(dpi=110, colorspace=pymupdf.csGRAY).save("examples/gallery/scripts.png")
