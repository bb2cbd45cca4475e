"""The facts of an article as they are put before a reviewer: each beside what stands and what others say."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext

from brands.audit.four_eyes import brought_in, may_review, own_among
from brands.models import Article, Brand, Evidence, Program, Proposal, Region, Statistic
from brands.proposals import FIELDS, Fact, kind_of, shown
from brands.seo.descriptions import full_place
from brands.text.article_text import borne_out
from brands.vocabulary.choices import DetailKind, ProposalState, ReviewState
from curation.models import Hardness
from curation.review.other_reports import Sources, Spot, about, named, sources, spot_of
from curation.review.reports import Report, report_of, reported
from curation.review.rules import RULES, Rule, hard, obvious
from curation.review.values import PLACES, label, present
from curation.review.waiting import SURE

# Facts of one article that are shown at once: a reviewer looks at one after the other, and those that are decided make
# room for the next.
AT_ONCE = 15

# Facts of one article that are looked through for those that go together; an article may hold thousands, and those
# behind come up once these are decided. At one go, only what is shown is decided.
MOST = 200

WITH_FACTS = (
    "brand__region__parent__parent",
    "brand__series",
    "program__place__parent__parent",
    "statistic__brand",
    "statistic__program",
    "statistic__region",
)
# Fields that the heading says, that no paper states in one word, and those that are one number with the value.
LEFT_OUT = {"name", "description", "metric", "value_max", "qualifier", "unit"}


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of a fact: what stands, and the sentences of other papers that say what it should be."""

    field: str
    label: str
    value: str
    inferred: bool = False
    quotes: Sequence[Evidence] = ()


@dataclass(slots=True)
class ReviewItem:
    """One thing to decide: a proposed fact, or a proposal for one field of a fact (then `proposal` is there, and `now`
    and `new` say the present and the proposed value).

    `places` are the anchors in the text, `hard` says why it needs to be looked at, `rule` by which rule it does not;
    `reports` are what readers say against it; a fact that is `disputed`, by a reader or a proposal, is confirmed only
    once that is settled. `own` that it is the reviewer's own work, `brought` that it came with a page of theirs;
    `onward` is the key of the next one, `numbers` how many statistics have this one as their subject and are public
    only with it.
    """

    kind: str
    fact: Fact
    places: list[str]
    confidence: float
    machine_rule: str
    said: Sources
    proposal: Proposal | None = None
    rows: list[FieldRow] = field(default_factory=list)
    hard: list[Hardness] = field(default_factory=list)
    rule: Rule | None = None
    now: str = ""
    new: str = ""
    reports: Sequence[Report] = ()
    disputed: bool = False
    own: bool = False
    brought: bool = False
    onward: str = ""
    numbers: int = 0

    @property
    def key(self) -> str:
        """What addresses call it."""
        return f"proposal-{self.proposal.pk}" if self.proposal else f"{self.kind}-{self.fact.pk}"

    @property
    def name(self) -> str:
        return named(self.fact)

    @property
    def elsewhere(self) -> Sequence[Evidence]:
        """Sentences of other articles that bear out the fact itself, but for those that a field quotes."""
        quoted = {quote.article_id for row in self.rows for quote in row.quotes}
        return [quote for quote in self.said.quotes.get("", ()) if quote.article_id not in quoted]

    @property
    def field_label(self) -> str:
        """What people call the field that a proposal is about."""
        return label(self.fact, self.proposal.field) if self.proposal else ""

    @property
    def admin_page(self) -> str:
        return f"admin:brands_{self.kind}_change"

    @property
    def sure(self) -> bool:
        """Whether it is confirmed with all those of high confidence."""
        return self.confidence >= SURE and not self.hard and not self.own and not self.brought


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts that the page shows and that may be confirmed together, by a rule."""

    rule: Rule
    items: list[ReviewItem]


@dataclass(frozen=True, slots=True)
class Desk:
    """An article's things to decide in the order in which they are shown, and how many there are in all."""

    items: list[ReviewItem]
    total: int
    evidence: list[Evidence]

    @property
    def shown(self) -> list[ReviewItem]:
        """What the page shows of them."""
        return self.items[:AT_ONCE]

    @property
    def later(self) -> list[ReviewItem]:
        """What comes up once these are decided."""
        return self.items[AT_ONCE:]

    @property
    def single(self) -> list[ReviewItem]:
        """What is decided one by one: the hard ones first."""
        return [item for item in self.shown if item.rule is None]

    @property
    def groups(self) -> list[FactGroup]:
        """What may be confirmed together, as far as the page shows any of it."""
        found = []
        for rule in RULES:
            items = [item for item in self.shown if item.rule is rule]
            found += [FactGroup(rule, items)] if items else []
        return found

    @property
    def sure(self) -> list[ReviewItem]:
        """What may be confirmed at one stroke: nothing that the page does not show."""
        return [item for item in self.shown if item.sure]


def desk(article: Article, user: User, *, wanted: Collection[str] = ()) -> Desk:
    """What there is to decide in the article, for this reviewer. Those that the page shows are told in full, and those
    with the keys that are `wanted`."""
    evidence = list(article.evidence.select_related(*WITH_FACTS).order_by("start", "pk"))
    borne = borne_out([piece for piece in evidence if not piece.field])
    proposals = list(_proposals(article, [one.fact for one in borne]))
    waiting = [one for one in borne if one.fact.review == ReviewState.PROPOSED]
    total = len(waiting) + len(proposals)
    proposals = proposals[:MOST]
    waiting = sorted(waiting, key=lambda one: one.places[0].start)[: MOST - len(proposals)]
    said = sources([one.fact for one in waiting], article)
    items = [_of_fact(one.fact, one.places, said[spot_of(one.fact)], proposals) for one in waiting]
    _note_reports(items)
    items += _of_proposals(proposals, article)
    _note_own(items, user)
    _count_numbers(items)
    items.sort(key=_order)
    for item, following in pairwise(items):
        item.onward = following.key
    told = [item for at, item in enumerate(items) if at < AT_ONCE or item.key in wanted]
    shown = [item for item in told if not item.proposal]
    prefetch_related_objects([item.fact for item in shown if isinstance(item.fact, Brand)], "details")
    for item in shown:
        item.rows = [*_rows(item.fact, item.said), *_details(item.fact, item.said)]
    return Desk(items, total, evidence)


