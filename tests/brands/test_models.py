"""What the models compute, and what the database refuses."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, models, transaction

from brands.models import Article, Brand, BrandAlias, Evidence, Page, Program, Region, Statistic
from brands.models.statistic import fact_key
from brands.vocabulary.choices import ReviewState
from brands.vocabulary.dates import from_iso, to_iso


@pytest.fixture
def region(db: None) -> Region:
    return Region.objects.create(
        adcode="450000", name="广西壮族自治区", common_name="广西", short_name="桂", level="province", pinyin="guang xi"
    )


@pytest.fixture
def article(db: None) -> Article:
    page = Page.objects.create(
        name="报.txt", sha256="0" * 64, encoding="utf-8", text="题\n𠮷祥护工带动9万人。", extractor="1"
    )
    return Article.objects.create(page=page, order=0, title="题", spans=[[0, 12]], relevant=True)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2025", date(2025, 1, 1), "year"),
        ("2025-11", date(2025, 11, 1), "month"),
        ("2025-11-19", date(2025, 11, 19), "day"),
        ("", None, ""),
        ("2025-13", None, ""),
        ("2025-02-30", None, ""),
        ("0000", None, ""),
        ("去年", None, ""),
        ("２０２５", None, ""),
    ],
)
def test_dates_stop_where_they_stop(text: str, day: date | None, precision: str) -> None:
    assert from_iso(text) == (day, precision)
    assert to_iso(day, precision) == (text if day else "")


@pytest.mark.parametrize(
    ("value", "upper", "key"),
    [
        ("90000", None, "employment:exact:90000:人:2025-11"),
        ("9E+4", None, "employment:exact:90000:人:2025-11"),
        ("0.5000", "1.50", "employment:exact:0.5~1.5:人:2025-11"),
    ],
)
def test_equal_numbers_have_equal_keys(value: str, upper: str | None, key: str) -> None:
    most = None if upper is None else Decimal(upper)
    row = Statistic(metric="employment", value=Decimal(value), value_max=most, unit="人", as_of=date(2025, 11, 1))
    row.as_of_precision = "month"
    assert fact_key(row) == key


def test_what_is_measured_is_part_of_the_key() -> None:
    def key(**fields: str) -> str:
        made = Statistic(metric="brands", value=Decimal(9), unit="个", as_of=date(2025, 1, 1), as_of_precision="year")
        for name, value in fields.items():
            setattr(made, name, value)
        return fact_key(made)

    whole = key()
    kinds = [key(scope=scope) for scope in ("new", "shown", "part", "each", "rise")]
    parts = [key(scope="part", part_of=words) for words in ("省级", "市级")]
    rates = [key(per=per) for per in ("week", "year")]
    assert len({whole, *kinds, *parts, *rates}) == 10


def test_the_day_of_the_paper_is_no_part_of_the_key() -> None:
    def key(day: date, basis: str) -> str:
        made = Statistic(metric="brands", value=Decimal(9), unit="个", as_of=day, as_of_precision="day")
        made.as_of_basis = basis
        return fact_key(made)

    days = date(2025, 1, 1), date(2025, 2, 1)
    assert len({key(day, "published") for day in days}) == 1
    assert len({key(day, "stated") for day in days}) == 2


class TestKeys:
    def test_are_computed_whoever_saves(self, region: Region) -> None:
        Brand.objects.create(name="八桂“米粉师傅”", region=region)
        Brand.objects.bulk_create([Brand(name="八桂　技工").prepare()])
        assert [(brand.name_key, brand.pinyin[:6]) for brand in Brand.objects.order_by("pk")] == [
            ("八桂米粉师傅", "ba gui"),
            ("八桂技工", "ba gui"),
        ]

    def test_follow_when_only_some_fields_are_saved(self, region: Region) -> None:
        brand = Brand.objects.create(name="旧名", region=region)
        brand.name = "新名"
        brand.save(update_fields=["name"])
        brand.refresh_from_db()
        assert (brand.name, brand.name_key, brand.pinyin) == ("新名", "新名", "xin ming")

    def test_of_a_statistic_are_the_same_before_and_after_saving(self, region: Region) -> None:
        statistic = Statistic(region=region, metric="brands", value=Decimal("1234.56789"), unit="个")
        statistic.save()
        key = statistic.fact_key
        statistic.refresh_from_db()
        statistic.save()
        assert statistic.fact_key == key == "brands:exact:1234.5679:个:"

    def test_fit_their_column_when_folding_makes_a_name_longer(self, region: Region) -> None:
        brand = Brand.objects.create(name="㍿" * 60, region=region)
        assert len(brand.name_key) == 60


class TestForms:
    def test_name_a_double_before_the_database_does(self, region: Region) -> None:
        Brand.objects.create(name="八桂米粉师傅", region=region)
        with pytest.raises(ValidationError, match="该地区已有同名劳务品牌"):
            Brand(name="八桂“米粉师傅”", region=region).full_clean(exclude={"name_key", "pinyin"})

    def test_refuse_a_name_of_punctuation(self, db: None) -> None:
        with pytest.raises(ValidationError, match="名称不能只有标点"):
            Brand(name="“”").full_clean(exclude={"name_key", "pinyin"})

    def test_say_one_thing_of_a_statistic_without_value(self, region: Region) -> None:
        with pytest.raises(ValidationError) as caught:
            Statistic(region=region, metric="brands", unit="个").full_clean(exclude={"fact_key"})
        assert set(caught.value.message_dict) == {"value"}

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"value": -1}, "数值不能为负"),
            ({"value": 2, "value_max": 1}, "上限不能小于数值"),
            ({"value": 1, "as_of": date(2025, 1, 1)}, "须同时填写或同时留空"),
            ({"value": 1, "region": None}, "须且只能填写一个主体"),
        ],
    )
    def test_refuse_what_makes_no_sense(self, region: Region, values: dict[str, Any], message: str) -> None:
        values = {"region": region, **values, "value": Decimal(values["value"])}
        if "value_max" in values:
            values["value_max"] = Decimal(values["value_max"])
        with pytest.raises(ValidationError, match=message):
            Statistic(metric="brands", unit="个", **values).full_clean(exclude={"fact_key"})

    def test_let_growth_fall_below_zero(self, region: Region) -> None:
        fallen = Statistic(region=region, metric="growth", unit="%", value=Decimal("-3.5"), qualifier="at_most")
        fallen.save()
        assert Statistic.objects.get(pk=fallen.pk).value == Decimal("-3.5")


def refused(make: models.Model) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        type(make)._default_manager.bulk_create([make])


class TestTheDatabase:
    """bulk_create goes around forms and save; the constraints still hold."""

    def test_refuses_doubles(self, region: Region) -> None:
        Brand.objects.create(name="甲", region=region)
        Brand.objects.create(name="甲")
        Program.objects.create(name="乙会", kind="conference")
        refused(Brand(name="甲", region=region).prepare())
        refused(Brand(name="甲").prepare())
        refused(Program(name="乙会", kind="contest").prepare())

    def test_refuses_the_same_number_of_one_subject_twice(self, region: Region) -> None:
        values: dict[str, Any] = {"metric": "brands", "value": Decimal(5), "unit": "个"}
        Statistic.objects.create(region=region, **values)
        Statistic.objects.create(brand=Brand.objects.create(name="甲"), **values)
        refused(Statistic(region=region, **values).prepare())

    @pytest.mark.parametrize("field", ["industry", "category", "level", "owner_kind", "review"])
    def test_refuses_unknown_words(self, db: None, field: str) -> None:
        refused(Brand(name="甲", **{field: "unknown"}).prepare())

    def test_refuses_impossible_values(self, region: Region) -> None:
        refused(Brand(name="甲", confidence=1.1).prepare())
        refused(Brand(name="").prepare())
        refused(Statistic(metric="brands", value=Decimal(1), unit="个").prepare())
        refused(Statistic(region=region, metric="brands", value=Decimal(-1), unit="个").prepare())
        refused(Region(adcode="45000x", name="甲", common_name="甲", level="county", pinyin="jia"))

    def test_refuses_evidence_of_nothing_or_of_two_things(self, article: Article) -> None:
        places = {"start": 2, "end": 6, "context_start": 2, "context_end": 12}
        brand, program = Brand.objects.create(name="甲"), Program.objects.create(name="乙会", kind="conference")
        refused(Evidence(article=article, **places))
        refused(Evidence(article=article, brand=brand, program=program, **places))
        refused(Evidence(article=article, brand=brand, **{**places, "end": 2}))
        refused(Evidence(article=article, brand=brand, **{**places, "context_end": 5}))

    def test_keeps_a_region_that_is_in_use(self, region: Region) -> None:
        Brand.objects.create(name="甲", region=region)
        with pytest.raises((models.ProtectedError, DatabaseError)):
            region.delete()


def test_evidence_counts_code_points(article: Article, django_assert_num_queries: Any) -> None:
    brand = Brand.objects.create(name="𠮷祥护工")
    row = Evidence.objects.create(article=article, brand=brand, start=2, end=6, context_start=2, context_end=12)
    assert (row.quote, row.sentence) == ("𠮷祥护工", "𠮷祥护工带动9万人。")
    cut = Evidence.objects.with_words().get()
    with django_assert_num_queries(0):
        assert (cut.quote, cut.sentence) == (row.quote, row.sentence), "each database counts alike"


@pytest.mark.parametrize(
    ("before", "fields", "after", "noted"),
    [
        (ReviewState.PROPOSED, ["name"], ReviewState.CONFIRMED, ["industry", "name"]),
        (ReviewState.REJECTED, ["name"], ReviewState.REJECTED, ["industry", "name"]),
        (ReviewState.PROPOSED, ["review"], ReviewState.PROPOSED, ["industry"]),
        (ReviewState.REJECTED, ["name", "review"], ReviewState.REJECTED, ["industry", "name"]),
        (ReviewState.PROPOSED, [], ReviewState.PROPOSED, ["industry"]),
    ],
)
def test_a_persons_change_is_noted_and_confirms(
    before: ReviewState, fields: list[str], after: ReviewState, noted: list[str]
) -> None:
    brand = Brand(name="甲", review=before, hand_set=["industry"])
    brand.set_by_hand(fields)
    assert (brand.review, brand.hand_set, brand.machine_may_write) == (after, noted, False)


def test_a_region_contains_what_its_code_begins() -> None:
    assert Region(adcode="450000").contains("450102")
    assert not Region(adcode="450000").contains("460000")
    assert Region(adcode="100000").contains("710000")


def test_aliases_have_keys(db: None) -> None:
    alias = BrandAlias.objects.create(brand=Brand.objects.create(name="甲"), name="“乙”")
    assert alias.name_key == "乙"
