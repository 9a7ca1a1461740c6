"""Holds files of PDF 2.0 to PDF/UA-2 (ISO 14289-2, with ISO/TS 32005) and PDF/A-4 (ISO 19005-4): each rule that a
program can check and that bears on what fanfold writes, named by its clause. Fonts and widths of glyphs have checks of
their own (widths.py), which know no version.

usage: pdf2.py FILE...      prints the faults of each file; exit code 1 if there is one
"""
import re
import sys
import xml.etree.ElementTree as ElementTree

import pikepdf

PDF2 = "http://iso.org/pdf2/ssn"
PDF1 = "http://iso.org/pdf/ssn"
MATHML = "http://www.w3.org/1998/Math/MathML"
IDENTIFICATION = {"ua": "http://www.aiim.org/pdfua/ns/id/", "a": "http://www.aiim.org/pdfa/ns/id/"}
# Elements of MathML 3: those that hold characters, those of a number of parts, the others that fanfold writes.
TOKENS = {"mi", "mn", "mo", "mtext", "mspace"}
MATHS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3, "none": 0, "mprescripts": 0}
GROUPS = {"math", "mrow", "msqrt", "mstyle", "mpadded", "mphantom", "menclose", "mtable", "mtr", "mtd", "mmultiscripts"}
LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")

COMMON = ("Art BibEntry Div Document DocumentFragment Em Form Index Lbl Link NonStruct P Part Private Quote RB RP RT Ruby Span "
          "Strong Sub Warichu WP WT Annot H L LI LBody Table TR TH TD THead TBody TFoot Caption Figure Formula Title Artifact "
          "H1 H2 H3 H4 H5 H6 Sect").split()
STANDARD = {PDF2: {*COMMON, "FENote", "Aside"} - {"Art", "BibEntry", "Index", "Private", "Quote"},
            PDF1: {*COMMON, "BlockQuote", "TOC", "TOCI", "Code", "Note", "Reference"} - {"Title", "Em", "Strong", "Sub", "Artifact", "DocumentFragment"}}

# What an element may hold, of the types that fanfold writes (ISO/TS 32005, table 5); Hn is a heading, * content.
HOLDS = {parent: set(kids.split()) for parent, kids in {
    "Document": "Document Part Sect Title Hn P L Table Figure Formula BlockQuote Code Aside FENote TOC Link",
    "Sect": "Part Sect Title Hn P L Lbl Table Caption Figure Formula BlockQuote Code Aside FENote TOC Link",
    "Title": "Part P L Lbl Table Caption Figure Formula Code Aside FENote Reference Link Span *",
    "Hn": "Sect Lbl Figure Formula Code FENote Reference Link Span *",
    "P": "L Lbl Table Figure Formula Code FENote Reference Link Span *",
    "L": "L LI Caption",
    "LI": "Lbl LBody",
    "Lbl": "Figure Formula Code FENote Reference Link Span *",
    "LBody": "Part Sect Hn P L Table Caption Figure Formula BlockQuote Code Aside FENote Reference Link Span *",
    "Table": "THead TBody TFoot TR Caption",
    "THead": "TR", "TBody": "TR", "TFoot": "TR", "TR": "TH TD",
    "TH": "Div Sect Hn P L Lbl Table Figure Formula Code FENote Reference Link Span *",
    "Div": "Part Sect Hn P L Table Figure Formula BlockQuote Code Aside FENote Reference Link Span *",
    "TD": "Div Sect Hn P L Lbl Table Figure Formula Code FENote Reference Link Span *",
    "Caption": "Part Sect Hn P L Lbl Table Figure Formula BlockQuote Code Aside FENote Reference Link Span *",
    "Figure": "Part Sect Hn P L Lbl Table Caption Figure Formula BlockQuote Code Aside FENote Reference Link Span *",
    "Formula": "Part Hn P L Lbl Table Caption Figure Formula BlockQuote Code Aside FENote Reference Link Span *",
    "BlockQuote": "Div Document Part Sect Hn P L Lbl Table Caption Figure Formula BlockQuote Code FENote Reference TOC Link *",
    "Code": "Part Sect P L Lbl Table Caption Figure Formula BlockQuote Code Aside FENote Reference Link Span *",
    "Aside": "Div Document Part Sect Hn P L Lbl Table Caption Figure Formula BlockQuote Code FENote Reference TOC Link *",
    "FENote": "Part Sect P L Lbl Table Caption Figure Formula BlockQuote Code Aside FENote Reference Link Span *",
    "Reference": "Part Sect Title Hn P L Lbl Table Caption Figure Formula BlockQuote Code Aside FENote Reference Span *",
    "Link": "Part Sect Title Hn P L Lbl Table Caption Figure Formula BlockQuote Code Aside FENote Reference Span *",
    "TOC": "Part Caption TOC TOCI",
    "TOCI": "P Lbl Reference TOC",
    "Span": "Lbl Figure Formula Code FENote Reference Link Span *",
}.items()}
KNOWN = set().union(*HOLDS.values()) | set(HOLDS)


