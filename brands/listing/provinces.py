"""Provinces beside each other: what papers report of each, or what the numbers of its brands add up to, as a table to
sort and to take along."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext

from brands.figures.figures import Figure, figure_words, when_words
from brands.figures.provinces import KINDS, ReportedKind, reported
from brands.figures.sums import ADDED, MOST_ADDED, Total, label_of, sums_by_province
from brands.listing.brands import BrandList
from brands.listing.counts import FacetIndex, index_of
from brands.listing.fields import no_such, not_known
from brands.listing.tables import SortedCell, SortedColumn, SortedTable, place_cell, sorted_table
from brands.models import Region, Statistic
from brands.place_words import region_words
from brands.spreadsheets.cells import Cell
from brands.vocabulary.choices import BrandLevel, Qualifier
from brands.vocabulary.dates import to_iso
from brands.vocabulary.numbers import amount, unit_word

# What the numbers are: as papers report them of the province itself, or sums over its brands.
REPORTED, SUMS = "reported", "sums"

# Provinces that the first line names.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    url: str
    chosen: bool


class ProvinceTable:
    """What an address asks for: `figures` says which numbers, `sort` by which column."""

    def __init__(self, parameters: QueryDict, path: str) -> None:
        self.path = path
        given = parameters.get("figures", "")
        self.figures = SUMS if given == SUMS else REPORTED
        self.asked = parameters.get("sort", "")
        self.complaints = not_known(parameters, ("figures", "sort"))
        if given.strip() and given not in {REPORTED, SUMS}:
            self.complaints.append(no_such(gettext("数字"), given))

    @cached_property
    def provinces(self) -> list[Region]:
        return list(Region.objects.provinces())

    @cached_property
    def _index(self) -> FacetIndex:
        return index_of(BrandList)

    @cached_property
    def held(self) -> Counter[str]:
        """How many brands there are in each division; under the empty code, all there are."""
        return self._index.counts("region", self._index.rows) + Counter({"": len(self._index.rows)})

    @cached_property
    def held_by_province(self) -> Counter[str]:
        """The brands that the provinces themselves recognised."""
        return self._index.counts("region", self._index.having("level", [BrandLevel.PROVINCIAL.value]))

    @cached_property
    def told(self) -> dict[str, dict[str, Figure]]:
        """By kind of number and province, without the kinds that no paper reports of any."""
        found = reported([region.adcode for region in self.provinces], KINDS)
        return {kind: by_place for kind, by_place in found.items() if by_place}

    @cached_property
    def sums(self) -> dict[str, dict[str, Total]]:
        """By kind of sum and province; none where there are too many brands to be added."""
        if self.held[""] > MOST_ADDED:
            return {}
        by_place = sums_by_province()
        found = {kind: {code: one for code, totals in by_place.items() for one in totals if one.kind == kind}
                 for kind in ADDED}  # fmt: skip
        return {kind: totals for kind, totals in found.items() if totals}

    @cached_property
    def table(self) -> SortedTable:
        kinds = self.told if self.figures == REPORTED else self.sums
        columns = [
            SortedColumn("province", gettext("省份"), is_number=False),
            SortedColumn("held", gettext("本库品牌")),
            SortedColumn("held-provincial", gettext("本库省级品牌")),
            *(SortedColumn(kind, self._label(kind)) for kind in kinds),
        ]
        rows = [
            [
                place_cell(region),
                self._held_cell(self.held, region.adcode),
                self._held_cell(self.held_by_province, region.adcode, level=BrandLevel.PROVINCIAL.value),
                *(self._cell(kind, region.adcode) for kind in kinds),
            ]
            for region in self.provinces
        ]
        kept = {} if self.figures == REPORTED else {"figures": self.figures}
        return sorted_table(columns, rows, self.asked, path=self.path, kept=kept)

    def _label(self, kind: str) -> str:
        """What a column is called; where a metric is counted in two units, with its own."""
        of_kind = KINDS[kind]
        if self.figures == REPORTED and kind == "brands":
            return gettext("报道的品牌总数")
        if self.figures == REPORTED and kind == "provincial":
            return gettext("报道的省级品牌")
        name = label_of(kind) if self.figures == SUMS else of_kind.label
        twice = [other for other in KINDS.values() if other.metric == of_kind.metric and not other.provincial]
        if len(twice) < 2:
            return name
        return gettext("%(metric)s（%(unit)s）") % {"metric": name, "unit": unit_word(of_kind.unit)}

    def _held_cell(self, counts: Mapping[str, int], adcode: str, *, level: str = "") -> SortedCell:
        count = counts.get(adcode, 0)
        narrowed = f"&level={level}" if level else ""
        url = f"{reverse('brands:brand_list')}?region={adcode}{narrowed}" if count else ""
        return SortedCell(str(count), count, url)

    def _cell(self, kind: str, adcode: str) -> SortedCell:
        if self.figures == SUMS:
            return _sum_cell(self.sums[kind].get(adcode), adcode)
        figure = self.told[kind].get(adcode)
        if figure is None:
            return SortedCell(gettext("未收录"))
        row = figure.statistic
        return SortedCell(
            _words(row, KINDS[kind]),
            row.value,
            row.get_absolute_url(),
            when_words(row) or gettext("未注明时间"),
        )

    @property
    def choices(self) -> list[Choice]:
        return [
            Choice(gettext("报道的总数"), self.path, self.figures == REPORTED),
            Choice(gettext("各品牌合计"), f"{self.path}?figures={SUMS}", self.figures == SUMS),
        ]

    @property
    def lead(self) -> str:
        """What the table answers, in a line or two."""
        column = self.table.column
        if column is None or not column.is_number or self.asked != column.key:
            with_brands = sum(1 for region in self.provinces if self.held.get(region.adcode))
            told = gettext(
                "本库收录了 %(brands)d 个品牌，分布在 %(provinces)d 个省份；"
                "报道给出品牌总数的有 %(totals)d 个省份，给出就业人数的有 %(people)d 个。"
            )
            return told % {
                "brands": self.held[""],
                "provinces": with_brands,
                "totals": len(self.told.get("brands", ())),
                "people": len(self.told.get("employment", ())),
            }
        at = next(n for n, head in enumerate(self.table.heads) if head.sorted)
        known = [row for row in self.table.rows if row.cells[at].value]
        first = gettext("、").join(_named(row.name, row.cells[at]) for row in known[:NAMED])
        told = gettext("%(column)s最多的：%(first)s。%(known)d 个省份有这个数字。")
        return told % {"column": column.label, "first": first, "known": len(known)}

    def lines(self, root: str) -> Iterator[list[Cell]]:
        """The table for a spreadsheet, with both kinds of numbers, in the order of the page: first the numbers alone,
        then how each is hedged, its date, and its full address. `root` is what a full address begins with."""
        yield [
            gettext("省份"),
            gettext("代码"),
            gettext("本库品牌"),
            gettext("本库省级品牌"),
            *(gettext("报道：%s") % _with_unit(kind) for kind in self.told),
            *(gettext("各品牌合计：%s") % _with_unit(kind, label_of(kind)) for kind in self.sums),
            *(
                f"{_with_unit(kind)}{gettext('：')}{what}"
                for kind in self.told
                for what in (gettext("限定"), gettext("截至"), gettext("日期依据"), gettext("网址"))
            ),
            *(f"{_with_unit(kind, label_of(kind))}{gettext('：')}{gettext('合计的品牌数')}" for kind in self.sums),
        ]
        by_address = {region.get_absolute_url(): region for region in self.provinces}
        for row in self.table.rows:
            region = by_address[row.name.url]
            code = region.adcode
            figures = [by_place.get(code) for by_place in self.told.values()]
            totals = [by_place.get(code) for by_place in self.sums.values()]
            yield [
                region_words(region),
                code,
                self.held.get(code, 0),
                self.held_by_province.get(code, 0),
                *(_digits(figure.statistic.value) if figure else "" for figure in figures),
                *(_digits(total.value) if total else "" for total in totals),
                *(cell for figure in figures for cell in _about(figure, root)),
                *(total.brands if total else "" for total in totals),
            ]


def _words(statistic: Statistic, kind: ReportedKind) -> str:
    """The number in words, without those that its column has."""
    if not kind.provincial:
        return figure_words(statistic)
    return amount(statistic.value, unit=statistic.unit, qualifier=statistic.qualifier, value_max=statistic.value_max)


def _sum_cell(total: Total | None, adcode: str) -> SortedCell:
    if total is None:
        return SortedCell(gettext("未收录"))
    url = f"{reverse('brands:statistic_list')}?sum={total.kind}&region={adcode}"
    return SortedCell(total.words, total.value, url, ngettext("%d 个品牌", "%d 个品牌", total.brands) % total.brands)


def _named(name: SortedCell, cell: SortedCell) -> str:
    """河北 超 1000 万人（2023年）"""
    told = f"{name.text} {cell.text}"
    return gettext("%(figure)s（%(when)s）") % {"figure": told, "when": cell.note} if cell.note else told


def _with_unit(kind: str, name: str = "") -> str:
    return gettext("%(metric)s（%(unit)s）") % {"metric": name or KINDS[kind].label, "unit": KINDS[kind].unit}


def _digits(value: Decimal) -> Cell:
    return int(value) if value == value.to_integral_value() else value.normalize()


def _about(figure: Figure | None, root: str) -> Sequence[Cell]:
    if figure is None:
        return ("", "", "", "")
    row = figure.statistic
    return (
        str(Qualifier(row.qualifier).label) if row.qualifier != Qualifier.EXACT else "",
        to_iso(row.as_of, row.as_of_precision),
        row.get_as_of_basis_display(),
        root + row.get_absolute_url(),
    )
