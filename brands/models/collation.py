"""Text that both databases compare in the same way."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class BytewiseCharField(models.CharField):  # type: ignore[type-arg]
    """Text that is sorted and compared byte by byte, as SQLite does: on PostgreSQL by the collation "C", whatever that
    of the database is. Lists then have one order on both, and a beginning of texts is a range of an index."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        return parameters | {"collation": "C"} if connection.vendor == "postgresql" else parameters