def private(text):
    return any(0xE000 <= ord(c) <= 0xF8FF or ord(c) >= 0xF0000 for c in text)


class Element:
    """A structure element: its type and namespace once roles are mapped."""

    def __init__(self, tree, dictionary, parent):
        self.tree, self.dictionary, self.parent, self.kids, self.holds = tree, dictionary, parent, [], []
        self.content = False
        self.type, self.namespace, self.mapping = tree.standard(dictionary)
        tree.by_id[dictionary.objgen] = self
        kids = dictionary.get("/K")
        for kid in [] if kids is None else kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int) or kid.get("/Type") == "/MCR":
                self.content = True
                self.holds.append("*")
            elif kid.get("/Type") == "/OBJR":
                self.holds.append("object")
            else:
                self.kids.append(Element(tree, kid, self))
                self.holds.append(self.kids[-1].kind)

    @property
    def kind(self):
        return "Hn" if re.fullmatch(r"H[1-9]\d*", self.type) else self.type

    def all(self):
        yield self
        for kid in self.kids:
            yield from kid.all()

    def attribute(self, name):
        attributes = self.dictionary.get("/A", [])
        for one in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
            if isinstance(one, pikepdf.Dictionary) and name in one:
                return one[name]
        return None


class Tree:
    def __init__(self, root):
        self.root, self.by_id = root, {}
        kids = root.get("/K")
        kids = [] if kids is None else list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        self.kids = [Element(self, kid, None) for kid in kids]

    def all(self):
        for kid in self.kids:
            yield from kid.all()

    def standard(self, dictionary):
        """Type, namespace, and what is wrong with how it is mapped."""
        name, namespace = str(dictionary.S)[1:], dictionary.get("/NS")
        space = str(namespace.NS) if namespace is not None else PDF1
        roles = namespace.get("/RoleMapNS", {}) if namespace is not None else self.root.get("/RoleMap", {})
        remapped = name in STANDARD.get(space, ()) and "/" + name in roles
        seen = set()
        while space != MATHML and (remapped or name not in STANDARD.get(space, ())):
            if (space, name) in seen:
                return name, space, "circular"
            seen.add((space, name))
            roles = namespace.get("/RoleMapNS", {}) if namespace is not None else self.root.get("/RoleMap", {})
            role = roles.get("/" + name)
            if role is None:
                return name, space, "remapped" if remapped else "unknown"
            before = space
            if isinstance(role, pikepdf.Array):
                name, namespace = str(role[0])[1:], role[1]
                space = str(namespace.NS)
            else:
                name, explicit = str(role)[1:], namespace is not None
                namespace, space = (None, PDF1)
                if explicit:
                    continue
            if space == before and namespace is not None:
                return name, space, "same namespace"
            if remapped and name in STANDARD.get(space, ()) and "/" + name not in (self.root.get("/RoleMap", {}) if namespace is None else {}):
                return name, space, "remapped"
        return name, space, None


