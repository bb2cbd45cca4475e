"""What a number measures, in a reader's words: the whole, an addition, an exhibit, a part, a rate or a rise."""

from django.utils.translation import gettext, pgettext

from brands.models import Statistic
from brands.vocabulary.choices import Metric, Per, Scope

# Rates over time; the others are for one of many.
TIMES = (Per.DAY, Per.WEEK, Per.MONTH, Per.YEAR)


def like_wholes(statistic: Statistic) -> bool:
    """Whether a number may stand beside others of its metric in a chart, a sum, a map or a comparison: it is a whole,
    no rate, and not limited to a level or a place. The same as ``Statistic.objects.wholes()``."""
    return statistic.scope == Scope.TOTAL and not (statistic.per or statistic.part_of)


def measured(statistic: Statistic, told: str) -> str:
    """The words for a number, led by what it measures unless that is the whole: 新增 8 个."""
    scope = Scope(statistic.scope)
    if scope is Scope.PART:
        return pgettext("part", "其中%(part)s %(figure)s") % {"part": _part(statistic), "figure": told}
    if statistic.part_of:
        told = pgettext("limit", "%(part)s %(figure)s") % {"part": _part(statistic), "figure": told}
    if statistic.per:
        rate = {"per": str(Per(statistic.per).label), "figure": told}
        return pgettext("rate", "%(per)s %(figure)s") % rate
    patterns = {
        Scope.NEW: pgettext("scope", "新增 %s"),
        Scope.SHOWN: pgettext("scope", "参展参评 %s"),
        Scope.EACH: pgettext("scope", "每个对象 %s"),
        Scope.RISE: pgettext("scope", "增加 %s"),
    }
    return patterns[scope] % told if scope in patterns else told


def _part(statistic: Statistic) -> str:
    """The paper's words for the part, in quotes where they are more than a word."""
    words = statistic.part_of
    return f"“{words}”" if len(words) > 4 else words


def group_label(metric: Metric, scope: Scope) -> str:
    """What the figures of one metric and scope are called together: 就业人数, 新增就业人数, 人均增收."""
    named = {
        (Metric.PER_CAPITA_INCOME, Scope.RISE): gettext("人均增收"),
        (Metric.LABOUR_INCOME, Scope.RISE): gettext("增收总额"),
        (Metric.GROWTH, Scope.RISE): str(Metric.GROWTH.label),
        (Metric.BRANDS, Scope.NEW): gettext("新认定的劳务品牌"),
        (Metric.BRANDS, Scope.SHOWN): gettext("参展参评的劳务品牌"),
    }
    if (metric, scope) in named:
        return named[metric, scope]
    patterns = {
        Scope.NEW: gettext("%s（期内新增）"),
        Scope.SHOWN: gettext("%s（参展参评）"),
        Scope.PART: gettext("%s（其中一部分）"),
        Scope.EACH: gettext("%s（平均每份）"),
        Scope.RISE: gettext("%s（增量）"),
    }
    return patterns[scope] % metric.label if scope in patterns else str(metric.label)
