"""Every byte of the shared corpora is accounted for: no input has an unaccounted byte, and the fates add up.

Usage: check.py FANFOLD SHARED SCRATCH
"""

import json
import pathlib
import subprocess
import sys

fanfold, shared, scratch = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])


def report(name, inputs, *options):
    """The reports of inputs, made in one run."""
    out = scratch / name
    out.mkdir(parents=True, exist_ok=True)
    file = scratch / f"{name}.report.json"
    command = [fanfold, "convert", "--quiet", "-t", "json", "-o", f"{out}/", "--report", file, *options, *inputs]
    subprocess.run(command, check=True)
    return json.loads(file.read_text())["inputs"]


def samples(file, name):
    """The Markdown of a file of test cases, a file each."""
    folder = scratch / "samples" / name
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, case in enumerate(json.loads(file.read_text())):
        path = folder / f"{name}-{number}.md"
        path.write_bytes(case["markdown"].encode())
        paths.append(path)
    return paths


corpus = shared / "corpus"
inputs = {
    "article": sorted((corpus / "seedformat").rglob("*.txt")) + sorted((shared / "article").glob("*.txt")),
    "wikitext": sorted((corpus / "wikitext").rglob("*.wiki")),
    "markdown": [shared / "peers" / "seed.md"],
}
for file in sorted((corpus / "markdown").glob("*.json")):
    inputs[f"markdown-{file.stem}"] = samples(file, file.stem)

faults = 0
for name, files in inputs.items():
    assert files, f"no input for {name}"
    reports = report(name, files, "-f", name.split("-")[0])
    # What the JSON of these documents is made of is accounted for too.
    again = report(f"{name}-json", sorted((scratch / name).glob("*.json")), "-f", "json")
    for kind, told in (("", reports), (" as JSON", again)):
        sums = dict.fromkeys(("rendered", "metadata", "syntax", "dropped", "unaccounted"), 0)
        for one in told:
            totals = one["totals"]
            size = one["input"]["length"]
            end = 0
            for portion in one["portions"]:
                assert portion[0] == end, f"{one['input']['name']}: a gap at {end}"
                end = portion[1]
            if sum(totals.values()) != size or end != size:
                faults += 1
                print(f"{one['input']['name']}: {totals} is not {size}")
            if totals["unaccounted"]:
                faults += 1
                text = pathlib.Path(one["input"]["name"]).read_bytes()
                lost = [text[p[0]:p[1]] for p in one["portions"] if p[2] == "unaccounted"]
                print(f"{one['input']['name']}: {totals['unaccounted']} bytes unaccounted: {lost[:6]}")
            for key, value in totals.items():
                sums[key] += value
        print(f"account: {name}{kind}: {len(told)} inputs, " + ", ".join(f"{k} {v}" for k, v in sums.items()))
sys.exit(1 if faults else 0)
