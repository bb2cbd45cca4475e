"""Pages from the cache: the same as made anew, quick, for readers without a session alone, and never stale."""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brands.data_version import VersionedCache
from brands.models import Article, Brand, Card, Page, Program, Region, Statistic
from laobrand import page_cache
from laobrand.page_cache import pages
from tests.brands.factories import brand

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _catalogue(catalogued: None) -> Iterator[None]:
    pages.clear()
    yield
    pages.clear()


def statements(client: Client, address: str, **options: object) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        client.get(address, **options)  # type: ignore[arg-type]
    return [query["sql"] for query in captured]


def test_the_second_time_one_statement_is_asked(client: Client) -> None:
    first = client.get("/brands/?region=140000")
    asked = statements(client, "/brands/?region=140000")
    again = client.get("/brands/?region=140000")
    assert len(asked) == 1
    assert "brands_dataversion" in asked[0]
    assert again.content == first.content
    assert dict(again.headers) == dict(first.headers)
    assert "Content-Security-Policy" in again.headers


def plain_sql(sql: str) -> Callable[[], None]:
    def change() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return change


def clear_links() -> None:
    Program.objects.get(kind="policy").brands.clear()


CHANGES: dict[str, tuple[str, Callable[[], object]]] = {
    "a brand is made": ("/brands/", lambda: brand("新来工匠")),
    "a brand is saved": ("/brands/", lambda: renamed().save()),
    "a brand is deleted": ("/brands/", lambda: Brand.objects.get(name="吕梁山护工").delete()),
    "cards are updated": ("/brands/", lambda: Card.objects.update(name="改名工匠")),
    "a region is updated": ("/regions/140000/", lambda: Region.objects.filter(pk="140000").update(name="改名省")),
    "articles are deleted": ("/articles/", lambda: Article.objects.all().delete()),
    "links are cleared": ("/brands/", clear_links),
    "plain SQL updates": ("/articles/", plain_sql("UPDATE brands_article SET title = 'changed'")),
    "plain SQL deletes": ("/statistics/", plain_sql("DELETE FROM brands_evidence")),
    "rows are made in bulk": (
        "/",
        lambda: Page.objects.bulk_create([Page(name="n", sha256="s", text="", encoding="e")]),
    ),
}


def renamed() -> Brand:
    found = Brand.objects.get(name="吕梁山护工")
    found.name = "改名护工"
    return found


@pytest.mark.parametrize(("address", "change"), CHANGES.values(), ids=CHANGES.keys())
def test_a_change_is_seen_at_once(client: Client, address: str, change: Callable[[], object]) -> None:
    client.get(address)
    assert len(statements(client, address)) == 1
    change()
    after = client.get(address).content
    pages.clear()
    assert after == client.get(address).content, "the page is the one that is made anew"


def test_what_is_seen_differs_after_a_change(client: Client) -> None:
    assert "吕梁山护工" in client.get("/brands/").content.decode()
    renamed().save()
    assert "改名护工" in client.get("/brands/").content.decode()


def test_each_language_has_its_page(client: Client) -> None:
    chinese = client.get("/about/").content
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = client.get("/about/").content
    assert b'<html lang="en">' in english
    assert client.get("/about/").content == english
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    assert client.get("/about/").content == chinese


def test_a_new_day_makes_pages_anew(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get("/about/")
    tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    assert len(pages) == 1
    client.get("/about/")
    assert len(pages) == 2


@pytest.mark.parametrize(
    "address", ["/admin/login/", "/brands/0/", "/healthz", "/regions/999999/", "/favicon.ico", "/about/?" + "x" * 600]
)
def test_what_is_not_kept(client: Client, address: str) -> None:
    client.get(address)
    assert len(pages) == 0


def test_a_reader_with_a_session_gets_pages_anew(client: Client) -> None:
    client.force_login(User.objects.create_user("editor"))
    client.get("/about/")
    assert len(pages) == 0
    assert client.post("/about/").status_code == 405
    assert len(pages) == 0


@pytest.mark.parametrize("address", ["/", "/brands/", "/search/?q=护工", "/about/", "/articles/"])
def test_public_pages_set_no_cookie(client: Client, address: str) -> None:
    response = client.get(address)
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-cache"


def test_who_has_the_page_is_told_so(client: Client) -> None:
    tag = client.get("/about/").headers["ETag"]
    for given in (tag, f'"x", W/{tag}'):
        response = client.get("/about/", headers={"if-none-match": given})
        assert (response.status_code, response.content) == (304, b"")
    assert client.get("/about/", headers={"if-none-match": '"other"'}).status_code == 200


def test_without_a_database_the_view_says_what_is_wrong(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def away(cursor: object) -> str:
        raise OperationalError("away")

    monkeypatch.setattr(page_cache, "current", away)
    assert client.get("/about/").status_code == 200
    assert len(pages) == 0


def test_nothing_is_kept_within_a_transaction(client: Client) -> None:
    from django.db import transaction

    with transaction.atomic():
        client.get("/about/")
    assert len(pages) == 0


def test_the_cache_is_bounded_in_entries_and_weight() -> None:
    kept = VersionedCache[int, bytes](3, weight=len, limit=100)
    for number in range(5):
        kept.put(number, "v", b"x" * 10)
    assert len(kept) == 3
    assert kept.get(2, "v") is not None
    kept.put(9, "v", b"x" * 85)
    assert (len(kept), kept.weight) == (2, 95)
    assert kept.get(2, "v") is not None, "what was asked for last stays"
    assert kept.get(2, "w") is None
    assert (len(kept), kept.weight) == (1, 85)


def test_pages_are_bounded() -> None:
    assert pages.entries == page_cache.MOST_ENTRIES
    assert pages.limit == page_cache.MOST_BYTES


def test_a_page_that_is_too_large_is_not_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "LARGEST_PAGE", 100)
    client.get("/about/")
    assert len(pages) == 0


def test_a_kept_page_is_much_quicker(client: Client) -> None:
    assert Statistic.objects.exists()
    anew = [seconds(client, "/brands/", clear=True) for _ in range(5)]
    kept = [seconds(client, "/brands/", clear=False) for _ in range(20)]
    assert min(kept) * 5 < min(anew), "the bench measures how much; this catches one that isn't used"


def seconds(client: Client, address: str, *, clear: bool) -> float:
    if clear:
        pages.clear()
    start = time.process_time()
    response = client.get(address)
    assert isinstance(response, HttpResponse)
    return time.process_time() - start
