"""The rules that staff keep, from their table to the stages, and which pages they concern.

A page's `extractor` names the version of the extractor and, where there are rules, their digest: pages that were read
under other rules are read anew like those of an older version.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, combinations

from django.db.models import Q, QuerySet

from brands.models import Page, StandingRule
from brands.vocabulary.choices import RuleKind, RuleState
from ingest import standing_rules
from ingest.records import RawPage
from ingest.standing_rules import StandingRules

# Rules that may have come and gone at once for pages to be known to have nothing to do with them; pages that were read
# under rules which differ by more are read anew.
AT_ONCE = 2

# Pages that are marked anew in one statement: each leaves an entry in the audit log, and others wait to write.
SETTLED = 1_000


def value_of(row: StandingRule) -> standing_rules.RuleRecord:
    """A row as the stages take it."""
    return standing_rules.RuleRecord(RuleKind(row.kind), row.words, row.means, row.paper)


def in_force(*, but: Iterable[StandingRule] = ()) -> StandingRules:
    """The rules that count; as if each of `but` counted where it does not, and did not where it does."""
    rows = {row.pk: row for row in StandingRule.objects.filter(state=RuleState.IN_FORCE)}
    for row in but:
        if rows.pop(row.pk, None) is None:
            rows[row.pk] = row
    return standing_rules.made([value_of(row) for row in rows.values()])


def present(version: str) -> str:
    """What a page is marked with that this version of the extractor reads now."""
    return in_force().stamp(version)


def ruled(page: RawPage, rules: StandingRules) -> StandingRules:
    """Those of the rules that touch a page, by its text or by an address that people gave an article."""
    addresses = (str(value) for one in page.corrected for name, value in one.said if name == "url")
    return rules.touching(page.text, *addresses)


def touched(rows: Iterable[StandingRule]) -> "QuerySet[Page]":
    """The pages whose text, or an address of whose articles, has the words of one of the rules."""
    found = Q(pk__in=())
    for row in rows:
        pattern = value_of(row).pattern
        found |= Q(text__regex=pattern)
        if row.kind == RuleKind.PAPER:
            found |= Q(pk__in=Page.objects.filter(articles__url__iregex=pattern).values("pk"))
    return Page.objects.filter(found)


def settle(version: str) -> int:
    """Mark pages that were read under other rules, but that no rule touches which has come or gone since, as read under
    the present ones: SETTLED at most, those that came first. How many there were."""
    rules = in_force()
    found: list[int] = []
    for stamp in _stamps_of(version, rules.stamp(version)):
        gone = _difference(version, rules, stamp)
        if gone is not None and len(found) < SETTLED:
            rest = Page.objects.filter(extractor=stamp).exclude(pk__in=touched(gone).values("pk"))
            found += rest.order_by("pk").values_list("pk", flat=True)[: SETTLED - len(found)]
    return Page.objects.filter(pk__in=found).update(extractor=rules.stamp(version)) if found else 0


def _stamps_of(version: str, present_stamp: str) -> list[str]:
    """The other marks of pages that this version of the extractor read."""
    stamps = Page.objects.filter(extractor__startswith=version).order_by().values_list("extractor", flat=True)
    return [stamp for stamp in stamps.distinct() if stamp != present_stamp]


def _difference(version: str, rules: StandingRules, stamp: str) -> list[StandingRule] | None:
    """The rules by which the present ones differ from those that pages of the stamp were read under; None where that
    can't be told."""
    known = list(StandingRule.objects.all())
    now = set(rules.rules)
    for some in _some(known):
        before = now.symmetric_difference(value_of(row) for row in some)
        if standing_rules.made(list(before)).stamp(version) == stamp:
            return list(some)
    return None


def _some(rows: list[StandingRule]) -> Iterator[tuple[StandingRule, ...]]:
    return chain.from_iterable(combinations(rows, size) for size in range(1, AT_ONCE + 1))
