"""A megabyte of each hostile construct of benches/hostile.py: read and written in a few seconds.

usage: hostile.py FANFOLD

Linear, each takes about a tenth of a second; what is more than linear takes minutes. So the bound is far from both,
and no busy machine crosses it: it is one of CPU time.
"""
import resource
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, "benches")
from hostile import cases

BINARY = sys.argv[1]
BYTES = 1_000_000
SECONDS = 10


def faults(case):
    name, make = case
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.wiki")
        page.write_bytes(make(BYTES).encode())
        command = [BINARY, "convert", "-q", "--no-config", "-f", "wikitext", page, "-t", "flat", "-o", Path(folder, "out")]
        bound = lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        done = subprocess.run(command, capture_output=True, preexec_fn=bound)
        return f"{name!r}: exit {done.returncode} {done.stderr.decode()[-300:]}" if done.returncode != 0 else None


tried = list(cases())
with ThreadPoolExecutor(2) as pool:
    found = [fault for fault in pool.map(faults, tried) if fault]
print(f"{len(tried)} constructs, {BYTES:,} bytes each, {SECONDS} s at most; {len(found)} faults")
sys.exit("\n".join(found) if found else 0)
