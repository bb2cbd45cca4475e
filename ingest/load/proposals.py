"""What a run makes of facts that a person has made his own -> Proposal: the row stays, the run's opinion beside it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from brands.audit.undo import row_of
from brands.listing import sync
from brands.models import Article, BrandAlias, Page, Program, Proposal
from brands.models import Change as Entry
from brands.models.proposal import FACTS, MAX_FIELD
from brands.proposals import FIELDS, UNKNOWN, Fact, Value, kind_of, value_key, value_of
from brands.vocabulary.choices import DateBasis, ProposalState, Qualifier, ReviewState
from brands.vocabulary.names import name_key
from ingest import records
from ingest.load.brands import BrandPair
from ingest.load.brands import details as brand_details
from ingest.load.changes import Action, ChangeLog, RowChange
from ingest.load.match import inside
from ingest.load.pairs import FactPair
from ingest.load.statistics import StatisticPair
from ingest.records import Quote, bearing

# The rule of an opinion that no sentence states: it was concluded.
INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the page says of one field of a row, and the place that says so."""

    row: Fact
    field: str
    value: Value
    quote: Quote
    rule: str

    @property
    def spot(self) -> tuple[str, int, str]:
        return kind_of(self.row), self.row.pk, self.field


def load_proposals(
    opinions: Iterable[Opinion], page: Page, articles: Mapping[int, Article], journal: ChangeLog, *, version: str
) -> None:
    """Propose what differs from the rows and is news: no value that the row has had, nor one that was proposed before.
    What an earlier run proposed from this page and nobody has decided on goes, if this one doesn't say so again."""
    different = {(*one.spot, value_key(one.value)): one for one in opinions if _differs(one)}
    had = _values_had({one.row for one in different.values()})
    news = {key: one for key, one in different.items() if key[3] not in had[one.spot]}
    waiting = Proposal.objects.filter(article__page=page, author=None, state=ProposalState.OPEN)
    gone = [] if journal.is_new(page) else [old for old in waiting if _key(old) not in news]
    Proposal.objects.filter(pk__in=[old.pk for old in gone]).delete()
    known = {_key(old) for old in Proposal.objects.filter(_about(news.values()))} if news else set()
    new = [_proposal(one, articles, version) for key, one in news.items() if key not in known]
    Proposal.objects.bulk_create(new)
    sync.note(new)
    journal.changes.extend(RowChange(Action.DELETED, "Proposal", str(old)) for old in gone)
    journal.changes.extend(RowChange(Action.CREATED, "Proposal", str(row)) for row in new)


def opinions_of(
    brands: Iterable[BrandPair],
    programs: "Iterable[FactPair[Program, records.ExtractedProgram]]",
    statistics: Iterable[StatisticPair],
) -> Iterator[Opinion]:
    """All that the page says of rows that no machine may write and nobody rejected."""
    for brand in brands:
        if _decided(brand.row):
            yield from _of_brand(brand)
    for program in programs:
        if _decided(program.row):
            yield from _of_program(program)
    for statistic in statistics:
        if _decided(statistic.row):
            yield from _of_statistic(statistic)


def _decided(row: Fact) -> bool:
    return not row.machine_may_write and row.review != ReviewState.REJECTED


def _of_brand(pair: BrandPair) -> Iterator[Opinion]:
    row, found = pair.row, pair.found
    said: dict[str, Value] = {name: value for name, value in brand_details(found).items() if value not in UNKNOWN}
    if found.region and not (row.region_id and inside(row.region_id, found.region)):
        said["region"] = found.region
    if name_key(found.name) != row.name_key and not _is_alias(row.pk, found.name):
        said["name"] = found.name
    yield from _opinions(row, said, found.quotes, found.inferred)


def _is_alias(pk: int, name: str) -> bool:
    return BrandAlias.objects.filter(brand=pk, name_key=name_key(name)).exists()


