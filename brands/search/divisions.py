"""Divisions by what people type to choose one: code, either name, the names of those that hold it before them
(山西吕梁, 山西省吕梁市, 山西离石), or all that in pinyin (lvliang, shanxi lüliang)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from brands.data_version import kept
from brands.models import Region
from brands.models.region import COUNTRY

# Divisions that are offered.
MOST = 60


@dataclass(frozen=True, slots=True)
class _DivisionNames:
    """What a division is called, and the code of the one that holds it."""

    names: tuple[str, ...]
    pinyin: str
    parent: str | None


def exact(text: str) -> list[str]:
    """The codes of the divisions that are called so, by all of it."""
    return list(by_name().get(solid(text), ()))


def by_name() -> Mapping[str, Sequence[str]]:
    """The codes of the divisions by each way to call them, as `solid` writes it. Nobody may change it."""
    return _by_name(COUNTRY)


@kept
def _by_name(country: str) -> Mapping[str, Sequence[str]]:
    found: dict[str, dict[str, None]] = {}
    for code, said, _own in _all_names(country):
        found.setdefault(said, {})[code] = None
    return {said: tuple(codes) for said, codes in found.items()}


def like(text: str) -> list[str]:
    """The codes of the divisions with a name that has this in it: those that are called just so first, then those
    whose own name begins so."""
    wanted = solid(text)
    if not wanted:
        return []
    found: dict[str, int] = {}
    for code, said, own in _all_names(COUNTRY):
        at = said.find(wanted)
        if at >= 0 and at + len(wanted) > len(said) - own and (at == 0 or not wanted.isascii()):
            rank = 0 if said == wanted else 1 if at in {0, len(said) - own} else 2
            found[code] = min(rank, found.get(code, rank))
    return sorted(found, key=lambda code: (found[code], code))[:MOST]


def solid(text: str) -> str:
    """As names are compared: without blanks and case, ü as keyboards have it."""
    return "".join(text.split()).lower().replace("ü", "v")


@kept
def _all_names(country: str) -> Sequence[tuple[str, str, int]]:
    """The code of each division with each of the ways to call it, and how many characters of that are its own."""
    return list(_names(country))


def _names(country: str) -> Iterator[tuple[str, str, int]]:
    columns = Region.objects.order_by("adcode").values_list("adcode", "name", "common_name", "pinyin", "parent_id")
    rows = {code: _DivisionNames((name, common), solid(said), parent) for code, name, common, said, parent in columns}
    for code, row in rows.items():
        yield code, code, len(code)
        holders = _holders(rows, row, country)
        for at, own in enumerate((*row.names, row.pinyin)):
            for head in _heads([(*one.names, one.pinyin)[at] for one in holders]) if own else ():
                yield code, f"{head}{own}", len(own)


def _holders(rows: dict[str, _DivisionNames], row: _DivisionNames, country: str) -> list[_DivisionNames]:
    """Those that hold the division, the province first."""
    found: list[_DivisionNames] = []
    while row.parent is not None and row.parent != country and row.parent in rows:
        row = rows[row.parent]
        found.insert(0, row)
    return found


def _heads(names: list[str]) -> set[str]:
    """What may stand before the name: all that hold it, one of them, or nothing."""
    return {"", "".join(names), *names}
