#!/usr/bin/env python3
"""Seeds for every fuzz target, from what is checked in and, where it is there, from ../shared.

usage: seeds.py FOLDER   (one folder a target is made in it)
"""
import hashlib, json, random, re, sys
from pathlib import Path

root = Path(__file__).resolve().parents[2]
shared = root.parent / "shared" / "corpus"
out = Path(sys.argv[1])
LARGEST = 6000


def seed(target, data):
    data = data if isinstance(data, bytes) else data.encode("utf8", "surrogatepass")
    folder = out / target
    folder.mkdir(parents=True, exist_ok=True)
    if 0 < len(data) <= 4 * LARGEST:
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def pieces(text, mark):
    """Sections of a text, the long ones cut."""
    for section in re.split(mark, text):
        for at in range(0, len(section), LARGEST):
            yield section[at:at + LARGEST]


def json_cases(path):
    return json.loads(path.read_text("utf8")) if path.exists() else []


def without_images(document):
    for asset in document.get("assets", {}).values():
        if len(asset.get("data", "")) > 300:
            asset["data"] = ""
    return document


TARGETS = "article epub html image json layout markdown pandoc pdf structure templates wikitext writers".split()
KINDS = {"txt": "article", "html": "html", "md": "markdown", "wiki": "wikitext"}
MARKS = {"article": r"(?m)^(?==)", "html": r"(?=<h[1-6])", "markdown": r"(?m)^(?=#)", "wikitext": r"(?m)^(?===)"}

texts = sorted(root.glob("tests/golden/*/input.*"))
texts += sorted(root.glob("tests/golden/*/expected.html"))
texts += sorted(shared.glob("seedformat/*/*.txt")) + sorted(shared.glob("wikitext/*/*.wiki"))
chance = random.Random(9)
for path in texts:
    target = KINDS.get(path.suffix[1:])
    if not target:
        continue
    raw = path.read_bytes()
    text = raw.decode("utf8", "replace")
    if len(raw) <= LARGEST:
        seed(target, raw)
        continue
    found = list(pieces(text, MARKS[target]))
    for piece in chance.sample(found, min(8, len(found))):
        seed(target, piece)
for case in json_cases(shared / "parsertests" / "cases.json")["cases"] if shared.exists() else []:
    seed("wikitext", case["wikitext"])
    seed("html", case["html"])
for name in ("commonmark-0.31.2.json", "gfm-0.29-spec.json"):
    for case in json_cases(shared / "markdown" / name):
        seed("markdown", case["markdown"])

for path in sorted(root.glob("tests/golden/*/expected.json")) + sorted(root.glob("tests/published/*/*.json")):
    document = without_images(json.loads(path.read_text("utf8")))
    for article in document["articles"]:
        blocks = article["blocks"]
        for at in range(0, min(len(blocks), 60), 6):
            seed("json", json.dumps({**document, "articles": [{**article, "blocks": blocks[at:at + 6]}]}, ensure_ascii=False))
seed("json", '{"schema":"fanfold","version":"0.9","articles":[{"span":[0,0],"new":1,"blocks":[{"type":"spoiler","text":"a","span":[0,0]}]}]}')

PANDOC = '{"pandoc-api-version":[1,23,1],"meta":{"title":{"t":"MetaInlines","c":[{"t":"Str","c":"A"}]}},"blocks":[%s]}'
BLOCKS = [
    '{"t":"Para","c":[{"t":"Str","c":"a"},{"t":"Space"},{"t":"Emph","c":[{"t":"Str","c":"b"}]},{"t":"Link","c":[["",[],[]],[{"t":"Str","c":"c"}],["http://d",""]]}]}',
    '{"t":"Header","c":[2,["a",["b"],[["c","d"]]],[{"t":"Str","c":"e"}]]}',
    '{"t":"BulletList","c":[[{"t":"Plain","c":[{"t":"Str","c":"a"}]}],[{"t":"Para","c":[{"t":"Note","c":[{"t":"Para","c":[{"t":"Str","c":"n"}]}]}]}]]}',
    '{"t":"OrderedList","c":[[3,{"t":"LowerRoman"},{"t":"Period"}],[[{"t":"Plain","c":[{"t":"Math","c":[{"t":"InlineMath"},"x^2"]}]}]]]}',
    '{"t":"CodeBlock","c":[["",["rust"],[]],"fn a() {}"]},{"t":"HorizontalRule"},{"t":"RawBlock","c":["html","<p>"]}',
    '{"t":"Table","c":[["",[],[]],[null,[]],[[{"t":"AlignLeft"},{"t":"ColWidthDefault"}]],[["",[],[]],[]],[[["",[],[]],0,[],[[["",[],[]],[[["",[],[]],{"t":"AlignDefault"},1,1,[{"t":"Plain","c":[{"t":"Str","c":"a"}]}]]]]]]],[["",[],[]],[]]]}',
    '{"t":"Figure","c":[["f",[],[]],[null,[{"t":"Plain","c":[{"t":"Str","c":"a"}]}]],[{"t":"Plain","c":[{"t":"Image","c":[["",[],[["width","10px"]]],[],["a.png",""]]}]}]]}',
    '{"t":"DefinitionList","c":[[[{"t":"Str","c":"a"}],[[{"t":"Plain","c":[{"t":"Str","c":"b"}]}]]]]},{"t":"Div","c":[["",["note"],[]],[]]},{"t":"LineBlock","c":[[{"t":"Str","c":"a"}]]}',
]
for block in BLOCKS:
    seed("pandoc", PANDOC % block)
seed("pandoc", PANDOC % ",".join(BLOCKS))

for path in sorted(root.glob("tests/golden/*/*")) + sorted(root.glob("examples/gallery/*")):
    if path.suffix in (".png", ".jpg", ".gif", ".webp", ".svg"):
        seed("image", path.read_bytes())

PAGES = ["a {{x|1|b=c}} {{y}} {{{d}}}", "{{x}}{{x|{{x|2}}}}", "{{river|Oder}} {{Infobox a|b=c}}"]
RULES = ["[[rule]]\nnames = ['river', 'y*']\ntext = 'the {{{1}}}'\n", "[[rule]]\nnames = ['x']\naction = 'drop'\n", ""]
TEMPLATES = [
    "{{#if:{{{1|}}}|{{x|}}|{{{b}}}}}", "{{#switch:{{{1}}}|a|b=c|#default={{#expr:{{{1}}}*2}}}}<noinclude>d</noinclude>",
    "<includeonly>{{x|{{{1}}}{{{1}}}}}</includeonly>", "{|\n|{{{1}}}\n|}<onlyinclude>a</onlyinclude>",
]
EXPORT = "<mediawiki><page><title>Template:Y</title><ns>10</ns><revision><text>{{x|y}}</text></revision></page></mediawiki>"
for page in PAGES:
    for rules in RULES:
        for template in TEMPLATES:
            seed("templates", "\0".join([page, rules, template, EXPORT]))

for target in ("epub", "layout", "pdf", "structure", "writers"):
    for length in (8, 32, 100, 300, 600, 1000, 2000) * 12:
        seed(target, chance.randbytes(length))

missing = [target for target in TARGETS if not (out / target).is_dir()]
sys.exit(f"no seeds for {missing}" if missing else 0)
