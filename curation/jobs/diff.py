"""What a page that is read again would change, row by row: kept with its preview, and told when somebody looks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Model

from brands.audit.describe import Told, tell
from brands.audit.snapshots import Columns
from brands.audit.triggers import followed
from brands.audit.undo import Net, net
from brands.models import Brand, Change, Evidence, Page, Program, Redirect, StandingRule, Statistic
from brands.proposals import PRECISIONS
from curation.models import JobFile

# Rows of a page whose change is kept word by word. A page of a paper has some 20 facts; a list of 3,000 names would
# fill a preview with 2 MB. Those past the limit are counted, and are in the change set once it is applied.
MAX_ROWS = 200

# Tables whose rows are not told: places in the text, addresses of brands that go, which extractor has read a page.
SILENT = {model._meta.db_table for model in (Evidence, Redirect, Page, StandingRule)}

# Characters of the sentence that is shown beside a row.
MAX_SENTENCE = 160

# The columns by which a piece of evidence, or a row that belongs to a fact, says of which one it is.
FACTS: Mapping[str, type[Model]] = {"brand_id": Brand, "program_id": Program, "statistic_id": Statistic}

# Columns that say what an unchanged part of a row is, besides those that refer to other rows.
NAMING = {"name", "title", "stated", "words", "label", "field", *PRECISIONS.values()}


@dataclass(frozen=True, slots=True)
class Differences:
    """Of one page: what becomes of its rows, each with the sentence that speaks of it (empty where none does), and how
    many more there are."""

    file: JobFile
    told: Sequence[Told]
    sentences: Sequence[str]
    unlisted: int

    @property
    def rows(self) -> list[tuple[Told, str]]:
        return list(zip(self.told, self.sentences, strict=True))


def noted(changes: Sequence[Change], sha256: str) -> dict[str, object]:
    """What the changes to the page with this checksum come to, as a preview keeps it: `rows` for :func:`told`, how many
    are left out (`more`), and the number of all `changes`, as an undo counts them."""
    nets = [one for one in net(changes) if one.table not in SILENT]
    said = _sentences(changes, sha256)
    rows = [[one.table, one.row, *_brief(one), _sentence(one, said)] for one in nets[:MAX_ROWS]]
    return {"rows": rows, "more": len(nets) - len(rows), "changes": len(changes)}


def told(files: Iterable[JobFile]) -> list[Differences]:
    """The differences of each of the files, in words; looked up for all at once."""
    files = list(files)
    kept = [file.preview.get("differences", {}) for file in files]
    rows = [[row for row in one.get("rows", ()) if row[0] in followed()] for one in kept]
    words = iter(tell([Net(*row[:4]) for of in rows for row in of], foreseen=True))
    return [
        Differences(file, [next(words) for _ in of], ["".join(row[4:]) for row in of], one.get("more", 0))
        for file, one, of in zip(files, kept, rows, strict=True)
    ]


def _sentences(changes: Sequence[Change], sha256: str) -> dict[tuple[str, str], str]:
    """The sentence that speaks of each fact, by its table and key: as the page has it now, or as it would or did."""
    page = Page.objects.filter(sha256=sha256).first()
    if page is None:
        return {}
    stand: Iterable[Mapping[str, Any]] = Evidence.objects.filter(article__page=page, field="").order_by("-pk").values()
    table = Evidence._meta.db_table
    moved = (change.new or change.old or {} for change in changes if change.table == table)
    found: dict[tuple[str, str], str] = {}
    for piece in (*stand, *(one for one in moved if not one.get("field"))):
        words = page.text[piece["context_start"] : piece["context_end"]]
        for column, model in FACTS.items():
            if piece.get(column) is not None:
                found[model._meta.db_table, str(piece[column])] = " ".join(words.split())[:MAX_SENTENCE]
    return found


def _sentence(one: Net, said: Mapping[tuple[str, str], str]) -> str:
    """The sentence that speaks of the row, or of the fact that it belongs to."""
    columns = one.new or one.old or {}
    owners = ((model._meta.db_table, str(columns.get(column))) for column, model in FACTS.items())
    return next((said[key] for key in ((one.table, one.row), *owners) if key in said), "")


def _brief(one: Net) -> tuple[Columns | None, Columns | None]:
    """The row before and after with no more than its words need."""
    if one.old is None or one.new is None:
        return _filled(one.old), _filled(one.new)
    before, after = one.old, one.new
    names = [name for name in after if name in NAMING or name.endswith("_id") or before.get(name) != after[name]]
    return {name: _plain(before.get(name)) for name in names}, {name: _plain(after[name]) for name in names}


def _filled(columns: Columns | None) -> Columns | None:
    return columns and {name: _plain(value) for name, value in columns.items() if value not in (None, "", [], {})}


def _plain(value: object) -> object:
    """A value of the audit log as JSON has it."""
    return str(value) if isinstance(value, Decimal) else value
