"""What a number measures, in a reader's words: the whole, an addition, an exhibit, a part, a rate or a rise."""

import re

from django.utils.translation import get_language, gettext, pgettext

from brands.models import Statistic
from brands.vocabulary.choices import Metric, Per, Scope

# Characters of a part's words that stand without quotes.
BARE = 4

# A blank between two characters of Chinese, where words meet a hedge: 新增 超 8 个 is written 新增超 8 个.
_BLANK_IN_CHINESE = re.compile(r"(?<=[“”\u3000-\u9fff]) (?=[“”\u3000-\u9fff])")


def like_wholes(statistic: Statistic) -> bool:
    """Whether a number may stand beside others of its metric in a chart, a sum, a map or a comparison: it is a whole,
    no rate, and not limited to a level or a place. The same as ``Statistic.objects.wholes()``."""
    return statistic.scope == Scope.TOTAL and not (statistic.per or statistic.part_of)


def measured(statistic: Statistic, told: str) -> str:
    """The words for a number, led by what it measures unless that is the whole: 新增 8 个, 新增超 8 个.
    A growth is a rise by its name."""
    return joined(_led(statistic, told))


def joined(words: str) -> str:
    """The words without blanks between two characters of Chinese: 新增超 8 个."""
    return _BLANK_IN_CHINESE.sub("", words)


def own_words(statistic: Statistic) -> str:
    """What the paper counts in its own words, as no metric names it: “3名非遗传承人”; after the words for the part
    where these are not among them: 大专以上学历：“占80%”, and not again what they end with: 技术能手：“66人”."""
    said, part = statistic.stated, statistic.part_of
    if not part or part in said:
        return _quoted(said)
    again = next((n for n in range(min(len(said), len(part)), 0, -1) if part.endswith(said[:n])), 0)
    return gettext("%(part)s：%(figure)s") % {"part": part, "figure": _quoted(said[again:])}


# Money, and the papers' words that tell it by the year, which is no sum of all years: 一年挣回, 年产值.
MONEY = (Metric.LABOUR_INCOME, Metric.OUTPUT_VALUE, Metric.FUNDING)
BY_THE_YEAR = ("一年", "每年", "年均", "年", "全年")


def by_the_year(metric: str, period: str) -> bool:
    """Whether a number of this metric and period is money that the paper tells by the year."""
    return metric in MONEY and period in BY_THE_YEAR


# Metrics under which papers count things of several kinds: 大师工作室 and 非遗工坊 are both bases.
_OF_SEVERAL_KINDS = (Metric.ORGANISATIONS, Metric.FACILITIES, Metric.COVERAGE, Metric.STANDARDS, Metric.EVENTS)
_DIGITS = "(?:[0-9０-９][0-9０-９.,]{0,11}|[一二三四五六七八九十百千两]{1,6})"
_COUNT = f"(?:[约近超逾达]|多达|超过){{0,2}}{_DIGITS}[多余]?[万千百亿]?[多余]?"
_BEFORE_COUNT = re.compile(
    "(?:如今|目前|累计|[也已共有数就为到各上等的]|总数|总量|达到?|超过?|[约近逾]|增加|增至|拥有|建[有成起]|[开办]了|发展){1,6}$"
)
_KIND = re.compile("[一-鿿]{1,12}")


def kind_counted(statistic: Statistic) -> str:
    """What the paper counts, in its own word, where the metric has several kinds of things: 非遗工坊 of 非遗工坊2个;
    empty where the words give none, or the words for the part do."""
    if statistic.metric not in _OF_SEVERAL_KINDS:
        return ""
    count = re.search(_COUNT + re.escape(statistic.unit), statistic.stated)
    if count is None:
        return ""
    behind = re.sub("^(?:[多余]|以上|左右)", "", statistic.stated[count.end() :])
    before = _BEFORE_COUNT.sub("", statistic.stated[: count.start()])
    found = behind or (before if len(before) > 1 else "")
    return found if _KIND.fullmatch(found) and found not in statistic.part_of else ""


def _led(statistic: Statistic, told: str) -> str:
    scope = Scope(statistic.scope)
    if (kind := kind_counted(statistic)) and (get_language() or "").startswith("zh"):
        told = f"{kind} {told}"
    if scope is Scope.PART:
        part = {"part": _part(statistic), "figure": _by_the_year(statistic, told)}
        return pgettext("part", "其中%(part)s %(figure)s") % part
    if statistic.part_of:
        told = pgettext("limit", "%(part)s %(figure)s") % {"part": _part(statistic), "figure": told}
    if statistic.per:
        return _rate(Per(statistic.per), told)
    if statistic.metric == Metric.GROWTH:
        return told
    patterns = {
        Scope.NEW: pgettext("scope", "新增 %s"),
        Scope.SHOWN: pgettext("scope", "参展参评 %s"),
        Scope.EACH: pgettext("scope", "单笔 %s") if statistic.unit == "元" else pgettext("scope", "单项 %s"),
        Scope.RISE: pgettext("scope", "增加 %s"),
    }
    told = patterns[scope] % told if scope in patterns else told
    return _by_the_year(statistic, told) if scope in (Scope.TOTAL, Scope.RISE) else told


def _by_the_year(statistic: Statistic, told: str) -> str:
    """Money that the paper tells by the year, as such: 每年超 16 亿元."""
    return _rate(Per.YEAR, told) if by_the_year(statistic.metric, statistic.period) else told


def _rate(per: Per, told: str) -> str:
    return pgettext("rate", "%(per)s %(figure)s") % {"per": str(per.label), "figure": told}


def _part(statistic: Statistic) -> str:
    """The paper's words for the part, in quotes where they are more than a word."""
    words = statistic.part_of
    return _quoted(words) if len(words) > BARE else words


def _quoted(words: str) -> str:
    """The words in quotes, with those within them single."""
    return gettext("“%s”") % words.replace("“", "‘").replace("”", "’")


def group_label(metric: Metric, scope: Scope) -> str:
    """What the figures of one metric and scope are called together: 就业人数, 新增就业人数, 人均增收."""
    named = {
        (Metric.PER_CAPITA_INCOME, Scope.RISE): gettext("人均增收"),
        (Metric.LABOUR_INCOME, Scope.RISE): gettext("增收总额"),
        (Metric.GROWTH, Scope.RISE): str(Metric.GROWTH.label),
        (Metric.OTHER, Scope.TOTAL): gettext("其他数字"),
        (Metric.BRANDS, Scope.NEW): gettext("新认定的劳务品牌"),
        (Metric.BRANDS, Scope.SHOWN): gettext("参展参评的劳务品牌"),
    }
    if (metric, scope) in named:
        return named[metric, scope]
    patterns = {
        Scope.NEW: gettext("新增%s"),
        Scope.SHOWN: gettext("%s（参展参评）"),
        Scope.PART: gettext("%s（分项）"),
        Scope.EACH: gettext("%s（均量）"),
        Scope.RISE: gettext("%s（增量）"),
    }
    return patterns[scope] % metric.label if scope in patterns else str(metric.label)
