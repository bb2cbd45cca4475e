"""Makes the database what a new installation begins with, step by step; a second run only looks if all is there."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

INGEST = Path(__file__).parents[2]
# Folders of articles whose public numbers were compared with their sentences, and of those whose numbers nobody has
# read yet.
READ = (INGEST / "samples", INGEST / "starter" / "numbers_read")
UNREAD = INGEST / "starter" / "numbers_wait"


class Command(BaseCommand):
    help = (
        "Bring the database up to date and load what a new installation begins with: the divisions, the samples, and"
        " the starter articles, of which those whose numbers nobody has read keep them for review. What is there is"
        " left as it is."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        steps: list[tuple[str, Callable[[], Any]]] = [
            ("tables", lambda: call_command("migrate", verbosity=0)),
            ("search index", lambda: call_command("rebuild_search_index", if_missing=True, stdout=StringIO())),
            ("divisions of China", lambda: call_command("load_regions", stdout=self.stdout)),
            ("articles whose numbers were read over", lambda: self._ingest(*READ)),
            ("articles whose numbers wait for review", lambda: self._ingest(UNREAD, numbers_wait=True)),
        ]
        for number, (name, step) in enumerate(steps, 1):
            self.stdout.write(f"[{number}/{len(steps)}] {name}")
            self.stdout.flush()
            step()

    def _ingest(self, *folders: Path, numbers_wait: bool = False) -> None:
        call_command(
            "ingest_pages",
            *map(str, folders),
            jobs=0,
            numbers_wait=numbers_wait,
            stdout=self.stdout,
            stderr=self.stderr,
        )
