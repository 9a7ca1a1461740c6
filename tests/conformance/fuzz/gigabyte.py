"""A gigabyte of numbers as JSON, made on the way into fanfold: an error with its place, and memory for
the input and little more. As long as nobody asks for more, it is refused at the limit.

usage: gigabyte.py FANFOLD
"""
import os
import subprocess
import sys
import time

FANFOLD = sys.argv[1]
BYTES = 1_000_000_000
HEAD = b'{"schema":"fanfold","version":"0.1",\n"articles":[{"span":[0,0],"blocks":[\n'
NUMBER = "error: not readable as fanfold JSON: invalid type: integer"
READ = ["--max-input-bytes", "2G"]
# KiB beside the input itself.
LITTLE = 100_000
WHOLE = BYTES // 1024 + LITTLE
# What stands before the numbers and after them, what is said of them, options, and the most memory.
CASES = {
    "an array": (b"[", b"1]", f"-:1:2: {NUMBER}", READ, WHOLE),
    "lines": (b"[\n", b"1]", f"-:2:1: {NUMBER}", READ, WHOLE),
    "a span": (HEAD + b'{"type":"rule","span":[', b"1]}]}]}", "-:3:", READ, WHOLE),
    "by default": (b"[", b"1]", "-: error: the input's size in bytes is over the limit of", [], 2 * LITTLE),
}


def convert(head, tail, block, options):
    """Exit code, what is said and written, and the most memory in KiB."""
    process = subprocess.Popen(
        [FANFOLD, "convert", "--no-config", "-f", "json", "-t", "json", "-", "-o", "-", *options],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    left = BYTES - len(head) - len(tail)
    try:
        process.stdin.write(head)
        while left > 0:
            # Cut behind a comma.
            part = block[:left].rpartition(b",")[0] + b"," if left < len(block) else block
            process.stdin.write(part)
            left -= len(block)
        process.stdin.write(tail)
        process.stdin.close()
    except BrokenPipeError:
        pass  # Refused before its end.
    said, written = process.stderr.read().decode(), process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    return os.waitstatus_to_exitcode(status), said, written, usage.ru_maxrss


failures = 0
for name, (head, tail, message, options, most) in CASES.items():
    block = (b"1,\n" if name == "lines" else b"1,12,-3.5e7,") * 100_000
    started = time.monotonic()
    code, said, written, peak = convert(head, tail, block, options)
    print(f"{name}: {peak // 1024} MiB, {time.monotonic() - started:.1f} s: {said[:100].strip()}")
    if code != 1 or written or not said.startswith(message):
        print(f"{name}: want {message!r} and exit code 1")
        failures += 1
    if peak > most:
        print(f"{name}: {peak} KiB are more than {most}")
        failures += 1
sys.exit(failures > 0)
