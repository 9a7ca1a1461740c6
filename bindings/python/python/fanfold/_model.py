"""Blocks and what they hold: a view of the ``json`` format, whose schema ``fanfold schema`` prints."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from . import _fanfold

if TYPE_CHECKING:
    import pandas


class _Node:
    __slots__ = ("json",)
    json: dict[str, Any]
    """The node as the ``json`` format has it."""

    def __init__(self, json: dict[str, Any]) -> None:
        self.json = json

    @property
    def kind(self) -> str:
        """What it is, such as ``paragraph``."""
        return self.json["type"]

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands: first byte, and one past the last, of the source as UTF-8."""
        return self.json["span"][0], self.json["span"][1]

    @property
    def id(self) -> str | None:
        """Its anchor."""
        return self.json.get("attr", {}).get("id")

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.json.get("attr", {}).get("classes", [])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Node) and self.json == other.json

    __hash__ = None  # type: ignore[assignment]


class Inline(_Node):
    """A part of running text: ``text``, ``styled``, ``link``, ``image``, ``note``, ``math`` …"""

    __slots__ = ()

    @property
    def text(self) -> str:
        """Its words."""
        return plain([self.json])

    @property
    def content(self) -> list[Inline]:
        """What is inside it."""
        return inlines(self.json.get("content", []))

    @property
    def url(self) -> str | None:
        """The address that a link to a page leads to."""
        return self.json.get("target", {}).get("url")

    def __repr__(self) -> str:
        return f"<fanfold.Inline {self.kind}: {self.text!r}>"


class Block(_Node):
    """A block of a document. Its class says of which kind it is."""

    __slots__ = ()

    @property
    def text(self) -> str:
        """Its words, a line for each paragraph, item and row."""
        return _fanfold.words_of_blocks(json.dumps([self.json]))

    @property
    def inside(self) -> list[Block]:
        """The blocks inside it."""
        return []

    def walk(self) -> Iterator[Block]:
        """It and all blocks inside it, in reading order."""
        yield self
        for block in self.inside:
            yield from block.walk()

    def __repr__(self) -> str:
        text = self.text
        return f"<fanfold.{type(self).__name__} {text if len(text) < 60 else text[:59] + '…'!r}>"


class Heading(Block):
    """A heading."""

    __slots__ = ()

    @property
    def level(self) -> int:
        """1 to 6."""
        return self.json["level"]

    @property
    def content(self) -> list[Inline]:
        """Its words."""
        return inlines(self.json["content"])


class Paragraph(Block):
    """Running text."""

    __slots__ = ()

    @property
    def content(self) -> list[Inline]:
        """The text."""
        return inlines(self.json["content"])


class Quote(Block):
    """A quotation."""

    __slots__ = ()

    @property
    def body(self) -> list[Block]:
        """What is quoted."""
        return blocks(self.json["body"])

    @property
    def inside(self) -> list[Block]:
        return self.body


class List(Block):
    """A list."""

    __slots__ = ()

    @property
    def ordered(self) -> bool:
        """Whether its items are numbered."""
        return self.json["marker"] != "bullet"

    @property
    def items(self) -> list[list[Block]]:
        """Its items."""
        return [blocks(item["blocks"]) for item in self.json["items"]]

    @property
    def inside(self) -> list[Block]:
        return [block for item in self.items for block in item]


class Definitions(Block):
    """Terms and what they mean."""

    __slots__ = ()

    @property
    def items(self) -> list[tuple[list[str], list[list[Block]]]]:
        """Terms that belong together, with their details."""
        return [
            ([plain(term) for term in item["terms"]], [blocks(detail) for detail in item["details"]])
            for item in self.json["items"]
        ]

    @property
    def inside(self) -> list[Block]:
        return [block for _, details in self.items for detail in details for block in detail]


class Code(Block):
    """Preformatted text."""

    __slots__ = ()

    @property
    def language(self) -> str | None:
        """Its language, as the source names it."""
        return self.json.get("language")

    @property
    def code(self) -> str:
        """The text as it is."""
        return self.json["text"]


class Math(Block):
    """A displayed formula."""

    __slots__ = ()

    @property
    def tex(self) -> str:
        """It in TeX."""
        return self.json["tex"]


