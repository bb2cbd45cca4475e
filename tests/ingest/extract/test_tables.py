"""Tables: which line heads one, what its cells say, and that a page in pieces gives whole rows."""

import pytest

from ingest.extract.tables import head_of
from ingest.pipeline import extract_bytes
from ingest.table_cells import cells

HEAD = "序号 品牌名称 所在地区 从业人数（万人） 人均月收入（元） 年产值（亿元）"
ROWS = (
    ("1 云岭绣娘 玉溪市峨山县 0.52 4800 1.6", "云岭绣娘", ("5200", "4800", "160000000")),
    ("2 姚安坝子厨师 楚雄州姚安县 2.3 6500 25.35", "姚安坝子厨师", ("23000", "6500", "2535000000")),
    ("3 剑川木雕匠 大理州剑川县 2 7000 18", "剑川木雕匠", ("20000", "7000", "1800000000")),
)


def told(page: str) -> dict[str, list[tuple[str, str, str]]]:
    """By brand: metric, value and unit of all its figures."""
    facts = extract_bytes("page.txt", page.encode()).statistics
    found: dict[str, list[tuple[str, str, str]]] = {}
    for fact in facts:
        found.setdefault(fact.subject.key, []).append((fact.metric.value, f"{fact.value:f}", fact.unit))
    return found


@pytest.mark.parametrize(
    ("line", "size", "name", "counting"),
    [
        (HEAD, 6, 1, [3, 4, 5]),
        ("序号 推荐单位 品牌名称 带动就业人数（人）", 4, 2, [3]),
        ("| 劳务品牌 | 市州 | 年劳务收入（亿元） |", 3, 0, [2]),
        ("品牌名称 类别 代表人物", 3, 0, []),
    ],
)
def test_heads_of_tables(line: str, size: int, name: int, counting: list[int]) -> None:
    head = head_of(line)
    assert head is not None
    assert (head.size, head.name, [at for at, _ in head.figures]) == (size, name, counting)


@pytest.mark.parametrize(
    "line",
    [
        "1 云岭绣娘 玉溪市 0.52",
        "云岭绣娘 玉溪市 手工类 约15万人",
        "打造劳务品牌 助力乡村振兴",
        "记者 王某 通讯员 李某",
        "劳务品牌",
    ],
)
def test_other_lines_head_no_table(line: str) -> None:
    assert head_of(line) is None


def test_a_unit_in_brackets_ends_a_cell() -> None:
    assert [cell.text for cell in cells("从业人数（人）人均收入（元）备注")] == [
        "从业人数（人）",
        "人均收入（元）",
        "备注",
    ]


@pytest.mark.parametrize("bars", [False, True])
def test_the_figures_of_a_table_are_those_of_the_brands_in_its_rows(bars: bool) -> None:
    lines = [HEAD, *(row for row, _, _ in ROWS)]
    if bars:
        lines = [f"| {line.replace(' ', ' | ')} |" for line in lines]
        lines.insert(1, "| --- | --- | --- | --- | --- | --- |")
    found = told("云南省第三批劳务品牌名单\n\n" + "\n".join(lines))
    assert {name: [value for _, value, _ in facts] for name, facts in found.items()} == {
        name: list(values) for _, name, values in ROWS
    }
    assert {(metric, unit) for facts in found.values() for metric, _, unit in facts} == {
        ("employment", "人"),
        ("per_capita_income", "元/月"),
        ("output_value", "元"),
    }


def test_cells_that_carry_their_own_unit_and_hedge() -> None:
    found = told(
        "甘肃省劳务品牌名录\n\n品牌名称 市州 类别 从业人数 年创收\n兰州拉面师 兰州市 餐饮类 约15万人 近100亿元\n"
        "庄浪建筑工 平凉市 建筑类 4万余人 14亿元\n通渭草编匠 定西市 手工类 5000人 —\n合计 — — 19.5万人 114亿元"
    )
    assert found["兰州拉面师"] == [("employment", "150000", "人"), ("labour_income", "10000000000", "元")]
    assert found["庄浪建筑工"] == [("employment", "40000", "人"), ("labour_income", "1400000000", "元")]
    assert found["通渭草编匠"] == [("employment", "5000", "人")]
    assert "合计" not in found


def test_a_line_for_each_cell_gives_rows() -> None:
    lines = ["序号", "品牌名称", "所在地区", "从业人数"]
    for number, (row, name, _) in enumerate(ROWS, 1):
        lines += [str(number), name, row.split()[2], f"{number}.3万人"]
    found = told("云南省第三批劳务品牌名单公布\n\n" + "\n".join(lines))
    assert found == {name: [("employment", f"{i}3000", "人")] for i, (_, name, _) in enumerate(ROWS, 1)}


def test_a_row_that_broke_inside_a_name_is_whole_again() -> None:
    rows = [row for row, _, _ in ROWS] + ["4 鹤庆新华银\n器匠 大理州鹤庆县 1.6 6000 12"]
    found = told("云南省第三批劳务品牌名单公布\n\n" + "\n".join([HEAD, *rows]))
    assert found["鹤庆新华银器匠"][0] == ("employment", "16000", "人")


@pytest.mark.parametrize("first", ["年度", "时间段", "县区"])
def test_a_table_whose_rows_are_times_is_of_whom_the_text_above_speaks(first: str) -> None:
    page = (
        "“河湾船工”劳务品牌越擦越亮\n\n“河湾船工”劳务品牌四年来一直在办班，村里人不用出县就能学到手艺，"
        "学完了由协会领着上船。办班的数字如下：\n\n"
        f"{first}　培训期数　培训人数　带动就业人数\n2022年　12期　815人　640人\n2023年　9　702　598\n\n"
        "开班的钱由县里出，村里只管把人送来，吃住都有补贴，学完了还有人领着上工。"
    )
    facts = extract_bytes("page.txt", page.encode()).statistics
    assert {fact.subject.key for fact in facts} == {"河湾船工"}
    assert [(fact.metric.value, int(fact.value), fact.unit, fact.as_of) for fact in facts] == [
        ("events", 12, "期", "2022"),
        ("training", 815, "人", "2022"),
        ("employment", 640, "人", "2022"),
        ("events", 9, "期", "2023"),
        ("training", 702, "人", "2023"),
        ("employment", 598, "人", "2023"),
    ]
