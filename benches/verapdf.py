#!/usr/bin/env python3
"""How much of the veraPDF corpus our checker of PDF/UA-2 and PDF/A-4 (tests/conformance/pdf/pdf2.py) judges as the
names of its files say: what passes, and of what fails by a rule that the checker has, what it sees.

usage: verapdf.py CORPUS       (a checkout of veraPDF/veraPDF-corpus; needs pikepdf)
"""
import collections
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "../tests/conformance/pdf"))
import pdf2

KNOWN = set(re.findall(r'"(\d[\d.]*-\d+)"', Path(pdf2.__file__).read_text("utf8")))


def judged(path, standard):
    """The rules that a file breaks."""
    file = pdf2.File(path)
    faults = pdf2.ua2(file) if standard == "PDF_UA-2" else pdf2.a4(file, "F" if standard == "PDF_A-4f" else None)
    return {rule for rule, _ in faults}


def main():
    total, missed = collections.Counter(), []
    for standard in ("PDF_UA-2", "PDF_A-4", "PDF_A-4f"):
        for path in sorted((Path(sys.argv[1]) / standard).rglob("*.pdf")):
            named = re.search(r"(\d[\d.-]*\d|\d)-t0*(\d+)-(pass|fail)", path.name)
            if not named:
                continue
            rule = f"{named[1].replace('-', '.')}-{named[2]}"
            try:
                found = judged(path, standard)
            except Exception as error:  # What can't be read is not judged.
                found = {f"unread: {error}"[:80]}
            if named[3] == "pass":
                verdict = "passes" if not found else "shall pass and does not"
            elif rule in KNOWN:
                verdict = "its fault is seen" if rule in found else "its fault is not seen"
            else:
                verdict = "fails by a rule that is not checked"
            total[verdict] += 1
            if verdict.endswith("not") or verdict.endswith("not seen"):
                missed.append(f"{standard}/{path.name}: {sorted(found)}")
    print("\n".join(missed))
    for verdict, count in sorted(total.items()):
        print(f"{count:4} {verdict}")


main()
