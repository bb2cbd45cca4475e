"""Two records of the same thing become one; taking the change set back makes two of it again
(:mod:`brands.audit.undo`).

One stays, with its number and address; the other goes, and its address leads to the one that stays. All that hangs on
the one that goes is handed over. Which values stand, a person says field by field.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Literal, TypeAlias

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Q, UniqueConstraint, Value, When
from django.utils import timezone
from django.utils.translation import gettext

from brands.audit.change_sets import open_change_set, within
from brands.audit.redirects import hand_on, leave
from brands.audit.undo import MOST_CHANGES
from brands.listing import sync
from brands.models import Brand, BrandAlias, BrandDetail, ChangeSet, Correction, Evidence, Program, Proposal, Statistic
from brands.proposals import FIELDS, PRECISIONS, UNKNOWN, kind_of, value_key, value_of
from brands.search.store import batches
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
        _hand_over(kind_of(kept), {gone.pk: kept.pk})
        former = (kept.name, gone.name)
        _settle(kept, gone, open_to_choice, choice)
        if isinstance(kept, Brand) and isinstance(gone, Brand):
            _hand_over_names(kept, gone, former, choice.aliases)
            _hand_over_details(kept, gone)
            _hand_over_members(kept, gone)
            leave([gone], Departure.MERGED, heir=kept)
        elif isinstance(kept, Program) and isinstance(gone, Program):
            hand_on(gone, kept)
        gone_row = type(gone)._base_manager.filter(pk=gone.pk)
        gone_row._raw_delete(gone_row.db)  # nothing refers to it any more, or the database refuses
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
        _validate_unique(kept)
    except ValidationError as error:
        raise MergeError(" ".join(error.messages)) from error
    kept.save()


def _validate_unique(kept: Record) -> None:
    """Only these can fail: each of the values has stood in a row before, and those that belong together come
    together."""
    for constraint in kept._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            constraint.validate(type(kept), kept)


def _put_aside(
    kept: Record, gone: Record, open_to_choice: Collection[str], choice: MergeChoice, author: User | None
) -> None:
    """The value of a field that was not chosen becomes a proposal that was declined, with the sentence that states it:
    it would bear out another value otherwise, and no run proposes it again."""
    kind = kind_of(kept)
    losers = {field: kept if field in choice.taken else gone for field in open_to_choice}
    if not losers:
        return
    lost = reduce(or_, (Q(**{kind: loser}, field=field) for field, loser in losers.items()))
    sources = list(Evidence.objects.filter(lost).order_by("-confidence", "pk"))
    best = {source.field: source for source in reversed(sources)}
    proposals = Proposal.objects.filter(**{kind: kept}, field__in=losers)
    known = {(one.field, one.value_key): one for one in proposals}
    declined = []
    for field, loser in losers.items():
        value = value_of(loser, field)
        if value not in UNKNOWN and (kind, field) != ("brand", "name"):  # which becomes another name
            key = value_key(value)
            new = Proposal(**{kind: kept}, field=field, value_key=key, value=value)
            proposal = known.get((field, key), new)
            declined.append(_declined(proposal, best.get(field), author))
    _write_all(declined, (*SOURCE, "state", "decided_by", "decided_at"))
    _delete(Evidence, sources)


def _declined(proposal: Proposal, source: Evidence | None, author: User | None) -> Proposal:
    for name in SOURCE if source and proposal.article_id is None else ():
        setattr(proposal, name, getattr(source, name))
    proposal.state, proposal.decided_by, proposal.decided_at = ProposalState.DECLINED, author, timezone.now()
    return proposal


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


# Facts that go, by their numbers, and the numbers of those that take them over.
Heirs: TypeAlias = Mapping[int, int]


def _hand_over(kind: str, heirs: Heirs) -> None:
    """Evidence, proposals, links and reports of facts."""
    _move(Evidence, kind, heirs, same=("article_id", "start", "end", "field"))
    _hand_over_proposals(kind, heirs)
    for table, others in LINKS.get(kind, ()):
        _move(getattr(Program, table).through, kind, heirs, same=(others,))
    _readdress(kind, heirs)


# Many-to-many tables in which a kind of record stands, and the column of what it is linked to.
LINKS = {"brand": (("brands", "program_id"),), "program": (("brands", "brand_id"), ("regions", "region_id"))}


def _move(model: type[models.Model], column: str, heirs: Heirs, *, same: tuple[str, ...]) -> None:
    """Rows of those that go become rows of their heirs, but for those that are the `same` as one of the heir: they
    go."""
    found = [(pk, of, tuple(spot)) for pk, of, *spot in _rows(model, column, heirs, same)]
    there = {(of, spot) for _pk, of, spot in found if of not in heirs}
    coming = {pk: (heirs[of], spot) for pk, of, spot in found if of in heirs}
    double = [pk for pk, spot in coming.items() if spot in there]
    if double:
        model._default_manager.filter(pk__in=double).delete()
    if len(double) < len(coming):
        _assign(model, column, heirs)


def _rows(model: type[models.Model], column: str, heirs: Heirs, columns: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    """Of the rows of either side: the key, whose it is, and these columns."""
    rows = model._default_manager.filter(**{f"{column}__in": {*heirs, *heirs.values()}}).order_by()
    return rows.values_list("pk", column, *columns)


def _assign(model: type[models.Model], column: str, heirs: Heirs) -> None:
    """Rows of those that go become rows of their heirs."""
    heir = Case(*(When(**{column: gone}, then=Value(pk)) for gone, pk in heirs.items()))
    model._default_manager.filter(**{f"{column}__in": list(heirs)}).update(**{column: heir})


def _delete(model: type[models.Model], rows: Collection[models.Model]) -> None:
    if rows:
        model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()


def _write_all(rows: Collection[models.Model], fields: Collection[str]) -> None:
    """Insert those rows that are new, and write these fields of the others: past the signals, since all that follows
    was noted before."""
    there = [row for row in rows if not row._state.adding]
    for model in {type(row) for row in rows}:
        model._default_manager.bulk_create([row for row in rows if row._state.adding])
        model._default_manager.bulk_update(there, fields)


def _hand_over_proposals(kind: str, heirs: Heirs) -> None:
    """Of the same value proposed for both, what somebody decided stands, else that of the heir."""
    found = list(_rows(Proposal, kind, heirs, ("field", "value_key", "state")))
    is_open = {pk: state == ProposalState.OPEN for pk, _of, _field, _key, state in found}
    own = {(of, field, key): pk for pk, of, field, key, _state in found if of not in heirs}
    theirs = {pk: (heirs[of], field, key) for pk, of, field, key, _state in found if of in heirs}
    outdone = {
        own[spot] if is_open[own[spot]] and not is_open[pk] else pk for pk, spot in theirs.items() if spot in own
    }
    if outdone:
        Proposal.objects.filter(pk__in=outdone).delete()
    if theirs.keys() - outdone:
        _assign(Proposal, kind, heirs)


def _readdress(kind: str, heirs: Heirs) -> None:
    """Readers' reports are about the record that stays."""
    for some in batches(heirs, AT_ONCE):
        about = [Q(about=f"{kind}:{gone}") | Q(about__startswith=f"{kind}:{gone}.") for gone in some]
        reports = list(Correction.objects.filter(reduce(or_, about)))
        for report in reports:
            number, dot, field = report.about.removeprefix(f"{kind}:").partition(".")
            report.about = f"{kind}:{heirs[int(number)]}{dot}{field}"
        _write_all(reports, ["about"])


