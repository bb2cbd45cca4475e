"""To what a whole is limited, in the words of the text: a level or a choice of brands, a place or a chain of people."""

import re
from functools import cache

from brands.vocabulary.choices import Metric
from ingest.extract.cues import either
from ingest.extract.number_in_text import NumberInText, ranks
from ingest.gazetteer import gazetteer
from ingest.lexicon import table, words
from ingest.name_shapes import alternation

# A level stands at most so near its number of brands.
LEVEL = 16


def level_of(one: NumberInText) -> str:
    """Which brands are counted, where the words beside the number say so: those of a level of recognition, or of a
    choice (在全国有较大影响的优秀品牌培育出29个)."""
    if one.reading.metric is not Metric.BRANDS:
        return ""
    tail = _NEXT_NUMBER.split(one.tail[:LEVEL], maxsplit=1)[0]  # 12个劳务品牌 7个升到省级
    level = ranks("levels").search(one.lead[-LEVEL:] + tail)
    if level is not None:
        return level.group()
    chosen = _choice_before().search(one.lead) or _choice_behind().match(one.tail)
    return chosen["choice"] if chosen else ""


_NEXT_NUMBER = re.compile("[0-9]+(?![0-9年])")


@cache
def _choice_before() -> re.Pattern[str]:
    """The word for a choice of brands, in the clause before their number: 叫得响的劳务品牌共有4个."""
    choice = alternation(words("scope", "limit_of_brands"))
    return re.compile(f"(?P<choice>{choice})的?[^，。；的]{{0,4}}品牌[^，。；]{{0,6}}$")


@cache
def _choice_behind() -> re.Pattern[str]:
    """The same behind it: 10个|领军劳务品牌."""
    return re.compile(
        f"[^，。；“”]{{0,6}}?(?P<choice>{alternation(words('scope', 'limit_of_brands'))})[^，。；“”]{{0,4}}品牌"
    )


def limit_of(one: NumberInText) -> str:
    """The words for what a whole is limited to: 省级 of brands, 在京津 or 间接 of people; empty where nothing is."""
    if one.reading.metric is Metric.BRANDS:
        return level_of(one)
    if one.reading.metric in (Metric.EMPLOYMENT, Metric.PLACEMENT):
        beside = _COUNTED_IN.search(one.text, one.bounds.sentence, one.start)
        lead = one.text[beside.start() : one.number.start] if beside else one.lead
        if chains := {_chains()[match.group()] for match in _indirect().finditer(lead)}:
            return min(chains, key=list(table("scope")["limit"]).index)
        where = _WHERE.search(one.lead) or _WHERE_THEY.search(one.lead)
        if where is not None and _is_somewhere(where["place"]):
            return f"在{where['place']}"
    return ""


def _is_somewhere(words: str) -> bool:
    """Whether the words are one division or stretch of country, and no list that goes on (北京、深圳等地)."""
    if "等" in words or "全国" in words or "各地" in words:
        return False
    return bool(gazetteer().find(words)) or words in table("destinations")["areas"]["names"]


# 算上上下游，|就业人数多达5万余人: what is counted too.
_COUNTED_IN = re.compile("(?:算上|连同|加上|连带)[^，。；]{1,10}，$")
# 在长三角做工的“龙哥龙妹”有|10万人.
_WHERE_THEY = re.compile(
    "在(?P<place>[^，。；“”的]{2,10}?)(?:就业|务工|上班|做工|从业|打工|干活)的“?[^，。；“”]{2,12}”?[就已]?[有达约近超]{0,2}$"
)


_WHERE = re.compile(
    "(?:在|服务|留在|驻)(?P<place>[^，。；“”]{2,10}?)(?:的|就业|务工|上班|做工|从业|打工|干活)?[有达]?$"
)


@cache
def _chains() -> dict[str, str]:
    """What a word for more than a brand's own people is called: 捎带着 is 间接."""
    return {word: name for name, found in table("scope")["limit"].items() for word in found}


@cache
def _indirect() -> re.Pattern[str]:
    return either(_chains())
