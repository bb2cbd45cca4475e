"""What a question asks of numbers, as documents that are worked out beforehand: 月薪过万, 全国有多少劳务品牌."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q, QuerySet

from brands.models import DocumentKind, Statistic
from brands.models.region import COUNTRY
from brands.search import tokens
from brands.search.conditions import WorkedOut
from brands.search.phrasing import METRIC, PAY, Bound
from brands.search.ranking import RANK_LIMIT
from brands.vocabulary.choices import PUBLIC_CONFIDENCE, ReviewState, Scope
from brands.vocabulary.numbers import MONTHS, amount

# Papers that give a pay without its time mean a month where they call it so.
_MONTHLY = ("工资", "月薪")

_PEOPLE, _A_MONTH = "人", "元/月"


def reaching(bound: Bound) -> WorkedOut:
    """The brands with a figure that reaches the bound, and these figures, the highest where there are many."""
    rows = _of_brands(figures_of(bound.label), bound)
    found = list(rows.order_by("-value", "pk").values_list("pk", "brand_id")[:RANK_LIMIT])
    numbers = {DocumentKind.STATISTIC.number(pk) for pk, _ in found}
    numbers |= {DocumentKind.BRAND.number(brand) for _, brand in found}
    return _known(numbers, bound.label, str(bound.least))


def waiting(bound: Bound) -> int:
    """How many figures of brands that reach the bound a person has yet to look at before they are public."""
    rows = Statistic.objects.filter(review=ReviewState.PROPOSED, confidence__lt=PUBLIC_CONFIDENCE)
    return _of_brands(rows.filter(metric=bound.label.removeprefix(METRIC)), bound).count()


def bound_words(bound: Bound) -> str:
    """The least that a figure must be, in the reader's words: 10000 元/月"""
    return amount(Decimal(bound.least), unit=_A_MONTH if bound.label == PAY else _PEOPLE)


def of_country(label: str) -> WorkedOut:
    """What is reported of the whole country."""
    rows = figures_of(label).filter(region=COUNTRY).values_list("pk", flat=True)
    return _known(map(DocumentKind.STATISTIC.number, rows[:RANK_LIMIT]), label, "")


def figures_of(label: str) -> "QuerySet[Statistic]":
    """The public figures with the label of a metric."""
    return Statistic.objects.published().filter(metric=label.removeprefix(METRIC))


def _of_brands(figures: "QuerySet[Statistic]", bound: Bound) -> "QuerySet[Statistic]":
    """Those of brands, and of the whole of one, that reach the bound."""
    return figures.filter(brand__isnull=False, scope=Scope.TOTAL, part_of="").filter(_reaches(bound))


def _reaches(bound: Bound) -> Q:
    """A range reaches as far as its upper end."""
    if bound.label != PAY:
        return _at_least(bound.least, Q(unit=_PEOPLE))
    named = Q()
    for word in _MONTHLY:
        named |= Q(stated__contains=word)
    told = _at_least(bound.least, Q(unit="元") & named)
    for unit, months in MONTHS.items():
        told |= _at_least(bound.least * months, Q(unit=unit))
    return told


def _at_least(least: int, of: Q) -> Q:
    return of & (Q(value__gte=least) | Q(value_max__gte=least))


def _known(numbers: Iterable[int], label: str, text: str) -> WorkedOut:
    return WorkedOut(frozenset(numbers), tokens.label(label), "description", text)
