"""Articles whose date or paper their own address contradicts: .../2020/1117/320654.html, dated 2024-12-31."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from brands.data_version import kept
from brands.models import Article
from ingest.publishers import publisher_at

# Days between the date of an address and that of the article: pages go online later than they are printed, and a
# portal's copy later still.
NEAR = timedelta(days=31)

_DATE = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})[-_/]?(0[1-9]|1[0-2])(?:[-_/]?(0[1-9]|[12][0-9]|3[01]))?(?![0-9])", re.ASCII
)

# What a newspaper's name ends with.
_PAPER = "报"


def contradictions() -> dict[int, str]:
    """By their keys, the articles whose address names another date or another newspaper, and what it names. A portal
    prints what it has from others, so that its name contradicts none."""
    return _contradictions("")


@kept
def _contradictions(_all: str) -> dict[int, str]:
    rows = Article.objects.exclude(url="").order_by("pk").values_list("pk", "url", "published_on", "publisher")
    return {pk: said for pk, url, day, paper in rows.iterator() if (said := "、".join(_said(url, day, paper)))}


def _said(url: str, day: date | None, publisher: str) -> Iterator[str]:
    days = days_of(url)
    if day and days and not days[0] - NEAR <= day <= days[1] + NEAR:
        yield str(days[0]) if days[0] == days[1] else f"{days[0]:%Y-%m}"
    paper = publisher_at(url)
    if paper.endswith(_PAPER) and publisher.endswith(_PAPER) and paper not in publisher and publisher not in paper:
        yield paper


def days_of(url: str) -> tuple[date, date] | None:
    """The first and the last day of the date in an address: a day, or a month; None without one."""
    for match in _DATE.finditer(url):
        year, month = int(match[1]), int(match[2])
        try:
            if match[3]:
                return (day := date(year, month, int(match[3]))), day
        except ValueError:
            continue
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return None
