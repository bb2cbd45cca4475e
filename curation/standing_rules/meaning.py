"""The words of a rule and what they mean, between how people write them and how the table keeps them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from brands.models import Region
from brands.seo.descriptions import full_place
from brands.vocabulary.choices import Metric, RuleKind
from brands.vocabulary.names import name_key
from curation.review.forms import PlaceField
from curation.standing_rules.lessons import host_of

# Letters that words need at least: one alone stands everywhere.
LEAST = 2

_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}")


def settled(kind: RuleKind, words: str, means: str) -> tuple[str, str]:
    """Words and meaning as the table keeps them. ValidationError where they make no rule of this kind."""
    return _words(kind, words.strip()), _means(kind, means.strip())


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
