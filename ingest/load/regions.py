"""The lexicon's divisions -> Region and RegionName, changed only where they differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError

from brands.listing import sync
from brands.models import Region, RegionName
from ingest.lexicon import rows

FIELDS = ("name", "common_name", "short_name", "level", "parent_id", "pinyin")
# Rows a statement: SQLite takes 32,766 values in one, and each updated row needs two for each of its fields.
BATCH = 500


@dataclass(frozen=True, slots=True)
class LoadedRegions:
    """How many rows were written. `kept` are divisions that are no longer listed but in use."""

    total: int
    created: int
    updated: int
    deleted: int
    names_written: int
    names_deleted: int
    kept: tuple[str, ...]

    @property
    def written(self) -> int:
        return self.created + self.updated + self.deleted + self.names_written + self.names_deleted


def load_regions() -> LoadedRegions:
    """Make the two tables equal to ``regions.csv`` and ``region_names.csv``, in one transaction."""
    with sync.gathered():
        stored = Region.objects.in_bulk()
        listed = {region.adcode: region for region in _listed_regions()}
        created = [region for code, region in listed.items() if code not in stored]
        updated = [region for code, region in listed.items() if code in stored and _differ(region, stored[code])]
        Region.objects.bulk_create(created, BATCH)
        Region.objects.bulk_update(updated, FIELDS, BATCH)
        sync.note([*created, *updated])
        kept, deleted = _delete_unlisted(stored[code] for code in stored.keys() - listed.keys())
        names_written, names_deleted = _load_names()
    return LoadedRegions(
        total=len(listed),
        created=len(created),
        updated=len(updated),
        deleted=deleted,
        names_written=names_written,
        names_deleted=names_deleted,
        kept=kept,
    )


def missing_regions() -> bool:
    """Whether the database lacks a division that extraction may name."""
    return not {row["adcode"] for row in rows("regions")} <= set(Region.objects.values_list("adcode", flat=True))


def _listed_regions() -> Iterator[Region]:
    for row in rows("regions"):
        yield Region(
            adcode=row["adcode"],
            name=row["name"],
            common_name=row["common_name"],
            short_name=row["short_name"],
            level=row["level"],
            parent_id=row["parent"] or None,
            pinyin=row["pinyin"],
        )


def _differ(one: Region, other: Region) -> bool:
    return any(getattr(one, field) != getattr(other, field) for field in FIELDS)


def _delete_unlisted(gone: Iterable[Region]) -> tuple[tuple[str, ...], int]:
    """Delete what nothing refers to, the smallest divisions first: a province's code is below those of its parts."""
    kept, deleted = [], 0
    for region in sorted(gone, key=lambda region: region.adcode, reverse=True):
        try:
            if region.programs.exists():  # a many-to-many table protects nothing by itself
                raise ProtectedError("", set())
            with transaction.atomic():
                region.delete()
            deleted += 1
        except ProtectedError:
            kept.append(f"{region.adcode} {region.name}")
    return tuple(kept), deleted


def _load_names() -> tuple[int, int]:
    """How many other names were written and deleted. Those of divisions that are kept though not listed go too."""
    stored = {(row.region_id, row.name, row.kind): row for row in RegionName.objects.all()}
    listed = {(row["adcode"], row["name"], row["kind"]): row["note"] for row in rows("region_names")}
    new = [key for key in listed if key not in stored]
    changed = [key for key, note in listed.items() if key in stored and stored[key].note != note]
    gone = [stored[key].pk for key in stored.keys() - listed.keys()]
    for key in changed:
        stored[key].note = listed[key]
    made = [RegionName(region_id=code, name=name, kind=kind, note=listed[code, name, kind]) for code, name, kind in new]
    RegionName.objects.bulk_create(made, BATCH)
    sync.note(made)
    RegionName.objects.bulk_update([stored[key] for key in changed], ("note",), BATCH)
    for start in range(0, len(gone), BATCH):
        RegionName.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    return len(new) + len(changed), len(gone)
