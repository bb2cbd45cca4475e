"""Keeps the cards of brands, their links and figures equal to the catalogue.

`refresh` is called within the transaction that changes a brand, its evidence, statistics, programs, division, or the
articles that name it. `rebuild` works while the site serves; `differences` names what is not as it should be.

A column of a card that is called as one of the brand holds the same; the others are worked out here, as are the links.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, TypeAlias

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import Max

from brands.figures.details import reached
from brands.figures.measures import by_the_year
from brands.models import Brand, BrandDetail, Card, CardFigure, CardLink, Evidence, Program, Statistic
from brands.models.card import UNREPORTED
from brands.models.region import COUNTRY
from brands.models.source import reports
from brands.sql import insert, prepared, upsert
from brands.vocabulary.choices import BrandLevel, DetailKind, Industry, Metric, RegionLevel
from brands.vocabulary.numbers import MONTHS

# Brands that are worked out together.
BATCH = 1000

# Number of the advisory lock of those who write cards on PostgreSQL: of two that write the same card, the one that
# waits sees what the other has changed. SQLite has one writer at a time.
LOCK = 1_701_210_102

# Of which a list shows the newest value, the first that a brand has.
KEY_METRICS = (Metric.EMPLOYMENT, Metric.PLACEMENT, Metric.OUTPUT_VALUE, Metric.LABOUR_INCOME, Metric.PER_CAPITA_INCOME)

# The unit of a card's money that the paper tells by the year.
YEARLY = "元/年"

FIELDS = [field.attname for field in Card._meta.concrete_fields]
_values: Callable[[Card], tuple[Any, ...]] = attrgetter(*FIELDS)

# The values of a `CardFigure`, in the order of its fields.
FigureRow: TypeAlias = tuple[Any, ...]
FIGURE_FIELDS = [field.attname for field in CardFigure._meta.concrete_fields]
_figure_row: Callable[[CardFigure], FigureRow] = attrgetter(*FIGURE_FIELDS)
CARD = FIGURE_FIELDS.index("card")

# What a figure says as its statistic does; what it says besides is of its card.
COPIED = [name for name in FIGURE_FIELDS if name not in {"id", "card", "adcode", "industry"}]

# The places by which lists sort trades and levels. The trade "other" is none.
TRADE_RANKS = {value: rank for rank, value in enumerate(Industry.values, 1) if value != Industry.OTHER}
LEVEL_RANKS = {value: rank for rank, value in enumerate(BrandLevel.values, 1)}

# The columns that a card takes from its brand as they are.
TAKEN = sorted({field.name for field in Card._meta.concrete_fields} & {f.name for f in Brand._meta.concrete_fields})

PLACE = ("region__", "region__parent__", "region__parent__parent__")
COLUMNS = (*TAKEN, "region_id", "recognised_year",
           *(f"{step}{name}" for step in PLACE for name in ("common_name", "level")))  # fmt: skip

# A facet of several values, and one of these.
Link: TypeAlias = tuple[str, str]


@dataclass(slots=True)
class Deck:
    """Cards by brand, their links, and the rows of their figures."""

    cards: dict[int, Card] = field(default_factory=dict)
    links: defaultdict[int, set[Link]] = field(default_factory=lambda: defaultdict(set))
    figures: defaultdict[int, set[FigureRow]] = field(default_factory=lambda: defaultdict(set))

    def has_same(self, other: "Deck", pk: int) -> bool:
        """Whether both have the same card of this brand, or both none."""
        alike = _row(self.cards.get(pk)) == _row(other.cards.get(pk)) and self.links[pk] == other.links[pk]
        return alike and self.figures[pk] == other.figures[pk]


def refresh(brand_pks: Collection[int]) -> None:
    """Make the cards and links of these brands what the catalogue says; what isn't public loses them."""
    pks = sorted(set(brand_pks))
    with transaction.atomic(savepoint=False):
        if pks:
            _wait_for_other_writers()
        for at in range(0, len(pks), BATCH):
            _refresh(pks[at : at + BATCH])


