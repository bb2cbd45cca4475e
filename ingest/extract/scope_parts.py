"""Parts: numbers that count some of what the text counts as a whole, by the words of ``lexicon/scope.toml``."""

import re
from dataclasses import replace
from functools import cache

from brands.vocabulary.choices import Metric, Scope
from ingest.extract.cues import either
from ingest.extract.number_in_text import Counted, NumberInText, ScopeReading, placed, ranks
from ingest.lexicon import table, words
from ingest.name_shapes import alternation
from ingest.text import Span

# Another level of recognition stands at most so far from the number that it is beside.
BESIDE = 40


def among(one: NumberInText) -> ScopeReading | None:
    """其中5个, and what a list goes on with behind it; a share (占四成)."""
    if one.number.unit == "%":
        return None if _RATE.search(one.lead) else _part(one)
    said = one.found(_OF_THEM, one.bounds.part, one.number.start)
    if said is not None:
        return _part(one, said)
    said = one.found(_among_words(), one.bounds.part, one.number.start)
    if said is not None and not any(c.start < said.start for c in larger(one, _since(one))):
        said = None
    if said is None and _LIMITED.search(one.lead) and (match := _SHARE_OF_ALL.match(one.text, one.number.end)):
        said = Span(*match.span())
    if said is None and (match := _share().search(one.lead)):
        said = placed(one, match)
    if said is None:
        said = one.found(_only(), one.bounds.part, one.number.start)
    return _part(one, said) if said is not None else None


def _since(one: NumberInText) -> int:
    """From where the whole of a part is looked for: the sentence, or all before where the line begins with 其中."""
    opens = one.text.startswith("其中", one.bounds.paragraph)
    return 0 if opens else one.bounds.sentence


# 从业人员中，女性3100人; 312个品牌中，制造类98个: of those who are named.
_OF_THEM = re.compile("(?:人员|从业者|务工者|员工|学员|队伍|大军|劳动力|品牌|企业|选手|师傅)[”’]?[中里]，")
# 在当地务工的88534人次，占劳务输出总人数的69%: a part of them all.
_LIMITED = re.compile("^在|[省县市区州国境][内外]|[本当]地")
_SHARE_OF_ALL = re.compile("，占[^，。；]{0,12}总[人数量]")
# 就业率, 满意度: a rate is of all.
_RATE = re.compile("[率度][^，。；]{0,6}$")


def _part(one: NumberInText, said: Span | None = None) -> ScopeReading:
    brands = one.reading.metric is Metric.BRANDS
    since = one.bounds.paragraph if brands else one.bounds.sentence
    like = [] if one.number.unit == "%" else larger(one, since)
    whole = next((Span(c.start, c.end) for c in reversed(like) if c.scope is not Scope.PART), None)
    return ScopeReading(Scope.PART, _which(one, said), whole, said=said or Span(one.start, one.number.end))


def _which(one: NumberInText, said: Span | None) -> str:
    """The words that say which part: those before the number, the word that tells it, or those behind; only a short
    phrase without a verb's 了 or quotes is one."""
    lead = _HAVING.sub("", _VERB.sub("", _OF_WHAT.sub("", _AMONG.sub("", one.lead)))).strip(" \u3000、的")
    lead = lead.rsplit("、", 1)[-1] if re.search("[0-9]", lead) else lead  # 国家级1个、省级
    tail = _FIRST.match(one.tail)
    word = said.of(one.text) if said else ""
    behind = tail["words"].strip() if tail else ""
    known = word if _kinds().fullmatch(word) and word not in behind and not _PRONOUN.fullmatch(word) else ""
    lead = "" if _PRONOUN.fullmatch(lead) else lead
    found = (word if _villages().search(f"，{word}") else "", lead, known, _doers(one) if not lead else "", behind)
    named = next((words for words in found if words and _PHRASE.fullmatch(words)), "")
    return named or (lead if one.number.unit != "%" and _DESCRIBED.fullmatch(lead) else "")


