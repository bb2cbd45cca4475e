"""To what else a correction applies: facts and articles of which the machine made the same of the same words, and the
same deed for those of them that a person picks, as one change set. Nothing that a person has decided is among them."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from brands.audit.change_sets import open_change_set, within
from brands.audit.merge import MergeChoice, MergeError, combine, pair
from brands.listing.sync import gathered
from brands.models import Article, Brand, ChangeSet, Evidence, Region, Statistic
from brands.models.source import BY_HAND
from brands.vocabulary.choices import ChangeSetKind, Metric, ReviewState, RuleKind
from brands.vocabulary.names import name_key
from curation import bulk_edit
from curation.bulk_edit import BulkVerdict, ChangedSinceError, Edit
from curation.standing_rules.lessons import Lesson, host_of
from ingest.extract.metrics_told import fits
from ingest.load.match import related
from ingest.publishers import is_host

# Facts and articles that are shown and changed at one go.
MOST = 100

# Lessons of one correction of which it is counted.
COUNTED = 3

# Pieces of evidence that are looked through for them.
LOOKED_AT = 2_000

# Characters around a number in which its word stands.
AROUND = 40

# What a fact is called by, and compared with.
RELATED: Mapping[type[Brand] | type[Statistic], tuple[str, ...]] = {
    Brand: ("brand__region",),
    Statistic: ("statistic__brand", "statistic__program", "statistic__region"),
}

_CLAUSE = re.compile(r"[，。；！？：\n]")


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """A fact or an article: what it is called, where it is looked at, the value before and after in words, and the
    sentence in which the words stand."""

    pk: int
    name: str
    address: str
    before: str
    after: str
    sentence: str
    rule: str = ""


@dataclass(slots=True)
class Alike:
    """All that is alike, up to MOST of them, and whether there is more. `seal` stands for what was shown."""

    rows: list[AlikeRow] = field(default_factory=list)
    more: bool = False

    @property
    def seal(self) -> str:
        return sha256(repr([(row.pk, row.before, row.after) for row in self.rows]).encode()).hexdigest()[:16]


def alike(lesson: Lesson, *, but: Collection[int] = ()) -> Alike:
    """What the lesson applies to as well, without the rows of these keys."""
    found = Alike()
    for row in FINDERS[lesson.kind](lesson):
        if row.pk in but or any(row.pk == one.pk for one in found.rows):
            continue
        if len(found.rows) == MOST:
            found.more = True
            break
        found.rows.append(row)
    return found


def count(found: Sequence[Lesson]) -> int:
    """To how many more facts and articles the lessons apply, those past MOST of each left out."""
    return sum(len(alike(lesson).rows) for lesson in found[:COUNTED])


def change(lesson: Lesson, keys: Collection[int], *, by: User, why: str, seal: str) -> ChangeSet | None:
    """Do to the picked ones of those that are alike what was done to the corrected one: one change set, None where none
    was changed. ChangedSinceError where they are not those that were shown, MergeError where two can't be joined: then
    nothing is written."""
    with transaction.atomic():
        found = alike(lesson)
        if found.seal != seal:
            raise ChangedSinceError
        picked = [row.pk for row in found.rows if row.pk in keys]
        if not picked:
            return None
        if lesson.kind is RuleKind.PAPER:
            return _name_paper(lesson, picked, by, why)
        if lesson.kind is RuleKind.ALIAS:
            return _join(lesson, picked, by, why)
        model = Statistic if lesson.kind is RuleKind.METRIC else Brand
        done, _plan = bulk_edit.apply(model, picked, _edit(lesson), by=by, why=why)
        return done


def _edit(lesson: Lesson) -> Edit:
    if lesson.kind is RuleKind.NEVER:
        return Edit(BulkVerdict.REJECT)
    return Edit("metric" if lesson.kind is RuleKind.METRIC else "region", lesson.means)


# --- what is alike ----------------------------------------------------------------------------------------------------


def _undecided(model: "type[Brand] | type[Statistic]") -> Q:
    """Facts of which nobody has said anything."""
    kind = model.__name__.lower()
    return Q(**{f"{kind}__review": ReviewState.PROPOSED, f"{kind}__hand_set": []})


def _pieces(model: "type[Brand] | type[Statistic]", narrowed: Q) -> "QuerySet[Evidence]":
    found = Evidence.objects.with_words().filter(_undecided(model), narrowed, field="")
    return found.select_related("article", *RELATED[model]).order_by("pk")[:LOOKED_AT]


def _called(lesson: Lesson) -> Iterator[Brand]:
    """Brands of this very name that nobody has decided on."""
    rows = Brand.objects.filter(name_key=name_key(lesson.words), review=ReviewState.PROPOSED, hand_set=[])
    yield from rows.select_related("region").order_by("pk")


def _no_brands(lesson: Lesson) -> Iterator[AlikeRow]:
    after = str(ReviewState.REJECTED.label)
    for brand, piece in _with_evidence(_called(lesson)):
        yield _row(brand.pk, str(brand), brand.get_absolute_url(), brand.get_review_display(), after, piece)


def _same_brands(lesson: Lesson) -> Iterator[AlikeRow]:
    for brand, piece in _with_evidence(_called(lesson)):
        meant = _meant(lesson, brand)
        if meant is not None:
            yield _row(brand.pk, str(brand), brand.get_absolute_url(), brand.name, str(meant), piece)


def _meant(lesson: Lesson, brand: Brand) -> Brand | None:
    """The brand that the name always means: the only one of its name in a place that fits."""
    rows = (
        Brand.objects.filter(name_key=name_key(lesson.means)).exclude(pk=brand.pk).exclude(review=ReviewState.REJECTED)
    )
    near = [row for row in rows if not (row.region_id and brand.region_id) or related(row.region_id, brand.region_id)]
    return near[0] if len(near) == 1 else None


def _with_evidence(brands: Iterator[Brand]) -> Iterator[tuple[Brand, Evidence | None]]:
    rows = list(brands)
    pieces = Evidence.objects.with_words().filter(brand__in=rows, field="").order_by("confidence", "-pk")
    best = {piece.brand_id: piece for piece in pieces[:LOOKED_AT]}
    return ((row, best.get(row.pk)) for row in rows)


def _numbers(lesson: Lesson) -> Iterator[AlikeRow]:
    if lesson.means not in Metric.values or not lesson.words:
        return
    after = Metric(lesson.means)
    narrowed = Q(article__page__text__contains=lesson.words)
    narrowed &= Q(statistic__metric=lesson.was) if lesson.was else ~Q(statistic__metric=lesson.means)
    for piece in _pieces(Statistic, narrowed):
        row = piece.statistic
        if row is not None and lesson.words in _clause(piece) and fits(after, row.unit):
            address = row.get_absolute_url()
            yield _row(row.pk, str(row), address, row.get_metric_display(), str(after.label), piece)


def _clause(piece: Evidence) -> str:
    """The words around a number up to the next comma."""
    sentence: str = piece.sentence_words  # type: ignore[attr-defined]  # annotated
    start, end = piece.start - piece.context_start, piece.end - piece.context_start
    before = _CLAUSE.split(sentence[max(start - AROUND, 0) : start])[-1]
    return before + sentence[start:end] + _CLAUSE.split(sentence[end : end + AROUND])[0]


def _places(lesson: Lesson) -> Iterator[AlikeRow]:
    region = Region.objects.filter(pk=lesson.means).first()
    if region is None or not lesson.words:
        return
    narrowed = Q(brand__region=lesson.was) if lesson.was else Q(brand__region__isnull=True)
    narrowed &= Q(article__publisher=lesson.paper) if lesson.paper else Q()
    for piece in _pieces(Brand, narrowed):
        row = piece.brand
        if row is not None and lesson.words in f"{row.name} {piece.sentence_words}":  # type: ignore[attr-defined]
            before = str(row.region) if row.region else ""
            yield _row(row.pk, str(row), row.get_absolute_url(), before, str(region), piece)


def _papers(lesson: Lesson) -> Iterator[AlikeRow]:
    rows = Article.objects.exclude(page__extractor=BY_HAND).filter(url__icontains=lesson.words).order_by("pk")
    for row in rows.exclude(publisher=lesson.means)[:LOOKED_AT]:
        host = host_of(row.url)
        of_host = host == lesson.words or host.endswith(f".{lesson.words}")
        guessed = not row.publisher or is_host(row.publisher) or row.publisher == lesson.was
        if of_host and guessed and "publisher" not in row.hand_set:
            yield AlikeRow(row.pk, row.title, row.get_absolute_url(), row.publisher, lesson.means, row.url)


FINDERS = {
    RuleKind.NEVER: _no_brands,
    RuleKind.ALIAS: _same_brands,
    RuleKind.METRIC: _numbers,
    RuleKind.PLACE: _places,
    RuleKind.PAPER: _papers,
}


def _row(pk: int, name: str, address: str, before: str, after: str, piece: Evidence | None) -> AlikeRow:
    said = " ".join(piece.sentence_words.split()) if piece is not None else ""  # type: ignore[attr-defined]
    return AlikeRow(pk, name, address, before, after, said, piece.rule if piece is not None else "")


# --- the deeds that are no edits of facts -----------------------------------------------------------------------------


def _name_paper(lesson: Lesson, keys: Sequence[int], by: User, why: str) -> ChangeSet:
    change_set = open_change_set(ChangeSetKind.BULK, author=by, note=why)
    with within(change_set), gathered():
        for row in Article.objects.filter(pk__in=keys).select_for_update().order_by("pk"):
            row.correct(publisher=lesson.means)
    return change_set


def _join(lesson: Lesson, keys: Sequence[int], by: User, why: str) -> ChangeSet:
    change_set = open_change_set(ChangeSetKind.BULK, author=by, note=why)
    with within(change_set):
        for pk in keys:
            gone = Brand.objects.get(pk=pk)
            kept = _meant(lesson, gone)
            if kept is None:
                raise MergeError(gettext("“%s”该并入哪一条，现在看不出来了。") % gone)
            combine(*pair(Brand, kept.pk, gone.pk), MergeChoice(), author=by)
    return change_set
