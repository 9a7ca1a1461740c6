"""Record batches, as those who take them see them."""

import pathlib

import fanfold
import fanfold.arrow
import pytest
from test_batch import dump

pyarrow = pytest.importorskip("pyarrow")


def table(stream: fanfold.arrow.Stream):
    return pyarrow.RecordBatchReader.from_stream(stream).read_all()


def test_rows_are_the_lines_of_chunks(tmp_path: pathlib.Path) -> None:
    path = dump(tmp_path / "wiki.xml", 50)
    got = table(fanfold.arrow.chunks(path, batch_size=7))
    wanted = [(item.id, chunk) for item in fanfold.batch(path, to="chunks") for chunk in item.chunks()]
    assert got.num_rows == len(wanted)
    for row, (document, chunk) in zip(got.to_pylist(), wanted):
        assert row["input"] == document and row["error"] is None
        assert {name: row[name] for name in chunk} == chunk
    assert max(len(batch) for batch in got.to_batches()) == 7


def test_every_field_of_a_line_has_a_column() -> None:
    (chunk,) = fanfold.chunks(b"# A\n\nB\n", from_="markdown")
    stream = fanfold.arrow.chunks([("a.md", b"# A\n\nB\n")])
    assert list(chunk) == stream.columns[2:] == list(fanfold.Passage.__annotations__)
    (row,) = table(stream).to_pylist()
    assert {name: row[name] for name in chunk if name not in ("id", "document_id", "source")} == {
        name: value for name, value in chunk.items() if name not in ("id", "document_id", "source")
    }


def test_a_document_that_fails_is_a_row() -> None:
    rows = table(fanfold.arrow.chunks([("a.json", b"{"), ("b.md", b"# B\n\nC\n")])).to_pylist()
    assert [(row["input"], row["error"] is None, row["text"]) for row in rows] == [("a.json", False, None), ("b.md", True, "C")]


def test_a_stream_is_taken_once() -> None:
    stream = fanfold.arrow.chunks([("a.md", b"# A\n\nB\n")])
    assert table(stream).num_rows == 1
    with pytest.raises(ValueError, match="taken already"):
        table(stream)


def test_nothing_gives_no_rows(tmp_path: pathlib.Path) -> None:
    got = table(fanfold.arrow.chunks(tmp_path))
    assert (got.num_rows, got.column_names[:2]) == (0, ["input", "error"])


def test_polars_takes_it() -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(fanfold.arrow.chunks([("a.md", b"# A\n\nB\n")]))
    assert frame["text"].to_list() == ["B"]
