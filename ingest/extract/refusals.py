"""Numbers that are no figures of ours: aims, what was before, conditions, one company's or one person's own."""

import re
from collections.abc import Sequence
from functools import cache

from brands.vocabulary.choices import Qualifier
from ingest.extract.metrics import WAGE
from ingest.extract.text_layout import TextScope
from ingest.gazetteer import gazetteer
from ingest.lexicon import ahead, table, words
from ingest.name_shapes import alternation
from ingest.numerals import Number

# A shorter quote is a name and no speech.
MIN_SPEECH = 12
# Who speaks is named so many characters after the speech at most.
TELLER = 40
# A person's story tells of fewer people than this, and of less than a wage (metrics.WAGE).
STORY = 100


def is_refused(text: str, number: Number, scope: TextScope, since: int) -> bool:
    """Whether the sentence tells of an aim or of one company."""
    if _aim().search(text, scope.sentence, number.start) or _company().search(text, since, number.start):
        return True
    if _PLANS_TO.search(text, scope.sentence, number.start) or _is_said_again(text, number, scope):
        return True
    if _expected().search(text, scope.sentence, number.start) or _ASSIGNED.search(text, scope.sentence, number.start):
        return True
    if not number.value or any(rule.match(text, number.end) for rule in (_TARGET, _IF, _LOST)):
        return True
    if _ruled().match(text, number.end) or _SURVEYED.search(text, number.end, scope.sentence_end):
        return True
    return _was_before(text, number, scope)


def _is_said_again(text: str, number: Number, scope: TextScope) -> bool:
    """Whether a fraction in words is all there is in its clause and says again what the figures before it tell (只有
    97个，不到四分之一；转移480万人，差不多一半), or is one of two halves side by side (一半在教室，一半在车间)."""
    if not _FRACTION.search(text, number.digits, number.end):
        return False
    clause = max(text.rfind(mark, scope.sentence, number.start) for mark in "，；：") + 1
    if _OTHER_HALF.match(text, number.end) or _ONE_HALF.search(text, scope.sentence, number.start):
        return True
    alone = text[number.end : number.end + 1] in ("", "，", "。", "；", "、", "\n")
    return alone and clause > 0 and bool(_ABOUT.fullmatch(text, clause, number.start))


_FRACTION = re.compile("半|分之")
_ABOUT = re.compile("(?:差不多|几乎|大约|接近|[约近]|不到|超过|不足)?")
_OTHER_HALF = re.compile("在[^，。；]{1,12}，一半在")
_ONE_HALF = re.compile("一半在[^，。；]{1,12}，$")
# 对10个省的1200名工人做过抽样调查.
_SURVEYED = re.compile("抽样|问卷")
# 全市计划转移17万人, 要教出上千名: what is to be done; not “三年行动计划”培训了3万人, where 计划 ends a name.
_PLANS_TO = re.compile(
    "(?<![动年三五业才训划的《“”])计划[再新]?"
    "(?:转移|输[出转送]|组织|培[训养育]|完成|招[聘收]|安置|帮助|吸纳|建[成设]|带动|引进|选[树派])[^，。；、]*$"
    "|(?:[，。；：]|一定|就)要(?:[教带送帮]|培[训养育])[出助]?[^，。；、]*$"
)
_ASSIGNED = re.compile("(?:任务|目标|指标)(?:数|人数)?[是为达]?$")  # 年初派的任务是6万人
_TARGET = re.compile("的?(?:年度|全年)?(?:目标|任务|指标)")
_LOST = re.compile("[^，。；、\n]{0,8}被(?:摘牌|取消|限期|撤销|除名|淘汰|责令)")  # brands that are none any more
_IF = re.compile(
    r"[^，。；、的\n]{0,6}的，(?:每|给|按|可|再|一次性|予以|奖|补)|的[^，。；、\n]{1,8}(?:，)?(?:每人每[年月]|按|给予|予以|一次性)"
)
_AGAINST_AIM = re.compile("比[^，。；]{0,6}(?:任务|目标|计划)[^，。；]{0,4}$")
_FROM = re.compile("(?:从(?![业事])|由)(?![^，。；]{0,8}年的?$)[^，。；]{0,8}$")
_CONDITION = re.compile(
    r"(?:[^，。；、的\n]{1,8}(?=的[^，。；、\n]{0,6}[只仅]有))?"
    r"的[^，。；、\n]{0,8}?[有达共占只到逾超近约][0-9一二两三四五六七八九十百千]"
)
_PER_PIECE = re.compile("(?:[每一]|平均)(?:亩|公?斤|千克|吨|[只头棵株碗桌盒袋箱瓶把])[^，。；人月]{0,10}$")
_DECADES = re.compile("[〇零一二三四五六七八九0-9]{2}年代")  # 90年代在矿上一天才3元
_OF_EACH = re.compile("[个家]品牌年?总?(?:产值|销售额|营业额|从业人[数员])?$")
_TO = re.compile("[^，。；]{0,8}?[到至为成]")


