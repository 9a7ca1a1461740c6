"""What goes wrong."""

from __future__ import annotations


class Error(Exception):
    """What goes wrong in fanfold. Files that can't be read are an ``OSError``, as everywhere."""


class OptionError(Error, ValueError):
    """An option that there is not, or a value that it does not take.

    >>> import fanfold
    >>> fanfold.convert(b"A cat.", to="text", from_="article", widht=60)
    Traceback (most recent call last):
    fanfold._errors.OptionError: widht: there is no such option; the nearest is 'width'
    """

    option: str
    """Its name; empty where it is about several."""
    message: str

    def __init__(self, option: str, message: str) -> None:
        super().__init__(option, message)
        self.option = option
        self.message = message

    def __str__(self) -> str:
        return f"{self.option}: {self.message}" if self.option else self.message


class ConversionError(Error):
    """A document that can't be converted.

    >>> import fanfold
    >>> try:
    ...     fanfold.read(b'{"schema": "fanfold"}', from_="json")
    ... except fanfold.ConversionError as error:
    ...     print(error.file, error.code)
    - malformed
    """

    file: str
    """The path as it was given; ``-`` for bytes."""
    line: int | None
    """The line, from 1, where it is about a place."""
    column: int | None
    """The character in the line, from 1."""
    code: str
    """What it is: the code of a diagnostic that is denied, or ``malformed``, ``foreign-format``,
    ``other-format``, ``unknown-input``, ``limit``, ``time``, ``loss``, ``stopped``, ``panic``, ``io``
    or ``writer``."""
    message: str
    help: str | None
    """What to do about it."""

    def __init__(
        self,
        file: str,
        line: int | None,
        column: int | None,
        code: str,
        message: str,
        help: str | None = None,
    ) -> None:
        super().__init__(file, line, column, code, message, help)
        self.file = file
        self.line = line
        self.column = column
        self.code = code
        self.message = message
        self.help = help

    def __str__(self) -> str:
        place = "" if self.line is None else f":{self.line}:{self.column}"
        help = f" ({self.help})" if self.help else ""
        return f"{self.file}{place}: error[{self.code}]: {self.message}{help}"
