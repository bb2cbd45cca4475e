"""Where a list stands as files."""

from dataclasses import replace
from typing import TypeAlias

from django.urls import reverse
from django.utils.translation import gettext

from brands.listing.address import Address

# Lists whose records have sentences of their own.
PROVEN = ("brands", "statistics", "programs")


# What a menu of files is of, and its files.
Menu: TypeAlias = tuple[str, list[tuple[str, str]]]


def files_about(label: str, kind: str, **chosen: object) -> Menu:
    """The files of a list for a page of one record: of what the page shows, or of all where nothing is chosen."""
    pairs = tuple((name, str(value)) for name, value in chosen.items())
    return label, files_of(Address("", tuple(chosen), pairs), kind)


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
