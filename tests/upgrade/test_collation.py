"""What PostgreSQL says of the columns that are compared byte by byte, in a database whose collation is another."""

import os

import psycopg
from django.apps import apps

from brands.models.collation import BytewiseCharField
from tests.needs import missing
from tests.run import address, refusal, server
from tests.upgrade.test_upgrade import run

COLLATIONS = """SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'public' AND collation_name = 'C'"""


def test_columns_keep_their_collation_whatever_that_of_the_database() -> None:
    reason = refusal(server())
    if reason is not None:
        missing("postgres", reason)
    name = f"collation_laobrand_{os.getpid()}"
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh'")
        url = address(name)
        try:
            run(url, "manage.py", "migrate", "--verbosity", "0")
            assert collated(url) == declared()
            run(url, "-m", "tests.upgrade.alter")
            assert collated(url) == declared()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def declared() -> set[tuple[str, str]]:
    """Tables and columns of the fields that say so."""
    return {
        (model._meta.db_table, str(field.column))
        for model in apps.get_app_config("brands").get_models()
        for field in model._meta.local_fields
        if isinstance(field, BytewiseCharField)
    }


def collated(address: str) -> set[tuple[str, str]]:
    with psycopg.connect(address) as own:
        return {(table, column) for table, column in own.execute(COLLATIONS)}
