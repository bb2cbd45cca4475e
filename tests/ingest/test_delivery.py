"""Which files paths lead to, and what of them is read."""

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from ingest.files import Delivery, deliver, list_files
from ingest.read import MAX_BYTES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a/2.txt", "a/1.TXT", "c.pdf", "a/notes.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    (tmp_path / "empty").mkdir()
    return tmp_path


def test_folders_are_walked_in_the_order_of_names(folder: Path) -> None:
    listing = list_files([str(folder)])
    assert [Path(entry).relative_to(folder).as_posix() for entry in listing.entries] == ["b.txt", "a/1.TXT", "a/2.txt"]
    assert listing.passed_over == 2


def test_what_is_named_is_read_whatever_its_ending(folder: Path) -> None:
    entries = [str(folder / "c.pdf"), str(folder / "b.txt")]
    assert [(d.name, d.data) for d in deliver(list_files(entries).entries)] == [
        ("c.pdf", b"c.pdf"),
        ("b.txt", b"b.txt"),
    ]


def test_what_cannot_be_read_says_why(folder: Path) -> None:
    entries = list_files([str(folder / "gone.txt"), str(folder / "empty"), str(folder / "b.txt" / "x")]).entries
    assert [(Path(d.label).name, d.failure) for d in deliver(entries)] == [
        ("gone.txt", "no such file or folder"),
        ("empty", "no *.txt file in this folder"),
        ("x", "cannot be read: Not a directory"),
    ]


def test_a_name_of_other_bytes_than_utf8_is_made_printable(tmp_path: Path) -> None:
    path = tmp_path / "报\udcff.txt"
    try:
        path.write_text("x")
    except OSError:
        pytest.skip("the file system takes UTF-8 names alone")
    assert next(deliver([str(path)])).name == "报\ufffd.txt"


def test_standard_input_has_the_name_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"text")))
    assert list(deliver(["-"], stdin_name="稿.txt")) == [Delivery("稿.txt", "稿.txt", b"text")]


def test_no_more_is_read_than_shows_that_a_file_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * (MAX_BYTES + 1000))
    assert len(next(deliver([str(path)])).data) == MAX_BYTES + 1


def test_a_closed_standard_input_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    (delivery,) = deliver(["-"])
    assert (delivery.label, delivery.failure) == ("-", "standard input is closed")