def of_programs(program_pks: Collection[int]) -> set[int]:
    """The brands whose cards depend on these programs, also on such as have just been deleted."""
    return {pk for (pk,) in (*_held([str(pk) for pk in program_pks]), *_named(program_pks))}


@prepared
def _held(programs: Any) -> Any:
    return CardLink.objects.filter(facet="program", value__in=programs).values_list("card")


@prepared
def _named(programs: Any) -> Any:
    return Program.brands.through._default_manager.filter(program__in=programs).values_list("brand_id")


def rebuild() -> None:
    """All cards anew, a transaction a batch, so that readers and writers wait for none but a short one."""
    for pks in _batches():
        refresh(pks)


def fill_after_migrate(*, using: str = DEFAULT_DB_ALIAS, **_signal: object) -> None:
    """Work out what was there before cards had figures. Called after every `migrate`; does nothing where any figure
    is there or none could be, nor while the tables are not there."""
    if using != DEFAULT_DB_ALIAS:
        return
    tables = {model._meta.db_table for model in (CardFigure, Card, CardLink, Statistic, BrandDetail)}
    if not tables <= set(connections[using].introspection.table_names()) or CardFigure.objects.exists():
        return
    if Card.objects.filter(value__isnull=False).exists():
        rebuild()


def differences() -> Iterator[str]:
    """What is stored otherwise than the catalogue says, a line each."""
    for pks in _batches():
        wanted, stored = _wanted(pks), _stored(pks)
        yield from (f"card {pk}: {_told(stored, wanted, pk)}" for pk in pks if not stored.has_same(wanted, pk))


def _refresh(pks: list[int]) -> None:
    wanted, stored = _wanted(pks), _stored(pks)
    changed = [pk for pk in pks if not stored.has_same(wanted, pk)]
    if not changed:
        return
    old, new = _part(stored, changed), _part(wanted, changed)
    gone = [pk for pk in old.cards if pk not in new.cards]
    if gone:
        Card.objects.filter(pk__in=gone).delete()
    upsert(Card, [_values(card) for card in new.cards.values()])
    _write_links(old, new)
    _write_figures(old, new)


def _write_links(old: Deck, new: Deck) -> None:
    gone = [pk for pk in old.links if not new.links[pk]]
    CardLink.objects.filter(card__in=gone).delete()
    stale: defaultdict[Link, list[int]] = defaultdict(list)
    for pk in old.links.keys() - set(gone):
        for link in old.links[pk] - new.links[pk]:
            stale[link].append(pk)
    for (facet, value), pks in stale.items():
        CardLink.objects.filter(card__in=pks, facet=facet, value=value).delete()
    insert(CardLink, [(pk, *link) for pk, links in new.links.items() for link in sorted(links - old.links[pk])])


def _write_figures(old: Deck, new: Deck) -> None:
    """What no longer counts goes first, so that another may take its place."""
    stale = [row[0] for pk, rows in old.figures.items() for row in rows - new.figures[pk]]
    CardFigure.objects.filter(pk__in=stale).delete()
    fresh = (row for pk, rows in new.figures.items() for row in rows - old.figures[pk])
    upsert(CardFigure, [_stored_row(row) for row in sorted(fresh, key=itemgetter(0))])


def _stored_row(row: FigureRow) -> tuple[Any, ...]:
    """The row's values as the database takes them."""
    fields = zip(CardFigure._meta.concrete_fields, row, strict=True)
    return tuple(field.get_db_prep_save(value, connection) for field, value in fields)


def _part(deck: Deck, pks: Iterable[int]) -> Deck:
    part = Deck()
    for pk in pks:
        if pk in deck.cards:
            part.cards[pk] = deck.cards[pk]
        part.links[pk] = deck.links[pk]
        part.figures[pk] = deck.figures[pk]
    return part


def _stored(pks: Collection[int]) -> Deck:
    deck = Deck({row[0]: Card.from_db(connection.alias, FIELDS, row) for row in _cards(pks)})
    for pk, facet, value in _links(pks):
        deck.links[pk].add((facet, value))
    for row in _card_figures(pks):
        deck.figures[row[CARD]].add(row)
    return deck


