"""Compares the /W of every font in a PDF with the font program, to the unit."""
import io

import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.misc.psCharStrings import T2WidthExtractor
from fontTools.ttLib import TTFont


def cff_widths(data):
    """Advance widths of a bare CFF, in thousandths of an em, by glyph."""
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    top = fonts[fonts.fontNames[0]]
    strings = top.CharStrings
    scale = 1000 * getattr(top, "FontMatrix", [0.001])[0]
    widths = []
    for name in top.charset:
        string = strings[name]
        private = string.private
        extractor = T2WidthExtractor(getattr(private, "Subrs", []), strings.globalSubrs, private.nominalWidthX, private.defaultWidthX)
        extractor.execute(string)
        widths.append(extractor.width * scale)
    return widths


def declared(font):
    """The widths of a CIDFont by code."""
    widths, entries = {}, list(font.W)
    while entries:
        first, second = int(entries.pop(0)), entries.pop(0)
        if isinstance(second, pikepdf.Array):
            widths.update({first + n: float(width) for n, width in enumerate(second)})
        else:
            width = float(entries.pop(0))
            widths.update({code: width for code in range(first, int(second) + 1)})
    return widths


def wrong_widths(path):
    """How many widths were compared, and those that are more than a thousandth of a unit off."""
    compared, wrong, done = 0, [], set()
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for font in page.Resources.get("/Font", {}).values():
                if font.objgen in done:
                    continue
                done.add(font.objgen)
                descendant = font.DescendantFonts[0]
                descriptor = descendant.FontDescriptor
                widths = declared(descendant)
                if "/FontFile3" in descriptor:
                    own = cff_widths(descriptor.FontFile3.read_bytes())
                    number = list(range(len(own)))
                else:
                    program = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()))
                    scale = 1000 / program["head"].unitsPerEm
                    own = [program["hmtx"][name][0] * scale for name in program.getGlyphOrder()]
                    number = list(range(len(own)))
                    if isinstance(descendant.CIDToGIDMap, pikepdf.Stream):
                        data = descendant.CIDToGIDMap.read_bytes()
                        number = [int.from_bytes(data[n:n + 2], "big") for n in range(0, len(data), 2)]
                for code, width in widths.items():
                    compared += 1
                    if abs(width - own[number[code]]) > 0.001:
                        wrong.append(f"{descendant.BaseFont} {code}: {width} for {own[number[code]]}")
    return compared, wrong
