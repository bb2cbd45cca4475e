"""Lists that wait: begun from a text, a file or an article, and saved row by row while somebody works on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from brands.audit.change_sets import taken_back
from brands.models import Article, Evidence
from brands.text.page_text import lay_out
from curation.lists.completing import ListHead, complete
from curation.lists.reading import MAX_TEXT, one_line, read_list, read_table
from curation.lists.rows import CELLS, LONGEST, MAX_ROWS, GridRow, ListReading, UnreadLine, WhyUnread, restored
from curation.models import ListDraft
from curation.models.job import CHANGES_ALL
from curation.transfer import table_reader
from curation.transfer.import_file import MAX_BYTES
from curation.transfer.raw_table import RefusedFileError
from ingest.read import read as read_page
from ingest.records import RejectedPageError

# How workbooks of either age begin.
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

# Characters of the name of a file.
MAX_NAME = 255


@dataclass(frozen=True, slots=True)
class SentRow:
    """A row as a form sends it: `stamp` is what the row had when the form was made."""

    stamp: int
    cells: Mapping[str, str]
    match: str
    ticked: bool
    left_out: bool


@dataclass(slots=True)
class Saved:
    """What became of rows that were sent: those that stand as sent, and those that another window wrote meanwhile."""

    written: list[int] = field(default_factory=list)
    conflicts: list[int] = field(default_factory=list)


def begin(draft: ListDraft, *, data: bytes = b"") -> ListDraft:
    """Read the list of a draft that is not saved, from its text, its file or its article, and save it.
    RefusedFileError, in words for people, where it can't be read or has no names."""
    if data:
        reading = _of_file(draft, data)
    elif draft.article is not None:
        reading = _of_article(draft)
    else:
        draft.text = _clean(draft.text)
        reading = read_list(draft.text)
    if not reading.rows and not reading.left:
        raise RefusedFileError(gettext("里面没有认出名称；请每行一个名称，或用顿号隔开。"))
    complete(reading.rows, _head(draft))
    draft.rows = [row.stored for row in reading.rows]
    draft.unread = [line.stored for line in reading.unread]
    draft.save()
    return draft


def _head(draft: ListDraft) -> ListHead:
    year = draft.published_on.year if draft.published_on else None
    return ListHead(draft.title, draft.publisher, year)