class File:
    def __init__(self, path):
        self.path, self.bytes = path, open(path, "rb").read()
        self.pdf = pikepdf.open(path)
        self.root = self.pdf.Root
        self.xmp = None
        if "/Metadata" in self.root:
            try:
                self.xmp = ElementTree.fromstring(self.root.Metadata.read_bytes())
            except ElementTree.ParseError:
                pass
        self.tree = Tree(self.root.StructTreeRoot) if "/StructTreeRoot" in self.root else None

    def identified(self, which, name):
        """A property of an identification schema: an element or an attribute of the packet."""
        if self.xmp is None:
            return None
        wanted = "{%s}%s" % (IDENTIFICATION[which], name)
        for element in self.xmp.iter():
            if element.tag == wanted:
                return (element.text or "").strip()
            if wanted in element.attrib:
                return element.attrib[wanted]
        return None

    def names(self, which):
        tree = self.root.get("/Names", {}).get(which)
        pending = [] if tree is None else [tree]
        while pending:
            node = pending.pop()
            pairs = list(node.get("/Names", []))
            yield from zip(pairs[::2], pairs[1::2])
            pending.extend(node.get("/Kids", []))

    def annotations(self):
        for page in self.pdf.pages:
            for annotation in page.obj.get("/Annots", []):
                yield page.obj, annotation

    def numbers(self):
        found, pending = {}, [self.root.StructTreeRoot.ParentTree]
        while pending:
            node = pending.pop()
            pairs = list(node.get("/Nums", []))
            found.update({int(key): value for key, value in zip(pairs[::2], pairs[1::2])})
            pending.extend(node.get("/Kids", []))
        return found

    def destinations(self):
        """Every destination or action that stays in the file, with whether it names an element."""
        def structural(value):
            return isinstance(value, pikepdf.Array) and len(value) > 0 and isinstance(value[0], pikepdf.Dictionary) and "/S" in value[0]

        def leads(dictionary, where):
            if "/Dest" in dictionary:
                value = dictionary.Dest
                if isinstance(value, pikepdf.Array):
                    yield "8.8-1", where, structural(value)
                else:
                    value = named.get(str(value))
                    yield "8.8-1", where, value is not None and (structural(value) or isinstance(value, pikepdf.Dictionary) and structural(value.get("/SD")))
            action = dictionary.get("/A")
            if isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/GoTo":
                yield "8.8-2", where, structural(action.get("/SD"))

        named = {str(key): value for key, value in self.names("/Dests")}
        for _, annotation in self.annotations():
            yield from leads(annotation, "a link")
        pending = [self.root.Outlines] if "/Outlines" in self.root else []
        while pending:
            item = pending.pop()
            yield from leads(item, "an outline entry")
            pending.extend(item[key] for key in ("/First", "/Next") if key in item)
        for key, value in named.items():
            yield "8.8-1", f"the name {key!r}", structural(value) or isinstance(value, pikepdf.Dictionary) and structural(value.get("/SD"))


def table_faults(table):
    """A grid where each cell has its place alone and rows are of one length (8.2.5.26)."""
    taken, widths = {}, []
    rows = [row for row in table.all() if row.type == "TR" and nearest(row, "Table") is table]
    groups = {}
    for row in rows:
        groups.setdefault(id(row.parent), []).append(row)
    at = 0
    for group in groups.values():
        for y, row in enumerate(group):
            x = 0
            for cell in row.kids:
                while (at + y, x) in taken:
                    x += 1
                columns, spanned = int(cell.attribute("/ColSpan") or 1), int(cell.attribute("/RowSpan") or 1)
                if y + spanned > len(group):
                    yield "8.2.5.26-2", "a cell covers rows beyond its part of the table"
                for dy in range(spanned):
                    for dx in range(columns):
                        if (at + y + dy, x + dx) in taken:
                            yield "8.2.5.26-1", "cells lie over each other"
                        taken[at + y + dy, x + dx] = cell
                x += columns
        at += len(group)
    for y in range(at):
        widths.append(sum(1 for place in taken if place[0] == y))
    if len(set(widths)) > 1:
        yield "8.2.5.26-3", f"rows of {sorted(set(widths))} columns"
        yield "8.2.5.26-4", f"rows of {sorted(set(widths))} columns"


def nearest(element, kind):
    element = element.parent
    while element is not None and element.type != kind:
        element = element.parent
    return element


