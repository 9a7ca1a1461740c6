#!/usr/bin/env python3
"""What the README's two commands cost from clean, this tree beside another commit, in one run on one machine.

    benches/build.py COMMIT [FOLDER]

Builds both trees in turn under FOLDER (a temporary one unless given), each command from clean with crates already downloaded, and
prints CPU (user and system), wall time and the size of the program. Tests are built, not run, so that what they test does not count.
Takes as long as four builds.
"""
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMANDS = {"cargo run --release": ["cargo", "build", "--release", "--locked"], "cargo test": ["cargo", "test", "--no-run", "--locked"]}


def cost(command, tree, target):
    """CPU and wall time in seconds."""
    environment = {**os.environ, "CARGO_TARGET_DIR": str(target)}
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=tree, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)} in {tree}: status {status}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start


def measure(tree, folder):
    subprocess.run(["cargo", "fetch", "--locked"], cwd=tree, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    costs = {name: cost(command, tree, folder / name.replace(" ", "-")) for name, command in COMMANDS.items()}
    program = folder / "cargo-run---release/release/fanfold"
    return costs, program.stat().st_size


def main():
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    here = Path(__file__).resolve().parent.parent
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        folder = Path(folder)
        then = folder / "then"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(then), sys.argv[1]], cwd=here, check=True)
        try:
            before, size_before = measure(then, folder / "before")
            after, size_after = measure(here, folder / "after")
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(then)], cwd=here, check=True)
    print(f"| command | {sys.argv[1]}, CPU | this tree, CPU | ratio | wall |\n|---|---|---|---|---|")
    for name in COMMANDS:
        (cpu, wall), (cpu_after, wall_after) = before[name], after[name]
        print(f"| {name} | {cpu:.0f} s | {cpu_after:.0f} s | {cpu_after / cpu:.2f} | {wall:.0f} s, {wall_after:.0f} s |")
    both = [sum(costs[name][0] for name in COMMANDS) for costs in (before, after)]
    print(f"| both | {both[0]:.0f} s | {both[1]:.0f} s | {both[1] / both[0]:.2f} | |")
    print(f"\nThe program: {size_before:,} bytes, {size_after:,} bytes.")


main()