def _order(item: ReviewItem) -> tuple[int, int, bool]:
    """The hard ones first, a proposal before the fact that it is about, those for which a rule speaks last, rule by
    rule; else as the text has them."""
    place = RULES.index(item.rule) + 1 if item.rule else 0
    return place, min(item.hard, default=Hardness.PLAIN), item.proposal is None


def _note_reports(items: Sequence[ReviewItem]) -> None:
    """What readers say against the facts."""
    found = reported([item.fact for item in items])
    for item in items:
        item.reports = [report_of(one) for one in found.get(spot_of(item.fact), ())]
        if item.reports:
            item.disputed, item.rule = True, None
            item.hard.insert(0, Hardness.PROPOSAL)


def _proposals(article: Article, facts: Iterable[Fact]) -> "QuerySet[Proposal]":
    """The open ones that quote the article, and those without an article for a fact that it bears out."""
    which = Q(article=article)
    for kind in ("brand", "program", "statistic"):
        keys = [fact.pk for fact in facts if kind_of(fact) == kind]
        which |= Q(article=None, **{f"{kind}__in": keys})
    rows = Proposal.objects.filter(which, state=ProposalState.OPEN)
    return rows.select_related(*WITH_FACTS, "author").order_by("pk")


def _of_fact(fact: Fact, places: Sequence[Evidence], said: Sources, proposals: Iterable[Proposal]) -> ReviewItem:
    best = max(places, key=lambda piece: piece.confidence)
    item = ReviewItem(kind_of(fact), fact, [f"e{piece.pk}" for piece in places], fact.confidence, best.rule, said)
    item.hard = hard(fact, said)
    if any(about(one) == fact for one in proposals):
        item.hard.insert(0, Hardness.PROPOSAL)
        item.disputed = True
    item.rule = None if item.hard else obvious(fact, said)
    return item


def _rows(fact: Fact, said: Sources) -> Iterable[FieldRow]:
    inferred: Collection[str] = getattr(fact, "inferred", ())
    for name in FIELDS[kind_of(fact)]:
        value, quotes = present(fact, name), said.quotes.get(name, ())
        said_above = name == "value" and not quotes
        if name not in LEFT_OUT and not said_above and (value or quotes or name in PLACES):
            yield FieldRow(name, label(fact, name), value, name in inferred, quotes)


def _details(fact: Fact, said: Sources) -> Iterable[FieldRow]:
    """What else is said of a brand, a row for each kind."""
    details = list(fact.details.all()) if isinstance(fact, Brand) else []
    for kind in DetailKind:
        if words := [detail.words for detail in details if detail.kind == kind]:
            yield FieldRow(kind.value, str(kind.label), gettext("、").join(words), quotes=said.quotes.get(kind, ()))


def _of_proposals(proposals: Sequence[Proposal], article: Article) -> list[ReviewItem]:
    codes = {one.value for one in proposals if one.field in PLACES and one.value}
    regions = Region.objects.select_related("parent__parent").in_bulk(codes) if codes else {}
    return [_of_proposal(one, article, regions) for one in proposals]


def _of_proposal(proposal: Proposal, article: Article, regions: Mapping[object, Region]) -> ReviewItem:
    fact = about(proposal)
    places = [f"p{proposal.pk}"] if proposal.article_id == article.pk and proposal.start is not None else []
    item = ReviewItem(kind_of(fact), fact, places, proposal.confidence, proposal.rule, Sources(), proposal)
    item.hard = [Hardness.PROPOSAL]
    item.now = present(fact, proposal.field) or shown(fact, proposal.field, None)
    region = regions.get(proposal.value) if proposal.field in PLACES else None
    item.new = full_place(region) if region else shown(fact, proposal.field, proposal.value)
    return item


def _count_numbers(items: Sequence[ReviewItem]) -> None:
    for kind in ("brand", "program"):
        mine = {item.fact.pk: item for item in items if item.kind == kind and item.proposal is None}
        rows = Statistic.objects.filter(**{f"{kind}__in": mine}).order_by().values_list(kind)
        for pk, count in rows.annotate(Count("pk")) if mine else ():
            mine[pk].numbers = count


def _note_own(items: Sequence[ReviewItem], user: User) -> None:
    """Mark what the reviewer may not decide on, as they said it themselves."""
    own: set[Spot] = set()
    brought: set[Spot] = set()
    for model in (Brand, Program, Statistic):
        facts = [item.fact.pk for item in items if item.proposal is None and isinstance(item.fact, model)]
        own |= {(model.__name__.lower(), pk) for pk in own_among(user, model, facts)}
        brought |= {(model.__name__.lower(), pk) for pk in brought_in(user, model, facts)}
    for item in items:
        item.brought = item.proposal is None and spot_of(item.fact) in brought
        item.own = not may_review(user, item.proposal) if item.proposal else spot_of(item.fact) in own
        if item.own or item.brought:
            item.rule = None
