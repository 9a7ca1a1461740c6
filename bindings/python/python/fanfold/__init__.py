"""Articles to PDF, EPUB, text, JSON and passages, in one process and without any other program.

>>> import fanfold
>>> source = b"= Cat =\\n\\nA small animal.\\n\\n== Food ==\\n\\n- mice\\n"
>>> fanfold.convert(source, to="pdf", from_="article")[:5]
b'%PDF-'
>>> document = fanfold.read(source, from_="article")
>>> document.title
'Cat'
>>> [heading.title for heading in document.outline]
['Cat', 'Food']
>>> [chunk["text"] for chunk in fanfold.chunks(source, from_="article", chunk_min=1)]
['A small animal.', 'Food\\n\\n- mice']

A source is a path (``str`` or ``os.PathLike``) or ``bytes``. A file's extension tells its format unless
``from_`` does, then its content. Images are found beside a file, and in the folders that
``resource_path`` names.

Options are those of ``fanfold convert --help`` by their names with underscores: ``paper="a5"``,
``toc=True``, ``deny=["no-alt"]``. :func:`options` lists them. A ``fanfold.toml`` is not read.

All of it may be called from many threads: the interpreter's lock is not held while a document is
converted.
"""

from __future__ import annotations

from ._errors import ConversionError, Error, OptionError
from ._fanfold import __version__
from ._fanfold import names as options
from ._batch import Batch, Item
from ._convert import Converter, batch, chunks, convert, read
from ._document import Article, Diagnostic, Document, Heading as OutlineItem, Image, Loss
from ._model import (
    Aside,
    Block,
    Code,
    Definitions,
    Figure,
    Heading,
    Infobox,
    Inline,
    List,
    Math,
    Notes,
    Paragraph,
    Quote,
    Rule,
    Table,
    Unresolved,
)
from ._passage import Passage

__all__ = [
    "Article",
    "Aside",
    "Batch",
    "Block",
    "Code",
    "ConversionError",
    "Converter",
    "Definitions",
    "Diagnostic",
    "Document",
    "Error",
    "Figure",
    "Heading",
    "Image",
    "Infobox",
    "Inline",
    "Item",
    "List",
    "Loss",
    "Math",
    "Notes",
    "OptionError",
    "OutlineItem",
    "Paragraph",
    "Passage",
    "Quote",
    "Rule",
    "Table",
    "Unresolved",
    "__version__",
    "batch",
    "chunks",
    "convert",
    "options",
    "read",
]
