#!/usr/bin/env python3
"""EPUB of the article and of a book of 1,000: size, whole-process CPU, memory, beside pandoc's.

    benches/epub.py PANDOC [FANFOLD] [RUNS]

Runs alternate, so that what else the machine does falls on both; the median of the pairs' ratios counts.
"""
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

PANDOC = sys.argv[1]
FANFOLD = sys.argv[2] if len(sys.argv) > 2 else "target/release/fanfold"
RUNS = int(sys.argv[3]) if len(sys.argv) > 3 else 15
PEERS = Path("../shared/peers")


def cost(*command):
    """CPU seconds, user and system, and peak memory in MB."""
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command}: status {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


with tempfile.TemporaryDirectory() as folder:
    folder = Path(folder)
    ours, theirs = folder / "fanfold.epub", folder / "pandoc.epub"
    article = (FANFOLD, "convert", "-q", "input/boris-bondarev.txt", "-o", ours)
    peer = (PANDOC, PEERS / "seed.md", "-o", theirs)
    pairs = [(cost(*article)[0], cost(*peer)[0]) for _ in range(RUNS)]
    print(f"article: fanfold {ours.stat().st_size} bytes, pandoc {theirs.stat().st_size} bytes")
    mine, other = (statistics.median(p[i] for p in pairs) for i in (0, 1))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"article: fanfold {mine * 1000:.1f} ms CPU, pandoc {other * 1000:.0f} ms CPU, ratio {ratio:.4f} (median of {RUNS} pairs)")

    corpus = folder / "corpus"
    subprocess.run([sys.executable, PEERS / "mkcorpus.py", "input/boris-bondarev.txt", corpus, "--batch", "1"], check=True, stdout=subprocess.DEVNULL)
    book = [cost(FANFOLD, "convert", "-q", "-f", "article", corpus / "book.txt", "-o", ours) for _ in range(5)]
    cpu, memory = statistics.median(b[0] for b in book), max(b[1] for b in book)
    print(f"book of 1,000: {cpu:.2f} s CPU, {memory:.0f} MB, {ours.stat().st_size} bytes (median of 5)")
