"""The first lines of an answer: what a question asks for, from the facts of what was found."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, When

from brands.models import Card, DocumentKind, Region, SearchDocument, Statistic
from brands.models.card import among
from brands.models.region import COUNTRY
from brands.place_words import region_names
from brands.search import find, snippets, widening
from brands.search.bounds import bound_words, figures_of, waiting
from brands.search.conditions import Question, Text
from brands.search.phrasing import METRIC, PAY, PEOPLE, PLACES
from brands.search.ranking import RANK_LIMIT
from brands.search.snippets import Snippet
from brands.vocabulary.choices import Industry, Metric, Scope
from brands.vocabulary.folding import fold

# Figures that are shown, and rows that are read to find as many of different brands.
MOST, READ = 6, 60

SENT = f"{METRIC}{Metric.PLACEMENT}"

# Whose figures these are: of what was asked for, of others of the trade, of a division itself.
NAMED, OF_TRADE, OF_PLACE = "named", "trade", "place"


@dataclass(frozen=True, slots=True)
class LeadFigure:
    """A number with a sentence that says it."""

    statistic: Statistic
    sentence: Snippet


@dataclass(frozen=True, slots=True)
class Province:
    """A province with the number of brands in it."""

    adcode: str
    name: str
    brands: int


@dataclass(frozen=True, slots=True)
class Lead:
    """What is answered before the hits. `wants` is what was asked (:mod:`brands.search.phrasing`), `brands` how many
    were found (as far as they are ranked), `figures` are those of the metric that is asked for, and `whose` says of
    whom: of a trade, which `called` names, where what was asked for has none. `unmet` is the bound that no public
    figure reaches, in words, and `waiting` how many reach it that are not public yet, where nothing else is asked."""

    wants: str
    brands: int
    figures: tuple[LeadFigure, ...] = ()
    whose: str = NAMED
    called: str = ""
    provinces: tuple[Province, ...] = ()
    unmet: str = ""
    waiting: int = 0

    @property
    def metric(self) -> str:
        """The name of the metric that is asked for; empty for other questions."""
        return str(Metric(self.wants.removeprefix(METRIC)).label) if self.wants.startswith(METRIC) else ""

    @property
    def answers_for_named(self) -> bool:
        """Whether there are figures of what was asked for."""
        return bool(self.figures) and self.whose != OF_TRADE

    @property
    def says_something(self) -> bool:
        return bool(self.figures or self.brands or self.unmet)


def lead(question: Question) -> Lead | None:
    """The answer to what the question wants; None where it only names things."""
    wants = question.wants or next(iter(widening.metrics(question)), "")
    asked = widening.of_things(question)
    if not wants or not asked.words:
        return None
    pks = _brands(asked, of_trade=widening.is_of_a_trade(question))
    told = _told_of(asked, wants, pks)
    return told if told.says_something else None


def _told_of(question: Question, wants: str, pks: Sequence[int]) -> Lead:
    if wants == PLACES:
        return Lead(wants, len(pks), provinces=tuple(_provinces(pks)))
    if not wants.startswith(METRIC):
        return Lead(wants, len(pks))
    return _of_figures(question, wants, pks)


def _of_figures(question: Question, wants: str, pks: Sequence[int]) -> Lead:
    """The figures of what is asked about: those that were worked out for it, a division's own, those of the brands
    found, or else those of their trade."""
    figures = _figures(wants)
    reaching = widening.worked_out(question)
    if reaching or question.bound:
        rows = figures.filter(Q(brand__in=among(pks)) | Q(region=COUNTRY), pk__in=among(_of_kind(reaching)))
        told = _told(rows)
        if told or not question.bound:
            return Lead(wants, len(pks), told)
        alone = len(question.words) == 1
        return Lead(wants, len(pks), unmet=bound_words(question.bound), waiting=waiting(question.bound) if alone else 0)
    if told := _told(figures.filter(region__in=widening.place(question))):
        return Lead(wants, len(pks), told, OF_PLACE)
    if told := _told(figures.filter(brand__in=among(pks))):
        return Lead(wants, len(pks), told)
    trade = next(iter(widening.trades(question)), "")
    if trade and (told := _told(figures.filter(brand__industry=trade))):
        return Lead(wants, len(pks), told, OF_TRADE, str(Industry(trade).label))
    return Lead(wants, len(pks))


def _figures(wants: str) -> QuerySet[Statistic]:
    """Figures that tell what is asked: no rise tells a pay, no fair how many brands there are, and no week how many
    people. Of people, those who work and those who were sent out."""
    told = figures_of(wants) | figures_of(SENT) if wants == PEOPLE else figures_of(wants)
    told = told.exclude(scope__in=(Scope.RISE, Scope.SHOWN))
    return told if wants == PAY else told.filter(per="")


def _brands(question: Question, *, of_trade: bool) -> list[int]:
    """The keys of the brands that are found, as far as they are ranked; where some are called like the question, which
    names no trade, these alone."""
    found = find.find(question, kinds=[DocumentKind.BRAND], limit=RANK_LIMIT)
    first = DocumentKind.BRAND.numbers[0]
    pks = [ranked.number - first for kind in found for ranked in kind.ranked]
    if of_trade or not question.whole:
        return pks
    called = SearchDocument.objects.filter(kind=DocumentKind.BRAND, key=question.whole).values_list("pk", flat=True)
    same = {number - first for number in called}
    return [pk for pk in pks if pk in same] or pks


def _of_kind(numbers: Iterable[int]) -> list[int]:
    """The keys of the statistics among the numbers of documents."""
    first, after = DocumentKind.STATISTIC.numbers
    return [number - first for number in numbers if first <= number < after]


def _told(rows: QuerySet[Statistic]) -> tuple[LeadFigure, ...]:
    """The first figures, wholes before others and then the newest; of several subjects one each."""
    wholes = Case(When(scope=Scope.TOTAL, part_of="", then=0), default=1, output_field=IntegerField())
    ordered = rows.select_related("brand__region__parent__parent", "program", "region").order_by(
        wholes, F("as_of").desc(nulls_last=True), "-value", "pk"
    )
    read = list(ordered[:READ])
    if read and _is_whole(read[0]):
        read = [row for row in read if _is_whole(row)]
    each = {(row.brand_id, row.program_id, row.region_id): row for row in reversed(read)}
    chosen = [row for row in read if len(each) == 1 or row in each.values()][:MOST]
    return tuple(_with_sentences(chosen))


def _is_whole(row: Statistic) -> bool:
    return row.scope == Scope.TOTAL and not row.part_of


def _with_sentences(rows: Sequence[Statistic]) -> Iterator[LeadFigure]:
    documents = SearchDocument.objects.in_bulk([DocumentKind.STATISTIC.number(row.pk) for row in rows])
    for row in rows:
        document = documents.get(DocumentKind.STATISTIC.number(row.pk))
        said = (Text(fold(row.stated)),) if row.stated else ()
        yield LeadFigure(row, snippets.snippet(document.original, [said]) if document and said else Snippet())


def _provinces(pks: Collection[int]) -> Iterator[Province]:
    """How many of the brands each province has, those with the most first; none for what has no place."""
    counted = (
        Card.objects.filter(pk__in=among(pks))
        .exclude(province__in=("", COUNTRY))
        .values_list("province")
        .annotate(brands=Count("pk"))
        .order_by("-brands", "province")
    )
    rows = list(counted)
    found = Region.objects.filter(pk__in=[code for code, _ in rows])
    names = region_names(dict(found.values_list("adcode", "common_name")))
    yield from (Province(code, names.get(code, code), brands) for code, brands in rows)
