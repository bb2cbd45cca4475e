"""Fields that follow from others: names by which rows are found and sorted. One place computes them."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Self

from django.db import models, transaction


class Whole(models.Model):
    """A row that is saved together with what follows from it (:mod:`brands.listing.sync`), or not at all."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)


class Keyed(Whole):
    """A row whose `keys` follow from its other fields.

    `save` and the forms of the admin compute them; who goes around `save`, as bulk_create does, calls `prepare`.
    """

    keys: ClassVar[tuple[str, ...]]

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.prepare()
        if update_fields is not None:
            update_fields = {*update_fields, *self.keys}
        super().save(*args, update_fields=update_fields, **kwargs)

    def prepare(self) -> Self:
        """Compute the fields in `keys`, and give the row back."""
        raise NotImplementedError

    def clean(self) -> None:
        super().clean()
        self.prepare()

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Forms leave out constraints of fields that they don't show, which all keys are: two brands of one name would
        reach the database and fail there."""
        excluded = set(exclude or ())
        is_nameless = "name" in excluded and getattr(self, "name", None) == ""  # which was said already
        super().validate_constraints(exclude=excluded if is_nameless else excluded - set(self.keys))
