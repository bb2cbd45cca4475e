"""Tables go out and come in again: nothing comes alive, nothing is trampled, nothing is lost on the way."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from brands.audit.undo import undo
from brands.listing import sync
from brands.models import Brand, BrandAlias, Change, ChangeSet, Program, Region, Statistic, Synonym
from brands.spreadsheets import workbook
from brands.spreadsheets.cells import Cell, armed, disarmed, joined, parted, spelled, unspelled
from brands.vocabulary.choices import Category, ChangeSetKind, Industry, Metric, Qualifier
from curation.models import Import
from curation.models.transfer import KEPT, TableKind
from curation.transfer import export_rows, headings, import_file, import_plan
from curation.transfer.columns import TableRow
from curation.transfer.import_plan import ImportPlan
from curation.transfer.raw_table import RefusedFileError
from curation.transfer.tables import TABLES
from tests.brands.factories import article, bear_out, brand, catalogue, regions, statistic
from tests.brands.whole import replayed, state, without_long_texts
from tests.curation.test_batches import MOST_QUERIES, text_of
from tests.needs import tries
from tests.staff import client_as

KINDS = tuple(TABLES)
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def shelf(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A catalogue with something in every column, made once for all tests of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def stock(shelf: None, db: None) -> None:
    """The same, in a transaction of the test's own."""


def fill() -> None:
    catalogue()
    carer = Brand.objects.get(name="吕梁山护工")
    change(
        Brand.objects.get(name="天镇保姆"),
        series=carer, category=Category.SERVICE, owner_kind="regional", organisation="=SUM(A1)", recognised_year=2023,
        batch="第二批", issuer="省人社厅", document_number="人社发〔2023〕8号",
        description="一行\r\n'另一行", hand_set=["level"], inferred=["industry", "category"],
    )  # fmt: skip
    Program.objects.get(name="护工技能大赛").regions.add(*Region.objects.filter(pk__in=["141100", "140200"]))
    change(Statistic.objects.get(value=70000), value_max=Decimal("80000.5"), stated="＋7万")
    Synonym.objects.create(words="绣娘、绣工", narrower="-x", active=False)


def change(row: models.Model, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@pytest.fixture
def reviewer(stock: None) -> Client:
    return client_as("reviewer", "shenhe")


# A file, as the site writes it and as people change it


def as_csv(kind: str, keys: Iterable[Any] | None = None) -> bytes:
    return "".join(export_rows.as_csv(lines(kind, keys))).encode()


def as_xlsx(kind: str, keys: Iterable[object] | None = None) -> bytes:
    with workbook.workbook(lines(kind, keys), kind) as file:
        return file.read()


def lines(kind: str, keys: Iterable[Any] | None) -> Iterable[list[Cell]]:
    everything = TABLES[kind].model._base_manager.order_by("pk").values_list("pk", flat=True)
    return export_rows.lines(kind, list(everything if keys is None else keys))


FORMS: dict[str, Callable[..., bytes]] = {"csv": as_csv, "xlsx": as_xlsx}


def rows_of(kind: str, keys: Iterable[Any] | None = None) -> Rows:
    return list(csv.DictReader(io.StringIO(as_csv(kind, keys).decode("utf-8-sig"), newline="")))


def file_of(rows: Rows) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode("utf-8-sig")


def edited(kind: str, key: str, changes: dict[str, str], *, by: str = "name") -> bytes:
    """The table as a file, with other cells in the one row."""
    rows = rows_of(kind)
    next(row for row in rows if row[by] == key).update(changes)
    return file_of(rows)


def planned(kind: str, data: bytes) -> ImportPlan:
    return import_plan.plan(kind, headings.headed(kind, import_file.read(data)))


def faults(plan: ImportPlan) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.column, fault.why) for fault in plan.faults]


def upload(client: Client, kind: str, data: bytes, name: str = "表.csv") -> Any:
    """The page that shows what the file would do, or the form with what is wrong with it."""
    return client.post(reverse("curation:import", args=[kind]), {"file": SimpleUploadedFile(name, data)}, follow=True)


def send(client: Client, shown: Any, *, why: str = "核对过", **more: str) -> Any:
    sent = {"seal": shown.context["form"]["seal"].value(), "why": why, **more}
    return client.post(reverse("curation:import_apply", args=[shown.context["kept"].pk]), sent, follow=True)


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# Cells

TEXTS = st.text(st.sampled_from("'=+-@\t\r\n ＝＋－＠a1劳|\\_x\u200b\u3000\ufeff\x01\x0b"), max_size=9)


@given(TEXTS)
@settings(max_examples=tries(300, 60))
def test_no_cell_begins_like_a_formula_and_each_comes_back(text: str) -> None:
    there = disarmed(text)
    assert armed(there) == text
    assert there == text or there == f"'{text}"
    bare = there.lstrip(" \n\t\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u3000\u200b\ufeff")
    assert not there.startswith(("\t", "\r"))
    assert not bare.startswith(tuple("=+-@＝＋－＠"))