def _was_before(text: str, number: Number, scope: TextScope) -> bool:
    """Whether a number is what was before (从最初的300人发展到2.6万人, 由5200元涨到1.1万元), what one piece of goods
    costs or yields (每亩收入2000元), or what each of those counted must have (5000人以上的有12个,
    21个品牌产值过10亿元)."""
    start, end = scope.sentence, number.start
    if _former().search(text, max(start, end - 10), end) or _AGAINST_AIM.search(text, max(start, end - 16), end):
        return True
    if _FROM.search(text, max(start, end - 10), end) and _TO.match(text, number.end):
        return True
    if number.unit == "元" and number.value < WAGE and _DECADES.search(text, start, end):
        return True
    if number.unit == "元" and _PER_PIECE.search(text, max(start, end - 18), end):
        return True
    named = number.qualifier is Qualifier.OVER and _OF_EACH.search(text, max(start, end - 14), end)
    return bool(named or _CONDITION.match(text, number.end))


def is_story(text: str, number: Number, scope: TextScope) -> bool:
    """Whether a number is small enough to be one person's, and the sentence is about one."""
    money = number.unit in ("元", "块")
    small = number.value < WAGE if money else number.value <= STORY
    if not small:
        return False
    end = text.find("；", number.end, scope.sentence_end)
    if _person().search(text, scope.part, end if end > 0 else scope.sentence_end):
        return True
    if money:
        named = _says().search(text, scope.sentence, number.start) or _is_named(text, number, scope)
        alone = named and not _others().search(text, scope.sentence, number.start)
        return bool(alone) or _is_own_words(text, number, scope)
    # 30多名学员正在练习: a scene
    return "正在" in text[number.end : scope.sentence_end] or bool(
        _scene().search(text, scope.sentence, scope.sentence_end)
    )


def _is_named(text: str, number: Number, scope: TextScope) -> bool:
    """Whether somebody is called by name before a number, with an act: 李某某去年回了村，一个月挣4000元."""
    found = (match["name"] for match in _named().finditer(text, scope.sentence, number.start))
    return any(not gazetteer().find(name) for name in found)


@cache
def _named() -> re.Pattern[str]:
    surnames, acts = "".join(words("shapes", "surnames")), alternation(words("metrics", "refuse", "acts"))
    return re.compile(f"(?:(?<![一-鿿])|(?<=的))(?P<name>[{surnames}][一-鿿]{{1,2}})(?:{acts})")


def is_a_firms_speech(text: str, number: Number, scope: TextScope) -> bool:
    """Whether somebody of a firm tells of it: “如今我们有6000余人。”某某公司经理说."""
    opened, closed = (text.rfind(mark, scope.paragraph, number.start) for mark in "“”")
    if opened <= closed or "我们" not in text[opened : number.start]:
        return False
    end = text.find("”", number.end, scope.paragraph_end)
    after = _runs_a_firm().search(text, end, min(end + TELLER, scope.paragraph_end)) if end > 0 else None
    return after is not None or _runs_a_firm().search(text, max(opened - TELLER, scope.paragraph), opened) is not None


