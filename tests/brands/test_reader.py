"""The article reader: marks at their places, facts in the margin."""

import re

import pytest

from brands.models import Brand, Evidence
from brands.text.article_text import MarkedText, borne_out, read
from tests.brands.factories import article, bear_out, brand, program, regions, statistic

pytestmark = pytest.mark.django_db


def evidence(source: int) -> list[Evidence]:
    facts = ("brand", "program", "statistic__brand", "statistic__region")
    return list(Evidence.objects.filter(article=source).select_related(*facts).order_by("start", "pk"))


def marked(html: str) -> dict[str, str]:
    """The text of each anchored mark, tags left out."""
    return {
        anchor: re.sub("<[^>]+>", "", inner)
        for anchor, inner in re.findall(r'<mark id="(e\d+)"[^>]*>(.*?)</mark>', html)
    }


def whole(reading: MarkedText) -> str:
    return "\n".join([*reading.kicker, *reading.title, *(paragraph.html for paragraph in reading.paragraphs)])


def test_each_fact_is_marked_at_its_place() -> None:
    regions()
    source = article("吕 梁 山 护 工走出\n\n大山。如今9万余名护工在外。", title="题")
    carer = Brand.objects.create(name="吕梁山护工", industry="care")
    one = bear_out(carer, source, "吕 梁 山 护 工")
    number = statistic(carer, 90000, source=source, phrase="9万余名")
    two = number.evidence.get()
    html = whole(read(source, evidence(source.pk)))
    assert marked(html) == {f"e{one.pk}": "吕梁山护工", f"e{two.pk}": "9万余名"}
    assert f'<mark id="e{one.pk}" class="is-brand"><a href="{carer.get_absolute_url()}">' in html
    assert f'<mark id="e{two.pk}" class="is-statistic"><a href="{number.get_absolute_url()}">' in html


def test_a_name_that_a_page_break_cut_is_one_mark() -> None:
    source = article("当地打造的“川\n\n中锂工”劳务品牌。")
    maker = Brand.objects.create(name="川中锂工", industry="manufacturing")
    piece = bear_out(maker, source, "川\n\n中锂工")
    assert marked(whole(read(source, [piece]))) == {f"e{piece.pk}": "川中锂工"}


def test_a_mark_over_two_paragraphs_has_its_anchor_once() -> None:
    """What stands first on the page is read last, so that one stretch of the page shows in two places."""
    source = article("茶师。别的。横州茉莉", spans=[[6, 10], [0, 3]])
    maker = Brand.objects.create(name="横州茉莉茶师", industry="agriculture")
    piece = bear_out(maker, source, "茶师。别的。横州茉莉")
    html = whole(read(source, [piece]))
    assert html.count(f'id="e{piece.pk}"') == 1
    assert re.findall(r"<mark[^>]*><a[^>]*>(.*?)</a>", html) == ["横州茉莉", "茶师。"]


def test_several_facts_at_one_place() -> None:
    source = article("“粤菜师傅”工程。")
    cook = brand("粤菜师傅", source=source)
    work = program("粤菜师傅", source=source)
    html = whole(read(source, evidence(source.pk)))
    assert html.count("<mark") == 2
    assert html.count("<a ") == 1
    for fact in (cook, work):
        assert f'id="e{fact.evidence.get().pk}"' in html


def test_the_headline_is_the_title_with_its_marks() -> None:
    source = article("全国近2500个\n劳务品牌\n正文在此。", title="全国近2500个 劳务品牌")
    number = statistic(regions()["100000"], 2500, unit="个", source=source, phrase="近2500个")
    reading = read(source, evidence(source.pk))
    assert len(reading.title) == 2
    assert f'id="e{number.evidence.get().pk}"' in reading.title[0]
    assert [paragraph.html for paragraph in reading.paragraphs] == ["正文在此。"]


def test_what_is_printed_above_the_headline_stays_above_it() -> None:
    source = article(
        "全国劳务品牌已近2000个\n# 擦亮劳务品牌 带动增收致富\n正文在此。", title="擦亮劳务品牌 带动增收致富"
    )
    reading = read(source, [])
    assert reading.kicker == ["全国劳务品牌已近2000个"]
    assert reading.title == ["擦亮劳务品牌 带动增收致富"]
    assert [paragraph.html for paragraph in reading.paragraphs] == ["正文在此。"]


def test_a_headline_below_its_text_stands_above_it() -> None:
    body = "".join(f"第{number}段在此。\n" for number in range(8))
    source = article(f"{body}全国近2500个\n劳务品牌", title="全国近2500个 劳务品牌")
    number = statistic(regions()["100000"], 2500, unit="个", source=source, phrase="近2500个")
    reading = read(source, evidence(source.pk))
    assert reading.kicker == []
    assert f'id="e{number.evidence.get().pk}"' in reading.title[0]
    assert [paragraph.html for paragraph in reading.paragraphs] == body.split()


def test_a_text_without_its_title_keeps_all_paragraphs() -> None:
    reading = read(article("正文在此。", title="别处的标题"), [])
    assert reading.title == []
    assert [(p.html, p.line) for p in reading.paragraphs] == [("正文在此。", False)]


def test_subheads_and_entries_of_lists_are_told_from_sentences() -> None:
    text = f"促对接，加强协作\n{'长' * 40}。\n短句。\n1 离石月嫂 吕梁市\n“护工走出大山”"
    assert [paragraph.line for paragraph in read(article(text), []).paragraphs] == [True, False, False, True, False]


def test_other_articles_of_the_page_are_not_shown() -> None:
    source = article("前文。护工。后文。", spans=[[3, 6]])
    assert whole(read(source, [])) == "护工。"


def test_evidence_outside_the_text_marks_nothing() -> None:
    source = article("前文。护工。", spans=[[3, 6]])
    carer = Brand.objects.create(name="前文", industry="care")
    assert whole(read(source, [bear_out(carer, source, "前文")])) == "护工。"


def test_text_is_escaped() -> None:
    source = article("<script>alert(1)</script>&amp;护工")
    brand("护工", source=source)
    html = whole(read(source, evidence(source.pk)))
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;" in html


def test_facts_of_an_article_brands_first() -> None:
    source = article("大会上，护工6人，护工又来了。")
    work = program("大会", source=source)
    carer = brand("护工", source=source)
    number = statistic(carer, 6, source=source, phrase="6人")
    again = Evidence.objects.create(article=source, start=9, end=11, context_start=0, context_end=15, brand=carer)
    found = borne_out(evidence(source.pk))
    assert [(borne.kind, borne.fact) for borne in found] == [("brand", carer), ("program", work), ("statistic", number)]
    assert found[0].places[-1] == again


def test_an_empty_article_is_an_empty_page() -> None:
    reading = read(article("　\n", title=""), [])
    assert (reading.kicker, reading.title, reading.paragraphs) == ([], [], [])
