"""What else is said of the facts of an article: by other papers, for each field, and in numbers beside a number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain
from operator import or_
from typing import TypeAlias

from django.db.models import F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from brands.figures.figures import figure_words
from brands.models import Article, Evidence, Proposal, Statistic
from brands.models.statistic import SUBJECTS, contradicts
from brands.proposals import Fact, kind_of
from brands.vocabulary.choices import ReviewState

FACTS = ("brand_id", "program_id", "statistic_id")
# Sentences of other papers that are shown of one field of one fact.
QUOTES = 2

NEWEST = 3
# Numbers that are shown beside one: the newest of the same subject and metric, and those of the same date.
SAME_DATE = 3

# Kind and key of a fact.
Spot: TypeAlias = tuple[str, int]


@dataclass(slots=True)
class Sources:
    """`stories` are the articles that bear the fact out, prints of one story being one, with their papers; `quotes` the
    sentences of other articles by the field that they bear out, '' for the fact itself; `beside` other numbers of the
    same subject and metric; `against` the keys of those of them that contradict it."""

    stories: dict[int, str] = field(default_factory=dict)
    quotes: defaultdict[str, list[Evidence]] = field(default_factory=lambda: defaultdict(list))
    beside: list[Statistic] = field(default_factory=list)
    against: set[int] = field(default_factory=set)

    @property
    def papers(self) -> set[str]:
        """Papers that report on their own."""
        return {paper for paper in self.stories.values() if paper}

    def told(self, article: Article) -> None:
        self.stories.setdefault(article.story, article.publisher)


def spot_of(fact: Fact) -> Spot:
    return kind_of(fact), fact.pk


def named(fact: Fact) -> str:
    """What people call the fact: a name, or whose number it is and of what."""
    if isinstance(fact, Statistic):
        return f"{fact.subject} · {fact.get_metric_display()} {figure_words(fact)}"
    return fact.name


def about(proposal: Proposal) -> Fact:
    """The fact that the proposal is about."""
    fact: Fact | None = proposal.brand or proposal.program or proposal.statistic
    if fact is None:
        raise ValueError(f"proposal {proposal.pk} is about nothing")  # the database allows no such row
    return fact


def sources(facts: Sequence[Fact], article: Article) -> dict[Spot, Sources]:
    """What is said of each of the facts besides what `article` says."""
    found = {spot_of(fact): Sources() for fact in facts}
    for said in found.values():
        said.told(article)
    for piece in _elsewhere(found, article):
        said = found[_spot(piece)]
        said.quotes[piece.field].append(piece)
        if not piece.field:
            said.told(piece.article)
    _put_beside([fact for fact in facts if isinstance(fact, Statistic)], found)
    return found


def _spot(piece: Evidence) -> Spot:
    return next((name[:-3], key) for name in FACTS if (key := getattr(piece, name)) is not None)


def _elsewhere(spots: Iterable[Spot], article: Article) -> Iterable[Evidence]:
    """The newest evidence in other articles of each field of each fact. Numbered first and cut out of the texts then:
    a brand may stand in thousands of articles."""
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for kind, pk in spots:
        keys[kind].append(pk)
    if not keys:
        return ()
    which = reduce(or_, (Q(**{f"{kind}__in": pks}) for kind, pks in keys.items()))
    place = Window(RowNumber(), partition_by=[*map(F, FACTS), F("field")], order_by=[F("article_id").desc(), F("pk")])
    numbered = Evidence.objects.filter(which).exclude(article=article).order_by().annotate(place=place)
    chosen = list(numbered.filter(place__lte=QUOTES).values_list("pk", flat=True))
    return Evidence.objects.with_words().filter(pk__in=chosen).order_by("-article_id", "pk") if chosen else ()


def _put_beside(statistics: Sequence[Statistic], found: dict[Spot, Sources]) -> None:
    others: defaultdict[tuple[object, ...], list[Statistic]] = defaultdict(list)
    for other in _series(statistics) if statistics else ():
        others[_series_of(other)].append(other)
    stories = _stories(chain(statistics, *others.values()))
    for one in statistics:
        said = found[spot_of(one)]
        said.beside = [other for other in others[_series_of(one)] if other.pk != one.pk]
        said.against = {other.pk for other in said.beside if contradicts(one, other, stories)}


def _stories(statistics: Iterable[Statistic]) -> Mapping[int, set[int]]:
    """The stories that give each of the numbers."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    pieces = Evidence.objects.of_facts().filter(statistic__in=[row.pk for row in statistics]).order_by()
    for statistic, story in pieces.values_list("statistic", Coalesce("article__reprint_of", "article")):
        found[statistic or 0].add(story)
    return found


def _series_of(row: Statistic) -> tuple[object, ...]:
    return row.brand_id, row.program_id, row.region_id, row.metric


def _series(statistics: Sequence[Statistic]) -> Iterable[Statistic]:
    """Numbers of the same subjects and metrics, each with the `paper` that gives it; rejected ones are no sources."""
    subjects: defaultdict[str, set[object]] = defaultdict(set)
    for row in statistics:
        subject = next(name for name in SUBJECTS if getattr(row, f"{name}_id") is not None)
        subjects[subject].add(getattr(row, f"{subject}_id"))
    which = reduce(or_, (Q(**{f"{subject}__in": keys}) for subject, keys in subjects.items()))
    whose = [F(f"{subject}_id") for subject in SUBJECTS]
    newest_first = [F("as_of").desc(nulls_last=True), F("pk").desc()]
    paper = Evidence.objects.filter(statistic=OuterRef("pk"), field="").order_by("article_id")
    numbered = (
        Statistic.objects.filter(which, metric__in={row.metric for row in statistics})
        .exclude(review=ReviewState.REJECTED)
        .annotate(
            newest=Window(RowNumber(), partition_by=[*whose, F("metric")], order_by=newest_first),
            of_date=Window(RowNumber(), partition_by=[*whose, F("metric"), F("as_of")], order_by=[F("pk").desc()]),
            paper=Subquery(paper.values("article__publisher")[:1]),
        )
    )
    dates = {row.as_of for row in statistics if row.as_of is not None}
    return numbered.filter(Q(newest__lte=NEWEST) | Q(of_date__lte=SAME_DATE, as_of__in=dates)).order_by(
        F("as_of").desc(nulls_last=True), "-pk"
    )
