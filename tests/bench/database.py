"""A database with the samples in it, for the sections that need one."""

from collections.abc import Callable
from io import StringIO

from django.core.management import call_command
from django.db import connection

from brands.models import Page
from tests.fuzz.pages import SAMPLES


def in_database(work: Callable[[], None]) -> Callable[[], None]:
    """The work, once the samples are loaded; the connection is closed behind it, for its folder goes away."""

    def prepared() -> None:
        call_command("migrate", verbosity=0)
        if not Page.objects.exists():
            call_command("load_regions", stdout=StringIO())
            call_command("ingest_pages", str(SAMPLES), stdout=StringIO())
        work()
        connection.close()

    return prepared
