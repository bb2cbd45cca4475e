"""Cards and their links follow from the catalogue, whatever changes in it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.loader import MigrationLoader

from brands.data_version import watch
from brands.listing import read_model, sync
from brands.models import Article, Brand, Card, CardFigure, CardLink, Evidence, Program, Statistic
from brands.models.card import UNREPORTED
from brands.vocabulary.choices import Metric, ProgramKind, Qualifier, ReviewState
from tests.brands.factories import article, bear_out, brand, detail, program, regions, statistic

pytestmark = pytest.mark.django_db


def carer() -> Brand:
    return Brand.objects.get(name="吕梁山护工")


@pytest.mark.usefixtures("catalogued")
def test_a_card_holds_what_a_list_shows_and_sorts_by() -> None:
    card = Card.objects.get(name="吕梁山护工")
    assert (card.id, card.pinyin) == (carer().pk, "lv liang shan hu gong")
    assert (card.place, card.province, card.prefecture, card.adcode) == ("山西吕梁", "140000", "141100", "141100")
    assert (card.industry, card.category, card.level, card.review) == ("care", "", "national", "proposed")
    assert (card.metric, card.value, card.qualifier, card.unit) == ("employment", 90000, "over", "人")
    assert (card.headcount, card.income, card.as_of_year) == (90000, None, 2025)
    assert (card.headcount_qualifier, card.headcount_max, card.headcount_year) == ("over", None, 2025)
    assert (card.industry_rank, card.level_rank, card.has) == (2, 1, "figures people")
    assert (card.newest_report, card.articles) == ("2025-11-19", 1)
    links = CardLink.objects.filter(card=card.id).values_list("facet", "value")
    policy = Program.objects.get(kind=ProgramKind.POLICY)
    assert set(links) == {
        ("metric", "employment"),
        ("metric", "labour_income"),
        ("program", str(policy.pk)),
        ("reached", "500000"),
    }


@pytest.mark.usefixtures("catalogued")
def test_a_brand_of_which_little_is_known() -> None:
    card = Card.objects.get(name="无名工匠")
    assert (card.place, card.province, card.prefecture, card.adcode) == ("", "", "", "")
    assert (card.headcount, card.income, card.year, card.metric, card.value) == (UNREPORTED, None, None, "", None)


@pytest.mark.parametrize(
    ("adcode", "place", "codes"),
    [
        ("100000", "", ("100000", "")),
        ("420000", "湖北", ("420000", "")),
        ("429005", "湖北潜江", ("420000", "429000")),
        ("500118", "重庆永川", ("500000", "500100")),
        ("141102", "山西吕梁离石", ("140000", "141100")),
    ],
)
def test_divisions(adcode: str, place: str, codes: tuple[str, str]) -> None:
    made = brand("工匠", region=regions()[adcode])
    read_model.refresh([made.pk])
    card = Card.objects.get(pk=made.pk)
    assert (card.place, (card.province, card.prefecture), card.adcode) == (place, codes, adcode)


@pytest.mark.parametrize(
    ("unit", "value", "income"),
    [("元/月", 6000, 6000), ("元/年", 120_001, 10_000), ("元/天", 300, None), ("元", 300, None)],
)
def test_incomes_are_told_a_month(unit: str, value: int, income: int | None) -> None:
    made = brand("工匠")
    statistic(made, value, unit=unit, metric=Metric.PER_CAPITA_INCOME)
    read_model.refresh([made.pk])
    assert Card.objects.get(pk=made.pk).income == income


def test_the_pay_is_kept_as_it_is_printed() -> None:
    made = brand("工匠", industry="other")
    statistic(made, 90_000, unit="元/年", metric=Metric.PER_CAPITA_INCOME, qualifier=Qualifier.ABOUT, as_of="2023",
              value_max=Decimal(120_000))  # fmt: skip
    read_model.refresh([made.pk])
    card = Card.objects.get(pk=made.pk)
    assert (card.pay, card.pay_max, card.pay_unit, card.pay_qualifier) == (90_000, 120_000, "元/年", "about")
    assert (card.pay_year, card.income, card.has) == (2023, 7500, "figures pay")
    assert (card.industry_rank, card.level_rank) == (0, 0), "no trade and no level are told"


@pytest.mark.parametrize(
    ("metric", "unit", "period", "shown"),
    [
        (Metric.LABOUR_INCOME, "元", "年", "元/年"),
        (Metric.OUTPUT_VALUE, "元", "每年", "元/年"),
        (Metric.LABOUR_INCOME, "元", "五年来", "元"),
        (Metric.LABOUR_INCOME, "元", "", "元"),
        (Metric.LABOUR_INCOME, "美元", "每年", "美元"),
        (Metric.PLACEMENT, "人", "每年", "人"),
    ],
)
def test_money_by_the_year_says_so(metric: str, unit: str, period: str, shown: str) -> None:
    made = brand("工匠")
    statistic(made, 300_000, unit=unit, metric=metric, period=period)
    read_model.refresh([made.pk])
    assert Card.objects.get(pk=made.pk).unit == shown


def test_whom_to_ask_is_known_where_a_contact_is() -> None:
    source = article("绣娘协会电话：0351-7654321，0351-1234567；手艺在苏绣。")
    asked, other = brand("绣娘", source=source), brand("苏绣", source=source)
    detail(asked, "contact", "0351-7654321", source=source)
    detail(asked, "contact", "0351-1234567", source=source)
    detail(other, "trade", "手艺", source=source)
    statistic(asked, 30)
    read_model.refresh([asked.pk, other.pk])
    assert Card.objects.get(pk=asked.pk).has == "figures people contact"
    assert Card.objects.get(pk=other.pk).has == ""


def test_a_number_beyond_the_column_is_the_largest_that_it_holds() -> None:
    made = brand("工匠")
    statistic(made, 10**19)
    read_model.refresh([made.pk])
    assert Card.objects.get(pk=made.pk).headcount == read_model.LARGEST


def test_of_several_figures_the_newest_the_most_reported_the_largest_is_shown() -> None:
    made = brand("护工")
    statistic(made, 10)
    statistic(made, 30, as_of="2021-05")
    part = statistic(made, 20, as_of="2021-05")
    read_model.refresh([made.pk])
    assert Card.objects.get().value == 30
    bear_out(part, article("又报：20人。"), "20人")
    read_model.refresh([made.pk])
    assert Card.objects.get().value == 20
    statistic(made, 5, as_of="2022")
    read_model.refresh([made.pk])
    assert Card.objects.get().headcount == 5


def reject(made: Brand) -> None:
    Brand.objects.filter(pk=made.pk).update(review=ReviewState.REJECTED)


def reject_statistics(made: Brand) -> None:
    Statistic.objects.filter(brand=made).update(review=ReviewState.REJECTED)


def move(made: Brand) -> None:
    Brand.objects.filter(pk=made.pk).update(region="429005", industry="craft", level="", recognised_year=2022)


def join_a_series(made: Brand) -> None:
    Brand.objects.filter(pk=made.pk).update(series=Brand.objects.exclude(pk=made.pk)[0], batch="第一批")


def lose_evidence(made: Brand) -> None:
    Evidence.objects.filter(brand=made).delete()


def another_report(made: Brand) -> None:
    bear_out(made, article("吕梁山护工又上报了。", published_on=date(2026, 1, 1)), "吕梁山护工")


def another_program(made: Brand) -> None:
    program("护工计划").brands.add(made)


def lose_programs(made: Brand) -> None:
    made.programs.clear()


def another_figure(made: Brand) -> None:
    statistic(made, 6000, unit="元/月", metric=Metric.PER_CAPITA_INCOME, qualifier=Qualifier.ABOUT, as_of="2026")


def date_the_reports(made: Brand) -> None:
    Article.objects.filter(evidence__brand=made).update(published_on="2024-01-01")


CHANGES = [reject, reject_statistics, move, join_a_series, lose_evidence, another_report, another_program,
           lose_programs, another_figure, date_the_reports, Brand.delete]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.usefixtures("catalogued")
def test_after_a_refresh_nothing_differs(change: Callable[[Brand], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "_work_out", lambda _: None)  # saving would do at once what is tried here
    made = carer()
    concerned = [made.pk, Brand.objects.get(name="天镇保姆").pk]  # one article names both
    assert list(read_model.differences()) == []
    change(made)
    assert list(read_model.differences()) != [], "the change concerns cards"
    read_model.refresh(concerned)
    assert list(read_model.differences()) == []


@pytest.mark.usefixtures("catalogued")
def test_what_differs_is_named_and_rebuilt() -> None:
    Card.objects.filter(name="吕梁山护工").update(articles=7)
    Card.objects.filter(name="天镇保姆").delete()
    Card.objects.create(id=10**9, headcount=0, articles=1, industry="care")
    CardLink.objects.filter(card=carer().pk, facet="metric").delete()
    told = "\n".join(read_model.differences())
    assert f"card {carer().pk}: articles, links" in told
    assert f"card {Brand.objects.get(name='天镇保姆').pk}: missing" in told
    assert "card 1000000000: not public" in told
    read_model.rebuild()
    assert list(read_model.differences()) == []


@pytest.mark.usefixtures("catalogued")
def test_brands_of_a_program_are_known_after_it_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "_work_out", lambda _: None)
    policy = Program.objects.get(kind=ProgramKind.POLICY)
    pk = policy.pk
    assert read_model.of_programs([pk]) == {carer().pk}
    policy.delete()
    assert read_model.of_programs([pk]) == {carer().pk}
    read_model.refresh(read_model.of_programs([pk]))
    assert read_model.of_programs([pk]) == set()


def test_refreshing_nothing_and_what_is_not_there() -> None:
    read_model.refresh([])
    read_model.refresh([10**12])
    assert Card.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_figures_of_cards_were_there_under_another_name() -> None:
    """The tables lose no row on the way there and back."""
    made = brand("吕梁山护工")
    statistic(made, "60000")
    read_model.refresh([made.pk])
    loader = MigrationLoader(connection)
    migration = loader.get_migration("brands", "0027_card_figure")
    before = loader.project_state(("brands", "0026_seal"))
    rows = list(CardFigure.objects.values_list())
    assert rows
    try:
        with connection.schema_editor() as editor:
            migration.unapply(before.clone(), editor)
        assert _all_of("brands_standingfigure") == rows
    finally:
        with connection.schema_editor() as editor:
            migration.apply(before.clone(), editor)
        watch()
    assert _all_of("brands_cardfigure") == rows
    with pytest.raises(IntegrityError):
        CardFigure.objects.create(**{**CardFigure.objects.values().get(), "id": 0})


def _all_of(table: str) -> list[tuple[object, ...]]:
    """The rows as the model reads them."""
    columns = ", ".join(field.attname for field in CardFigure._meta.concrete_fields)
    found = CardFigure.objects.raw(f"SELECT {columns} FROM {table}")
    return [tuple(getattr(row, field.attname) for field in CardFigure._meta.concrete_fields) for row in found]
