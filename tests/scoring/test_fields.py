"""The score of brands' fields: what counts as right, wrong and missed."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.scoring import fields
from tests.scoring.fields import Counted, count_fields, is_same
from tests.scoring.runs import GoldSet


def norm(text: str) -> str:
    return text.strip().lower()


class Module(SimpleNamespace):
    """As much of the corpus's score.py as is asked for: brands pair by name."""

    norm = staticmethod(norm)

    @staticmethod
    def same_brand(one: dict[str, Any], other: dict[str, Any]) -> bool:
        return bool(one["name"] == other["name"])

    @staticmethod
    def match(gold: list[Any], found: list[Any], same: Any) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
        return [(one, other) for one in gold for other in found if same(one, other)], [], []


@pytest.fixture
def scored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Counts the fields of brands as a gold file and an extraction have them."""

    def score(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[str, Counted]:
        (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
        (tmp_path / "a.json").write_text(json.dumps({"file": "a.txt", "brands": gold}), encoding="utf-8")
        facts = {"brands": [{"details": []} | brand for brand in found]}
        monkeypatch.setattr(fields, "extracted", lambda _path: facts)
        return count_fields(GoldSet("", (tmp_path / "a.json",), (tmp_path,)), Module())[0]  # type: ignore[arg-type]

    return score


def told(counted: Counted) -> tuple[int, int, int]:
    return counted.right, counted.wrong, counted.missed


def test_a_level_that_should_be_empty_costs_precision(scored: Any) -> None:
    counts = scored(
        [{"name": "甲"}, {"name": "乙", "level": "county"}], [{"name": "甲", "level": "national"}, {"name": "乙"}]
    )
    assert told(counts["level"]) == (0, 1, 1)
    assert counts["level"].precision == counts["level"].recall == 0


def test_a_field_that_the_file_is_silent_on_costs_nothing(scored: Any) -> None:
    assert told(scored([{"name": "甲"}], [{"name": "甲", "recognised_year": 2021}])["recognised_year"]) == (0, 0, 0)
    gold = [{"name": "甲"}, {"name": "乙", "recognised_year": 2020}]
    found = [{"name": "甲", "recognised_year": 2021}, {"name": "乙", "recognised_year": 2020}]
    assert told(scored(gold, found)["recognised_year"]) == (1, 1, 0)


def test_optional_brands_cost_nothing(scored: Any) -> None:
    assert told(scored([{"name": "甲", "optional": True}], [{"name": "甲", "level": "county"}])["level"]) == (0, 0, 0)


def test_each_of_several_destinations_counts(scored: Any) -> None:
    details = [
        {"kind": "destination", "region": "110000", "value": "京"},
        {"kind": "destination", "region": "", "value": "日本"},
        {"kind": "trade", "region": "", "value": "育婴"},
    ]
    gold = [{"name": "甲", "destinations": ["110000", "120000", "日本"]}]
    assert told(scored(gold, [{"name": "甲", "details": details}])["destinations"]) == (2, 0, 1)


@pytest.mark.parametrize(
    ("field", "one", "other", "same"),
    [
        ("organisation", "某市巧手家政公司", "巧手家政公司", True),
        ("organisation", "市妇联", "县妇联", False),
        ("batch", "第一批", "第十一批", False),
        ("destinations", "110000", "1100", False),
        ("level", "county", "country", False),
    ],
)
def test_words_are_the_same_where_one_holds_the_other_and_codes_to_the_letter(
    field: str, one: str, other: str, same: bool
) -> None:
    assert is_same(field, one, other, norm) is same
