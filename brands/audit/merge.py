"""Two records of the same thing become one; taking the change set back makes two of it again
(:mod:`brands.audit.undo`).

One stays, with its number and address; the other goes, and its address leads to the one that stays. All that hangs on
the one that goes is handed over. Which values stand, a person says field by field.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeAlias

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from brands.audit.change_sets import open_change_set, within
from brands.audit.redirects import hand_on, leave
from brands.audit.undo import MOST_CHANGES
from brands.listing import sync
from brands.models import Brand, BrandAlias, ChangeSet, Correction, Evidence, Program, Proposal, Statistic
from brands.proposals import FIELDS, PRECISIONS, UNKNOWN, Value, kind_of, value_key, value_of
from brands.vocabulary.choices import ChangeSetKind, Departure, ProposalState, ReviewState
from brands.vocabulary.names import name_key

Record: TypeAlias = Brand | Program
Aliases: TypeAlias = Literal["both", "kept", "gone"]

# Of two verdicts on the same number, the first of these stands: it may have been rejected only for standing on a
# double, and what somebody has looked at counts for more than what nobody has.
VERDICTS = (ReviewState.CONFIRMED, ReviewState.REJECTED, ReviewState.PROPOSED)


class MergeError(Exception):
    """The two cannot be merged; the words say why."""


@dataclass(frozen=True, slots=True)
class MergeChoice:
    """Which values stand: of the fields in `taken` those of the record that goes, of all others those of the one that
    stays; and whose other names."""

    taken: Collection[str] = ()
    aliases: Aliases = "both"


def differing(kept: Record, gone: Record) -> tuple[str, ...]:
    """The fields whose values differ: those that a person chooses."""
    return tuple(field for field in FIELDS[kind_of(kept)] if value_of(kept, field) != value_of(gone, field))


def advised(kept: Record, gone: Record) -> frozenset[str]:
    """The fields of which the record that goes has the better value: a person set it, or the other doesn't know it, or
    only inferred it."""
    return frozenset(field for field in differing(kept, gone) if _worth(gone, field) > _worth(kept, field))


def _worth(record: Record, field: str) -> int:
    """How much a field's value counts; one that a person left empty counts as much as one that he filled."""
    if field in record.hand_set:
        return 3
    if value_of(record, field) in UNKNOWN:
        return 0
    return 1 if field in getattr(record, "inferred", ()) else 2


def merge(
    model: type[Record], kept: int, gone: int, choice: MergeChoice, *, author: User | None, why: str
) -> ChangeSet:
    """Merge the rows of these numbers, as a change set of its own. MergeError where that cannot be; then nothing is
    written."""
    with transaction.atomic():
        change_set = open_change_set(ChangeSetKind.MERGE, author=author, note=why)
        with within(change_set):
            combine(*pair(model, kept, gone), choice, author=author)
        if change_set.changes.count() > MOST_CHANGES:
            raise MergeError(gettext("牵涉的内容超过 %d 条，合并后无法再拆开。") % MOST_CHANGES)
    return change_set


def pair(model: type[Record], kept: int, gone: int) -> tuple[Record, Record]:
    """Both rows, locked until the transaction ends. MergeError where one is no more, or where it is one row twice."""
    if kept == gone:
        raise MergeError(gettext("不能与自身合并。"))
    rows = {row.pk: row for row in model._default_manager.filter(pk__in=(kept, gone)).select_for_update()}
    if len(rows) < 2:
        raise MergeError(gettext("其中一条已不存在，可能已被合并。"))
    return rows[kept], rows[gone]


def combine(kept: Record, gone: Record, choice: MergeChoice, *, author: User | None) -> None:
    """Hand all of one record over to the other and delete it, within the present change set. MergeError where a third
    record has the name and place that were chosen."""
    open_to_choice = differing(kept, gone)
    with sync.gathered():
        _note_all(kept, gone)
        _put_aside(kept, gone, open_to_choice, choice, author)
        _join_statistics(kept, gone)
        _hand_over(kept, gone)
        former = (kept.name, gone.name)
        _settle(kept, gone, open_to_choice, choice)
        if isinstance(kept, Brand) and isinstance(gone, Brand):
            _hand_over_names(kept, gone, former, choice.aliases)
            _hand_over_details(kept, gone)
            _hand_over_members(kept, gone)
            leave([gone], Departure.MERGED, heir=kept)
        elif isinstance(kept, Program) and isinstance(gone, Program):
            hand_on(gone, kept)
        gone.delete()
        _save(kept)


