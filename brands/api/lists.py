"""A list's answer: which records, how many there are, and the address that goes on."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext
from rest_framework.request import Request

from brands.api.conventions import unknown_parameter
from brands.api.listed import RecordList
from brands.api.parameters import DEEPEST, KEY, PAGE_SIZE, form, is_well_formed
from brands.api.pieces import Record
from brands.api.problems import Fault, Refused
from brands.listing import Listing
from brands.listing.address import Address, full
from brands.listing.facets import FacetValue, facets
from brands.listing.fields import shown

# Parameters of an answer, that choose no rows; any of the last ones asks for facets.
FACETS = ("facets", "facet", "find")
PAGING = ("after", "limit", "page", "fields", *FACETS)


@dataclass(frozen=True, slots=True)
class Paging:
    """Which records of a list are asked for: of all, or of those behind `after`, the page of a number; and their
    `fields`, which are `chosen` or all."""

    after: str
    page: int
    limit: int
    fields: list[str]
    chosen: bool
    facets: bool

    @classmethod
    def of(cls, given: QueryDict, known: Iterable[str]) -> "Paging":
        """Raises `Refused`; `known` are the fields that there are."""
        faults: list[Fault] = []
        limit = _number(given, "limit", PAGE_SIZE, PAGE_SIZE, faults)
        page = _number(given, "page", 1, DEEPEST, faults)
        if given.get("facets", "") not in {"", "1"}:
            faults.append(("facets", gettext("只能填 1。")))
        fields = fields_of(given, known, faults)
        if faults:
            raise Refused(faults)
        return cls(given.get("after", ""), page, limit, fields, bool(given.get("fields")), any(map(given.get, FACETS)))


def fields_of(given: QueryDict, known: Iterable[str], faults: list[Fault]) -> list[str]:
    """Those of the known fields that ``fields`` asks for, all where it asks for none; those that there aren't are added
    to the faults."""
    known = list(known)
    asked = [name.strip() for name in given.get("fields", "").split(",") if name.strip()]
    faults += [("fields", gettext("没有“%s”这个字段。") % shown(name)) for name in asked if name not in known]
    return [name for name in known if name in asked] if asked else known


def cut(record: Mapping[str, Any], fields: Iterable[str]) -> Record:
    """A record with these fields alone, in this order: what a serializer would make of it, at a tenth of the time."""
    return {name: record[name] for name in fields}


def of_listing(request: Request, source: RecordList, known: Iterable[str]) -> Record:
    """The answer of a list of the pages; `known` are the fields of its records. Raises `Refused`."""
    paging = Paging.of(request.query_params, known)
    chosen = request.query_params.copy()
    for name in set(PAGING) - {"page", "facet", "find"}:
        chosen.pop(name, None)
    listing = source.listing(chosen, source.rows(), path=request.path)
    refuse(listing)
    found = _rows(listing, paging)
    more = found[paging.limit :]
    found = found[: paging.limit]
    total = listing.total()
    answer: Record = {
        "count": total,
        "next": _next(request, listing.address, paging, found[-1]["id"]) if more else None,
        "complaints": listing.complaints,
        "results": [cut(record, paging.fields) for record in source.made(request, found)],
    }
    return answer | ({"facets": _facets(request, listing)} if paging.facets else {})


def _rows(listing: Listing, paging: Paging) -> list[Any]:
    """The rows that are asked for, and one more where there is one."""
    start = (paging.page - 1) * paging.limit
    stop = start + paging.limit + 1
    if not paging.after:
        return list(listing.slice(start, stop))
    refuse_after(paging.after)
    try:
        return list(listing.following(int(paging.after), stop))[start:]
    except LookupError as error:
        told = gettext("列表里没有编号为 %s 的记录；它可能变了，请从头读起。") % paging.after
        raise Refused([("after", told)], missing=True) from error


def refuse_after(after: str, faults: Iterable[Fault] = ()) -> None:
    """Raises `Refused` for what is no key of a record, and for these faults."""
    found = list(faults)
    if after and not re.fullmatch(KEY, after):
        found.append(("after", gettext("要填上一页最后一条记录的编号。")))
    if found:
        raise Refused(found)


def _next(request: Request, address: Address, paging: Paging, last: object) -> str:
    said = [("after", str(last)), *([("limit", str(paging.limit))] if paging.limit != PAGE_SIZE else [])]
    said += [("fields", ",".join(paging.fields))] if paging.chosen else []
    keys = (*address.keys, "fields", "limit", "after")
    pairs = [pair for pair in address.pairs if pair[0] != "page"]
    return full(request, Address(address.path, keys, (*pairs, *said)).url)


def refuse(listing: Listing) -> None:
    """Raises `Refused` where the address says what can't be followed: 404 where each value has its form and there is
    just no such thing, else 400."""
    if not listing.refused:
        return
    faults, missing = [], True
    for name, value in listing.refused:
        if not value:
            faults.append(unknown_parameter(name))
            missing = False
            continue
        missing = missing and _is_well_formed(listing, name, value)
        faults.append(no_such(name, value))
    raise Refused(faults, missing=missing)


def no_such(name: str, value: str) -> Fault:
    return name, gettext("没有“%s”这个值。") % shown(value)


def _is_well_formed(listing: Listing, name: str, value: str) -> bool:
    """Whether the value could be right: of another list of the kind, or at another time."""
    if name == "sort":
        return value in listing.orders
    return name in listing.filters and is_well_formed(form(listing.filters[name].field), value)


def _facets(request: Request, listing: Listing) -> Record:
    return {
        facet.name: {"label": facet.label, "values": [_value(request, value) for value in facet.values]}
        for facet in facets(listing, only=listing.data.get("facet", ""))
    }


def _value(request: Request, value: FacetValue) -> Record:
    told = {name: getattr(value, name) for name in ("value", "label", "count", "selected")}
    return told | {"url": full(request, value.url)}


def _number(given: QueryDict, name: str, default: int, most: int, faults: list[Fault]) -> int:
    value = given.get(name, "").strip()
    if not value:
        return default
    if value.isascii() and value.isdecimal() and len(value) < 10 and 1 <= int(value) <= most:
        return int(value)
    faults.append((name, gettext("要填 1 到 %d 的整数。") % most))
    return default