def _doers(one: NumberInText) -> str:
    """Which brands do it, where the number before counts some of them: 脱贫地区 of 61个来自脱贫地区，带动5万人."""
    last = one.before[-1] if one.before else None
    if last is None or (last.metric, last.scope) != (Metric.BRANDS, Scope.PART) or last.start < one.bounds.sentence:
        return ""
    tail = _FIRST.match(_CLAUSE_END.split(one.text[last.end : one.start], maxsplit=1)[0])
    return tail["words"].strip() if tail and one.reading.metric is not Metric.BRANDS else ""


_CLAUSE_END = re.compile("[，。；：\n]")


_AMONG = re.compile("^.*?(?:其中|里头|当中|之中|里面)[，的]?|^(?:仅|光是?|单是?)|^占(?:去|到|据|了)?")
# 挣回的劳务收入占到|当地居民收入: of what it is a share; 手上已有|省级劳务品牌.
_OF_WHAT = re.compile("^.*占[去到据了]?(?=[^，。；占]{2,}$)")
_PRONOUN = re.compile("[它她他]们?|这些|那些|[名个家]是")
_HAVING = re.compile("^(?:手上|手里|名下|里面|里头)?[已现共]?有(?=[^，。；的]{2,}$)")
_VERB = re.compile("(?:[只就]?[占有达为是到]了?|[就也已还]|(?:带动|吸纳|培训|做工)了?)*[约近超过逾]*$")
_FIRST = re.compile("(?:[是在来]自?)?(?P<words>[^，。；、]{1,20})(?:$|、)")
_PHRASE = re.compile("(?![的以])[^“”‘’「」《》了着过0-9、]{1,9}[^的“”‘’「」《》了着过0-9、]|[^“”的0-9]")

# 帮扶农村家庭子女就业, 家里传了三代的厨师: longer than a phrase, and of one piece.
_DESCRIBED = re.compile("(?![的以])[^“”‘’「」《》0-9、]{2,14}(?:的[一-鿿]{2,6}|就业|创业|务工|上岗)")


@cache
def _among_words() -> re.Pattern[str]:
    return either(words("scope", "part", "among"))


@cache
def _share() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words('scope', 'part', 'share'))})[^，。；]{{0,12}}$")


@cache
def _only() -> re.Pattern[str]:
    only = alternation(words("scope", "part", "only"))
    return re.compile(
        f"(?<![一-鿿])(?:{only})(?!是|有|仅)[^，。；]{{1,14}}(?:，?[^，。；]{{0,2}}(?:就|便|也)[^，。；]{{0,14}}|有)?$"
    )


def side_by_side(one: NumberInText) -> ScopeReading | None:
    """省级13个，市级9个，县级17个: brands of one level, people of one grade, beside those of another."""
    if (said := _one_of_two(one)) is not None:
        return _part(one, said)
    kind = {Metric.BRANDS: "levels", Metric.TRAINING: "grades", Metric.CREDENTIALS: "grades"}.get(one.reading.metric)
    if kind is None or not ranks(kind).search(one.lead + one.tail[:8]):
        return None
    around = (max(one.number.start - BESIDE, 0), one.number.end + BESIDE)
    others = {match.group() for match in _ranks_counted(kind).finditer(one.text, *around)}
    larger = any(c.metric is one.reading.metric and c.value > one.number.value for c in one.before)
    return _part(one) if larger or len(others) > 1 else None


def _one_of_two(one: NumberInText) -> Span | None:
    """县内 before a number where 县外 has one of its own in the sentence."""
    this = one.found(_one_of_pairs(), one.start, one.number.start)
    if this is None:
        return None
    other = _counted_after(_other_of_two()[this.of(one.text)])
    before = other.search(one.text, one.bounds.sentence, one.start)
    return this if before or other.search(one.text, one.number.end, one.bounds.sentence_end) else None


@cache
def _one_of_pairs() -> re.Pattern[str]:
    return either(_other_of_two())


@cache
def _counted_after(word: str) -> re.Pattern[str]:
    return re.compile(f"{word}[^，。；]{{0,8}}[0-9]")


@cache
def _other_of_two() -> dict[str, str]:
    found = [pair.split() for pair in words("scope", "part", "pairs")]
    return {one: other for pair in found for one, other in (pair, pair[::-1])}


