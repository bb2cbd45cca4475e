"""The stages together: what one page may have, and that nothing goes without a word."""

from dataclasses import replace

import pytest

from brands.vocabulary.choices import DOUBTFUL_SCORE
from ingest.classify import THRESHOLD
from ingest.extract.names import NamedBrands, named_brands
from ingest.pipeline import LEAST_COUNTED, MAX_RELEVANT, PAST_LIMIT, extract_bytes
from ingest.records import BrandMention, ExtractedArticle, PageFacts
from ingest.sentences import MAX_SENTENCE

ARTICLE = "{town}劳务品牌“{town}保姆”再添新人\n\n本报讯（记者 王某）{body}“{town}保姆”劳务品牌带动3万人就业。\n\n\n"


def facts(*bodies: str) -> PageFacts:
    towns = ("天镇", "曲阳", "威县", "涞水")
    text = "".join(ARTICLE.format(town=town, body=body) for town, body in zip(towns, bodies, strict=False))
    return extract_bytes("page.txt", text.encode())


def filler(size: int, start: str) -> str:
    """Sentences of a long article, about `size` characters."""
    sentence = start + "的工友们在车间里忙碌，师傅手把手地教。"
    return sentence * (size // len(sentence))


def test_a_page_gives_brands_and_statistics() -> None:
    found = facts("", "")
    assert [brand.name for brand in found.brands] == ["天镇保姆", "曲阳保姆"]
    assert {fact.subject.key for fact in found.statistics} == {"天镇保姆", "曲阳保姆"}


def test_articles_past_the_limit_give_no_facts_and_say_so() -> None:
    found = facts("", filler(MAX_RELEVANT, "曲阳"), "")
    reasons = [(article.relevant, article.reason == PAST_LIMIT) for article in found.articles]
    assert reasons == [(True, False), (False, True), (True, False)]
    assert {quote.article for brand in found.brands for quote in brand.quotes} == {0, 2}
    assert {quote.article for fact in found.statistics for quote in fact.quotes} == {0, 2}


def test_articles_up_to_the_limit_count_together() -> None:
    found = facts(filler(MAX_RELEVANT // 2, "天镇"), filler(MAX_RELEVANT // 2, "曲阳"))
    assert [article.reason == PAST_LIMIT for article in found.articles] == [False, True]


def test_a_list_may_be_longer_than_a_sentence() -> None:
    names = [f"天镇{a}{b}工" for a in "东西南北中上下前后" for b in "电焊木瓦缝纫架线采摘"]
    text = "、".join(f"“{name}”" for name in names)
    assert len(text) > MAX_SENTENCE
    found = extract_bytes("list.txt", f"劳务品牌\n\n{text}等被认定为省级劳务品牌。\n".encode())
    assert len(found.brands) > len(names) / 2


def test_thousands_of_tiny_articles_count_too() -> None:
    most = MAX_RELEVANT // LEAST_COUNTED
    text = "".join(
        f"天镇劳务品牌再添新成员{number}\n本报讯（记者 王某）天镇打造劳务品牌，带动{number}人就业。\n\n"
        for number in range(most + 5)
    )
    articles = extract_bytes("many.txt", text.encode()).articles
    assert [article.reason == PAST_LIMIT for article in articles] == [False] * most + [True] * 5


def test_an_article_that_its_words_leave_open_is_decided_by_the_names_in_it() -> None:
    """The same words with and without one that looks like a labour brand."""
    text = "{}：三十年一条河\n\n{}撑船运货，居民开了店，旅游红火，学生也来看{}。"
    named, nameless = (extract_bytes("page.txt", text.replace("{}", who).encode()) for who in ("丹凤船工", "船上的人"))
    (article,) = named.articles
    assert DOUBTFUL_SCORE <= article.score < THRESHOLD
    assert (article.relevant, article.reason) == (True, "names a labour brand: 丹凤船工")
    assert [brand.name for brand in named.brands] == ["丹凤船工"]
    assert not nameless.articles[0].relevant


def test_numbers_of_an_article_that_neither_names_nor_speaks_of_labour_brands_are_left_out() -> None:
    """What only the sum of the words makes one on labour brands tells of something else by its numbers."""
    body = (
        "云南省玉溪市的焊工出了名，县里办培训班，外出务工有人带，务工人员靠手艺走四方，师傅带徒弟，家家有焊工，"
        "人人有活干，农民工挣了钱回乡创业。{}全市带动就业3万人。"
    )
    page = "打工队伍里的玉溪焊工\n\n" + body
    silent = extract_bytes("page.txt", page.format("").encode())
    assert [article.relevant for article in silent.articles] == [True]
    assert not silent.brands
    assert silent.statistics == ()
    speaking = extract_bytes("page.txt", page.format("这块招牌、这张名片、这个牌子越来越响。").encode())
    assert [fact.value for fact in speaking.statistics] == [30000]


def test_what_is_said_of_one_brand_is_said_of_no_doubtful_name_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "“巴山月嫂”劳务品牌已被认定为全国劳务品牌。\n"
    text += "21个项目上了“好手艺系列”的名单。\n最后说走出去。向广东输送的家政工有50万人。"

    def named(article: ExtractedArticle) -> NamedBrands:
        found = named_brands(article)
        at = article.text.text.index("好手艺系列")
        offered = BrandMention(article.order, at, at + 5, "好手艺系列", "decided", 0.3)
        sure = tuple(mention for mention in found.brands if mention.name == "巴山月嫂")
        return replace(found, brands=sure, doubtful=(offered,))

    monkeypatch.setattr("ingest.pipeline.named_brands", named)
    facts = extract_bytes("页.txt", f"“巴山月嫂”抱成团\n\n{text}\n".encode())
    assert [brand.name for brand in facts.brands] == ["巴山月嫂"]
    (doubtful,) = facts.doubtful
    assert (doubtful.level, doubtful.details) == (None, ())
