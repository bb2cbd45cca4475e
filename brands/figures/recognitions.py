"""Which labour brands were recognised when, by year and batch: as papers count them, and those that are here."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from brands.figures.figures import Figure, FigureGroup, figures_of
from brands.models import Brand, Card, Region, Statistic
from brands.models.region import COUNTRY
from brands.models.review import within
from brands.models.statistic import measure_of
from brands.place_words import level_words
from brands.vocabulary.choices import BrandLevel, DateBasis, Metric, RegionLevel, Scope

# Recognitions on one page; what is older is in the list of numbers.
MOST = 60

# What stands in an address for a level or a year that no paper says.
UNKNOWN = "unknown"

_BATCH = re.compile("第[一二三四五六七八九十百0-9]{1,4}批|首批")
_FIRST = "第一批"

# The column of a card that holds the division by which a brand of the level was recognised.
_BY_LEVEL = {
    BrandLevel.NATIONAL.value: "",
    BrandLevel.PROVINCIAL.value: "province",
    BrandLevel.PREFECTURAL.value: "prefecture",
    BrandLevel.COUNTY.value: "adcode",
    "": "province",
}


@dataclass(frozen=True, slots=True)
class Recognition:
    """What one division recognised in a year or a batch, as far as these are known: the numbers that papers give of it
    (the new ones alone), and how many of the brands are here, at the address of their list."""

    place: str
    year: int | None
    batch: str
    level: str = ""
    figures: tuple[Figure, ...] = ()
    held: int = 0
    address: str = ""

    @property
    def level_label(self) -> str:
        return str(BrandLevel(self.level).label) if self.level else ""

    @property
    def level_words(self) -> str:
        """The level as the division's papers call it."""
        return level_words(self.level, self.place)


@dataclass(frozen=True, slots=True)
class RecognitionYear:
    """A year of the timeline, None for unknown, with its recognitions, each with the name of its division."""

    year: int | None
    recognitions: list[tuple[Region, Recognition]]


def recognitions_in(adcode: str, most: int = MOST) -> list[RecognitionYear]:
    """The recognitions by a division and those in it, `most` at most, the newest year first and the unknown last; of
    the country, those by itself and by the provinces. In four statements."""
    told = list(_told(adcode))
    for counted in _held(adcode):
        place = next((n for n, one in enumerate(told) if _same(one, counted)), None)
        if place is None:
            told.append(counted)
        else:
            told[place] = replace(told[place], level=counted.level, held=counted.held, address=counted.address)
    told.sort(key=lambda one: (-(one.year or 0), one.place, one.batch, one.level))
    regions = Region.objects.in_bulk({one.place for one in told[:most]})
    named = [(regions[one.place], one) for one in told[:most] if one.place in regions]
    return [RecognitionYear(year, list(some)) for year, some in groupby(named, key=lambda pair: pair[1].year)]


def is_recognition(group: FigureGroup) -> bool:
    """Whether the figures of a subject are those that the timeline has."""
    return (group.metric, group.scope) == (Metric.BRANDS, Scope.NEW)


def _told(adcode: str) -> Iterator[Recognition]:
    """What papers count, the same batch of a division together."""
    rows = Statistic.objects.published().filter(metric=Metric.BRANDS, scope=Scope.NEW, region__isnull=False)
    if adcode == COUNTRY:
        rows = rows.filter(region__level__in=(RegionLevel.COUNTRY, RegionLevel.PROVINCE))
    else:
        rows = rows.filter(within("region_id", adcode))
    found: dict[tuple[str, int | None, str], Recognition] = {}
    for figure in figures_of(rows):
        row = figure.statistic
        one = Recognition(
            str(row.region_id), row.as_of.year if row.as_of else None, batch_of(figure), figures=(figure,)
        )
        key = (one.place, one.year, _plain(one.batch))
        found[key] = replace(found[key], figures=_with(found[key].figures, figure)) if key in found else one
    yield from found.values()


