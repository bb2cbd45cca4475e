"""The same number, told by several papers in other words, is one row with all their sentences."""

from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from brands.models import Evidence, Proposal, Statistic
from brands.vocabulary.choices import DateBasis, Metric, Qualifier, ReviewState, Scope
from ingest.load.page import load_page
from tests.ingest.building import PageBuilder

pytestmark = [pytest.mark.usefixtures("divisions"), pytest.mark.django_db]

DATED: dict[str, Any] = {"as_of": "2024-06", "as_of_basis": DateBasis.STATED}
PRINTED: dict[str, Any] = {"as_of": "2024-11-03", "as_of_basis": DateBasis.PUBLISHED}
UNDATED: dict[str, Any] = {}
NEARLY: dict[str, Any] = {"qualifier": Qualifier.NEARLY}


def tell(number: int, value: int = 60000, *, version: str = "1", **more: Any) -> None:
    """A paper, the `number`-th, that gives the number of people of 天镇保姆."""
    page = PageBuilder(
        f"第{number}家报纸\n天镇保姆带动{value}人，是第{number}次报道。",
        name=f"{number}.txt",
        published_on=date(2024, 11, number),
    )
    page.brand("天镇保姆", "140222")
    page.statistic("天镇保姆", f"{value}人", value, **more)
    load_page(page.facts(), version=version)


def rows() -> list[tuple[str, str, str, int]]:
    """Date, its basis, hedge and number of sentences of each row."""
    found = Statistic.objects.order_by("as_of", "pk")
    return [(str(row.as_of or ""), row.as_of_basis, row.qualifier, row.evidence.count()) for row in found]


@pytest.mark.parametrize(
    ("papers", "wanted"),
    [
        ([DATED, UNDATED], ("2024-06-01", "stated", "exact")),
        ([DATED, PRINTED], ("2024-06-01", "stated", "exact")),
        ([DATED, UNDATED, PRINTED], ("2024-06-01", "stated", "exact")),
        ([DATED, {**DATED, "as_of": "2024"}], ("2024-06-01", "stated", "exact")),
        ([NEARLY, UNDATED], ("", "", "nearly")),
        ([UNDATED, PRINTED], ("2024-11-03", "published", "exact")),
        ([NEARLY | PRINTED, DATED], ("2024-06-01", "stated", "nearly")),
        ([NEARLY, DATED, UNDATED], ("2024-06-01", "stated", "nearly")),
        ([PRINTED, {**PRINTED, "as_of": "2024-11-02"}], ("2024-11-02", "published", "exact")),
    ],
)
def test_one_fact_is_one_row_whichever_paper_comes_first(
    papers: list[dict[str, Any]], wanted: tuple[str, str, str]
) -> None:
    for order in permutations(papers):
        Statistic.objects.all().delete()
        Evidence.objects.all().delete()
        for number, said in enumerate(order, 1):
            tell(number, version=str(id(order)), **said)
        assert rows() == [(*wanted, len(papers))], order


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DATED, {**DATED, "as_of": "2023-06"}),
        ({**DATED, "as_of": "2024-12"}, PRINTED),
        (NEARLY, {"qualifier": Qualifier.OVER}),
        (UNDATED, {"scope": Scope.NEW}),
        (UNDATED, {"scope": Scope.PART, "part_of": "女性"}),
        (UNDATED, {"metric": Metric.TRAINING}),
        (UNDATED, {"unit": "人次"}),
        (UNDATED, {"value_max": Decimal(70000)}),
        ({"value": 3} | DATED, {"value": 3}),
    ],
    ids=["dates", "a paper before the date", "hedges", "scope", "part", "metric", "unit", "range", "small"],
)
def test_what_differs_in_more_is_two_rows(one: dict[str, Any], other: dict[str, Any]) -> None:
    for number, said in enumerate((one, other), 1):
        tell(number, **said)
    assert [row[3] for row in rows()] == [1, 1]


def test_rows_that_were_two_become_one_when_the_page_is_read_again() -> None:
    tell(1)
    tell(2)
    tell(3, **DATED)
    Statistic.objects.all()[0].evidence.all()  # one row so far
    first = Statistic.objects.get()
    own = Statistic.objects.create(brand=first.brand, metric=first.metric, value=first.value, unit="人")
    first.evidence.filter(article__page__name="2.txt").update(statistic=own)
    assert len(rows()) == 2
    tell(2, version="2")
    assert rows() == [("2024-06-01", "stated", "exact", 3)]


def test_a_persons_row_gains_the_sentence_and_a_proposal_for_the_date() -> None:
    tell(1, **NEARLY)
    Statistic.objects.update(review=ReviewState.CONFIRMED)
    tell(2, **DATED)
    assert rows() == [("", "", "nearly", 2)]
    assert list(Proposal.objects.values_list("field", "value")) == [("as_of", "2024-06")]


def test_a_persons_date_is_not_doubted_by_a_text_without_one() -> None:
    tell(1, **DATED)
    Statistic.objects.update(review=ReviewState.CONFIRMED)
    tell(2, **PRINTED)
    assert rows() == [("2024-06-01", "stated", "exact", 2)]
    assert not Proposal.objects.exists()


def test_a_rejected_row_takes_only_its_own_words() -> None:
    tell(1, **DATED)
    Statistic.objects.update(review=ReviewState.REJECTED)
    tell(2)
    tell(3, **DATED)
    assert sorted((row.review, row.evidence.count()) for row in Statistic.objects.all()) == [
        ("proposed", 1),
        ("rejected", 2),
    ]
