"""Lists in many layouts: every name comes into the grid, or waits below it with the reason. Nothing is dropped without
a word."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from brands.models import Article, Brand
from curation.lists.doubts import reason
from curation.lists.drafts import tabbed, unread_of
from curation.lists.reading import read_list, read_table
from curation.lists.rows import MAX_ROWS, ListReading, UnreadLine, WhyUnread
from curation.models import ListDraft
from tests.brands.factories import catalogue
from tests.curation.test_batches import text_of
from tests.curation.test_lists import SOURCE, begin, form_of, publish
from tests.staff import client_as, member

# Lists as offices publish and people paste them: their text, the names that a reader finds there, in order, and those
# that no rule reads (`by_hand`): their words have to be there.
LAYOUTS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("list_layouts.json").read_text("utf-8"))

LONG = "面向全市脱贫家庭妇女开展家政服务技能培训并统一组织输出到京津冀及长三角地区长期稳定就业的吕梁护工品牌"


def solid(text: str) -> str:
    return "".join(text.split())


def names(reading: ListReading) -> list[str]:
    return [row.cell("name") for row in reading.rows]


def words(reading: ListReading) -> str:
    return "\n".join(
        solid(text) for text in ([row.words for row in reading.rows] + [line.words for line in reading.unread])
    )


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout["kind"])
def test_every_name_of_a_layout_comes_through(layout: dict[str, Any]) -> None:
    reading = read_list(tabbed(layout["text"]))
    assert [name for name in layout["names"] if name not in names(reading)] == []
    assert [name for name in layout["by_hand"] if solid(name) not in words(reading)] == []


def test_few_rows_are_no_names() -> None:
    """Of all rows of all layouts, those that a reader would not have made."""
    more = [
        name for layout in LAYOUTS for name in names(read_list(tabbed(layout["text"]))) if name not in layout["names"]
    ]
    assert len(more) <= 3, more


NAMES = ["离石绣娘", "文水面工", "天镇厨师", "潜江裁缝", "阳高杏农", "浑源药农", "汾阳厨师", "清徐醋匠"]
SAID = st.sampled_from(NAMES)
# What no rule takes for a name.
ODD = st.sampled_from([LONG, "100%放心月嫂", "月嫂@吕梁", "吕梁<br>护工"])
ENTRIES = st.lists(st.one_of(SAID, ODD), min_size=2, max_size=12)


def laid_out(kind: str, entries: Sequence[str]) -> str:
    pairs = [entries[at : at + 2] for at in range(0, len(entries), 2)]
    return {
        "table": "\n".join(
            ["序号\t品牌名称\t建设单位", *(f"{at}\t{one}\t市人社局" for at, one in enumerate(entries, 1))]
        ),
        "no head": "\n".join(f"{at}\t{one}\t吕梁市\t市人社局" for at, one in enumerate(entries, 1)),
        "side by side": "\n".join(["品牌名称\t建设单位\t品牌名称\t建设单位", *("\t市局\t".join(two) for two in pairs)]),
        "two in a cell": "\n".join(["序号\t品牌名称", *(f"{at}\t{'、'.join(two)}" for at, two in enumerate(pairs, 1))]),
        "numbered": "\n".join(f"{at}.{one}" for at, one in enumerate(entries, 1)),
        "lines": "\n\n".join(entries),
        "run": "、".join(entries),
        "labelled": "\n".join(f"吕梁市：{'、'.join(two)}" for two in pairs),
        "blanks": "\n".join("　".join(two) for two in pairs),
        "prose": f"经评审，认定{'、'.join(entries)}为省级劳务品牌。",
    }[kind]


@pytest.mark.parametrize(
    "kind",
    ["table", "no head", "side by side", "two in a cell", "numbered", "lines", "run", "labelled", "blanks", "prose"],
)
@given(ENTRIES)
@settings(deadline=None)
def test_what_is_in_the_list_is_in_a_row_or_among_the_unread(kind: str, entries: list[str]) -> None:
    reading = read_list(laid_out(kind, entries))
    unread = "\n".join(solid(line.words) for line in reading.unread)
    lost = [one for one in entries if one not in names(reading) and solid(one) not in unread]
    # A row whose name is a part of what the list says has the whole among its words.
    assert [one for one in lost if not any(solid(one) in solid(row.words) for row in reading.rows)] == []
    if kind != "blanks":  # where few lines do not tell which columns are names
        assert [one for one in lost if one in NAMES] == []


@settings(deadline=None)
@given(st.text(alphabet="离石绣娘文水面工“”、，。；：（）()0123456789.\t \n一二省级市品牌名称合计", max_size=200))
def test_every_line_of_any_text_is_somewhere(text: str) -> None:
    reading = read_list(text)
    there = words(reading).replace("\n", "")
    for line in text.split("\n"):
        for run in "".join(one if "\u4e00" <= one <= "\u9fff" else " " for one in line).split():
            assert run in there or run[0] in "一二省", (run, text)


@pytest.mark.parametrize(
    ("text", "why", "name"),
    [
        (f"序号\t品牌名称\n1\t离石绣娘\n2\t{LONG}", WhyUnread.LONG, LONG),
        (f"1.离石绣娘\n2.{LONG}", WhyUnread.LONG, LONG),
        ("品牌名称\t地区\n离石绣娘\t离石区\n？？绣娘\t文水县", WhyUnread.NO_NAME, "？？绣娘"),
        ("品牌名称\t地区\t单位\n离石绣娘\t离石区\t甲局\n\t文水县\t乙局", WhyUnread.EMPTY, ""),
        ("离石绣娘\n离石绣娘", WhyUnread.TWICE, "离石绣娘"),
        ("品牌名称\t地区\n离石绣娘\t离石区\n合计\t1", WhyUnread.TOTAL, ""),
        ("离石绣娘\n注：公示五天", WhyUnread.NOTE, "注：公示五天"),
    ],
)
def test_why_words_are_in_no_row(text: str, why: WhyUnread, name: str) -> None:
    line = read_list(text).unread[-1]
    assert (line.why, line.name) == (why, name)
    assert reason(line)


def test_rows_above_the_limit_wait() -> None:
    reading = read_list("\n".join(f"离石绣娘{chr(0x4E00 + at)}" for at in range(MAX_ROWS + 7)))
    assert [line.why for line in reading.left] == [WhyUnread.FULL] * 7


def test_merged_cells_say_their_place_to_all_below() -> None:
    text = (
        "市\t县\t品牌名称\n吕梁市\t离石区\t离石绣娘\n\t\t文水面工\n\t汾阳市\t汾阳厨师\n大同市\t\t大同阿姨\n\t\t吕梁月嫂"
    )
    found = [(row.cell("name"), row.cell("region")) for row in read_list(text).rows]
    assert found == [
        ("离石绣娘", "吕梁市离石区"),
        ("文水面工", ""),  # it says itself that it is of another county
        ("汾阳厨师", "吕梁市汾阳市"),
        ("大同阿姨", "大同市"),
        ("吕梁月嫂", ""),  # which its name denies
    ]


def test_a_sheet_with_line_ends_in_its_cells() -> None:
    reading = read_table([["品牌名称", "地区"], ["天镇黄花\n采摘工", "天镇县"], ["离石绣娘\n文水面工", "吕梁市"]])
    assert names(reading) == ["天镇黄花采摘工", "离石绣娘", "文水面工"]


@pytest.fixture
def reviewer(db: None) -> Client:
    catalogue()
    return client_as("reviewer", "shenhe")


TEXT = f"序号\t品牌名称\t所在地\n1\t离石绣娘、文水面工\t吕梁市\n2\t{LONG}\t吕梁市\n3\t天镇厨师\t天镇县\n合计\t4\t"


class TestTheDesk:
    def test_what_could_not_be_read_stands_below_and_is_counted(self, reviewer: Client) -> None:
        draft = begin(reviewer, TEXT)
        told = text_of(reviewer.get(draft.get_absolute_url()))
        assert "共 3 行" in told
        assert "另有 1 处没有读出" in told
        assert LONG in told
        assert f"名称太长：{len(LONG)} 字，最多 30 字" in told
        assert "没有成行的 2 处" in told  # the head and the total

    def test_it_becomes_a_row_in_one_stroke_and_only_once(self, reviewer: Client) -> None:
        draft = begin(reviewer, TEXT)
        at = next(at for at, line in enumerate(unread_of(draft)) if line.why == WhyUnread.LONG)
        for _click in range(2):
            answer = reviewer.post(draft.get_absolute_url(), {**form_of(reviewer, draft), "do": f"row:{at}"})
            assert answer["Location"].endswith("#r3")
        draft.refresh_from_db()
        assert [row["cells"]["name"] for row in draft.rows] == ["离石绣娘", "文水面工", "天镇厨师", LONG]
        assert draft.rows[3]["cells"]["region"] == "山西吕梁 141100"
        told = text_of(reviewer.get(draft.get_absolute_url()))
        assert "已加为第 4 行" in told
        assert "另有" not in told
        publish(reviewer, draft, 0, 1, 2, 3, **{"r3-name": "吕梁护工品牌"})
        made = Brand.objects.get(name="吕梁护工品牌")
        assert made.evidence.get().quote == LONG
        assert LONG in Article.objects.latest("pk").page.text

    def test_two_names_of_a_cell_have_their_own_places_in_it(self, reviewer: Client) -> None:
        publish(reviewer, begin(reviewer, TEXT), 0, 1)
        first, second = (Brand.objects.get(name=name).evidence.get() for name in ("离石绣娘", "文水面工"))
        assert (first.quote, second.quote) == ("离石绣娘", "文水面工")
        assert first.sentence == second.sentence

    def test_a_list_of_which_nothing_could_be_read_opens_all_the_same(self, reviewer: Client) -> None:
        draft = begin(reviewer, f"1.{LONG}\n2.{LONG}其二")
        assert draft.rows == []
        assert len(unread_of(draft)) == 2

    def test_a_file_with_commas_is_published_with_its_words(self, reviewer: Client) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        file = SimpleUploadedFile("名单.csv", "序号,品牌名称,所在地\n1,离石绣娘,离石区".encode())
        draft = begin(reviewer, "", file=file)
        assert "已写入 1 条" in text_of(publish(reviewer, draft, 0))

    def test_a_full_list_takes_no_more(self, reviewer: Client) -> None:
        draft = begin(reviewer, "\n".join(f"离石绣娘{chr(0x4E00 + at)}" for at in range(MAX_ROWS + 1)))
        answer = reviewer.post(draft.get_absolute_url(), {"do": "row:0"}, follow=True)
        assert f"一份名单最多 {MAX_ROWS} 行，已经满了。" in text_of(answer)
        assert ListDraft.objects.get().rows == draft.rows

    @pytest.mark.parametrize("place", ["", "x", "99", "-1", "9999999"])
    def test_a_line_that_is_not_there(self, reviewer: Client, place: str) -> None:
        draft = begin(reviewer, TEXT)
        assert reviewer.post(draft.get_absolute_url(), {"do": f"row:{place}"}).status_code == 404

    def test_only_who_has_the_list_makes_rows(self, reviewer: Client) -> None:
        draft = begin(reviewer, TEXT)
        ListDraft.objects.filter(pk=draft.pk).update(author=member("reviewer", "other"))
        page = reviewer.get(draft.get_absolute_url())
        assert "row:1" not in page.content.decode()
        reviewer.post(draft.get_absolute_url(), {"do": "row:1"})
        draft.refresh_from_db()
        assert len(draft.rows) == 3

    def test_a_list_without_any_name_is_still_refused(self, reviewer: Client) -> None:
        answer = reviewer.post(reverse("curation:lists"), {"text": "。。。\n12", **SOURCE})
        assert "里面没有认出名称" in text_of(answer)


def test_a_line_is_stored_and_read_back() -> None:
    line = UnreadLine("甲", WhyUnread.LONG, "乙", {"region": "丙"}, 3)
    assert UnreadLine(**line.stored) == line