def _with(figures: tuple[Figure, ...], figure: Figure) -> tuple[Figure, ...]:
    """The figures and one more; where two papers give one number of a year, one figure has the sentences of both, and
    the date that its text states."""
    again = next((one for one in figures if measure_of(one.statistic) == measure_of(figure.statistic)), None)
    if again is None:
        return (*figures, figure)
    first, second = (figure, again) if figure.statistic.as_of_basis == DateBasis.STATED else (again, figure)
    both = replace(first, quotes=[*first.quotes, *second.quotes])
    return tuple(both if one is again else one for one in figures)


def batch_of(figure: Figure) -> str:
    """The batch that the words for a number name, or else its sentence where that names one alone: 第二批."""
    own = " ".join([*figure.scope_words, figure.statistic.stated, figure.statistic.period])
    sentences = "".join(" ".join(quote.sentence for quote in figure.quotes).split())
    named = list(dict.fromkeys(_BATCH.findall(own))) or list(dict.fromkeys(_BATCH.findall(sentences)))
    return named[0] if len(named) == 1 else ""


def _held(adcode: str) -> Iterator[Recognition]:
    """How many of the brands are here, by who recognised them and by year and batch."""
    dated = Card.objects.filter(Q(year__isnull=False) | ~Q(batch=""))
    if adcode == COUNTRY:
        dated = dated.filter(level__in=[level for level, column in _BY_LEVEL.items() if column in {"", "province"}])
        places = ["province"]
    else:
        dated = dated.filter(_inside(adcode))
        places = ["province", "prefecture", "adcode"]
    held: Counter[tuple[str, int | None, str, str]] = Counter()
    for row in dated.order_by().values(*places, "level", "year", "batch").annotate(held=Count("id")):
        column = _BY_LEVEL.get(row["level"], "province")
        by = row[column] if column else COUNTRY
        held[by, row["year"], row["batch"], row["level"]] += row["held"]
    for (by, year, batch, level), number in held.items():
        if by:
            yield Recognition(by, year, batch, level, (), number, list_address(by, level, year, batch))


def _inside(adcode: str) -> Q:
    """The cards of a division and all in it."""
    column = "province" if adcode.endswith("0000") else "prefecture" if adcode.endswith("00") else "adcode"
    return Q(**{column: adcode})


def list_address(by: str, level: str, year: int | None, batch: str) -> str:
    """The page of just these brands: who recognised them, at which level, when, in which batch."""
    known = [by, level or UNKNOWN, str(year or UNKNOWN)]
    return reverse("brands:recognition", args=[*known, batch] if batch else known)


def recognised_with(brand: Brand) -> str:
    """The page of the list that the brand stands on; empty where neither year nor batch nor place tells which."""
    column = _BY_LEVEL.get(brand.level, "province")
    code = str(brand.region_id or "")
    by = {"": COUNTRY, "province": f"{code[:2]}0000", "prefecture": f"{code[:4]}00", "adcode": code}[column]
    known = brand.recognised_year or brand.batch
    return list_address(by, brand.level, brand.recognised_year, brand.batch) if known and (code or not column) else ""


def cards_of(by: str, level: str, year: int | None, batch: str) -> QuerySet[Card]:
    """The public brands that a division recognised at a level in a year and batch."""
    column = _BY_LEVEL.get(level, "province")
    rows = Card.objects.filter(level=level, year=year, batch=batch)
    return rows.filter(**{column: by}) if column else rows


def told_of(by: str, year: int | None, batch: str) -> Recognition | None:
    """What papers count of the same recognition, in two statements."""
    asked = Recognition(by, year, batch)
    return next((one for one in _told(by) if _same(one, asked)), None)


def _same(one: Recognition, other: Recognition) -> bool:
    """Whether two speak of the same recognition: a batch of one division, or all that it recognised in a year."""
    if one.place != other.place or one.held:
        return False
    if one.batch and other.batch:
        return _plain(one.batch) == _plain(other.batch) and (one.year == other.year or None in (one.year, other.year))
    return one.year is not None and one.year == other.year


def _plain(batch: str) -> str:
    return batch.replace("首批", _FIRST)
