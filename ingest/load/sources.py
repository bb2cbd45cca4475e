"""What earlier runs and other pages say of the rows that a page's facts may be."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from brands.models import Brand, Evidence, Page, Program, Statistic
from ingest.records import Quote, bearing
from ingest.text import Span

Kind: TypeAlias = Literal["brand", "program", "statistic"]
Fact: TypeAlias = Brand | Program | Statistic


def rows_at(page: Page, kind: Kind) -> defaultdict[int, list[Span]]:
    """By the pk of a brand, program or statistic, the places on the page that bear it out."""
    found: defaultdict[int, list[Span]] = defaultdict(list)
    evidence = Evidence.objects.filter(article__page=page, field="", **{f"{kind}__isnull": False})
    for pk, start, end in evidence.order_by("start", "end", "pk").values_list(f"{kind}_id", "start", "end"):
        found[pk].append(Span(start, end))
    return found


def shared_with_other_pages(page: Page, kind: Kind, rows: Sequence[Fact]) -> set[int]:
    """The identities (`id`) of those of `rows` that another page bears out."""
    others = Evidence.objects.filter(**{f"{kind}__in": [row.pk for row in rows]}).exclude(article__page=page)
    pks = set(others.values_list(f"{kind}_id", flat=True))
    return {id(row) for row in rows if row.pk in pks}


def sureness(quotes: Iterable[Quote]) -> float:
    """The confidence of a fact: that of its best evidence."""
    return min(max(quote.confidence for quote in bearing(quotes)), 1.0)
