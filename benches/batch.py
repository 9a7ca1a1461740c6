"""What a run over many documents costs. Prints a figure a line; benches/batch.md has them.

    batch.py memory FANFOLD DUMP...         peak memory of a run over each dump, in KiB
    batch.py processes FANFOLD FOLDER       CPU of one run over a folder of articles, of a process an article, and
                                            of a process an output, in seconds
    batch.py threads FANFOLD DUMP [ROUNDS]  least time of runs with one and with two threads, in seconds; ROUNDS of
                                            each in turn, because other work on the machine only ever adds

All write PDF, EPUB, text and JSON. Work goes on in a temporary folder (TMPDIR), best one in memory.
"""

import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

FORMATS = ["pdf", "epub", "txt", "json"]


def run(commands):
    """Carries out commands one after the other: peak memory in KiB, seconds of CPU, seconds."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        start = time.monotonic()
        for command in commands:
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = time.monotonic() - start
        os.write(write, f"{used.ru_maxrss} {used.ru_utime + used.ru_stime} {seconds}".encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as figures:
        peak, cpu, seconds = figures.read().split()
    if os.waitpid(child, 0)[1] != 0:
        sys.exit("a command failed")
    return int(peak), float(cpu), float(seconds)


def batch(fanfold, source, *options):
    with tempfile.TemporaryDirectory() as out:
        return run([[fanfold, "batch", source, "-t", ",".join(FORMATS), "-o", out, "-q", *options]])


def memory(fanfold, *dumps):
    for dump in dumps:
        print(dump, batch(fanfold, dump)[0])


def processes(fanfold, folder):
    files = sorted(map(str, pathlib.Path(folder).iterdir()))
    print("run", f"{batch(fanfold, folder)[1]:.2f}")
    for name, groups in [("articles", [FORMATS]), ("outputs", [[f] for f in FORMATS])]:
        with tempfile.TemporaryDirectory() as out:
            commands = [[fanfold, "convert", f, "-t", ",".join(g), "-o", out + "/", "-q"] for f in files for g in groups]
            print(name, f"{run(commands)[1]:.2f}")


def threads(fanfold, dump, rounds="5"):
    least = {1: float("inf"), 2: float("inf")}
    for _ in range(int(rounds)):
        for count in least:
            least[count] = min(least[count], batch(fanfold, dump, f"-j{count}")[2])
    print(f"one {least[1]:.2f}", f"two {least[2]:.2f}", f"ratio {least[1] / least[2]:.2f}")


if __name__ == "__main__":
    commands = {"memory": memory, "processes": processes, "threads": threads}
    if len(sys.argv) < 4 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]](*sys.argv[2:])
