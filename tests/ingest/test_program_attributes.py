"""When and where a program was, and by whom: each with the words that say it."""

from dataclasses import replace
from datetime import date

import pytest

from ingest.extract.programs import find_programs
from ingest.records import ExtractedProgram
from ingest.resolve.programs import programs_of
from tests.ingest.articles import article


def first(text: str, place: str = "", printed: date | None = date(2024, 3, 22)) -> ExtractedProgram:
    source = replace(article(text, title="新闻"), place=place, published_on=printed)
    found = programs_of([source], find_programs(source))[0]
    for quote in found.quotes:
        if quote.field:
            assert quote.span.of(source.text.text)
    return found


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("2023年5月6日，清河县羊绒产业大会开了。", "2023-05-06"),
        ("3月18日至19日，第三届全国编匠大会举行。", "2024-03-18"),
        ("11月18日，第三届全国编匠大会举行。", "2023-11-18"),  # later in the year than the paper
        ("第四届竹乡厨艺大赛21日在安吉开赛。", "2024-03-21"),
        ("第四届竹乡厨艺大赛28日在安吉开赛。", ""),  # after the paper
        ("昨日，安吉县首届月嫂技能大赛落幕。", "2024-03-21"),
        ("近日，安吉县首届月嫂技能大赛落幕。", "2024-03"),
        ("去年5月，省人社厅出台《竹匠品牌培育办法》。", "2023-05"),
        ("2022全国编匠大会开了。", "2022"),
        ("印发《关于竹编品牌建设的意见》（浙人社发〔2021〕53号）。", "2021"),
        ("有一部《竹编管家等级评定规范》，是德清在2020年6月拿出来的。", "2020-06"),
        ("2022年以来，大家盼着高素质牧民。实施高素质牧民培育计划。", ""),
        ("安吉县首届月嫂技能大赛落幕。", ""),
    ],
)
def test_when(text: str, held: str) -> None:
    assert first(text).held == held


def test_without_the_day_of_the_paper_no_year_is_guessed() -> None:
    assert first("3月18日，第三届全国编匠大会举行。", printed=None).held == ""


@pytest.mark.parametrize(
    ("text", "around", "place"),
    [
        ("第三届全国编匠大会在广西南宁举行。", "", "450100"),
        ("在贵州遵义举行的第三届全国编匠大会上，他来了。", "", "520300"),
        ("安吉县首届月嫂技能大赛落幕。", "", "330523"),
        ("2009河北—北京编匠洽谈会开了。", "", ""),  # of neither
        ("贵州20个部门就联合印发《关于竹编品牌建设的意见》。", "", "520000"),
        ("市里还下发《关于开展竹匠评选的通知》。", "330523", "330500"),
        ("县人社局印发《竹匠品牌培育实施办法》。", "330523", "330523"),
        ("省人社厅印发《竹匠品牌培育实施办法》。", "330523", "330000"),
        ("省人社厅印发《竹匠品牌培育实施办法》。", "", ""),
        ("9月15日，中共中央、国务院印发《关于竹编品牌建设的意见》。", "430000", "100000"),
        ("近日，会同省人力资源和社会保障厅印发《竹匠品牌培育实施办法》。", "330523", "330000"),
        ("会上发布《竹匠品牌培育实施办法》。", "430000", ""),
        ("人社部等20部门印发《关于竹编品牌建设的意见》。", "", "100000"),
        ("人社部主办的第三届全国编匠大会热闹。", "", ""),  # held somewhere
    ],
)
def test_where(text: str, around: str, place: str) -> None:
    assert first(text, around).place == place


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("近日，由清河县妇联主办的第二届“巧手杯”刺绣大赛开幕。", "清河县妇联"),
        ("第四届竹乡厨艺大赛开赛。大赛由浙江省人社厅、安吉县政府联合主办。", "浙江省人社厅、安吉县政府"),
        ("省人社厅等12部门印发《关于竹编品牌建设的意见》。", "省人社厅"),
        ("执行《省人社厅等12部门关于竹编品牌建设的意见》。", "省人社厅"),
        ("第四届竹乡厨艺大赛开赛。第五届竹乡面点大赛由安吉县政府主办。", ""),  # of the other
    ],
)
def test_by_whom(text: str, issuer: str) -> None:
    assert first(text).issuer == issuer


def test_what_is_said_bears_it_out() -> None:
    source = replace(article("3月18日，第三届全国编匠大会在广西南宁举行。"), published_on=date(2024, 3, 22))
    (found,) = programs_of([source], find_programs(source))
    said = {quote.field: quote.span.of(source.text.text) for quote in found.quotes if quote.field}
    assert said == {"held_on": "3月18日", "place": "广西南宁"}


def test_a_short_form_that_the_text_declares_is_another_name() -> None:
    found = first("人社部印发《关于稳定编匠就业的若干意见》（以下简称《稳编匠意见》），《稳编匠意见》说得细。")
    assert (found.name, found.other_names) == ("关于稳定编匠就业的若干意见", ("稳编匠意见",))


def test_short_forms_that_any_document_has_are_none() -> None:
    assert first("人社部印发《关于稳定编匠就业的若干意见》（以下简称《意见》）。").other_names == ()


def test_a_short_name_of_the_same_edition_is_the_same_program() -> None:
    source = article("第三届全国编匠交流大会开了。第三届交流大会上，第二届交流大会的人也来。")
    found = programs_of([source], find_programs(source))
    assert [(one.name, one.edition) for one in found] == [("第三届全国编匠交流大会", 3), ("第二届交流大会", 2)]
