"""The list desk: lists of every kind become rows, rows become brands with their own words as evidence, and nothing that
somebody else did meanwhile is trampled."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from brands.audit.change_sets import open_change_set, within
from brands.audit.undo import undo
from brands.listing import sync
from brands.models import Article, Brand, BrandAlias, ChangeSet, Evidence
from brands.vocabulary.choices import ChangeSetKind, ReviewState
from curation.lists.completing import ListHead, complete
from curation.lists.doubts import look_at
from curation.lists.reading import MAX_TEXT, read_list, read_table
from curation.lists.rows import MAX_ROWS, GridRow
from curation.models import ListDraft
from curation.roles import assign
from curation.transfer.references import divisions
from curation.views.lists import ROWS
from tests.brands.factories import article, bear_out, brand, catalogue
from tests.brands.whole import replayed, state, without_long_texts
from tests.curation.test_batches import text_of
from tests.staff import client_as

# Statements that a page may take.
MOST_QUERIES = 30


def said(text: str) -> list[tuple[str, ...]]:
    """Name and place, and whatever else the rows say."""
    return [
        (
            row.cell("name"),
            row.cell("region"),
            *(row.cell(one) for one in ("industry", "level", "organisation") if row.cell(one)),
        )
        for row in read_list(text).rows
    ]


class TestReading:
    @pytest.mark.parametrize(
        ("text", "rows"),
        [
            ("离石绣娘\n文水面工\n天镇厨师", [("离石绣娘", ""), ("文水面工", ""), ("天镇厨师", "")]),
            ("离石绣娘、文水面工、天镇厨师等3个", [("离石绣娘", ""), ("文水面工", ""), ("天镇厨师", "")]),
            ("1. 离石绣娘\n2、“文水面工”劳务品牌\n（3）天镇厨师",
             [("离石绣娘", ""), ("文水面工", ""), ("天镇厨师", "")]),
            ("①离石绣娘\n· 文水面工", [("离石绣娘", ""), ("文水面工", "")]),
            ("一、离石绣娘\n二、文水面工", [("离石绣娘", ""), ("文水面工", "")]),
            ("离石绣娘（吕梁市离石区）\n文水面工 文水县", [("离石绣娘", "吕梁市离石区"), ("文水面工", "文水县")]),
            ("吕梁市（2个）：离石绣娘、文水面工、汾阳厨师\n大同市：天镇厨师、阳高杏农、浑源药农",
             [("离石绣娘", "吕梁市"), ("文水面工", "吕梁市"), ("汾阳厨师", "吕梁市"),
              ("天镇厨师", "大同市"), ("阳高杏农", "大同市"), ("浑源药农", "大同市")]),
            ("一、吕梁市（1个）\n1.离石绣娘\n二、大同市（1个）\n1.天镇厨师",
             [("离石绣娘", "吕梁市"), ("天镇厨师", "大同市")]),
            ("序号\t市\t县区\t品牌名称\t行业\t建设单位\n1\t吕梁市\t离石区\t离石绣娘\t家政服务\t离石区人社局",
             [("离石绣娘", "吕梁市离石区", "家政服务", "离石区人社局")]),
            ("1\t离石绣娘\t吕梁市\t家政\n2\t天镇厨师\t大同市\t餐饮",
             [("离石绣娘", "吕梁市", "家政"), ("天镇厨师", "大同市", "餐饮")]),
            ("| 品牌名称 | 所在地 |\n| 离石绣娘 | 吕梁市 |", [("离石绣娘", "吕梁市")]),
            ("省级劳务品牌（2个）\n离石绣娘\n市级劳务品牌\n文水面工",
             [("离石绣娘", "", "provincial"), ("文水面工", "", "prefectural")]),
            ("日前公布第二批省级劳务品牌，“离石绣娘”“文水面工”“天镇厨师”榜上有名。",
             [("离石绣娘", "", "provincial"), ("文水面工", "", "provincial"), ("天镇厨师", "", "provincial")]),
            ("附件\n山西省第三批省级劳务品牌名单\n（2026年2月10日）\n\n离石绣娘", [("离石绣娘", "")]),
            ("离石绣娘\n离石绣娘", [("离石绣娘", "")]),
            ("", []),
            ("。。。\n12\n一、", []),
        ],
    )  # fmt: skip
    def test_a_list_as_it_is_pasted(self, text: str, rows: list[tuple[str, ...]]) -> None:
        found = said(text)
        assert [row[: len(rows[at]) if at < len(rows) else None] for at, row in enumerate(found)] == rows

    def test_each_row_has_its_own_words(self) -> None:
        text = "一、吕梁市\n1. 离石绣娘（离石区人社局）\n太原市：清徐醋匠、阳曲农工、古交矿工"
        rows = read_list(text).rows
        assert [row.words for row in rows] == ["1. 离石绣娘（离石区人社局）", "清徐醋匠", "阳曲农工", "古交矿工"]
        assert all(row.words in text for row in rows)

    def test_a_sheet_is_read_as_its_words(self) -> None:
        rows = read_table([["名单"], ["名称", "地区"], ["离石绣娘", "离石\n区"]]).rows
        assert [(row.words, row.cell("region")) for row in rows] == [("离石绣娘\t离石 区", "离石 区")]

    def test_no_more_rows_than_may_be(self) -> None:
        text = "\n".join(f"工匠{'甲乙丙丁戊己庚辛壬癸'[at % 10]}{chr(0x4E00 + at)}" for at in range(MAX_ROWS + 50))
        assert len(read_list(text).rows) == MAX_ROWS

    def test_long_lines_are_read_in_time(self) -> None:
        for text in (
            "（" * MAX_TEXT,
            "、" * MAX_TEXT,
            "甲乙、" * (MAX_TEXT // 3),
            "“" * MAX_TEXT,
            "1." * (MAX_TEXT // 2),
        ):
            read_list(text)


@pytest.fixture
def stock(db: None) -> None:
    catalogue()


def rows_of(*cells: tuple[str, str]) -> list[GridRow]:
    return [GridRow(f"{at} {name}", name, {"name": name, "region": place}) for at, (name, place) in enumerate(cells)]


@pytest.mark.usefixtures("stock")
class TestCompleting:
    def test_the_title_speaks_for_all_rows(self) -> None:
        rows = rows_of(("离石绣娘", ""), ("天镇厨师", "天镇县"))
        complete(rows, ListHead("关于公布山西省第三批省级劳务品牌的通知", "山西省人社厅", 2026))
        cells = [
            [row.cell(name) for name in ("region", "industry", "level", "batch", "recognised_year")] for row in rows
        ]
        assert cells == [
            ["山西吕梁离石 141102", "craft", "provincial", "第三批", "2026"],
            ["山西大同天镇 140222", "catering", "provincial", "第三批", "2026"],
        ]

    def test_what_the_row_says_stands(self) -> None:
        (row,) = rows_of(("离石绣娘", "文水县"))
        row.cells |= {"level": "市级", "batch": "第一批", "recognised_year": "2020", "industry": "家政"}
        complete([row], ListHead("第三批省级劳务品牌名单", "山西省人社厅", 2026))
        assert row.cells == {
            "name": "离石绣娘",
            "region": "山西吕梁文水 141121",
            "level": "prefectural",
            "batch": "第一批",
            "recognised_year": "2020",
            "industry": "domestic_service",
        }

    def test_a_place_that_nobody_knows_stays_as_it_is(self) -> None:
        (row,) = rows_of(("离石绣娘", "某某开发区"))
        complete([row], ListHead("名单"))
        assert row.cell("region") == "某某开发区"


@pytest.mark.usefixtures("stock")
class TestMatching:
    def looked(self, *cells: tuple[str, str]) -> list[Any]:
        rows = rows_of(*cells)
        complete(rows, ListHead("名单"))
        return sorted(look_at(rows, divisions()), key=lambda one: one.at)

    def test_the_same_the_like_and_the_new(self) -> None:
        BrandAlias.objects.create(brand=Brand.objects.get(name="吕梁山护工"), name="吕梁护理工")
        same, alias, like, new = self.looked(
            ("天镇保姆", "天镇县"), ("吕梁护理工", "吕梁市"), ("天镇保姆服务队", "天镇县"), ("文水面工", "文水县")
        )
        assert (same.match.offer.brand.name, same.match.is_guess) == ("天镇保姆", True)
        assert alias.match.offer.brand.name == "吕梁山护工"
        assert (like.match.value, like.match.offers[0].brand.name) == ("", "天镇保姆")
        assert "库里有相近的，请选是不是同一个" in like.doubts
        assert (new.match.value, new.doubts) == ("new", [])
        assert "名称相同" in same.match.offers[0].reasons

    def test_doubts_come_first(self) -> None:
        rows = rows_of(("文水面工", "文水县"), ("离石某某", ""), ("离石绣娘", "某某区"), ("文水面工", "文水县"))
        complete(rows, ListHead("名单"))
        found = look_at(rows, divisions())
        assert [one.at for one in found][-1] != 1
        assert {one.at: one.doubts for one in found}[0] == ["名单里有两行相同"]
        assert any("没有叫“某某区”的记录" in why for one in found for why in one.doubts)

    def test_what_the_catalogue_has_stands_beside(self) -> None:
        made = Brand.objects.get(name="天镇保姆")
        Brand.objects.filter(pk=made.pk).update(level="county", organisation="县人社局")
        (row,) = rows_of(("天镇保姆", "天镇县"))
        row.cells |= {"level": "provincial", "organisation": "县人社局"}
        complete([row], ListHead("名单"))
        (one,) = look_at([row], divisions())
        assert one.differs == {"level": "县级"}
        assert "与库里不同" in one.doubts


LIST = "序号\t品牌名称\t所在地\n1\t离石绣娘\t吕梁市离石区\n2\t天镇保姆\t天镇县\n11\t文水面工\t文水县"
SOURCE = {
    "title": "关于公布第三批省级劳务品牌的通知",
    "publisher": "山西省人社厅",
    "document_number": "晋人社函〔2026〕8号",
    "published_on": "2026-02-10",
    "url": "https://rst.example.cn/8",
}


def begin(client: Client, text: str = LIST, **more: Any) -> ListDraft:
    answer = client.post(reverse("curation:lists"), {"text": text, **SOURCE, **more})
    assert answer.status_code == 302, text_of(answer)
    return ListDraft.objects.latest("pk")


def form_of(client: Client, draft: ListDraft, page: int = 1) -> dict[str, Any]:
    """What the page's form holds, as a browser without scripts would send it."""
    answer = client.get(draft.get_absolute_url(), {"page": page})
    sent: dict[str, Any] = {"row": []}
    for group in answer.context["groups"]:
        for row in group["rows"]:
            if row["row"].change_set:
                continue
            at = row["at"]
            sent["row"].append(f"{at}:{row['row'].stamp}")
            sent |= {f"r{at}-{cell['name']}": cell["value"] for cell in row["cells"]}
            sent[f"r{at}-match"] = row["one"].match.value
            if row["row"].ticked:
                sent[f"r{at}-ticked"] = "on"
    return sent


