#!/usr/bin/env bash
# Structure types that PDF 2.0 has and PDF 1.7 had not (ISO 32000-2, 14.8.4): Title, FENote, Em, Strong, Sub, Aside,
# DocumentFragment. Of a reader of tags that does not know one, one expects an element without a meaning, with its words.
# Seen: poppler 22.12.0 (`pdfinfo -struct-text`) says on the standard error stream that the element "is wrong type",
# leaves it out with all the words under it, and exits with 0. `pdftotext`, which looks at no tags, has the words. A role
# map to a type of PDF 1.7 brings them back.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get download --quiet 'poppler-utils=22.12.0-*' 'libpoppler126=22.12.0-*' > apt.txt 2>&1
for package in *.deb; do dpkg -x "$package" root; done
export LD_LIBRARY_PATH=$(dirname "$(find "$folder/root" -name 'libpoppler.so.126')")
cat > make.py <<'PY'
import sys

TYPES = ["P", "Title", "FENote", "Em", "Strong", "Sub", "Aside", "DocumentFragment"]


def pdf(role_map):
    """A page with a line for each type, tagged with it, in the namespace of PDF 2.0."""
    kids = " ".join(f"{20 + i} 0 R" for i in range(len(TYPES)))
    lines = "".join(f"/{t} <</MCID {i}>> BDC (words of {t}) Tj EMC T*\n" for i, t in enumerate(TYPES))
    content = f"BT /F 12 Tf 72 700 Td 20 TL\n{lines}ET"
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R>>",
        2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 800]/StructParents 0/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>",
        4: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        5: f"<</Length {len(content)}>>stream\n{content}\nendstream",
        6: f"<</Type/StructTreeRoot/K 7 0 R/ParentTree 8 0 R/Namespaces[9 0 R]{role_map}>>",
        7: f"<</Type/StructElem/S/Document/P 6 0 R/NS 9 0 R/K[{kids}]>>",
        8: f"<</Nums[0[{kids}]]>>",
        9: "<</Type/Namespace/NS(http://iso.org/pdf2/ssn)>>",
    }
    for i, t in enumerate(TYPES):
        objects[20 + i] = f"<</Type/StructElem/S/{t}/P 7 0 R/NS 9 0 R/Pg 3 0 R/K {i}>>"
    out, at = "%PDF-2.0\n", {}
    for number, body in sorted(objects.items()):
        at[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start, size = len(out), max(at) + 1
    entries = [f"{at[n]:010} 00000 n \n" if n in at else "0000000000 65535 f \n" for n in range(size)]
    out += f"xref\n0 {size}\n{''.join(entries)}"
    return out + f"trailer\n<</Size {size}/Root 1 0 R/ID[<00><00>]>>\nstartxref\n{start}\n%%EOF\n"


with open("plain.pdf", "w", encoding="ascii", newline="") as file:
    file.write(pdf(""))
with open("mapped.pdf", "w", encoding="ascii", newline="") as file:
    file.write(pdf("/RoleMap<</Title/P/Em/Span>>"))
PY
python3 make.py
run() { "$folder/root/usr/bin/$1" "${@:2}"; }
run pdfinfo -v 2>&1 | grep -x 'pdfinfo version 22.12.0'
run pdfinfo -struct-text plain.pdf > tagged.txt 2> errors.txt
run pdfinfo -struct-text mapped.pdf > mapped.txt 2>> errors.txt
run pdftotext plain.pdf all.txt
echo "without tags: $(grep -c '^words of' all.txt) lines of 8"
echo "by tags: $(grep -o 'words of [A-Za-z]*' tagged.txt | tr '\n' ';')"
echo "by tags, two mapped: $(grep -o 'words of [A-Za-z]*' mapped.txt | tr '\n' ';')"
[ "$(grep -c '^words of' all.txt)" = 8 ]
[ "$(grep -o 'words of [A-Za-z]*' tagged.txt)" = "words of P" ]
[ "$(grep -c 'words of' mapped.txt)" = 3 ]
grep -q 'StructElem object is wrong type (FENote)' errors.txt
