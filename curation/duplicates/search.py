"""The search over the whole catalogue, and the table of pairs that it leaves for the page."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from brands.audit.redirects import MAX_HEIRS, merged
from curation.duplicates.blocking import candidates
from curation.duplicates.comparison import MODELS
from curation.duplicates.records import Record, load
from curation.duplicates.scoring import PairVerdict, judge
from curation.models import Distinct, DuplicatePair, DuplicateSearch, RecordKind

# Pairs that are kept, the surest: nobody reads more before the next search.
MOST_PAIRS = 5000

# Rows that one statement writes.
AT_ONCE = 1000


def search(kind: RecordKind) -> int:
    """Look for doubles anew, and say how many pairs there are. What people said are two does not come up again."""
    records = load(kind)
    apart = distinct(kind)
    found = [one for one in judged(records) if (one.first, one.second) not in apart]
    found.sort(key=lambda one: (-one.score, one.first, one.second))
    kept = found[:MOST_PAIRS]
    told = {"done_at": timezone.now(), "records": len(records), "pairs": len(kept)}
    with transaction.atomic():
        DuplicateSearch.objects.update_or_create(
            kind=kind, defaults=told
        )  # first, so that two searches follow each other
        DuplicatePair.objects.filter(kind=kind).delete()
        DuplicatePair.objects.bulk_create(kept, AT_ONCE)
    return len(kept)


def judged(records: list[Record]) -> Iterator[DuplicatePair]:
    """The pairs of these records that may be the same, not saved."""
    for first, second in candidates(records):
        one, other = records[first], records[second]
        verdict = judge(one, other)
        if verdict is not None:
            yield _double(one, other, verdict)


def _double(one: Record, other: Record, verdict: PairVerdict) -> DuplicatePair:
    first, second = sorted((one.pk, other.pk))
    return DuplicatePair(kind=one.kind, first=first, second=second, score=verdict.score, reasons=verdict.reasons)


def distinct(kind: RecordKind) -> set[tuple[int, int]]:
    """The pairs that people said are two. Where one was merged since, it is its heir that is another one."""
    said = Distinct.objects.filter(kind=kind).values_list("first", "second")
    heirs = dict(merged(MODELS[kind]).values_list("pk", "heir"))
    pairs = ((_last(first, heirs), _last(second, heirs)) for first, second in said)
    return {(min(pair), max(pair)) for pair in pairs}


def _last(pk: int, heirs: dict[int, int]) -> int:
    for _step in range(MAX_HEIRS):
        if pk not in heirs:
            break
        pk = heirs[pk]
    return pk
