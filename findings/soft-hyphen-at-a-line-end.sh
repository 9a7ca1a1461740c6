#!/usr/bin/env bash
# ISO 32000-1, 14.8.2.2.3: a hyphen that stands only because a line ends there is to be told apart from a
# hard one, as the soft hyphen U+00AD in the ToUnicode map. A reader that takes words from lines could then
# join the parts of a word and leave `well-known` alone. Seen: none of four libraries makes use of it.
# pypdf, pdfminer.six and MuPDF as it is called first hand on the character and the line break; MuPDF's own
# dehyphenation joins hard hyphens and soft ones alike; and PDFium, whatever the map says, gives the control
# character U+0002 in place of the hyphen, which XML 1.0 and many databases refuse.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypdf==6.1.1 pdfminer.six==20250506 PyMuPDF==1.26.4 pypdfium2==4.30.0
cat > "$folder/see.py" <<'PY'
import io, fitz, pypdf, pypdfium2
from pdfminer.high_level import extract_text


def page(unicode):
    """Two lines, `hyphen-` and `ated`; the map says which character the hyphen is."""
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <7E> <0020> endbfrange\n"
        f"1 beginbfchar <2D> <{unicode:04X}> endbfchar endcmap end end"
    ).encode()
    content = b"BT /F 12 Tf 72 700 Td 14 TL (It is hyphen-) Tj T* (ated here) Tj ET"
    stream = lambda data: b"<</Length %d>>stream\n%s\nendstream" % (len(data), data)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 800]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        stream(content),
        stream(cmap),
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 7\n0000000000 65535 f \n" + table + b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


for name, unicode in (("hard", 0x2D), ("soft", 0xAD)):
    data = page(unicode)
    mupdf = fitz.open(stream=data).load_page(0)
    seen = {
        "pypdf": pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(),
        "pdfminer.six": extract_text(io.BytesIO(data)),
        "MuPDF": mupdf.get_text(),
        "MuPDF, dehyphenating": mupdf.get_text(flags=fitz.TEXT_DEHYPHENATE),
        "PDFium": pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded(),
    }
    for library, text in seen.items():
        print(f"{name} hyphen, {library}: {ascii(text.strip())}")
PY
"$folder/venv/bin/python" "$folder/see.py" > "$folder/seen"
cat "$folder/seen"
diff - "$folder/seen" <<'SEEN'
hard hyphen, pypdf: 'It is hyphen-\nated here'
hard hyphen, pdfminer.six: 'It is hyphen-\nated here'
hard hyphen, MuPDF: 'It is hyphen-\nated here'
hard hyphen, MuPDF, dehyphenating: 'It is hyphenated here'
hard hyphen, PDFium: 'It is hyphen\x02ated here'
soft hyphen, pypdf: 'It is hyphen\xad\nated here'
soft hyphen, pdfminer.six: 'It is hyphen\xad\nated here'
soft hyphen, MuPDF: 'It is hyphen\xad\nated here'
soft hyphen, MuPDF, dehyphenating: 'It is hyphenated here'
soft hyphen, PDFium: 'It is hyphen\x02ated here'
SEEN