@given(TEXTS | st.text(st.characters(exclude_categories=["Cs"]), max_size=9))
def test_what_xml_cannot_hold_is_spelled(text: str) -> None:
    assert unspelled(spelled(text)) == text
    assert not any(character in spelled(text) for character in "\x00\x01\x0b\r\ufffe\uffff")


@given(st.lists(TEXTS.filter(bool)))
def test_a_list_in_a_cell_comes_back(parts: list[str]) -> None:
    assert parted(joined(parts)) == parts


@pytest.mark.parametrize("form", FORMS)
def test_a_formula_is_a_text(stock: None, form: str) -> None:
    row = Brand.objects.get(name="天镇保姆")
    for text in (
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "＝1",
        "'=1",
        "''x",
        "#N/A",
        "_x003D_1",
    ):
        Brand.objects.filter(pk=row.pk).update(organisation=text)
        data = FORMS[form]("brand", [row.pk])
        if form == "xlsx":
            cell = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["M2"]
            assert (cell.data_type, cell.number_format) == ("s", "@")
            assert not str(cell.value).lstrip().startswith(tuple("=+-@＝"))
        else:
            assert f'"{disarmed(text)}"' in data.decode()
        plan = planned("brand", data)
        assert (plan.unchanged, plan.rows, plan.faults) == (1, [], []), text


# Out and in


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS)
def test_out_and_in_changes_nothing(stock: None, kind: str, form: str) -> None:
    data = FORMS[form](kind)
    plan = planned(kind, data)
    assert plan.faults == []
    assert plan.rows == []
    assert plan.unchanged == TABLES[kind].model._base_manager.count() > 0


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("'=+-@\n\r\t|\\,\"; ＝"), max_size=12)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS, st.lists(WORDS, max_size=3)), min_size=1, max_size=3), st.data())
@settings(max_examples=tries(25, 6), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_words(db: None, texts: list[tuple[str, str, str, list[str]]], data: Any) -> None:
    places = [None, *regions().values()]
    made = []
    for number, (name, words, more, others) in enumerate(texts):
        place = data.draw(st.sampled_from(places))
        row = Brand.objects.create(name=f"{name}牌{number}x{Brand.objects.count()}", region=place, organisation=words,
                                   description=more, industry=data.draw(st.sampled_from(Industry.values)))  # fmt: skip
        for key, alias in {BrandAlias(name=f"{other}别").prepare().name_key: f"{other}别" for other in others}.items():
            assert key
            BrandAlias.objects.create(brand=row, name=alias)
        made.append(row.pk)
    for form in FORMS.values():
        plan = planned("brand", form("brand", made))
        assert (plan.unchanged, plan.rows, plan.faults) == (len(made), [], [])


@given(
    st.decimals(0, 10**19, allow_nan=False, places=4),
    st.none() | st.decimals(0, 1000, allow_nan=False, places=4),
    st.sampled_from([("", None), ("year", date(2025, 1, 1)), ("month", date(2024, 2, 1)), ("day", date(2024, 2, 29))]),
)
@settings(max_examples=tries(25, 6), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_numbers(db: None, value: Decimal, more: Decimal | None, when: tuple[str, date | None]) -> None:
    Statistic.objects.all().delete()
    row = Statistic.objects.create(
        region=regions()["141100"], metric=Metric.OTHER, value=value, unit="=个", as_of=when[1],
        as_of_precision=when[0], value_max=None if more is None else value + more, qualifier=Qualifier.ABOUT,
    )  # fmt: skip
    for form in FORMS.values():
        plan = planned("statistic", form("statistic"))
        assert (plan.unchanged, plan.rows, plan.faults) == (1, [], [])
    row.refresh_from_db()
    assert rows_of("statistic")[0]["value"] == f"{row.value.normalize():f}"


@pytest.mark.django_db
def test_a_file_of_a_list_has_the_rows_of_the_list(reviewer: Client) -> None:
    page = reviewer.get(reverse("curation:export", args=["brand"]), {"where": "province=140000&o=1&p=0"})
    assert page.context["count"] == 3
    answer = reviewer.get(reverse("curation:export_csv", args=["brand"]), {"where": "province=140000"})
    names = {row["name"] for row in csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))}
    assert names == {"吕梁山护工", "天镇保姆", "离石月嫂"}
    whole = reviewer.get(reverse("curation:export_xlsx", args=["brand"]))
    sheet = openpyxl.load_workbook(io.BytesIO(whole.getvalue())).worksheets[0]
    assert sheet.max_row == 1 + Brand.objects.count()
    assert sheet.freeze_panes == "A2"
    assert whole["Content-Disposition"].startswith('attachment; filename="laobrand-brand-')
    assert reviewer.get(reverse("curation:export", args=["brand"]), {"where": "x" * 4001}).status_code == 404
    odd = reviewer.get(reverse("curation:export_csv", args=["brand"]), {"where": "nonsense=1"})
    assert odd.getvalue().decode().count("\r\n") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_has_its_pages(reviewer: Client, kind: str) -> None:
    assert reviewer.get(reverse("curation:export", args=[kind])).status_code == 200
    assert reviewer.get(reverse("curation:import", args=[kind])).status_code == 200
    assert kind in TableKind.values
    assert reviewer.get(reverse("curation:export", args=["page"])).status_code == 404


