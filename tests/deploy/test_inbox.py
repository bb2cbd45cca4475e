"""The inbox's script with real files, on a prepared release."""

import subprocess
from pathlib import Path

import pytest

from tests.variables import ROOT

SAMPLES = ROOT / "ingest" / "samples"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def page() -> bytes:
    return min(SAMPLES.glob("*.txt")).read_bytes()


def work(inbox: Path, release: dict[str, str], **more: str) -> str:
    """One round of the script; what it said on standard error."""
    environment = release | {"INBOX": str(inbox), "INGEST_ONCE": "1", "INGEST_SETTLED": "0", **more}
    done = subprocess.run(
        ["deploy/inbox.sh"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    print(done.stdout, done.stderr)  # pytest shows it when a test fails
    return done.stderr


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_files_go_where_they_belong(inbox: Path, release: dict[str, str]) -> None:
    (inbox / "good page.txt").write_bytes(page())
    (inbox / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (inbox / ".half-copied").write_text("…", encoding="utf-8")
    work(inbox, release)
    assert names(inbox) == [".half-copied", "done", "rejected"]
    assert names(inbox / "done") == ["good page.txt"]
    assert names(inbox / "rejected") == ["picture.txt"]


def test_a_second_file_of_the_same_name_loses_neither(inbox: Path, release: dict[str, str]) -> None:
    (inbox / "done").mkdir()
    (inbox / "done" / "page.txt").write_text("taken before", encoding="utf-8")
    (inbox / "page.txt").write_bytes(page())
    work(inbox, release)
    assert names(inbox / "done") == ["page.txt", "page.txt.~1~"]
    assert (inbox / "done" / "page.txt.~1~").read_text(encoding="utf-8") == "taken before"


def test_a_file_that_is_still_being_written_waits(inbox: Path, release: dict[str, str]) -> None:
    (inbox / "page.txt").write_bytes(page())
    work(inbox, release, INGEST_SETTLED="3600")
    assert names(inbox) == ["done", "page.txt", "rejected"]


def test_without_the_database_files_stay(inbox: Path, release: dict[str, str]) -> None:
    (inbox / "page.txt").write_bytes(page())
    said = work(inbox, release, DATABASE_URL="postgres://nobody@127.0.0.1:9/none")
    assert "the database is not ready" in said
    assert names(inbox) == ["done", "page.txt", "rejected"]
