"""Makes a dump of as many articles as asked for, out of a corpus of real ones.

    dump.py COUNT OUT CORPUS... [--bytes N]

OUT's name says the form: .ndjson, .xml, .xml.bz2, or -multistream.xml.bz2 (with its index beside it). CORPUS are
folders with .wiki files (wikitext) and .txt files (the plain article format). Each article is a real one, cut after a
paragraph at about N bytes, with a number in its title and its text, so that no two are the same.
"""

import argparse
import bz2
import json
import pathlib
from xml.sax.saxutils import escape

HEAD = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
  <siteinfo>
    <sitename>Wikipedia</sitename>
    <dbname>enwiki</dbname>
    <base>https://en.wikipedia.org/wiki/Main_Page</base>
  </siteinfo>
"""


def corpus(folders, limit):
    """Title, format and text of each article."""
    articles = []
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.suffix not in (".wiki", ".txt") or path.name.startswith("README"):
                continue
            text = path.read_text(encoding="utf-8")
            if len(text) > limit:
                cut = text.find("\n\n", limit)
                text = text[: cut if cut > 0 else len(text)]
            title = path.stem.split("_", 1)[1].replace("_", " ")
            articles.append((title, "wikitext" if path.suffix == ".wiki" else "article", text))
    return articles


def numbered(articles, count):
    for number in range(count):
        title, kind, text = articles[number % len(articles)]
        yield number, f"{title} {number}", kind, f"{text}\n\nThis is article {number}.\n"


def page(number, title, kind, text):
    if kind == "article":
        # As wikitext: without the line of the title, which a page has not, and with its own items.
        lines = text.split("\n")[1:]
        text = "\n".join("*" + line[1:] if line.startswith("- ") else line for line in lines)
    return (
        f"  <page>\n    <title>{escape(title)}</title>\n    <ns>0</ns>\n    <id>{number + 1}</id>\n    <revision>\n"
        f"      <id>{number + 1000}</id>\n      <timestamp>2024-01-01T00:00:00Z</timestamp>\n"
        f"      <model>wikitext</model>\n      <format>text/x-wiki</format>\n"
        f'      <text xml:space="preserve">{escape(text)}</text>\n    </revision>\n  </page>\n'
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("corpus", nargs="+")
    parser.add_argument("--bytes", type=int, default=4000, help="about how long an article is")
    args = parser.parse_args()
    articles = numbered(corpus(args.corpus, args.bytes), args.count)
    name = args.out.name
    if name.endswith(".ndjson"):
        with args.out.open("w", encoding="utf-8") as out:
            for number, title, kind, text in articles:
                record = {"id": number, "title": title, "format": kind, "text": text, "license": "CC BY-SA 4.0"}
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
    elif name.endswith("-multistream.xml.bz2"):
        index = []
        with args.out.open("wb") as out:
            out.write(bz2.compress(HEAD.encode()))
            pages = list(articles)
            for start in range(0, len(pages), 100):
                index += [f"{out.tell()}:{number + 1}:{title}\n" for number, title, _, _ in pages[start : start + 100]]
                out.write(bz2.compress("".join(page(*p) for p in pages[start : start + 100]).encode()))
            out.write(bz2.compress(b"</mediawiki>\n"))
        index_name = name.replace(".xml.bz2", "-index.txt.bz2")
        args.out.with_name(index_name).write_bytes(bz2.compress("".join(index).encode()))
    else:
        opened = bz2.open(args.out, "wt", encoding="utf-8") if name.endswith(".bz2") else args.out.open("w", encoding="utf-8")
        with opened as out:
            out.write(HEAD)
            out.writelines(page(*article) for article in articles)
            out.write("</mediawiki>\n")


if __name__ == "__main__":
    main()