def test_a_cell_too_long_for_a_spreadsheet_is_told(reviewer: Client) -> None:
    Brand.objects.filter(name="天镇保姆").update(description="长" * 32_768)
    told = reviewer.get(reverse("curation:export_xlsx", args=["brand"]), follow=True)
    assert "超过 32767 字，XLSX 放不下，请导出 CSV。" in said(told)[0]


def test_memory_is_bounded(stock: None, django_assert_num_queries: Any) -> None:
    """Rows are asked for a thousand at a time, when they are needed."""
    keys = list(Brand.objects.values_list("pk", flat=True))
    with django_assert_num_queries(0):
        table = export_rows.lines("brand", keys)
        next(iter(table))


# In: what changes


def test_changes_are_shown_and_then_one_batch(reviewer: Client) -> None:
    before = state()
    data = edited("brand", "天镇保姆", {"level": "county", "organisation": "天镇县人社局", "aliases": "保姆|天镇 保姆",
                                "region": "141121", "region_name": "", "series": "", "series_name": ""})  # fmt: skip
    shown = upload(reviewer, "brand", data)
    assert state() == before
    plan = shown.context["plan"]
    assert (len(plan.new), len(plan.changed), plan.unchanged, plan.faults) == (0, 1, 4, [])
    ((_one, fields),) = shown.context["changed"]
    told = {field.field: (field.old, field.new) for field in fields}
    assert told == {
        "品牌别名": ("", "保姆、天镇 保姆"),
        "所在地": ("山西省大同市天镇县", "山西省吕梁市文水县"),
        "级别": ("", "县级"),
        "所属系列": ("吕梁山护工", ""),
        "建设单位": ("=SUM(A1)", "天镇县人社局"),
    }
    assert "山西省大同市天镇县" in text_of(shown)
    done = send(reviewer, shown)
    change_set = ChangeSet.objects.get()
    assert said(done)[0].startswith("已导入 1 行，记为批次")
    assert (change_set.kind, change_set.author_name, change_set.note) == (
        ChangeSetKind.IMPORT,
        "shenhe",
        "表.csv：核对过",
    )
    row = Brand.objects.get(name="天镇保姆")
    assert (row.level, row.region_id, row.series, row.review) == ("county", "141121", None, "confirmed")
    assert row.hand_set == ["aliases", "level", "organisation", "region", "series"]
    assert set(row.aliases.values_list("name", "by_hand")) == {("保姆", True), ("天镇 保姆", True)}
    assert list(sync.differences()) == []
    assert bytes(Import.objects.get().data) == b""
    assert undo(change_set, author=None).kept == []
    assert state() == before
    assert replayed() == without_long_texts(state())


@pytest.mark.parametrize(
    ("kind", "key", "by", "changes", "stored"),
    [
        ("program", "护工技能大赛", "name",
         {"held_on": "2024-05", "brands": "吕梁山护工|天镇保姆", "regions": "", "place": "", "place_name": "潜江"},
         {"held_precision": "month", "place_id": "429005", "hand_set": ["brands", "held_on", "place", "regions"]}),
        ("statistic", "＋7万", "stated",
         {"value": "70001.5", "value_max": "", "as_of": "2023/7/1", "qualifier": "over", "brand": "",
          "brand_name": "离石月嫂"},
         {"value": Decimal("70001.5"), "value_max": None, "as_of_precision": "day", "qualifier": "over"}),
        ("region", "吕梁市", "name", {"common_name": "吕梁地区", "short_name": "吕"}, {"common_name": "吕梁地区"}),
        ("synonym", "绣娘、绣工", "words", {"words": "绣娘、绣女", "active": "1"}, {"active": True, "by_hand": True}),
    ],
)  # fmt: skip
def test_every_table_is_changed_and_taken_back(
    reviewer: Client, kind: str, key: str, by: str, changes: dict[str, str], stored: dict[str, Any]
) -> None:
    before = state()
    rows = rows_of(kind)
    target = next(row for row in rows if armed(row[by]) == key)
    target.update(changes)
    shown = upload(reviewer, kind, file_of(rows))
    assert (len(shown.context["plan"].changed), shown.context["plan"].faults) == (1, [])
    send(reviewer, shown)
    model = TABLES[kind].model
    row = model._base_manager.get(pk=target[TABLES[kind].key])
    assert {name: getattr(row, name) for name in stored} == stored
    if isinstance(row, Program):
        assert {one.name for one in row.brands.all()} == {"吕梁山护工", "天镇保姆"}
    if isinstance(row, Statistic):
        assert row.fact_key == row.prepare().fact_key
    assert list(sync.differences()) == []
    assert planned(kind, FORMS["xlsx"](kind)).rows == []
    assert undo(ChangeSet.objects.get(), author=None).kept == []
    assert state() == before


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("brand", [{"id": "", "name": "离石绣娘", "region_name": "离石区", "industry": "craft", "aliases": "绣娘"}]),
        ("program", [{"id": "", "name": "绣娘大赛", "kind": "contest", "brands": "潜江裁缝", "held_on": "2025"}]),
        ("statistic", [{"id": "", "region": "141100", "metric": "brands", "value": "12", "unit": "个",
                        "qualifier": "over"}]),
        ("synonym", [{"id": "", "words": "裁缝、缝纫工"}]),
        ("region", [{"adcode": "141124", "name": "临县", "common_name": "临县", "level": "county", "parent": "141100",
                     "pinyin": "lin xian"}]),
    ],
)  # fmt: skip
def test_new_rows(reviewer: Client, kind: str, rows: Rows) -> None:
    before = state()
    shown = upload(reviewer, kind, file_of(rows))
    assert (len(shown.context["plan"].new), faults(shown.context["plan"])) == (1, [])
    send(reviewer, shown)
    assert list(sync.differences()) == []
    assert TABLES[kind].model._base_manager.count() == 1 + sum(
        table == TABLES[kind].model._meta.db_table for table, _row in before
    )
    newest = (
        TABLES[kind].model._base_manager.filter(**{k: v for k, v in rows[0].items() if k in {"name", "words"}}).last()
    )
    if isinstance(newest, Brand):
        assert (newest.region_id, newest.review, newest.name_key) == ("141102", "confirmed", "离石绣娘")
        assert newest.hand_set == ["aliases", "industry", "name", "region"]
        assert [one.name for one in newest.aliases.all()] == ["绣娘"]
    undo(ChangeSet.objects.get(), author=None)
    assert state() == before


