"""What earlier runs and other pages say of the rows that a page's facts may be."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from brands.models import Brand, Evidence, Page, Program, Statistic
from ingest.records import Quote, bearing
from ingest.text import Span

Kind: TypeAlias = Literal["brand", "program", "statistic"]
Fact: TypeAlias = Brand | Program | Statistic


@dataclass(frozen=True, slots=True)
class EarlierEvidence:
    """The evidence that an earlier run found on the page; none for a page that is new."""

    page: Page
    evidence: tuple[Evidence, ...]

    @classmethod
    def on(cls, page: Page, *, new: bool) -> "EarlierEvidence":
        return cls(page, () if new else tuple(Evidence.objects.filter(article__page=page).order_by("pk")))

    def spans(self, kind: Kind) -> defaultdict[int, list[Span]]:
        """By the pk of a brand, program or statistic, the places on the page that bear it out."""
        found: defaultdict[int, list[Span]] = defaultdict(list)
        for row in self.evidence:
            pk = getattr(row, f"{kind}_id")
            if pk is not None and not row.field:
                found[pk].append(Span(row.start, row.end))
        return found

    def shared(self, kind: Kind, rows: Sequence[Fact]) -> set[int]:
        """The identities (`id`) of those of `rows` that another page bears out."""
        if not rows:
            return set()
        others = Evidence.objects.filter(**{f"{kind}__in": [row.pk for row in rows]}).exclude(article__page=self.page)
        pks = set(others.order_by().values_list(f"{kind}_id", flat=True).distinct())
        return {id(row) for row in rows if row.pk in pks}


def sureness(quotes: Iterable[Quote]) -> float:
    """The confidence of a fact: that of its best evidence."""
    return min(max(quote.confidence for quote in bearing(quotes)), 1.0)
