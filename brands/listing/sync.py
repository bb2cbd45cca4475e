"""What follows from the catalogue's rows, kept so within the transaction that changes a row.

Saving and deleting a row tells :func:`note` by signals. Who writes many rows at once, past the signals, says so itself:
with :func:`note` what was written, or with :func:`refresh` what it concerns, inside :func:`gathered` where the work is
to be done once for all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import Signal

from brands.listing import own_sources, read_model
from brands.models import Article, Brand, Card, DocumentKind, Evidence, Page, Program, Region, Statistic
from brands.models.region import COUNTRY
from brands.search import store
from brands.sql import prepared
from brands.vocabulary.adcodes import adcode_range
from brands.vocabulary.choices import ReviewState

# Primary keys of rows, by what they are.
Keys: TypeAlias = defaultdict[DocumentKind, set[Any]]


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whose documents may differ: of all these rows, and of what is reported of those that are `subjects`. Of those
    that are `confirmed` nothing else was changed. Where all is `in_vain`, nothing is noted."""

    rows: Keys = field(default_factory=lambda: defaultdict(set))
    subjects: Keys = field(default_factory=lambda: defaultdict(set))
    confirmed: Keys = field(default_factory=lambda: defaultdict(set))
    in_vain: bool = False


# The columns of each model that say whom the row concerns: whose documents hold something of it, or wait with it.
OWNERS: Mapping[str, Mapping[str, DocumentKind]] = {
    "Brand": {"id": DocumentKind.BRAND},
    "BrandAlias": {"brand_id": DocumentKind.BRAND},
    "BrandDetail": {"brand_id": DocumentKind.BRAND},
    "Program": {"id": DocumentKind.PROGRAM},
    "Statistic": {"id": DocumentKind.STATISTIC, "brand_id": DocumentKind.BRAND},
    "Article": {"id": DocumentKind.ARTICLE},
    "Evidence": {
        "brand_id": DocumentKind.BRAND,
        "program_id": DocumentKind.PROGRAM,
        "statistic_id": DocumentKind.STATISTIC,
        "article_id": DocumentKind.ARTICLE,
    },
    "Proposal": {
        "brand_id": DocumentKind.BRAND,
        "program_id": DocumentKind.PROGRAM,
        "statistic_id": DocumentKind.STATISTIC,
        "article_id": DocumentKind.ARTICLE,
    },
    "Region": {"adcode": DocumentKind.REGION},
    "RegionName": {"region_id": DocumentKind.REGION},
    "Page": {},
}

# Where each kind of row lies.
INSIDE: Mapping[DocumentKind, tuple[type[models.Model], str]] = {
    DocumentKind.BRAND: (Brand, "region_id"),
    DocumentKind.REGION: (Region, "adcode"),
    DocumentKind.PROGRAM: (Program, "place_id"),
    DocumentKind.STATISTIC: (Statistic, "region_id"),
    DocumentKind.ARTICLE: (Article, "place_id"),
}

# Divisions that one statement asks for.
RANGES = 50

# Sent within the transaction, with the `keys` of the rows concerned: for what applications above this one keep.
worked_out = Signal()