class Table(Block):
    """A table. A cell that spans several places stands in each of them.

    >>> import fanfold
    >>> table = fanfold.read(b"| Cat | Legs |\\n|---|---|\\n| Tom | 4 |\\n", from_="markdown").tables[0]
    >>> table.header, table.rows
    ([['Cat', 'Legs']], [['Tom', '4']])
    """

    __slots__ = ("_grid",)
    _grid: tuple[list[list[str]], int]

    @property
    def caption(self) -> str:
        """Its caption; empty when it has none."""
        return plain(self.json.get("caption", []))

    @property
    def grid(self) -> list[list[str]]:
        """The words of all cells, row by row, those that head it first."""
        return self._places()[0]

    @property
    def header(self) -> list[list[str]]:
        """The rows that head it."""
        rows, head = self._places()
        return rows[:head]

    @property
    def rows(self) -> list[list[str]]:
        """The other rows."""
        rows, head = self._places()
        return rows[head:]

    def _places(self) -> tuple[list[list[str]], int]:
        try:
            return self._grid
        except AttributeError:
            self._grid = _fanfold.grid(json.dumps({k: v for k, v in self.json.items() if k != "type"}))
            return self._grid

    def to_pandas(self) -> pandas.DataFrame:
        """It as a frame of strings, for which pandas must be installed. Several rows that head it are
        columns of several levels."""
        import pandas

        header = self.header
        columns: Any = None
        if len(header) == 1:
            columns = header[0]
        elif header:
            columns = pandas.MultiIndex.from_arrays(header)
        frame = pandas.DataFrame(self.rows, columns=columns, dtype=object)
        frame.attrs["caption"] = self.caption
        return frame

    @property
    def inside(self) -> list[Block]:
        rows = [row for part in ("head", "body", "foot") for row in self.json.get(part, [])]
        return [block for row in rows for cell in row["cells"] for block in blocks(cell["blocks"])]


class Infobox(Block):
    """An article's infobox."""

    __slots__ = ()

    @property
    def title(self) -> str:
        """Its title; empty when it has none."""
        return plain(self.json.get("title", []))

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Labels and values. A row without a label is a heading or a remark."""
        return [
            (plain(row.get("label", [])), _fanfold.words_of_blocks(json.dumps(row.get("value", []))))
            for row in self.json["rows"]
        ]

    def to_dict(self) -> dict[str, str]:
        """Values by labels; of the same label the first."""
        values: dict[str, str] = {}
        for label, value in self.rows:
            if label:
                values.setdefault(label, value)
        return values

    @property
    def inside(self) -> list[Block]:
        return [block for row in self.json["rows"] for block in blocks(row.get("value", []))]


class Figure(Block):
    """A figure, or a gallery of figures."""

    __slots__ = ()

    @property
    def caption(self) -> str:
        """Its caption; empty when it has none."""
        return plain(self.json["caption"])

    @property
    def body(self) -> list[Block]:
        """Most often a paragraph with an image."""
        return blocks(self.json["body"])

    @property
    def inside(self) -> list[Block]:
        return self.body


class Aside(Block):
    """Something apart from the running text."""

    __slots__ = ()

    @property
    def role(self) -> str:
        """``hatnote``, ``note``, ``tip``, ``important``, ``caution``, ``warning`` or ``box``."""
        return self.json["role"]

    @property
    def body(self) -> list[Block]:
        """What it says."""
        return blocks(self.json["body"])

    @property
    def inside(self) -> list[Block]:
        return self.body


class Notes(Block):
    """The place where the source lists notes."""

    __slots__ = ()

    @property
    def notes(self) -> list[int]:
        """Their numbers among those of the article."""
        return self.json["notes"]


class Rule(Block):
    """A thematic break."""

    __slots__ = ()


class Unresolved(Block):
    """A template or an extension that no rule could expand."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """Its name."""
        return self.json["name"]


_KINDS: dict[str, type[Block]] = {
    "aside": Aside,
    "code": Code,
    "definitions": Definitions,
    "figure": Figure,
    "heading": Heading,
    "infobox": Infobox,
    "list": List,
    "math": Math,
    "notes": Notes,
    "paragraph": Paragraph,
    "quote": Quote,
    "rule": Rule,
    "table": Table,
    "unresolved": Unresolved,
}


def blocks(of: list[dict[str, Any]]) -> list[Block]:
    return [_KINDS.get(block["type"], Block)(block) for block in of]


def inlines(of: list[dict[str, Any]]) -> list[Inline]:
    return [Inline(inline) for inline in of]


def plain(of: list[dict[str, Any]]) -> str:
    return _fanfold.words_of_inlines(json.dumps(of)) if of else ""
