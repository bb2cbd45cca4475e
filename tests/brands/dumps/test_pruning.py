"""Old dumps are taken away, and nothing else is."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from brands.dumps.files import dumps_in
from brands.dumps.pruning import prune
from brands.dumps.writing import write_dump
from tests.brands.dumps.conftest import NOON
from tests.brands.factories import catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def four(tmp_path: Path) -> list[str]:
    """The names of four dumps, the newest first."""
    catalogue()
    written = [write_dump(tmp_path, NOON + timedelta(days=day)).folder.name for day in range(4)]
    return written[::-1]


def left(directory: Path) -> list[str]:
    return sorted((path.name for path in directory.iterdir()), reverse=True)


def test_the_newest_stay(four: list[str], tmp_path: Path) -> None:
    assert list(prune(tmp_path, 3)) == [(four[3], "")]
    assert left(tmp_path) == four[:3]
    assert list(prune(tmp_path, 3)) == []
    assert [name for name, _foreign in prune(tmp_path, 0)] == four[1:3], "the newest is never taken away"
    assert [dump.name for dump in dumps_in(tmp_path)] == four[:1]


def test_what_is_no_file_of_a_dump_is_left_with_its_folder(four: list[str], tmp_path: Path) -> None:
    (tmp_path / four[2] / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / four[3] / "brands.csv").unlink()
    (tmp_path / four[3] / "brands.csv").mkdir()
    others = [
        tmp_path / name for name in ("2020-01-01T000000Z", "2020-01-02T000000Z.bak", ".2020-01-03T000000Z.partial")
    ]
    for folder in others:
        folder.mkdir()
        (folder / "brands.csv").write_text("mine", encoding="utf-8")
    (tmp_path / "2020-01-04T000000Z").symlink_to(tmp_path / four[0])
    (tmp_path / "SHA256SUMS").write_text("mine", encoding="utf-8")
    before = left(tmp_path)
    assert list(prune(tmp_path, 1)) == [(four[1], ""), (four[2], "notes.txt"), (four[3], "brands.csv")]
    assert left(tmp_path) == [name for name in before if name != four[1]]
    assert (tmp_path / four[2] / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / four[2] / "brands.csv").is_file()


def test_the_command_and_the_page(
    four: list[str], tmp_path: Path, client: Client, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DUMPS_DIRECTORY = tmp_path
    assert four[3] in client.get("/data/").content.decode()
    call_command("dump", keep=2)
    told = capsys.readouterr().out
    newest = next(dumps_in(tmp_path)).name
    assert left(tmp_path) == [newest, four[0]]
    assert [line for line in told.splitlines() if "taken away" in line] == [f"taken away: {name}" for name in four[1:]]
    page = client.get("/data/").content.decode()
    assert newest in page
    assert four[0] in page
    assert all(name not in page for name in four[1:])
    assert client.get(f"/data/dumps/{four[1]}/brands.csv").status_code == 404
    assert client.get(f"/data/dumps/{four[0]}/brands.csv").status_code == 200


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "１"])
def test_what_is_no_number_of_dumps(tmp_path: Path, number: str) -> None:
    with pytest.raises(CommandError, match="--keep"):
        call_command("dump", str(tmp_path), f"--keep={number}")
    assert left(tmp_path) == []