SOURCE = {"source_title": "第三批名单", "source_publisher": "山西省人社厅", "source_date": "2026-02-10"}


class TestSources:
    """Rows of a file are public where it says where they were read."""

    def new(self, *rows: dict[str, str]) -> bytes:
        named = ({"id": "", "name": "", "industry": "craft", "aliases": "", **row} for row in rows)
        headers = {name: "" for row in rows for name in row}
        return file_of([{**headers, **row} for row in named])

    def test_of_a_list_are_one(self, reviewer: Client, client: Client) -> None:
        before = state()
        names = [f"{word}绣娘" for word in ("离石", "文水", "天镇")]
        rows = [{"name": name, "source_words": f"{at} {name}", **SOURCE} for at, name in enumerate(names)]
        shown = upload(reviewer, "brand", self.new(*rows))
        assert faults(shown.context["plan"]) == []
        assert "没有出处" not in text_of(shown)
        send(reviewer, shown)
        made = Brand.objects.filter(name__in=names)
        assert {row.evidence.get().article.title for row in made} == {"第三批名单"}
        assert len({row.evidence.get().article_id for row in made}) == 1
        for row in made:
            assert (row.evidence.get().quote, row.hand_set) == (row.name, ["industry", "name"])
            assert client.get(row.get_absolute_url()).status_code == 200
        assert list(sync.differences()) == []
        assert undo(ChangeSet.objects.get(), author=None).kept == []
        assert state() == before

    def test_may_be_an_article_and_name_another_name(self, reviewer: Client) -> None:
        source = article("“虾乡大厨”走俏。")
        row = {
            "name": "潜江虾工",
            "aliases": "虾乡大厨",
            "source_words": "“虾乡大厨”走俏",
            "source_article": str(source.pk),
        }
        send(reviewer, upload(reviewer, "brand", self.new(row)))
        assert Brand.objects.get(name="潜江虾工").evidence.get().article == source

    def test_are_added_to_a_row_that_is_there(self, reviewer: Client) -> None:
        row = Brand.objects.get(name="天镇保姆")
        before = (row.hand_set, row.review)
        data = edited("brand", "天镇保姆", {"source_words": "天镇保姆获奖", **SOURCE})
        send(reviewer, upload(reviewer, "brand", data))
        row.refresh_from_db()
        assert row.evidence.filter(article__title="第三批名单").exists()
        assert (row.hand_set, row.review) == before

    def test_that_are_missing_are_told(self, reviewer: Client) -> None:
        shown = upload(reviewer, "brand", self.new({"name": "离石绣娘"}, {"name": "文水绣娘"}))
        assert "新增的有 2 条没有出处，写入之后暂不公开" in text_of(shown)

    @pytest.mark.parametrize(
        ("source", "column", "words"),
        [
            ({"source_title": "名单"}, "source_words", "请摘录原话"),
            ({"source_words": "离石绣娘"}, "source_title", "二者取一"),
            ({"source_words": "离石绣娘", "source_title": "名单", "source_article": "1"}, "source_title", "二者取一"),
            ({"source_words": "别的绣娘", "source_title": "名单"}, "source_words", "原话里没有“离石绣娘”"),
            ({"source_words": "离石绣娘", "source_article": "99999"}, "source_article", "没有编号为“99999”的报道"),
            ({"source_words": "离石绣娘", "source_article": "x"}, "source_article", "没有编号为“x”的报道"),
            ({"source_words": "离石绣娘", "source_title": "名单", "source_date": "去年"}, "source_date", "不是日期"),
            ({"source_words": "离石绣娘", "source_title": "名单", "source_url": "x:y"}, "source_url", "网址"),
            ({"source_words": "离石绣娘" * 300, "source_title": "名单"}, "source_words", "最多 1000 字"),
        ],
    )
    def test_by_halves_are_faults(self, reviewer: Client, source: dict[str, str], column: str, words: str) -> None:
        plan = upload(reviewer, "brand", self.new({"name": "离石绣娘", **source})).context["plan"]
        assert [(one, words in why) for _line, one, why in faults(plan)] == [(column, True)]
        assert plan.rows == []


