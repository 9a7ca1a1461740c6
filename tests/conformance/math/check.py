"""Holds formulas on our pages against the same formulas that Chromium lays out from our own MathML in the same face.

Each formula of formulas.txt and of the gallery, and of the shared articles where those are here, is set displayed and in running text, on a
page of its own. A glyph is off when it is not the one that Chromium has, or stands more than 0.05 em from where
Chromium has it, from the formula's origin: in running text that is a marker before it; displayed formulas are centred, and
their origin is where most glyphs agree. departures.js first mends in the page what Chromium lays out otherwise than
MathML Core says, and what we do, each with its reason; without it half of the glyphs are in place, for one letter that
clears what leans over it moves all that follow. Formulas with such glyphs are named in known-differences.txt with the reason; the
list may only become shorter.
"""
import html
import io
import json
import re
import shutil
import statistics
import subprocess
import sys
import zipfile
from collections import defaultdict
from pathlib import Path

import pikepdf
import pymupdf
from fontTools.cffLib import CFFFontSet
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

TOOLS, BINARY = Path(sys.argv[1]), Path(sys.argv[2])
HERE = Path(__file__).parent
OUT = TOOLS / "math"
FACE = Path("fonts/libertinus/LibertinusMath-Regular.otf").resolve()
WIKITEXT = sorted((Path("..") / "shared/corpus/wikitext").glob("*/*.wiki"))
TOLERANCE, WANTED = 0.05, 0.95
# What stands before a formula in running text, in a script that no formula has.
MARKER = "Ж"
# Chromium rounds baselines to whole pixels, which are to be small against the em. A pixel is 0.75 pt.
PIXELS = 120
POINTS = 11


def known_differences():
    """Kind and TeX of the formulas that are known to differ, with the reason."""
    reason, known = "", {}
    for line in (HERE / "known-differences.txt").read_text("utf8").splitlines():
        if line.startswith("# "):
            reason = line[2:]
        elif line:
            known[tuple(line.split(" ", 1))] = reason
    return known


def formulas():
    lines = (HERE / "formulas.txt").read_text("utf8").splitlines()
    own = [line for line in lines if line and not line.startswith("# ")]
    gallery = Path("examples/gallery/formulas.txt").read_text("utf8").splitlines()
    own += [tex for tex in (line.split("\t")[0] for line in gallery) if tex not in own]
    found = (re.findall(r"<math\b[^>/]*>(.*?)</math>", path.read_text("utf8"), re.S) for path in WIKITEXT)
    articles = dict.fromkeys(" ".join(html.unescape(tex).split()) for every in found for tex in every)
    return own + [tex for tex in articles if tex not in own]


def outline(glyph):
    pen = RecordingPen()
    glyph.draw(pen)
    return str(pen.value)


class Face:
    def __init__(self, path):
        font = TTFont(path)
        self.font = font
        self.order, self.glyphs, self.em = font.getGlyphOrder(), font.getGlyphSet(), font["head"].unitsPerEm
        self.by_outline = {outline(self.glyphs[name]): name for name in reversed(self.order)}
        # Glyphs that look the same are one.
        self.alike = {name: self.by_outline[outline(self.glyphs[name])] for name in self.order}
        self.inks = {}

    def ink(self, name):
        """Left, bottom, right and top of a glyph's ink in em."""
        if name not in self.inks:
            pen = BoundsPen(self.glyphs)
            if name in self.glyphs:
                self.glyphs[name].draw(pen)
            self.inks[name] = [v / self.em for v in pen.bounds or (0, 0, 0, 0)]
        return self.inks[name]


class Glyph:
    """A glyph by its name in the face, and where its ink is: lengths in em, downwards from the page's top."""

    def __init__(self, face, name, says, x, y, size):
        self.name, self.says, self.x, self.y, self.size = name, says, x, y, size
        left, bottom, right, top = (v * size for v in face.ink(name))
        self.middle = (x + (left + right) / 2, y - (bottom + top) / 2)
        self.blank = left == right

    def __repr__(self):
        return f"{self.name}({self.says!r} {self.size:.2f} at {self.x:.2f},{self.y:.2f})"


