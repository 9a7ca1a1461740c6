"""Sets the declarations of ../shared/corpus/udhr. Those whose script has an embedded face are set
without the system's fonts, Chinese, Japanese and Korean with Noto Serif CJK.

The places of the pieces of each line are compared with those that Chromium gives the same line in the
same fonts: it orders and shapes with libraries of its own.
"""
import html
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pymupdf

TOOLS = Path(sys.argv[1])
BINARY = Path(sys.argv[2] if len(sys.argv) > 2 else "target/release/fanfold")
SHARED = Path("../shared")
OUT = TOOLS / "scripts"
# The embedded face that each declaration is set in where the main face has no letters of its script.
FACES = {"fuf_adlm": "NotoSansAdlam", "khk_mong": "NotoSansMongolian", "arb": "NotoNaskhArabic",
         "pes_1": "NotoNaskhArabic", "hin": "NotoSerifDevanagari", "tha": "NotoSerifThai", "tam": "NotoSerifTamil",
         "kat": "NotoSerifGeorgian", "ben": "NotoSerifBengali", "amh": "NotoSerifEthiopic"}
EAST_ASIAN = {"cmn_hans": "NotoSerifCJKsc", "jpn": "NotoSerifCJKjp", "kor": "NotoSerifCJKkr"}
# Chromium cuts a word at an invisible character that the face lacks, and then sets its parts without
# kerning between them; the shaper that both are built on does not.
CUT = {"ben": "\u200c", "khk_mong": "\u180e"}
HARD = ("off_page", "overlaps", "notdef", "unembedded", "type3", "widths_bad", "overfull")
# The default page's left and right margin, in points.
COLUMN = (121.6, 473.7)
# Points at 11 pt by which a piece may stand elsewhere: both round.
TOLERANCE = 0.1

failures = []


def fail(message):
    failures.append(message)
    print("FAIL", message)


def blocks(page):
    """The headings, paragraphs and list items of a declaration."""
    for tag, content in re.findall(r"<(h[1-6]|p|li)\b[^>]*>(.*?)</\1>", page[page.index("<body"):], re.S):
        text = " ".join(html.unescape(re.sub(r"<[^>]+>", "", content)).split())
        if text:
            yield tag, re.sub(r"^\d+[.)] *", "", text)


def markdown(page, lists):
    prefix = {f"h{n}": "#" * n + " " for n in range(1, 7)} | ({"li": "1. "} if lists else {})
    return "\n\n".join(prefix.get(tag, "") + text for tag, text in blocks(page)) + "\n"


def convert(source, to, *options):
    command = [BINARY, "convert", source, "-t", to, "-o", OUT / f"{source.stem}.{to}", *options]
    result = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if result.returncode != 0 or "missing-glyph" in result.stderr:
        fail(f"{source.name}: {result.stderr}")
    return OUT / f"{source.stem}.{to}"


def lines(pieces):
    """The lines of running text: for each the left edges of its pieces and their text, in reading order."""
    out, last = [], None
    for piece in map(json.loads, pieces.splitlines()):
        if piece is None or piece[3] != 11:
            last = None
            continue
        x, y, face, _, text = piece
        if y != last:
            out.append([])
        last = y
        out[-1].append((x, text, face))
    return out


def browser(languages):
    """The left edges that Chromium gives the pieces of lines."""
    source = lambda path: f"src:url({path.resolve().as_uri()})"
    styles = []
    for path in sorted(Path("fonts").glob("*/*.[to]tf")):
        if not re.search("Bold|Italic", path.stem):
            styles.append(f"@font-face{{font-family:{path.stem.removesuffix('-Regular')};{source(path)}}}")
    # Words whose letters the main face lacks are set whole in another, spaces and numbers never.
    main = Path("fonts/libertinus/LibertinusSerif-Regular.otf")
    styles.append(f"@font-face{{font-family:Main;{source(main)};unicode-range:U+20,U+30-39}}")
    page = OUT / "lines.html"
    page.write_text(f"""<!doctype html><meta charset=utf-8><style>{"".join(styles)}
        div{{font-size:110px;white-space:pre;width:max-content;text-rendering:geometricPrecision}}</style>
        <pre id=out></pre><script>
        document.fonts.ready.then(async () => {{
          await Promise.all([...document.fonts].map(f => f.load()));
          const edges = {json.dumps(languages)}.map(([lang, dir, family, lines]) => lines.map(pieces => {{
            const div = document.createElement('div');
            Object.assign(div, {{lang, dir, textContent: pieces.map(p => p[1]).join('')}});
            div.style.fontFamily = family;
            document.body.append(div);
            let at = 0;
            const lefts = pieces.map(([, text]) => {{
              const range = document.createRange();
              range.setStart(div.firstChild, at);
              range.setEnd(div.firstChild, at += text.length);
              return range.getBoundingClientRect().left / 10;
            }});
            div.remove();
            return lefts;
          }}));
          document.getElementById('out').textContent = JSON.stringify(edges);
        }});
        </script>""", "utf8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
               "--virtual-time-budget=60000", "--dump-dom", page.resolve().as_uri()]
    dom = subprocess.run(command, capture_output=True, text=True, timeout=300).stdout
    found = re.search(r"<pre id=\"out\">(.*?)</pre>", dom, re.S)
    if not found or not found[1]:
        fail("Chromium measured nothing")
        return None
    return json.loads(html.unescape(found[1]))


