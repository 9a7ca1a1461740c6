"""Passages."""

from __future__ import annotations

from typing import TypedDict


class Passage(TypedDict):
    """A passage, as a line of ``to="chunks"`` has it; ``fanfold convert --help`` has what cuts it.

    The document's text is its blocks one after another, a blank line between them. ``text`` without what it
    repeats is that text from ``char_start`` to ``char_end``.
    """

    id: str
    """A UUID, the same as long as the passage says the same under the same headings."""
    document_id: str
    text: str
    types: list[str]
    """The kinds of blocks that it has a part of."""
    headings: list[str]
    """The headings that it stands under, the highest first."""
    title: str | None
    url: str | None
    revision: str | None
    language: str | None
    license: str | None
    attribution: str | None
    """Source, authors and licence in a sentence, to be shown with what is quoted."""
    page_start: int | None
    page_end: int | None
    byte_start: int
    byte_end: int
    char_start: int
    char_end: int
    repeated_bytes: int
    """How much of ``text`` comes first that is repeated from before."""
    repeated_chars: int
    source: str | None
    """The input that it comes from."""
    source_byte_start: int | None
    source_byte_end: int | None
    source_char_start: int | None
    source_char_end: int | None
    previous_id: str | None
    next_id: str | None