# Which values stand


def _settle(kept: Record, gone: Record, open_to_choice: Collection[str], choice: MergeChoice) -> None:
    """Give the record that stays its values. Fields that differed were put before a person, and count as set by him;
    of the rest, both sides' marks hold on."""
    if isinstance(kept, Brand) and isinstance(gone, Brand):
        kept.inferred = [name for name in kept.inferred if name in gone.inferred and name not in open_to_choice]
    for field in set(open_to_choice) & set(choice.taken):
        for name in filter(None, (field, PRECISIONS.get(field))):
            attribute = kept._meta.get_field(name).attname  # type: ignore[union-attr]
            setattr(kept, attribute, getattr(gone, attribute))
    kept.review = _verdict({ReviewState(kept.review), ReviewState(gone.review)})
    kept.confidence = max(kept.confidence, gone.confidence)
    names = ("aliases",) if isinstance(kept, Brand) else ()
    kept.hand_set = sorted({*kept.hand_set, *gone.hand_set, *open_to_choice, *names})


def _verdict(verdicts: set[ReviewState]) -> ReviewState:
    """Who merges has looked at both, so the one is confirmed, unless somebody else has to confirm it; of two that were
    rejected nothing comes back."""
    if verdicts == {ReviewState.REJECTED}:
        return ReviewState.REJECTED
    confirmed = not settings.FOUR_EYES or ReviewState.CONFIRMED in verdicts
    return ReviewState.CONFIRMED if confirmed else ReviewState.PROPOSED


def _save(kept: Record) -> None:
    try:
        kept.prepare()
        kept.validate_constraints()
    except ValidationError as error:
        raise MergeError(" ".join(error.messages)) from error
    kept.save()


def _put_aside(
    kept: Record, gone: Record, open_to_choice: Collection[str], choice: MergeChoice, author: User | None
) -> None:
    """The value of a field that was not chosen becomes a proposal that was declined, with the sentence that states it:
    it would bear out another value otherwise, and no run proposes it again."""
    kind = kind_of(kept)
    for field in open_to_choice:
        loser = kept if field in choice.taken else gone
        sources = Evidence.objects.filter(**{kind: loser}, field=field)
        value = value_of(loser, field)
        if value not in UNKNOWN and (kind, field) != ("brand", "name"):  # which becomes another name
            _decline(kept, field, value, sources.order_by("-confidence", "pk").first(), author)
        sources.delete()


def _decline(kept: Record, field: str, value: Value, source: Evidence | None, author: User | None) -> None:
    own = {kind_of(kept): kept, "field": field, "value_key": value_key(value)}
    proposal = Proposal.objects.filter(**own).first() or Proposal(**own, value=value)
    for name in SOURCE if source and proposal.article_id is None else ():
        setattr(proposal, name, getattr(source, name))
    proposal.state, proposal.decided_by, proposal.decided_at = ProposalState.DECLINED, author, timezone.now()
    proposal.save()


# What a proposal has from the sentence that states its value.
SOURCE = ("article_id", "start", "end", "context_start", "context_end", "rule", "version", "confidence")


# What hangs on the record


def _note_all(kept: Record, gone: Record) -> None:
    """All that follows from the two, and from the articles that tell of them, is worked out when all is done."""
    kind = kind_of(kept)
    told = Q(**{f"{kind}__in": (kept, gone)}) | Q(**{f"statistic__{kind}__in": (kept, gone)})
    articles = list(Evidence.objects.filter(told).order_by().values_list("article_id", flat=True).distinct())
    numbers = [kept.pk, gone.pk]
    if kind == "brand":
        sync.refresh(brands=numbers, articles=articles)
    else:
        links = Program.brands.through._default_manager.filter(program__in=numbers)
        sync.refresh(programs=numbers, articles=articles, brands=list(links.values_list("brand_id", flat=True)))


def _hand_over(kept: Record | Statistic, gone: Record | Statistic) -> None:
    """Evidence, proposals, links and reports of a fact."""
    kind = kind_of(kept)
    _move(Evidence, kind, kept, gone, same=("article_id", "start", "end", "field"))
    _hand_over_proposals(kind, kept, gone)
    for table, others in LINKS.get(kind, ()):
        _move(getattr(Program, table).through, kind, kept, gone, same=(others,))
    _readdress(f"{kind}:{gone.pk}", f"{kind}:{kept.pk}")