def _clean(text: str) -> str:
    """The text as the database keeps it. RefusedFileError where it is too long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if len(text) > MAX_TEXT:
        raise RefusedFileError(gettext("太长，最多 %s 字。") % f"{MAX_TEXT:,}")
    return text


def _of_file(draft: ListDraft, data: bytes) -> ListReading:
    """What a workbook or a text says."""
    if len(data) > MAX_BYTES:
        raise RefusedFileError(gettext("文件太大，最多 %d MB。") % (MAX_BYTES // 2**20))
    draft.data = data
    if data.startswith(WORKBOOKS):
        table = table_reader.read(data)
        lines = [cells for _number, cells in table.rows]
        draft.text = _clean("\n".join("\t".join(map(one_line, cells)).rstrip() for cells in lines))
        return read_table(lines)
    try:
        draft.text = _clean(tabbed(read_page(draft.file_name, data).text))
    except RejectedPageError:
        raise RefusedFileError(gettext("不是表格，也不是文本文件，或者文字编码认不出来。")) from None
    return read_list(draft.text)


def tabbed(text: str) -> str:
    """A text of cells between commas with tabs between them."""
    lines = text.split("\n")
    return "\n".join(line.replace(",", "\t") for line in lines) if lines[0].count(",") > 1 else text


def _of_article(draft: ListDraft) -> ListReading:
    """The names that stand in the article, by its lines or its paragraphs, and those that a run found there."""
    article = draft.article
    assert article is not None  # noqa: S101  # as the caller says
    spans = [(start, end) for start, end in article.spans]
    raw = "\n".join(article.page.text[start:end] for start, end in spans)
    draft.text = _clean(raw[:MAX_TEXT])
    readings = (read_list(draft.text), read_list(lay_out(article.page.text, spans).text))
    reading = max(readings, key=lambda one: len(one.rows))
    known = {row.cell("name") for row in reading.rows}
    for piece in Evidence.objects.of_facts().filter(article=article, brand__isnull=False).with_words():
        brand = piece.brand
        if brand and brand.name not in known and piece.quote not in known:
            known.add(brand.name)
            words, cells = piece.sentence.strip(), {"name": brand.name}
            if len(reading.rows) < MAX_ROWS:
                reading.rows.append(GridRow(words, brand.name, cells))
            else:
                reading.unread.append(UnreadLine(words, WhyUnread.FULL, brand.name, cells))
    return reading


def rows_of(draft: ListDraft) -> list[GridRow]:
    """The rows; those whose change set was taken back are open again."""
    rows = [restored(stored) for stored in draft.rows]
    gone = taken_back({row.change_set for row in rows if row.change_set})
    for row in rows:
        if row.change_set in gone:
            row.change_set = None
    return rows


def unread_of(draft: ListDraft) -> list[UnreadLine]:
    """What of the list is in no row, with the rows that people made of it."""
    return [UnreadLine(**stored) for stored in draft.unread]


def add_row(draft: ListDraft, at: int) -> int:
    """Make a row of the unread line at this place, at the end of the list: the place of the row. A line that is one
    stays as it is, and so does one of a list that is full; RefusedFileError says the latter."""
    with transaction.atomic():
        locked = ListDraft.objects.select_for_update().get(pk=draft.pk)
        lines = unread_of(locked)
        line = lines[at]
        if line.row is None:
            rows = rows_of(locked)
            if len(rows) >= MAX_ROWS:
                raise RefusedFileError(gettext("一份名单最多 %d 行，已经满了。") % MAX_ROWS)
            name = line.name or line.words
            row = GridRow(line.words, name, {**line.cells, **_cut({"name": name})})
            complete([row], _head(locked))
            line.row = len(rows)
            locked.rows = [one.stored for one in [*rows, row]]
            locked.unread = [one.stored for one in lines]
            locked.save(update_fields=["rows", "unread", "updated_at"])
        draft.rows, draft.unread = locked.rows, locked.unread
    return line.row


def save(draft: ListDraft, sent: Mapping[int, SentRow]) -> Saved:
    """Write the rows that were sent, by their places in the list. A row that somebody wrote since the form was made
    stays as it is, and so does one that is brought in."""
    saved = Saved()
    with transaction.atomic():
        locked = ListDraft.objects.select_for_update().get(pk=draft.pk)
        rows = rows_of(locked)
        for at, one in sent.items():
            if not 0 <= at < len(rows) or rows[at].change_set:
                continue
            row, is_same = rows[at], _same(rows[at], one)
            if row.stamp == one.stamp:
                _write(row, one, is_same=is_same)
                saved.written.append(at)
            elif not is_same:
                saved.conflicts.append(at)
        keep(locked, rows)
        draft.rows = locked.rows
    return saved


def keep(draft: ListDraft, rows: list[GridRow]) -> None:
    draft.rows = [row.stored for row in rows]
    draft.save(update_fields=["rows", "updated_at"])


def _write(row: GridRow, sent: SentRow, *, is_same: bool) -> None:
    row.cells = {**row.cells, **_cut(sent.cells)}
    row.match, row.ticked, row.left_out = sent.match, sent.ticked, sent.left_out
    row.stamp += not is_same


def _same(row: GridRow, sent: SentRow) -> bool:
    """Whether the form says what the row has. The desk's guess, which a form sends back as its choice, is no change."""
    cells = {name: row.cell(name) for name in sent.cells}
    is_chosen = row.match not in {"", sent.match}
    return cells == _cut(sent.cells) and not is_chosen and (row.ticked, row.left_out) == (sent.ticked, sent.left_out)


def _cut(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of the grid among these, as long as they may be."""
    return {name: " ".join(cells[name].split())[: LONGEST[name]] for name in CELLS if name in cells}


def fill(draft: ListDraft, values: Mapping[str, str], *, over: bool) -> int:
    """Write these values into the empty cells of all rows that are open and not ticked, `over` into the others, too:
    how many cells were written."""
    written = 0
    values = {name: text for name, text in _cut(values).items() if text}
    with transaction.atomic():
        locked = ListDraft.objects.select_for_update().get(pk=draft.pk)
        rows = rows_of(locked)
        for row in rows:
            if row.change_set or row.ticked or row.left_out:
                continue
            new = {name: text for name, text in values.items() if _is_open(row, name, text, over=over)}
            row.cells |= new
            row.stamp += bool(new)
            written += len(new)
        keep(locked, rows)
        draft.rows = locked.rows
    return written


def _is_open(row: GridRow, name: str, text: str, *, over: bool) -> bool:
    now = row.cell(name)
    return now != text and (over or not now or (name == "industry" and now == "other"))


def is_of(draft: ListDraft, user: User) -> bool:
    """Whether the user may work on the list: whose list it is, or an administrator."""
    return draft.author_id == user.pk or user.has_perm(CHANGES_ALL)


def note_editor(draft: ListDraft, user: User) -> None:
    """Write down who works on a list of somebody else's."""
    if draft.author_id != user.pk != draft.edited_by_id:
        ListDraft.objects.filter(pk=draft.pk).update(edited_by=user)
        draft.edited_by = user


def begun_from(article: Article) -> ListDraft:
    """A draft, not saved, of the names of an article."""
    return ListDraft(
        article=article,
        title=article.title[:255],
        publisher=article.publisher,
        published_on=article.published_on,
        url=article.url,
    )