def names_of_subset(pdf, xref, face):
    """Glyph names of a subset that we embedded, by number, told by their outlines."""
    descendant = pdf.get_object(xref, 0).DescendantFonts[0]
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(descendant.FontDescriptor.FontFile3.read_bytes()), None)
    top = fonts[fonts.fontNames[0]]
    return [face.by_outline.get(outline(top.CharStrings[name]), "?") for name in top.charset]


def names_of_type3(pdf, xref, face):
    """Glyph names of a font as Chromium embeds it, by code: its procedures are named by the glyphs' numbers."""
    font = pdf.get_object(xref, 0)
    family, code, names = str(font.FontDescriptor.FontName).split("+")[-1], 0, {}
    for entry in font.Encoding.Differences:
        if isinstance(entry, pikepdf.Name):
            number = int(str(entry)[2:], 16)
            names[code] = face.alike[face.order[number]] if family == "LibertinusMath-Regular" else f"{family} {number}"
            code += 1
        else:
            code = int(entry)
    return names


def pages(path, face, em):
    """Glyphs of each page, and where the marker before them stands."""
    with pikepdf.open(path) as pdf, pymupdf.open(path) as document:
        names = {}
        for page in document:
            fonts = {font[3].split("+")[-1]: font[0] for font in page.get_fonts()}
            glyphs, marker = [], None
            for span in page.get_texttrace():
                type3 = re.search(r"\((\d+) 0 R\)", span["font"])
                xref = int(type3.group(1)) if type3 else fonts.get(span["font"], 0)
                if xref not in names:
                    ours = span["font"] == "LibertinusMath-Regular"
                    names[xref] = names_of_type3(pdf, xref, face) if type3 else names_of_subset(pdf, xref, face) if ours else None
                known, size = names[xref], span["size"] / em
                for code, number, (x, y), _ in span["chars"]:
                    x, y = x / em, y / em
                    if chr(code) == MARKER:
                        marker = (x, y)
                        continue
                    # The page's number.
                    if y * em > page.rect.height - 60:
                        continue
                    name = known[number] if known else f"{span['font']} {chr(code)}"
                    glyphs.append(Glyph(face, name, chr(code), x, y, size))
            rules = [d["rect"] for d in page.get_drawings() if d["rect"].height < 0.2 * em]
            rules = [((r.x0 + r.x1) / 2 / em, (r.y0 + r.y1) / 2 / em) for r in rules]
            yield [g for g in glyphs if not g.blank or " " in g.name], marker, rules