def ua2(file):
    root, tree = file.root, file.tree
    if file.identified("ua", "part") is None:
        yield "5-1", "no part of PDF/UA in the metadata"
    elif file.identified("ua", "part") != "2":
        yield "5-2", "another part of PDF/UA"
    if not re.fullmatch(r"\d{4}", file.identified("ua", "rev") or ""):
        yield "5-5", "no year of PDF/UA-2"
    if root.get("/MarkInfo", {}).get("/Marked") is not True:
        yield "6.2-1", "not marked"
    if tree is None:
        yield "8.2.1-1", "no structure"
        return
    if [kid.type for kid in tree.kids] != ["Document"]:
        yield "8.2.5.2-1", f"the root holds {[kid.type for kid in tree.kids]}"
    elif tree.kids[0].namespace != PDF2:
        yield "8.2.5.2-2", "the document is not of PDF 2.0's namespace"
    referred = {}
    for element in tree.all():
        for other in element.dictionary.get("/Ref", []):
            referred.setdefault(other.objgen, set()).add(element.dictionary.objgen)
    for element in tree.all():
        kind, dictionary = element.type, element.dictionary
        if "/P" not in dictionary:
            yield "8.2.1-2", f"{kind} without a parent"
        wrong = {"unknown": "8.2.4-1", "circular": "8.2.4-2", "same namespace": "8.2.4-3", "remapped": "8.2.4-4"}.get(element.mapping)
        if wrong:
            yield wrong, f"{kind}: {element.mapping}"
        if kind == "H":
            yield "8.2.5.12-1", "a heading without a level"
        if kind == "Note":
            yield "8.2.5.14-1", "a note of PDF 1.7"
        refs = {other.objgen for other in dictionary.get("/Ref", [])}
        if kind == "FENote":
            if referred.get(dictionary.objgen, set()) - refs:
                yield "8.2.5.14-2", "a note does not refer to what refers to it"
            if refs - referred.get(dictionary.objgen, set()):
                yield "8.2.5.14-3", "a note refers to what does not refer to it"
            if str(element.attribute("/NoteType") or "/None") not in ("/Footnote", "/Endnote", "/None"):
                yield "8.2.5.14-4", "a note of no kind"
        if kind == "TOCI" and not any("/Ref" in one.dictionary for one in element.all()):
            yield "8.2.5.8-1", "an entry of the contents refers to nothing"
        if kind == "L" and any(k.type == "Lbl" for item in element.kids for k in item.kids) and str(element.attribute("/ListNumbering") or "/None") == "/None":
            yield "8.2.5.25-1", "a list with labels of no kind"
        if kind == "LI" and element.content:
            yield "8.2.5.25-2", "content of an item outside its body"
        if kind == "Table":
            yield from table_faults(element)
        if "&Caption&" in "&".join(["", *element.holds, ""])[1:-1]:
            yield "8.2.5.27-1", f"a caption amid {kind}"
        if kind == "Figure" and "/Alt" not in dictionary and "/ActualText" not in dictionary:
            yield "8.2.5.28.2-1", "a figure without words"
        if element.namespace == MATHML and kind == "math" and (element.parent is None or element.parent.type != "Formula"):
            yield "8.2.5.29-1", "math outside a formula"
        if element.namespace == MATHML:
            if kind != "math" and (element.parent is None or element.parent.namespace != MATHML):
                yield "MathML", f"{kind} outside math"
            if element.content and kind not in TOKENS:
                yield "MathML", f"{kind} with content of its own"
            if element.kids and kind in TOKENS:
                yield "MathML", f"{kind} holds elements"
            if kind in MATHS and len(element.kids) != MATHS[kind]:
                yield "MathML", f"{kind} of {len(element.kids)} parts"
            if kind not in TOKENS and kind not in MATHS and kind not in GROUPS:
                yield "MathML", f"{kind} is no element of MathML"
        if kind == "Formula" and element.content and any(kid.namespace == MATHML for kid in element.kids):
            yield "MathML", "a formula with content outside math"
        for key in ("/Alt", "/ActualText", "/T", "/E"):
            if key in dictionary and private(str(dictionary[key])):
                yield "8.6-1", f"{key} of {kind} with characters for private use"
        if "/Lang" in dictionary and not LANGUAGE.fullmatch(str(dictionary.Lang)):
            yield "8.4.4-2", f"language {str(dictionary.Lang)!r}"
        if element.kind in HOLDS and element.namespace != MATHML:
            for held in element.holds:
                if (held in KNOWN or held == "*") and held not in HOLDS[element.kind]:
                    yield "table 5", f"{kind} holds {held}"
            for once in ("Caption", "THead", "TFoot"):
                if element.holds.count(once) > 1:
                    yield "table 5", f"{kind} holds several {once}"
    language = str(root.get("/Lang", ""))
    if not language:
        yield "8.4.4-1", "no language"
    if "/Lang" in root and private(language):
        yield "8.6-1", "a language with characters for private use"
    if "/Lang" in root and not LANGUAGE.fullmatch(language):
        yield "8.4.4-2", f"language {language!r}"
    for rule, where, structural in file.destinations():
        if not structural:
            yield rule, f"{where} leads to a page and not to an element"
    parents, leads = file.numbers(), {}
    for page, annotation in file.annotations():
        if page.get("/Tabs") not in ("/S", "/A", "/W"):
            yield "8.9.3.3-1", "a page of links without an order"
        if annotation.get("/Subtype") != "/Link":
            continue
        parent = parents.get(int(annotation.get("/StructParent", -1)))
        element = tree.by_id.get(parent.objgen) if isinstance(parent, pikepdf.Dictionary) else None
        if element is None or element.type not in ("Link", "Reference"):
            yield "8.2.5.20-1", f"a link in {element and element.type}"
            continue
        action = annotation.get("/A", annotation.get("/Dest"))
        target = action.unparse(resolved=True) if not isinstance(action, pikepdf.Dictionary) else b"|".join(
            key.encode() + value.unparse() if isinstance(value, pikepdf.Object) else str((key, value)).encode() for key, value in sorted(action.items()) if key != "/Type")
        if leads.setdefault(parent.objgen, target) != target:
            yield "8.2.5.20-2", "links of one element lead to different places"
        if "/Contents" in annotation and "/Alt" in element.dictionary and str(annotation.Contents) != str(element.dictionary.Alt):
            yield "8.9.4.2-1", "a link says other than its element"
        if "/Contents" in annotation and private(str(annotation.Contents)):
            yield "8.6-1", "a link's words with characters for private use"
    if file.xmp is None or file.xmp.find(".//{http://purl.org/dc/elements/1.1/}title") is None:
        yield "8.11.1-1", "no title in the metadata"
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield "8.11.2-1", "the title is not displayed"
    for name, specification in file.names("/EmbeddedFiles"):
        if "/Desc" not in specification:
            yield "8.14.1-1", f"nothing describes the file {name}"
    yield from untagged(file)


