"""A gigabyte of numbers as JSON, made on the way into fanfold: an error with its place, and memory for
the input and little more.

usage: gigabyte.py FANFOLD
"""
import os
import subprocess
import sys
import time

FANFOLD = sys.argv[1]
BYTES = 1_000_000_000
HEAD = b'{"schema":"fanfold","version":"0.1",\n"articles":[{"span":[0,0],"blocks":[\n'
# What stands before the numbers and after them, and what is said of them.
CASES = {
    "an array": (b"[", b"1]", "-:1:2: error: not readable as fanfold JSON: invalid type: integer"),
    "lines": (b"[\n", b"1]", "-:2:1: error: not readable as fanfold JSON: invalid type: integer"),
    "a span": (HEAD + b'{"type":"rule","span":[', b"1]}]}]}", "-:3:"),
}
ALLOWANCE = 100_000  # KiB beside the input itself

failures = 0
for name, (head, tail, message) in CASES.items():
    block = (b"1,\n" if name == "lines" else b"1,12,-3.5e7,") * 100_000
    started = time.monotonic()
    process = subprocess.Popen(
        [FANFOLD, "convert", "--no-config", "-f", "json", "-t", "json", "-", "-o", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    left = BYTES - len(head) - len(tail)
    process.stdin.write(head)
    while left > 0:
        # Cut behind a comma.
        part = block[:left].rpartition(b",")[0] + b"," if left < len(block) else block
        process.stdin.write(part)
        left -= len(block)
    process.stdin.write(tail)
    process.stdin.close()
    said = process.stderr.read().decode()
    written = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    peak = usage.ru_maxrss
    seconds = time.monotonic() - started
    print(f"{name}: {peak // 1024} MiB, {seconds:.1f} s: {said[:100].strip()}")
    if os.waitstatus_to_exitcode(status) != 1 or written or not said.startswith(message):
        print(f"{name}: want {message!r} and exit code 1")
        failures += 1
    if peak > BYTES // 1024 + ALLOWANCE:
        print(f"{name}: {peak} KiB for an input of {BYTES // 1024} KiB")
        failures += 1
sys.exit(failures > 0)
