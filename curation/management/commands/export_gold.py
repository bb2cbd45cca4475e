"""`manage.py export_gold DIR`: what people decided, as gold to train and to score the extraction with."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from brands.models import StandingRule
from brands.spreadsheets.csv_lines import csv_lines
from brands.vocabulary.choices import RuleState
from curation.gold import GoldPage, gold_pages
from curation.standing_rules.table import lines

COUNTED = ("brands", "programs", "statistics")
HEADERS = ("file", "group", "source_title", "publisher", "date", "url")


class Command(BaseCommand):
    help = (
        "Write the pages of which people decided every fact into a folder: gold/ as the corpus has it, texts/ beside"
        " it, SOURCES.tsv, which says what tells of the same, and standing-rules.csv, the rules of the staff that count"
        " here. `make train` reads the folder that LAOBRAND_GOLD names; of rules it knows nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is new or empty")
        parser.add_argument(
            "--partial",
            action="store_true",
            help="also pages of which a part was decided; what waits is optional in their gold",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._write(options["folder"], partial=options["partial"])
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error

    def _write(self, folder: Path, *, partial: bool) -> None:
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(f"{folder} is not empty")
        for name in ("gold", "texts"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        counts: Counter[str] = Counter()
        sources, ties = [], {}
        for page in gold_pages(partial=partial):
            told = json.dumps(page.gold, ensure_ascii=False, indent=1)
            (folder / "texts" / page.file).write_bytes(page.text.encode())
            (folder / "gold" / page.file).with_suffix(".json").write_bytes(f"{told}\n".encode())
            counts.update({kind: len(page.gold[kind]) for kind in COUNTED})
            sources.append(_source(page))
            ties[page.file] = page.ties
        rules = StandingRule.objects.filter(state=RuleState.IN_FORCE).select_related("author", "decided_by")
        (folder / "standing-rules.csv").write_text("".join(csv_lines(lines(rules.order_by("pk")))), encoding="utf-8")
        groups = groups_of(ties)
        with (folder / "SOURCES.tsv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
            rows.writerow(HEADERS)
            rows.writerows((name, groups[name], *more) for name, *more in sources)
        told = ", ".join(f"{counts[kind]} {kind}" for kind in COUNTED)
        self.stdout.write(f"{len(sources)} pages: {told}")


def _source(page: GoldPage) -> Iterator[str]:
    """The page's file, and what its first article on labour brands, or its first one, says of itself."""
    yield page.file
    first = next((one for one in page.articles if one.relevant), next(iter(page.articles), None))
    if first is None:
        yield from ("", "", "", "")
        return
    for value in (first.title, first.publisher, first.published_on or "", first.url):
        yield " ".join(str(value).split())


def groups_of(ties: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The group of each file: files that share a tie, or are joined by others that do, have one, named by its first."""
    group = {file: file for file in ties}

    def first_of(file: str) -> str:
        while group[file] != file:
            group[file] = file = group[group[file]]
        return file

    owners: dict[str, str] = {}
    for file, mine in ties.items():
        for tie in mine:
            one, other = sorted((first_of(file), first_of(owners.setdefault(tie, file))))
            group[other] = one
    return {file: Path(first_of(file)).stem for file in ties}
