"""Verdicts: yes, no, another value, and back again. Each keystroke is one step of a sitting, written down whole or not
at all, and the last step can be taken back alone."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from brands.audit.change_sets import within
from brands.audit.four_eyes import brought_in, may_review
from brands.audit.undo import KeptRow, undo_changes
from brands.listing.sync import gathered
from brands.models import Article, Brand, Change, Evidence, Program, Proposal, Region, Statistic
from brands.models.statistic import SUBJECTS
from brands.proposals import DecidedError, Fact, accept, decline, kind_of
from brands.sql import Row, prepared, prepared_for_one
from brands.vocabulary.choices import ProposalState, ReviewState
from curation.models import Decision, ReviewSession, Verdict
from curation.models.review import MAX_LABEL
from curation.review.forms import form_for
from curation.review.items import AT_ONCE
from curation.review.other_reports import about, named
from curation.review.reports import is_reported
from curation.review.sessions import current, sit_down
from curation.review.waiting import refresh

MODELS: dict[str, type[Fact]] = {"brand": Brand, "program": Program, "statistic": Statistic}


class RefusedError(Exception):
    """A verdict that is not taken, and why, in the reader's words."""


@dataclass(frozen=True, slots=True)
class Key:
    """What addresses call a thing to decide: ``brand-12``, ``program-3``, ``statistic-7`` or ``proposal-5``."""

    kind: str
    pk: int

    @classmethod
    def parse(cls, text: str) -> "Key":
        """RefusedError for what is no key."""
        kind, _dash, number = text.partition("-")
        if kind not in {*MODELS, "proposal"} or not number.isascii() or not number.isdigit() or len(number) > 18:
            raise RefusedError(gettext("没有这一条：%s") % text[:40])
        return cls(kind, int(number))


def _of(kind: str) -> tuple[Callable[[Collection[object]], list[Row]], Callable[[Collection[object]], list[Row]]]:
    """The rules by which evidence bears out a fact of the kind, the surest first, and the open proposals for it."""

    @prepared
    def best_first(keys: object) -> object:
        pieces = Evidence.objects.filter(field="", **{f"{kind}__in": keys})
        return pieces.order_by("-confidence", "pk").values_list("rule")

    @prepared
    def open_proposals(keys: object) -> object:
        return Proposal.objects.filter(**{f"{kind}__in": keys}, state=ProposalState.OPEN).order_by().values_list("pk")

    return best_first, open_proposals


BEST_FIRST = {kind: _of(kind)[0] for kind in MODELS}
OPEN_PROPOSALS = {kind: _of(kind)[1] for kind in MODELS}


def moment(when: datetime) -> str:
    """A time as a form carries it."""
    return str(int(when.timestamp() * 1_000_000))


@dataclass(slots=True)
class Seat:
    """Somebody who decides, and what is known of their sitting from one step to the next in the same transaction: its
    last `step`, and the number of the last change `until` which it goes."""

    user: User
    sitting: ReviewSession | None = None
    step: int = 0
    until: int = 0

    def take(self) -> ReviewSession:
        """The sitting, locked until the transaction ends."""
        if self.sitting is not None:
            return self.sitting
        sitting = sit_down(self.user)
        self.step = next((step for (step,) in _last_steps(sitting.pk)), 0)
        self.until = _last_change(sitting)
        return sitting

    def keep(self, sitting: ReviewSession, until: int) -> None:
        """A step was written down. Not before: what is refused takes a sitting that it opened with it."""
        self.sitting, self.step, self.until = sitting, self.step + 1, until

    def forget(self) -> None:
        """The sitting was changed by another way."""
        self.sitting = None


def decide(
    who: User | Seat, article: Article, keys: Iterable[Key], *, yes: bool, seen: str, answer: str = ""
) -> list[Decision]:
    """Confirm or reject facts, accept or decline proposals, as one step, no more than a page shows; who takes several
    steps in one transaction gives their seat. `answer` is what the browser calls the step, see
    :mod:`curation.review.answers`.

    RefusedError where one of them has a verdict by now, was changed after `seen` (see :func:`moment`), or is the user's
    own work, and for several together also of a page that the user handed in: then nothing is written.
    """
    wanted = list(dict.fromkeys(keys))
    if not wanted or len(wanted) > AT_ONCE:
        raise RefusedError(
            gettext("一次可审 1 至 %(most)d 条，这次是 %(count)d 条。") % {"most": AT_ONCE, "count": len(wanted)}
        )
    with transaction.atomic():
        seat = who if isinstance(who, Seat) else Seat(who)
        step = ReviewStep.begin(seat, article, answer)
        with within(step.sitting.change_set), gathered():
            for key in wanted:
                if yes and len(wanted) > 1:
                    _refuse_own_page(key, seat.user)
                if key.kind == "proposal":
                    step.judge_proposal(key.pk, yes=yes)
                else:
                    fact = _waiting(key, seat.user, seen)
                    if yes:
                        _refuse_disputed(fact)
                    step.judge(fact, yes=yes)
        return step.end()