def test_a_missing_column_stays_and_an_empty_cell_empties(stock: None) -> None:
    row = Brand.objects.get(name="天镇保姆")
    whole = next(one for one in rows_of("brand") if one["name"] == "天镇保姆")
    short = {name: whole[name] for name in ("id", "version")} | {"organisation": ""}
    (one,) = planned("brand", file_of([short])).rows
    assert [column.header for column in one.columns] == ["organisation"]
    assert (one.row.organisation, one.row.description) == ("", row.description)


def test_four_eyes(reviewer: Client, settings: Any) -> None:
    """Who imports a change has not reviewed it."""
    settings.FOUR_EYES = True
    send(reviewer, upload(reviewer, "brand", edited("brand", "离石月嫂", {"level": "national"})))
    row = Brand.objects.get(name="离石月嫂")
    assert (row.level, row.review, row.hand_set) == ("national", "proposed", ["level"])


def test_a_verdict_is_not_imported(stock: None) -> None:
    plan = planned("brand", edited("brand", "离石月嫂", {"review": "rejected", "confidence": "0"}))
    assert (plan.rows, plan.unchanged, plan.passed_over) == ([], 5, ["details", "review", "confidence"])


# In, with something wrong


@pytest.mark.parametrize(
    ("kind", "key", "changes", "column", "words"),
    [
        ("brand", "天镇保姆", {"name": ""}, "name", "不能为空"),
        ("brand", "天镇保姆", {"name": "“”"}, "name", "名称不能只有标点"),
        ("brand", "天镇保姆", {"name": "长" * 61}, "name", "60"),
        ("brand", "天镇保姆", {"level": "x"}, "level", "没有“x”；可以填：国家级、省级、市州级、县级。"),
        ("brand", "天镇保姆", {"region": "999999"}, "region", "没有编号为“999999”的记录"),
        ("brand", "天镇保姆", {"region": "141121"}, "region", "141121 是“山西省吕梁市文水县”，不是“山西省大同市"),
        ("brand", "天镇保姆", {"region": "", "region_name": "无此县"}, "region", "没有叫“无此县”的记录"),
        ("brand", "天镇保姆", {"region": "鼓楼", "region_name": ""}, "region", "没有叫“鼓楼”的记录"),
        ("brand", "天镇保姆", {"recognised_year": "1899"}, "recognised_year", "认定年份只能在 1949 至"),
        ("brand", "天镇保姆", {"recognised_year": "2999"}, "recognised_year", "认定年份只能在 1949 至"),
        ("brand", "天镇保姆", {"recognised_year": "二〇二三"}, "recognised_year", "不是年份"),
        ("brand", "天镇保姆", {"series": "天", "series_name": ""}, "series", "没有叫“天”的记录"),
        ("brand", "天镇保姆", {"aliases": "保姆|“保姆”"}, "aliases", "是同一个"),
        ("brand", "天镇保姆", {"version": "v000000000000", "level": "county"}, "version", "导出之后有人改过这一行"),
        ("brand", "天镇保姆", {"version": "", "level": "county"}, "version", "缺少导出时的 version"),
        ("brand", "天镇保姆", {"id": "99999"}, "id", "没有编号为“99999”的记录"),
        ("brand", "天镇保姆", {"id": "x"}, "id", "没有编号为“x”的记录"),
        ("brand", "天镇保姆", {"id": "", "version": ""}, "name", "已有相同的一条"),
        ("program", "护工技能大赛", {"held_on": "Nov-25"}, "held_on", "请写成 2025、2025-11 或 2025-11-20"),
        ("program", "护工技能大赛", {"held_on": "2025-02-30"}, "held_on", "不是日期"),
        ("program", "护工技能大赛", {"brands": "99999"}, "brands", "没有编号为“99999”的记录"),
        ("program", "护工技能大赛", {"kind": ""}, "kind", "不能为空"),
    ],
)  # fmt: skip
def test_a_fault_says_where_it_is(
    stock: None, kind: str, key: str, changes: dict[str, str], column: str, words: str
) -> None:
    rows = rows_of(kind)
    at = next(number for number, row in enumerate(rows) if row["name"] == key)
    rows[at].update(changes)
    plan = planned(kind, file_of(rows))
    ((line, where, why),) = faults(plan)
    assert (line, where) == (at + 2, column)
    assert words in why
    assert plan.rows == []


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"value": "-1"}, "value", "不是数字"),
        ({"value": "1.6E+9"}, "value", "科学计数法"),
        ({"value": ""}, "value", "这个字段不能为空"),
        ({"value_max": "1"}, "value_max", "上限不能小于数值"),
        ({"region": "141100"}, "brand", "须且只能填写一个主体"),
        ({"unit": "长" * 21}, "unit", "20"),
        ({"metric": "people"}, "metric", "没有“people”；可以填："),
        ({"value": "1,2345"}, "value", "不是数字"),
    ],
)
def test_a_number_is_looked_at(stock: None, changes: dict[str, str], column: str, words: str) -> None:
    ((_line, where, why),) = faults(planned("statistic", edited("statistic", "60000人", changes, by="stated")))
    assert where == column
    assert words in why


