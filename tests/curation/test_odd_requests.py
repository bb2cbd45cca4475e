"""Requests to the staff's pages that nobody should send: each is answered, none breaks a page."""

import pytest
from django.test import Client

from brands.models import Article, Brand
from tests.staff import client_as

pytestmark = pytest.mark.django_db

LARGE = 2**63


@pytest.fixture
def admin(catalogued: None, db: None) -> Client:
    return client_as("admin")


@pytest.mark.parametrize("number", [LARGE, 10**40])
@pytest.mark.parametrize(
    "address",
    [
        "/admin/batches/{}/undo/",
        "/admin/doubles/brand/{}/",
        "/admin/jobs/{}/files/1/",
        "/admin/jobs/{}/files/1/remove/",
        "/admin/merge/brand/1/{}/",
        "/admin/queue/{}/leave/",
        "/admin/queue/{}/next/",
        "/admin/unmerge/{}/",
    ],
)
def test_a_number_that_no_row_can_have_is_404(admin: Client, address: str, number: int) -> None:
    answers = {admin.get(address.format(number)).status_code, admin.post(address.format(number)).status_code}
    assert 404 in answers
    assert answers <= {404, 405}


@pytest.mark.parametrize("row", ["9" * 40, "9" * 5000, "٣", "x y"])
def test_a_row_that_never_was_has_no_history(admin: Client, row: str) -> None:
    response = admin.get(f"/admin/history/brand/{row}/")
    assert response.status_code == 200
    assert response.context["versions"] == response.context["related"] == []


def test_there_is_no_page_before_the_first(admin: Client) -> None:
    assert admin.get("/admin/jobs/page/1/").status_code == 200
    assert admin.get("/admin/jobs/page/0/").status_code == 404


@pytest.mark.parametrize("field", ["since", "until"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_without_a_midnight_is_refused(admin: Client, field: str, day: str) -> None:
    response = admin.get("/admin/batches/", {field: day})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]


def test_two_that_no_rows_can_be_are_no_pair(admin: Client) -> None:
    said = {"kind": "brand", "first": LARGE, "second": LARGE + 1}
    assert admin.post("/admin/doubles/different/", said).status_code == 404


class TestTheQueue:
    @pytest.fixture
    def article(self, admin: Client) -> Article:
        return Article.objects.latest("pk")

    @pytest.mark.parametrize("seen", ["9" * 17, "9" * 18, "-1", "x", ""])
    def test_refuses_a_time_that_never_comes(self, admin: Client, article: Article, seen: str) -> None:
        key = f"brand-{Brand.objects.filter(review='proposed').latest('pk').pk}"
        for address, sent in (("decide/", {"yes": key}), (f"edit/{key}/", {"name": "护工"})):
            answer = admin.post(f"/admin/queue/{article.pk}/{address}", {**sent, "seen": seen}, follow=True)
            assert answer.status_code in {200, 409}
        assert not Brand.objects.filter(name="护工").exists()

    def test_has_no_form_for_a_proposal(self, admin: Client, article: Article) -> None:
        answer = admin.post(f"/admin/queue/{article.pk}/edit/proposal-1/", {"seen": "1"}, follow=True)
        assert answer.status_code in {200, 409}
