#!/usr/bin/env python3
"""What the Python package costs, beside the program, beside itself and beside others: threads, memory, CPU time.

    PYTHON benches/python.py PROGRAM [--wikitext FOLDER] [--html FOLDER]

PYTHON has the package, PROGRAM is `fanfold` built with the same profile from the same source. Of articles in wikitext
passages are made by mwparserfromhell as well, of pages by Docling's backend for HTML, where PYTHON has them
(`pip install mwparserfromhell 'docling-slim[format-html,feat-chunking,convert-core,service-client]'`, which brings no
torch). Each figure is the least of several runs that take turns.
"""

import argparse, hashlib, os, pathlib, resource, subprocess, sys, tempfile, time
from concurrent.futures import ThreadPoolExecutor

import fanfold

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARTICLE = ROOT / "tests/golden/showcase/input.wiki"
TURNS = 3


def dump(path, number):
    page = "<page><title>{0}</title><ns>0</ns><id>{1}</id><revision><id>1</id><text>{2}</text></revision></page>\n"
    with open(path, "w") as out:
        out.write("<mediawiki>\n")
        for i in range(number):
            words = " ".join(f"word{(i * 31 + j * 7) % 997}" for j in range(60))
            text = f"'''Article {i}''' is [[Article {i + 1}|one]] of many. {words}.\n\n== Section ==\n\n" + f"* {words}\n" * 3
            out.write(page.format(f"Article {i}", i + 1, text))
        out.write("</mediawiki>\n")


def threads():
    text, zeros = ARTICLE.read_bytes(), bytes(4_000_000)
    converter = fanfold.Converter(no_system_fonts=True)
    works = {
        "48 PDFs": lambda _: converter.convert(text, to="pdf", from_="wikitext"),
        # What the machine gives just now: work that needs nothing but cores.
        "48 sums of SHA-256": lambda _: hashlib.sha256(zeros).digest(),
    }
    best = {}
    for _ in range(4 * TURNS):
        for name, one in works.items():
            for number in (1, 8):
                start = time.perf_counter()
                with ThreadPoolExecutor(number) as pool:
                    list(pool.map(one, range(48)))
                best[name, number] = min(best.get((name, number), 1e9), time.perf_counter() - start)
    for name in works:
        one, eight = best[name, 1], best[name, 8]
        print(f"{name}: {one:.2f} s on one thread, {eight:.2f} s on eight, {one / eight:.2f} times as fast")


