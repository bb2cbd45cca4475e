"""Tables as people make them come in: Chinese headings and values, a title, merged cells, numbers in any writing."""

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from brands.models import Brand, BrandAlias, Region
from curation.transfer import export_rows, headings, import_file, import_plan
from curation.transfer.headings import plain_heading
from curation.transfer.import_plan import ImportPlan
from curation.transfer.raw_table import RefusedFileError
from curation.transfer.tables import TABLES
from curation.transfer.template import template
from tests.brands.factories import brand, catalogue
from tests.curation.test_batches import text_of
from tests.staff import client_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stock(db: None) -> None:
    catalogue()


def planned(kind: str, data: bytes) -> ImportPlan:
    return import_plan.plan(kind, headings.headed(kind, import_file.read(data)))


def of_lines(*lines: str, codec: str = "utf-8") -> bytes:
    return "\n".join([*lines, ""]).encode(codec)


def of_book(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def faults(plan: ImportPlan) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.column, fault.why) for fault in plan.faults]


def test_headings_and_values_as_people_write_them() -> None:
    plan = planned(
        "brand",
        of_lines(
            "序号,品牌名称（必填）,别名,所属地区,所属行业,级别,认定年份,认定批次,建设单位",
            "1,离石绣娘,绣娘、绣女；绣工,山西吕梁离石,餐饮,市级,２０２４年,第三批,离石区人社局",
            "2,文水面工,,141121,家政,省级,2023,,",
            "3,潜江虾工,,潜江 429005,catering,national,,,",
        ),
    )
    assert faults(plan) == []
    rows = [
        (one.row.name, one.row.region_id, one.row.industry, one.row.level, one.row.recognised_year) for one in plan.new
    ]
    assert rows == [
        ("离石绣娘", "141102", "catering", "prefectural", 2024),
        ("文水面工", "141121", "domestic_service", "provincial", 2023),
        ("潜江虾工", "429005", "catering", "national", None),
    ]
    assert plan.new[0].now.wanted["aliases"] == ["绣女", "绣娘", "绣工"]
    assert (plan.new[0].row.batch, plan.new[0].row.organisation) == ("第三批", "离石区人社局")


def test_a_title_stands_above_and_is_told() -> None:
    lines = headings.headed(
        "brand", import_file.read(of_lines("山西省劳务品牌名单,,", "", "名称,地区,级别", "甲工,,省级"))
    )
    assert (lines.headers, lines.rows) == (["name", "region", "level"], [(4, ["甲工", "", "省级"])])
    assert lines.notes == ["列名在第 3 行，它上面的内容没有读。", "没有编号一列，所以每行都当作新记录。"]


@pytest.mark.parametrize("mark", [";", "|", "\t"])
def test_the_separator_may_be_told(mark: str) -> None:
    plan = planned("brand", of_lines(f"sep={mark}", f"名称{mark}级别", f"甲工{mark}省级"))
    assert [(one.line, one.row.level) for one in plan.new] == [(3, "provincial")]


def test_big5_is_read() -> None:
    data = of_lines("名稱,級別,行業", "離石繡娘,省級,餐飲", codec="big5")
    assert import_file.read(data).encoding == "Big5"
    assert [(one.row.name, one.row.level, one.row.industry) for one in planned("brand", data).new] == [
        ("離石繡娘", "provincial", "catering")
    ]


def test_gb18030_of_names_alone_is_no_garbage() -> None:
    names = [f"{first}{second}工" for first in "曲巩隰汾岢偏" for second in "绱焊烩煨"]
    data = of_lines("name", *names, codec="gb18030")
    assert (import_file.read(data).encoding, len(planned("brand", data).new)) == ("GB18030", 24)


def test_places_are_found_as_in_forms() -> None:
    Region.objects.filter(adcode="141102").update(pinyin="li shi")
    typed = ("离石", "山西离石", "吕梁市离石区", "lishi", "山西吕梁离石 141102", "１４１１０２")
    plan = planned("brand", of_lines("名称,地区", *(f"工匠{at},{text}" for at, text in enumerate(typed))))
    assert faults(plan) == []
    assert {one.row.region_id for one in plan.new} == {"141102"}