# Records whose reports one statement asks for: SQLite nests a condition for each.
AT_ONCE = 100


def _join_statistics(kept: Record, gone: Record) -> None:
    """Numbers change their subject; the same number of both is one, with the evidence of both."""
    kind = kind_of(kept)
    rows = list(Statistic.objects.filter(**{f"{kind}__in": (kept, gone)}).order_by("pk"))
    own = {row.fact_key: row for row in rows if getattr(row, f"{kind}_id") == kept.pk}
    theirs = [row for row in rows if getattr(row, f"{kind}_id") == gone.pk]
    double = [row for row in theirs if row.fact_key in own]
    if double:
        _hand_over("statistic", {row.pk: own[row.fact_key].pk for row in double})
        _delete(Statistic, double)
        for row in double:
            _join(own[row.fact_key], row)
        _write_all([own[row.fact_key] for row in double], ["review", "hand_set", "confidence", "updated_at"])
    if len(double) < len(theirs):
        Statistic.objects.filter(**{kind: gone}).update(**{kind: kept}, updated_at=timezone.now())


def _join(kept: Statistic, gone: Statistic) -> None:
    kept.review = min(kept.review, gone.review, key=lambda state: VERDICTS.index(ReviewState(state)))
    kept.hand_set = sorted({*kept.hand_set, *gone.hand_set})
    kept.confidence = max(kept.confidence, gone.confidence)
    kept.updated_at = timezone.now()


