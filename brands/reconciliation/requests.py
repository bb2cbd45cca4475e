"""What a client of the service sends, read strictly: what makes no sense is refused with the place where it stands."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from brands.api.problems import Refused

# Queries, or records, of one request; OpenRefine sends ten queries and some hundred records.
MOST_QUERIES, MOST_RECORDS = 50, 500

# Candidates of one query.
MOST_CANDIDATES = 25
CANDIDATES = 5

# Characters of a name, beyond which it is none and finds nothing, and values of a property that are read.
LONGEST, MOST_VALUES = 120, 20

# Digits of a record's key, and one more.
LONGEST_KEY = 10

BRAND, REGION = "brand", "region"
TYPES = (BRAND, REGION)

PROPERTIES_TO_MATCH = ("region", "industry", "level", "year")


@dataclass(frozen=True, slots=True)
class ReconciliationQuery:
    """A name to be matched; a blank cell of a sheet has no types, and finds nothing. `conditions` are pairs of a
    property and the values of which one should be the record's, as they were written; a record that was matched before
    is written by its identifier."""

    text: str
    types: Sequence[str]
    limit: int
    conditions: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class ExtensionQuery:
    """Records by their identifiers, and the properties of which the values are wanted."""

    ids: Sequence[str]
    properties: Sequence[str]


def queries(written: str) -> dict[str, ReconciliationQuery]:
    """A batch of queries by the client's own keys. Raises `Refused`."""
    batch = _read("queries", written)
    if not isinstance(batch, dict):
        raise _fault("queries", gettext("要填一个 JSON 对象，每个键一个查询。"))
    if len(batch) > MOST_QUERIES:
        raise _fault("queries", gettext("一次最多 %d 个查询。") % MOST_QUERIES)
    return {key: _query(f"queries.{key}", one) for key, one in batch.items()}


def _query(at: str, given: Any) -> ReconciliationQuery:
    if not isinstance(given, dict) or not ("query" in given or given.get("properties")):
        raise _fault(at, gettext("要有 query，或者至少一个 properties。"))
    text = given.get("query") or ""
    if not isinstance(text, str):
        raise _fault(f"{at}.query", gettext("要填名称。"))
    if not text.strip() and not given.get("properties"):
        return ReconciliationQuery("", (), 1, ())
    return ReconciliationQuery(text, _types(f"{at}.type", given), _limit(f"{at}.limit", given), _conditions(at, given))


def _types(at: str, given: Mapping[str, Any]) -> Sequence[str]:
    """The types that are asked for, or all; of those that we lack, nothing is a record."""
    asked = given.get("type") or list(TYPES)
    asked = [asked] if isinstance(asked, str) else asked
    if not isinstance(asked, list) or not all(isinstance(one, str) for one in asked):
        raise _fault(at, gettext("要填类型的代码，或代码的列表。"))
    return [one for one in asked if one in TYPES]


def _limit(at: str, given: Mapping[str, Any]) -> int:
    limit = CANDIDATES if given.get("limit") is None else given["limit"]
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not limit >= 1:
        raise _fault(at, gettext("要填大于 0 的数。"))
    return int(min(limit, MOST_CANDIDATES))


def _conditions(at: str, given: Mapping[str, Any]) -> list[tuple[str, Sequence[str]]]:
    """Of the properties that we know; a client may send others, which say nothing to us."""
    found: list[tuple[str, Sequence[str]]] = []
    properties = given.get("properties") or []
    if not isinstance(properties, list):
        raise _fault(f"{at}.properties", gettext("要填一个列表。"))
    for number, one in enumerate(properties):
        if not isinstance(one, dict) or not isinstance(one.get("pid"), str) or "v" not in one:
            raise _fault(f"{at}.properties.{number}", gettext("要有 pid 和 v。"))
        values = one["v"] if isinstance(one["v"], list) else [one["v"]]
        told = [words for value in values[:MOST_VALUES] if (words := _words(value))]
        if one["pid"] in PROPERTIES_TO_MATCH and told:
            found.append((one["pid"], told))
    return found


def _words(value: Any) -> str:
    """A value as it was written; of a record, its identifier."""
    if isinstance(value, dict):
        value = value.get("id", "")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()[:LONGEST] if isinstance(value, str | int | float) else ""


def extension(written: str) -> ExtensionQuery:
    """Which records are to be extended by what. Raises `Refused`."""
    given = _read("extend", written)
    if not isinstance(given, dict):
        raise _fault("extend", gettext("要填一个 JSON 对象。"))
    ids, properties = given.get("ids"), given.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise _fault("extend.ids", gettext("要填一个列表，每项一个标识。"))
    if len(ids) > MOST_RECORDS:
        raise _fault("extend.ids", gettext("一次最多 %d 条记录。") % MOST_RECORDS)
    if not isinstance(properties, list) or not all(isinstance(one, dict) and "id" in one for one in properties):
        raise _fault("extend.properties", gettext("要填一个列表，每项有 id。"))
    return ExtensionQuery(ids, [str(one["id"]) for one in properties])


def _read(name: str, written: str) -> Any:
    """What was sent as JSON, in characters that an answer can be written in: half a character can't be."""
    try:
        given = json.loads(written)
        json.dumps(given, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise _fault(name, gettext("不是 JSON。")) from None
    return given


def _fault(name: str, detail: str) -> Refused:
    return Refused([(name, detail)])
