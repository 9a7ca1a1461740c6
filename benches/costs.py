#!/usr/bin/env python3
"""What conversions cost, whole processes, beside other converters: the table of benches/README.md.

    benches/costs.py [FANFOLD]

Instructions are callgrind's, which are the same on every run; CPU is user and system, the median of alternating runs
(what takes longer than five seconds runs once); memory is the peak. valgrind and the peers (ferrodoc, pandoc,
cmark-gfm, weasyprint, and python3 with typst) are looked for in PATH; what is not there is left out.
"""
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

FANFOLD = sys.argv[1] if len(sys.argv) > 1 else "target/release/fanfold"
SHARED = Path("../shared")
ARTICLE = Path("input/boris-bondarev.txt")
RUNS = 3
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
# Format, input, command.
PEERS = {
    "ferrodoc": [(f, "md", ["ferrodoc", "{in}", "-t", name, "-o", "{out}"])
                 for f, name in (("epub", "epub"), ("text", "plain"), ("json", "json"))],
    "pandoc": [(f, "md", ["pandoc", "{in}", "-t", name, "-o", "{out}"])
               for f, name in (("epub", "epub3"), ("text", "plain"), ("json", "json"))],
    "cmark-gfm": [("text", "md", ["cmark-gfm", "-t", "plaintext", "{in}"]), ("json", "md", ["cmark-gfm", "-t", "xml", "{in}"])],
    "typst": [("pdf", "typ", ["python3", "-c", TYPST, "{in}", "{out}"])],
    "weasyprint": [("pdf", "html", ["weasyprint", "-q", "{in}", "{out}"])],
}
# Nobody waits for these to set a book.
ARTICLE_ONLY = {"weasyprint"}


def ours(format, *more):
    return [FANFOLD, "convert", "-q", "--no-config", "{in}", "-t", format, "-o", "{out}", *more]


def fill(command, source, out):
    return [{"{in}": str(source), "{out}": str(out)}.get(word, str(word)) for word in command]


def cost(command):
    """CPU in seconds and peak memory in MB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)}: status {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def instructions(command):
    run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command], capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", run.stderr)
    return int(found[1]) / 1e6 if found else None


def there(command):
    if "typst" not in command[-3]:
        return shutil.which(command[0]) is not None
    return subprocess.run(["python3", "-c", "import typst"], capture_output=True).returncode == 0


def peers(format):
    return [(name, kind, command) for name, rows in PEERS.items() for f, kind, command in rows if f == format and there(command)]


def pages(pdf):
    return int(re.search(r"Pages:\s+(\d+)", subprocess.run(["pdfinfo", pdf], capture_output=True, text=True).stdout)[1])


def corpus(folder, chapters, batch):
    subprocess.run([sys.executable, SHARED / "peers/mkcorpus.py", ARTICLE, folder, "--chapters", str(chapters), "--batch", str(batch)], check=True)


# In memory, where that is to be had: what a disk's file system does with files that were just replaced is nobody's cost here.
with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as scratch:
    scratch = Path(scratch)
    out = scratch / "out"
    out.mkdir()
    corpus(scratch / "c", 1000, 200)
    corpus(scratch / "d", 2000, 1)

    print("\n## The article: millions of instructions\n\n| format | fanfold | peers |\n|---|---|---|")
    for format in ("pdf", "epub", "text", "json"):
        mine = instructions(fill(ours(format), ARTICLE, out / f"article.{format}"))
        others = [(name, instructions(fill(command, scratch / f"c/seed.{kind}", out / f"{name}.{format}")))
                  for name, kind, command in peers(format) if name in ("ferrodoc", "cmark-gfm")]
        print(f"| {format} | {mine:.2f} | {', '.join(f'{name} {n:.2f}' for name, n in others)} |", flush=True)

    def compared(title, stem, out, peers_of):
        print(f"\n## {title}: CPU in seconds, memory in MB\n\n| format | program | CPU | memory | CPU, fanfold's to it |\n|---|---|---|---|---|")
        for format in ("pdf", "epub", "text", "json"):
            mine = fill(ours(format, "--lang", "en"), scratch / f"c/{stem}.txt", out / f"ours.{format}")
            rows = [("fanfold", mine)] + [(name, fill(command, scratch / f"c/{stem}.{kind}", out / f"{name}.{format}"))
                                          for name, kind, command in peers_of(format)]
            costs = {name: [] for name, _ in rows}
            for run in range(RUNS):
                for name, command in rows:
                    if run == 0 or costs[name][0][0] < 5:
                        costs[name].append(cost(command))
            for name, _ in rows:
                cpu, memory = (statistics.median(run[i] for run in costs[name]) for i in (0, 1))
                ratio = statistics.median(a[0] / b[0] for a, b in zip(costs["fanfold"], costs[name]))
                print(f"| {format} | {name} | {cpu:.3f} | {memory:.0f} | {ratio:.2f} |", flush=True)

    compared("The article", "seed", out, peers)
    compared("The book of 1,000 articles", "book", out, lambda format: [p for p in peers(format) if p[0] not in ARTICLE_ONLY])

    print("\n## 200 articles, four formats\n")
    articles = sorted((scratch / "c/batch").glob("*.txt"))
    single = 0
    for article in articles:
        for format in ("pdf", "epub", "text", "json"):
            single += cost(fill(ours(format), article, out / f"one.{format}"))[0]
    together = cost([FANFOLD, "batch", "-q", *map(str, articles), "-t", "pdf,epub,text,json", "-o", str(out / "batch")])
    print(f"800 processes {single:.2f} s, one process {together[0]:.2f} s and {together[1]:.0f} MB, {together[0] / single:.2f} of it", flush=True)

    print("\n## Twice as many chapters\n")
    for format in ("pdf", "epub", "text", "json"):
        runs = [[cost(fill(ours(format, "--lang", "en"), scratch / f"{folder}/book.txt", out / f"{folder}.{format}")) for folder in "cd"] for _ in range(RUNS)]
        ratio = statistics.median(twice[0] / once[0] for once, twice in runs)
        print(f"{format}: {ratio:.2f} times the CPU, {statistics.median(t[1] - o[1] for o, t in runs):.1f} MB more")
        if format == "pdf":
            more = pages(out / "d.pdf") - pages(out / "c.pdf")
            print(f"pdf: {statistics.median(t[1] - o[1] for o, t in runs) * 1024 / more:.1f} KB for each of {more} more pages")
