"""Faults by cause: what a page's misses and false figures are put down to, and what a mended cause would bring."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.needs import thorough
from tests.scoring import causes
from tests.scoring.causes import Fault, Tally, counted, mended, of_programs, of_statistics, pages_of
from tests.scoring.runs import ROOT, GoldSet

TEXT = "“云上焊工”走四方\n\n云南劳务品牌“云上焊工”带动就业2万人，培训300人，年产值5亿元。全省有7000家门店。\n"
BRAND, REGION = {"type": "brand", "name": "云上焊工"}, {"type": "region", "code": "530000"}


def figure(value: int, metric: str, subject: dict[str, str] = BRAND, **said: Any) -> dict[str, Any]:
    return {
        "subject": subject,
        "metric": metric,
        "value": value,
        "qualifier": "exact",
        "unit": "人",
        "scope": "total",
        "stated": {20000: "2万人", 300: "300人", 500000000: "5亿元", 7000: "7000家", 9: "走四方"}[value],
    } | said


@pytest.fixture
def page(tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A page of the gold and the extraction that are given."""

    def made(
        gold: list[dict[str, Any]], found: list[dict[str, Any]], wanted: Sequence[str] = (), named: Sequence[str] = ()
    ) -> causes.Page:
        (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
        article = {"title": "“云上焊工”走四方", "relevant": True, "spans": [[0, len(TEXT)]]}
        shared = {"articles": [article], "brands": [{"name": "云上焊工", "region": "530000"}]}
        whole = {"file": "a.txt", "statistics": gold, "programs": [{"name": name} for name in wanted]} | shared
        (tmp_path / "a.json").write_text(json.dumps(whole), encoding="utf-8")
        extraction = {"statistics": found, "programs": [{"name": name} for name in named]} | shared
        monkeypatch.setattr(causes, "extracted", lambda path: extraction)
        return next(pages_of(corpus, GoldSet("made", (tmp_path / "a.json",), (tmp_path,))))

    return made


def test_what_is_as_the_gold_says_is_no_fault(page: Any) -> None:
    right, faults, beside = of_statistics(page([figure(20000, "employment")], [figure(20000, "employment")]))
    assert (right, faults, beside) == (1, [], Counter())


def test_a_missed_and_a_false_figure_of_one_number_are_one_fault(page: Any) -> None:
    gold = [figure(20000, "employment"), figure(300, "training"), figure(7000, "organisations", REGION)]
    found = [figure(20000, "employment", REGION), figure(300, "placement"), figure(7000, "organisations")]
    _, faults, _ = of_statistics(page(gold, found))
    assert faults == [
        Fault(causes.REGION_FOR_BRAND, missed=True, false=True),
        Fault(causes.METRIC, missed=True, false=True),
        Fault(causes.BRAND_FOR_REGION, missed=True, false=True),
    ]


def test_what_the_gold_calls_optional_costs_only_where_it_is_read_otherwise(page: Any) -> None:
    gold = [figure(20000, "employment", optional=True), figure(300, "training", optional=True)]
    _, faults, _ = of_statistics(page(gold, [figure(300, "placement")]))
    assert faults == [Fault(causes.METRIC, missed=False, false=True)]


def test_a_figure_alone_is_told_by_where_it_was_lost(page: Any) -> None:
    """The digits of 走四方 are none that count; what the text says nothing of is no figure of the gold."""
    _, faults, _ = of_statistics(page([figure(9, "other")], [figure(500000000, "output_value")]))
    assert faults == [
        Fault(causes.NO_NUMERAL, missed=True, false=False),
        Fault(causes.NO_GOLD, missed=False, false=True),
    ]


def test_right_figures_are_asked_for_what_stands_beside(page: Any) -> None:
    gold = [figure(20000, "employment", as_of="2024-12")]
    _, _, beside = of_statistics(page(gold, [figure(20000, "employment", scope="new", qualifier="over")]))
    assert beside == Counter(scope=1, qualifier=1, year=1)


def test_programs_are_told_apart_by_their_names(page: Any) -> None:
    made = page([], [], ["第三届焊工大赛", "焊花节"], ["届焊工大比武", "云上论坛"])
    right, faults, _ = of_programs(made)
    assert right == 0
    assert Counter(faults) == Counter(
        [
            Fault(causes.OTHER_NAME, missed=True, false=True),
            Fault(causes.NOT_RELEVANT, missed=True, false=False),
            Fault(causes.NO_GOLD, missed=False, false=True),
        ]
    )


def test_the_f1_without_a_cause() -> None:
    both, false = Fault(causes.METRIC, missed=True, false=True), Fault(causes.NO_GOLD, missed=False, false=True)
    tally = Tally(6, Counter({both: 2, false: 1}), Counter())
    assert tally.f1() == pytest.approx(12 / 17)
    assert tally.f1(causes.METRIC) == pytest.approx(16 / 17)
    assert tally.f1(causes.NO_GOLD) == pytest.approx(12 / 16)


def test_the_document_has_the_rows_of_the_table(corpus: Path) -> None:
    document = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    names = " | ".join(f"{one.name} ({len(one.gold)})" for one in counted(corpus))
    for kind, (_, rows) in causes.KINDS.items():
        assert f"| {kind} | {names} |" in document
        assert all(f"\n| {row} | " in document for row in rows)


@pytest.mark.skipif(not thorough(), reason="LAOBRAND_THOROUGH: the pages of all sets are read")
def test_the_document_has_the_table(corpus: Path) -> None:
    document = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    for kind in causes.KINDS:
        assert "\n".join(mended(kind, corpus, counted(corpus))) in document
