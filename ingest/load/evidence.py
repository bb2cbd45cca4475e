"""The places that bear facts out: what a run found for a page is what the page has, but for a person's facts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from brands.audit.redirects import leave
from brands.models import Article, Brand, BrandDetail, Evidence, Program, Statistic
from brands.sources import RULE as BY_HAND
from brands.vocabulary.choices import Departure, ReviewState
from ingest.load.changes import BATCH, ChangeLog, assign, snapshot
from ingest.load.earlier import EarlierEvidence, Fact
from ingest.records import Quote

MAX_RULE = 60
MAX_FIELD = 30
MODELS: dict[str, type[Fact]] = {"brand": Brand, "program": Program, "statistic": Statistic}
COLUMNS = ("brand_id", "program_id", "statistic_id", "detail_id")
# Article, start, end, field and fact of a piece of evidence: what makes two the same.
Place = tuple[object, ...]
# Kind and key of a fact.
FactKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact's row, and the places of the page that bear it out, or this detail of it."""

    row: Fact
    quotes: Sequence[Quote]
    detail: BrandDetail | None = None


def load_evidence(
    findings: Iterable[Finding],
    articles: Mapping[int, Article],
    earlier: EarlierEvidence,
    journal: ChangeLog,
    *,
    version: str,
) -> list[Evidence]:
    """Add what is new, change what differs, remove what was not found again, and give back what was removed.

    Evidence of facts that a person confirmed, changed or rejected is only added to, and what a person pointed at stays;
    the name of such a brand or program is the name of no other at the same place.
    """
    before = snapshot(earlier.evidence)
    for row in earlier.evidence:
        row.article = _home(row, articles)
    stored = {_place(row): row for row in earlier.evidence}
    of_people = _facts_of_people(earlier.evidence)
    held = _held(earlier.evidence, of_people)
    found = (row for row in _wanted(articles, findings, version) if _is_free(row, held))
    wanted = {_place(row): row for row in found}
    for place in stored.keys() & wanted.keys():
        _refresh(stored[place], wanted[place])
    lost = [row for place, row in stored.items() if place not in wanted]
    gone = [row for row in lost if row.rule != BY_HAND and not _facts(row) & of_people]
    journal.delete(Evidence, gone)
    journal.update(Evidence, stored.values(), before)
    journal.create(Evidence, [row for place, row in wanted.items() if place not in stored])
    return gone


def _wanted(articles: Mapping[int, Article], findings: Iterable[Finding], version: str) -> Iterator[Evidence]:
    """A row for each quote, the surest last where two are the same."""
    for finding in findings:
        for quote in sorted(finding.quotes, key=lambda quote: quote.confidence):
            yield Evidence(
                article=articles[quote.article],
                start=quote.span.start,
                end=quote.span.end,
                context_start=min(quote.context.start, quote.span.start),
                context_end=max(quote.context.end, quote.span.end),
                field=quote.field[:MAX_FIELD],
                rule=quote.rule[:MAX_RULE],
                version=version,
                confidence=quote.confidence,
                detail=finding.detail,
                **{_kind(finding.row): finding.row},
            )


def _home(row: Evidence, articles: Mapping[int, Article]) -> Article:
    """The article that holds the place: its own, if the present run still cuts the page in this way. The row's own
    article comes with its page, whose text would else be fetched for each."""
    own = next(article for article in articles.values() if article.pk == row.article_id)
    return own if _holds(own, row) else next((a for a in articles.values() if _holds(a, row)), own)


def _holds(article: Article, row: Evidence) -> bool:
    return any(start <= row.start < end for start, end in article.spans)


def _place(row: Evidence) -> Place:
    return (row.article_id, row.start, row.end, row.field, *(getattr(row, column) for column in COLUMNS))


def _refresh(row: Evidence, fresh: Evidence) -> None:
    """Take over what the run says of the same place. The version stays where nothing else changed: it names the
    extractor that said so first."""
    said = {name: getattr(fresh, name) for name in ("context_start", "context_end", "rule", "confidence")}
    if row.rule != BY_HAND and any(getattr(row, name) != value for name, value in said.items()):
        assign(row, version=fresh.version, **said)


def _kind(row: Fact) -> str:
    return type(row).__name__.lower()