# Many-to-many tables in which a kind of record stands, and the column of what it is linked to.
LINKS = {"brand": (("brands", "program_id"),), "program": (("brands", "brand_id"), ("regions", "region_id"))}


def _move(
    model: type[models.Model], column: str, kept: models.Model, gone: models.Model, *, same: tuple[str, ...]
) -> None:
    """Rows of the one become rows of the other, but for those that are the `same` as one that it has: they go."""
    rows = model._default_manager
    there = set(rows.filter(**{column: kept}).order_by().values_list(*same))
    coming = rows.filter(**{column: gone}).order_by().values_list("pk", *same)
    rows.filter(pk__in=[pk for pk, *spot in coming if tuple(spot) in there]).delete()
    rows.filter(**{column: gone}).update(**{column: kept})


def _hand_over_proposals(kind: str, kept: models.Model, gone: models.Model) -> None:
    """Of the same value proposed for both, what somebody decided stands."""
    decided = Proposal.objects.filter(**{kind: gone}).exclude(state=ProposalState.OPEN)
    decided_on = set(decided.values_list("field", "value_key"))
    waiting = Proposal.objects.filter(**{kind: kept}, state=ProposalState.OPEN).values_list("pk", "field", "value_key")
    Proposal.objects.filter(pk__in=[pk for pk, *spot in waiting if tuple(spot) in decided_on]).delete()
    _move(Proposal, kind, kept, gone, same=("field", "value_key"))


def _readdress(old: str, new: str) -> None:
    """Readers' reports are about the record that stays."""
    for report in Correction.objects.filter(Q(about=old) | Q(about__startswith=f"{old}.")):
        Correction.objects.filter(pk=report.pk).update(about=new + report.about.removeprefix(old))


def _join_statistics(kept: Record, gone: Record) -> None:
    """Numbers change their subject; the same number of both is one, with the evidence of both."""
    kind = kind_of(kept)
    own = {row.fact_key: row for row in Statistic.objects.filter(**{kind: kept})}
    for row in Statistic.objects.filter(**{kind: gone}, fact_key__in=own):
        _join(own[row.fact_key], row)
    Statistic.objects.filter(**{kind: gone}).update(**{kind: kept}, updated_at=timezone.now())


def _join(kept: Statistic, gone: Statistic) -> None:
    _hand_over(kept, gone)
    gone.delete()
    kept.review = min(kept.review, gone.review, key=lambda state: VERDICTS.index(ReviewState(state)))
    kept.hand_set = sorted({*kept.hand_set, *gone.hand_set})
    kept.confidence = max(kept.confidence, gone.confidence)
    kept.save()


def _hand_over_names(kept: Brand, gone: Brand, former: tuple[str, ...], chosen: Aliases) -> None:
    """Other names as chosen, and with them the names that both had: under these they go on being found. The row that
    stays has its new name already."""
    if chosen == "gone":
        kept.aliases.all().delete()
    if chosen != "kept":
        _move(BrandAlias, "brand", kept, gone, same=("name_key",))
    own = name_key(kept.name)
    kept.aliases.filter(name_key=own).delete()
    for name in former:
        if name_key(name) != own:
            BrandAlias.objects.update_or_create(
                brand=kept,
                name_key=name_key(name),
                defaults={"by_hand": True},
                create_defaults={"name": name, "by_hand": True},
            )


def _hand_over_details(kept: Brand, gone: Brand) -> None:
    """All details of both; what both have stands once, with the evidence of both, and as a person's if either is."""
    own = {(one.kind, one.detail_key): one for one in kept.details.all()}
    for one in gone.details.all():
        same = own.get((one.kind, one.detail_key))
        if same is None:
            one.brand = kept
            one.save()
            continue
        Evidence.objects.filter(detail=one).update(detail=same)
        one.delete()
        if one.by_hand and not same.by_hand:
            same.by_hand = True
            same.save()


def _hand_over_members(kept: Brand, gone: Brand) -> None:
    """Brands of the series that goes; and no brand is in itself, or in one that is in it."""
    members = Brand.objects.filter(series=gone).exclude(pk=kept.pk)
    sync.refresh(brands=list(members.values_list("pk", flat=True)))
    members.update(series=kept, updated_at=timezone.now())
    if kept.series_id in {kept.pk, gone.pk} or kept.members.filter(pk__in=[kept.series_id or 0]).exists():
        kept.series = None
