"""What a page that is read again would change, row by row: kept with its preview, and told when somebody looks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from brands.audit.describe import Told, tell
from brands.audit.snapshots import Columns
from brands.audit.triggers import followed
from brands.audit.undo import Net, net
from brands.models import Change, Evidence, Page, Redirect
from brands.proposals import PRECISIONS
from curation.models import JobFile

# Rows of a page whose change is kept word by word. A page of a paper has some 20 facts; a list of 3,000 names would
# fill a preview with 2 MB. Those past the limit are counted, and are in the change set once it is applied.
MAX_ROWS = 200

# Tables whose rows are not told: places in the text, addresses of brands that go, which extractor has read a page.
SILENT = {model._meta.db_table for model in (Evidence, Redirect, Page)}

# Columns that say what an unchanged part of a row is, besides those that refer to other rows.
NAMING = {"name", "title", "stated", "words", "label", "field", *PRECISIONS.values()}


@dataclass(frozen=True, slots=True)
class Differences:
    """Of one page: what becomes of its rows, and how many more there are."""

    file: JobFile
    told: Sequence[Told]
    unlisted: int


def noted(changes: Sequence[Change]) -> dict[str, object]:
    """What the changes come to, as a preview keeps it: `rows` for :func:`told`, how many are left out (`more`), and the
    number of all `changes`, as an undo counts them."""
    nets = [one for one in net(changes) if one.table not in SILENT]
    rows = [[one.table, one.row, *_brief(one)] for one in nets[:MAX_ROWS]]
    return {"rows": rows, "more": len(nets) - len(rows), "changes": len(changes)}


def told(files: Iterable[JobFile]) -> list[Differences]:
    """The differences of each of the files, in words; looked up for all at once."""
    files = list(files)
    kept = [file.preview.get("differences", {}) for file in files]
    nets = [[Net(*row) for row in one.get("rows", ()) if row[0] in followed()] for one in kept]
    words = iter(tell([one for of in nets for one in of], foreseen=True))
    return [
        Differences(file, [next(words) for _ in of], one.get("more", 0))
        for file, one, of in zip(files, kept, nets, strict=True)
    ]


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
