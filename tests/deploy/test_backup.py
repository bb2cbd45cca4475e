"""The script that backs up each night, on a prepared release."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.variables import ROOT


@pytest.fixture
def environment(release: dict[str, str], tmp_path: Path) -> dict[str, str]:
    return release | {"BACKUPS": str(tmp_path), "BACKUP_ONCE": "1", "BACKUPS_KEPT": "2"}


def run(environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["deploy/backup.sh"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def test_the_newest_backups_stay_and_nothing_else_goes(environment: dict[str, str], tmp_path: Path) -> None:
    for name in ("laobrand-20200101T000000Z.backup", "laobrand-20200102T000000Z.backup", "before-upgrade.backup"):
        (tmp_path / name).touch()
    done = run(environment)
    assert done.returncode == 0, done.stderr
    found = sorted(path.name for path in tmp_path.iterdir())
    assert len(found) == 3
    assert found[:2] == ["before-upgrade.backup", "laobrand-20200102T000000Z.backup"]
    assert (tmp_path / found[2]).stat().st_size > 10_000


def test_a_failure_takes_no_backup_away(environment: dict[str, str], tmp_path: Path) -> None:
    for day in range(1, 5):
        (tmp_path / f"laobrand-2020010{day}T000000Z.backup").touch()
    broken = environment | {"DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"}
    done = run(broken)
    assert done.returncode != 0
    assert "the older ones stay" in done.stderr
    assert len(os.listdir(tmp_path)) == 4