def used(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def memory(path):
    code = (
        "import fanfold, resource, sys\n"
        "n = sum(1 for item in fanfold.batch(sys.argv[1], to='chunks') for chunk in item.chunks())\n"
        "print(n, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    out = subprocess.run([sys.executable, "-c", code, path], check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    print(f"10,000 articles to {out[0]} passages in one process: at most {out[1]} MB")


def cpu(program, path):
    batch = "import fanfold, sys\nfor item in fanfold.batch(sys.argv[1], to='chunks', threads=1): sys.stdout.buffer.write(item.output)"
    many = "import fanfold, sys\nc = fanfold.Converter(no_system_fonts=True)\nfor path in sys.argv[1:]: sys.stdout.buffer.write(c.convert(path, to='pdf'))"
    with tempfile.TemporaryDirectory() as folder:
        copies = []
        for i in range(64):
            copy = pathlib.Path(folder) / f"{i}.wiki"
            copy.write_bytes(ARTICLE.read_bytes())
            copies.append(str(copy))
        works = {
            "10,000 articles to passages": (
                [sys.executable, "-c", batch, path],
                [program, "batch", path, "-t", "chunks", "--ndjson", "-j1", "-q"],
            ),
            "64 articles to PDF": (
                [sys.executable, "-c", many, *copies],
                [program, "convert", *copies, "-t", "pdf", "-j1", "-q", "--no-system-fonts", "-o", folder + "/out/"],
            ),
            "the program, started by Python": (
                [sys.executable, "-m", "fanfold", "convert", copies[0], "-q", "-t", "pdf", "-o", folder + "/a.pdf"],
                [program, "convert", copies[0], "-q", "-t", "pdf", "-o", folder + "/b.pdf"],
            ),
        }
        os.makedirs(folder + "/out")
        for name, (ours, its) in works.items():
            best = [1e9, 1e9]
            for _ in range(TURNS):
                best = [min(best[0], used(ours)), min(best[1], used(its))]
            print(f"{name}: {best[0]:.2f} s of CPU, the program {best[1]:.2f} s, {best[0] / best[1]:.2f} times as much")


OURS = """
import fanfold
converter = fanfold.Converter({options})
def cut(path):
    return sum(1 for chunk in converter.chunks(path))
"""

# As one writes it in an afternoon: the words of each section, packed into passages by paragraphs, else by sentences.
MWPARSERFROMHELL = """
import mwparserfromhell, pathlib, re
def cut(path):
    passages = 0
    for section in mwparserfromhell.parse(pathlib.Path(path).read_text("utf8")).get_sections(flat=True, include_lead=True):
        held = 0
        for paragraph in section.strip_code().split("\\n\\n"):
            for sentence in [paragraph] if len(paragraph) <= 2000 else re.split(r"(?<=[.!?])\\s+", paragraph):
                if held and held + len(sentence) > 2000:
                    passages, held = passages + 1, 0
                held += len(sentence) + 2
        passages += held > 0
    return passages
"""

# Its HTML path without the pipeline around it, and the cheaper of its two chunkers.
DOCLING = """
import io, pathlib
from docling.backend.html_backend import HTMLDocumentBackend
from docling.datamodel.base_models import InputFormat
from docling.datamodel.document import InputDocument
from docling_core.transforms.chunker import HierarchicalChunker
chunker = HierarchicalChunker()
def cut(path):
    page = io.BytesIO(pathlib.Path(path).read_bytes())
    given = InputDocument(path_or_stream=page, format=InputFormat.HTML, backend=HTMLDocumentBackend, filename="page.html")
    return sum(1 for chunk in chunker.chunk(given._backend.convert()) if chunker.contextualize(chunk))
"""

# What a process needs to start, and its first document, are no part of it.
RUN = """
import sys, time
cut(sys.argv[1])
start = time.process_time()
passages = sum(map(cut, sys.argv[1:]))
print(time.process_time() - start, passages)
"""


def beside(name, what, theirs, ours, paths, turns):
    best, passages = {}, {}
    for _ in range(turns):
        for code in [ours, theirs]:
            run = subprocess.run([sys.executable, "-c", code + RUN, *paths], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            if run.returncode:
                return print(f"{name}: {run.stderr.splitlines()[-1]}")
            time, passages[code] = run.stdout.split()
            best[code] = min(best.get(code, 1e9), float(time))
    print(
        f"{len(paths)} {what}: {best[ours]:.2f} s of CPU for {passages[ours]} passages,"
        f" {name} {best[theirs]:.2f} s for {passages[theirs]}, {best[theirs] / best[ours]:.1f} times as much"
    )


def peers(wikitext, html):
    files = lambda folder, kind: sorted(map(str, pathlib.Path(folder).rglob(kind))) if folder else []
    if articles := files(wikitext, "*.wiki"):
        beside("mwparserfromhell", "articles", MWPARSERFROMHELL, OURS.format(options=""), articles, TURNS)
    if pages := files(html, "*.html"):
        beside("Docling", "pages", DOCLING, OURS.format(options=""), pages, 1)
        beside("Docling", "pages, whole", DOCLING, OURS.format(options="whole_page=True"), pages, 1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--wikitext", help="a folder of articles, .wiki")
    parser.add_argument("--html", help="a folder of pages, .html")
    args = parser.parse_args()
    peers(args.wikitext, args.html)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/dump.xml"
        dump(path, 10_000)
        memory(path)
        threads()
        cpu(args.program, path)
