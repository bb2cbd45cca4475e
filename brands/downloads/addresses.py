"""Where a list stands as files."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext

from brands.listing import Listing


def files_of(listing: Listing, kind: str) -> list[tuple[str, str]]:
    """What each file of the list is called, and its address with the list's choices and order; `kind` as in
    :data:`brands.downloads.tables.TABLES`."""
    told = [("Excel", "xlsx", ()), ("CSV", "csv", ()), (gettext("CSV（每句一行）"), "csv", (("rows", "sentences"),))]
    if kind == "articles":
        told.pop()
    told += [("JSON", "jsonl", ()), ("JSON-LD", "jsonld", ())]
    address = listing.address.page(1)
    return [
        (
            label,
            replace(
                address,
                path=reverse("brands:download", args=[kind, ending]),
                keys=(*address.keys, "rows"),
                pairs=(*address.pairs, *more),
            ).url,
        )
        for label, ending, more in told
    ]
