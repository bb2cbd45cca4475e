"""One address of each kind of page, taken from what a crawl found: the page with most on it, and the one with least.

The list is the resolver's own, so that a page which is new and which nothing leads to is missed here and named.
"""

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.audit.crawl import Crawl, Fetch, view_name
from tests.audit.markup import Document, faults

# Addresses without a page: what they answer leads elsewhere or is for machines. The files of pay need more pays than
# the samples or the small catalogue have; tests/brands/test_trades.py asks for them.
UNSEEN = frozenset(
    {
        "healthz",
        "set_language",
        "set_text_size",
        "brands:pay_svg",
        "brands:pay_png",
        "brands:pay_csv",
        "brands:pay_frame",
        "brands:dump_file",
        "brands:reconcile_preview",
        "",
    }
)


# What the kinds that are no pages answer.
STATUSES = {"missing": 404, "gone": 410}

# The page to try the interface on: what it shows is made by Swagger UI, which needs scripts, has a style of its own and
# asks for two files more. It is weighed apart, and its words stand on the page of the interface too.
REFERENCE = "api_reference"


def kinds(found: Crawl) -> dict[str, str]:
    """Addresses by what they show: "brand", "brand, least", "search, nothing" ..."""
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for address in found.pages:
        if not urlsplit(address).query:
            by_name[view_name(address)].append(address)
    chosen: dict[str, str] = {}
    for name, addresses in sorted(by_name.items()):
        ranked = sorted(addresses, key=lambda address: (-found.pages[address].size, address))
        short = name.removeprefix("brands:")
        chosen |= {short: ranked[0]} | ({f"{short}, least": ranked[-1]} if len(ranked) > 1 else {})
    return chosen


def unlinked(chosen: dict[str, str]) -> dict[str, str]:
    """Pages that no link leads to, and what pages look like after what a reader does."""
    number = chosen["brand"].split("/")[2].split("-")[0]
    search, brands, report = reverse("brands:search"), reverse("brands:brand_list"), reverse("brands:correction")
    compare = reverse("brands:statistic_compare")
    return {
        "search": f"{search}?q={quote('护工')}",
        "search, asked in many ways": f"{search}?q={quote('山西 护工 lvliang')}",
        "search, one kind": f"{search}?q={quote('护工')}&kind=brand",
        "search, nothing": f"{search}?q={quote('没有的词')}",
        "search, hints": search,
        "suggest": f"{reverse('brands:suggest')}?q={quote('护')}",
        "card": reverse("brands:card", args=[number]),
        "chart_frame": f"{reverse('brands:chart_frame')}?metric=brands&of=region:100000&of=region:140000",
        "brand_list, filtered": f"{brands}?region=140000&industry=care",
        "brand_list, empty": f"{brands}?region=140000&region=420000&year=1990",
        "brand_list, complaint": f"{brands}?colour=red&level=x",
        "home, people": f"{reverse('brands:home')}?map=people",
        "home, complaint": f"{reverse('brands:home')}?map=colour",
        "home, coverage": f"{reverse('brands:home')}?map=coverage",
        "region_list, sorted": f"{reverse('brands:region_list')}?sort=brands",
        "region_list, sums": f"{reverse('brands:region_list')}?figures=sums&sort=employment",
        "recognition_list, level": f"{reverse('brands:recognition_list')}?level=provincial",
        "statistic_compare, two": f"{compare}?metric=brands&of=region:100000&of=region:140000",
        "article, a place": f"{chosen['article']}?at=1",
        "correction": f"{report}?about=brand:{number}.level",
        "correction_thanks": f"{reverse('brands:correction_thanks')}?about=brand:{number}.level",
        "design": reverse("brands:design"),
        "missing": "/brands/0/",
    }


def files() -> dict[str, str]:
    """Pictures of charts, which are taken along and no pages; no sample has a series long enough to link one."""
    asked = "metric=brands&of=region:100000&of=region:140000"
    return {name: f"{reverse(f'brands:{name}')}?{asked}" for name in ("chart_svg", "chart_png")}


def look_beyond(fetch: Fetch, found: Crawl, examples: dict[str, str]) -> None:
    """Add to what was found the examples that no link led to: pages with their faults, an error page too."""
    for kind, address in examples.items():
        if address in found.pages:
            continue
        answer = fetch(address)
        if answer.status != STATUSES.get(kind, 200):
            found.blame(address, f"answers {answer.status}")
        if answer.type != "text/html":
            found.others.append(address)
            continue
        found.pages[address] = Document(answer.body.decode())
        found.blame(address, *faults(found.pages[address], host=found.host))


def without_example(found: Crawl) -> list[str]:
    """The names of the resolver's addresses that nothing reached."""
    reached = {view_name(address) for address in (*found.pages, *found.others)}
    return sorted(set(_names()) - reached - UNSEEN)


def _names() -> Iterator[str]:
    """The names of all public addresses; the admin is not ours to audit."""
    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inside = [one for one in pattern.url_patterns if isinstance(one, URLPattern)]
            yield from (f"{pattern.namespace}:{one.name}" for one in inside if pattern.namespace == "brands")
        else:
            yield pattern.name or ""
