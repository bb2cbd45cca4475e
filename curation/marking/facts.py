"""Writing what a person marked: facts with their evidence, confirmed by that person's word, each mark a change set."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext, ngettext

from brands.audit.change_sets import open_change_set, within
from brands.audit.four_eyes import may_review
from brands.listing.sync import gathered
from brands.models import Article, Brand, ChangeSet, Program, Statistic
from brands.models.statistic import SUBJECTS, same_fact
from brands.sources import bear_out_at
from brands.vocabulary.choices import ChangeSetKind, ReviewState
from curation.marking.article_reading import ArticleReading

Fact = Brand | Program | Statistic


@dataclass(frozen=True, slots=True)
class MarkedPlace:
    """Words of an article that somebody marked: the half-open stretch ``[start, end)`` of its page."""

    article: Article
    reading: ArticleReading
    start: int
    end: int

    def bear_out(self, fact: Fact, start: int, end: int) -> None:
        """Let the words ``[start, end)`` of the page bear the fact out."""
        sentence = self.reading.sentence(start, end)
        bear_out_at(fact, self.article, (start, end), (sentence.start, sentence.end))


@dataclass(frozen=True, slots=True)
class MarkedBrand:
    """A brand by its name at its place of the page: a new one, or the one of the catalogue that it is the `same` as."""

    start: int
    end: int
    name: str
    same: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a mark: its change set, and what to say of it."""

    change_set: ChangeSet
    told: str


def mark_brands(
    user: User,
    place: MarkedPlace,
    found: Sequence[tuple[MarkedBrand, Mapping[str, Any]]],
    *,
    instead_of: Iterable[Fact] = (),
) -> Written:
    """A brand for each name, a new one with its values; those that are in the catalogue gain evidence, and their values
    stay. `instead_of` are facts of the machine's that are rejected in the same change set. ValidationError
    where one can't be, with its name; then nothing is written."""
    told = gettext("、").join(one.name for one, _values in found)
    with _mark(user, gettext("在文中标出劳务品牌：%s") % told) as change_set:
        reject(user, instead_of)
        for one, values in found:
            row = _known_brand(one.same) if one.same else _new_brand(one.name, values)
            place.bear_out(row, one.start, one.end)
    count = len(found)
    words = ngettext("已标出 %(count)d 个劳务品牌：%(names)s", "已标出 %(count)d 个劳务品牌：%(names)s", count)
    return Written(change_set, words % {"count": count, "names": told})


def mark_fact(
    user: User, place: MarkedPlace, fact: Program | Statistic, fields: Iterable[str], *, instead_of: Iterable[Fact] = ()
) -> Written:
    """A program or number whose `fields` were filled in; where the catalogue has the same one, that gains evidence."""
    kind = type(fact)._meta.verbose_name
    with _mark(user, gettext("在文中标出%(kind)s：%(name)s") % {"kind": kind, "name": fact}) as change_set:
        reject(user, instead_of)
        row = _same(fact)
        if row is None:
            own = {field.name for field in fact._meta.concrete_fields}
            fact.set_by_hand(own & {*fields}, confirms=not settings.FOUR_EYES)
            _check(fact)
            fact.save()
            row = fact
        place.bear_out(row, place.start, place.end)
    return Written(change_set, gettext("已标出%(kind)s：%(name)s") % {"kind": kind, "name": row})


def mark_alias(user: User, place: MarkedPlace, brand: Brand, name: str, *, instead_of: Iterable[Fact] = ()) -> Written:
    """Another name of the brand; the words bear the brand out."""
    note = {"name": name, "brand": brand.name}
    with _mark(user, gettext("在文中标出别名：%(name)s，即%(brand)s") % note) as change_set:
        reject(user, instead_of)
        brand.also_called(name)
        place.bear_out(brand, place.start, place.end)
    return Written(change_set, gettext("已把“%(name)s”记为“%(brand)s”的别名") % note)


def mark_nothing(user: User, facts: Sequence[Fact]) -> Written:
    """The words are none of these facts."""
    told = gettext("、").join(map(str, facts))
    with _mark(user, gettext("在文中判为不收：%s") % told) as change_set:
        reject(user, facts)
    return Written(change_set, gettext("已否决：%s") % told)


def reject(user: User, facts: Iterable[Fact]) -> None:
    """Reject facts, within the present change set. ValidationError for one that somebody else has to decide on."""
    for fact in facts:
        if not may_review(user, fact):
            raise ValidationError(gettext("“%s”是自己改过的，须由他人审核。") % fact)
        row = type(fact)._base_manager.select_for_update().get(pk=fact.pk)
        row.review = ReviewState.REJECTED
        row.save(update_fields=["review", "updated_at"])


@contextmanager
def _mark(user: User, note: str) -> Iterator[ChangeSet]:
    """One transaction and change set, at whose end what follows is worked out."""
    with transaction.atomic():
        change_set = open_change_set(ChangeSetKind.EDIT, author=user, note=note)
        with within(change_set), gathered():
            yield change_set


def _new_brand(name: str, values: Mapping[str, Any]) -> Brand:
    said = {field: value for field, value in values.items() if value not in (None, "")}
    row = Brand(name=name, **said)
    row.set_by_hand({"name", *said}, confirms=not settings.FOUR_EYES)
    _check(row)
    row.save()
    return row


def _known_brand(pk: int) -> Brand:
    """A brand of the catalogue that somebody has found in the text: who rejected it is overruled."""
    row = Brand._base_manager.select_for_update().get(pk=pk)
    if row.review == ReviewState.REJECTED:
        _affirm(row)
    return row


def _affirm(row: Fact) -> None:
    """Confirm a fact by the person's word, or let it wait for somebody else's."""
    row.review = ReviewState.PROPOSED if settings.FOUR_EYES else ReviewState.CONFIRMED
    row.save(update_fields=["review", "updated_at"])


def _same(fact: Program | Statistic) -> Program | Statistic | None:
    """The row of the catalogue that says the same, rejected or not; then it counts as confirmed."""
    fact.prepare()
    if isinstance(fact, Statistic):
        subject = next(name for name in SUBJECTS if getattr(fact, f"{name}_id") is not None)
        of = {f"{subject}_id": getattr(fact, f"{subject}_id"), "metric": fact.metric, "value": fact.value}
        numbers = Statistic.objects.select_for_update().filter(**of).order_by("pk")
        same = [one for one in numbers if same_fact(one, fact)]
        row: Program | Statistic | None = min(same, key=lambda one: one.fact_key != fact.fact_key, default=None)
    else:
        programs = Program.objects.select_for_update().filter(name_key=fact.name_key, place=fact.place_id)
        row = programs.first()
    if row is not None and row.review != ReviewState.CONFIRMED:
        _affirm(row)
    return row


def _check(row: Fact) -> None:
    """ValidationError with the name of a row that the catalogue can't take."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise ValidationError(gettext("%(name)s：%(why)s") % {"name": row, "why": " ".join(error.messages)}) from None
