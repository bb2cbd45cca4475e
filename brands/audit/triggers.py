"""What writes the audit log: triggers on every table of the catalogue, so that no way of changing a row passes by it —
not bulk_create, not a queryset's update, not a cascade, not SQL by hand. Others keep the audit log as it was written,
and refuse what it could not tell: another primary key, another text of a page, a table that is emptied at once.

The SQL of each database stands in :mod:`brands.audit.triggers_sqlite` and :mod:`brands.audit.triggers_postgresql`. All
triggers are compared with what they should be after every `migrate`, and made anew where they differ: a table that is
altered on SQLite loses its triggers. :func:`differences` names them without mending.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.core.management import CommandError
from django.db import connection, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration

from brands.audit import triggers_postgresql, triggers_sqlite
from brands.audit.followed_tables import GUARDED, FollowedTable

# The models whose rows are followed, each after those that it refers to.
MODELS = (
    "Region",
    "RegionName",
    "Page",
    "Article",
    "Brand",
    "BrandAlias",
    "BrandDetail",
    "Program",
    "Program_brands",
    "Program_regions",
    "Statistic",
    "Evidence",
    "Proposal",
    "Redirect",
    "ProgramRedirect",
    "Synonym",
    "Correction",
    "StandingRule",
)

# The migration that made the tables of the audit log.
BEGUN_BY = ("brands", "0007_ledger")

# A column that is in the audit log only where its row is deleted: pages are long, and their text stays (but see
# `followed_tables.GROWS`).
LEFT_OUT = {"brands_page": "text"}


@cache
def followed() -> dict[str, type[models.Model]]:
    """The models that are followed, by their tables, in the order of `MODELS`."""
    found = (apps.get_model("brands", name) for name in MODELS)
    return {model._meta.db_table: model for model in found}


def set_change_set(number: int | None) -> None:
    """Changes belong to the change set of this number, up to the end of the transaction or to the next call. To be
    called in a transaction: a number that outlived one would take in the changes of others."""
    if not connection.in_atomic_block:
        raise RuntimeError("a change set is set within a transaction")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config('laobrand.batch', %s, true)", ["" if number is None else str(number)])
        else:
            cursor.execute("UPDATE brands_currentbatch SET number = %s WHERE id = 1", [number])


def current_change_set() -> int | None:
    """The number of the change set to which changes belong now, None outside of all."""
    if not connection.in_atomic_block:
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nullif(current_setting('laobrand.batch', true), '')::bigint")
        else:
            cursor.execute("SELECT number FROM brands_currentbatch WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else None


def tables() -> list[FollowedTable]:
    """The followed tables as the SQL of their triggers needs them."""
    return [
        FollowedTable(table, tuple(model._meta.concrete_fields), LEFT_OUT.get(table, ""))
        for table, model in followed().items()
    ]


def follow(*, using: str = "default", **_signal: object) -> None:
    """Make the triggers that are missing or differ. Called after every `migrate`; does nothing while the tables of the
    audit log are not there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if not {*GUARDED, *followed()} <= set(connection.introspection.table_names(cursor)):
            return
        if connection.vendor == "postgresql":
            triggers_postgresql.follow(cursor, tables())
        elif connection.vendor == "sqlite":
            triggers_sqlite.follow(cursor, tables())


def refuse_loss(*, using: str = "default", plan: Sequence[tuple[Migration, bool]] = (), **_signal: object) -> None:
    """Called before every `migrate`, to where it is told to go: none goes back behind the audit log while there are
    entries. Nothing is done then, not even the steps that would lose none."""
    if not any(backwards and (migration.app_label, migration.name) == BEGUN_BY for migration, backwards in plan):
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM brands_change")
        entries = cursor.fetchone()[0]
    if entries:
        raise CommandError(
            f"the audit log would lose its {entries} entries: restore a backup that the older version made instead"
        )


def differences(using: str = "default") -> list[str]:
    """In words, each trigger that is missing, switched off or other than it should be, and each that is there besides
    and may change what the others see."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return triggers_postgresql.differences(cursor, tables())
        return triggers_sqlite.differences(cursor, tables())


def release(connection: BaseDatabaseWrapper) -> None:
    """Take all triggers away: before the audit log's tables go, or a whole database is emptied."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            triggers_postgresql.release(cursor)
        elif connection.vendor == "sqlite":
            triggers_sqlite.release(cursor)


@contextmanager
def released(using: str = "default") -> Iterator[None]:
    """One transaction in which rows are written past the audit log, and entries to it by hand: for copying a whole
    database, and for base entries. Only who owns the tables may."""
    with transaction.atomic(using=using):
        release(connections[using])
        yield
        if connections[using].vendor == "postgresql":
            with connections[using].cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks that wait takes no trigger
        follow(using=using)
