"""What the package makes is what the program makes, to the byte."""

import pathlib
import subprocess
import sysconfig

import fanfold
import pytest
from conftest import GOLDEN

FORMATS = ["article", "chunks", "epub", "flat", "html", "json", "layout", "markdown", "pandoc", "pdf", "text"]


@pytest.mark.parametrize("source", GOLDEN, ids=lambda path: path.parent.name)
def test_every_golden_case(source: pathlib.Path, program: pathlib.Path) -> None:
    converter = fanfold.Converter(no_system_fonts=True, allow=["missing-glyphs"])
    for to in FORMATS:
        command = [program, "convert", source, "-q", "--no-config", "--no-system-fonts", "--allow", "missing-glyphs", "-t", to, "-o", "-"]
        made = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
        assert converter.convert(source, to=to) == made, to


@pytest.mark.parametrize("to", ["epub", "json", "pdf", "text"])
def test_a_document_writes_what_its_source_becomes(to: str) -> None:
    source = next(path for path in GOLDEN if path.parent.name == "showcase")
    converter = fanfold.Converter(no_system_fonts=True, allow=["missing-glyphs"])
    assert converter.read(source).write(to) == converter.convert(source, to=to)


def test_options_mean_what_they_mean_to_the_program(
    article: pathlib.Path, program: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    arguments = ["--paper", "a5", "--toc", "--author", "A", "--author", "B", "--base-size", "11pt", "--no-system-fonts"]
    options = dict(paper="a5", toc=True, author=["A", "B"], base_size="11pt", no_system_fonts=True)
    for to in ("pdf", "epub"):
        made = subprocess.run(
            [program, "convert", article, "-q", "-t", to, *arguments], check=True, stdout=subprocess.PIPE, cwd=article.parent
        )
        assert fanfold.convert(article, to=to, **options) == made.stdout
    first = fanfold.convert(article, to="epub", **options)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "172800")
    assert fanfold.convert(article, to="epub", **options) != first


def test_the_program_comes_with_it(article: pathlib.Path, tmp_path: pathlib.Path) -> None:
    program = pathlib.Path(sysconfig.get_path("scripts")) / "fanfold"
    ran = subprocess.run([program, article, "-t", "text"], stdout=subprocess.PIPE, cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (0, fanfold.convert(article, to="text"))
    ran = subprocess.run([program, "convert", "none.txt", "-t", "text"], stderr=subprocess.PIPE, cwd=tmp_path)
    assert ran.returncode == 1 and b"no such file" in ran.stderr
    ran = subprocess.run([program, "convert", article, "--widht", "3"], stderr=subprocess.PIPE, cwd=tmp_path)
    assert ran.returncode == 2 and b"--width" in ran.stderr
    ran = subprocess.run([program, "--version"], stdout=subprocess.PIPE, check=True)
    assert ran.stdout.decode() == f"fanfold {fanfold.__version__}\n"
