"""A document that was read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from . import _fanfold
from ._model import Block, Infobox, Table, blocks, plain


class Diagnostic(NamedTuple):
    """Something to say about a source."""

    code: str
    """What it is, such as ``no-alt``; ``fanfold codes`` lists them."""
    severity: str
    """``note``, ``warning`` or ``error``."""
    loss: bool
    """Whether bytes of the source do not arrive in the output."""
    file: str
    line: int | None
    """The line, from 1, where it is about a place."""
    column: int | None
    """The character in the line, from 1."""
    start: int | None
    """The first byte, in the source as UTF-8."""
    end: int | None
    message: str
    help: str | None
    """What to do about it."""

    def __str__(self) -> str:
        place = "" if self.line is None else f":{self.line}:{self.column}"
        return f"{self.file}{place}: {self.severity}[{self.code}]: {self.message}"


class Loss(NamedTuple):
    """Bytes of a source that are in no output."""

    code: str
    """The code of the diagnostic that tells of it."""
    line: int
    column: int
    start: int
    """The first byte, in the source as UTF-8."""
    end: int
    text: str
    """What is lost."""


class Heading(NamedTuple):
    """A heading, or the title of an article."""

    level: int
    """0 for a title, else 1 to 6."""
    title: str
    anchor: str | None
    article: int
    """The index of its article."""


class Image(NamedTuple):
    """An image that was found."""

    name: str
    """The address that the source uses."""
    media_type: str
    data: bytes


class Article:
    """An article of a document."""

    def __init__(self, json: dict[str, Any]) -> None:
        self.json = json
        """The article as the ``json`` format has it."""

    @property
    def title(self) -> str:
        """Its title; empty when it has none."""
        return plain(self.json.get("meta", {}).get("title", []))

    @property
    def meta(self) -> dict[str, Any]:
        """What else is known of it, as the ``json`` format has it."""
        return self.json.get("meta", {})

    @property
    def blocks(self) -> list[Block]:
        """Its body."""
        return blocks(self.json["blocks"])

    @property
    def notes(self) -> list[list[Block]]:
        """Its notes, by their numbers from 0."""
        return [blocks(note["blocks"]) for note in self.json.get("notes", [])]

    @property
    def citations(self) -> list[dict[str, Any]]:
        """The sources that its templates cite: ``template`` and ``arguments``, pairs of name and value."""
        return self.json.get("citations", [])

    def __repr__(self) -> str:
        return f"<fanfold.Article {self.title!r}>"


class Document:
    """A document: one article, or several.

    >>> import fanfold
    >>> document = fanfold.read(b'''= Cat =
    ...
    ... Facts
    ... - Legs: 4
    ... - Tails: 1
    ...
    ... A small animal.
    ... ''', from_="article")
    >>> document.infobox.to_dict()
    {'Legs': '4', 'Tails': '1'}
    >>> print(document.text)
    Cat
    Facts
    Legs: 4
    Tails: 1
    A small animal.
    >>> document.losses
    []
    >>> document.write("text")[:4]
    b'Cat\\n'
    """

    def __init__(self, document: _fanfold.Document) -> None:
        self._document = document

    @property
    def name(self) -> str:
        """The path of its source; ``-`` for bytes."""
        return self._document.name

    @property
    def format(self) -> str | None:
        """The format it was read from."""
        return self._document.format

    @property
    def title(self) -> str | None:
        """Its title, or that of its only article."""
        return self._document.title

    @property
    def language(self) -> str | None:
        """The tag of its language, such as ``en``."""
        return self._document.language

    @property
    def text(self) -> str:
        """Its words without any mark-up: a line for a paragraph, an item, a row, a heading.

        ``write("text")`` is the same made to be read.
        """
        return self._document.text

    @cached_property
    def meta(self) -> dict[str, Any]:
        """What is known of the whole; of a single article that is mostly in the article."""
        return json.loads(self._document.meta())

    @cached_property
    def articles(self) -> list[Article]:
        """Its articles."""
        return [Article(article) for article in json.loads(self._document.articles())]

    @property
    def blocks(self) -> list[Block]:
        """The blocks of all articles."""
        return [block for article in self.articles for block in article.blocks]

    def walk(self) -> Iterator[Block]:
        """All blocks, and those inside them, in reading order."""
        for block in self.blocks:
            yield from block.walk()

    @property
    def infobox(self) -> Infobox | None:
        """The first infobox."""
        return next((block for block in self.walk() if isinstance(block, Infobox)), None)

    @property
    def tables(self) -> list[Table]:
        """All tables."""
        return [block for block in self.walk() if isinstance(block, Table)]

    @property
    def outline(self) -> list[Heading]:
        """Titles and headings."""
        return [Heading(*item) for item in self._document.outline]

    @property
    def images(self) -> list[Image]:
        """The images that were found."""
        return [Image(*image) for image in self._document.images]

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What there was to say when it was read."""
        return [Diagnostic(*said) for said in self._document.diagnostics]

    @property
    def losses(self) -> list[Loss]:
        """What of the source is in no output."""
        return [Loss(*loss) for loss in self._document.losses]

    def write(self, to: str) -> bytes:
        """The document in a format, with the options it was read with."""
        return self._document.write(to)

    def __repr__(self) -> str:
        return f"<fanfold.Document {self.title!r}>"
