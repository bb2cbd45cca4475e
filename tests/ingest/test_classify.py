"""Which articles are about labour brands, and how well the way from bytes to articles does on the corpus."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from brands.vocabulary.choices import DOUBTFUL_SCORE
from brands.vocabulary.names import name_key
from ingest.classify import THRESHOLD, classify
from ingest.clean import clean
from ingest.read import read
from ingest.records import ExtractedArticle
from ingest.segment import segment
from ingest.segment.wording import key
from tests.ingest.articles import article
from tests.ingest.pages import EMBROIDERY, OTHERS, Story, articles, laid

LONG = "这项工作今年进展顺利，各乡镇分头落实，群众反映良好，下一步还要继续抓紧抓实。" * 20


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("青山县劳务品牌闯出名堂", "县里的绣坊里银针起落。" + LONG),
        ("绣娘绣出好日子", "县里把劳务品牌做大。劳务品牌带动就业。这个劳务品牌叫得响。" + LONG),
        ("针尖上的好日子", "劳务品牌“云岭绣娘”带动8000人就业。" + LONG),
        ("针尖上的好日子", "“云岭绣娘”“临水焊工”等3个省级劳务品牌上榜。" + LONG),
        ("“云岭保姆”进城记", "当保姆曾经说不出口，如今这个劳务品牌是块硬招牌。" + LONG),
        ("针尖上的好日子", "“云岭绣娘”出了名。“云岭绣娘”进了城。学“云岭绣娘”的人多了。县里还有别的劳务品牌。" + LONG),
        ("1.2万名“云岭大嫂”进城", "“云岭大嫂”这块牌子带动就业，县里办培训，外出务工有人带。" + LONG),
        ("针尖上的好日子", "县里培育劳务品牌，带动就业。"),
        ("我省民工品牌走俏", LONG),
    ],
)
def test_labour_brands_make_an_article_relevant(title: str, text: str) -> None:
    verdict = classify(article(text, title=title))
    assert verdict.relevant
    assert verdict.reason


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("春风行动送岗百万个", "全省举办招聘会2979场，培训人员，输出劳务，促进就业创业。" + LONG),
        ("“一米阳光”照进楼道", "社区打造“一米阳光”党建品牌，在职党员帮居民办事。" + LONG),
        ("银龄行动焕新", "“银龄行动”成为老有所为的重要品牌，组织培训，服务就业。" + LONG),
        ("老年人有了新去处", "社区依托“河湾家政”开展养老护理培训，帮助就业。" + LONG),
        ("“红心大姐”来敲门", "志愿服务品牌“红心大姐”走进社区，开展技能培训，帮助就业、创业。" + LONG),
        ("全县工作会议召开", "会议要求抓好招商、教育、医疗，培育劳务品牌，做好信访。" + LONG),
        ("北坡苹果卖得好", "打造“北坡苹果”区域公用品牌。" + LONG),
        ("工匠宣讲进校园", "“青山工匠”获得者走进校园。" + LONG),
    ],
)
def test_other_brands_and_passing_words_do_not(title: str, text: str) -> None:
    verdict = classify(article(text, title=title))
    assert not verdict.relevant
    assert verdict.reason


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "山里织娘有了自己的牌子",
            "湄潭人都认“湄潭织娘”这个品牌，在家门口就业的妇女有3200余名，培训1500人次，每月增收2000元。",
        ),
        (
            "5万泥瓦匠出走，闯出“房县瓦工”好名声",
            "房县在外打工的泥瓦匠有5万多名，点名要房县瓦工的工地不少，这就是招牌。",
        ),
        ("太行月嫂叫得响", "“太行月嫂”“太行家政”“太行焊工”样样都是名片，培训、发证、外出务工一条龙。"),
    ],
)
def test_an_article_that_calls_them_otherwise_is_told_by_all_its_words(title: str, text: str) -> None:
    verdict = classify(article(text, title=title))
    assert verdict.relevant
    assert "score" in verdict.reason


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("北坡苹果卖得好", "北坡苹果种了3万亩，产品卖到全国，农产品公用品牌价值20亿元，农户增收。"),
        ("社区志愿者上门", "“红心大姐”志愿服务品牌走进社区，居民点赞，党建引领，学生也来帮忙。"),
        ("古城迎来旅游旺季", "景区推出研学线路，游客纷至沓来，老字号餐馆座无虚席，文旅集团打造夜游品牌。"),
        ("全市教育工作会召开", "会议要求学校抓好教学质量，关心学生成长，办好家门口的学校。"),
    ],
)
def test_other_kinds_of_brands_score_low(title: str, text: str) -> None:
    verdict = classify(article(text, title=title))
    assert not verdict.relevant
    assert verdict.score < THRESHOLD


def test_what_may_be_about_labour_brands_is_told() -> None:
    verdict = classify(
        article("乡里办班教妇女手艺，就业的多了，外出务工的也多了，家政公司来招人。", title="学会手艺出门去")
    )
    assert (verdict.relevant, verdict.reason.startswith("maybe")) == (False, True), verdict
    assert DOUBTFUL_SCORE <= verdict.score < THRESHOLD


def test_a_verdict_names_what_decided_it() -> None:
    assert classify(article("某县绣坊。", title="某县劳务品牌")).reason == "劳务品牌 in the title"
    assert "云岭绣娘" in classify(article("劳务品牌“云岭绣娘”出了名。", title="好日子")).reason


@pytest.mark.parametrize("other", OTHERS)
def test_on_a_page_only_the_article_on_labour_brands_is_relevant(other: Story) -> None:
    found = articles(laid(other.title, *other.paragraphs, EMBROIDERY.title, *EMBROIDERY.paragraphs))
    assert [classify(each).relevant for each in found] == [False, True]


def read_articles(path: Path) -> list[ExtractedArticle]:
    page = read(path.name, path.read_bytes())
    return [replace(each, relevant=classify(each).relevant) for each in segment(page, clean(page))]


@cache
def judged(corpus: Path) -> list[tuple[dict[str, Any], list[ExtractedArticle]]]:
    """Each file of the gold with what was found in it."""
    pairs = []
    for path in sorted((corpus / "gold").glob("*.json")):
        gold = json.loads(path.read_text())
        source = next(
            corpus / part / gold["file"] for part in ("seeds", "retold") if (corpus / part / gold["file"]).exists()
        )
        pairs.append((gold, read_articles(source)))
    return pairs


def matching(title: str, found: list[ExtractedArticle]) -> ExtractedArticle | None:
    wanted = key(title)
    return next((each for each in found if wanted in key(each.title) or key(each.title) in wanted), None)


def test_the_relevant_articles_of_the_corpus_are_found(corpus: Path) -> None:
    hits = wrong = missed = 0
    for gold, found in judged(corpus):
        for entry in gold["articles"]:
            article = matching(entry["title"], found)
            hits += bool(entry["relevant"] and article and article.relevant)
            missed += bool(entry["relevant"] and not (article and article.relevant))
            wrong += bool(article and article.relevant and not entry["relevant"] and not entry.get("optional"))
    assert 2 * hits / (2 * hits + wrong + missed) >= 0.97


def test_titles_dates_and_the_number_of_articles_are_right_on_nine_of_ten_files(corpus: Path) -> None:
    pairs = judged(corpus)
    counts = [len(found) == len(gold["articles"]) for gold, found in pairs]
    told = [(entry, matching(entry["title"], found)) for gold, found in pairs for entry in gold["articles"]]
    dates = [str(a.published_on) == e["published_on"] for e, a in told if a and e.get("published_on")]
    assert sum(counts) >= 0.9 * len(counts)
    assert sum(article is not None for _, article in told) >= 0.9 * len(told)
    assert sum(dates) >= 0.9 * len(dates)


def test_every_brand_of_the_corpus_stands_whole_in_a_relevant_article(corpus: Path) -> None:
    lost = []
    for gold, found in judged(corpus):
        text = name_key("\n".join(article.text.text for article in found if article.relevant))
        for brand in gold["brands"]:
            names = [brand["name"], *brand.get("aliases", [])]
            if not brand.get("optional") and not any(name_key(name) in text for name in names):
                lost.append(brand["name"])
    assert lost == []


def test_every_sample_is_one_relevant_article(corpus: Path) -> None:
    found = {path.name: read_articles(path) for path in sorted((corpus / "samples").glob("*.txt"))}
    assert [name for name, told in found.items() if [each.relevant for each in told] != [True]] == []