@prepared
def _card_figures(pks: Any) -> Any:
    return CardFigure.objects.filter(card__in=pks).values_list(*FIGURE_FIELDS)


@prepared
def _cards(pks: Any) -> Any:
    return Card.objects.filter(pk__in=pks).values_list(*FIELDS)


@prepared
def _links(pks: Any) -> Any:
    return CardLink.objects.filter(card__in=pks).values_list("card", "facet", "value")


def _wanted(pks: Collection[int]) -> Deck:
    """The cards as they should be."""
    rows = (dict(zip(COLUMNS, row, strict=True)) for row in _brands(pks))
    deck = Deck({row["id"]: _card(row) for row in rows})
    found = list(deck.cards)
    for pk, articles, newest in _reports(found):
        deck.cards[pk].articles = articles
        deck.cards[pk].newest_report = newest.isoformat() if newest else ""
    for pk, statistics in _statistics(found).items():
        _set_figures(deck.cards[pk], statistics)
        deck.figures[pk] = set(_figure_rows(deck.cards[pk], statistics))
        deck.links[pk] |= {("metric", statistic.metric) for statistic in statistics}
    for pk, program in _programs(found):
        deck.links[pk].add(("program", str(program)))
    for pk, kind, region, country in _details(found):
        if kind == DetailKind.CONTACT and "contact" not in deck.cards[pk].has:
            deck.cards[pk].has = f"{deck.cards[pk].has} contact".lstrip()
        if kind == DetailKind.DESTINATION and (place := reached(region or "", country)):
            deck.links[pk].add(("reached", place))
    return deck


@prepared
def _brands(pks: Any) -> Any:
    return Brand.objects.published().order_by().filter(pk__in=pks).values_list(*COLUMNS)


@prepared
def _reports(brands: Any) -> Any:
    rows = Evidence.objects.told().filter(brand__in=brands).order_by().values_list("brand_id")
    return rows.annotate(articles=reports("article"), newest=Max("article__published_on"))


@prepared
def _programs(brands: Any) -> Any:
    return Program.brands.through._default_manager.filter(brand__in=brands).values_list("brand_id", "program_id")


@prepared
def _details(brands: Any) -> Any:
    rows = BrandDetail.objects.filter(kind__in=[DetailKind.DESTINATION, DetailKind.CONTACT], brand__in=brands)
    return rows.order_by().values_list("brand_id", "kind", "region_id", "country")


def _card(row: Mapping[str, Any]) -> Card:
    adcode = row["region_id"] or ""
    return Card(
        **{name: row[name] for name in TAKEN},
        place=_place(row),
        province=adcode if adcode in {"", COUNTRY} else f"{adcode[:2]}0000",
        prefecture="" if adcode.endswith("0000") or not adcode else f"{adcode[:4]}00",
        adcode=adcode,
        industry_rank=TRADE_RANKS.get(row["industry"], 0),
        level_rank=LEVEL_RANKS.get(row["level"], 0),
        year=row["recognised_year"],
        headcount=UNREPORTED,
        newest_report="",
        articles=0,
    )


def _place(row: Mapping[str, Any]) -> str:
    """山西吕梁: the common names of the division and those that hold it, but the country."""
    steps = [
        row[f"{step}common_name"]
        for step in PLACE
        if row[f"{step}common_name"] and row[f"{step}level"] != RegionLevel.COUNTRY
    ]
    return "".join(reversed(steps))


class WeighedFigure(NamedTuple):
    """A statistic of a brand, and how many articles give it."""

    brand_id: int
    pk: int
    metric: str
    qualifier: str
    unit: str
    period: str
    value: Decimal
    value_max: Decimal | None
    as_of: date | None
    article_count: int


@prepared
def _figures(brands: Any) -> Any:
    """The public statistics of each brand."""
    rows = Statistic.objects.published().wholes().filter(brand__in=brands).order_by().with_article_counts()
    return rows.values_list(*WeighedFigure._fields)