def change(user: User, article: Article, key: Key, data: Any, *, answer: str = "") -> forms.ModelForm[Any]:
    """Write what a person filled into the form of a proposed fact: what differs is set by hand, and the fact is
    confirmed, also where nothing does; with FOUR_EYES, one whose words are changed waits for somebody else. The form
    comes back, with errors where nothing was written: it knows the version it was opened on, and tells field by field
    what others wrote since."""
    with transaction.atomic():
        step = ReviewStep.begin(Seat(user), article, answer)
        fact = _locked(key, user)
        form = form_for(key.kind, fact, data)
        if not form.is_valid():
            transaction.set_rollback(True)
            return form
        fact.set_by_hand(form.changed_data)
        fact.review = ReviewState.PROPOSED if settings.FOUR_EYES and form.changed_data else ReviewState.CONFIRMED
        if isinstance(fact, Brand):
            fact.inferred = [name for name in fact.inferred if name not in form.changed_data]
        with within(step.sitting.change_set):
            form.save()
        step.note(fact, Verdict.CHANGED if form.changed_data else Verdict.CONFIRMED)
        step.end()
    return form


def reassign(user: User, article: Article, key: Key, subject: Brand | Program | Region, *, seen: str) -> Statistic:
    """Say that a proposed number speaks of somebody else, which confirms it as any change does. RefusedError as with a
    verdict, and where that subject has the very number already."""
    with transaction.atomic():
        step = ReviewStep.begin(Seat(user), article)
        fact = _waiting(key, user, seen)
        if not isinstance(fact, Statistic):
            raise RefusedError(gettext("只有数据才有主体可换。"))
        kind, before = type(subject).__name__.lower(), fact.subject
        if subject == before:
            raise RefusedError(gettext("本来就是“%s”的数据。") % subject)
        for name in SUBJECTS:
            setattr(fact, name, subject if name == kind else None)
        if fact.whole is not None and fact.whole.subject != subject:
            fact.whole = None
        fact.set_by_hand(SUBJECTS)
        fact.review = ReviewState.PROPOSED if settings.FOUR_EYES else ReviewState.CONFIRMED
        try:
            fact.validate_constraints()
        except ValidationError:
            told = gettext("“%s”已有同一数据：否决这一条就行。") % subject
            raise RefusedError(told) from None
        with within(step.sitting.change_set):
            fact.save()
        step.note(fact, Verdict.CHANGED)
        step.end()
    return fact


def undo_last(user: User, *, answer: str = "") -> tuple[list[Decision], list[KeptRow]]:
    """Take back the last step of the user's sitting: its decisions, and what had been changed by others since and stays
    as it is. RefusedError where there is none, or where it is not the step that was named `answer`."""
    with transaction.atomic():
        sitting = current(user)
        steps = sitting.decisions.filter(undone=False) if sitting else Decision.objects.none()
        last = steps.aggregate(last=Max("step"))["last"]
        if sitting is None or last is None:
            raise RefusedError(gettext("这一场里没有可撤销的结论。"))
        decisions = list(steps.filter(step=last).select_related("article"))
        first = decisions[0]
        if answer and first.answer != answer:
            raise RefusedError(gettext("这之后还有别的结论，请先撤销后面的。"))
        changes = list(sitting.change_set.changes.filter(pk__gt=first.before, pk__lte=first.until).order_by("pk"))
        done = undo_changes(changes, sitting.change_set)
        steps.filter(step=last).update(undone=True)
        refresh(one.article_id for one in decisions if one.article_id is not None)
    return decisions, done.kept


