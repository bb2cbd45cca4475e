"""Where a list stands as files."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext

from brands.listing.address import Address

# Lists whose records have sentences of their own.
PROVEN = ("brands", "statistics", "programs")


def files_of(address: Address, kind: str) -> list[tuple[str, str]]:
    """What each file of the list at this address is called, and its own address with the same choices and order; `kind`
    as in :data:`brands.downloads.tables.TABLES`."""
    told = [("Excel", "xlsx", ()), ("CSV", "csv", ()), (gettext("CSV（每句一行）"), "csv", (("rows", "sentences"),))]
    if kind not in PROVEN:
        told.pop()
    told += [("JSON", "jsonl", ()), ("JSON-LD", "jsonld", ())]
    address = address.page(1)
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