class TestWorkbooks:
    def test_merged_cells_are_filled_down(self) -> None:
        def fill(book: openpyxl.Workbook) -> None:
            sheet = book.worksheets[0]
            sheet.append(["名单"])
            sheet.append(["地区", "名称", "级别"])
            for name in ("甲工", "乙工", "丙工"):
                sheet.append([None, name, None])
            sheet["A3"], sheet["C3"], sheet["A5"] = "文水县", "省级", "天镇县"
            sheet.merge_cells("A1:C1")
            sheet.merge_cells("A3:A4")
            sheet.merge_cells("C3:C5")

        plan = planned("brand", of_book(fill))
        assert faults(plan) == []
        assert [(one.row.region_id, one.row.level) for one in plan.new] == [
            ("141121", "provincial"),
            ("141121", "provincial"),
            ("140222", "provincial"),
        ]

    def test_cells_merged_over_columns_are_refused_with_the_range(self) -> None:
        def fill(book: openpyxl.Workbook) -> None:
            sheet = book.worksheets[0]
            sheet.append(["名称", "地区", "级别"])
            sheet.append(["甲工", "文水县", "省级"])
            sheet.append(["乙工", "文水县"])
            sheet.merge_cells("B3:C3")

        plan = planned("brand", of_book(fill))
        assert [(line, column, why[:5]) for line, column, why in faults(plan)] == [(3, "region", "B3:C3")]
        assert [one.row.name for one in plan.new] == ["甲工"]

    def test_a_head_of_two_rows_is_refused_with_the_range(self) -> None:
        def fill(book: openpyxl.Workbook) -> None:
            sheet = book.worksheets[0]
            sheet.append(["名称", "地区"])
            sheet.append([None, "县"])
            sheet.append(["甲工", "文水县"])
            sheet.merge_cells("A1:A2")

        with pytest.raises(RefusedFileError, match="A1:A2"):
            planned("brand", of_book(fill))

    def test_a_hidden_sheet_is_passed_over(self) -> None:
        def fill(book: openpyxl.Workbook) -> None:
            book.worksheets[0].append(["别的"])
            book.worksheets[0].sheet_state = "hidden"
            sheet = book.create_sheet("名单")
            sheet.append(["名称"])
            sheet.append(["甲工"])

        data = of_book(fill)
        assert [one.row.name for one in planned("brand", data).new] == ["甲工"]
        assert "只读了“名单”这一张" in import_file.read(data).notes[0]

    def test_many_merged_ranges_are_too_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("curation.transfer.import_workbook.MAX_MERGED", 3)

        def fill(book: openpyxl.Workbook) -> None:
            for number in range(1, 9, 2):
                book.worksheets[0].merge_cells(f"A{number}:A{number + 1}")

        with pytest.raises(RefusedFileError, match="合并的单元格超过 3 处"):
            import_file.read(of_book(fill))


@pytest.mark.parametrize(
    ("typed", "value"),
    [("5万", 50000), ("５，０００", 5000), ("1.5亿", 150_000_000), ("三万五千", 35000), ("12.5", Decimal("12.5"))],
)
def test_numbers_as_people_write_them(typed: str, value: Any) -> None:
    plan = planned("statistic", of_lines("地区\t指标\t数值\t单位\t限定", f"吕梁市\t就业人数\t{typed}\t人\t超过"))
    assert [column for _line, column, _why in faults(plan)] == ["qualifier"]
    plan = planned("statistic", of_lines("地区\t指标\t数值\t单位\t日期", f"吕梁市\t就业人数\t{typed}\t人\t2024年5月"))
    assert faults(plan) == []
    ((row, precision),) = [(one.row, one.row.as_of_precision) for one in plan.new]
    assert (row.value, row.region_id, precision) == (value, "141100", "month")


def test_names_of_other_rows_stand_where_numbers_may() -> None:
    plan = planned("program", of_lines("名称,类别,涉及品牌", '绣娘大赛,赛事评选,"吕梁山护工、天镇保姆"'))
    assert faults(plan) == []
    names = {Brand.objects.get(pk=key).name for key in plan.new[0].now.wanted["brands"]}
    assert names == {"吕梁山护工", "天镇保姆"}


def test_an_alias_with_a_mark_in_it_stays_whole() -> None:
    made = brand("甲工")
    BrandAlias.objects.create(brand=made, name="甲、乙两地工")
    data = "".join(export_rows.as_csv(export_rows.lines("brand", [made.pk]))).encode()
    assert (planned("brand", data).unchanged, planned("brand", data).rows) == (1, [])


def test_the_template_comes_in_as_it_is_filled(client: Client) -> None:
    reviewer = client_as("reviewer")
    for kind in TABLES:
        got = reviewer.get(reverse("curation:import_template", args=[kind]))
        book = openpyxl.load_workbook(io.BytesIO(b"".join(got.streaming_content)))  # type: ignore[attr-defined]
        assert [sheet.title for sheet in book.worksheets] == ["填写", "取值", "说明"]
        names = headings.names_of(kind)
        assert all(plain_heading(str(cell.value)) in names for cell in book["填写"][1])
    assert client_as("viewer").get(reverse("curation:import_template", args=["brand"])).status_code == 403
    assert reviewer.get(reverse("curation:import_template", args=["page"])).status_code == 404


def test_the_template_offers_what_a_column_takes() -> None:
    with template("brand") as file:
        book = openpyxl.load_workbook(io.BytesIO(file.read()))
    sheet = book["填写"]
    heads = {str(cell.value): cell.column_letter for cell in sheet[1]}
    rules = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    place = rules[f"{heads['级别']}2"].partition("!")[2].replace("$", "")
    assert [cell.value for (cell,) in book["取值"][place]] == ["国家级", "省级", "市州级", "县级"]
    sheet[f"{heads['名称']}2"], sheet[f"{heads['级别']}2"] = "甲工", "县级"
    out = io.BytesIO()
    book.save(out)
    assert [(one.row.name, one.row.level) for one in planned("brand", out.getvalue()).new] == [("甲工", "county")]
    assert sheet.column_dimensions[heads["名称"]].width > 20


def test_what_is_wrong_is_told_in_the_words_of_the_file(client: Client) -> None:
    reviewer = client_as("reviewer")
    file = io.BytesIO(of_lines("品牌名称,级别", "甲工,一等"))
    file.name = "名单.csv"
    shown = reviewer.post(reverse("curation:import", args=["brand"]), {"file": file}, follow=True)
    assert [place for place, _fault in shown.context["faults"]] == [{"cell": "B2", "column": "级别"}]
    assert "没有“一等”；可以填：国家级、省级、市州级、县级。" in text_of(shown)
