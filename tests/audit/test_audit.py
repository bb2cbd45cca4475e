"""The sample site as a crawl finds it; and that the audit finds what is wrong with a page."""

import pytest
from django.conf import settings
from django.test import Client

from tests.audit.crawl import STARTS, Answer, Crawl, Fault, Fetch, crawl
from tests.audit.kinds import files, kinds, look_beyond, unlinked, without_example
from tests.audit.markup import LARGEST, Document, faults
from tests.audit.tools import LEAST, Judged
from tests.audit.weights import HEAVIEST, HEAVIEST_HTML, Weight, packed, too_heavy, weights
from tests.needs import tries

HOST = "testserver"


def asking(client: Client, language: str) -> Fetch:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    def fetch(address: str) -> Answer:
        response = client.get(address)
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        return Answer(response.status_code, kind, response.getvalue(), response.headers.get("Location", ""))

    return fetch


@pytest.mark.django_db
@pytest.mark.usefixtures("samples")
def test_the_sample_site_keeps_its_word(client: Client) -> None:
    """Some addresses of each kind, in English, where Chinese shows; `make audit` asks for all in Chinese, and
    tests/browser for one of each kind."""
    fetch = asking(client, "en")
    found = crawl(fetch, HOST, most=tries(2, 1), leave=("/static/",))
    look_beyond(fetch, found, unlinked(kinds(found)) | files())
    assert found.faults == []
    assert without_example(found) == []
    assert len(found.pages) > tries(40, 30)
    assert len(found.fragments) > 40


PAGE = (
    '<!doctype html><html lang="en"><head><title>Brands</title><meta name="description" content="All brands">'
    '<link rel="canonical" href="https://testserver/"></head><body><h1>Brands</h1>{}</body></html>'
)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p>plain</p>", None),
        ("<h1>again</h1>", "2 h1"),
        ('<p id="a"></p><p id="a"></p>', "id twice: a"),
        ('<img src="https://elsewhere.example/x.png" alt="">', "foreign host: https://elsewhere.example/x.png"),
        ('<a href="//elsewhere.example/">x</a>', "foreign host: //elsewhere.example/"),
        ('<a rel="external" href="https://paper.example/1">the report</a>', None),
        ("x" * LARGEST, f"{len(PAGE.format('')) + LARGEST} bytes, {LARGEST} are allowed"),
        ("<p>数据</p>", "Chinese: 数据"),
        ('<p lang="zh-Hans">吕梁<br>护工</p>', None),
        ('<div lang="zh-Hans"><p lang="en">数据</p></div>', "Chinese: 数据"),
        ('<p lang="zh-Hans">吕梁</p><p>护工</p>', "Chinese: 护工"),
        ('<p title="护工">x</p>', "Chinese: 护工"),
        ('<p title="护工">x</p><b lang="zh-Hans">吕梁山护工</b>', None),
        ('<p lang="zh-Hans" title="护工">x</p>', None),
        ("<svg><title>护工</title></svg>", "Chinese: 护工"),
        ('<svg><text>护工 9</text></svg><b lang="zh-Hans">吕梁山护工</b>', None),
    ],
)
def test_what_is_wrong_with_a_page(body: str, fault: str | None) -> None:
    assert faults(Document(PAGE.format(body)), host=HOST) == ([fault] if fault else [])


def test_what_a_page_lacks() -> None:
    assert faults(Document("<p>"), host=HOST) == ["no title", "no description", "no canonical", "no lang", "0 h1"]
    hidden = '<html lang="en"><title>x</title><meta name="robots" content="noindex"><h1>x</h1>'
    assert faults(Document(hidden), host=HOST) == []


def test_a_page_above_the_limits_is_told_apart() -> None:
    light, html, script = Weight(9_000, 8_000, 2_000), Weight(HEAVIEST_HTML + 1, 0, 0), Weight(1_000, 0, HEAVIEST)
    told = too_heavy({"light": light, "html": html, "script": script, "api_reference": script})
    assert [fault.where for fault in told] == ["html", "script"]


def test_a_weight_counts_each_file_once_and_compressed() -> None:
    head = '<link rel="stylesheet" href="/a.css"><link rel="stylesheet" href="/a.css"><script src="/a.js"></script>'
    body = PAGE.format(head + "x" * 5000)
    found = Crawl(HOST, pages={"/": Document(body)})
    bodies = {"/": body, "/a.css": "a" * 9000, "/a.js": "b"}
    weighed = weights(lambda path: Answer(200, "", bodies[path].encode()), found, {"home": "/", "file": "/x.png"})
    assert weighed == {"home": Weight(*(packed(bodies[path].encode()) for path in bodies))}
    assert weighed["home"].css < 200


def site(**pages: str) -> Crawl:
    """A crawl of a made-up site, whose /around leads to itself."""
    answers = dict.fromkeys(STARTS, "") | {
        f"/{name.replace('home', '')}": PAGE.format(body) for name, body in pages.items()
    }

    def fetch(address: str) -> Answer:
        if address == "/around":
            return Answer(302, "", b"", "/around")
        body = answers.get(address, "")
        return Answer(200 if address in answers else 404, "text/html" if body else "text/plain", body.encode())

    return crawl(fetch, HOST)


@pytest.mark.parametrize(
    ("home", "fault"),
    [
        ('<a href="/other">x</a>', None),
        ('<a href="/other#there">x</a>', None),
        ('<a href="/none">x</a>', Fault("/none", "answers 404, / leads there")),
        ('<a href="/around">x</a>', Fault("/around", "answers 302, / leads there")),
        ('<a href="/other#gone">x</a>', Fault("/", "leads to /other#gone, which is not there")),
        ('<a href="#gone">x</a>', Fault("/", "leads to /#gone, which is not there")),
        ('<form action="/none"></form>', Fault("/none", "answers 404, / leads there")),
        ('<form action="/none" method="post"></form>', None),
    ],
)
def test_where_a_link_leads(home: str, fault: Fault | None) -> None:
    assert site(home=home, other='<p id="there"></p>').faults == ([fault] if fault else [])


def test_points_below_the_least_are_named_with_what_cost_them() -> None:
    best = dict.fromkeys(LEAST, 100.0)
    assert Judged(best, ["largest-contentful-paint"]).faults() == []
    slow = Judged(best | {"performance": 94.0}, ["largest-contentful-paint"])
    assert slow.faults() == ["performance 94 for largest-contentful-paint"]
