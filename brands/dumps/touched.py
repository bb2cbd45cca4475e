"""Which public rows entries of the audit log may have changed: the rows that were written, and those that are shown or
hidden with them.

A row is public with its brand, program or number, and these are with the sentences that bear them out. So the rows of
the log as they were and as they became lead to the facts that they belong to, and from these the present rows lead on:
where a row hangs on another one since, that was written as well.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from brands.dumps.columns import DumpTable
from brands.dumps.tables import TABLES
from brands.models import Article, Brand, BrandAlias, BrandDetail, Change, Evidence, Program, Statistic
from brands.models.source import BY_HAND

Key: TypeAlias = int | str
Causes: TypeAlias = dict[Key, Change]

# The tables by those of the log.
BY_LOG: dict[str, DumpTable] = {table.model._meta.db_table: table for table in TABLES.values()}

# Keys that one statement asks for.
AT_ONCE = 500

# The tables of facts, by what evidence calls them.
FACTS = {"brand": "brands", "program": "programs", "statistic": "statistics"}

# Articles whose evidence was written, or bears out what may be public now and was not, or the other way round.
_SOURCES = "sources"

# What decides, of a fact's own columns, whether it is shown.
_DECISIVE = ("review", "confidence", "brand_id", "program_id")


@dataclass(slots=True)
class Touched:
    """The rows of each table that may have changed, each with the newest entry of the log that is the cause."""

    rows: defaultdict[str, Causes] = field(default_factory=lambda: defaultdict(dict))
    unproven: set[tuple[str, Key]] = field(default_factory=set)
    """Facts that these entries took a sentence from, or an article that tells them."""

    def add(self, table: str, key: Key, cause: Change) -> None:
        known = self.rows[table].get(key)
        if known is None or known.pk < cause.pk:
            self.rows[table][key] = cause


def key_of(table: DumpTable, row: str) -> Key:
    """The key of a row of the log as the table has it."""
    return row if table.key.kind == "string" else int(row)


def touched_by(log: Iterable[Change]) -> Touched:
    """What these entries may have changed."""
    touched = Touched()
    switched = Touched()  # facts, and articles, that may be public now and were not, or the other way round
    for change in log:
        table = BY_LOG[change.table]
        touched.add(table.name, key_of(table, change.row), change)
        if table.name == "evidence" and change.old is not None:
            touched.unproven.update(_facts(change.old))
        _note_switches(table, change, switched)
    _follow_articles(touched, switched)
    _follow_facts(touched, switched)
    _follow_sources(touched, switched)
    return touched


def _note_switches(table: DumpTable, change: Change, switched: Touched) -> None:
    old, new = change.old, change.new
    if table.name == "evidence":
        for columns in filter(None, (old, new)):
            _note_facts(columns, change, switched)
            switched.add(_SOURCES, columns["article_id"], change)
    elif table.name == "articles":
        if old is None or new is None or bool(old["relevant"]) != bool(new["relevant"]):
            switched.add(table.name, key_of(table, change.row), change)
    elif table.name in FACTS.values() and (
        old is None or new is None or any(old.get(name) != new.get(name) for name in _DECISIVE)
    ):
        switched.add(table.name, key_of(table, change.row), change)


def _note_facts(columns: Mapping[str, Any], change: Change, switched: Touched) -> None:
    for name, key in _facts(columns):
        switched.add(name, key, change)


def _facts(columns: Mapping[str, Any]) -> Iterator[tuple[str, Key]]:
    """The fact that a piece of evidence bears out, if it does not bear out a field of it."""
    if columns["field"] == "":
        for kind, name in FACTS.items():
            if columns[f"{kind}_id"] is not None:
                yield name, columns[f"{kind}_id"]


def _follow_articles(touched: Touched, switched: Touched) -> None:
    causes = switched.rows["articles"]
    for pk, article in _hanging(Article, "reprint_of", causes):
        touched.add("articles", pk, causes[article])
    for some in parts(causes):
        asked: Any = some
        rows = Evidence._base_manager.filter(article__in=asked).values_list("pk", "article_id", "field", *_FACT_IDS)
        for pk, article, named, *facts in rows:
            touched.add("evidence", pk, causes[article])
            columns = {"field": named, **dict(zip(_FACT_IDS, facts, strict=True))}
            _note_facts(columns, causes[article], switched)
            touched.unproven.update(_facts(columns))


_FACT_IDS = tuple(f"{kind}_id" for kind in FACTS)


def _follow_facts(touched: Touched, switched: Touched) -> None:
    """From brands and programs to what hangs on them, and then from numbers, which do as well."""
    for kind, hanging in _HANGING.items():
        name = FACTS[kind]
        causes = switched.rows[name]
        for key, cause in causes.items():
            touched.add(name, key, cause)
        for table, model, relation in hanging:
            for pk, fact in _hanging(model, relation, causes):
                touched.add(table, pk, causes[fact])
                if table == "statistics" and kind != "statistic":
                    switched.add(table, pk, causes[fact])


def _follow_sources(touched: Touched, switched: Touched) -> None:
    """From facts to the sources of people's own that bear them out, and are shown as long as one of them is."""
    causes = switched.rows[_SOURCES]
    for kind, name in FACTS.items():
        for some in parts(switched.rows[name]):
            asked: Any = {f"{kind}__in": some}
            rows = Evidence._base_manager.filter(article__page__extractor=BY_HAND, **asked).order_by()
            for article, fact in rows.values_list("article_id", f"{kind}_id"):
                switched.add(_SOURCES, article, switched.rows[name][fact])
    for some in parts(causes):
        own: Any = Article.objects.filter(pk__in=some, page__extractor=BY_HAND).order_by()
        for pk in own.values_list("pk", flat=True):
            touched.add("articles", pk, causes[pk])


# What is shown with a fact, or names it: its table, its model, and the relation to the fact.
_HANGING: dict[str, tuple[tuple[str, Any, str], ...]] = {
    "brand": (
        ("brand_names", BrandAlias, "brand"),
        ("brand_details", BrandDetail, "brand"),
        ("program_brands", Program.brands.through, "brand"),
        ("evidence", Evidence, "brand"),
        ("statistics", Statistic, "brand"),
        ("brands", Brand, "series"),
    ),
    "program": (
        ("program_brands", Program.brands.through, "program"),
        ("program_regions", Program.regions.through, "program"),
        ("evidence", Evidence, "program"),
        ("statistics", Statistic, "program"),
    ),
    "statistic": (("evidence", Evidence, "statistic"), ("statistics", Statistic, "whole")),
}


def _hanging(model: Any, relation: str, keys: Collection[Key]) -> Iterator[tuple[int, Key]]:
    """The present rows that refer to these by the relation, each with what it refers to."""
    for some in parts(keys):
        rows = model._base_manager.filter(**{f"{relation}__in": some}).order_by()
        yield from rows.values_list("pk", f"{relation}_id")


def parts(keys: Collection[Key]) -> Iterator[list[Key]]:
    """The keys, as many at a time as one statement asks for."""
    listed = list(keys)
    for at in range(0, len(listed), AT_ONCE):
        yield listed[at : at + AT_ONCE]