def check_places(languages):
    family = lambda code: ",".join(["Main", *filter(None, [FACES.get(code)]), "LibertinusSerif", "NotoSerif", "NotoNaskhArabic"])
    measured = browser([(lang, direction, family(code), [[p[:2] for p in line] for line in found])
                        for code, lang, direction, found in languages])
    if measured is None:
        return
    for (code, _, _, found), edges in zip(languages, measured):
        wrong, count = [], 0
        for pieces, lefts in zip(found, edges):
            if any(CUT.get(code, "\0") in text for _, text, _ in pieces):
                continue
            shift = pieces[0][0] - lefts[0]
            count += len(pieces)
            for (x, text, face), left in zip(pieces, lefts):
                if abs(x - left - shift) > TOLERANCE and text.strip():
                    wrong.append((text, face, round(x - left - shift, 2)))
        print(f"{code}: {len(found)} lines, {count} pieces, {len(wrong)} elsewhere than in Chromium")
        if wrong:
            fail(f"{code}: {wrong[:4]}")


def letter_defects(pdf):
    """Letters outside the column that all declarations have, and letters on each other."""
    found = Counter()
    with pymupdf.open(pdf) as document:
        for page in document:
            rows = defaultdict(list)
            for span in page.get_texttrace():
                for character, glyph, origin, box in span["chars"]:
                    unseen = unicodedata.category(chr(character))[0] in "MC"
                    if not unseen and box[2] - box[0] > 0.5 and not chr(character).isspace():
                        rows[round(origin[1], 1)].append((box[0], box[2], chr(character)))
            for letters in rows.values():
                letters.sort()
                left, right = COLUMN
                found["beyond the column"] += sum(
                    left - a > ((b - a) / 2 + 1 if c in "「『（“《〈" else 4)
                    or b - right > ((b - a) / 2 + 1 if c in "。、，」』）”》〉" else 4) for a, b, c in letters)
                found["on each other"] += sum(
                    min(b, d) - max(a, c) > 0.6 * min(b - a, d - c) for (a, b, _), (c, d, _) in zip(letters, letters[1:]))
    return {k: v for k, v in found.items() if v}


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    pdfs, compared = [], []
    entries = json.loads((SHARED / "corpus/udhr/manifest.json").read_text("utf8"))
    right_to_left = {e["code"] for e in entries if e["direction"] == "rtl"}
    for entry in entries:
        code, lang = entry["code"], entry["bcp47"]
        page = (SHARED / "corpus/udhr" / entry["file"]).read_text("utf8")
        source = OUT / f"{code}.md"
        source.write_text(markdown(page, lists=True), "utf8")
        options = ["--lang", lang] + (["--no-system-fonts"] if code not in EAST_ASIAN else [])
        pdfs.append(convert(source, "pdf", *options))
        if code in EAST_ASIAN:
            fonts = subprocess.run(["pdffonts", pdfs[-1]], capture_output=True, text=True).stdout
            if EAST_ASIAN[code] not in fonts:
                fail(f"{code}: not set in {EAST_ASIAN[code]}:\n{fonts}")
            continue
        plain = OUT / f"lines/{code}.md"
        plain.parent.mkdir(exist_ok=True)
        plain.write_text(f"---\nlang: {lang}\n---\n\n{markdown(page, lists=False)}", "utf8")
        compared.append((code, lang, entry["direction"], plain))
    # The dump of the pages has whole points; the places come from the library.
    command = ["cargo", "test", "--quiet", "--test", "it", "pieces", "--", "--ignored"]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"FANFOLD_LINES_FOLDER": str((OUT / "lines").resolve())})
    compared = [(*rest, lines(plain.with_suffix(".pieces").read_text("utf8"))) for *rest, plain in compared]
    for code, _, _, found in compared:
        if len(found) < 60 and code != "khk_mong":
            fail(f"{code}: only {len(found)} lines were found")
    check_places(compared)
    report = OUT / "layout.json"
    subprocess.run([sys.executable, SHARED / "validate/pdf_layout.py", "--json", report, *pdfs], capture_output=True)
    for name, found in json.loads(report.read_text("utf8")).items():
        defects = {k: found[k] for k in HARD if found.get(k)}
        if Path(name).stem in right_to_left | set(EAST_ASIAN) | set(CUT):
            # The tool takes lines to run from left to right, and joins what is not side by side; it takes a mark's
            # white for ink, and what stands after an invisible character for two.
            defects = {k: v for k, v in defects.items() if k not in ("overlaps", "overfull")} | letter_defects(name)
        if defects:
            fail(f"{name}: {defects}")
    print(f"{len(pdfs)} declarations, {len(failures)} failures")
    sys.exit(1 if failures else 0)


main()
