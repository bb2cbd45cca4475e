"""What the SQL of triggers needs to know of a table that the audit log follows."""

from dataclasses import dataclass
from typing import Any

from django.db import models

# Tables that are only added to. What each takes is checked by a guard of its own.
GUARDED = ("brands_batch", "brands_change", "brands_seal")

# Minutes by which the time of a change set or an entry may differ from the database's clock.
MOST_MINUTES = 5


# What tells, of a page, that it holds the words of a person's own source (`brands.models.source.BY_HAND`). Its text may
# grow at its end, and nothing else of it may change.
GROWS = ("brands_page", "text", "extractor", "by-hand")


@dataclass(frozen=True, slots=True)
class FollowedTable:
    """A table, its fields, and the column that the audit log has of deleted rows alone ("" for none)."""

    name: str
    fields: "tuple[models.Field[Any, Any], ...]"
    left_out: str

    @property
    def key(self) -> str:
        """The column of the primary key."""
        return next(str(field.column) for field in self.fields if field.primary_key)

    @property
    def kept(self) -> "list[models.Field[Any, Any]]":
        """The fields that are in every entry."""
        return [field for field in self.fields if field.column != self.left_out]

    @property
    def fixed(self) -> "list[models.Field[Any, Any]]":
        """The fields that no UPDATE may change."""
        return [field for field in self.fields if field.primary_key or field.column == self.left_out]
