"""Rows that a table names: divisions by code, brands and programs by number, each with its name beside."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db import models
from django.utils.translation import gettext

from brands.models import Region
from brands.models.region import COUNTRY
from brands.search.divisions import by_name, solid
from brands.search.store import batches as chunks

# Keys that one statement asks for.
AT_ONCE = 5_000

# Rows of one name that an error offers.
LIKE = 5


@dataclass
class Names:
    """What rows of one model are called, and which are called so."""

    of: dict[str, str] = field(default_factory=dict)
    called: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def find(self, key: str, name: str) -> str:
        """The key of the row that these words mean. ValueError where there is none, more than one, or where key and
        name mean different ones."""
        if key and key not in self.of:
            raise ValueError(gettext("没有编号为“%s”的记录。") % key)
        if key and name and key not in self.codes(name):
            told = {"key": key, "right": self.of[key], "name": name}
            raise ValueError(gettext("%(key)s 是“%(right)s”，不是“%(name)s”；请改对其中一个，清空另一个。") % told)
        return key or self._by_name(name)

    def codes(self, name: str) -> Sequence[str]:
        """The keys of the rows that are called so."""
        return self.called.get(name, [])

    def _by_name(self, name: str) -> str:
        found = self.codes(name)
        if not found:
            raise ValueError(gettext("没有叫“%s”的记录。") % name)
        if len(found) > 1:
            keys = "、".join(f"{key} {self.of[key]}" for key in found[:LIKE])
            raise ValueError(gettext("叫“%(name)s”的不止一个，请填编号：%(keys)s") % {"name": name, "keys": keys})
        return found[0]


class DivisionNames(Names):
    """Divisions, also found by what forms take: the names of those that hold them before theirs, pinyin, and the code
    behind the name."""

    def codes(self, name: str) -> Sequence[str]:
        found = self.called.get(name, [])
        if found:
            return found
        coded = _CODED.fullmatch(name)
        if coded:
            return [coded[1]] if coded[1] in self.of else []
        return self._ways.get(solid(name), [])

    @cached_property
    def _ways(self) -> Mapping[str, Sequence[str]]:
        return by_name()


# 山西吕梁 141100, as forms write it.
_CODED = re.compile(r"\D{1,60}\s([0-9]{6})")

Known = dict[type[models.Model], Names]


def divisions() -> Names:
    """All divisions: each is called by its path, 山西省吕梁市离石区, and found by that and both its names."""
    rows = {code: (name, common, parent) for code, name, common, parent in _regions()}
    names = DivisionNames()
    for code, (name, common, above) in rows.items():
        path, parent = name, above
        while parent is not None and parent != COUNTRY:
            path = rows[parent][0] + path
            parent = rows[parent][2]
        names.of[code] = path
        for words in {path, name, common}:
            names.called[words].append(code)
    return names


def _regions() -> Iterable[tuple[str, str, str, str | None]]:
    return Region.objects.order_by("adcode").values_list("adcode", "name", "common_name", "parent_id")


def of_model(model: type[models.Model], keys: Collection[str], names: Collection[str]) -> Names:
    """Those rows of a model with a `name` that have one of the keys or of the names."""
    found = Names()
    numbers = sorted({int(key) for key in keys if key.isdecimal() and len(key) < 19})
    for column, values in (("pk", numbers), ("name", sorted(names))):
        for some in chunks(values, AT_ONCE):
            for pk, name in model._base_manager.filter(**{f"{column}__in": some}).values_list("pk", "name"):
                if str(pk) not in found.of:
                    found.of[str(pk)] = name
                    found.called[name.strip()].append(str(pk))
    return found