def untagged(file):
    """Content is in the structure or an artifact (8.2.2)."""
    for number, page in enumerate(file.pdf.pages, 1):
        stack = []
        for operands, operator in pikepdf.parse_content_stream(page.obj):
            operator = str(operator)
            if operator in ("BDC", "BMC"):
                stack.append(str(operands[0]) == "/Artifact" or len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1])
            elif operator == "EMC" and stack:
                stack.pop()
            elif operator in ("Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh") and not any(stack):
                yield "8.2.2-1", f"page {number}: {operator} is neither content nor artifact"
                break


FILTERS = ["/ASCIIHexDecode", "/ASCII85Decode", "/FlateDecode", "/RunLengthDecode", "/CCITTFaxDecode", "/JBIG2Decode",
           "/DCTDecode", "/JPXDecode"]
FORBIDDEN_ACTIONS = ["/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/Rendition", "/Trans", "/SetOCGState",
                     "/GoTo3DView", "/SetState", "/NOP"]


def everything(pdf):
    """Every dictionary of the file, those in others too, and every stream."""
    for thing in pdf.objects:
        pending = [thing]
        while pending:
            one = pending.pop()
            if isinstance(one, pikepdf.Array):
                pending.extend(kid for kid in one if isinstance(kid, (pikepdf.Array, pikepdf.Dictionary)) and not kid.is_indirect)
            elif isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
                yield one
                pending.extend(kid for _, kid in one.items() if isinstance(kid, (pikepdf.Array, pikepdf.Dictionary)) and not kid.is_indirect)