@cache
def _scene() -> re.Pattern[str]:
    return _either(words("metrics", "refuse", "scene"))


@cache
def _ruled() -> re.Pattern[str]:
    """从业的人不到100名的，不能叫劳务品牌: a rule and no figure."""
    return re.compile(
        f"[^。；！？\\n]{{0,30}}?的，?(?:都|就|一律|也)?(?:{alternation(words('metrics', 'refuse', 'ruled'))})"
    )


@cache
def _runs_a_firm() -> re.Pattern[str]:
    return _either(words("metrics", "refuse", "runs_a_firm"))


def _is_own_words(text: str, number: Number, scope: TextScope) -> bool:
    """Whether a wage is told in somebody's own words that speak of nobody else: “现在每月能挣3800元。”工人某某说, or is
    what somebody is asked or offered: “一个月1000多块，你去不去？”"""
    opened, closed = (text.rfind(mark, scope.sentence, number.start) for mark in "“”")
    end = text.find("”", number.end, scope.sentence_end)
    if opened > closed and end > 0 and "你" in text[opened:end]:
        return True
    if opened <= closed or end - opened < MIN_SPEECH:
        return False
    return not _others().search(text, opened, end) and bool(_says().search(text, end, scope.sentence_end + TELLER))


@cache
def _others() -> re.Pattern[str]:
    """Who else may earn what a speaker tells: 大家, 学员, 人均."""
    return _either(words("metrics", "refuse", "others"))


@cache
def _says() -> re.Pattern[str]:
    """A worker who is called by name: 工人王某某笑着说."""
    trades = alternation(words("shapes", "trades"), words("metrics", "refuse", "workers"))
    return re.compile(f"(?:{trades})[{''.join(words('shapes', 'surnames'))}][一-鿿]{{1,3}}")


@cache
def _aim() -> re.Pattern[str]:
    return _either([*words("metrics", "refuse", "aim"), *words("metrics", "refuse", "hearsay")])


@cache
def _expected() -> re.Pattern[str]:
    """预计带动就业3万人, but not 年营业额预计300亿元."""
    return re.compile(f"(?:{alternation(words('metrics', 'refuse', 'expected'))})[^，。；0-9]{{2,}}$")


@cache
def _former() -> re.Pattern[str]:
    return re.compile(f"(?:{_either(words('metrics', 'refuse', 'former')).pattern})[^0-9]*$")


@cache
def _company() -> re.Pattern[str]:
    """A firm by its name, or as what the clause is about: 一家服装企业, 如今公司年产值…, 全村….."""
    opens = f"(?:{_either(words('metrics', 'refuse', 'company_opens')).pattern})"
    kinds = "企业|工厂|厂|店|合作社|联合社|公司|[工作面]坊"
    return re.compile(
        f"{_either(words('metrics', 'refuse', 'company')).pattern}|一[家间][^，。；、]{{1,8}}(?:{kinds})"
        f"|(?<![^，。；：！？\\n])(?:(?:如今|现在|目前|现|眼下|去年|今年|每年)，?)?{opens}"
    )


@cache
def _person() -> re.Pattern[str]:
    rule = table("metrics")["refuse"]
    first = ahead(words("metrics", "refuse", "person_words"), f"{rule['person']}0-9二三四五六七")
    return re.compile(
        rf"{first}(?:(?<![{rule['person_before']}])[{rule['person']}](?![{rule['person_after']}])|(?<![龄均])[0-9]{{2}}岁(?!以)|[二三四五六七]十[一二三四五六七八九]?岁"
        rf"|{_either(list(words('metrics', 'refuse', 'person_words'))).pattern})"
    )


def _either(alternatives: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, alternatives)))
