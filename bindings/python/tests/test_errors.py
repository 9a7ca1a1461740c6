"""What goes wrong says what and where, and the next document works."""

import os
import pathlib
import signal
import threading
import time

import fanfold
import pytest


def test_unknown_options_name_the_nearest() -> None:
    with pytest.raises(fanfold.OptionError, match="nearest is 'paper'") as raised:
        fanfold.convert(b"A", to="pdf", from_="markdown", papper="a5")
    assert raised.value.option == "papper"
    with pytest.raises(ValueError, match="options\\(\\) lists them"):
        fanfold.convert(b"A", to="pdf", from_="markdown", qqq=1)
    with pytest.raises(fanfold.OptionError, match="nearest is 'text'") as raised:
        fanfold.convert(b"A", to="texd", from_="markdown")
    assert raised.value.option == "to"
    with pytest.raises(fanfold.OptionError) as raised:
        fanfold.convert(b"A", to="text", from_="markdwon")
    assert raised.value.option == "from_"


@pytest.mark.parametrize(
    "option",
    [{"paper": "a99"}, {"toc": "yes"}, {"width": [60, 70]}, {"width": True}, {"lang": "english"}, {"deny": ["no-such"]}, {"css": "none.css"}],
    ids=str,
)
def test_values_that_an_option_does_not_take(option: dict) -> None:
    with pytest.raises(fanfold.OptionError) as raised:
        fanfold.convert(b"A", to="text", from_="markdown", **option)
    assert next(iter(option)) in str(raised.value) and "--" not in str(raised.value)


def test_a_document_that_is_none_names_file_and_place(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{\n "schema": "fanfold",\n "version": "0.2",\n "articles": 5\n}')
    with pytest.raises(fanfold.ConversionError) as raised:
        fanfold.read(path)
    error = raised.value
    assert (error.file, error.line, error.code) == (str(path), 4, "malformed")
    assert str(error).startswith(f"{path}:4:")
    assert fanfold.convert(b"# A", to="text", from_="markdown") == b"A\n=\n"


def test_what_is_denied_names_the_code_and_the_line() -> None:
    with pytest.raises(fanfold.ConversionError) as raised:
        fanfold.convert(b"# A\n\n\n![](a.png)\n", to="pdf", from_="markdown", deny=["image-unavailable"])
    assert (raised.value.code, raised.value.line) == ("image-unavailable", 4)


def test_bytes_that_are_no_document() -> None:
    with pytest.raises(fanfold.ConversionError) as raised:
        fanfold.read(b"%PDF-1.7\n%\xe2\xe3")
    assert raised.value.code == "foreign-format"
    with pytest.raises(fanfold.ConversionError) as raised:
        fanfold.convert(b"x" * 2000, to="text", from_="markdown", max_input_bytes=1000)
    assert raised.value.code == "limit" and "max_input_bytes" in (raised.value.help or "")


def test_files_that_cannot_be_read(tmp_path: pathlib.Path) -> None:
    with pytest.raises(FileNotFoundError) as raised:
        fanfold.read(tmp_path / "none.md")
    assert raised.value.filename == str(tmp_path / "none.md")
    with pytest.raises(OSError):
        fanfold.read(tmp_path)
    with pytest.raises(TypeError):
        fanfold.read(5)  # type: ignore[arg-type]


def test_what_a_callback_raises_is_raised() -> None:
    heard = []
    fanfold.convert(b"# A\n\n![](a.png)", to="text", from_="markdown", on_diagnostic=heard.append)
    assert {said.code for said in heard} >= {"image-unavailable"} and heard[0].file == "-"

    def fail(said: fanfold.Diagnostic) -> None:
        raise KeyError(said.code)

    with pytest.raises(KeyError):
        fanfold.convert(b"# A\n\n![](a.png)", to="text", from_="markdown", on_diagnostic=fail)
    assert fanfold.convert(b"# A", to="text", from_="markdown") == b"A\n=\n"


def test_an_interrupt_ends_a_conversion() -> None:
    text = b"# A\n\n" + b"*So* many `words` on a line, and a [link](https://a.org).\n\n" * 200_000
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        fanfold.convert(text, to="pdf", from_="markdown")
        time.sleep(5)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "unknown-input"),
        (bytes(range(256)) * 40, "malformed"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "malformed"),
        (b"PK\x03\x04" + bytes(200), "foreign-format"),
        (b"%PDF-1.7\n", "foreign-format"),
    ],
    ids=["nothing", "any bytes", "a program", "an archive", "a PDF"],
)
def test_bytes_of_no_format_are_named_and_the_next_document_works(source: bytes, code: str) -> None:
    for act in (lambda: fanfold.read(source), lambda: fanfold.convert(source, to="pdf"), lambda: list(fanfold.chunks(source))):
        with pytest.raises(fanfold.ConversionError) as raised:
            act()
        assert raised.value.code == code and raised.value.message
    assert fanfold.convert(b"# A", to="text", from_="markdown") == b"A\n=\n"


def test_a_hundred_megabytes_are_refused_at_once_and_the_next_document_works(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "large.md"
    with open(path, "wb") as out:
        for _ in range(100):
            out.write(b"Words, *words* and words.\n\n" * (1024 * 1024 // 27))
    # As many bytes as one document may have by itself.
    with pytest.raises(fanfold.ConversionError) as raised:
        fanfold.read(path)
    assert raised.value.code == "limit" and "max_input_bytes" in (raised.value.help or "")
    large, small = fanfold.batch([path, tmp_path / "none.md"]), (tmp_path / "small.md")
    assert [item.error is None for item in large] == [False, False]
    small.write_text("# A\n")
    assert [(item.title, item.error) for item in fanfold.batch([path, small], to="text")][1] == ("A", None)


def test_what_a_counter_of_tokens_raises_is_told() -> None:
    def fail(text: str) -> list[int]:
        raise KeyError("no such word")

    text = b"# A\n\nSome words.\n"
    with pytest.raises(fanfold.ConversionError, match="KeyError: 'no such word'"):
        fanfold.convert(text, to="chunks", from_="markdown", chunk_unit="tokens", chunk_tokenizer=fail)
    for starts in ([5, 1], [400], [-1], None, "ab"):
        with pytest.raises(fanfold.ConversionError):
            fanfold.convert(text, to="chunks", from_="markdown", chunk_unit="tokens", chunk_tokenizer=lambda _: starts)
    (item,) = fanfold.batch([("a.md", text)], to="chunks", chunk_unit="tokens", chunk_tokenizer=fail)
    assert item.error is not None and "no such word" in item.error
    with pytest.raises(fanfold.OptionError, match="chunk_unit"):
        fanfold.convert(text, to="chunks", chunk_tokenizer=fail)
    with pytest.raises(fanfold.OptionError, match="feature 'tokens'"):
        fanfold.convert(text, to="chunks", chunk_unit="tokens", chunk_tokenizer="tokenizer.json")
    assert fanfold.convert(b"# A", to="text", from_="markdown") == b"A\n=\n"
