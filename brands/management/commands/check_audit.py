"""Proves that the audit log holds."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from brands.audit import seals
from brands.audit.check import check

# Findings that are named; the first is where to begin.
TOLD = 20


class Command(BaseCommand):
    help = (
        "Check the audit log: its triggers, its chain of seals, and each entry against the one before it and the"
        " tables. Exits with 1 and names the first entries that do not fit. Seals what is new if all does."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--known", default="", metavar="NUMBER:DIGEST", help="a seal noted earlier, which must be in the chain"
        )
        parser.add_argument(
            "--after", type=int, default=0, metavar="ENTRY", help="leave out what entries up to this number show"
        )

    def handle(self, *args: object, **options: object) -> None:
        done = check(known=str(options["known"]), after=int(str(options["after"])))
        for finding in done.findings[:TOLD]:
            self.stderr.write(str(finding))
        if done.findings:
            more = f", {TOLD} of them named" if len(done.findings) > TOLD else ""
            raise CommandError(f"the audit log does not hold: {len(done.findings)} findings{more}")
        sealed = seals.seal()
        self.stdout.write(
            f"The audit log holds: {done.entries} entries, {done.sealed + sealed} of them sealed, {done.base} base"
            f" entries; newest seal {seals.newest()}"
        )
