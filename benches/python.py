#!/usr/bin/env python3
"""What the Python package costs, beside the program and beside itself: threads, memory, CPU time.

    PYTHON benches/python.py PROGRAM

PYTHON has the package, PROGRAM is `fanfold` built with the same profile from the same source. Each figure is the
least of several runs that take turns.
"""

import os, pathlib, resource, subprocess, sys, tempfile, time
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
    text = ARTICLE.read_bytes()
    converter = fanfold.Converter(no_system_fonts=True)
    one = lambda _: converter.convert(text, to="pdf", from_="wikitext")
    one(0)
    best = {}
    for _ in range(TURNS):
        for number in (1, 8):
            start = time.perf_counter()
            with ThreadPoolExecutor(number) as pool:
                list(pool.map(one, range(24)))
            best[number] = min(best.get(number, 1e9), time.perf_counter() - start)
    print(f"24 PDFs: {best[1]:.2f} s on one thread, {best[8]:.2f} s on eight, {best[1] / best[8]:.2f} times as fast")


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
        for i in range(8):
            copy = pathlib.Path(folder) / f"{i}.wiki"
            copy.write_bytes(ARTICLE.read_bytes())
            copies.append(str(copy))
        works = {
            "10,000 articles to passages": (
                [sys.executable, "-c", batch, path],
                [program, "batch", path, "-t", "chunks", "--ndjson", "-j1", "-q"],
            ),
            "8 articles to PDF": (
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


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/dump.xml"
        dump(path, 10_000)
        memory(path)
        threads()
        cpu(sys.argv[1], path)
