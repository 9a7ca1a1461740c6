"""One document, or many."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Union

from . import _fanfold
from ._batch import Batch
from ._document import Diagnostic, Document
from ._passage import Passage

Source = Union[str, "os.PathLike[str]", bytes, bytearray, memoryview]
"""A file, or the bytes of a document."""
Sources = Union[str, "os.PathLike[str]", Iterable[Union[str, "os.PathLike[str]", "tuple[str, bytes | str]"]]]
"""Files, folders, archives and dumps; or documents in memory, each with its name."""


class Converter:
    """Converts with the same options again and again, which are understood once.

    >>> import fanfold
    >>> narrow = fanfold.Converter(width=20)
    >>> print(narrow.convert(b"# A\\n\\nSo many words on a line.", to="text", from_="markdown").decode())
    A
    =
    <BLANKLINE>
    So many words on a
    line.
    <BLANKLINE>
    """

    def __init__(self, **options: Any) -> None:
        self._converter = _fanfold.Converter(options)

    def convert(
        self,
        source: Source,
        *,
        to: str,
        from_: str | None = None,
        on_diagnostic: Callable[[Diagnostic], object] | None = None,
    ) -> bytes:
        """A source in another format; see :func:`fanfold.convert`."""
        wanted = on_diagnostic is not None
        output, said = self._converter.convert(_source(source), to, from_, wanted)
        if on_diagnostic is not None:
            for diagnostic in said:
                on_diagnostic(Diagnostic(*diagnostic))
        return output

    def read(self, source: Source, *, from_: str | None = None) -> Document:
        """A source as a document; see :func:`fanfold.read`."""
        return Document(self._converter.read(_source(source), from_))

    def chunks(self, source: Source, *, from_: str | None = None) -> Iterator[Passage]:
        """The passages of a source; see :func:`fanfold.chunks`."""
        return map(json.loads, self.convert(source, to="chunks", from_=from_).splitlines())

    def batch(
        self,
        sources: Sources,
        *,
        to: str | Iterable[str] = (),
        from_: str | None = None,
        threads: int | None = None,
        include: Iterable[str] = (),
        exclude: Iterable[str] = (),
        namespaces: Iterable[int] | None = (0,),
    ) -> Batch:
        """Many documents; see :func:`fanfold.batch`."""
        to = [to] if isinstance(to, str) else list(to)
        paths, documents = _sources(sources)
        return Batch(
            self._converter.batch(
                paths, documents, to, from_, threads, list(include), list(exclude), list(namespaces or ())
            )
        )


def convert(
    source: Source,
    *,
    to: str,
    from_: str | None = None,
    on_diagnostic: Callable[[Diagnostic], object] | None = None,
    **options: Any,
) -> bytes:
    """A source in another format, as bytes: the same bytes as ``fanfold convert`` writes.

    ``on_diagnostic`` is called with each thing there is to say, when all is done. What it raises is
    raised here.

    Raises :class:`fanfold.ConversionError` when the source can't be converted,
    :class:`fanfold.OptionError` for formats and options that there are not, and :class:`OSError` when
    the file can't be read.

    >>> import fanfold
    >>> fanfold.convert(b"= Cat =\\n\\nA small animal.", to="html", from_="article", lang="en")[:15]
    b'<!DOCTYPE html>'
    >>> codes = []
    >>> _ = fanfold.convert(b"A cat.", to="text", from_="markdown", lang="en",
    ...                     on_diagnostic=lambda said: codes.append(said.code))
    >>> codes
    ['no-title']
    """
    return Converter(**options).convert(source, to=to, from_=from_, on_diagnostic=on_diagnostic)


def read(source: Source, *, from_: str | None = None, **options: Any) -> Document:
    """A source as a document, to look into and to write.

    Raises what :func:`fanfold.convert` raises.

    >>> import fanfold
    >>> document = fanfold.read(b"# Cat\\n\\nA *small* animal.", from_="markdown")
    >>> document.blocks[0].text
    'A small animal.'
    """
    return Converter(**options).read(source, from_=from_)


def chunks(source: Source, *, from_: str | None = None, **options: Any) -> Iterator[Passage]:
    """The passages of a source, for an index or a language model: the lines of ``to="chunks"``.

    ``chunk_size`` says how much one holds, in ``chunk_unit``; the other options that begin so say how
    it is cut.

    >>> import fanfold
    >>> text = b"= Cat =\\n\\nA small animal. It eats mice. It sleeps much."
    >>> [chunk["text"] for chunk in fanfold.chunks(text, from_="article", chunk_size=32)]
    ['A small animal. It eats mice.', 'It sleeps much.']
    """
    return Converter(**options).chunks(source, from_=from_)


def batch(
    sources: Sources,
    *,
    to: str | Iterable[str] = (),
    from_: str | None = None,
    threads: int | None = None,
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
    namespaces: Iterable[int] | None = (0,),
    **options: Any,
) -> Batch:
    """Many documents, converted on threads while they are iterated over, in the order of the sources.

    ``sources`` are files, folders, archives, lines of JSON and MediaWiki dumps (``.xml``, ``.xml.bz2``),
    which are streamed; or pairs of a name and a document in memory. Of folders and archives
    ``include`` and ``exclude`` choose, as in a ``.gitignore``; of a dump ``namespaces``, ``None`` for all.
    Without ``to`` documents are only read. Memory does not grow with their number.

    One that fails does not stop the others: its ``error`` says why.

    >>> import fanfold
    >>> animals = [("cat.md", b"# Cat\\n\\nSmall."), ("x.json", b"{"), ("dog.md", b"# Dog\\n\\nLoyal.")]
    >>> run = fanfold.batch(animals, to="text")
    >>> for item in run:
    ...     print(item.id, item.title, item.error is None, len(item.output))
    cat.md Cat True 16
    x.json None False 0
    dog.md Dog True 16
    >>> run.done, run.failed
    (2, 1)
    """
    return Converter(**options).batch(
        sources,
        to=to,
        from_=from_,
        threads=threads,
        include=include,
        exclude=exclude,
        namespaces=namespaces,
    )


def _source(source: Source) -> bytes | str:
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source)
    path = os.fspath(source)
    if not isinstance(path, str):
        raise TypeError("a path is a str; bytes are a document")
    return path


def _sources(sources: Sources) -> tuple[list[str], list[tuple[str, bytes]]]:
    if isinstance(sources, (str, os.PathLike)):
        sources = [sources]
    paths: list[str] = []
    documents: list[tuple[str, bytes]] = []
    for source in sources:
        if isinstance(source, tuple):
            name, text = source
            documents.append((name, text.encode() if isinstance(text, str) else bytes(text)))
        else:
            paths.append(os.fspath(source))
    if paths and documents:
        raise TypeError("sources are paths, or documents in memory, not both")
    return paths, documents
