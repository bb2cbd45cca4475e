"""Brings newspaper pages into the database, one transaction a page."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DataError, IntegrityError, OperationalError, transaction

from brands.models import ChangeSet
from ingest.files import Delivery, printable
from ingest.load.change_set import load_in_batch
from ingest.load.changes import Action
from ingest.load.page import Loaded, Status, is_loaded
from ingest.load.regions import missing_regions
from ingest.management.commands._pages import PagesCommand
from ingest.parallel import PageOutcome
from ingest.pipeline import extract_bytes
from ingest.records import PageFacts
from ingest.version import extractor_version

FACTS = {"Brand", "BrandAlias", "Program", "Statistic"}
SIGNS = {Action.CREATED: "+", Action.UPDATED: "~", Action.DELETED: "-"}


@dataclass(slots=True)
class Summary:
    """What a run did, for the report at its end."""

    pages: Counter[Status] = field(default_factory=Counter)
    rows: Counter[tuple[str, Action]] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    unread_dates: list[str] = field(default_factory=list)
    batch: ChangeSet | None = None

    def add(self, loaded: Loaded) -> None:
        self.pages[loaded.status] += 1
        self.rows.update(loaded.counts())

    def lines(self) -> Iterator[str]:
        counts = ", ".join(f"{self.pages[status]} {status}" for status in Status)
        yield f"Pages: {counts}, {len(self.failures)} rejected"
        for model in sorted({model for model, _ in self.rows}):
            actions = ", ".join(f"{self.rows[model, action]} {action}" for action in Action if self.rows[model, action])
            yield f"  {model}: {actions}"
        for told in self.unread_dates:
            yield f"Date not understood: {told}"


class Command(PagesCommand):
    help = (
        "Bring newspaper pages into the database, one transaction a page. The same bytes are one page; a second run of"
        " the same files writes nothing. Nothing that a person confirmed, changed or rejected is touched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--numbers-wait",
            action="store_true",
            help="the numbers of pages that are new wait for review; all else that they say is public as usual",
        )
        parser.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._run(options)
        except OperationalError as error:  # the database is gone or busy: pages after this one would fare no better
            raise CommandError(f"The database failed: {' '.join(str(error).split())}") from error

    def _run(self, options: dict[str, Any]) -> None:
        if missing_regions():
            raise CommandError("The table of regions is not up to date: run `manage.py load_regions` first")
        listing = self.listing(options)
        total = len(listing.entries)
        summary = Summary()
        if options["dry_run"]:
            # One transaction around all pages, so that a page sees what those before it would have written.
            with transaction.atomic():
                self._ingest(options, self.deliveries(listing, options), total, summary)
                transaction.set_rollback(True)
            self.stdout.write("Dry run: nothing was written. It would have been:")
        else:
            self._ingest(options, self.deliveries(listing, options), total, summary)
        for line in summary.unread:
            self.stderr.write(line)
        for line in summary.lines():
            self.stdout.write(line)
        self.report(summary.failures, total=total, what="rejected")

    def _ingest(self, options: dict[str, Any], deliveries: Iterator[Delivery], total: int, summary: Summary) -> None:
        version = extractor_version()
        note = " ".join(map(printable, options["paths"]))
        fresh = _unless_known(deliveries, version, summary)
        with closing(self.outcomes(fresh, extract_bytes, jobs=options["jobs"], total=total)) as outcomes:
            for outcome in outcomes:
                loaded = _load(outcome, summary, version=version, note=note, numbers_wait=options["numbers_wait"])
                if loaded is not None:
                    summary.add(loaded)
                    self._tell(loaded, every_change=options["dry_run"] or options["verbosity"] > 1)

    def _tell(self, loaded: Loaded, *, every_change: bool) -> None:
        """The facts that a page changes; its evidence and articles follow from them and are only counted."""
        if not every_change:
            return
        self.stdout.write(f"{loaded.name}: {loaded.status}")
        for change in loaded.changes:
            if change.model in FACTS:
                fields = f" ({', '.join(change.fields)})" if change.fields else ""
                self.stdout.write(f"  {SIGNS[change.action]} {change.model} {change.label}{fields}")


def _unless_known(deliveries: Iterator[Delivery], version: str, summary: Summary) -> Iterator[Delivery]:
    """The files that this version of the extractor has not read; the others are counted as unchanged."""
    for delivery in deliveries:
        if not delivery.failure and is_loaded(sha256(delivery.data).hexdigest(), version=version):
            summary.pages[Status.UNCHANGED] += 1
        else:
            yield delivery


def _load(
    outcome: PageOutcome[PageFacts], summary: Summary, *, version: str, note: str, numbers_wait: bool
) -> Loaded | None:
    """What loading did, or None where the page was rejected; a page that the database refuses costs itself alone. The
    run is one batch, which the first page that changes something opens."""
    if outcome.result is None:
        summary.failures.append(f"{outcome.label}: {outcome.failure}")
        return None
    for name, value in outcome.result.page.front.unread:
        summary.unread.append(f"{outcome.label}: {name}: not understood and left out: {value}")
    try:
        loaded, summary.batch = load_in_batch(
            outcome.result, summary.batch, version=version, note=note, numbers_wait=numbers_wait
        )
    except (DataError, IntegrityError, ValueError) as error:
        summary.failures.append(f"{outcome.label}: {type(error).__name__}: {' '.join(str(error).split())}")
        return None
    unread = (article.unread_date for article in outcome.result.articles if article.unread_date)
    summary.unread_dates.extend(f"{outcome.label}: {words}" for words in unread)
    return loaded
