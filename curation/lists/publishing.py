"""Ticked rows -> the catalogue, as one change set: through the plan of an import, so that what a table may write and
who confirms it is decided in one place, with the list as the source of each row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext

from brands.audit.change_sets import open_change_set, within
from brands.listing import sync
from brands.models import Article, Brand, ChangeSet
from brands.sources import OwnSource, article_of, bear_out_all
from brands.spreadsheets.cells import joined, parted
from brands.vocabulary.choices import ChangeSetKind, ReviewState
from brands.vocabulary.names import name_key
from curation.lists.doubts import look_at
from curation.lists.drafts import keep, rows_of
from curation.lists.rows import CELLS, GridRow, brand_number
from curation.models import ListDraft
from curation.transfer import import_plan
from curation.transfer.columns import TableRow
from curation.transfer.headings import Lines
from curation.transfer.import_plan import ImportPlan
from curation.transfer.import_rows import write_rows
from curation.transfer.references import divisions
from curation.transfer.tables import VERSION, Brands

HEADERS = ["id", VERSION, "name", "aliases", *CELLS[1:], "issuer", "document_number"]


@dataclass(slots=True)
class Published:
    """What came of it: the change set and how many rows it has, or what is wrong, by the places of rows; `whole` is
    what is wrong with the list itself."""

    change_set: ChangeSet | None = None
    count: int = 0
    wrong: dict[int, list[str]] = field(default_factory=dict)
    whole: str = ""


class _RefusedError(Exception):
    """Rows that can't be written, with the reasons by their places."""

    def __init__(self, wrong: dict[int, list[str]]) -> None:
        super().__init__()
        self.wrong = wrong


def publish(draft: ListDraft, *, by: User) -> Published:
    """Write the ticked rows. All or none: where one is wrong, nothing is written. IntegrityError where somebody was
    quicker; then nothing is written, either."""
    if draft.article_id is None and not draft.title.strip():
        return Published(whole=gettext("请先填名单的标题：它是这些品牌的出处。"))
    try:
        with transaction.atomic():
            draft = ListDraft.objects.select_for_update().get(pk=draft.pk)
            rows = rows_of(draft)
            chosen = {at: row for at, row in enumerate(rows) if row.ticked and not (row.change_set or row.left_out)}
            if not chosen:
                return Published(whole=gettext("还没有勾选。"))
            change_set = open_change_set(ChangeSetKind.IMPORT, author=by, note=gettext("名单：%s") % draft)
            with within(change_set), sync.gathered():
                _write(draft, rows, chosen)
            for row in chosen.values():
                row.change_set, row.ticked, row.stamp = change_set.pk, False, row.stamp + 1
            keep(draft, rows)
    except _RefusedError as error:
        return Published(wrong=error.wrong)
    return Published(change_set, len(chosen))


def _write(draft: ListDraft, rows: Sequence[GridRow], chosen: Mapping[int, GridRow]) -> None:
    """Write the chosen rows and what bears them out. _RefusedError where something is wrong with any."""
    matched = {one.at: one.match.value for one in look_at(rows, divisions(), only=set(chosen))}
    wrong = {at: [gettext("请先选：是已有的哪一条，还是新增。")] for at, value in matched.items() if not value}
    if wrong:
        raise _RefusedError(wrong)
    # The brand that a person saw keeps the version that it had then.
    seen = {at: brand_number(row.match) == brand_number(matched[at]) for at, row in chosen.items()}
    values = {at: row.match if row.match and seen[at] else matched[at] for at, row in chosen.items()}
    keys = {at: pk for at, value in values.items() if (pk := brand_number(value)) is not None}
    table = Brands()
    there = table.rows(sorted(set(keys.values())), locks=True)
    brands = {at: there.get(str(pk)) for at, pk in keys.items()}
    lines = Lines(HEADERS, [])
    for at, row in chosen.items():
        brand = brands.get(at)
        cells = {} if brand is None else _cells(table, brand, values[at].partition(":")[2])
        lines.rows.append((at + 1, _line(draft, row, {**cells, "id": str(keys.get(at, ""))})))
    plan = import_plan.plan("brand", lines, locks=True)
    if plan.faults:
        raise _RefusedError(_reasons(plan))
    write_rows(plan)
    planned = {one.line - 1: one.row for one in plan.rows}
    _confirm([brand for at, brand in brands.items() if brand is not None and at not in planned])
    _bear_out(draft, chosen, {**brands, **planned})