@cache
def _ranks_counted(kind: str) -> re.Pattern[str]:
    """The ranks that have a number beside them."""
    return re.compile(
        rf"(?:{alternation(words('scope', 'part', kind))})(?=[^，。；、0-9\n]{{0,8}}[0-9一二两三四五六七八九十])"
    )


def kind_part(one: NumberInText) -> ScopeReading | None:
    """Women, masters, those from elsewhere, behind a larger number of the like in the sentence (of brands, in the
    paragraph); who do one thing (搞研发的有3000余人) behind a larger number in the paragraph."""
    if _pulled().search(one.lead) or _BESIDES.search(one.lead) or one.number.unit == "%":
        return None
    brands = one.reading.metric is Metric.BRANDS
    like = larger(one, one.bounds.paragraph if brands else one.bounds.part)
    said = one.found(_kinds(), one.start, min(one.number.end + 8, one.end)) if like else None
    if said is None and (match := _WHO.search(one.lead)) and larger(one, one.bounds.paragraph):
        said = placed(one, match)
    return _part(one, said) if said is not None else None


# 县内2161户，县外还有724户: these come on top.
_BESIDES = re.compile("还有|另有|另外|此外")
_WHO = re.compile("^[^，。；]{2,16}的[也就还又便仅只]?[有占达]$")


@cache
def _pulled() -> re.Pattern[str]:
    return either(words("scope", "part", "pulled"))


@cache
def _kinds() -> re.Pattern[str]:
    return either(words("scope", "part", "kinds"), "(?!外)")


def larger(one: NumberInText, since: int) -> list[Counted]:
    """The larger numbers of the like since a place; of a share, all."""
    return [
        c
        for c in one.before
        if c.start >= since and (one.number.unit == "%" or (_alike(c, one) and c.value > one.number.value))
    ]


def _alike(counted: Counted, one: NumberInText) -> bool:
    people, wage = {"人", "人次"}, Metric.PER_CAPITA_INCOME
    if (counted.metric is wage) is not (one.reading.metric is wage):
        return False
    return counted.unit in (one.number.unit, one.reading.unit) or {counted.unit, one.reading.unit} <= people


def of_exhibits(one: NumberInText) -> ScopeReading | None:
    """What the brands at an event do (参展品牌带动5万人) is no figure of a place: a part."""
    last = one.before[-1] if one.before else None
    if last is None or last.metric is not Metric.BRANDS or one.reading.metric is Metric.BRANDS:
        return None
    if one.reading.metric in (Metric.ORGANISATIONS, Metric.COVERAGE, *table("scope")["new"]["signed"]):
        return None
    shown = any(c.scope is Scope.SHOWN and c.start >= one.bounds.sentence for c in one.before)
    return _part(one) if shown else None


def within(one: NumberInText) -> ScopeReading | None:
    """What a village or a town has of a brand's or a county's."""
    if one.reading.metric is Metric.COVERAGE:
        return None
    if (chosen := one.found(_chosen(), one.start, one.number.start)) is not None:
        return _part(one, chosen)
    villages = _villages().finditer(one.text, one.bounds.sentence, one.number.start)
    real = (Span(*match.span()) for match in villages if not match[0].endswith(words("scope", "part", "no_village")))
    said = next(real, None)
    return replace(_part(one, said), within=True) if said and not _is_in_a_name(one, said) else None


def _is_in_a_name(one: NumberInText, said: Span) -> bool:
    """Whether the brand is called after the town (石牌镇 of “石牌豆腐郎”): what the town has is then no part of it."""
    return f"“{said.of(one.text)[:-1]}" in one.text


@cache
def _chosen() -> re.Pattern[str]:
    return either(words("scope", "part", "chosen"))


@cache
def _villages() -> re.Pattern[str]:
    """全村, or a village or town by its name where a clause begins with it."""
    no_name = "[每各全几这那某]|[一二两三四五六七八九十][个座条大]"
    no_end = "[村镇]|[一-鿿]?[名个级]|[一-鿿]{1,8}”"
    opens = f"(?<=[，。；：\n县市区旗州“])(?!{no_name})[一-鿿]{{2,4}}(?:[村镇乡]|街道(?!办|说|介绍|党))(?!{no_end})"
    return re.compile(f"{alternation(words('scope', 'part', 'within'))}|{opens}")
