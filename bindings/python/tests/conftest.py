"""Where the program and the golden cases are."""

import os
import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
GOLDEN = sorted(next(case.glob("input.*")) for case in (ROOT / "tests/golden").iterdir() if case.is_dir())


@pytest.fixture(scope="session")
def program() -> pathlib.Path:
    """The program that outputs are compared with."""
    return pathlib.Path(os.environ.get("FANFOLD", ROOT / "target/debug/fanfold"))


@pytest.fixture
def article(tmp_path: pathlib.Path) -> pathlib.Path:
    path = tmp_path / "cat.txt"
    path.write_text("= Cat =\n\nFacts\n- Legs: 4\n\nA small animal.\n\n==Food==\n\n- mice\n")
    return path