def compare(ours, rules, theirs, origins):
    """How many glyphs there are, and what is wrong with which."""
    dx, dy = (o - t for o, t in zip(*origins)) if origins else (None, None)
    if not origins:
        agreeing = defaultdict(list)
        for glyph in theirs:
            agreeing[glyph.name].append(glyph)
        pairs = []
        for name, others in agreeing.items():
            mine = [g for g in ours if g.name == name]
            if len(mine) == len(others):
                order = lambda g: (round(g.y, 1), g.x)
                pairs += zip(sorted(mine, key=order), sorted(others, key=order))
        if pairs:
            dx, dy = statistics.median(o.x - t.x for o, t in pairs), statistics.median(o.y - t.y for o, t in pairs)
        else:
            dx, dy = 0, 0
    for glyph in theirs:
        glyph.x, glyph.y, glyph.middle = glyph.x + dx, glyph.y + dy, (glyph.middle[0] + dx, glyph.middle[1] + dy)

    def nearest(left, right, same, away):
        """Pairs of what is the same, the nearest first."""
        near = sorted((away(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right) if same(a, b))
        used, taken, out = set(), set(), []
        for distance, i, j in near:
            if i not in used and j not in taken:
                used.add(i), taken.add(j)
                out.append((distance, left[i], right[j]))
        rest = [g for i, g in enumerate(left) if i not in used], [g for j, g in enumerate(right) if j not in taken]
        return out, *rest

    far = lambda a, b: max(abs(a.x - b.x), abs(a.y - b.y))
    middles = lambda a, b: max(abs(a.middle[0] - b.middle[0]), abs(a.middle[1] - b.middle[1]))
    pairs, mine, others = nearest(ours, theirs, lambda a, b: a.name == b.name and abs(a.size - b.size) < 0.02, far)
    faults = [f"{a} is off by {a.x - b.x:+.3f},{a.y - b.y:+.3f}" for d, a, b in pairs if d > TOLERANCE]
    # Another glyph for the same, where the ink is in the same place.
    alike, mine, others = nearest(mine, others, lambda a, b: middles(a, b) < 0.5, middles)
    for distance, a, b in alike:
        if distance > TOLERANCE or abs(a.size - b.size) > 0.02:
            faults.append(f"{a} for {b}, off by {a.middle[0] - b.middle[0]:+.3f},{a.middle[1] - b.middle[1]:+.3f}")
    # Lines over and under are rules on our page.
    drawn = lambda g: any(max(abs(g.middle[0] - x), abs(g.middle[1] - y)) < 3 * TOLERANCE for x, y in rules)
    others = [g for g in others if not (g.name in ("uni203E", "underscore") and drawn(g))]
    faults += [f"{a} is not there in Chromium" for a in mine]
    missing = [f"{b} is missing" for b in others]
    return len(theirs), len(faults) + len(missing), faults + missing


def set_by_us(list_, face):
    """Glyphs and marker of each formula, displayed and in running text, and its MathML."""
    sources, results = OUT / "sources", OUT / "ours"
    sources.mkdir(parents=True)
    for n, tex in enumerate(list_):
        (sources / f"{n:04}-display.md").write_text(f"---\nlang: en\n---\n\n$$\n{tex}\n$$\n", "utf8")
        (sources / f"{n:04}-inline.md").write_text(f"---\nlang: en\n---\n\n{MARKER}${tex}$\n", "utf8")
    subprocess.run(
        [BINARY, "batch", "-q", sources, "-t", "pdf,html", "-o", results, "--paper", "2000x600pt", "--base-size", f"{POINTS}pt"],
        check=True,
    )
    out = {}
    for path in sorted(results.glob("**/*.pdf")):
        markup = path.with_suffix(".html").read_text("utf8")
        found = re.search(r"<math .*?</math>", markup, re.S)
        if not found:
            print(f"{list_[int(path.stem[:4])]}: not read")
            continue
        out[path.stem] = (*next(pages(path, face, POINTS)), found.group(0), re.search(r"<style>.*?</style>", markup, re.S).group(0))
    return out


def signs(face):
    """What departures.js has to know of the face: of characters how far they lean over what follows, and the heights and
    widths of their forms, in em."""
    table, em, metrics = face.font["MATH"].table, face.em, face.font["hmtx"]
    italics = table.MathGlyphInfo.MathItalicsCorrectionInfo
    leans = {g: v.Value / em for g, v in zip(italics.Coverage.glyphs, italics.ItalicsCorrection)}
    variants = table.MathVariants
    forms = {}
    for glyph, construction in zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction):
        names = [glyph] + [v.VariantGlyph for v in construction.MathGlyphVariantRecord]
        ink = lambda name: face.ink(name)[3] - face.ink(name)[1]
        parts = construction.GlyphAssembly.PartRecords if construction.GlyphAssembly else []
        forms[glyph] = {
            "variants": [[ink(name), metrics[name][0] / em, leans.get(name, 0)] for name in names],
            "assembly": max((metrics[part.glyph][0] / em for part in parts), default=None),
        }
    named = lambda table: {chr(code): table[name] for code, name in face.font.getBestCmap().items() if name in table}
    return {"leans": named(leans), "forms": named(forms)}