def test_synonyms_and_regions_are_looked_at(stock: None) -> None:
    one = planned(
        "synonym", edited("synonym", "绣娘、绣工", {"words": "绣娘", "narrower": "", "active": "开"}, by="words")
    )
    assert {(column, why) for _line, column, why in faults(one)} == {
        ("words", "一组至少要有两个词。"),
        ("active", "只能是 1（是）或 0（否）。"),
    }
    two = planned("region", edited("region", "吕梁市", {"parent": "", "parent_name": ""}))
    assert "请填上级的行政区划代码" in faults(two)[0][2]
    new = planned("region", file_of([{"adcode": "14112", "name": "临县", "common_name": "临县", "level": "county",
                                      "parent": "141100", "pinyin": "x"}]))  # fmt: skip
    assert [column for _line, column, _why in faults(new)] == ["adcode"]


def test_doubles_within_the_file(stock: None) -> None:
    rows: Rows = [{"id": "", "name": name, "industry": "craft"} for name in ("绣娘", "“绣娘”", "潜江裁缝")]
    plan = planned("brand", file_of(rows))
    assert faults(plan) == [(3, "name", "与第 2 行相同。")]
    assert len(plan.new) == 2  # the other 潜江裁缝 has a region
    twice = rows_of("brand")[:1] * 2
    assert faults(planned("brand", file_of(twice))) == [(3, "id", "第 2 行已有同一编号。")]


def test_names_that_change_places_are_told(stock: None) -> None:
    """The database would refuse the first of the two."""
    Brand.objects.filter(name="离石月嫂").update(region="140222")
    rows = rows_of("brand")
    one, two = (next(row for row in rows if row["name"] == name) for name in ("天镇保姆", "离石月嫂"))
    one["name"], two["name"] = two["name"], one["name"]
    assert [why[:6] for _line, _column, why in faults(planned("brand", file_of(rows)))] == ["已有相同的一"] * 2


def test_who_was_quicker_is_not_trampled(reviewer: Client) -> None:
    data = edited("brand", "离石月嫂", {"level": "national"})
    Brand.objects.filter(name="离石月嫂").update(organisation="离石区人社局")
    Brand.objects.filter(name="无名工匠").update(organisation="改过")  # which the file left as it was
    plan = planned("brand", data)
    assert [(column, why[:5]) for _line, column, why in faults(plan)] == [("version", "导出之后有")]
    assert (plan.rows, plan.unchanged) == ([], 4)


def test_what_is_so_already_is_no_conflict(stock: None) -> None:
    data = edited("brand", "离石月嫂", {"level": "national"})
    Brand.objects.filter(name="离石月嫂").update(level="national")
    plan = planned("brand", data)
    assert (plan.rows, plan.faults, plan.unchanged) == ([], [], 5)


def test_one_fault_stops_all_unless_told_otherwise(reviewer: Client) -> None:
    rows = rows_of("brand")
    rows[0]["level"], rows[1]["level"] = "nonsense", "county"
    before = state()
    shown = upload(reviewer, "brand", file_of(rows))
    assert "有错 1 行" in text_of(shown)
    refused = send(reviewer, shown)
    assert "请先改正有错的行" in said(refused)[0]
    assert state() == before
    assert not ChangeSet.objects.exists()
    done = send(reviewer, shown, skips="on")
    assert said(done) == [said(done)[0], "跳过了 1 行有错的。"]
    assert Change.objects.filter(change_set=ChangeSet.objects.get()).count() == 1


def test_what_is_applied_is_what_was_shown(reviewer: Client) -> None:
    shown = upload(reviewer, "brand", edited("brand", "离石月嫂", {"level": "national"}))
    Brand.objects.filter(name="离石月嫂").update(organisation="离石区人社局")
    again = send(reviewer, shown)
    assert "内容刚有变化" in said(again)[0]
    assert len(again.context["plan"].faults) == 1
    assert not ChangeSet.objects.exists()


def test_twice_is_once(reviewer: Client) -> None:
    shown = upload(reviewer, "brand", edited("brand", "离石月嫂", {"level": "national"}))
    send(reviewer, shown)
    send(reviewer, shown)
    assert ChangeSet.objects.count() == 1
    page = reviewer.get(shown.context["kept"].get_absolute_url())
    assert page["Location"] == reverse("curation:batch", args=[ChangeSet.objects.get().pk])