def publish(client: Client, draft: ListDraft, *places: int, **more: Any) -> Any:
    ticked = {f"r{at}-ticked": "on" for at in places}
    return client.post(
        draft.get_absolute_url(), {**form_of(client, draft), **ticked, **more, "do": "publish"}, follow=True
    )


@pytest.fixture
def reviewer(stock: None) -> Client:
    return client_as("reviewer", "shenhe")


class TestPublishing:
    def test_a_list_is_published_with_itself_as_source(self, reviewer: Client, client: Client) -> None:
        before = state()
        draft = begin(reviewer)
        assert state() == before
        done = publish(reviewer, draft, 0, 1, 2)
        change_set = ChangeSet.objects.latest("pk")
        assert "已写入 3 条，记为批次" in text_of(done)
        assert (change_set.kind, change_set.note) == (ChangeSetKind.IMPORT, f"名单：{SOURCE['title']}")
        source = Article.objects.get(title=SOURCE["title"])
        assert (source.publisher, source.published_on, source.url) == ("山西省人社厅", date(2026, 2, 10), SOURCE["url"])
        assert SOURCE["document_number"] in source.page.text
        assert LIST in source.page.text
        for name in ("离石绣娘", "天镇保姆", "文水面工"):
            row = Brand.objects.get(name=name)
            piece = row.evidence.get(article=source)
            assert piece.quote == name
            assert source.page.text[piece.context_start : piece.context_end].split("\t")[1] == name
            assert (row.level, row.batch, row.recognised_year, row.review) == (
                "provincial",
                "第三批",
                2026,
                "confirmed",
            )
            assert (row.issuer, row.document_number) == ("山西省人社厅", SOURCE["document_number"])
            assert client.get(row.get_absolute_url()).status_code == 200
        assert "晋人社函〔2026〕8号" in text_of(client.get(source.get_absolute_url()))
        assert list(sync.differences()) == []
        assert undo(change_set, author=None).kept == []
        assert state() == before
        assert replayed() == without_long_texts(state())
        assert [
            row["one"].row.change_set for row in reviewer.get(draft.get_absolute_url()).context["groups"][0]["rows"]
        ] == [None] * 3

    def test_only_what_is_ticked_is_written(self, reviewer: Client) -> None:
        draft = begin(reviewer)
        publish(reviewer, draft, 2)
        assert Brand.objects.filter(name="文水面工").exists()
        assert not Brand.objects.filter(name="离石绣娘").exists()
        publish(reviewer, draft, 0)
        assert Brand.objects.filter(name="离石绣娘").exists()
        assert Article.objects.filter(title=SOURCE["title"]).count() == 1
        assert "还没有勾选" in text_of(publish(reviewer, draft))

    def test_a_brand_keeps_its_name_and_what_the_list_leaves_open(self, reviewer: Client) -> None:
        carer = Brand.objects.get(name="天镇保姆")
        Brand.objects.filter(pk=carer.pk).update(organisation="县人社局", issuer="省厅")
        draft = begin(reviewer, "天镇的保姆\t天镇县\n离石绣娘\t离石区")
        value = f"{carer.pk}:"
        form = form_of(reviewer, draft)
        choices = reviewer.get(draft.get_absolute_url()).context["groups"]
        offers = [
            one.value for group in choices for row in group["rows"] if row["at"] == 0 for one in row["one"].match.offers
        ]
        match = next(one for one in offers if one.startswith(value))
        reviewer.post(draft.get_absolute_url(), {**form, "r0-match": match, "r0-ticked": "on", "do": "publish"})
        carer.refresh_from_db()
        assert (carer.name, carer.organisation, carer.issuer, carer.level) == (
            "天镇保姆",
            "县人社局",
            "省厅",
            "provincial",
        )
        assert [one.name for one in carer.aliases.all()] == ["天镇的保姆"]
        assert carer.evidence.filter(article__title=SOURCE["title"]).get().quote == "天镇的保姆"

    def test_a_name_that_was_mended_keeps_its_words(self, reviewer: Client) -> None:
        draft = begin(reviewer, "离石秀娘\t离石区\n文水面工\t文水县")
        publish(reviewer, draft, 0, **{"r0-name": "离石绣娘"})
        row = Brand.objects.get(name="离石绣娘")
        assert [one.name for one in row.aliases.all()] == ["离石秀娘"]
        assert row.evidence.get().quote == "离石秀娘"

    def test_what_changes_nothing_is_confirmed(self, reviewer: Client) -> None:
        said: dict[str, Any] = {
            "level": "provincial",
            "batch": "第三批",
            "recognised_year": 2026,
            "issuer": "山西省人社厅",
        }
        row = brand("文水面工", region_id="141121", review=ReviewState.PROPOSED, confidence=0.4, industry="catering",
                    document_number=SOURCE["document_number"], **said)  # fmt: skip
        publish(reviewer, begin(reviewer), 2)
        row.refresh_from_db()
        assert row.review == ReviewState.CONFIRMED
        assert row.evidence.filter(article__title=SOURCE["title"]).exists()

    def test_four_eyes(self, reviewer: Client, settings: Any) -> None:
        settings.FOUR_EYES = True
        waiting = Brand.objects.get(name="天镇保姆")
        publish(reviewer, begin(reviewer), 0, 1)
        assert Brand.objects.get(name="离石绣娘").review == ReviewState.PROPOSED
        waiting.refresh_from_db()
        assert waiting.review == ReviewState.PROPOSED

    def test_one_that_is_wrong_stops_all_and_is_told(self, reviewer: Client) -> None:
        before = state()
        shown = publish(reviewer, begin(reviewer), 0, 2, **{"r0-region": "鼓楼的", "r2-recognised_year": "1899"})
        assert "没有叫“鼓楼的”的记录" in text_of(shown)
        assert "认定年份只能在 1949 至" in text_of(shown)
        assert state() == before
        assert not ChangeSet.objects.filter(kind=ChangeSetKind.IMPORT).exists()
        kept = ListDraft.objects.latest("pk")
        assert (kept.rows[0]["cells"]["region"], kept.rows[0]["ticked"]) == ("鼓楼的", True)

    def test_who_was_quicker_is_not_trampled(self, reviewer: Client) -> None:
        draft = begin(reviewer)
        form = {**form_of(reviewer, draft), "r1-ticked": "on", "do": "publish"}
        Brand.objects.filter(name="天镇保姆").update(organisation="刚改的")
        shown = reviewer.post(draft.get_absolute_url(), form, follow=True)
        assert "您打开之后有人改过这一条" in text_of(shown)
        assert Brand.objects.get(name="天镇保姆").level == ""
        publish(reviewer, draft, 1)
        row = Brand.objects.get(name="天镇保姆")
        assert (row.level, row.organisation) == ("provincial", "刚改的")

    def test_a_name_that_came_in_meanwhile_is_told(self, reviewer: Client) -> None:
        draft = begin(reviewer)
        form = {**form_of(reviewer, draft), "r0-ticked": "on", "do": "publish"}
        brand("离石绣娘", region_id="141102")
        assert "已有相同的一条" in text_of(reviewer.post(draft.get_absolute_url(), form, follow=True))

    def test_a_row_that_may_be_two_things_is_not_written(self, reviewer: Client) -> None:
        draft = begin(reviewer, "天镇保姆服务队\t天镇县\n文水面工\t文水县")
        assert "请先选：是已有的哪一条" in text_of(publish(reviewer, draft, 0))

    def test_a_list_needs_a_title(self, reviewer: Client) -> None:
        draft = begin(reviewer, title="")
        assert "请先填名单的标题" in text_of(publish(reviewer, draft, 0))
        publish(reviewer, draft, 0, **SOURCE)
        assert Brand.objects.filter(name="离石绣娘").exists()

    def test_the_list_stays_where_its_article_is_taken_back(self, reviewer: Client) -> None:
        with within(open_change_set(ChangeSetKind.INGEST, author=None)) as made:
            told = article("近日，“离石绣娘”“文水面工”“天镇保姆”入选省级劳务品牌。")
        reviewer.post(f"{reverse('curation:lists')}?article={told.pk}", {"title": told.title})
        draft = ListDraft.objects.get(article=told)
        undo(made, author=None)
        connection.check_constraints()
        left = ListDraft.objects.get()
        assert (left.article, left.rows) == (None, draft.rows)
        assert 'name="title"' in reviewer.get(left.get_absolute_url()).content.decode()

    def test_the_names_of_an_article_have_it_as_source(self, reviewer: Client) -> None:
        told = article("近日，“离石绣娘”“文水面工”“天镇保姆”入选省级劳务品牌。")
        bear_out(Brand.objects.get(name="天镇保姆"), told, "天镇保姆")
        address = f"{reverse('curation:lists')}?article={told.pk}"
        assert "列出文中的名称" in text_of(reviewer.get(address))
        reviewer.post(address, {"title": told.title})
        draft = ListDraft.objects.latest("pk")
        assert {row["cells"]["name"] for row in draft.rows} == {"离石绣娘", "文水面工", "天镇保姆"}
        publish(reviewer, draft, 0, 1, 2)
        assert Evidence.objects.filter(article=told, field="").count() == 3
        assert reviewer.get(f"{reverse('curation:lists')}?article=x").status_code == 404
        assert reviewer.get(f"{reverse('curation:lists')}?article=99999").status_code == 404