def _statistics(pks: Collection[int]) -> dict[int, list[WeighedFigure]]:
    """The public figures of each brand, the one to be shown last: the newest, of one date that which most articles
    give, of equals the largest, as in the charts."""
    found: dict[int, list[WeighedFigure]] = defaultdict(list)
    for figure in sorted(map(WeighedFigure._make, _figures(pks)), key=_weight):
        found[figure.brand_id].append(figure)
    return found


def _weight(statistic: WeighedFigure) -> tuple[date, int, Decimal, int]:
    return statistic.as_of or date.min, statistic.article_count, statistic.value, statistic.pk


def _set_figures(card: Card, statistics: list[WeighedFigure]) -> None:
    """The key figure, and the numbers by which brands are filtered and sorted."""
    best = {statistic.metric: statistic for statistic in statistics}
    shown = next((best[metric] for metric in KEY_METRICS if metric in best), None)
    if shown is not None:
        yearly = shown.unit == "元" and by_the_year(shown.metric, shown.period)
        card.metric, card.qualifier, card.unit = shown.metric, shown.qualifier, YEARLY if yearly else shown.unit
        card.value, card.value_max = shown.value, shown.value_max
    people = [s for s in statistics if s.metric == Metric.EMPLOYMENT and s.unit == "人"]
    wages = [s for s in statistics if s.metric == Metric.PER_CAPITA_INCOME and s.unit in MONTHS]
    if people:
        _set_people(card, people[-1])
    if wages:
        _set_pay(card, wages[-1])
    card.as_of_year = max((s.as_of.year for s in statistics if s.as_of), default=None)
    card.has = " ".join(_held_by(card))


def _figure_rows(card: Card, statistics: list[WeighedFigure]) -> Iterator[FigureRow]:
    """Of each metric and unit the last."""
    for one in {(one.metric, one.unit): one for one in statistics}.values():
        own = {name: getattr(one, name) for name in COPIED}
        yield _figure_row(CardFigure(id=one.pk, card=card.pk, adcode=card.adcode, industry=card.industry, **own))


def _set_people(card: Card, figure: WeighedFigure) -> None:
    card.headcount = _whole(figure.value)
    card.headcount_max, card.headcount_qualifier = figure.value_max, figure.qualifier
    card.headcount_year = figure.as_of.year if figure.as_of else None


def _set_pay(card: Card, figure: WeighedFigure) -> None:
    card.income = _whole(figure.value / MONTHS[figure.unit])
    card.pay, card.pay_max, card.pay_unit = figure.value, figure.value_max, figure.unit
    card.pay_qualifier = figure.qualifier
    card.pay_year = figure.as_of.year if figure.as_of else None


def _held_by(card: Card) -> Iterator[str]:
    """Of a card with figures: what it has that lists filter by."""
    yield "figures"
    if card.headcount != UNREPORTED:
        yield "people"
    if card.income is not None:
        yield "pay"


LARGEST = 2**63 - 1


def _whole(value: Decimal) -> int:
    """Without what lies behind the point; a number that no column holds is the largest that one does."""
    return min(int(value), LARGEST)


def _batches() -> Iterator[list[int]]:
    """All keys of brands and of cards, in order, `BATCH` of each at most."""
    last = 0
    while True:
        found: set[int] = set()
        for model in (Brand, Card):
            found.update(model._default_manager.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH])
        pks = sorted(found)[:BATCH]
        if not pks:
            return
        yield pks
        last = pks[-1]


def _row(card: Card | None) -> tuple[object, ...] | None:
    return None if card is None else _values(card)


def _told(stored: Deck, wanted: Deck, pk: int) -> str:
    """In what a stored card differs."""
    if pk not in stored.cards or pk not in wanted.cards:
        return "missing" if pk in wanted.cards else "not public"
    names = [n for n in FIELDS if getattr(stored.cards[pk], n) != getattr(wanted.cards[pk], n)]
    more = [n for n in ("links", "figures") if getattr(stored, n)[pk] != getattr(wanted, n)[pk]]
    return ", ".join([*names, *more])


def _wait_for_other_writers() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