def test_a_reason_is_asked_for(reviewer: Client) -> None:
    shown = upload(reviewer, "brand", edited("brand", "离石月嫂", {"level": "national"}))
    again = send(reviewer, shown, why=" ")
    assert again.context["form"].errors.keys() == {"why"}
    assert not ChangeSet.objects.exists()


def test_a_file_is_its_owners_and_goes(reviewer: Client) -> None:
    shown = upload(reviewer, "brand", as_csv("brand"))
    assert "完全相同，没有要写入的" in text_of(shown)
    assert said(send(reviewer, shown)) == ["没有写入任何内容：请先改正有错的行，或选择跳过它们。"]
    assert not ChangeSet.objects.exists()
    kept = shown.context["kept"]
    assert client_as("admin", "guanli").get(kept.get_absolute_url()).status_code == 404
    Import.objects.update(created_at=timezone.now() - KEPT - timedelta(minutes=1))
    upload(reviewer, "brand", as_csv("brand"))
    assert not Import.objects.filter(pk=kept.pk).exists()
    newest = Import.objects.get()
    reviewer.post(reverse("curation:import_discard", args=[newest.pk]))
    assert not Import.objects.exists()


@pytest.mark.parametrize(("role", "out", "into"), [("viewer", 200, 403), ("editor", 200, 403), ("reviewer", 200, 200)])
def test_is_for_who_may(db: None, role: str, out: int, into: int) -> None:
    client = client_as(role)
    assert client.get(reverse("curation:export_csv", args=["brand"])).status_code == out
    assert client.get(reverse("curation:import", args=["brand"])).status_code == into


# Files that can't be read


def refusal(data: bytes, kind: str = "brand") -> str:
    with pytest.raises(RefusedFileError) as caught:
        planned(kind, data)
    return str(caught.value)


