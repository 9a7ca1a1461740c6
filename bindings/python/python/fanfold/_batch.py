"""A run over many documents."""

from __future__ import annotations

import json
from collections.abc import Iterator

from . import _fanfold
from ._document import Diagnostic, Document
from ._passage import Passage


class Batch:
    """A run over many documents, which goes on while it is iterated over; see :func:`fanfold.batch`.

    Leaving it ends it: by ``close()``, at the end of a ``with``, or when nobody has it any more.
    """

    def __init__(self, batch: _fanfold.Batch) -> None:
        self._batch = batch

    def __iter__(self) -> Iterator[Item]:
        return self

    def __next__(self) -> Item:
        return Item(next(self._batch))

    def __enter__(self) -> Batch:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the run. What is under way is let go."""
        self._batch.close()

    @property
    def done(self) -> int:
        """Documents that were converted, of those taken so far."""
        return self._batch.counts[0]

    @property
    def failed(self) -> int:
        """Documents that failed, of those taken so far."""
        return self._batch.counts[1]

    @property
    def redirects(self) -> int:
        """Pages of a dump that only lead to others; they are passed over."""
        return self._batch.counts[2]

    @property
    def skipped(self) -> int:
        """What was nothing to convert, such as pages of program code."""
        return self._batch.counts[3]

    @property
    def current(self) -> list[str]:
        """Documents under way."""
        return self._batch.current

    def __repr__(self) -> str:
        return f"<fanfold.Batch: {self.done} done, {self.failed} failed>"


class Item:
    """A document of a run."""

    def __init__(self, item: _fanfold.Item) -> None:
        self._item = item
        self._document: Document | None = None

    @property
    def id(self) -> str:
        """Its identifier, unique in the run: a path, or the source's name, ``#`` and its own there."""
        return self._item.id

    @property
    def title(self) -> str | None:
        """Its title."""
        return self._item.title

    @property
    def error(self) -> str | None:
        """Why it failed; ``None`` when it did not."""
        return self._item.error

    @property
    def outputs(self) -> dict[str, bytes]:
        """What was made of it, by format; empty when it failed."""
        return self._item.outputs

    @property
    def output(self) -> bytes:
        """What was made of it in the first format; empty when it failed."""
        return next(iter(self._item.outputs.values()), b"")

    def chunks(self) -> Iterator[Passage]:
        """Its passages, in a run to ``chunks``."""
        return map(json.loads, self.outputs.get("chunks", b"").splitlines())

    @property
    def document(self) -> Document | None:
        """The document itself; ``None`` when it could not be read."""
        if self._document is None:
            taken = self._item.take_document()
            self._document = None if taken is None else Document(taken)
        return self._document

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What there is to say about it."""
        return [Diagnostic(*said) for said in self._item.diagnostics]

    def __repr__(self) -> str:
        return f"<fanfold.Item {self.id!r}{': ' + self.error if self.error else ''}>"
