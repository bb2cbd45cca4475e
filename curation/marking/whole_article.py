"""Rejecting all of an article: it is not about labour brands, and what was taken from it alone is no fact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from brands.audit.change_sets import within
from brands.audit.four_eyes import may_review
from brands.listing.sync import gathered
from brands.models import Article, Evidence
from brands.proposals import Fact
from brands.vocabulary.choices import ReviewState
from curation.article_correction import REASONS
from curation.models import Decision
from curation.review.decisions import MODELS, RefusedError, ReviewStep, Seat
from curation.review.waiting import refresh


@dataclass(frozen=True, slots=True)
class WholeArticle:
    """What rejecting an article does: `alone` are the proposed facts that nothing else bears out, which are rejected;
    `others` are facts that somebody confirmed or that other articles bear out: they stay as they are."""

    alone: Sequence[Fact]
    others: Sequence[Fact]


def whole_article(article: Article) -> WholeArticle:
    """What the article bears out, numbers first: they go with what they speak of."""
    alone: list[Fact] = []
    others: list[Fact] = []
    for kind in ("statistic", "brand", "program"):
        for row in _borne_out(kind, article):
            is_alone = row.review == ReviewState.PROPOSED and not row.is_elsewhere
            (alone if is_alone else others).append(row)
    return WholeArticle(alone, others)


def _borne_out(kind: str, article: Article) -> Iterable[Any]:
    """The facts of a kind that the article bears out, each with whether another one does (`is_elsewhere`)."""
    own = Evidence.objects.filter(article=article, field="", **{f"{kind}__isnull": False}).values(kind)
    elsewhere = Evidence.objects.filter(field="", **{kind: OuterRef("pk")}).exclude(article=article)
    rows: Any = MODELS[kind]._default_manager.filter(pk__in=own).exclude(review=ReviewState.REJECTED)
    if kind == "statistic":
        rows = rows.select_related("brand", "program", "region")
    return rows.annotate(is_elsewhere=Exists(elsewhere)).order_by("pk")  # type: ignore[no-any-return]


def reject_article(user: User, article: Article) -> list[Decision]:
    """Reject what the article alone bears out, and note by hand that it is not about labour brands: one step of the
    user's sitting. RefusedError where the user may not decide on one of the facts; then nothing is written."""
    with transaction.atomic():
        step = ReviewStep.begin(Seat(user), article)
        with within(step.sitting.change_set), gathered():
            for fact in whole_article(article).alone:
                if not may_review(user, fact):
                    raise RefusedError(gettext("“%s”是自己改过的，须由他人审核。") % fact)
                step.judge(fact, yes=False)
            article.correct(relevant=False, reason=REASONS[False])
        decisions = step.end()
    refresh([article.pk])
    return decisions