class TestDrafts:
    def test_a_workbook_and_a_text_are_read(self, reviewer: Client) -> None:
        book = openpyxl.Workbook()
        for line in (["第三批名单"], ["品牌名称", "地区"], ["离石绣娘", "离石区"], ["文水面工", "文水县"]):
            book.worksheets[0].append(line)
        data = io.BytesIO()
        book.save(data)
        draft = begin(reviewer, "", file=SimpleUploadedFile("名单.xlsx", data.getvalue()))
        assert [row["cells"]["name"] for row in draft.rows] == ["离石绣娘", "文水面工"]
        got = reviewer.get(reverse("curation:list_file", args=[draft.pk]))
        assert b"".join(got.streaming_content) == data.getvalue()  # type: ignore[attr-defined]
        publish(reviewer, draft, 0)
        assert Brand.objects.get(name="离石绣娘").evidence.get().quote == "离石绣娘"
        text = begin(reviewer, "", file=SimpleUploadedFile("名单.txt", "1. 离石绣娘\n2. 文水面工".encode("gb18030")))
        assert len(text.rows) == 2
        table = begin(reviewer, "", file=SimpleUploadedFile("名单.csv", "序号,名称,地区\n1,离石绣娘,离石区".encode()))
        assert table.rows[0]["cells"]["name"] == "离石绣娘"

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"text": "。。。"}, "里面没有认出名称"),
            ({"text": ""}, "里面没有认出名称"),
            ({"text": "甲" * (MAX_TEXT + 1)}, "最多"),
            ({"text": "", "file": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n\x00\xff")}, "不是表格"),
            ({"text": "离石绣娘", "url": "javascript:1"}, "网址"),
        ],
    )
    def test_what_cannot_be_read_is_told(self, reviewer: Client, sent: dict[str, Any], words: str) -> None:
        assert words in text_of(reviewer.post(reverse("curation:lists"), sent))
        assert not ListDraft.objects.exists()

    def test_rows_are_kept_one_by_one(self, reviewer: Client) -> None:
        draft = begin(reviewer)
        sent = {"row": ["0:0"], "r0-name": "离石绣女", "r0-region": "离石区", "r0-match": "new", "r0-ticked": "on"}
        answer = reviewer.post(draft.get_absolute_url(), sent, headers={"X-Partial": "rows"})
        assert 'value="0:1"' in answer.content.decode()
        assert "<header" not in answer.content.decode()
        draft.refresh_from_db()
        assert (draft.rows[0]["cells"]["name"], draft.rows[0]["ticked"]) == ("离石绣女", True)
        assert draft.rows[1]["stamp"] == 0
        again = reviewer.post(
            draft.get_absolute_url(), {**sent, "r0-name": "离石绣花工"}, headers={"X-Partial": "rows"}
        )
        assert 'data-conflicts="0"' in again.content.decode()

    def test_two_windows_do_not_trample_each_other(self, reviewer: Client) -> None:
        draft = begin(reviewer)
        one, two = form_of(reviewer, draft), form_of(reviewer, draft)
        reviewer.post(draft.get_absolute_url(), {**one, "r0-organisation": "甲局", "do": "save"})
        shown = reviewer.post(
            draft.get_absolute_url(),
            {**two, "r0-organisation": "乙局", "r2-organisation": "丙局", "do": "save"},
            follow=True,
        )
        assert "第 1 行在别的窗口里改过" in text_of(shown)
        draft.refresh_from_db()
        assert [row["cells"].get("organisation", "") for row in draft.rows] == ["甲局", "", "丙局"]

    def test_a_column_is_filled(self, reviewer: Client) -> None:
        draft = begin(reviewer)
        sent = {**form_of(reviewer, draft), "r2-organisation": "文水人社局", "r1-ticked": "on"}
        reviewer.post(draft.get_absolute_url(), {**sent, "fill-organisation": "省厅", "do": "fill"})
        draft.refresh_from_db()
        assert [row["cells"].get("organisation", "") for row in draft.rows] == ["省厅", "", "文水人社局"]

    def test_a_group_is_ticked_but_no_doubt(self, reviewer: Client) -> None:
        draft = begin(reviewer, LIST + "\n12\t天镇保姆服务队\t天镇县")
        reviewer.post(draft.get_absolute_url(), {**form_of(reviewer, draft), "do": "tick:0,1,2,3,99"})
        draft.refresh_from_db()
        assert [row["ticked"] for row in draft.rows] == [True, True, True, False]
        reviewer.post(draft.get_absolute_url(), {"do": "tick:x,,-1"})

    def test_a_list_is_its_authors(self, reviewer: Client) -> None:
        draft = begin(reviewer)
        other = client_as("reviewer", "lingyiren")
        assert "这份名单由 shenhe 整理，别人只能看" in text_of(other.get(draft.get_absolute_url()))
        before = ListDraft.objects.values().get()
        for address in ("curation:list", "curation:list_discard"):
            told = other.post(reverse(address, args=[draft.pk]), {"do": "publish", "title": "别的"}, follow=True)
            assert "别人只能看" in text_of(told)
        assert ListDraft.objects.values().get() == before
        assert client_as("editor", "bianji").get(draft.get_absolute_url()).status_code == 403
        reviewer.post(reverse("curation:list_discard", args=[draft.pk]))
        assert not ListDraft.objects.exists()

    def test_an_administrator_may_work_on_it_with_their_name_written_down(self, reviewer: Client) -> None:
        draft = begin(reviewer)
        head = client_as("admin", "guanliyuan")
        assert "你的改动会记下你的名字" in text_of(head.get(draft.get_absolute_url()))
        head.post(draft.get_absolute_url(), {**form_of(head, draft), "r0-organisation": "省厅", "do": "save"})
        draft.refresh_from_db()
        assert draft.rows[0]["cells"]["organisation"] == "省厅"
        assert (str(draft.author), str(draft.edited_by)) == ("shenhe", "guanliyuan")
        assert "guanliyuan 代改过" in text_of(reviewer.get(draft.get_absolute_url()))
        reviewer.post(draft.get_absolute_url(), {**form_of(reviewer, draft), "do": "save"})
        draft.refresh_from_db()
        assert str(draft.edited_by) == "guanliyuan"

    @pytest.mark.parametrize(
        "sent",
        [
            {"row": ["9:0", "x:1", "0:99999999999", "-1:0"], "r9-name": "甲"},
            {"row": ["0:0"], "r0-name": "\x00甲", "r0-match": "x" * 99, "r0-industry": "nonsense", "r0-level": "\x00"},
            {"row": ["0:0"], "r0-match": "99999999999999999999:v", "r0-ticked": "on", "do": "publish"},
            {"row": ["0:0"], "r0-match": "1", "r0-ticked": "on", "do": "publish"},
            {"do": "tick:99999999999999999999"},
            {"do": "nonsense"},
        ],
    )
    def test_odd_forms_do_no_harm(self, reviewer: Client, sent: dict[str, Any]) -> None:
        before = state()
        draft = begin(reviewer)
        assert reviewer.post(draft.get_absolute_url(), sent).status_code in {200, 302}
        assert reviewer.get(draft.get_absolute_url()).status_code == 200
        assert {key for key in state() if key not in before} == set() or "publish" in sent.values()

    @pytest.mark.parametrize("rows", [3, 300])
    def test_a_page_takes_few_statements(self, reviewer: Client, rows: int, django_assert_max_num_queries: Any) -> None:
        names = [
            f"{first}{second}匠\t文水县"
            for first in "离石文水天镇吕梁山潜江"
            for second in "木石瓦铁铜银锡漆竹藤草纸布皮骨角贝玉砖陶瓷琉璃墨砚"
        ]
        draft = begin(reviewer, "\n".join(names[:rows]))
        assert len(draft.rows) >= min(rows, 200)
        with django_assert_max_num_queries(MOST_QUERIES):
            page = reviewer.get(draft.get_absolute_url())
        assert sum(len(group["rows"]) for group in page.context["groups"]) <= 60
        with django_assert_max_num_queries(MOST_QUERIES):
            reviewer.get(reverse("curation:lists"))
        form = form_of(reviewer, draft)
        with django_assert_max_num_queries(MOST_QUERIES):
            reviewer.post(draft.get_absolute_url(), {**form, "r0-organisation": "某局", "do": "save"})


def test_the_form_of_a_page_is_within_bounds() -> None:
    assert ROWS * 11 + 30 < site_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_a_list_survives_its_author_being_away(reviewer: Client) -> None:
    draft = begin(reviewer)
    assert str(draft) == SOURCE["title"]
    assert "3 行，已写入 0" in text_of(reviewer.get(reverse("curation:lists")))
    assign(User.objects.get(username="shenhe"), "viewer")
    assert reviewer.get(draft.get_absolute_url()).status_code == 403
