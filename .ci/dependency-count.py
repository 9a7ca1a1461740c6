#!/usr/bin/env python3
"""Counts the crates under each feature, on any target and those of build scripts and macros included, and
fails when the table in benches/size.md says otherwise. `--print` prints the table's rows instead."""

import pathlib, re, subprocess, sys, tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent


def count(*features):
    command = ["cargo", "tree", "--locked", "--quiet", "--edges", "normal,build", "--target", "all"]
    command += ["--prefix", "none", "--format", "{p}", *features]
    tree = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    # A crate that was shown before is marked.
    return len({line.removesuffix(" (*)") for line in tree.splitlines() if line}) - 1


manifest = tomllib.loads((ROOT / "Cargo.toml").read_text())
features = sorted(f for f in manifest["features"] if f != "default")
found = {"none": count("--no-default-features"), "default": count()}
for feature in features:
    found[f"`{feature}`"] = count("--no-default-features", "--features", feature)
if sys.argv[1:] == ["--print"]:
    print("\n".join(f"| {name} | {number} |" for name, number in found.items()))
    sys.exit()
table = (ROOT / "benches/size.md").read_text()
said = {name: int(number) for name, number in re.findall(r"^\| (none|default|`\w+`) \| (\d+) \|$", table, re.M)}
wrong = [f"{name}: {said.get(name)} in the table, {number} by Cargo.lock" for name, number in found.items() if said.get(name) != number]
if wrong:
    sys.exit("benches/size.md does not say how many crates there are:\n" + "\n".join(wrong))
