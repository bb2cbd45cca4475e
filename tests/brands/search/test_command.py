"""`manage.py search`: what the page shows, on the command line."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from brands.management.commands import search
from brands.management.commands.search import LIMIT, LONGEST_LINE, MOST
from brands.search.hits import answer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(catalogued: None, db: None) -> None:
    """The small catalogue, of which search knows."""


def told(*arguments: str) -> str:
    output = io.StringIO()
    call_command("search", *arguments, stdout=output)
    return output.getvalue()


def asked(*lines: bytes, folder: Path, options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    (folder / "queries.txt").write_bytes(b"\n".join(lines))
    return [json.loads(line) for line in told("--file", str(folder / "queries.txt"), *options).splitlines()]


def test_an_object_says_what_the_page_shows() -> None:
    (line,) = told("吕梁护工", "--json").splitlines()
    found = json.loads(line)
    shown = answer("吕梁护工", limit=LIMIT)
    assert found["query"] == "吕梁护工"
    assert [(hit["type"], hit["id"], hit["name"]) for hit in found["hits"]] == [
        (hit.type, hit.id, hit.name) for hit in shown.hits
    ]
    first = found["hits"][0]
    assert first.items() >= {"type": "brand", "name": "吕梁山护工", "why": "别名", "field": "alias"}.items()
    assert first["snippet"] == "吕梁护工"
    assert first["snippet_marks"] == [[0, 4]]
    assert first["url"].startswith("/brands/")
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_an_object_says_what_was_made_of_the_query() -> None:
    assert json.loads(told("llshg", "--json"))["hits"][0]["why"] == "拼音"
    corrected = json.loads(told("吕良山护工", "--json"))
    assert corrected["corrected"] == "吕梁山护工"
    assert corrected["hits"][0]["why"] == "近音"
    filters = json.loads(told("山西 护工", "--json"))["filters"]
    assert {"text": "山西", "filter": "region", "value": "140000"} in filters
    assert json.loads(told("山西 护工", "--json", "--exact"))["filters"] == []


def test_a_table_for_people() -> None:
    lines = told("吕梁护工", "--limit", "2").splitlines()
    assert len(lines) == 2
    assert lines[0].split()[:3] == ["劳务品牌", "吕梁山护工", "别名"]
    assert told("吕良山护工").splitlines()[0] == "没有找到“吕良山护工”，以下是“吕梁山护工”："
    assert told("天文台").splitlines() == ["没有找到“天文台”"]


def test_a_question_is_answered_in_both_forms() -> None:
    found = json.loads(told("哪里有护工", "--json"))
    assert found["lead"]["wants"] == "places"
    assert found["lead"]["provinces"] == {"山西": 1}
    assert told("哪里有护工").splitlines()[0] == "山西 1"
    elsewhere = json.loads(told("潜江的护工", "--json"))
    assert [hit["name"] for hit in elsewhere["elsewhere"]] == ["吕梁山护工"]
    assert elsewhere["left_out"] == ["潜江"]
    assert "其他地区（没有收录“潜江”的）：" in told("潜江的护工").splitlines()
    assert told("吕梁山护工有多少人").splitlines()[0].startswith("吕梁山护工：")


@pytest.mark.parametrize("limit", [1, 3])
def test_hits_are_as_many_as_asked_for(limit: int) -> None:
    assert len(json.loads(told("护工", "--json", "--limit", str(limit)))["hits"]) == limit


def test_a_file_is_answered_line_by_line(tmp_path: Path) -> None:
    found = asked("\ufeff吕梁山护工\r".encode(), b"", b"llshg ", "天文台".encode(), folder=tmp_path)
    assert [line["query"] for line in found] == ["吕梁山护工", "", "llshg ", "天文台"]
    assert [line["hits"][0]["name"] if line["hits"] else "" for line in found] == ["吕梁山护工", "", "吕梁山护工", ""]


def test_a_bad_line_costs_itself_alone(tmp_path: Path) -> None:
    lines = [b"\xff\xfe", "字".encode() * 101, "字".encode() * LONGEST_LINE, "梁".encode()[:2] * 40_000, b"\x00llshg"]
    found = asked(*lines, "吕梁山护工".encode(), folder=tmp_path)
    assert len(found) == len(lines) + 1
    errors = [line.get("error", "") for line in found]
    assert errors[0] == "line 1: not UTF-8 from byte 0 on"
    assert [error.split(":")[0] for error in errors] == ["line 1", "line 2", "line 3", "line 4", "", ""]
    assert all(line["hits"] == [] and len(line["query"]) <= MOST for line in found[:4])
    assert found[4]["hits"][0]["name"] == found[5]["hits"][0]["name"] == "吕梁山护工"


def test_standard_input_is_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("llshg\n吕梁".encode())))
    assert [json.loads(line)["query"] for line in told("--file", "-", "--limit", "1").splitlines()] == ["llshg", "吕梁"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "either a query or --file"),
        (["吕梁", "--file", "x"], "either a query or --file"),
        (["--file", "/nowhere/queries"], "/nowhere/queries: No such file"),
        (["--file", "/"], "/: Is a directory"),
        (["字" * 101], "搜索词过长"),
        (["\udcff"], "not UTF-8"),
        (["吕梁", "--limit", "0"], f"from 1 to {MOST}"),
        (["吕梁", "--limit", str(MOST + 1)], f"from 1 to {MOST}"),
        (["吕梁", "--limit", "9" * 5000], f"from 1 to {MOST}"),
        (["吕梁", "--limit", "²"], f"from 1 to {MOST}"),
    ],
)
def test_what_cannot_be_asked_is_said(arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        told(*arguments)


def test_a_database_that_fails_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(search, "answer", fail)
    with pytest.raises(CommandError, match="The database failed: disk I/O error"):
        told("吕梁")


def test_a_reader_that_goes_away_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: Any, **__: Any) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(search.Command, "_answer_one", gone)
    monkeypatch.setattr("os.dup2", lambda *_: None)
    with pytest.raises(SystemExit) as ended:
        told("吕梁")
    assert ended.value.code == search.CLOSED_PIPE
