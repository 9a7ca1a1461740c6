"""Passages as record batches of Arrow, by the PyCapsule interface: pyarrow, Polars, DuckDB, Ray and
Spark take them as they are, and none of them is needed to make them.

>>> import fanfold.arrow
>>> stream = fanfold.arrow.chunks([("cat.md", b"# Cat\\n\\nA small animal.")])
>>> stream.columns[:3]
['input', 'error', 'id']

With pyarrow that is ``pyarrow.RecordBatchReader.from_stream(stream)``, with Polars
``polars.DataFrame(stream)``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import _fanfold
from ._convert import Converter, Sources, _sources


class Stream:
    """Record batches, made while they are read. It can be read once."""

    def __init__(self, chunks: _fanfold.Chunks) -> None:
        self._chunks = chunks

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self._chunks.columns

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._chunks.__arrow_c_stream__(requested_schema)


def chunks(
    sources: Sources,
    *,
    from_: str | None = None,
    threads: int | None = None,
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
    namespaces: Iterable[int] | None = (0,),
    batch_size: int = 4096,
    **options: Any,
) -> Stream:
    """The passages of many documents, ``batch_size`` rows in a batch, in the order of the sources.

    The columns are the fields of a :class:`fanfold.Passage` behind ``input``, the identifier in the run, and
    ``error``. A document that fails is a row with nothing but these two. The arguments are those of
    :func:`fanfold.batch`.
    """
    paths, documents = _sources(sources)
    return Stream(
        Converter(**options)._converter.arrow_chunks(
            paths, documents, from_, threads, list(include), list(exclude), list(namespaces or ()), batch_size
        )
    )
