"""Lays out every page of the corpus and of the golden cases in Chromium, at the widths of phones and of a
desktop, and prints the widest tables.

usage: screens.py FANFOLD CORPUS OUT
"""
import collections
import html
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

FANFOLD, CORPUS, OUT = map(Path, sys.argv[1:4])
PAGES, CHAPTERS = (320, 400, 900), (320, 400, 900)
# Many columns, long words, and a table inside others.
PRINTED = ("006_", "009_", "010_", "012_", "016_", "024_")
CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
# What reaches out of the screen, but for what is inside something that scrolls or is cut on purpose.
MEASURE = """<body style="margin:0"><script>
const files = FILES, width = WIDTH, found = [];
const visible = element => {
  for (let e = element.parentElement; e && e !== e.ownerDocument.documentElement; e = e.parentElement)
    if (e.ownerDocument.defaultView.getComputedStyle(e).overflowX !== "visible") return false;
  return true;
};
const next = n => {
  if (n === files.length) {
    const out = document.createElement("pre");
    out.textContent = JSON.stringify(found);
    return document.body.replaceChildren(out);
  }
  const frame = document.createElement("iframe");
  frame.style = `border:0;width:${width}px;height:800px`;
  frame.onload = () => {
    const page = frame.contentDocument, wide = [];
    if (page.documentElement.scrollWidth > width)
      for (const e of page.body.querySelectorAll("*"))
        if (e.getBoundingClientRect().right > width + 1 && visible(e)) wide.push(`${e.localName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`);
    found.push([files[n], page.documentElement.scrollWidth, wide.slice(-2)]);
    frame.remove();
    next(n + 1);
  };
  frame.src = files[n];
  document.body.append(frame);
};
next(0);
</script>"""


def convert():
    shutil.rmtree(OUT, ignore_errors=True)
    files = sorted(CORPUS.glob("*/*.wiki"))
    subprocess.run([FANFOLD, "convert", "-q", "--no-config", "-t", "html,epub", "-o", f"{OUT}/", *files], check=True)
    pages = sorted(OUT.glob("*.html"))
    books = sorted(OUT.glob("*.epub"))
    assert len(pages) == len(books) == len(files) > 0
    for golden in sorted(Path("tests/golden").glob("*/expected.html")):
        pages.append(Path(shutil.copy(golden, OUT / f"golden-{golden.parent.name}.html")))
    books += sorted(Path("tests/golden").glob("*/expected.epub"))
    chapters = []
    for number, book in enumerate(books):
        folder = OUT / f"book-{number:03}"
        with zipfile.ZipFile(book) as archive:
            archive.extractall(folder)
        chapters += sorted(folder.rglob("*.xhtml"))
    return pages, chapters


def measured(files, width):
    page = OUT / "measure.html"
    page.write_text(MEASURE.replace("FILES", json.dumps([str(f.relative_to(OUT)) for f in files])).replace("WIDTH", str(width)), "utf8")
    made = subprocess.run([*CHROMIUM, "--virtual-time-budget=120000", "--dump-dom", page.resolve().as_uri()], capture_output=True, text=True, timeout=600)
    found = re.search(r"<pre>(.*?)</pre>", made.stdout, re.S)
    assert found, f"Chromium measured nothing: {made.stderr[-1000:]}"
    return json.loads(html.unescape(found[1]))


def letters(text):
    return collections.Counter(c for c in text if c.isalnum())


def unprinted(page):
    """How many letters of a page are not on its paper."""
    paper = OUT / "paper.pdf"
    subprocess.run([*CHROMIUM, "--no-pdf-header-footer", f"--print-to-pdf={paper}", page.resolve().as_uri()], check=True, capture_output=True, timeout=300)
    printed = subprocess.run(["pdftotext", paper, "-"], check=True, capture_output=True, text=True).stdout
    source = re.sub(r"<head>.*?</head>|<annotation.*?</annotation>", "", page.read_text("utf8"), flags=re.S)
    missing = letters(html.unescape(re.sub(r"<[^>]+>", "", source))) - letters(printed)
    return sum(missing.values())


def main():
    failures = []
    pages, chapters = convert()
    for files, widths in ((pages, PAGES), (chapters, CHAPTERS)):
        for width in widths:
            found = measured(files, width)
            if len(found) != len(files):
                failures.append(f"{len(found)} of {len(files)} were measured at {width}")
            failures += [f"{name} is {reach} px wide on {width}: {wide}" for name, reach, wide in found if reach > width]
    # The check sees what is too wide.
    (OUT / "wide.html").write_text("<p style='width:700px'>wide", "utf8")
    if measured([OUT / "wide.html"], 400)[0][1] <= 400:
        failures.append("a page of 700 px was not seen on 400")
    printed = [page for page in pages if page.name.startswith(PRINTED)]
    for page in printed:
        if missing := unprinted(page):
            failures.append(f"{page.name}: {missing} letters are not printed")
    print(f"screens: {len(pages)} pages and {len(chapters)} chapters narrow, {len(printed)} printed")
    print("\n".join(f"FAIL {failure}" for failure in failures))
    sys.exit(bool(failures))


main()
