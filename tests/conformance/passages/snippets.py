"""Runs what README.md says passages are read with: snippets.py FANFOLD README FOLDER [ONLY]."""

import os, pathlib, re, subprocess, sys

fanfold, readme, work = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), sys.argv[3]
only = sys.argv[4] if len(sys.argv) > 4 else None
article = readme.parent / "input/boris-bondarev.txt"
os.chdir(work)
with open("chunks.jsonl", "wb") as out:
    subprocess.run([fanfold, "convert", "-q", article, "-t", "chunks", "--license", "CC BY-SA 4.0"], stdout=out, check=True)
lines = len(open("chunks.jsonl", encoding="utf8").readlines())
section = readme.read_text("utf8").split("### For search and language models")[1].split("\n## ")[0].split("\n### ")[0]
ran = []
for snippet in re.findall(r"```python\n(.*?)```", section, re.S):
    # Spark has an environment of its own.
    if ("pyspark" in snippet) != (only == "pyspark"):
        continue
    names = {}
    exec(snippet, names)
    chunks = names["chunks"]
    count = chunks.count() if only == "pyspark" else len(chunks)
    assert count == lines, f"{count} of {lines} lines: {snippet}"
    ran.append(re.search(r"(?:from|import) (\w+)", snippet)[1])
assert len(ran) == (1 if only else 5), ran
print(f"passages: {lines} lines each read by {', '.join(ran)}")
