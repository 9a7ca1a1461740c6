"""Sets the declarations of ../shared/corpus/udhr, and those of further scripts, before and after Debian's
Noto fonts are added: before, what would be boxes is refused; after, no letter is one.

usage: check.py FANFOLD FONTS
"""
import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

FANFOLD, FONTS = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
CORPUS = Path("../shared/corpus/udhr")
OUT = FONTS / "out"
# Beyond the corpus, by language; some have built-in faces.
FURTHER = {"bod": "bo", "sin": "si", "chr_cased": "chr", "guj": "gu", "tel": "te", "mal": "ml", "pan": "pa", "div": "dv",
           "zgh": "zgh", "ike": "iu-Cans", "vai": "vai", "ccp": "ccp", "khm": "km", "lao": "lo", "mya": "my", "amh": "am"}
# What a text of the declaration is not in: N'Ko's greeting and the alphabet.
NKO = "ߌ ߣߌ߫ ߕߌ߬ߟߋ߬ ߊ ߋ ߌ ߍ ߎ ߏ ߐ ߑ ߒ ߓ ߔ ߕ ߖ ߗ ߘ ߙ ߚ ߛ ߜ ߝ ߞ ߟ ߠ ߡ ߢ ߣ ߤ ߥ ߦ ߀߁߂߃߄߅߆߇߈߉"
# These have no built-in face.
WITHOUT = {"cmn_hans", "jpn", "kor", "nqo", "bod", "sin", "chr_cased", "guj", "tel", "mal", "pan", "div", "zgh", "ike", "vai", "ccp"}

failures = []


def fail(message):
    failures.append(message)
    print("FAIL", message)


def markdown(page):
    body = page[page.index("<body"):]
    for tag, content in re.findall(r"<(h[1-6]|p|li)\b[^>]*>(.*?)</\1>", body, re.S):
        text = " ".join(html.unescape(re.sub(r"<[^>]+>", "", content)).split())
        yield f"{'#' * int(tag[1])} {text}" if tag[0] == "h" else text


def run(*arguments, data):
    environment = os.environ | {"XDG_DATA_HOME": str(data)}
    made = subprocess.run([FANFOLD, *map(str, arguments)], capture_output=True, text=True, env=environment)
    return made.returncode, made.stdout + made.stderr


def text_of(pdf):
    made = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True)
    return made.stdout


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    texts = {e["code"]: (e["bcp47"], (CORPUS / e["file"]).read_text("utf8")) for e in json.loads((CORPUS / "manifest.json").read_text("utf8"))}
    corpus = len(texts)
    texts |= {code: (lang, (FONTS / f"udhr/package/declaration/{code}.html").read_text("utf8")) for code, lang in FURTHER.items()}
    sources = {code: (lang, "\n\n".join(markdown(page))) for code, (lang, page) in texts.items()}
    sources["nqo"] = ("nqo", f"# {NKO[:5]}\n\n{NKO}")
    bare, data = OUT / "bare", OUT / "data"
    own = FONTS / "fonts-noto-core", FONTS / "fonts-noto-cjk"
    for round in ("new", "there before"):
        for package in own:
            code, said = run("fonts", "add", package, data=data)
            last = said.strip().splitlines()[-1]
            number = re.search(rf"(\d+) {round}", last)
            if code != 0 or not number or int(number[1]) == 0 or (round == "there before" and not last.startswith("0 new")):
                fail(f"fonts add {package.name}: {last}")
    for code, (lang, text) in sorted(sources.items()):
        source, pdf = OUT / f"{code}.md", OUT / f"{code}.pdf"
        source.write_text(text + "\n", "utf8")
        convert = ["convert", source, "-o", pdf, "--lang", lang]
        status, said = run(*convert, "--no-system-fonts", data=bare)
        refused = status == 1 and "error[missing-glyphs]" in said and "fonts add" in said and not pdf.exists()
        if refused != (code in WITHOUT):
            fail(f"{code}: without fonts: {status} {said}")
        pdf.unlink(missing_ok=True)
        status, said = run(*convert, data=data)
        if status != 0 or "missing-glyph" in said:
            fail(f"{code}: with fonts: {status} {said}")
            continue
        letters = [set(c for c in t if c.isalpha()) for t in (text, text_of(pdf))]
        if missing := letters[0] - letters[1]:
            fail(f"{code}: pdftotext finds no {''.join(sorted(missing))[:40]!r}")
    print(f"fonts: {corpus} declarations and {len(sources) - corpus} texts beyond them, {len(failures)} failures")
    sys.exit(1 if failures else 0)


main()