@dataclass(slots=True)
class ReviewStep:
    """One keystroke: the decisions that are made in it, written down when it ends."""

    seat: Seat
    sitting: ReviewSession
    article: Article
    before: int
    answer: str = ""
    decisions: list[Decision] = field(default_factory=list)

    @classmethod
    def begin(cls, seat: Seat, article: Article, answer: str = "") -> "ReviewStep":
        sitting = seat.take()
        return cls(seat, sitting, article, seat.until, answer)

    def judge(self, fact: Fact, *, yes: bool) -> None:
        fact.review = ReviewState.CONFIRMED if yes else ReviewState.REJECTED
        fact.save(update_fields=["review", "updated_at"])
        self.note(fact, Verdict.CONFIRMED if yes else Verdict.REJECTED)

    def judge_proposal(self, pk: int, *, yes: bool) -> None:
        proposal = Proposal.objects.filter(pk=pk).first()
        if proposal is None or proposal.state != ProposalState.OPEN:
            raise RefusedError(gettext("这条建议已有结论。"))
        if not may_review(self.seat.user, proposal):
            raise RefusedError(gettext("自己提出的建议须由他人审核。"))
        try:
            fact = accept(proposal, by=self.seat.user) if yes else _declined(proposal, self.seat.user)
        except DecidedError:
            raise RefusedError(gettext("这条建议已有结论。")) from None
        except ValidationError as error:
            raise RefusedError(gettext("建议值无法采纳：%s") % " ".join(error.messages)) from None
        self.note(fact, Verdict.ACCEPTED if yes else Verdict.DECLINED, proposal)

    def note(self, fact: Fact, verdict: Verdict, proposal: Proposal | None = None) -> None:
        """Write down with the decision what the machine had made of it."""
        found = BEST_FIRST[kind_of(fact)]([fact.pk])
        self.decisions.append(
            Decision(
                sitting=self.sitting,
                article=self.article,
                kind=kind_of(fact),
                fact=fact.pk,
                label=named(fact)[:MAX_LABEL],
                field=proposal.field if proposal else "",
                metric=fact.metric if isinstance(fact, Statistic) else "",
                rule=proposal.rule if proposal else found[0][0] if found else "",
                confidence=proposal.confidence if proposal else fact.confidence,
                verdict=verdict,
            )
        )

    def end(self) -> list[Decision]:
        self.seat.keep(self.sitting, _last_change(self.sitting))
        for one in self.decisions:
            one.step, one.before, one.until, one.answer = self.seat.step, self.before, self.seat.until, self.answer
        return Decision.objects.bulk_create(self.decisions)


@prepared_for_one
def _last_changes(change_set: Any) -> Any:
    return Change.objects.filter(change_set=change_set).order_by("-pk").values_list("pk")[:1]


@prepared_for_one
def _last_steps(sitting: Any) -> Any:
    return Decision.objects.filter(sitting=sitting).order_by("-step").values_list("step")[:1]


def _last_change(sitting: ReviewSession) -> int:
    return next((pk for (pk,) in _last_changes(sitting.change_set_id)), 0)


def _refuse_disputed(fact: Fact) -> None:
    """RefusedError for a fact of which a reader or a proposal says something else: that is settled first."""
    if is_reported(fact) or OPEN_PROPOSALS[kind_of(fact)]([fact.pk]):
        raise RefusedError(gettext("“%s”有读者纠错或修改建议待定，请先处理。") % named(fact))


def _refuse_own_page(key: Key, user: User) -> None:
    """RefusedError for a fact of a page that the user handed in, which is to be looked at by itself."""
    if key.kind in MODELS and brought_in(user, MODELS[key.kind], [key.pk]):
        raise RefusedError(gettext("自己导入的内容不能一并确认，请逐条审核，或由他人审核。"))


def _declined(proposal: Proposal, user: User) -> Fact:
    decline(proposal, by=user)
    return about(proposal)


def _waiting(key: Key, user: User, seen: str) -> Fact:
    """The proposed fact, if it is what the user saw."""
    fact = _locked(key, user)
    if not seen.isascii() or not seen.isdigit() or len(seen) > 16 or fact.updated_at > _time(seen):
        raise RefusedError(gettext("“%s”刚有改动，请再看一眼。") % named(fact))
    return fact


def _time(seen: str) -> datetime:
    return datetime.fromtimestamp(int(seen) / 1_000_000, UTC)


def _locked(key: Key, user: User) -> Fact:
    """The fact, locked until the transaction ends. RefusedError where it doesn't wait, or not for this user."""
    model = MODELS.get(key.kind)  # none for a proposal, which is accepted or declined as it is
    found: Fact | None = model._base_manager.select_for_update().filter(pk=key.pk).first() if model else None
    if found is None:
        raise RefusedError(gettext("这一条已不在库中。"))
    if found.review != ReviewState.PROPOSED:
        raise RefusedError(gettext("“%s”已有结论。") % named(found))
    if not may_review(user, found):
        raise RefusedError(gettext("“%s”是自己改过的，须由他人审核。") % named(found))
    return found
