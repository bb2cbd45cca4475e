"""A dump brought into an installation that has no catalogue yet: the same public data under the same numbers.

A dump has the sentences of a page, not its text, and so has what is made of it: each article gets a page that holds
its sentences at their places, with blank lines between them. No run reads such a page.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias, cast

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Max

from brands.audit.change_sets import open_change_set, within
from brands.audit.redirects import REDIRECTS
from brands.audit.triggers import followed
from brands.dumps.columns import DumpTable, Record
from brands.dumps.files import FORMAT, DumpError, check
from brands.dumps.formats import read_line
from brands.dumps.tables import TABLES
from brands.listing import sync
from brands.models import Article, Brand, BrandAlias, Page, Region, RegionName, Statistic
from brands.models.derived import Keyed
from brands.models.source import BY_HAND
from brands.vocabulary.choices import ChangeSetKind
from brands.vocabulary.dates import from_iso
from brands.vocabulary.names import name_key

# Rows that are written together.
TOGETHER = 1_000

# The models whose rows make a catalogue that is not empty. Divisions, and words for searching, come with the program.
CATALOGUE = ("Page", "Article", "Brand", "Program", "Statistic", "Evidence", "Redirect", "ProgramRedirect")

# Characters of an error of the database that are told.
MOST_SAID = 300

# The largest offset in a page: a page of a longer text is no newspaper's.
MOST_CHARACTERS = 20_000_000

Tell: TypeAlias = Callable[[str, Iterable[Record]], Iterable[Record]]


def load_dump(
    folder: Path, *, replace: bool = False, author: User | None = None, tell: Tell = lambda _table, records: records
) -> dict[str, int]:
    """Load a dump, in one transaction and one change set; how many rows of each table. DumpError where it is damaged or
    newer than this program, or where there is a catalogue, unless that is to be replaced; then nothing is written."""
    package = check(folder)
    version = package["laobrand"].get("format")
    if version != FORMAT:
        raise DumpError(f"the dump has format {version}, this program reads format {FORMAT}")
    missing = [table for table in TABLES if not (folder / f"{table}.jsonl").is_file()]
    if missing:
        raise DumpError(f"{missing[0]}.jsonl is missing")
    try:
        with transaction.atomic():
            change_set = open_change_set(ChangeSetKind.IMPORT, author=author, note=f"load_dump {folder.name}")
            with within(change_set):
                _make_room(replace=replace)
                return _load(folder, tell)
    except (ValidationError, DatabaseError, ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise DumpError(f"the dump can't be loaded: {' '.join(str(error).split())[:MOST_SAID]}") from error


def is_empty() -> bool:
    """Whether the installation has no catalogue."""
    return not any(model._base_manager.exists() for model in _catalogue())


def _catalogue() -> list[type[models.Model]]:
    return [model for model in followed().values() if model.__name__ in CATALOGUE]


def _make_room(*, replace: bool) -> None:
    """Take away what the dump brings, with `replace` a catalogue that is there."""
    if not is_empty():
        if not replace:
            raise DumpError("there is a catalogue already; it would have to be replaced")
        with sync.gathered():
            for model in reversed(followed().values()):
                if model.__name__ not in KEPT:
                    _delete_all(model)
    _delete_all(RegionName)


# What a catalogue that is replaced leaves: words for searching, rules, and what readers reported.
KEPT = ("Synonym", "StandingRule", "Correction", "Region", "RegionName")


def _delete_all(model: type[models.Model]) -> None:
    """Delete all rows, some at a time; parts before the rows that they hang on."""
    rows = model._base_manager.order_by("-pk")
    while keys := list(rows.values_list("pk", flat=True)[:TOGETHER]):
        model._base_manager.filter(pk__in=keys).delete()


def _load(folder: Path, tell: Tell) -> dict[str, int]:
    written = {}
    for table in TABLES.values():
        rows = tell(table.name, _records(folder / f"{table.name}.jsonl"))
        written[table.name] = _LOADERS.get(table.name, _load_plain)(folder, table, rows)
    _go_on_counting()
    connection.check_constraints()  # keys that lead nowhere, before anything is made of the rows
    _work_out()
    return written


def _records(path: Path) -> Iterator[Record]:
    with path.open("rb") as lines:
        for line in lines:
            yield read_line(line)


def _load_plain(_folder: Path, table: DumpTable, rows: Iterable[Record]) -> int:
    return _insert(table.model, (_row(table, record) for record in rows))


def _insert(model: type[models.Model], rows: Iterator[models.Model]) -> int:
    written = 0
    while some := list(islice(rows, TOGETHER)):
        model._base_manager.bulk_create(some)
        written += len(some)
    return written


def _row(table: DumpTable, record: Record, **besides: Any) -> models.Model:
    """The row that a record describes, not saved, with what follows from its fields."""
    row = table.model(**_values(table, record), **besides)
    if isinstance(row, Keyed):
        row.prepare()
    return row


def _values(table: DumpTable, record: Record) -> dict[str, Any]:
    if record.keys() != {column.name for column in table.columns}:
        raise DumpError(f"a record of {table.name} has other columns")
    found: dict[str, Any] = {}
    for column in table.columns:
        if len(column.sources) == 2:
            date, precision = map(str, column.sources)
            found[date], found[precision] = from_iso(record[column.name] or "")
        elif column.into:
            field = table.model._meta.get_field(column.into)
            found[column.into] = _read(field, record[column.name])
    return found


def _read(field: Any, value: Any) -> Any:
    """A value as the model's field holds it; what is unknown is empty where it can't be null."""
    if value is None:
        return None if field.null else ""
    if isinstance(field, models.FloatField):
        return float(value)
    return field.to_python(value)


# Tables of which more is made than a row a record


def _load_regions(_folder: Path, table: DumpTable, rows: Iterable[Record]) -> int:
    """In place of those that are there, since other divisions are told by them; what the dump doesn't have goes."""
    found = cast("list[Region]", [_row(table, record) for record in rows])
    fields = [field.name for field in Region._meta.concrete_fields if not field.primary_key]
    Region._base_manager.bulk_create(
        found, batch_size=TOGETHER, update_conflicts=True, unique_fields=["adcode"], update_fields=fields
    )
    others = Region.objects.exclude(pk__in=[row.pk for row in found])
    others.update(parent=None)
    others.delete()
    return len(found)