def set_by_chromium(entries, face):
    style = next(iter(entries.values()))[-1]
    serif = FACE.with_name("LibertinusSerif-Regular.otf")
    parts = [
        f"<!doctype html><html lang=en><meta charset=utf-8>{style}<style>"
        f"@font-face{{font-family:M;src:url({FACE.as_uri()})}}@font-face{{font-family:S;src:url({serif.as_uri()})}}"
        "mfrac{padding-inline:0.05em}@page{size:24000px 6000px;margin:100px}html,body{all:initial;display:block}"
        f"section{{all:initial;display:block;break-after:page;padding:2000px;white-space:nowrap;font:{PIXELS}px M}}"
        f"math{{font-family:M,S;font-size:{PIXELS}px}}i{{all:initial;font:{PIXELS}px S}}</style>"
    ]
    for name, (*_, markup, _) in entries.items():
        marker = f"<i>{MARKER}</i>" if name.endswith("inline") else ""
        parts.append(f"<section>{marker}{markup}</section>\n")
    parts.append(f"<script>const FACE = {json.dumps(signs(face))};\n{(HERE / 'departures.js').read_text('utf8')}</script>")
    page, printed = OUT / "chromium.html", OUT / "chromium.pdf"
    page.write_text("".join(parts), "utf8")
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--virtual-time-budget=20000", f"--print-to-pdf={printed}", page.resolve().as_uri()],
        check=True,
        capture_output=True,
    )
    return list(pages(printed, face, PIXELS * 0.75))


def check_book(list_):
    """All formulas as a book and in a browser: EPUBCheck says nothing, nothing is an error, all take room."""
    source, book, page = OUT / "all.md", OUT / "all.epub", OUT / "all.xhtml"
    paragraphs = (f"## {n}\n\n$$\n{tex}\n$$\n\nx ${tex}$ x\n" for n, tex in enumerate(list_))
    source.write_text("---\ntitle: Formulas\nlang: en\n---\n\n" + "\n".join(paragraphs), "utf8")
    subprocess.run([BINARY, "convert", "-q", source, "-o", book, "--embed-fonts"], check=True)
    report = subprocess.run([sys.executable, "-m", "epubcheck", book], capture_output=True, text=True)
    failures = [f"EPUBCheck: {report.stdout}"] if report.returncode or "ERROR" in report.stdout + report.stderr else []
    with zipfile.ZipFile(book) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if re.search(r"text\d+\.xhtml$", name)]
    script = (
        "<script>document.documentElement.dataset.found = [...document.querySelectorAll('math')]"
        ".filter((math) => math.getBoundingClientRect().width > 0).length"
        " + ' ' + document.querySelectorAll('merror, parsererror').length</script></body>"
    )
    counts = [0, 0]
    for text in texts:
        page.write_text(text.replace("</body>", script), "utf8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.resolve().as_uri()]
        shown = subprocess.run(command, capture_output=True, text=True).stdout
        found = re.search(r'data-found="(\d+) (\d+)"', shown)
        counts = [a + int(b) for a, b in zip(counts, found.groups())] if found else counts
    if counts != [2 * len(list_), 0]:
        failures.append(f"in the browser {counts[0]} of {2 * len(list_)} formulas take room, {counts[1]} errors")
    return failures


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    face = Face(FACE)
    list_ = formulas()
    entries = set_by_us(list_, face)
    printed = set_by_chromium(entries, face)
    total = bad = 0
    off = {}
    for (name, (ours, marker, rules, _, _)), (theirs, their_marker, _) in zip(entries.items(), printed, strict=False):
        tex, kind = list_[int(name[:4])], name[5:]
        origins = (marker, their_marker) if kind == "inline" else None
        count, wrong, faults = compare(ours, rules, theirs, origins)
        total, bad = total + count, bad + wrong
        if faults:
            off[kind, tex] = faults
    known = known_differences()
    failures = [f"{entry}: {'; '.join(faults[:3])}" for entry, faults in off.items() if entry not in known]
    failures += [f"{entry} differs no more" for entry in known if entry not in off and entry[1] in list_]
    failures += [f"{entry}: {fault}" for entry, faults in off.items() for fault in faults if "missing" in fault]
    failures += check_book(list_)
    share = 1 - bad / total
    if len(entries) < 2 * len(list_) or len(printed) < len(entries) or share < WANTED:
        failures.append("too few formulas or glyphs in place")
    for failure in failures:
        print("FAIL", failure)
    print(f"formulas: {len(list_)}, displayed and in running text; glyphs: {total}, {share:.1%} in place; known to differ: {len(off)}")
    sys.exit(1 if failures else 0)


main()
