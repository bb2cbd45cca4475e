"""What is refused, with the parameter's name; and what all answers have in common."""

import pytest
from django.test import Client

from brands.api.conventions import AddressThrottle
from tests.brands.factories import brand, program, statistic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status", "parameters"),
    [
        ("brands/?colour=red", 400, ["colour"]),
        ("brands/?industry=plumbing", 400, ["industry"]),
        ("brands/?industry=care&industry=x&level=y", 400, ["industry", "level"]),
        ("brands/?region=14", 400, ["region"]),
        ("brands/?region=999999", 404, ["region"]),
        ("brands/?series=999&program=998", 404, ["series", "program"]),
        ("brands/?batch=第九批", 404, ["batch"]),
        ("brands/?headcount_min=many", 400, ["headcount_min"]),
        ("brands/?headcount_min=5&headcount_max=4", 404, ["headcount_min", "headcount_max"]),
        (f"brands/?headcount_min={'9' * 5000}", 400, ["headcount_min"]),
        ("brands/?headcount_min=5&headcount_min=6", 400, ["headcount_min"]),
        ("brands/?q=a&q=b", 400, ["q"]),
        ("brands/?sort=pinyin&sort=place", 400, ["sort"]),
        ("brands/?limit=1&limit=2&page=1&page=2&after=1&after=2", 400, ["limit", "page", "after"]),
        ("brands/?fields=name&fields=place", 400, ["fields"]),
        (f"brands/?{'&'.join(f'year={year}' for year in range(1950, 1991))}", 400, ["year"]),
        ("brands/?sort=price", 400, ["sort"]),
        ("brands/?sort=relevance", 404, ["sort"]),
        ("brands/?facet=name", 400, ["facet"]),
        ("brands/?limit=0", 400, ["limit"]),
        ("brands/?limit=101", 400, ["limit"]),
        ("brands/?page=x", 400, ["page"]),
        ("brands/?page=121", 400, ["page"]),
        ("brands/?region=", 400, ["region"]),
        ("brands/?q=%20", 400, ["q"]),
        ("evidence/?field=", 400, ["field"]),
        ("brands/1/?fields=", 400, ["fields"]),
        ("brands/?after=-1", 400, ["after"]),
        ("brands/?after=999999", 404, ["after"]),
        ("brands/?fields=name,price", 400, ["fields"]),
        ("brands/?facets=yes", 400, ["facets"]),
        ("statistics/?scope=none", 400, ["scope"]),
        ("programs/?kind=party", 400, ["kind"]),
        ("articles/?year=0", 400, ["year"]),
        ("regions/?level=town", 400, ["level"]),
        ("regions/?parent=%00", 400, ["parent"]),
        ("regions/?adcode=1", 400, ["adcode"]),
        ("evidence/?brand=x", 400, ["brand"]),
        ("evidence/?brand=99999999999999999999999", 400, ["brand"]),
        ("evidence/?brand=1.5", 400, ["brand"]),
        ("evidence/?brand=1e0", 400, ["brand"]),
        ("evidence/?brand=1&brand=2", 400, ["brand"]),
        ("evidence/?brand=99&program=98&statistic=97&article=96", 404, ["brand", "program", "statistic", "article"]),
        ("evidence/?field=colour", 404, ["field"]),
        ("regions/?parent=999999", 404, ["parent"]),
        ("evidence/?after=0", 400, ["after"]),
        ("search/?kind=person", 400, ["kind"]),
        ("search/?kind=brand&kind=article", 400, ["kind"]),
        ("suggestions/?q=a&q=b", 400, ["q"]),
        ("schema/?format=yaml", 400, ["format"]),
        ("search/?page=2", 400, ["page"]),
        ("suggestions/?limit=2", 400, ["limit"]),
        ("brands/1/?expand=1", 400, ["expand"]),
        ("brands/1/history/?page=1", 400, ["page"]),
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused_by_name(
    client: Client, address: str, status: int, parameters: list[str]
) -> None:
    brand("甲护工")
    response = client.get(f"/api/{address}")
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    problem = response.json()
    assert [error["parameter"] for error in problem["errors"]] == parameters
    assert problem["status"] == status
    assert all(error["detail"] for error in problem["errors"])


@pytest.mark.parametrize(
    "address",
    [
        "brands/99/",
        "nothing/",
        "articles/%0A/",
        "brands/x/",
        "regions/999999/",
        "statistics/99/history/",
        "regions/99",
        "/",
    ],
)
def test_what_is_not_there_is_a_problem_document(client: Client, address: str) -> None:
    response = client.get(f"/api/{address}")
    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["title"] == "Not Found"


@pytest.mark.parametrize("address", ["brands", "brands/1", "brands/1/history", "regions/140000", "schema", "docs"])
def test_a_slash_that_was_left_out_is_no_error(client: Client, address: str) -> None:
    response = client.get(f"/api/{address}?limit=1&q=a%20b")
    assert response.status_code == 301
    assert response.headers["Location"].removeprefix("http://testserver") == f"/api/{address}/?limit=1&q=a%20b"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    response = getattr(client, method)("/api/brands/")
    assert (response.status_code, response.headers["Content-Type"]) == (405, "application/problem+json")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_statement_of_a_reader_is_no_markup(client: Client) -> None:
    response = client.get("/api/brands/?%3Cscript%3E=1")
    assert response.status_code == 400
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_more_parameters_than_anybody_reads_are_a_problem_document(client: Client) -> None:
    response = client.get("/api/brands/?" + "&".join(f"p{number}=1" for number in range(1500)))
    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("accept", ["application/json", "text/html", "application/xml;q=0.5"])
def test_each_address_has_one_form_whatever_is_preferred(client: Client, accept: str) -> None:
    for address, form in (("brands/", "application/json"), ("schema/", "application/vnd.oai.openapi+json")):
        response = client.get(f"/api/{address}", headers={"Accept": accept})
        assert (response.status_code, response.headers["Content-Type"]) == (200, form)


def test_any_origin_may_read_and_ask_whether_it_changed(client: Client) -> None:
    for address in ("brands/", "schema/"):
        asked = client.options(f"/api/{address}", headers={"Origin": "https://example.org"})
        assert (asked.status_code, asked.headers["Access-Control-Allow-Origin"]) == (204, "*")
        assert asked.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    refused = client.get("/api/brands/?x=1", headers={"Origin": "https://example.org"})
    assert refused.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_known_is_not_sent_again(client: Client) -> None:
    made = brand("甲护工")
    program("某方案")
    first = client.get("/api/brands/")
    tag = first.headers["ETag"]
    known = client.get("/api/brands/", headers={"If-None-Match": tag})
    assert (known.status_code, known.headers["Access-Control-Allow-Origin"]) == (304, "*")
    assert "ETag" in known.headers["Access-Control-Expose-Headers"]
    statistic(made, 500)
    again = client.get("/api/brands/", headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["ETag"] == tag) == (200, False)


def test_too_many_requests_of_one_address_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AddressThrottle, "rate", "2/minute", raising=False)
    answers = [client.get("/api/brands/?limit=1") for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert answers[-1].json()["status"] == 429
    assert client.get("/api/brands/?limit=1", REMOTE_ADDR="198.51.100.7").status_code == 200