def packed(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["id", "name", "industry"])
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件里没有数据"),
        (b"id,name\n", "文件里没有数据"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xff", "不是 CSV 或 XLSX 文件"),
        (b"id,name\n1,\xff\xff\n", "文字编码认不出来"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 99, ".xls"),
        (b"PK\x03\x04" + b"x" * 99, "工作簿已损坏"),
        (b'id,name\n1,"a\n', "引号不配对"),
        (b"id,name,name\n1,a,b\n", "“name”与“name”是同一列"),
        ("名称,品牌名称\n1,a\n".encode(), "“名称”与“品牌名称”是同一列"),
        (b"id,,name\n1,a,b\n", "第 B 列没有列名"),
        ("id,名儿\n1,a\n".encode(), "没有“名儿”这一列。可用的列：编号（id）、版本（version）、名称（name）"),
        ("名称,地区\n天镇保姆,天镇\n".encode("gb18030").decode("latin-1").encode(), "文字是乱码"),
        ("名称,地区\n天镇保姆,天镇\n".encode().decode("gb18030", "ignore").encode(), "文字是乱码"),
        ("名称,地区\n天镇保姆,天镇\n".encode("shift_jis", "ignore") + b"\x83\x81\x83\x82" * 9, "文字编码认不出来"),
        (b"id,name\n" + b"1,a\n" * 10_001, "超过 10,000 行"),
        (b"id," + b",".join(b"c%d" % n for n in range(41)) + b"\n1\n", "超过 40 列"),
        (b"x" * (8 * 2**20 + 1), "文件太大，最多 8 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(db: None, data: bytes, words: str) -> None:
    assert words in refusal(data)


def test_a_workbook_is_looked_at_before_it_is_opened(db: None) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\x00" * (65 * 2**20))
    assert len(file.getvalue()) < 100_000
    assert "工作簿解开后太大，最多 64 MB" in refusal(file.getvalue())
    wide = b"<worksheet><sheetData><row>" + b"<c/>" * 200_001 + b"</row></sheetData></worksheet>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", wide)
    assert "工作簿解开后太大" in refusal(file.getvalue())
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(501):
            archive.writestr(f"{number}.xml", b"")
    assert "工作簿解开后太大" in refusal(many.getvalue())
    assert "工作簿已损坏" in refusal(packed(lambda book: None)[:-200])


@pytest.mark.parametrize("text", ["_x0000_", "_xD800_"])
def test_what_no_database_keeps_is_refused(db: None, text: str) -> None:
    plan = planned("brand", packed(lambda book: book.worksheets[0].append([None, text, "craft"])))
    assert (2, "name", "里面有不能保存的字符。") in faults(plan)
    assert plan.rows == []


def test_a_cell_that_is_too_long_is_told(stock: None) -> None:
    plan = planned("brand", f"id,name\n,{'绣' * 32_769}\n,离石绣娘\n".encode())
    assert (faults(plan)[0], len(plan.new)) == ((2, "name", "太长，最多 32767 字。"), 1)


def test_all_that_is_wrong_is_told_at_once(reviewer: Client) -> None:
    """A formula, a character that no database keeps, too many cells and a wrong value, each by its cell."""

    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.append([None, "=A1&A2", "不知道"])
        sheet.append([None, "_x0000_", "craft"])
        sheet.append([None, "离石绣娘", "craft", "多"])

    shown = upload(reviewer, "brand", packed(fill), "表.xlsx")
    told = [(line, column, why[:7]) for line, column, why in faults(shown.context["plan"])]
    assert told == [
        (2, "industry", "没有“不知道”"),
        (2, "name", "这一格是公式；"),
        (3, "name", "里面有不能保存"),
        (4, "id", "这一行有 4 "),
    ]
    assert [place for place, _fault in shown.context["faults"]][:2] == [
        {"cell": "C2", "column": "industry"},
        {"cell": "B2", "column": "name"},
    ]


def test_a_workbook_of_people_is_read(stock: None) -> None:
    """Blank lines, a second sheet, whole numbers with a point, dates as spreadsheets keep them, a far cell."""

    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.append([])
        sheet.append([float(Brand.objects.get(name="天镇保姆").pk), "天镇保姆", "craft"])
        sheet["XFD9"] = " "
        book.create_sheet("别的").append(["x"])

    lines = headings.headed("brand", import_file.read(packed(fill)))
    assert lines.notes == ["文件有 2 张工作表，只读了“Sheet”这一张。"]
    assert lines.rows == [(3, [str(Brand.objects.get(name="天镇保姆").pk), "天镇保姆", "craft"])]


@pytest.mark.parametrize(
    ("codec", "name"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"), ("utf-16", "UTF-16")]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_separators(stock: None, codec: str, name: str, delimiter: str) -> None:
    data = f"id{delimiter}name{delimiter}industry\n{delimiter}离石绣娘{delimiter}craft\n".encode(codec)
    assert import_file.read(data).encoding == name
    assert [one.row.name for one in planned("brand", data).new] == ["离石绣娘"]


def test_no_more_than_can_be_taken_back(stock: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_plan, "MOST_CHANGES", 2)
    row = {"id": "", "name": "离石绣娘", "industry": "craft", "aliases": "绣娘|绣工"}
    assert "要改动的内容超过 2 项" in refusal(file_of([row]))


def test_a_long_file_is_shown_in_part_and_asks_little(reviewer: Client, django_assert_max_num_queries: Any) -> None:
    with sync.gathered():
        for number in range(60):
            brand(f"{number}号绣娘", aliases=(f"绣{number}",))
    rows = [row | {"level": "county"} for row in rows_of("brand")]
    rows += [
        {**dict.fromkeys(rows[0], ""), "name": f"新{n}", "industry": "craft", "region_name": "离石"} for n in range(150)
    ]
    rows += [{**dict.fromkeys(rows[0], ""), "name": "", "industry": "x"} for n in range(150)]
    shown = upload(reviewer, "brand", file_of(rows))
    with django_assert_max_num_queries(MOST_QUERIES):
        page = reviewer.get(shown.context["kept"].get_absolute_url())
    assert (len(page.context["new"]), len(page.context["faults"])) == (50, 50)
    assert len(page.content) < 60_000
    assert "只列前 50 条" in text_of(page)


def test_nobody_knows_of_models_that_have_no_table() -> None:
    assert {kind: table.model._meta.model_name for kind, table in TABLES.items()} == {
        kind: kind for kind in TableKind.values
    }
    for table in TABLES.values():
        assert table().headers[:2] == [table.key, "version"]


def test_people_are_not_deleted_with_their_files(reviewer: Client) -> None:
    upload(reviewer, "brand", as_csv("brand"))
    with pytest.raises(models.ProtectedError):
        User.objects.get(username="shenhe").delete()


@pytest.mark.django_db
def test_the_words_for_the_scope_go_out_to_be_read() -> None:
    source = article("今年新 增500人，新增的人里有厨师。", title="一篇")
    row = statistic(brand("护工丙"), 500, source=source, phrase="500人", scope="new")
    bear_out(row, source, "新 增", field="scope")
    bear_out(row, source, "新增", field="scope")
    headers, line = export_rows.lines("statistic", [row.pk])
    assert line[headers.index("scope_words")] == "新增"
    plain = statistic(brand("护工丁"), 700)
    headers, line = export_rows.lines("statistic", [plain.pk])
    assert line[headers.index("scope_words")] == ""


def test_details_are_written_out_by_kind_and_left_alone_by_an_import(stock: None) -> None:
    carer = Brand.objects.get(name="吕梁山护工")
    carer.details.create(kind="destination", words="大同|市", region_id="140200", by_hand=True)
    table = TABLES["brand"]()
    (row,) = table.rows([carer.pk]).values()
    assert parted(table.columns["details"].text(TableRow(row))) == [
        "destination:重庆",
        "destination:大同|市",
        "trade:病患陪护",
    ]
    assert table.columns["details"].shown_only
    assert table.columns["details"].text(TableRow(Brand())) == ""
