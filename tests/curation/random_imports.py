"""Tables that somebody writes out at one time of a random sequence and brings in, changed, at another."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, multiple, precondition, rule

from brands.models import Brand, ChangeSet
from curation.transfer import export_rows, import_file, import_plan
from curation.transfer.columns import TableRow
from curation.transfer.headings import headed
from curation.transfer.import_rows import write
from curation.transfer.tables import TABLES
from tests.brands.whole import DIVISIONS, state

# The columns of the table that a sequence changes, and the columns of the model.
COLUMNS = {"region": "region_id", "level": "level", "organisation": "organisation"}
VALUES = {"region": ("141102", "500118", ""), "level": ("省级", "county", ""), "organisation": ("县人社局", "")}
ADDED = ("孝义厨工", "离石绣娘")


@dataclass(frozen=True, slots=True)
class WrittenOut:
    """A table as it was written out: its lines by the keys of the brands, and what each brand was."""

    lines: dict[str, dict[str, str]]
    versions: dict[str, str]


def versions() -> dict[str, str]:
    """What each brand is, as a table says it: somebody's change of anything that a table may change alters it."""
    table = TABLES["brand"]()
    rows = table.rows(list(Brand.objects.order_by("pk").values_list("pk", flat=True)))
    return {key: "\x1f".join(column.text(TableRow(row)) for column in table.written) for key, row in rows.items()}


class TableRules:
    """Rules of a machine that has the bundle of change sets, `person`, `written`, `before` and `newest`."""

    change_sets: Bundle[ChangeSet] = Bundle("change_sets")
    file: WrittenOut | None = None
    person: Any
    written: Any
    before: Any
    newest: ChangeSet | None

    @precondition(lambda self: Brand.objects.exists())
    @rule()
    def write_out(self) -> None:
        keys = list(Brand.objects.order_by("pk").values_list("pk", flat=True))
        lines = csv.DictReader(
            io.StringIO("".join(export_rows.as_csv(export_rows.lines("brand", keys))).lstrip("\ufeff"))
        )
        self.file = WrittenOut({line["id"]: line for line in lines}, versions())

    @precondition(lambda self: self.file is not None)
    @rule(target=change_sets, data=st.data(), name=st.sampled_from(sorted(COLUMNS)))
    def bring_in(self, data: st.DataObject, name: str) -> ChangeSet:
        """One line of the table with another value; where somebody changed the row since, nothing may be written."""
        assert self.file is not None
        line = data.draw(st.sampled_from(list(self.file.lines.values())))
        changed = {**line, name: data.draw(st.sampled_from(VALUES[name]))}
        if name == "region":
            changed.pop("region_name")
        now = versions()
        change_set = self._import(changed)
        if change_set is None:
            return multiple()  # type: ignore[return-value]
        assert now[line["id"]] == self.file.versions[line["id"]], "a table wrote over what it had not seen"
        return change_set

    @rule(target=change_sets, name=st.sampled_from(ADDED), region=st.sampled_from(VALUES["region"]), told=st.booleans())
    def bring_in_new(self, name: str, region: str, told: bool) -> ChangeSet:
        """A brand that nobody had, with the sentence of a list that says it, or without."""
        source = {"source_words": f"{name}入选名单。", "source_title": "县劳务品牌名单"} if told else {}
        return self._import({"name": name, "region": region, "level": "省级", **source}) or multiple()  # type: ignore[return-value]

    def _import(self, line: dict[str, str]) -> ChangeSet | None:
        file = io.StringIO()
        table = csv.DictWriter(file, list(line))
        table.writeheader()
        table.writerow(line)
        plan = import_plan.plan("brand", headed("brand", import_file.read(file.getvalue().encode())), locks=True)
        if plan.faults or not plan.rows:
            return None
        before, earlier = state(but=DIVISIONS), Brand.objects.in_bulk()
        change_set = write(plan, by=self.person, note="表格")
        self.before, self.newest = before, change_set
        row = Brand.objects.get(pk=plan.rows[0].row.pk)
        was = earlier.get(row.pk, Brand())
        for column in COLUMNS.values():
            if getattr(row, column) != getattr(was, column):
                self.written[row.pk, column].values.append((change_set.pk, getattr(row, column)))
        return change_set
