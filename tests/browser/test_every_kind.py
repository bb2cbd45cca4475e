"""Every kind of page that the resolver knows, as a crawl of the live site finds it: accessible, and whole without
JavaScript."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.audit.crawl import crawl
from tests.audit.kinds import REFERENCE, kinds, look_beyond, unlinked, without_example
from tests.audit.site import asking
from tests.audit.weights import too_heavy, weights
from tests.browser.accessibility import violations
from tests.browser.conftest import PHONE, Browse

# Kinds that test_search and test_taken_along look at in more states.
ELSEWHERE = {"brand_list", "card", "correction", "correction_thanks", "search", "suggest"} | {
    f"search, {state}" for state in ("asked in many ways", "one kind", "nothing", "hints")
}


@pytest.fixture
def every(catalogued: None, live_server: LiveServer) -> dict[str, str]:
    """An address of each kind of page, of a small catalogue."""
    netloc = urlsplit(live_server.url).netloc
    with asking(netloc, language="zh-hans") as fetch:
        found = crawl(fetch, netloc, most=1, leave=("/static/",))
        examples = kinds(found)
        examples |= unlinked(examples)
        look_beyond(fetch, found, examples)
        assert too_heavy(weights(fetch, found, examples)) == []
    assert found.faults == []
    assert without_example(found) == []
    left_out = {address for kind, address in examples.items() if "least" in kind or kind in {"missing", REFERENCE}}
    return {kind: address for kind, address in examples.items() if address not in left_out}


def test_everybody_can_use_all_of_it(browse: Browse, every: dict[str, str]) -> None:
    """On a phone in dark colours; `make audit` looks at all settings. What there is to read is the same with scripts
    and without."""
    page, without = browse(width=PHONE), browse(width=PHONE, javascript=False)
    page.emulate_media(color_scheme="dark")
    charts, found = 0, {}
    for kind, address in every.items():
        text = shown(without, address)
        assert text == shown(page, address), kind
        assert len(text) > 20, kind
        charts += without.locator("svg.chart").count()
        if kind != "design":  # whose charts are examples of how charts look
            values_beside(without, kind)
        if kind not in ELSEWHERE:
            found[kind] = violations(page)
    assert not any(found.values()), {kind: lines for kind, lines in found.items() if lines}
    assert charts > 3


def shown(page: Page, address: str) -> str:
    """What there is to read."""
    page.goto(address)
    return page.locator("main").inner_text()


def values_beside(page: Page, kind: str) -> None:
    """Each value of a chart stands in a table or above its quote too; a frame leads to the page where it does."""
    if kind.endswith("_frame"):
        return
    beside = " ".join(page.locator("main :is(td, .figure)").all_inner_texts())
    for title in page.locator("svg.chart a > title").all_text_contents():
        _when, _, words = title.strip().partition(" ")
        assert words.partition("（")[0] in beside, (kind, title)
