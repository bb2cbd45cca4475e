"""What waits where: the rows of :class:`curation.models.Waiting`, kept as the catalogue changes.

A proposed fact waits at the first article that bears it out, an open proposal at the article that it quotes, else where
its fact is. A fact that nothing bears out waits nowhere; it is in the list of doubtful things.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Min, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from brands.listing.sync import worked_out
from brands.models import Article, Brand, DocumentKind, Evidence, Program, Proposal, Statistic
from brands.models.region import COUNTRY
from brands.models.statistic import contradicted
from brands.search.store import batches
from brands.sql import Row, prepared, prepared_for_one, upsert
from brands.vocabulary.choices import PUBLIC_CONFIDENCE, ProposalState, ReviewState
from curation.models import Hardness, Waiting

# From this confidence on, the facts of an article may be confirmed all at once.
SURE = 0.95

# Articles that one statement asks for.
AT_ONCE = 500

COUNTS = ("brands", "programs", "statistics", "proposals", "low", "sure", "disagreeing", "homeless")
# What waits: as evidence calls it, its model, and the columns that may say where it is.
KINDS: Mapping[DocumentKind, tuple[str, type[Model], tuple[str, ...]]] = {
    DocumentKind.BRAND: ("brand", Brand, ("region_id",)),
    DocumentKind.PROGRAM: ("program", Program, ("place_id",)),
    DocumentKind.STATISTIC: ("statistic", Statistic, ("region_id", "brand__region_id", "program__place_id")),
}


@dataclass(slots=True)
class WaitingCounts:
    """What waits at one article."""

    counts: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    lowest: float = 1.0

    def add(self, kind: str, confidence: float, place: str | None, *, disagreeing: bool = False) -> None:
        self.counts[f"{kind}s"] += 1
        self.counts["low"] += confidence < PUBLIC_CONFIDENCE
        self.counts["sure"] += confidence >= SURE
        self.counts["disagreeing"] += disagreeing
        self.counts["homeless"] += kind == "brand" and place is None
        self.lowest = min(self.lowest, confidence)
        if place and place != COUNTRY:
            self.places[province_of(place)] += 1

    @property
    def hardness(self) -> Hardness:
        found = self.counts
        cases = (found["proposals"], found["low"], found["disagreeing"], found["homeless"])
        return next((Hardness(place) for place, count in enumerate(cases) if count), Hardness.PLAIN)


def province_of(adcode: str) -> str:
    """The code of the province that holds the division; empty for the country and for none."""
    return "" if adcode in {"", COUNTRY} else f"{adcode[:2]}0000"


def home(kind: str) -> Subquery:
    """The first article that bears out the brand, program or statistic."""
    places = Evidence.objects.filter(field="", **{kind: OuterRef("pk")}).order_by("article_id")
    return Subquery(places.values("article_id")[:1])


def connect() -> None:
    """Follow the catalogue."""
    worked_out.connect(_follow)


def refresh(articles: Iterable[int]) -> None:
    """Count anew what waits at these articles, of which some may be no more."""
    for some in batches(sorted(set(articles)), AT_ONCE):
        with transaction.atomic():
            there = {pk for (pk,) in _locked(some)}
            rows = _rows(some)
            if gone := there - {row.pk for row in rows}:
                Waiting.objects.filter(article__in=gone).delete()
            upsert(Waiting, [_stored_row(row) for row in rows])


@prepared
def _locked(articles: Any) -> Any:
    rows = Waiting.objects.select_for_update().filter(article__in=articles)
    return rows.order_by("article").values_list("article")


_stored_row: Callable[[Waiting], Row] = attrgetter(*(field.attname for field in Waiting._meta.concrete_fields))


def rebuild() -> int:
    """Count everything anew; how many articles something waits at."""
    Waiting.objects.exclude(article__in=Article.objects.filter(evidence__isnull=False)).delete()
    for some in _all_articles():
        refresh(some)
    return Waiting.objects.count()


def fill_after_migrate(*, using: str = "default", **_signal: object) -> None:
    """Count what was there before the queue was. Called after every `migrate`; does nothing where anything is counted,
    nor while the tables are not there."""
    if using != DEFAULT_DB_ALIAS:
        return
    present = set(connections[using].introspection.table_names())
    tables = {model._meta.db_table for model in (Waiting, Evidence, Proposal)}
    if tables <= present and not Waiting.objects.exists():
        rebuild()


def differences() -> Iterator[str]:
    """Articles whose counts are not what the catalogue says."""
    for some in _all_articles():
        stored = {row.pk: _values(row) for row in Waiting.objects.filter(article__in=some)}
        right = {row.pk: _values(row) for row in _rows(some)}
        yield from (f"article {pk}" for pk in sorted(some) if stored.get(pk) != right.get(pk))


def _all_articles() -> Iterator[list[int]]:
    yield from batches(list(Article.objects.order_by("pk").values_list("pk", flat=True)), AT_ONCE)


def _values(row: Waiting) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("hardness", "lowest", "province", *COUNTS)}


def _follow(keys: Mapping[DocumentKind, Collection[Any]], **_signal: Any) -> None:
    """The articles concerned, and those at which the facts concerned wait."""
    refresh({*keys[DocumentKind.ARTICLE], *_homes(keys)})


def _homes(keys: Mapping[DocumentKind, Collection[object]]) -> Iterator[int]:
    for kind, homes in HOMES.items():
        yield from (at for (at,) in homes(keys[kind]))


def _home_of(kind: DocumentKind) -> Callable[[Collection[object]], list[Row]]:
    """The first articles that bear out facts of a kind, given by their keys."""
    column = KINDS[kind][0]

    @prepared
    def homes(keys: object) -> object:
        found = Evidence.objects.filter(field="", **{f"{column}__in": keys}).order_by().values(column)
        return found.annotate(home=Min("article")).values_list("home")

    return homes


HOMES = {kind: _home_of(kind) for kind in KINDS}


def _rows(articles: Collection[int]) -> list[Waiting]:
    """What the rows of these articles should be; none for those at which nothing waits."""
    tallies: defaultdict[int, WaitingCounts] = defaultdict(WaitingCounts)
    for kind in KINDS:
        _count_facts(kind, articles, tallies)
    _count_proposals(articles, tallies)
    places: dict[int, str | None] = dict(_places(list(tallies)))
    return [_row(pk, tallies[pk], places[pk]) for pk in sorted(places)]


@prepared
def _places(articles: Any) -> Any:
    return Article.objects.filter(pk__in=articles).order_by().values_list("pk", "place_id")


def _row(article: int, tally: WaitingCounts, place: str | None) -> Waiting:
    common = tally.places.most_common(1)
    return Waiting(
        article_id=article,
        hardness=tally.hardness,
        lowest=tally.lowest,
        province=province_of(place or "") or (common[0][0] if common else ""),
        **{name: tally.counts[name] for name in COUNTS},
    )


def _count_facts(kind: DocumentKind, articles: Collection[int], tallies: dict[int, WaitingCounts]) -> None:
    column = KINDS[kind][0]
    for at, confidence, where, differs in FACTS[kind](articles):
        tallies[at].add(column, confidence, where, disagreeing=bool(differs))


def _facts_of(kind: DocumentKind) -> Callable[[Collection[object]], list[Row]]:
    """The proposed facts of a kind whose home is one of these articles: home, confidence, place, and whether another
    number contradicts it."""
    column, model, place = KINDS[kind]

    @prepared
    def facts(articles: Any) -> Any:
        borne_out = Evidence.objects.filter(field="", article__in=articles, **{f"{column}__isnull": False})
        waiting: QuerySet[Any] = model._default_manager.filter(
            review=ReviewState.PROPOSED, pk__in=borne_out.values(column)
        ).annotate(
            home=home(column),
            where=Coalesce(*place, Value(None)),
            differs=contradicted() if kind is DocumentKind.STATISTIC else Value(False),
        )
        return waiting.filter(home__in=articles).order_by().values_list("home", "confidence", "where", "differs")

    return facts


FACTS = {kind: _facts_of(kind) for kind in KINDS}


def _count_proposals(articles: Collection[int], tallies: dict[int, WaitingCounts]) -> None:
    if not _any_proposal(ProposalState.OPEN):
        return
    waiting = Proposal.objects.filter(state=ProposalState.OPEN).order_by()
    quoting = waiting.filter(article__in=articles).values_list("article_id", "confidence")
    for at, confidence in [*quoting, *_without_article(waiting.filter(article=None), articles)]:
        tallies[at].counts["proposals"] += 1
        tallies[at].lowest = min(tallies[at].lowest, confidence)


@prepared_for_one
def _any_proposal(state: Any) -> Any:
    return Proposal.objects.filter(state=state).order_by().values_list("pk")[:1]


def _without_article(waiting: "QuerySet[Proposal]", articles: Collection[int]) -> Iterator[tuple[int, float]]:
    """Proposals that quote no article, at the homes of their facts."""
    for column, _model, _place in KINDS.values():
        places = Evidence.objects.filter(field="", **{column: OuterRef(f"{column}_id")}).order_by("article_id")
        own = waiting.filter(**{f"{column}__isnull": False}).annotate(home=Subquery(places.values("article_id")[:1]))
        yield from own.filter(home__in=articles).values_list("home", "confidence")
