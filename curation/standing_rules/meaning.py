"""The words of a rule and what they mean, between how people write them and how the table keeps them."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext

from brands.models import Brand, Region
from brands.seo.descriptions import full_place
from brands.vocabulary.choices import Metric, ReviewState, RuleKind
from brands.vocabulary.names import name_key
from curation.review.forms import PlaceField
from curation.standing_rules.lessons import host_of

# Letters that words need at least: one alone stands everywhere.
LEAST = 2

_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}")


def settled(kind: RuleKind, words: str, means: str) -> tuple[str, str]:
    """Words and meaning as the table keeps them. ValidationError, by field, where they make no rule of this kind, or
    one against what people have decided of brands."""
    words, means = _words(kind, words.strip()), _means(kind, means.strip())
    if kind is RuleKind.ALIAS:
        _check_brand(words, means)
    if kind in {RuleKind.ALIAS, RuleKind.NEVER}:
        _check_name(kind, words)
    return words, means


def _check_brand(words: str, means: str) -> None:
    """ValidationError where no brand is called what the words are to mean, or where they say no more than that."""
    if name_key(words) == name_key(means):
        raise ValidationError({"words": gettext("和品牌的名称一样，不必记。")})
    called = Q(name_key=name_key(means)) | Q(aliases__name_key=name_key(means))
    if not Brand.objects.exclude(review=ReviewState.REJECTED).filter(called).exists():
        raise ValidationError({"means": gettext("库里没有叫“%s”的品牌；请核对写法，或者先录入。") % means[:40]})


def _check_name(kind: RuleKind, words: str) -> None:
    """ValidationError where a brand that people looked at has this name; one that a machine alone made may go."""
    named = Brand.objects.exclude(review=ReviewState.REJECTED).filter(name_key=name_key(words)).order_by("pk")
    own = next((row for row in named if not row.machine_may_write), None)
    if own is None:
        return
    told = (
        gettext("“%(name)s”是库里经人工核定的品牌（编号 %(pk)s）的名称，不是别名；确是同一个，请先合并或改名。")
        if kind is RuleKind.ALIAS
        else gettext("“%(name)s”是库里经人工核定的品牌（编号 %(pk)s）；确实不是品牌，请先撤下。")
    )
    raise ValidationError({"words": told % {"name": own.name, "pk": own.pk}})


def in_words(kind: str, means: str) -> str:
    """A meaning as people write it; empty for none."""
    if kind == RuleKind.METRIC and means in Metric.values:
        return str(Metric(means).label)
    if kind == RuleKind.PLACE:
        region = Region.objects.select_related("parent__parent").filter(pk=means).first()
        return f"{full_place(region)} {region.adcode}" if region else means
    return means


def _words(kind: RuleKind, words: str) -> str:
    if kind is RuleKind.PAPER:
        host = host_of(words) or words.lower().removeprefix("www.")
        if not _HOST.fullmatch(host):
            raise ValidationError({"words": gettext("请填网站的域名，如 news.example.cn。")})
        return host
    if len(name_key(words)) < LEAST:
        raise ValidationError({"words": gettext("至少两个字：一个字到处都有。")})
    return words


def _means(kind: RuleKind, means: str) -> str:
    if kind is RuleKind.NEVER:
        return ""
    if not means:
        raise ValidationError({"means": gettext("请填写它的意思。")})
    if kind is RuleKind.METRIC:
        labels = {str(metric.label): metric.value for metric in Metric} | {metric: metric for metric in Metric.values}
        if means not in labels:
            raise ValidationError({"means": gettext("没有这个指标：%s") % means[:40]})
        return str(labels[means])
    if kind is RuleKind.PLACE:
        try:
            return str(PlaceField().clean(means).pk)
        except ValidationError as error:
            raise ValidationError({"means": error.messages}) from None
    if kind is RuleKind.ALIAS and not name_key(means):
        raise ValidationError({"means": gettext("请填写品牌的名称。")})
    return means
