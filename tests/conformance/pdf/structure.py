"""Reads a tagged PDF as assistive technology does: the structure tree from its root, marked content by
its identifier, ActualText before glyphs, ReversedChars turned round (ISO 32000-1, 14.7 to 14.9)."""
import re

import pikepdf

BLOCK = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "Title", "LI", "Lbl", "LBody", "TD", "TH", "Caption", "TOCI",
         "BlockQuote", "Note", "Figure", "Formula", "Sect", "Aside", "Table", "TR"}


def mapping(font):
    """Codes to characters. The strings of the CMap are UTF-16BE."""
    cmap = font.ToUnicode.read_bytes().decode("latin1")
    pairs = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>", cmap)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def text_string(value):
    return str(value)


class Page:
    """The text of each marked-content sequence of a page, and what no sequence holds."""

    def __init__(self, page, maps):
        self.marks, self.loose = {}, ""
        stack, font = [], None
        for operands, operator in pikepdf.parse_content_stream(page):
            operator = str(operator)
            if operator == "Tf":
                reference = page.Resources.Font[operands[0]]
                if reference.objgen not in maps:
                    maps[reference.objgen] = mapping(reference)
                font = maps[reference.objgen]
            elif operator in ("BDC", "BMC"):
                properties = operands[1] if len(operands) > 1 else {}
                stack.append((str(operands[0]), properties))
                if "/ActualText" in properties:
                    self.add(stack, text_string(properties["/ActualText"]))
            elif operator == "EMC":
                stack.pop()
            elif operator in ("Tj", "TJ"):
                if any("/ActualText" in p for _, p in stack):
                    continue
                strings = operands[0] if operator == "TJ" else [operands[0]]
                codes = b"".join(bytes(s) for s in strings if isinstance(s, pikepdf.String))
                said = [font[int.from_bytes(codes[n:n + 2], "big")] for n in range(0, len(codes), 2)]
                if any(tag == "/ReversedChars" for tag, _ in stack):
                    said.reverse()
                self.add(stack, "".join(said))

    def add(self, stack, text):
        for tag, properties in reversed(stack):
            if "/MCID" in properties:
                mark = int(properties["/MCID"])
                self.marks[mark] = self.marks.get(mark, "") + text
                return
            if tag == "/Artifact":
                return
        self.loose += text


class Reader:
    def __init__(self, path):
        self.pdf = pikepdf.open(path)
        maps = {}
        self.pages = {p.obj.objgen: Page(p.obj, maps) for p in self.pdf.pages}

    def loose(self):
        return "".join(page.loose for page in self.pages.values())

    def text(self):
        return self.element(self.pdf.Root.StructTreeRoot.K, None)

    def element(self, element, page):
        page = element.get("/Pg", page)
        kids = element.get("/K")
        kids = [] if kids is None else list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        out = ""
        for kid in kids:
            if isinstance(kid, int):
                out += self.pages[page.objgen].marks.get(kid, "")
            elif kid.get("/Type") == "/MCR":
                out += self.pages[kid.get("/Pg", page).objgen].marks.get(int(kid.MCID), "")
            elif kid.get("/Type") != "/OBJR":
                out += self.element(kid, page)
        return f"\n{out}\n" if str(element.S)[1:] in BLOCK else out
