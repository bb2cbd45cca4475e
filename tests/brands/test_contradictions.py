"""Which numbers contradict each other is one rule, in a statement and in memory, over random catalogues."""

from datetime import date
from decimal import Decimal
from itertools import combinations, count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brands.figures.figures import figure_groups
from brands.listing.sync import gathered
from brands.models import Brand, Evidence, Region, Statistic
from brands.models.statistic import contradicted, contradicts
from brands.vocabulary.choices import Metric, Scope
from tests.brands.factories import article, bear_out, brand, regions
from tests.needs import tries

pytestmark = pytest.mark.django_db

_NUMBERS = count()


@st.composite
def numbers(draw: st.DrawFn) -> dict[str, Any]:
    as_of = draw(st.sampled_from([None, "2023-01-01", "2024-01-01"]))
    return {
        "value": draw(st.sampled_from([100, 200])),
        "value_max": draw(st.sampled_from([None, None, 300])),
        "scope": draw(st.sampled_from([Scope.TOTAL, Scope.NEW])),
        "unit": draw(st.sampled_from(["人", "人次"])),
        "as_of": as_of,
        "as_of_precision": "year" if as_of else "",
        "as_of_basis": draw(st.sampled_from(["stated", "stated", "published"])) if as_of else "",
        "papers": draw(st.sets(st.integers(0, 3), min_size=1, max_size=3)),
    }


@pytest.fixture
def places() -> dict[str, Region]:
    return regions()


@gathered()
def filled(places: dict[str, Region], told: list[tuple[bool, dict[str, Any]]]) -> Brand:
    """A brand; these numbers are its own where the first of a pair is true, the province's else, each in its papers."""
    Statistic.objects.all().delete()
    carer = brand(f"护工{next(_NUMBERS)}", region=places["140000"])
    papers = [article(f"据第{number}家。", title=f"题{number}") for number in range(3)]
    papers.append(article("据第0家，又印。", title="题0", reprint_of=papers[0]))
    for of_brand, fields in told:
        subject = {"brand": carer} if of_brand else {"region": places["140000"]}
        new = Statistic(metric=Metric.EMPLOYMENT, **subject, **{k: v for k, v in fields.items() if k != "papers"})
        new.full_clean(exclude=["fact_key"], validate_unique=False, validate_constraints=False)
        same = Statistic.objects.filter(**subject, fact_key=new.fact_key).first()
        if same is None:
            new.save()
            for paper in fields["papers"]:
                bear_out(new, papers[paper], "据")
    return carer


@settings(max_examples=tries(40, 12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), numbers()), min_size=2, max_size=8))
def test_the_statement_says_what_the_rule_says(
    places: dict[str, Region], told: list[tuple[bool, dict[str, Any]]]
) -> None:
    carer = filled(places, told)
    rows = list(Statistic.objects.all())
    stories: dict[int, set[int]] = {row.pk: set() for row in rows}
    for piece in Evidence.objects.filter(statistic__isnull=False).select_related("article"):
        stories[piece.statistic_id or 0].add(piece.article.story)
    against = {
        pk for one, other in combinations(rows, 2) if contradicts(one, other, stories) for pk in (one.pk, other.pk)
    }
    assert set(Statistic.objects.filter(contradicted()).values_list("pk", flat=True)) == against
    for group in [*figure_groups(carer.statistics.all()), *figure_groups(Statistic.objects.of_region("140000"))]:
        assert group.differing == any(figure.statistic.pk in against for figure in group.figures)


def test_one_papers_numbers_and_its_reprints_never_disagree() -> None:
    carer = brand("护工")
    first = article("据县报，1人，2人。")
    again = article("据省报，1人，2人。", reprint_of=first)
    other = article("据市报，3人。")
    rows = []
    for value, paper in ((1, first), (2, again), (3, other)):
        fields = {"as_of": date(2024, 1, 1), "as_of_precision": "year", "as_of_basis": "stated"}
        rows.append(
            Statistic.objects.create(brand=carer, metric="employment", value=Decimal(value), unit="人", **fields)
        )
        bear_out(rows[-1], paper, f"{value}人")
    (group,) = figure_groups(carer.statistics.filter(pk__in=[row.pk for row in rows[:2]]))
    assert not group.differing
    (group,) = figure_groups(carer.statistics.all())
    assert group.differing
    assert set(Statistic.objects.filter(contradicted())) == set(rows)
