"""A brand that was joined wrongly becomes two; taking the change set back makes one of it again
(:mod:`brands.audit.undo`).

The one that was there stays, with its number and address; the other is new. What hangs on the one is dealt out between
both by a person, and each keeps words that bear it out.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from brands.audit.change_sets import open_change_set, within
from brands.audit.undo import MOST_CHANGES
from brands.listing import sync
from brands.models import Brand, ChangeSet, Evidence, Proposal, Redirect, Statistic
from brands.vocabulary.choices import ChangeSetKind, Departure, ProposalState

# The fields of both that a person has decided on with the split.
TOLD_APART = ("name", "region")


class SplitError(Exception):
    """The brand can't be split so; the words say why."""


@dataclass(frozen=True, slots=True)
class Dealt:
    """What goes to the new brand, by the keys of the rows: pieces of evidence of the brand itself, numbers, details and
    other names. What is not named stays."""

    evidence: Collection[int] = ()
    statistics: Collection[int] = ()
    details: Collection[int] = ()
    aliases: Collection[int] = ()


def split(pk: int, values: Mapping[str, Any], dealt: Dealt, *, author: User, why: str) -> tuple[ChangeSet, Brand]:
    """Split the brand, as a change set of its own: the change set, and the new brand, which has these `values`.
    SplitError where that can't be; then nothing is written."""
    with transaction.atomic():
        change_set = open_change_set(ChangeSetKind.EDIT, author=author, note=why)
        with within(change_set), sync.gathered():
            kept = Brand.objects.select_for_update().filter(pk=pk).first()
            if kept is None:
                raise SplitError(gettext("这个品牌已不存在，可能已被合并。"))
            made = _split(kept, values, dealt, author)
        if change_set.changes.count() > MOST_CHANGES:
            raise SplitError(gettext("牵涉的内容超过 %d 条，拆分后无法再撤销。") % MOST_CHANGES)
    return change_set, made


def _split(kept: Brand, values: Mapping[str, Any], dealt: Dealt, author: User) -> Brand:
    own = Evidence.objects.filter(brand=kept, field="")
    going = own.filter(pk__in=dealt.evidence)
    if not going.exists() or not own.exclude(pk__in=dealt.evidence).exists():
        raise SplitError(gettext("两边都要至少有一处出处：没有出处的品牌不公开。"))
    _note_all(kept)
    made = _made(kept, values)
    leaving = set(going.values_list("article_id", flat=True))
    going.update(brand=made)
    leaving -= set(own.values_list("article_id", flat=True))
    _deal_details(kept, made, dealt)
    _deal_fields(kept, made, leaving)
    _deal_numbers(kept, made, dealt)
    kept.aliases.filter(pk__in=dealt.aliases).exclude(name_key=made.name_key).update(brand=made)
    kept.aliases.filter(pk__in=dealt.aliases).delete()
    _deal_programs(kept, made)
    _settle_proposals(kept, made, author)
    _readdress(kept, made)
    _mark_as_told(kept)
    sync.refresh(brands=[kept.pk, made.pk])
    return made


def _note_all(kept: Brand) -> None:
    """All that follows from the brand, and from the articles that tell of it, is worked out when all is done."""
    told = Q(brand=kept) | Q(statistic__brand=kept)
    articles = list(Evidence.objects.filter(told).order_by().values_list("article_id", flat=True).distinct())
    numbers = list(Statistic.objects.filter(brand=kept).values_list("pk", flat=True))
    sync.refresh(brands=[kept.pk], articles=articles, statistics=numbers)


def _made(kept: Brand, values: Mapping[str, Any]) -> Brand:
    made = Brand(**values, confidence=kept.confidence, review=kept.review)
    made.inferred = [name for name in kept.inferred if getattr(made, name, None) == getattr(kept, name, None)]
    made.inferred = [name for name in made.inferred if name not in TOLD_APART]
    changed = {name for name, value in values.items() if getattr(kept, name) != value}
    made.set_by_hand({*TOLD_APART, *changed}, confirms=not settings.FOUR_EYES)
    try:
        made.full_clean()
    except ValidationError as error:
        raise SplitError(" ".join(error.messages)) from error
    made.save()
    return made


def _mark_as_told(kept: Brand) -> None:
    """No run makes one of the two again: that this is its name and place, a person has said. Nothing else is
    confirmed."""
    kept.inferred = [name for name in kept.inferred if name not in TOLD_APART]
    kept.hand_set = sorted({*kept.hand_set, *TOLD_APART})
    kept.save()


def _deal_details(kept: Brand, made: Brand, dealt: Dealt) -> None:
    kept.details.filter(pk__in=dealt.details).update(brand=made)
    Evidence.objects.filter(detail__in=made.details.values("pk")).update(brand=made)


def _deal_fields(kept: Brand, made: Brand, leaving: Collection[int]) -> None:
    """Words that state a field go with the article, where nothing in it speaks of the other brand any more."""
    stated = Evidence.objects.filter(brand=kept, detail=None, article__in=leaving).exclude(field="")
    stated.update(brand=made)


def _deal_numbers(kept: Brand, made: Brand, dealt: Dealt) -> None:
    kept.statistics.filter(pk__in=dealt.statistics).update(brand=made, updated_at=timezone.now())
    torn = Q(brand=made, whole__brand=kept) | Q(brand=kept, whole__brand=made)
    Statistic.objects.filter(torn).update(whole=None)
    sync.refresh(statistics=list(dealt.statistics))


def _deal_programs(kept: Brand, made: Brand) -> None:
    """A program concerns those of the two of which its articles speak; the one that it concerned, where none does."""
    articles: defaultdict[int, set[int]] = defaultdict(set)
    told = Evidence.objects.filter(program__in=kept.programs.all(), field="")
    for program, article in told.values_list("program", "article"):
        articles[program or 0].add(article)
    of_made, of_kept = (set(brand.evidence.values_list("article", flat=True)) for brand in (made, kept))
    concerned = [program for program, of in articles.items() if of & of_made]
    made.programs.add(*concerned)
    kept.programs.remove(*(program for program in concerned if not articles[program] & of_kept))


def _settle_proposals(kept: Brand, made: Brand, author: User) -> None:
    """What was proposed for the one and is true of the other is answered."""
    waiting = Proposal.objects.filter(brand=kept, state=ProposalState.OPEN)
    for proposal in waiting.filter(field__in=TOLD_APART):
        if proposal.value in {made.name, made.region_id}:
            proposal.state, proposal.decided_by, proposal.decided_at = ProposalState.DECLINED, author, timezone.now()
            proposal.save()


def _readdress(kept: Brand, made: Brand) -> None:
    """The address of a brand that was merged into this one leads to the new one, where it was that brand."""
    gone = Redirect.objects.filter(heir=kept.pk, reason=Departure.MERGED, name_key=made.name_key)
    gone.filter(region__in=[made.region_id or "", ""]).update(heir=made.pk)
