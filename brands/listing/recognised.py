"""Recognitions of brands: provinces by years, and the brands of one list as a table."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext

from brands.figures.recognitions import Recognition, recognitions_in
from brands.listing.fields import no_such, not_known
from brands.listing.tables import SortedCell, SortedColumn, SortedTable, sorted_table
from brands.models import Card, Region
from brands.models.card import UNREPORTED
from brands.models.region import COUNTRY
from brands.place_words import place_words, region_words
from brands.spreadsheets.cells import Cell
from brands.vocabulary.choices import BrandLevel, Industry
from brands.vocabulary.numbers import amount
from brands.vocabulary.pinyin import spelled

# Recognitions of provinces, a year and batch each: more than there can be.
MOST = 2_000


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """What one province, or the country, recognised: in the order of the timeline's years."""

    place: Region
    cells: Sequence[Sequence[Recognition]]


@dataclass(frozen=True, slots=True)
class LevelChoice:
    label: str
    url: str
    chosen: bool


class Timeline:
    """Provinces by years, of all levels or of the one that the address names: what papers count as new, and the brands
    that are here. A year is None where no paper says it, and comes last."""

    def __init__(self, parameters: QueryDict, path: str) -> None:
        self.path = path
        given = parameters.get("level", "")
        self.level = given if given in BrandLevel.values else ""
        self.complaints = not_known(parameters, ("level",))
        if given.strip() and not self.level:
            self.complaints.append(no_such(gettext("级别"), given))

    @cached_property
    def _told(self) -> dict[str, tuple[Region, dict[int | None, list[Recognition]]]]:
        found: dict[str, tuple[Region, dict[int | None, list[Recognition]]]] = {}
        for year in recognitions_in(COUNTRY, MOST):
            for place, one in year.recognitions:
                if self.level in {"", one.level}:
                    found.setdefault(place.adcode, (place, defaultdict(list)))[1][year.year].append(one)
        return found

    @cached_property
    def years(self) -> list[int | None]:
        years = {year for _place, by_year in self._told.values() for year in by_year}
        return sorted(years, key=lambda year: -(year or 0))

    @cached_property
    def rows(self) -> list[TimelineRow]:
        """The provinces in the order of their codes, the country first."""
        return [
            TimelineRow(place, [by_year.get(year, []) for year in self.years])
            for _code, (place, by_year) in sorted(self._told.items())
        ]

    @property
    def levels(self) -> list[LevelChoice]:
        """Those at which the country and provinces recognise, and all."""
        some = [BrandLevel.NATIONAL, BrandLevel.PROVINCIAL]
        each = [LevelChoice(str(one.label), f"{self.path}?level={one.value}", self.level == one) for one in some]
        return [LevelChoice(gettext("全部级别"), self.path, not self.level), *each]

    @property
    def lead(self) -> str:
        """In how many provinces and which years brands were recognised."""
        years = [year for year in self.years if year]
        told = {"n": sum(row.place.adcode != COUNTRY for row in self.rows)}
        if not years:
            return gettext("报道提及 %(n)d 个省份的认定。") % told
        return gettext("报道提及 %(n)d 个省份的认定，自 %(first)d 年至 %(last)d 年。") % {
            **told, "first": years[-1], "last": years[0],
        }  # fmt: skip

    def lines(self, root: str) -> Iterator[list[Cell]]:
        """A line for each recognition. `root` is what a full address begins with."""
        yield [
            gettext("地区"), gettext("代码"), gettext("年份"), gettext("批次"), gettext("级别"),
            gettext("报道的新增数"), gettext("本库收录"), gettext("报道的网址"), gettext("名单的网址"),
        ]  # fmt: skip
        for row in self.rows:
            for year, some in zip(self.years, row.cells, strict=True):
                for one in some:
                    figure = one.figures[0].statistic if one.figures else None
                    yield [
                        region_words(row.place),
                        row.place.adcode,
                        year or "",
                        one.batch,
                        one.level_label,
                        int(figure.value) if figure else "",
                        one.held,
                        root + figure.get_absolute_url() if figure else "",
                        root + one.address if one.address else "",
                    ]


def table_of(cards: Sequence[Card], asked: str, path: str) -> SortedTable:
    """The brands of a list, sorted as the address asks."""
    columns = [
        SortedColumn("brand", gettext("名称"), is_number=False),
        SortedColumn("place", gettext("所在地"), is_number=False),
        SortedColumn("trade", gettext("行业"), is_number=False),
        SortedColumn("people", gettext("就业人数")),
    ]
    return sorted_table(columns, [_row(card) for card in cards], asked, path=path)


def _row(card: Card) -> list[SortedCell]:
    trade = Industry(card.industry)
    name = SortedCell(card.name, card.pinyin, card.get_absolute_url(), chinese=True, reading=spelled(card.pinyin))
    known = trade != Industry.OTHER
    return [
        name,
        SortedCell(place_words(card.adcode, card.place), card.adcode or None),
        SortedCell(str(trade.label) if known else "", list(Industry).index(trade) if known else None),
        _people(card),
    ]


def _people(card: Card) -> SortedCell:
    if card.headcount == UNREPORTED:
        return SortedCell("")
    words = amount(Decimal(card.headcount), unit="人", qualifier=card.headcount_qualifier, value_max=card.headcount_max)
    return SortedCell(words, card.headcount, note=str(card.headcount_year or ""))
