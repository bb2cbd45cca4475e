"""The rules as a table: out as CSV, and in from one, where each line that is no rule yet waits to be looked at."""

from collections.abc import Iterable, Iterator

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from brands.audit.change_sets import open_change_set, within
from brands.models import ChangeSet, StandingRule
from brands.spreadsheets.cells import Cell, armed
from brands.vocabulary.choices import ChangeSetKind, RuleKind, RuleState
from curation.standing_rules.meaning import settled
from curation.transfer.import_file import read
from curation.transfer.raw_table import RefusedFileError

# The columns that come in; those behind them are only told.
COLUMNS = ("kind", "words", "means", "paper", "why")
TOLD = ("state", "sentence", "author", "created_at", "decided_by", "decided_at", "change_set")

# Lines that come in at once, and faults that are told.
MOST = 1_000
FAULTS = 20


def lines(rows: Iterable[StandingRule]) -> Iterator[list[Cell]]:
    """The head of the table and a line for each rule."""
    yield [*COLUMNS, *TOLD]
    for row in rows:
        yield [
            *(getattr(row, name) for name in COLUMNS),
            row.state,
            row.sentence,
            row.author.get_username(),
            row.created_at.isoformat(timespec="seconds"),
            row.decided_by.get_username() if row.decided_by else "",
            row.decided_at.isoformat(timespec="seconds") if row.decided_at else "",
            row.change_set_id or "",
        ]


def take_in(data: bytes, *, by: User) -> tuple[ChangeSet | None, int]:
    """The rules of a file that are none yet, to be looked at, as one change set (None where there are none), and how
    many there are. RefusedFileError, in words for people, where one line is no rule: then none is taken in."""
    table = read(data)
    if not table.rows or len(table.rows) > MOST + 1:
        raise RefusedFileError(gettext("一次最多 %d 条规则，第一行是列名。") % MOST)
    (_number, names), *rows = table.rows
    missing = [name for name in COLUMNS[:2] if name not in [cell.strip() for cell in names]]
    if missing:
        raise RefusedFileError(gettext("缺少这几列：%s") % "、".join(missing))
    made, faults = [], []
    for number, cells in rows:
        said = dict(zip([name.strip() for name in names], cells, strict=False))
        line = {name: armed(said.get(name, "").strip()) for name in COLUMNS}
        try:
            made.append(_rule(line, by))
        except ValidationError as error:
            if _is_kept(line):  # as the table told it, though its brand may have been withdrawn since
                continue
            faults.append(gettext("第 %(line)d 行：%(why)s") % {"line": number, "why": _told(error)})
    if faults:
        raise RefusedFileError(" ".join(faults[:FAULTS]))
    return _write(made, by)


def _is_kept(line: dict[str, str]) -> bool:
    """Whether the table has this very rule, whatever became of it."""
    return StandingRule.objects.filter(**{name: line[name] for name in ("kind", "words", "means", "paper")}).exists()


def _told(error: ValidationError) -> str:
    """What is wrong with a line, with the columns that are."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        gettext("%(name)s：%(why)s") % {"name": name, "why": " ".join(found)}
        for name, found in error.message_dict.items()
    )


def _rule(said: dict[str, str], by: User) -> StandingRule:
    """The rule that a line tells. ValidationError where it tells none."""
    kinds = {str(kind.label): kind.value for kind in RuleKind} | {kind.value: kind.value for kind in RuleKind}
    kind = kinds.get(said["kind"])
    if kind is None:
        raise ValidationError({"kind": gettext("没有这个种类：%s") % said["kind"][:40]})
    words, means = settled(RuleKind(kind), said["words"], said["means"])
    row = StandingRule(kind=kind, words=words, means=means, paper=said["paper"], why=said["why"], author=by)
    row.full_clean(exclude=["author", "change_set", "decided_by"])
    return row


def _write(made: Iterable[StandingRule], by: User) -> tuple[ChangeSet | None, int]:
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # one after the other, so that none is made twice
        new: dict[tuple[str, str, str, str], StandingRule] = {}
        for row in made:
            if alike(row) is None:
                new.setdefault((row.kind, row.words, row.means, row.paper), row)
        if not new:
            return None, 0
        change_set = open_change_set(ChangeSetKind.IMPORT, author=by, note=gettext("导入更正规则"))
        with within(change_set):
            StandingRule.objects.bulk_create(new.values())
    return change_set, len(new)


def alike(rule: StandingRule) -> StandingRule | None:
    """The very rule that counts already or waits to be looked at."""
    known = StandingRule.objects.exclude(state=RuleState.WITHDRAWN)
    return known.filter(kind=rule.kind, words=rule.words, means=rule.means, paper=rule.paper).first()