def _load_articles(folder: Path, table: DumpTable, rows: Iterable[Record]) -> int:
    """Each article with a page of its own. What is read of the page, its sentences, comes with the evidence."""

    def pages(records: list[Record]) -> Iterator[Page]:
        for record in records:
            key = int(record["id"])
            named = sha256(f"load_dump {key}".encode()).hexdigest()
            yield Page(
                pk=key, name=str(record["title"])[:255], sha256=named, encoding="utf-8", text="", extractor=BY_HAND
            )

    written, rest = 0, iter(rows)
    while some := list(islice(rest, TOGETHER)):
        Page._base_manager.bulk_create(pages(some))
        written += _insert(Article, (_row(table, one, **_ABOUT, page_id=one["id"]) for one in some))
    _fill_pages(folder)
    return written


_ABOUT = {"order": 0, "relevant": True, "spans": []}


def _fill_pages(folder: Path) -> None:
    """Give the pages their sentences. Those of some articles are gathered at a time: the file of the evidence is read
    as often as there are such parts of it."""
    keys = Article._base_manager.order_by("pk").values_list("pk", flat=True)
    last = 0
    while some := list(keys.filter(pk__gt=last)[:PAGES]):
        last = some[-1]
        told: defaultdict[int, dict[tuple[int, int], str]] = defaultdict(dict)
        for record in _records(folder / "evidence.jsonl"):
            if some[0] <= record["article"] <= last:
                _check_sentence(record)
                told[record["article"]][record["sentence_start"], record["sentence_end"]] = record["sentence"]
        _write_pages(told)


