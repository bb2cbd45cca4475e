"""Addresses of brands outlive the brands, and those of merged programs the programs: who takes a row away says so here,
and a brand that comes back gets its number."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from django.db.models import Min, Model, QuerySet
from django.utils import timezone

from brands.models import Brand, Change, Evidence, Program, ProgramRedirect, Redirect
from brands.vocabulary.choices import PUBLIC_CONFIDENCE, ChangeAction, ChangeSetKind, Departure, ReviewState

Mergeable: TypeAlias = Brand | Program
Merged = TypeVar("Merged", Brand, Program)

# Where records of each kind that can be merged went.
REDIRECTS: Mapping[type[Model], type[Redirect] | type[ProgramRedirect]] = {
    Brand: Redirect,
    Program: ProgramRedirect,
}

# Records that took one another over which are followed; a longer chain, or a ring, leads nowhere.
MAX_HEIRS = 20


def leave(brands: Iterable[Brand], reason: Departure, *, heir: Brand | None = None) -> None:
    """Keep the addresses of brands whose rows are about to be deleted; `heir` took them over (`Departure.MERGED`).
    Those that nobody was sure enough of to show leave no address, but for what was merged: a run that finds such a
    brand again is led to its heir."""
    Redirect.objects.bulk_create(
        [
            Redirect(
                pk=brand.pk,
                name=brand.name,
                name_key=brand.name_key,
                region=brand.region_id or "",
                reason=reason,
                heir=heir.pk if heir else None,
            )
            for brand in brands
            if heir or _was_shown(brand.review, brand.confidence)
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["name", "name_key", "region", "reason", "heir", "since"],
    )


def bring_back(brands: Sequence[Brand]) -> None:
    """Give new, unsaved brands the numbers that brands of the same name and region had before nothing bore them out any
    more, the oldest number where there were several. What was merged or withdrawn by a person does not come back."""
    if not brands:
        return
    gone = Redirect.objects.filter(reason=Departure.UNFOUNDED, name_key__in={brand.name_key for brand in brands})
    numbers = {
        (key, region): pk for key, region, pk in gone.order_by().values_list("name_key", "region").annotate(Min("pk"))
    }
    for brand in brands:
        brand.pk = numbers.pop((brand.name_key, brand.region_id or ""), None)
    Redirect.objects.filter(pk__in=[brand.pk for brand in brands if brand.pk]).delete()


def hand_on(gone: Program, heir: Program) -> None:
    """Keep the address and the name of a program whose row is about to be deleted: `heir` took it over."""
    ProgramRedirect.objects.update_or_create(
        pk=gone.pk,
        defaults={
            "name": gone.name if _was_shown(gone.review, gone.confidence) else "",
            "name_key": gone.name_key,
            "region": gone.place_id or "",
            "heir": heir.pk,
            "since": timezone.now(),
        },
    )


def heir_of(model: type[Merged], pk: int) -> Merged | None:
    """The public record that took over the one of this number, itself or by way of others."""
    shown: Any = model._default_manager
    return next((found for heir in _heirs(model, pk) if (found := shown.published().filter(pk=heir).first())), None)


def row_of_heir(model: type[Mergeable], pk: int) -> int | None:
    """The number of the row, public or not, that took over the record of this number, itself or by way of others."""
    return next((heir for heir in _heirs(model, pk) if model._default_manager.filter(pk=heir).exists()), None)


def names_taken_over(model: type[Mergeable], keys: Collection[str]) -> dict[int, list[tuple[str, str]]]:
    """Of merged records with one of these names' keys, the keys and places (empty for none), by the number of the row
    that stayed."""
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    gone = merged(model).filter(name_key__in=keys).order_by("pk")
    for pk, key, region in gone.values_list("pk", "name_key", "region"):
        if (heir := row_of_heir(model, pk)) is not None:
            found[heir].append((key, region))
    return found


def merged(model: type[Mergeable]) -> QuerySet[Any]:
    """The redirects of records of this kind that others took over."""
    return REDIRECTS[model]._default_manager.filter(heir__isnull=False)


def are_back(model: type[Model], keys: Collection[Any]) -> None:
    """Addresses lead nowhere else where a row of this number is there again, though nobody undid what took it away:
    an old version wrote it, or the row alone was restored."""
    if model in REDIRECTS:
        there = model._default_manager.filter(pk__in=keys)
        REDIRECTS[model]._default_manager.filter(pk__in=there.values("pk")).delete()


def _heirs(model: type[Mergeable], pk: int) -> Iterator[int]:
    """The numbers of the records that took one another over."""
    followed = pk
    for _step in range(MAX_HEIRS):
        heir = merged(model).filter(pk=followed).values_list("heir", flat=True).first()
        if heir is None:
            return
        yield heir
        followed = heir


def departure(pk: int) -> tuple[str, Departure] | None:
    """The name of a brand that had a page and has none, and why; None where there never was one, or where one waits
    for review."""
    brand = Brand.objects.filter(pk=pk).first()
    if brand is None:
        gone = Redirect.objects.filter(pk=pk).first()
        return (gone.name, Departure(gone.reason)) if gone else _deleted(pk)
    if brand.review == ReviewState.REJECTED:
        return brand.name, Departure.WITHDRAWN
    if not Evidence.objects.of_facts().filter(brand=brand).exists() and not _is_entered(pk):
        return brand.name, Departure.UNFOUNDED
    return None


def _is_entered(pk: int) -> bool:
    """Whether a person entered the brand, which had no page before somebody gave its source."""
    history = Change.objects.filter(table=Brand._meta.db_table, row=str(pk)).select_related("change_set")
    first = history.order_by("pk").first()
    kind = first.change_set.kind if first and first.change_set else None
    return kind in {ChangeSetKind.EDIT, ChangeSetKind.IMPORT}


def _deleted(pk: int) -> tuple[str, Departure] | None:
    """What the audit log says of a brand that somebody deleted without a word to :func:`leave`, as taking a change set
    back does."""
    newest = Change.objects.filter(table=Brand._meta.db_table, row=str(pk)).order_by("-pk").first()
    if newest is None or newest.action != ChangeAction.DELETED:
        return None
    row = newest.old or {}
    return (row["name"], Departure.WITHDRAWN) if _was_shown(row["review"], row["confidence"]) else None


def _was_shown(review: str, confidence: float) -> bool:
    return review == ReviewState.CONFIRMED or confidence >= PUBLIC_CONFIDENCE
