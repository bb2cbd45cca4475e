"""A database that the first version made (git commit cd1a3d7) is migrated, and answers as it did.

It holds three provinces' divisions, two sample articles, an edit of 天镇保姆 (change set 3), a merge of 清徐醋工 into
并州工匠 (4), an open review, a held article and somebody with permissions of their own.
"""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.needs import missing
from tests.run import address, refusal, server
from tests.variables import ROOT, variables

HERE = Path(__file__).parent
EXPECTED = {
    "unread": ["/statistics/16/", "/articles/2/", "/articles/3/"],  # a figure that waits, articles on other things
    "pages": True,
    "staff": [200, 200, 200, 200],
    "change_sets": [
        ["regions", "", ""],
        ["ingest", "ingest/samples/02_tianzhen_baomu.txt ingest/samples/104_shanxi_bingzhou.txt", ""],
        ["edit", "旧版改级别", "old-reviewer"],
        ["merge", "旧版合并", "old-reviewer"],
        ["review", "", "old-reviewer"],
    ],
    "changes": [302, 95, 1, 9, 0],
    "held": [1, 1, 2],
    "may": True,
    "audit log": [],
    "all sealed": True,
    "audit log after": [],
    "history": 2,
    "history page": [True, True, True],
    "kept of 4": 0,
    "kept of 3": 0,
}


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a copy of the old database."""
    if request.param == "sqlite":
        file = tmp_path / "old.sqlite3"
        file.write_bytes(gzip.decompress((HERE / "first_version.sqlite3.gz").read_bytes()))
        yield f"sqlite:///{file}"
        return
    reason = refusal(server())
    if reason is not None:
        missing("postgres", reason)
    name = f"upgrade_laobrand_{os.getpid()}"
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
        url = address(name)
        with psycopg.connect(url, autocommit=True) as own:
            own.execute(gzip.decompress((HERE / "first_version.sql.gz").read_bytes()))
        yield url
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_the_first_version_s_database_answers_as_it_did(database: str) -> None:
    run(database, "manage.py", "migrate", "--verbosity", "0")
    told = json.loads(run(database, "-m", "tests.upgrade.questions").splitlines()[-1])
    before, after = dict(told.pop("before")), dict(told.pop("after"))
    assert told.pop("base entries") >= 0
    assert told == EXPECTED
    assert before["天镇保姆"] == "county"
    assert "清徐醋工" not in before
    assert after == before | {"天镇保姆": "", "清徐醋工": ""}


def run(database: str, *command: str) -> str:
    """What the command prints, which must succeed, on this database and with no other setting."""
    environment = {name: value for name, value in os.environ.items() if name not in variables()}
    environment |= {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "laobrand.settings"}
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
