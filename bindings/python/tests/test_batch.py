"""Many documents."""

import bz2
import json
import pathlib
import re

import fanfold
import fanfold.arrow
import pytest


def dump(path: pathlib.Path, number: int) -> pathlib.Path:
    """A wiki's export with so many articles, each with a redirect to it."""
    page = "<page><title>{}</title><ns>0</ns><id>{}</id>{}<revision><id>1</id><text>{}</text></revision></page>\n"
    with open(path, "w") as out:
        out.write("<mediawiki>\n")
        for i in range(number):
            text = f"'''Article {i}''' is one of many.\n\n== Section ==\n\n* a\n* b\n"
            out.write(page.format(f"Article {i}", 2 * i + 1, "", text))
            out.write(page.format(f"A{i}", 2 * i + 2, f'<redirect title="Article {i}" />', f"#REDIRECT [[Article {i}]]"))
        out.write("</mediawiki>\n")
    return path


def test_a_dump_is_iterated_over_in_order(tmp_path: pathlib.Path) -> None:
    path = dump(tmp_path / "wiki.xml", 200)
    run = fanfold.batch(path, to=["text", "chunks"], threads=4, chunk_min=1)
    items = list(run)
    assert [item.title for item in items] == [f"Article {i}" for i in range(200)]
    assert (run.done, run.failed, run.redirects) == (200, 0, 200)
    assert items[7].outputs["text"].startswith(b"Article 7\n") and items[7].output == items[7].outputs["text"]
    assert next(items[7].chunks())["text"] == "Article 7 is one of many."
    assert items[7].document is not None and len(items[7].document.outline) == 2
    assert next(run, None) is None
    packed = tmp_path / "packed.xml.bz2"
    packed.write_bytes(bz2.compress(path.read_bytes()))
    assert [item.output for item in fanfold.batch(packed, to="text")] == [item.output for item in items]


def test_a_folder_and_what_fails_in_it(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    (tmp_path / "b.json").write_text("{")
    (tmp_path / "c.md").write_text("# C\n")
    items = list(fanfold.batch(tmp_path, to="text"))
    assert [(pathlib.Path(item.id).name, item.error is None) for item in items] == [("a.md", True), ("b.json", False), ("c.md", True)]
    assert items[1].outputs == {} and items[1].document is None and "JSON" in items[1].error
    assert [item.title for item in fanfold.batch(tmp_path, include=["*.md"], exclude=["c*"])] == ["A"]
    (item,) = fanfold.batch(tmp_path / "none")
    assert item.error is not None


def test_a_run_that_is_left_ends(tmp_path: pathlib.Path) -> None:
    path = dump(tmp_path / "wiki.xml", 5000)
    with fanfold.batch(path, to="text") as run:
        assert next(run).title == "Article 0"
    assert next(run, None) is None
    for item in fanfold.batch(path, to="text"):
        break
    assert item.title == "Article 0"


def test_options_are_looked_at_before_the_run() -> None:
    with pytest.raises(fanfold.OptionError):
        fanfold.batch("x.md", to="texd")
    with pytest.raises(TypeError):
        fanfold.batch(["a.md", ("b.md", b"")])


def test_threads_make_what_one_makes() -> None:
    from concurrent.futures import ThreadPoolExecutor

    sources = [f"# Article {i}\n\nWords, *words* and words.\n".encode() for i in range(64)]
    one = [fanfold.convert(source, to="pdf", from_="markdown", no_system_fonts=True) for source in sources]
    with ThreadPoolExecutor(8) as pool:
        many = pool.map(lambda s: fanfold.convert(s, to="pdf", from_="markdown", no_system_fonts=True), sources)
        assert list(many) == one


def test_chunks_are_those_of_the_format(article: pathlib.Path) -> None:
    lines = fanfold.convert(article, to="chunks").decode().splitlines()
    assert list(fanfold.chunks(article)) == [json.loads(line) for line in lines]


def tokens(text: str) -> list[int]:
    """Where runs of up to four letters start."""
    return [match.start() for match in re.finditer(r"\S{1,4}", text)]


def test_a_function_counts_tokens(tmp_path: pathlib.Path) -> None:
    text = "# Katze \U0001f431\n\n" + "Über *Katzen* \U0001f431 und Mäuse wird viel geschrieben. " * 40
    options = dict(chunk_unit="tokens", chunk_tokenizer=tokens, chunk_size=30)
    passages = list(fanfold.chunks(text.encode(), from_="markdown", **options))
    assert len(passages) > 10
    assert all(15 < len(tokens(passage["text"])) <= 30 for passage in passages[:-1])
    assert all(passage["text"].endswith(".") for passage in passages)
    # On threads, and in batches of records, for which the reader may hold the interpreter's lock.
    sources = [(f"{i}.md", text) for i in range(20)]
    items = list(fanfold.batch(sources, to="chunks", threads=4, **options))
    assert all([chunk["text"] for chunk in item.chunks()] == [p["text"] for p in passages] for item in items)
    pyarrow = pytest.importorskip("pyarrow")
    stream = fanfold.arrow.chunks(sources, threads=4, **options)
    assert pyarrow.RecordBatchReader.from_stream(stream).read_all().num_rows == 20 * len(passages)
    polars = pytest.importorskip("polars")
    assert len(polars.DataFrame(fanfold.arrow.chunks(sources, threads=4, **options))) == 20 * len(passages)
