"""The tile map of the home page in its three states: brands, people employed, and how much of what is reported we have.
The state stands in the address."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from brands.figures.figures import Figure, dated_words
from brands.figures.provinces import reported_of
from brands.figures.sums import MOST, coarsest, no_finer
from brands.graphics.tiles import Step, Tile, tile_map
from brands.models import Card
from brands.vocabulary.choices import Metric, Qualifier
from brands.vocabulary.numbers import amount, number

STATES = ("brands", "people", "coverage")

# Digits of a sum in a tile; the list has all.
DIGITS = 2

# Characters of a wrong parameter that a complaint repeats.
QUOTED = 40


@dataclass(frozen=True, slots=True)
class MapTile:
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """A province in the list beside the map."""

    adcode: str
    name: str
    cells: list[MapTile]


@dataclass(frozen=True, slots=True)
class MapChoice:
    label: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Map:
    """`notes` say what the tiles show and what they leave out, `none` what a tile without a shade means; `legend` has
    the shades with their words."""

    state: str
    tiles: list[tuple[Tile, str]]
    legend: list[tuple[int, str]]
    notes: list[str]
    none: str
    header: list[str]
    rows: list[ProvinceRow]
    choices: list[MapChoice]
    complaint: str


def map_of(parameters: QueryDict, names: Mapping[str, str], held: Counter[str]) -> Map:
    """The state that `map` asks for, the number of brands for what we don't know. `names` has the provinces by code,
    `held` the brands of each."""
    asked = parameters.get("map", "")
    made = {"people": _people, "coverage": _coverage}.get(asked, _brands)(names, held)
    state = asked if asked in STATES else STATES[0]
    complaint = gettext("参数 map：没有“%s”这种地图。") % asked[:QUOTED] if asked and asked != state else ""
    return Map(state=state, choices=_choices(state), complaint=complaint, **made)


def _choices(state: str) -> list[MapChoice]:
    home = reverse("brands:home")
    labels = (gettext("品牌数"), gettext("就业人数"), gettext("收录程度"))
    return [
        MapChoice(label, f"{home}#map" if one == STATES[0] else f"{home}?map={one}#map", one == state)
        for one, label in zip(STATES, labels, strict=True)
    ]


def _brands(names: Mapping[str, str], held: Counter[str]) -> dict[str, object]:
    tiles, legend = tile_map(names, held)
    ranked = sorted(tiles, key=lambda tile: -tile.count)
    return {
        "tiles": [(tile, str(tile.count)) for tile in tiles],
        "legend": [(step.step, _span(step)) for step in legend],
        "notes": [gettext("本库收录了 %d 个省份的品牌，颜色越深，收录越多。") % sum(tile.count > 0 for tile in tiles)],
        "none": gettext("尚无"),
        "header": [gettext("品牌数")],
        "rows": [ProvinceRow(tile.adcode, tile.name, [_held(tile.adcode, tile.count)]) for tile in ranked],
    }


def _people(names: Mapping[str, str], held: Counter[str]) -> dict[str, object]:
    """What papers report of the province itself, as its page shows it; else the sum of what its brands employ. A series
    is left out of sums: its figure holds those of its brands."""
    reported = reported_of(names, Metric.EMPLOYMENT, "人")
    series = Card.objects.filter(series__isnull=False).values("series")
    cards = (
        Card.objects.filter(province__in=list(names), headcount__range=(0, MOST["人"]))
        .exclude(pk__in=series)
        .order_by()
    )
    rows = cards.values_list("province").annotate(
        people=Sum("headcount"), coarsest=coarsest("headcount", "headcount_qualifier"), brands=Count("pk")
    )
    sums = {code: (_no_finer(people, power), brands) for code, people, power, brands in rows}
    people = {code: people for code, (people, _brands) in sums.items()}
    people |= {code: int(figure.statistic.value) for code, figure in reported.items()}
    tiles, legend = tile_map(names, people)
    ranked = sorted(tiles, key=lambda tile: -tile.count)
    return {
        "tiles": [(tile, _short(tile.count) if tile.adcode in people else "—") for tile in tiles],
        "legend": [(step.step, gettext("至 %s") % number(Decimal(step.most))) for step in legend],
        "notes": [
            gettext("%(told)d 个省份有报道给出的总数，取最新一条；另有 %(sums)d 个省份由各品牌的报道人数相加。")
            % {"told": len(reported), "sums": len(sums.keys() - reported.keys())},
            gettext("只取以人计的总量，不含人次、新增和分项；统计时间不一，仅供粗略比较。格内保留两位有效数字。"),
        ],
        "none": gettext("未收录"),
        "header": [gettext("报道的就业人数"), gettext("各品牌相加"), gettext("有数字的品牌")],
        "rows": [
            ProvinceRow(
                tile.adcode,
                tile.name,
                [
                    _reported_cell(reported.get(tile.adcode)),
                    *_sum_cells(tile.adcode, sums.get(tile.adcode), held[tile.adcode]),
                ],
            )
            for tile in ranked
        ],
    }


def _coverage(names: Mapping[str, str], held: Counter[str]) -> dict[str, Any]:
    """What we hold of what the newest report says that the province has."""
    reported = reported_of(names, Metric.BRANDS, "个")
    shares = {code: round(100 * held[code] / figure.statistic.value) for code, figure in reported.items()}
    tiles, legend = tile_map(names, shares)
    ranked = sorted(tiles, key=lambda tile: (tile.adcode not in reported, -tile.count))
    return {
        "tiles": [(tile, _ratio(held[tile.adcode], reported.get(tile.adcode))) for tile in tiles],
        "legend": [(step.step, f"{_span(step)}%") for step in legend],
        "notes": [
            gettext("本库收录的品牌数与最新报道所称该省品牌数之比，%d 个省份有此类报道。") % len(reported),
            gettext("只取总数，不含单一级别、单个批次和参展数；报道时间不一，收录数可能多于报道数。"),
        ],
        "none": gettext("未收录"),
        "header": [gettext("本库收录"), gettext("报道的品牌数")],
        "rows": [
            ProvinceRow(tile.adcode, tile.name, _share_cells(tile.adcode, held[tile.adcode], reported.get(tile.adcode)))
            for tile in ranked
        ],
    }


def _span(step: Step) -> str:
    return str(step.most) if step.least == step.most else f"{step.least}–{step.most}"


def _short(people: int) -> str:
    rounded = round(people, DIGITS - len(str(people)))
    return number(Decimal(rounded)).replace(" ", "")


def _held(adcode: str, count: int) -> MapTile:
    """How many brands we hold of a province, with the way to their list."""
    return MapTile(str(count), f"{reverse('brands:brand_list')}?region={adcode}" if count else "")


def _no_finer(people: int, power: int) -> int:
    return int(no_finer(Decimal(people), power, Qualifier.ABOUT)[0])


def _reported_cell(figure: Figure | None) -> MapTile:
    return MapTile(dated_words(figure.statistic), figure.statistic.get_absolute_url()) if figure else MapTile("—")


def _sum_cells(adcode: str, found: tuple[int, int] | None, held: int) -> list[MapTile]:
    if found is None:
        return [MapTile("—"), MapTile(f"0 / {held}")]
    people, brands = found
    parts = f"{reverse('brands:statistic_list')}?sum=employment&region={adcode}"
    return [MapTile(amount(Decimal(people), unit="人"), parts), MapTile(f"{brands} / {held}")]


def _ratio(held: int, figure: Figure | None) -> str:
    return f"{held}/{figure.statistic.value.normalize():f}" if figure else f"{held}/?"


def _share_cells(adcode: str, held: int, figure: Figure | None) -> list[MapTile]:
    if figure is None:
        return [_held(adcode, held), MapTile(gettext("未收录"))]
    return [_held(adcode, held), MapTile(dated_words(figure.statistic), figure.statistic.get_absolute_url())]