_gathering: ContextVar[Concerned | None] = ContextVar("gathering", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """One transaction, at whose end what follows from all that was noted inside is worked out once."""
    if _gathering.get() is not None:
        yield
        return
    with transaction.atomic():
        concerned = Concerned()
        token = _gathering.set(concerned)
        try:
            yield
        finally:
            _gathering.reset(token)
        _work_out(concerned)


@contextmanager
def in_vain() -> Iterator[None]:
    """Nothing follows from what is written inside: for work that is taken back, which would take along what follows."""
    token = _gathering.set(Concerned(in_vain=True))
    try:
        yield
    finally:
        _gathering.reset(token)


def _is_in_vain() -> bool:
    concerned = _gathering.get()
    return concerned is not None and concerned.in_vain


def note(rows: Iterable[models.Model], *, before: Mapping[Any, Mapping[str, Any]] | None = None) -> None:
    """These rows were written, past the signals. `before` holds, by primary key, the values that their columns had."""
    if _is_in_vain():
        return
    with gathered():
        for row in rows:
            _concern(row, (before or {}).get(row.pk, {}))
            _concern(row, vars(row))


def refresh(
    *,
    brands: Iterable[int] = (),
    programs: Iterable[int] = (),
    statistics: Iterable[int] = (),
    articles: Iterable[int] = (),
    regions: Iterable[str] = (),
) -> None:
    """Work out anew what follows from the rows with these primary keys, of which some may be no more."""
    if _is_in_vain():
        return
    with gathered():
        concerned = _gathered_so_far()
        concerned.subjects[DocumentKind.BRAND].update(brands)
        concerned.subjects[DocumentKind.PROGRAM].update(programs)
        concerned.rows[DocumentKind.STATISTIC].update(statistics)
        concerned.rows[DocumentKind.ARTICLE].update(articles)
        concerned.rows[DocumentKind.REGION].update(regions)


def rebuild() -> Iterator[tuple[str, int]]:
    """Work out everything anew, batch by batch; yields each kind of document, and the cards, with how many there are.

    Each batch is a transaction of its own, in which rows change as they do with a save, so that the site may serve and
    other processes may write meanwhile, and a run that is killed leaves what was done and what was there before.
    """
    own_sources.rebuild()
    for kind in DocumentKind:
        yield kind.value, sum(store.rebuild(kind))
    read_model.rebuild()
    yield "card", Card.objects.count()


def differences() -> Iterator[str]:
    """What is not as the catalogue says, one line a row."""
    for kind in DocumentKind:
        yield from store.differences(kind)
    yield from read_model.differences()
    yield from own_sources.differences()


def connect() -> None:
    """Listen to the catalogue's models."""
    for name in OWNERS:
        model = apps.get_model("brands", name)
        pre_save.connect(_remember, model)
        post_save.connect(_changed, model)
        post_delete.connect(_changed, model)
    m2m_changed.connect(_links_changed, Program.brands.through)


def _remember(
    sender: type[models.Model], instance: models.Model, update_fields: Collection[str] | None = None, **_: Any
) -> None:
    """Keep what the row belongs to so far."""
    if _is_in_vain() or _confirms(instance, update_fields):
        return
    columns = [column for column in OWNERS[sender.__name__] if column.endswith("_id")]
    if columns and not instance._state.adding:
        stored = sender._default_manager.filter(pk=instance.pk).values(*columns).first()
        vars(instance)["_owners_before"] = stored or {}


def _changed(instance: models.Model, update_fields: Collection[str] | None = None, **_: Any) -> None:
    if _is_in_vain():
        return
    with gathered():
        if _confirms(instance, update_fields):
            kind = DocumentKind(type(instance).__name__.lower())
            _gathered_so_far().confirmed[kind].add(instance.pk)
            return
        _concern(instance, vars(instance).pop("_owners_before", {}))
        _concern(instance, vars(instance))


def _confirms(instance: models.Model, update_fields: Collection[str] | None) -> bool:
    """Whether a fact was confirmed and nothing else: what a key of the review does, and no more follows from it than
    that it is confirmed, where it was public before."""
    if not update_fields or not isinstance(instance, Brand | Program | Statistic):
        return False
    return instance.review == ReviewState.CONFIRMED and set(update_fields) <= {"review", "updated_at", *instance.keys}


def _links_changed(instance: Brand | Program, action: str, pk_set: Collection[int] | None, **_: Any) -> None:
    """Which brands a program names. A clearing tells of the links while they are there, and then that they are gone."""
    if _is_in_vain():
        return
    links = instance.programs if isinstance(instance, Brand) else instance.brands
    if action == "pre_clear":
        vars(instance)["_cleared"] = set(links.values_list("pk", flat=True))
    elif action in {"post_add", "post_remove", "post_clear"}:
        others = vars(instance).pop("_cleared", ()) if pk_set is None else pk_set
        refresh(brands=[instance.pk] if isinstance(instance, Brand) else others)


def _concern(row: models.Model, values: Mapping[str, Any]) -> None:
    concerned = _gathered_so_far()
    if isinstance(row, Page):
        concerned.rows[DocumentKind.ARTICLE].update(Article.objects.filter(page=row.pk).values_list("pk", flat=True))
    keys = concerned.subjects if isinstance(row, Brand | Program) else concerned.rows
    for column, kind in OWNERS[type(row).__name__].items():
        if values.get(column) is not None:
            keys[kind].add(values[column])


def _gathered_so_far() -> Concerned:
    concerned = _gathering.get()
    if concerned is None:
        raise RuntimeError("nothing is gathered here")
    return concerned


def _work_out(concerned: Concerned) -> None:
    _confirm(concerned)
    keys = _all_concerned(concerned)
    keys[DocumentKind.ARTICLE] |= own_sources.refresh(keys)
    store.refresh(keys)
    read_model.refresh(keys[DocumentKind.BRAND] | read_model.of_programs(keys[DocumentKind.PROGRAM]))
    for kind, pks in concerned.confirmed.items():
        keys[kind] |= pks
    worked_out.send(sender=None, keys=keys)


def _confirm(concerned: Concerned) -> None:
    """Say of those that are public that they are confirmed; those that become public now concern all that an own change
    does."""
    for kind, pks in concerned.confirmed.items():
        shown = store.curate(kind, pks)
        hidden = pks - shown
        (concerned.rows if kind == DocumentKind.STATISTIC else concerned.subjects)[kind].update(hidden)
        if kind == DocumentKind.BRAND and shown:
            Card.objects.filter(pk__in=shown).update(review=ReviewState.CONFIRMED)


def _all_concerned(concerned: Concerned) -> Keys:
    """With the rows whose documents hold something of these: what lies in a division, what an article bears out, the
    brand of a number, the numbers of a brand or program that has changed itself."""
    _add_inside(concerned)
    found, subjects = concerned.rows, concerned.subjects
    for brand, program, statistic in _borne_out_by(found[DocumentKind.ARTICLE]):
        found[DocumentKind.BRAND].add(brand)
        found[DocumentKind.PROGRAM].add(program)
        found[DocumentKind.STATISTIC].add(statistic)
    found[DocumentKind.BRAND].update(brand for (brand,) in _subjects_of(found[DocumentKind.STATISTIC] - {None}))
    for kind in (DocumentKind.BRAND, DocumentKind.PROGRAM):  # those that lost their last evidence, or have some now
        subjects[kind].update(store.switched(kind, found[kind] - subjects[kind] - {None}))
    found[DocumentKind.STATISTIC].update(pk for (pk,) in _of_brands(subjects[DocumentKind.BRAND]))
    found[DocumentKind.STATISTIC].update(pk for (pk,) in _of_programs(subjects[DocumentKind.PROGRAM]))
    return defaultdict(set, {kind: (found[kind] | subjects[kind]) - {None} for kind in DocumentKind})


def _add_inside(concerned: Concerned) -> None:
    """What lies in the divisions, whose names its documents hold."""
    codes = concerned.rows[DocumentKind.REGION]
    widest = {code for code in codes if code == COUNTRY or not codes & {COUNTRY, *_holders(code)}}
    for some in store.batches(sorted(widest), RANGES):
        ranges = [adcode_range(code) for code in some]
        for kind, (model, column) in INSIDE.items():
            inside = reduce(or_, (Q(**{f"{column}__gte": first, f"{column}__lt": after}) for first, after in ranges))
            rows = model._default_manager.filter(inside).order_by().values_list("pk", flat=True)
            (concerned.subjects if model in {Brand, Program} else concerned.rows)[kind].update(rows)


def _holders(adcode: str) -> set[str]:
    """The codes of the province and the prefecture that hold the division."""
    return {f"{adcode[:2]}0000", f"{adcode[:4]}00"} - {adcode}


@prepared
def _borne_out_by(articles: Any) -> Any:
    rows = Evidence.objects.filter(article__in=articles).order_by()
    return rows.values_list("brand_id", "program_id", "statistic_id").distinct()


@prepared
def _subjects_of(statistics: Any) -> Any:
    return Statistic.objects.filter(pk__in=statistics).order_by().values_list("brand_id").distinct()


@prepared
def _of_brands(brands: Any) -> Any:
    return Statistic.objects.filter(brand__in=brands).order_by().values_list("pk")


@prepared
def _of_programs(programs: Any) -> Any:
    return Statistic.objects.filter(program__in=programs).order_by().values_list("pk")