def _of_program(pair: "FactPair[Program, records.ExtractedProgram]") -> Iterator[Opinion]:
    row, found = pair.row, pair.found
    said: dict[str, Value] = {
        "kind": found.kind.value,
        "edition": found.edition,
        "year": found.year,
        "issuer": found.issuer,
        "held_on": found.held,
    }
    if found.place and not (row.place_id and inside(row.place_id, found.place)):
        said["place"] = found.place
    yield from _opinions(row, {name: value for name, value in said.items() if value}, found.quotes, ())


def _of_statistic(pair: StatisticPair) -> Iterator[Opinion]:
    found = pair.found
    said: dict[str, Value] = {
        "metric": found.metric.value,
        "value": f"{found.value.normalize():f}",
        "value_max": None if found.value_max is None else f"{found.value_max.normalize():f}",
        "qualifier": found.qualifier.value,
        "unit": found.unit,
        "scope": found.scope.value,
        "part_of": found.part_of,
        "per": found.per.value if found.per else "",
        "as_of": found.as_of or None,
    }
    if pair.row.as_of and found.as_of_basis is not DateBasis.STATED:
        del said["as_of"]  # a text without a date doesn't speak against the one that stands
    if found.qualifier is Qualifier.EXACT:
        del said["qualifier"]  # nor a number without a hedge against one with
    yield from _opinions(pair.row, said, found.quotes, ())


def _opinions(
    row: Fact, said: Mapping[str, Value], quotes: Sequence[Quote], inferred: Iterable[str]
) -> Iterator[Opinion]:
    for name, value in said.items():
        own = [quote for quote in quotes if quote.field == name]
        quote = max(own or bearing(quotes), key=lambda quote: quote.confidence)
        yield Opinion(row, name, value, quote, INFERRED if name in set(inferred) else quote.rule)


def _differs(one: Opinion) -> bool:
    return value_key(one.value) != value_key(value_of(one.row, one.field))


def _values_had(rows: Iterable[Fact]) -> defaultdict[tuple[str, int, str], set[str]]:
    """By kind, key and field, what the rows have held at any time: who changed a value knows what it was."""
    kinds = {(row._meta.db_table, str(row.pk)): row for row in rows}
    had: defaultdict[tuple[str, int, str], set[str]] = defaultdict(set)
    tables = {table for table, _key in kinds}
    entries = Entry.objects.filter(table__in=tables, row__in={key for _table, key in kinds}).order_by()
    for entry in entries.values("table", "row", "old", "new") if kinds else ():
        row = kinds.get((entry["table"], entry["row"]))
        if row is not None:
            for columns in filter(None, (entry["old"], entry["new"])):
                _note_values(type(row), row.pk, columns, had)
    return had


def _note_values(
    model: type[Fact], pk: int, columns: Mapping[str, object], had: defaultdict[tuple[str, int, str], set[str]]
) -> None:
    """Put down what the columns of the audit log were, as proposals would write them."""
    row = row_of(model, columns)
    kind = kind_of(row)
    for field in FIELDS[kind]:
        had[kind, pk, field].add(value_key(value_of(row, field)))


def _key(row: Proposal) -> tuple[str, int, str, str]:
    kind = next(name for name in FACTS if getattr(row, f"{name}_id") is not None)
    return kind, getattr(row, f"{kind}_id"), row.field, row.value_key


def _about(news: Iterable[Opinion]) -> Q:
    """Proposals of the rows that the opinions are about."""
    keys: defaultdict[str, set[int]] = defaultdict(set)
    for one in news:
        keys[kind_of(one.row)].add(one.row.pk)
    about = Q()
    for kind, pks in keys.items():
        about |= Q(**{f"{kind}__in": pks})
    return about


def _proposal(one: Opinion, articles: Mapping[int, Article], version: str) -> Proposal:
    return Proposal(
        **{kind_of(one.row): one.row},
        field=one.field[:MAX_FIELD],
        value=one.value,
        value_key=value_key(one.value),
        article=articles[one.quote.article],
        start=one.quote.span.start,
        end=one.quote.span.end,
        context_start=min(one.quote.context.start, one.quote.span.start),
        context_end=max(one.quote.context.end, one.quote.span.end),
        rule=one.rule[:60],
        version=version,
        confidence=one.quote.confidence,
    )
