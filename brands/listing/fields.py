"""What the values of a parameter may be. A field keeps nothing of a request, so that one serves all."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any, Self

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language, gettext

from brands.figures.details import reached_names
from brands.figures.figures import counted_words, subject_words
from brands.models import Card, Program, Region, Statistic
from brands.models.card import MAX_VALUE
from brands.models.region import COUNTRY
from brands.place_words import region_names
from brands.sql import prepared
from brands.vocabulary.typed_numbers import typed_number

# The value that asks for rows of which the papers don't say.
UNKNOWN = "unknown"

# Values of one parameter that are looked at; nobody clicks so many together, and each costs a condition.
MAX_VALUES = 40

# Characters of a wrong value that a message repeats.
SHOWN = 30

# Digits of a number that somebody asks for; no number of people or of yuan has more.
MAX_DIGITS = 15

_ADCODE = re.compile(r"[1-9][0-9]{5}")
_ISO = re.compile(r"[A-Z]{2}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_KEY = re.compile(r"[1-9][0-9]{0,17}")


class ValuesField(forms.MultipleChoiceField):  # type: ignore[misc, unused-ignore]
    """Values of one parameter, given once or repeated. Clean are those that it accepts; that there are others is no
    error of the field but one of the form (:class:`brands.listing.form.ListingForm`), so that the good ones count."""

    def __deepcopy__(self, memo: object) -> Self:
        """Itself: forms, which want a copy each, may share it."""
        return self

    def to_python(self, value: Any) -> list[str]:
        """What was given, without blanks around and each once."""
        given = [value] if isinstance(value, str) else value or ()
        return list(dict.fromkeys(part.strip() for part in given if part.strip()))

    def clean(self, value: Any) -> list[str]:
        given = self.to_python(value)
        return self.accept(given[:MAX_VALUES]) if given else []

    def refused(self, value: Any, accepted: Collection[str]) -> list[str]:
        """The values that were given and not accepted."""
        given = self.to_python(value)
        return [part for part in given if part not in accepted] if len(accepted) < len(given) else []

    def refusals(self, value: Any, accepted: Collection[str]) -> list[str]:
        """What is told of them, a sentence each."""
        return [self.complaint(self.label, part) for part in self.refused(value, accepted)]

    def accept(self, given: list[str]) -> list[str]:
        """Those of the values, at most `MAX_VALUES`, that there are, in their canonical form."""
        return [part for part in given if self.valid_value(part)]

    def complaint(self, facet: object, value: str) -> str:
        """What is told of a refused value."""
        return no_such(facet, value)

    def names(self, values: Iterable[str]) -> Mapping[str, str]:
        """What the values are called; those that nobody may see are left out."""
        labels = _labels(self, get_language() or "")
        return {value: labels[value] for value in values if value in labels}


class RegionCodeField(ValuesField):
    """Codes of divisions that exist."""

    def accept(self, given: list[str]) -> list[str]:
        names = self.names([part for part in given if _ADCODE.fullmatch(part)])
        return [part for part in given if part in names or part == UNKNOWN]

    def names(self, values: Iterable[str]) -> Mapping[str, str]:
        codes = [value for value in values if value != UNKNOWN]
        found = dict(Region.objects.filter(pk__in=codes).values_list("adcode", "common_name")) if codes else {}
        called = region_names(found) | {UNKNOWN: gettext("未注明")}
        return called | {COUNTRY: gettext("全国")} if COUNTRY in found else called


class YearField(ValuesField):
    def accept(self, given: list[str]) -> list[str]:
        return [part for part in given if _YEAR.fullmatch(part) or part == UNKNOWN]

    def names(self, values: Iterable[str]) -> Mapping[str, str]:
        return {value: gettext("未注明") if value == UNKNOWN else value for value in values}


class PrintedField(YearField):
    """Words as the papers print them, in a column of cards: 第二批."""

    def __init__(self, *, column: str, **options: Any) -> None:
        super().__init__(**options)
        self.column = column

    def accept(self, given: list[str]) -> list[str]:
        asked = [part for part in given if len(part) <= MAX_VALUE and part.isprintable()]
        rows = Card.objects.filter(**{f"{self.column}__in": asked}).values_list(self.column, flat=True)
        known = set(rows) if asked else set()
        return [part for part in given if part in known or part == UNKNOWN]


class BrandField(ValuesField):
    """Brands, by their numbers."""

    def accept(self, given: list[str]) -> list[str]:
        names = self.names([part for part in given if _KEY.fullmatch(part)])
        return [part for part in given if part in names]

    def names(self, values: Iterable[str]) -> Mapping[str, str]:
        return {str(pk): name for pk, name in _brands([int(value) for value in values if _KEY.fullmatch(value)])}


class ProgramField(BrandField):
    """Programs, by their numbers."""

    def names(self, values: Iterable[str]) -> Mapping[str, str]:
        found = _programs([int(value) for value in values if _KEY.fullmatch(value)])
        return {str(pk): name for pk, name in sorted(found, key=lambda row: (row[1], row[0]))}


class StatisticField(BrandField):
    """Statistics, by their numbers."""

    def names(self, values: Iterable[str]) -> Mapping[str, str]:
        found = _statistics([int(value) for value in values if _KEY.fullmatch(value)])
        return {str(row.pk): f"{subject_words(row)} {counted_words(row)}" for row in found}


class DestinationField(BrandField):
    """Places where people of brands work: codes of divisions, and of countries (ISO 3166-1). A chosen one is told as
    what it is, since brands of a place are chosen too."""

    def accept(self, given: list[str]) -> list[str]:
        names = self.names([part for part in given if _ADCODE.fullmatch(part) or _ISO.fullmatch(part)])
        return [part for part in given if part in names]

    def names(self, values: Iterable[str]) -> Mapping[str, str]:
        return {value: gettext("在%s干活") % name for value, name in reached_names(values).items()}


class KnownField(ValuesField):
    def accept(self, given: list[str]) -> list[str]:
        return [part for part in given if part != UNKNOWN and self.valid_value(part)]


class BoundField(ValuesField):
    """One whole number, in any way that people type one: 50000, ５００００, 50,000, 5万."""

    def accept(self, given: list[str]) -> list[str]:
        read = (typed_number(part) for part in given[:1])
        return [str(number) for number in read if number is not None and number < 10**MAX_DIGITS]

    def complaint(self, facet: object, value: str) -> str:
        told = {"facet": facet, "value": shown(value), "digits": MAX_DIGITS}
        return gettext("“%(facet)s”要填一个整数，最多 %(digits)d 位；“%(value)s”已忽略。") % told

    def names(self, values: Iterable[str]) -> Mapping[str, str]:
        return {value: value for value in values}


class TypedField(ValuesField):
    """Words to search for, as typed."""

    def accept(self, given: list[str]) -> list[str]:
        return given[:1]

    def names(self, values: Iterable[str]) -> Mapping[str, str]:
        return {value: f"“{shown(value)}”" for value in values}


@prepared
def _brands(keys: Any) -> Any:
    return Card.objects.filter(pk__in=keys).values_list("pk", "name")


@prepared
def _programs(keys: Any) -> Any:
    """By key first: asked at once, SQLite looks through all that are published."""
    public = Program.objects.published().filter(pk=OuterRef("pk"))
    return Program.objects.filter(Exists(public), pk__in=keys).order_by().values_list("pk", "name")


def _statistics(keys: list[int]) -> Iterable[Statistic]:
    return Statistic.objects.published().select_related("brand", "program", "region").filter(pk__in=keys).order_by("pk")


@lru_cache
def known(field: ValuesField) -> tuple[str, ...]:
    """The values of a closed list, in its order, and `UNKNOWN` behind them."""
    choices: Iterable[tuple[str, object]] = field.choices  # type: ignore[assignment, unused-ignore]
    return tuple(str(value) for value, _label in choices)


@lru_cache
def _labels(field: ValuesField, language: str) -> dict[str, str]:
    """What the values of a closed list are called in a language, which is the active one."""
    choices: Iterable[tuple[str, object]] = field.choices  # type: ignore[assignment, unused-ignore]
    return {str(value): str(label) for value, label in choices}


def shown(text: str) -> str:
    """The beginning of what somebody wrote into an address, without characters that can't be seen."""
    visible = "".join(c if c.isprintable() else "�" for c in text[:SHOWN])
    return visible if len(text) <= SHOWN else f"{visible}…"


def not_known(given: Iterable[str], known: Iterable[str] = ()) -> list[str]:
    """A sentence for each name among those of the parameters given that a page doesn't know."""
    return [gettext("无法识别参数“%s”，已忽略。") % shown(name) for name in given if name not in known]


def no_such(facet: object, value: str) -> str:
    return gettext("“%(facet)s”里没有“%(value)s”，已忽略。") % {"facet": facet, "value": shown(value)}