def _cells(table: Brands, brand: models.Model, version: str) -> dict[str, str]:
    """The brand as a line of its table, with the version that a person saw."""
    row = TableRow(brand)
    return {header: table.columns[header].text(row) for header in HEADERS if header in table.columns} | {
        VERSION: version
    }


def _line(draft: ListDraft, row: GridRow, cells: Mapping[str, str]) -> list[str]:
    """The line of the table that the row becomes: what the list says, and of a brand that is there (`cells`) what the
    list leaves open. A brand keeps its name, and is called what the list calls it besides."""
    line = {header: cells.get(header, "") for header in HEADERS}
    for name in CELLS[1:]:
        line[name] = row.cell(name) or line[name]
    line["name"] = line["name"] or row.cell("name")
    line["issuer"] = line["issuer"] or draft.publisher
    line["document_number"] = line["document_number"] or draft.document_number
    known = {name_key(line["name"]), *map(name_key, parted(line["aliases"]))}
    others = {name_key(name): name for name in (row.cell("name"), row.said) if name_key(name) not in {"", *known}}
    line["aliases"] = joined([*parted(line["aliases"]), *others.values()])
    return [line[header] for header in HEADERS]


def _reasons(plan: ImportPlan) -> dict[int, list[str]]:
    wrong: dict[int, list[str]] = {}
    for fault in plan.faults:
        why = fault.why
        if fault.column == VERSION:
            why = gettext("您打开之后有人改过这一条；这里已换成现在的内容，请再看一遍。")
        wrong.setdefault(fault.line - 1, []).append(why)
    return wrong


def _confirm(brands: Sequence[Any]) -> None:
    """Who ticks a brand in which nothing changes has looked at it. Under four eyes, somebody else has to."""
    waiting = [brand for brand in brands if brand.review == ReviewState.PROPOSED]
    if settings.FOUR_EYES or not waiting:
        return
    now = timezone.now()
    for brand in waiting:
        brand.set_by_hand(["review"])
        brand.review, brand.updated_at = ReviewState.CONFIRMED, now
    Brand._base_manager.bulk_update(waiting, ("review", "updated_at"), 500)
    sync.note(waiting)


def _bear_out(draft: ListDraft, chosen: Mapping[int, GridRow], brands: Mapping[int, Any]) -> None:
    """Let the words of each row bear its brand out."""
    places = list(chosen)
    told = []
    for at in places:
        row, brand = chosen[at], brands[at]
        # Longer names first: the words may have a shorter one of them inside.
        names = {brand.name, row.cell("name"), row.said}
        told.append((brand, row.words, sorted(names, key=len, reverse=True)))
    written, wrong = bear_out_all(_source(draft), told)
    if wrong:
        raise _RefusedError({places[at]: [why] for at, why in wrong.items()})
    sync.note(written)


def _source(draft: ListDraft) -> Article:
    """The article that the list is: the one it was taken from, or one of its own with the whole text of the list."""
    if draft.article is not None:
        return draft.article
    source = OwnSource(draft.title, draft.publisher, draft.published_on, draft.url)
    dated = [str(draft.published_on)] if draft.published_on else []
    head = [line for line in (draft.title, draft.document_number, draft.publisher, *dated) if line]
    return article_of(source, [*(line for line in head if line not in draft.text), draft.text])