def a4(file, level):
    data, root, trailer = file.bytes, file.root, file.pdf.trailer
    if not re.match(rb"%PDF-2\.\d(\r\n|\r|\n)%[\x80-\xff]{4}", data):
        yield "6.1.2-1", "the head of the file"
    if not trailer.get("/ID") or not all(bytes(one) for one in trailer.ID):
        yield "6.1.3-1", "no identifier"
    if "/Encrypt" in trailer:
        yield "6.1.3-2", "encrypted"
    if not re.search(rb"%%EOF(\r\n|\r|\n)?\Z", data):
        yield "6.1.3-3", "data after the end"
    if "/Info" in trailer and "/PieceInfo" not in root:
        yield "6.1.3-4", "an information dictionary"
    for thing in everything(file.pdf):
        if thing.get("/S") in FORBIDDEN_ACTIONS:
            yield "6.6.1-1", f"the action {thing.S}"
        if isinstance(thing, pikepdf.Stream):
            filters = thing.get("/Filter")
            filters = [] if filters is None else list(filters) if isinstance(filters, pikepdf.Array) else [filters]
            if not all(str(f) in FILTERS for f in filters):
                yield "6.1.6.2-1", "a filter that is not allowed"
            if any(key in thing for key in ("/F", "/FFilter", "/FDecodeParms")):
                yield "6.1.6.1-2", "a stream outside the file"
            if thing.get("/Subtype") == "/Image":
                if thing.get("/Interpolate", False):
                    yield "6.2.7.1-3", "an image that is to be interpolated"
                if "/Alternates" in thing:
                    yield "6.2.7.1-1", "an image with alternates"
                if "/OPI" in thing:
                    yield "6.2.7.1-2", "an image elsewhere"
        else:
            if any(key in thing for key in ("/TR", "/HTO")) and thing.get("/Type") == "/ExtGState":
                yield "6.2.5-1", "a transfer function"
            if "/EF" in thing:
                if "/F" not in thing or "/UF" not in thing:
                    yield "6.9-2", "a file without both names"
                if "/AFRelationship" not in thing:
                    yield "6.9-4", "a file that is nothing to the document"
                if not re.fullmatch(r"/[-\w+.]+/[-\w+.]+", str(thing.EF.F.get("/Subtype", ""))):
                    yield "6.9-1", "a file of no media type"
                if level is None and str(thing.EF.F.get("/Subtype", "")) != "/application/pdf":
                    yield "6.9-3", "a file that is not PDF/A"
    intents = [i for i in root.get("/OutputIntents", []) if i.get("/S") == "/GTS_PDFA1"]
    spaces = set()
    for intent in intents:
        try:
            profile = intent.DestOutputProfile.read_bytes()
        except pikepdf.PdfError:
            profile = bytes(128)
        spaces.add(profile[16:20])
        if profile[12:16] not in (b"prtr", b"mntr") or profile[16:20] not in (b"RGB ", b"GRAY", b"CMYK") or profile[8] >= 5:
            yield "6.2.3-1", "the output profile"
        if "/DestOutputProfileRef" in intent:
            yield "6.2.3-3", "a profile elsewhere"
    for page in file.pdf.pages:
        # What a page says of colours itself is beyond these rules.
        own = "/OutputIntents" in page.obj or "/Group" in page.obj or "/ColorSpace" in page.obj.get("/Resources", {})
        used = set() if own else {str(op) for _, op in pikepdf.parse_content_stream(page.obj)}
        if used & {"rg", "RG"} and b"RGB " not in spaces:
            yield "6.2.4.3-2", "colours of RGB without an output intent of it"
        if used & {"k", "K"} and b"CMYK" not in spaces:
            yield "6.2.4.3-3", "colours of CMYK without an output intent of it"
        if used & {"g", "G"} and not spaces:
            yield "6.2.4.3-4", "greys without an output intent"
    for _, annotation in file.annotations():
        flags = int(annotation.get("/F", 0))
        if annotation.get("/Subtype") == "/Popup":
            continue
        if "/F" not in annotation:
            yield "6.3.2-1", "an annotation without flags"
        elif flags & 0b100 == 0 or flags & (1 | 2 | 32 | 256):
            yield "6.3.2-2", "an annotation that is not printed"
    if "/Metadata" not in root:
        yield "6.7.2.1-1", "no metadata"
    elif file.xmp is None:
        yield "6.7.2.1-4", "metadata that can't be read"
    if file.identified("a", "part") is None:
        yield "6.7.3-1", "no part of PDF/A in the metadata"
    elif file.identified("a", "part") != "4":
        yield "6.7.3-2", "another part of PDF/A"
    if file.identified("a", "conformance") != level:
        yield "6.7.3-3", f"conformance {file.identified('a', 'conformance')}"
    if not re.fullmatch(r"\d{4}", file.identified("a", "rev") or ""):
        yield "6.7.3-5", "no year of PDF/A-4"
    if level == "F" and "/EmbeddedFiles" not in root.get("/Names", {}):
        yield "6.9-5", "no files"
    for key, rule in (("/Requirements", "6.12-1"), ("/NeedsRendering", "6.4.2-2")):
        if key in root:
            yield rule, f"{key} in the catalog"
    if "/Version" in root and not re.fullmatch(r"/2\.\d", str(root.Version)):
        yield "6.1.12-1", "another version"
    if "/AlternatePresentations" in root.get("/Names", {}):
        yield "6.11-1", "other presentations"


def faults(path):
    """What is wrong with a file, by the standards that it claims."""
    file = File(path)
    found = []
    if file.identified("ua", "part") == "2":
        found += [f"PDF/UA-2 {rule}: {what}" for rule, what in ua2(file)]
    if file.identified("a", "part") == "4":
        level = "F" if file.identified("a", "conformance") == "F" else None
        found += [f"PDF/A-4 {rule}: {what}" for rule, what in a4(file, level)]
    return found


if __name__ == "__main__":
    found = [f"{path}: {fault}" for path in sys.argv[1:] for fault in sorted(set(faults(path)))]
    print("\n".join(found))
    sys.exit(bool(found))