def _hand_over_names(kept: Brand, gone: Brand, former: tuple[str, ...], chosen: Aliases) -> None:
    """Other names as chosen, and with them the names that both had: under these they go on being found. The row that
    stays has its new name already; those of the other that were not chosen go with it."""
    rows = list(BrandAlias.objects.filter(brand__in=(kept, gone)))
    own = name_key(kept.name)
    mine = [row for row in rows if row.brand_id == kept.pk and chosen != "gone" and row.name_key != own]
    keys = {own, *(row.name_key for row in mine)}
    theirs = [row for row in rows if row.brand_id == gone.pk and chosen != "kept" and row.name_key not in keys]
    _delete(BrandAlias, [row for row in rows if row not in mine and row not in theirs])
    if theirs:
        BrandAlias.objects.filter(brand=gone).update(brand=kept)
    by_key = {row.name_key: row for row in (*mine, *theirs)}
    for name in former:
        if name_key(name) != own:
            row = by_key.setdefault(name_key(name), BrandAlias(brand=kept, name=name).prepare())
            row.by_hand = True
    _write_all([by_key[key] for name in former if (key := name_key(name)) in by_key], ["by_hand"])


def _hand_over_details(kept: Brand, gone: Brand) -> None:
    """All details of both; what both have stands once, with the evidence of both, and as a person's if either is."""
    rows = list(BrandDetail.objects.filter(brand__in=(kept, gone)))
    own = {(row.kind, row.detail_key): row for row in rows if row.brand_id == kept.pk}
    theirs = [row for row in rows if row.brand_id == gone.pk]
    double = [row for row in theirs if (row.kind, row.detail_key) in own]
    heirs = [own[row.kind, row.detail_key] for row in double]
    if double:
        _assign(Evidence, "detail", {row.pk: heir.pk for row, heir in zip(double, heirs, strict=True)})
        _delete(BrandDetail, double)
    for row, heir in zip(double, heirs, strict=True):
        heir.by_hand = heir.by_hand or row.by_hand
    _write_all(heirs, ["by_hand"])
    if len(double) < len(theirs):
        BrandDetail.objects.filter(brand=gone).update(brand=kept)


def _hand_over_members(kept: Brand, gone: Brand) -> None:
    """Brands of the series that goes; and no brand is in itself, or in one that is in it."""
    if members := set(gone.members.values_list("pk", flat=True)) - {kept.pk}:
        sync.refresh(brands=members)
        Brand.objects.filter(pk__in=members).update(series=kept, updated_at=timezone.now())
    if kept.series_id and (kept.series_id in {kept.pk, gone.pk} or kept.members.filter(pk=kept.series_id).exists()):
        kept.series = None