def _check_sentence(record: Record) -> None:
    """DumpError where the sentence does not fill its place, or does not have the words at theirs."""
    first, sentence, words = record["sentence_start"], record["sentence"], record["words"]
    if not 0 <= first < record["sentence_end"] <= MOST_CHARACTERS or len(sentence) != record["sentence_end"] - first:
        raise DumpError(f"a sentence does not fill its place: {sentence[:40]}")
    if not words or sentence[record["start"] - first : record["end"] - first] != words:
        raise DumpError(f"words are not in their sentence: {words[:40]}")


# Articles whose sentences are held at a time.
PAGES = 20_000


def _write_pages(told: Mapping[int, Mapping[tuple[int, int], str]]) -> None:
    texts, spans = [], []
    for key, sentences in told.items():
        text = _text(sentences)
        texts.append(Page(pk=key, text=text))
        spans.append(Article(pk=key, spans=_joined(sentences)))
    Page._base_manager.bulk_update(texts, ["text"], batch_size=500)
    Article._base_manager.bulk_update(spans, ["spans"], batch_size=500)


def _text(sentences: Mapping[tuple[int, int], str]) -> str:
    """The sentences at their places."""
    text = ["\n"] * max(end for _start, end in sentences)
    for (start, end), sentence in sentences.items():
        text[start:end] = sentence
    return "".join(text)


def _joined(places: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The places from the first to the last, those that overlap as one.

    >>> _joined([(5, 9), (0, 3), (8, 12)])
    [[0, 3], [5, 12]]
    """
    found: list[list[int]] = []
    for start, end in sorted(places):
        if found and start < found[-1][1]:
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    return found


def _load_names(_folder: Path, table: DumpTable, rows: Iterable[Record]) -> int:
    """Other names of brands: what no page of this installation says stays as if a person had written it."""
    return _insert(BrandAlias, (_row(table, record, by_hand=True) for record in rows))


def _load_brands(_folder: Path, table: DumpTable, rows: Iterable[Record]) -> int:
    """As they are sorted where the dump was made, whichever syllables this program knows."""

    def made() -> Iterator[models.Model]:
        for record in rows:
            row = _row(table, record)
            row.pinyin = record["pinyin"] or ""  # type: ignore[attr-defined]
            yield row

    return _insert(Brand, made())


def _load_statistics(_folder: Path, table: DumpTable, rows: Iterable[Record]) -> int:
    """Values as decimal numbers, whether or not they are whole."""
    ends = ("value", "value_max")
    exact = (record | {end: None if record[end] is None else Decimal(record[end]) for end in ends} for record in rows)
    return _insert(Statistic, (_row(table, record) for record in exact))


def _load_redirects(_folder: Path, table: DumpTable, rows: Iterable[Record]) -> int:
    """With the key by which pages that use the old name find where it went."""
    return _insert(table.model, (_row(table, record, name_key=name_key(record["name"] or "")) for record in rows))


_LOADERS: dict[str, Callable[[Path, DumpTable, Iterable[Record]], int]] = {
    "regions": _load_regions,
    "articles": _load_articles,
    "brands": _load_brands,
    "brand_names": _load_names,
    "statistics": _load_statistics,
    "redirects": _load_redirects,
    "program_redirects": _load_redirects,
}


# What follows from the rows


def _go_on_counting() -> None:
    """New rows get numbers behind those of the dump; a brand or program none that one had which is gone."""
    redirects = set(REDIRECTS.values())
    numbered = [table.model for table in TABLES.values() if table.name != "regions" and table.model not in redirects]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in connection.ops.sequence_reset_sql(no_style(), [*numbered, Page]):
                cursor.execute(statement)
        for model, redirect in REDIRECTS.items():
            gone = redirect._default_manager.aggregate(last=Max("pk"))["last"] or 0
            cursor.execute(_BEHIND[connection.vendor].format(table=model._meta.db_table), [gone])


# What lets a table count on behind a number, if it is not there yet.
_BEHIND = {
    "postgresql": (
        "SELECT setval(pg_get_serial_sequence('{table}', 'id'),"
        " greatest(%s, coalesce((SELECT max(id) FROM {table}), 0), 1))"
    ),
    "sqlite": "UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = '{table}'",
}


def _work_out() -> None:
    """The cards of lists and the documents of the search."""
    for _kind, _rows in sync.rebuild():
        pass
