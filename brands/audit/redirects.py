"""Addresses of brands outlive the brands: who takes a row away says why here, and what comes back gets its number."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Min

from brands.models import Brand, Change, Evidence, Redirect
from brands.vocabulary.choices import PUBLIC_CONFIDENCE, ChangeAction, ChangeSetKind, Departure, ReviewState

# Brands that took one another over which are followed; a longer chain, or a ring, leads nowhere.
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


def heir_of(pk: int) -> Brand | None:
    """The public brand that took over the brand of this number, itself or by way of others."""
    return next((found for heir in _heirs(pk) if (found := Brand.objects.published().filter(pk=heir).first())), None)


def row_of_heir(pk: int) -> int | None:
    """The number of the row, public or not, that took over the brand of this number, itself or by way of others."""
    return next((heir for heir in _heirs(pk) if Brand.objects.filter(pk=heir).exists()), None)


def _heirs(pk: int) -> Iterator[int]:
    """The numbers of the brands that took one another over."""
    followed = pk
    for _step in range(MAX_HEIRS):
        heir = Redirect.objects.filter(pk=followed).values_list("heir", flat=True).first()
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
