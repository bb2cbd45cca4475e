"""Answers that a browser sends while its reviewer goes on: several at a time, each kept there until it is known to have
arrived. One that comes again, since the network failed before it was told so, counts once."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext, ngettext

from brands.listing.sync import gathered
from brands.models import Article
from curation.models import Decision, Verdict
from curation.models.review import MAX_ANSWER
from curation.review.decisions import Key, RefusedError, Seat, decide, undo_last
from curation.review.items import AT_ONCE

# Answers that one request carries.
MOST = 50

# Characters of them.
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """What one key said: ``yes`` or ``no`` to some facts that were shown at the moment `seen`, or ``undo`` with the
    name of the answer that is taken back as `of`. `name` is the browser's own, which it gives no other."""

    name: str
    says: str
    keys: tuple[str, ...] = ()
    seen: str = ""
    of: str = ""


@dataclass(slots=True)
class Outcome:
    """What became of an answer: written down, or refused; `told` says so in words."""

    answer: SentAnswer
    taken: bool
    told: str
    decisions: list[Decision] = field(default_factory=list)


def parse(text: str) -> list[SentAnswer]:
    """The answers of a request, in order; RefusedError for what is none."""
    try:
        rows = json.loads(text) if len(text) <= LONGEST else None
        if not isinstance(rows, list) or not 0 < len(rows) <= MOST:
            raise ValueError
        return [_parsed(row) for row in rows]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise RefusedError(gettext("这个请求看不懂，请再试一次。")) from None


def _parsed(row: dict[str, object]) -> SentAnswer:
    keys = row.get("keys", [])
    if not isinstance(keys, list) or len(keys) > AT_ONCE:
        raise ValueError
    name, says, seen, of = (str(row.get(part, "")) for part in ("name", "says", "seen", "of"))
    if says not in {"yes", "no", "undo"} or not 0 < len(name) <= MAX_ANSWER or len(of) > MAX_ANSWER:
        raise ValueError
    return SentAnswer(name, says, tuple(map(str, keys)), seen, of)


def take(user: User, article: Article, answers: Iterable[SentAnswer]) -> list[Outcome]:
    """Write the answers down, one after the other; each is a step of its own, and one that is refused stops none."""
    answers = list(answers)
    with gathered():
        taking = _Taking(Seat(user), article, _come_before(user, answers))
        return [_outcome(taking, answer) for answer in answers]


def refuse(answers: Iterable[SentAnswer], why: str) -> Iterator[Outcome]:
    """None of them is written down."""
    return (Outcome(answer, False, why) for answer in answers)


def told(decisions: list[Decision]) -> str:
    """确认：吕梁山护工, or how many where there were several."""
    verdict, count = Verdict(decisions[0].verdict).label, len(decisions)
    if count == 1:
        return gettext("%(verdict)s：%(name)s") % {"verdict": verdict, "name": decisions[0].label}
    return ngettext("%(verdict)s %(count)d 条", "%(verdict)s %(count)d 条", count) % {
        "verdict": verdict,
        "count": count,
    }


def told_undone(decisions: list[Decision], kept: int, article: Article) -> str:
    """What was taken back, and where, if that was in another article of the sitting."""
    words = gettext("已撤销：%s") % told(decisions)
    words += gettext("（%d 处此后另有修改，未动）") % kept if kept else ""
    there = decisions[0].article
    return words + (gettext("（在《%s》）") % there.title if there is not None and there != article else "")


@dataclass(frozen=True, slots=True)
class _Taking:
    """The answers of one request: whose, on what, and the names of those that came before."""

    seat: Seat
    article: Article
    known: set[str]


def _come_before(user: User, answers: Iterable[SentAnswer]) -> set[str]:
    """The names of those answers that have come before."""
    names = [answer.name for answer in answers if answer.says != "undo"]
    rows = Decision.objects.filter(answer__in=names, sitting__user=user).order_by()
    return set(rows.values_list("answer", flat=True)) if names else set()


def _outcome(taking: _Taking, answer: SentAnswer) -> Outcome:
    try:
        with transaction.atomic():
            return _undone(taking, answer) if answer.says == "undo" else _decided(taking, answer)
    except RefusedError as error:
        return Outcome(answer, False, str(error))


def _decided(taking: _Taking, answer: SentAnswer) -> Outcome:
    decisions = _earlier(taking.seat.user, answer.name) if answer.name in taking.known else []
    if not decisions:
        keys = [Key.parse(key) for key in answer.keys]
        yes = answer.says == "yes"
        decisions = decide(taking.seat, taking.article, keys, yes=yes, seen=answer.seen, answer=answer.name)
        taking.known.add(answer.name)
    return Outcome(answer, True, told(decisions), decisions)


def _undone(taking: _Taking, answer: SentAnswer) -> Outcome:
    decisions, kept = _earlier(taking.seat.user, answer.of), 0
    if not decisions:
        raise RefusedError(gettext("没有可撤销的结论。"))
    if not decisions[0].undone:
        taking.seat.forget()
        decisions, rows = undo_last(taking.seat.user, answer=answer.of)
        kept = len(rows)
    return Outcome(answer, True, told_undone(decisions, kept, taking.article), decisions)


def _earlier(user: User, name: str) -> list[Decision]:
    """The decisions that an answer of this name made when it came before."""
    rows = Decision.objects.filter(answer=name, sitting__user=user).select_related("article")
    return list(rows.order_by("pk")) if name else []
