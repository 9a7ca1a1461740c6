"""What tools say of the article's PDF: tagged, titled, in its language; its structure reads as the
article; it is no larger than it was when it was measured against others; a wrong width is found.

usage: article.py FANFOLD OUT
"""
import re
import subprocess
import sys
from pathlib import Path

import pikepdf

from structure import Reader
from widths import wrong_widths

FANFOLD, OUT = map(Path, sys.argv[1:3])
SOURCE = Path("input/boris-bondarev.txt")
# What typst makes of the same article, without tags.
LARGEST = 30_681
failures = []


def check(what, true):
    if not true:
        failures.append(what)


def tokens(text):
    return re.findall(r"\w+", text.replace("\u00ad", ""))


pdf = OUT / "article.pdf"
subprocess.run([FANFOLD, "convert", "--keep-quotes", SOURCE, "-o", pdf], check=True)
info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
check("tagged", re.search(r"^Tagged: +yes$", info, re.M))
check("title", re.search(r"^Title: +Boris Bondarev$", info, re.M))
with pikepdf.open(pdf) as file:
    check("language", str(file.Root.Lang) == "en")
    check("title is shown", file.Root.ViewerPreferences.DisplayDocTitle)
    check("every page's tabs follow the structure", all(page.get("/Tabs") == "/S" for page in file.pages))
    check("metadata lies open", b"<pdfuaid:part>1</pdfuaid:part>" in pdf.read_bytes())
check(f"{pdf.stat().st_size} bytes, {LARGEST} at most", pdf.stat().st_size <= LARGEST)

source = re.sub(r"^- ", "", SOURCE.read_text("utf8").replace("=", " "), flags=re.M)
source = re.sub(r"#", " ", source)
read = Reader(pdf).text()
struct = subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, text=True, check=True).stdout
quoted = " ".join(re.findall(r'^\s*"(.*)"$', struct, re.M))
without_hyphens = tokens(read)
check("the structure has the article's words", sorted(set(tokens(source))) == sorted(set(without_hyphens) & set(tokens(source))))
check("pdfinfo -struct-text reads as the structure", "".join(tokens(quoted)) == "".join(without_hyphens))

compared, wrong = wrong_widths(pdf)
check(f"widths: {wrong}", compared > 50 and not wrong)
spoiled = OUT / "wrong-width.pdf"
with pikepdf.open(pdf) as file:
    font = next(iter(file.pages[0].Resources.Font.values()))
    widths = font.DescendantFonts[0].W
    widths[1][3] = float(widths[1][3]) + 1
    file.save(spoiled)
check("a width one unit off is found", len(wrong_widths(spoiled)[1]) == 1)

print(f"article: {pdf.stat().st_size} bytes, {compared} widths, {len(without_hyphens)} words")
print("\n".join(f"FAIL {failure}" for failure in failures))
sys.exit(bool(failures))