def _facts_of_people(rows: Sequence[Evidence]) -> set[FactKey]:
    """Those facts that the rows bear out which a machine may not write."""
    found: set[FactKey] = set()
    for kind, model in MODELS.items():
        facts = model._default_manager.in_bulk({pk for row in rows if (pk := getattr(row, f"{kind}_id"))})
        found.update((kind, pk) for pk, fact in facts.items() if not fact.machine_may_write)
    return found


def _facts(row: Evidence) -> set[FactKey]:
    return {(kind, pk) for kind in MODELS if (pk := getattr(row, f"{kind}_id"))}


def _held(rows: Iterable[Evidence], of_people: Collection[FactKey]) -> dict[Place, set[FactKey]]:
    """The places at which brands and programs that people made their own are named, and which these are."""
    found: defaultdict[Place, set[FactKey]] = defaultdict(set)
    for row in rows:
        if not row.field and (own := _facts(row) & set(of_people)):
            found[_words_of(row)] |= own
    return found


def _words_of(row: Evidence) -> Place:
    kind = next(kind for kind in MODELS if getattr(row, f"{kind}_id"))
    return (kind, row.article_id, row.start, row.end)


def _is_free(row: Evidence, held: Mapping[Place, set[FactKey]]) -> bool:
    """Whether the words may bear this fact out: numbers may stand at one place several times, names don't."""
    holders = set() if row.field or row.statistic_id else held.get(_words_of(row), set())
    return not holders or bool(holders & _facts(row))


def refresh_confidence(rows: Iterable[Fact], journal: ChangeLog) -> None:
    """Set the confidence of facts that were there before to that of their best evidence on any page."""
    old = [row for row in rows if row.machine_may_write and not journal.is_new(row)]
    for model in MODELS.values():
        mine = {row.pk: row for row in old if isinstance(row, model)}
        if not mine:
            continue
        before = snapshot(mine.values())
        kind = model.__name__.lower()
        for pk, confidence in Evidence.objects.filter(**{f"{kind}__in": mine}).sureness(kind).items():
            assign(mine[pk], confidence=confidence)
        journal.update(model, mine.values(), before)


def delete_unfounded(lost: Sequence[Evidence], journal: ChangeLog) -> None:
    """Delete the facts that `lost` bore out, that nothing bears out any more, and that no person has touched; of brands
    that stay, such details.

    Statistics go first: a brand or program stays as long as it has any.
    """
    _delete_unfounded_details([row.detail_id for row in lost if row.detail_id], journal)
    for kind in ("statistic", "brand", "program"):
        pks = sorted({pk for row in lost if (pk := getattr(row, f"{kind}_id"))})
        for at in range(0, len(pks), BATCH):
            rows = MODELS[kind]._default_manager.filter(pk__in=pks[at : at + BATCH]).exclude(_borne_out(kind))
            unfounded = {row.pk: row for row in rows.order_by("pk") if row.machine_may_write}
            needed = _needed(kind, unfounded.keys()) if unfounded else set()
            gone = [row for pk, row in unfounded.items() if pk not in needed]
            leave([row for row in gone if isinstance(row, Brand)], Departure.UNFOUNDED)
            journal.delete(MODELS[kind], gone)


def _delete_unfounded_details(pks: Collection[int], journal: ChangeLog) -> None:
    said = Exists(Evidence.objects.filter(detail=OuterRef("pk")))
    gone = BrandDetail.objects.filter(pk__in=pks, by_hand=False).exclude(said).order_by("pk") if pks else ()
    journal.delete(BrandDetail, list(gone))


def _borne_out(kind: str) -> Exists:
    return Exists(Evidence.objects.filter(**{kind: OuterRef("pk")}, field=""))


def _needed(kind: str, pks: Collection[int]) -> set[int | None]:
    """Those of the brands or programs that have statistics, or with whose deletion something that a person touched
    would change."""
    if kind == "statistic":
        return set()
    needed = set(Statistic.objects.filter(**{f"{kind}__in": pks}).values_list(f"{kind}_id", flat=True))
    if kind == "brand":
        touched = ~Q(review=ReviewState.PROPOSED) | ~Q(hand_set=[])
        needed.update(Brand.objects.filter(touched, series__in=pks).values_list("series_id", flat=True))
        needed.update(Program.objects.filter(touched, brands__in=pks).values_list("brands", flat=True))
    return needed
