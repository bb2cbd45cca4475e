"""Lists as files: the rows of the page and of the interface, in order and value by value, and nothing that runs."""

import csv
import io
import json
import random
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpRequest, QueryDict
from django.test import Client
from openpyxl import load_workbook
from pytest_django import Settings

from brands.api.listed import LISTS
from brands.downloads import asked, chosen
from brands.downloads.tables import TABLES, reader_of
from brands.listing import read_model
from brands.listing.sync import gathered
from brands.models import Brand, Evidence, Program, Region, Statistic
from brands.spreadsheets.cells import disarmed
from brands.vocabulary.choices import RegionLevel
from tests.brands.factories import article, bear_out, brand, regions, statistic
from tests.needs import tries

pytestmark = pytest.mark.django_db

# States of each list that are tried, chosen at random but the same each time.
STATES = tries(30, 8)


def states(kind: str) -> list[str]:
    """Queries of a list: several values of several filters, and of lists that pages have an order."""
    chance = random.Random(kind)
    offered = offered_values(kind)
    listing = LISTS[kind].listing(QueryDict("")) if kind in LISTS else None
    ways = [*listing.ways] if listing else []
    faceted = [name for name, rule in listing.filters.items() if rule.faceted] if listing else []
    found = {""}
    for _try in range(STATES * 10):
        if len(found) > STATES:
            break
        names = chance.sample(sorted(offered), k=chance.choice((1, 1, 2)))
        pairs = [(name, chance.choice(offered[name])) for name in names]
        if ways:
            more = chance.sample(offered[names[0]], k=min(chance.choice((0, 1, 2)), len(offered[names[0]])))
            pairs += [*((names[0], value) for value in more if names[0] in faceted), ("sort", chance.choice(ways))]
        found.add(urlencode(sorted(set(pairs))))
    return sorted(found)


@gathered()
def numbers_of_programs() -> None:
    """A number of each public program, since those of the catalogue have none."""
    for held in Program.objects.published():
        statistic(held, 300, metric="training", source=article("共300人。"), phrase="300人")


def offered_values(kind: str) -> dict[str, list[str]]:
    """Of each filter, values that there are."""
    if kind == "regions":
        holders = Region.objects.filter(children__isnull=False).values_list("adcode", flat=True)
        return {"parent": sorted(set(holders)), "level": [*RegionLevel.values]}
    if kind == "evidence":
        pieces = Evidence.objects.public().filter(article__relevant=True).order_by("pk")
        columns = {"brand": "brand_id", "program": "program_id", "statistic": "statistic_id", "article": "article_id"}
        columns["field"] = "field"
        read = {name: pieces.values_list(column, flat=True).distinct() for name, column in columns.items()}
        found = {name: sorted({str(value) for value in values if value}) for name, values in read.items()}
        return {name: values for name, values in found.items() if values}
    listing = LISTS[kind].listing(QueryDict(""))
    found = {
        name: sorted(value for value in listing.counts(name) if value in rule.field.names([value]))
        for name, rule in listing.filters.items()
        if rule.faceted
    }
    if kind == "brands":
        found |= {"headcount_min": ["1000", "20000"], "income_max": ["5000", "9000"], "q": ["护工", "吕梁"]}
    if kind == "statistics":
        public = Statistic.objects.published()
        keys = {name: public.order_by(name).values_list(name, flat=True) for name in ("brand", "program", "id")}
        found |= {name: sorted({str(key) for key in values if key}) for name, values in keys.items()}
        assert all(found[name] for name in keys)
    return {name: values for name, values in found.items() if values}


def body(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, (address, response.content[:200])
    assert response.headers["Content-Disposition"].startswith("attachment")
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def csv_rows(client: Client, address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body(client, address).decode("utf-8-sig"), newline="")))


def xlsx_rows(client: Client, address: str) -> dict[str, list[list[Any]]]:
    book = load_workbook(io.BytesIO(body(client, address)))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def said(cell: Any) -> str:
    return "" if cell is None else str(cell)


def records_of(client: Client, kind: str, query: str) -> list[Any]:
    """All that the interface has of a list, page after page."""
    found: list[Any] = []
    address = f"/api/{kind}/?{query}"
    while address:
        answer = client.get(address).json()
        assert "results" in answer, (address, answer)
        found += answer["results"]
        address = answer["next"]
    assert len(found) == answer["count"], query
    return found


def exported(kind: str, ending: str, query: str, folder: Path) -> bytes:
    """What `manage.py export` writes."""
    file = folder / f"{kind}.{ending}"
    call_command("export", kind, output=str(file), filter=QueryDict(query))
    return file.read_bytes()


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.usefixtures("catalogued")
def test_page_interface_and_files_have_the_same_rows(client: Client, kind: str, tmp_path: Path) -> None:
    """Value by value, in `STATES` states of each list."""
    numbers_of_programs()
    chosen_rows = 0
    for number, query in enumerate(states(kind)):
        records = records_of(client, kind, query)
        chosen_rows += bool(records)
        if kind in LISTS:
            page = client.get(f"/{kind}/?{query}")
            assert page.context["shown"].total == len(records), query
            shown = [row["id"] if isinstance(row, dict) else row.pk for row in page.context["shown"].rows]
            assert shown == [record["id"] for record in records[: len(shown)]], query
        texts = {ending: body(client, f"/{kind}/download.{ending}?{query}") for ending in ("csv", "jsonl", "jsonld")}
        assert [json.loads(line) for line in texts["jsonl"].decode().splitlines()] == records, query
        assert json.loads(texts["jsonld"])["@graph"] == records, query
        table = list(csv.reader(io.StringIO(texts["csv"].decode("utf-8-sig"), newline="")))
        read = reader_of(TABLES[kind].columns)
        assert table[1:] == [[disarmed(said(cell)) for cell in read(one)] for one in records], query
        sheets = list(xlsx_rows(client, f"/{kind}/download.xlsx?{query}").values())
        assert [[said(cell) for cell in row] for row in sheets[0]] == table, query
        if number % 5 == 0:
            for ending, text in texts.items():
                assert exported(kind, ending, query, tmp_path) == text, query
            book = load_workbook(io.BytesIO(exported(kind, "xlsx", query, tmp_path)))
            values = [[said(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
            assert values == table, query
    assert number >= STATES or kind in {"programs", "articles", "regions"}  # these have fewer
    assert chosen_rows > number / 3


@pytest.mark.usefixtures("catalogued")
def test_a_line_a_sentence(client: Client) -> None:
    records = client.get("/api/statistics/").json()["results"]
    rows = csv_rows(client, "/statistics/download.csv?rows=sentences")
    sentence = rows[0].index("原句")
    assert [(row[0], row[sentence]) for row in rows[1:]] == [
        (str(record["id"]), proof["sentence"]) for record in records for proof in record["evidence"]
    ]
    sheet = xlsx_rows(client, "/statistics/download.xlsx")["原句"]
    assert len(sheet) == len(rows)
    of_brands = csv_rows(client, "/brands/download.csv?rows=sentences")
    assert len(of_brands) > len(client.get("/api/brands/").json()["results"])


@pytest.mark.usefixtures("catalogued")
def test_a_workbook_says_what_its_columns_mean(client: Client) -> None:
    sheets = xlsx_rows(client, "/brands/download.xlsx")
    assert list(sheets) == ["劳务品牌", "原句", "列的含义"]
    meant = {row[0]: row[1:] for row in sheets["列的含义"][1:]}
    heads = [*sheets["劳务品牌"][0], *sheets["原句"][0]]
    assert {said(cell) for cell in heads} == set(meant)
    assert meant["行政区划代码"] == ["GB/T 2260", "adcode"]
    book = load_workbook(io.BytesIO(body(client, "/brands/download.xlsx")))
    assert book.worksheets[0].freeze_panes == "A2"
    assert book.worksheets[0].column_dimensions["B"].width == 20


def test_nothing_runs_and_no_digit_is_lost(client: Client) -> None:
    source = article('=HYPERLINK("x")师傅是当地品牌，有12345678901234人。')
    made = brand("=1+1师傅", source=article("=1+1师傅"), organisation="@cmd", region=regions()["140000"])
    statistic(made, "12345678901234.5", source=source, phrase="12345678901234人", unit="元")
    read_model.rebuild()
    row = dict(zip(*csv_rows(client, "/brands/download.csv"), strict=True))
    assert (row["名称"], row["建设单位"], row["行政区划代码"]) == ("'=1+1师傅", "'@cmd", "140000")
    book = load_workbook(io.BytesIO(body(client, "/statistics/download.xlsx")))
    cells = {cell.value: cell for line in book.worksheets[0].iter_rows() for cell in line}
    assert all(cell.data_type != "f" for cell in cells.values())
    assert 12345678901234.5 in cells
    number = csv_rows(client, "/statistics/download.csv")
    assert dict(zip(*number, strict=True))["数值"] == "12345678901234.5"


def test_rows_are_read_a_few_at_a_time(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        brand(f"工匠{number}")
    read_model.rebuild()
    whole = csv_rows(client, "/brands/download.csv")
    monkeypatch.setattr(chosen, "BATCH", 2)
    sizes = [len(batch) for batch in _batches("brands")]
    assert sizes == [2, 2, 2, 1]
    assert csv_rows(client, "/brands/download.csv") == whole


def _batches(kind: str) -> list[Any]:
    request = HttpRequest()
    request.META = {"SERVER_NAME": "testserver", "SERVER_PORT": "80"}
    return list(TABLES[kind].chosen(QueryDict(""), "").batches(request))


@pytest.mark.usefixtures("catalogued")
def test_the_name_says_what_was_chosen(client: Client) -> None:
    disposition = client.get("/brands/download.csv?region=140000&industry=care").headers["Content-Disposition"]
    assert "劳务品牌-山西-养老护理-20" in unquote(disposition)
    assert not body(client, "/brands/download.csv?bom=0").startswith(b"\xef\xbb\xbf")
    assert body(client, "/brands/download.csv").startswith(b"\xef\xbb\xbf")


@pytest.mark.usefixtures("catalogued")
def test_labels_are_in_the_language_of_the_reader(client: Client) -> None:
    client.cookies["django_language"] = "en"
    assert csv_rows(client, "/brands/download.csv")[0][:2] == ["Number", "Name"]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/brands/download.csv?colour=red", "colour"),
        ("/brands/download.xlsx?rows=sentences", "rows"),
        ("/articles/download.csv?rows=sentences", "rows"),
        ("/brands/download.csv?rows=words", "rows"),
        ("/brands/download.csv?bom=yes", "bom"),
        ("/brands/download.csv?region=999999", "999999"),
        ("/brands/download.csv?headcount_min=5&headcount_max=4", "headcount_max"),
        ("/brands/download.csv?sort=price", "price"),
    ],
)
def test_what_is_not_understood_gives_no_file(client: Client, address: str, told: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert told in response.content.decode()
    assert "已忽略" not in response.content.decode()


@pytest.mark.usefixtures("catalogued")
def test_a_cell_that_is_too_long_for_a_workbook_gives_none(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("brands.spreadsheets.workbook.MAX_CELL", 20)
    response = client.get("/statistics/download.xlsx")
    assert (response.status_code, "CSV" in response.content.decode()) == (400, True)
    assert client.get("/statistics/download.csv").status_code == 200


@pytest.mark.usefixtures("catalogued")
def test_addresses_in_files_are_those_of_the_site(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://site.example"
    told = json.loads(body(client, "/brands/download.jsonld"))
    assert told["@context"]["@vocab"] == "https://site.example/api/schema/#"
    assert {urlsplit(row["url"]).netloc for row in told["@graph"]} == {"site.example"}


def test_a_workbook_has_a_limit(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked.MOST_IN_XLSX < 1_048_576
    made = [brand(f"工匠{number}") for number in range(2)]
    read_model.rebuild()
    monkeypatch.setattr(asked, "MOST_IN_XLSX", len(made) - 1)
    response = client.get("/brands/download.xlsx")
    assert (response.status_code, "XLSX" in response.content.decode()) == (400, True)


@pytest.mark.usefixtures("catalogued")
def test_lists_lead_to_their_files(client: Client) -> None:
    page = client.get("/brands/?region=140000").content.decode()
    for ending in ("xlsx", "csv", "jsonl", "jsonld"):
        assert f'href="/brands/download.{ending}?region=140000' in page
    bear_out(brand("甲"), article("甲乙"), "乙")
    assert client.get("/brands/download.csv?region=140000&rows=sentences").status_code == 200


def menus_of(client: Client, address: str) -> dict[str, list[dict[str, Any]]]:
    """What the files of a page hold, by the words and the ending of each link."""
    html = client.get(address).content.decode()
    links = re.findall(r'<a href="(/[a-z]+/download[^"]+)" rel="nofollow">(.*?)</a>', html)
    called = {re.sub("<[^>]+>", "", words).partition("：")[0] for _link, words in links}
    assert called >= {"Excel", "CSV", "JSON", "JSON-LD"}
    found: dict[str, list[dict[str, Any]]] = {}
    for link, _words in links:
        text = body(client, unescape(link))
        if urlsplit(link).path.endswith(".jsonl"):
            found[link.split("/")[1]] = [json.loads(line) for line in text.decode().splitlines()]
    return found


@pytest.mark.usefixtures("catalogued")
def test_pages_of_one_lead_to_files_of_what_they_show(client: Client) -> None:
    """A brand, a program, a number, a division, the country: each file answers, and holds no other records."""
    numbers_of_programs()
    made = Brand.objects.get(name="吕梁山护工")
    files = menus_of(client, made.get_absolute_url())
    own = Statistic.objects.published().filter(brand=made)
    assert {one["id"] for one in files["statistics"]} == set(own.values_list("pk", flat=True)) != set()
    assert {one["fact"]["key"] for one in files["evidence"]} == {made.pk}
    for held in Program.objects.published():
        files = menus_of(client, held.get_absolute_url())
        own = Statistic.objects.published().filter(program=held)
        assert {one["id"] for one in files["statistics"]} == set(own.values_list("pk", flat=True)) != set()
        assert {(one["fact"]["type"], one["fact"]["key"]) for one in files["evidence"]} == {("program", held.pk)}
    number = Statistic.objects.published()[0]
    (told,) = menus_of(client, number.get_absolute_url())["statistics"]
    assert (told["id"], bool(told["evidence"])) == (number.pk, True)
    files = menus_of(client, "/regions/140000/")
    assert len(files["brands"]) == client.get("/brands/?region=140000").context["shown"].total > 0
    assert len(files["statistics"]) == client.get("/statistics/?region=140000").context["shown"].total > 0
    files = menus_of(client, "/regions/100000/")
    assert len(files["brands"]) == client.get("/brands/").context["shown"].total
    assert {one["subject"]["type"] for one in files["statistics"]} == {"region", "program"}  # what is held nationally
    assert len(files["statistics"]) == client.get("/statistics/?region=100000").context["shown"].total


@pytest.mark.usefixtures("catalogued")
def test_pages_offer_no_file_of_nothing(client: Client) -> None:
    empty = Region.objects.create(adcode="659001", name="石河子市", common_name="石河子", level="county")
    assert "/download." not in client.get(empty.get_absolute_url()).content.decode()
    lone = brand("孤独工匠")
    read_model.rebuild()
    html = client.get(lone.get_absolute_url()).content.decode()
    assert "/evidence/download.csv" in html
    assert "/statistics/download." not in html


@pytest.mark.parametrize("name", ["brand", "program", "id"])
@pytest.mark.usefixtures("catalogued")
def test_a_number_that_names_nothing_is_told_everywhere(client: Client, name: str) -> None:
    """By page, interface, file and command, of each of the filters by number; none has a facet."""
    rejected = statistic(regions()["140000"], 5, confidence=0.4)
    for value, status in (("999999", 404), (str(rejected.pk), 404 if name == "id" else 0), ("twelve", 400), ("0", 400)):
        query = f"{name}={value}"
        if not status:
            continue
        shown = client.get(f"/statistics/?{query}")
        assert f"“{value}”，已忽略。" in shown.content.decode()
        assert name not in {facet.name for facet in shown.context["shown"].facets}
        answer = client.get(f"/api/statistics/?{query}")
        assert answer.status_code == status
        (error,) = answer.json()["errors"]
        told = f"{name}: {error['detail']}"
        assert error["parameter"] == name
        assert told in client.get(f"/statistics/download.csv?{query}").content.decode()
        with pytest.raises(CommandError, match=re.escape(told)):
            call_command("export", "statistics", filter=QueryDict(query))


@pytest.mark.usefixtures("catalogued")
def test_the_page_of_all_data_leads_to_whole_lists(client: Client) -> None:
    html = client.get("/data/").content.decode()
    assert "CC BY 4.0" in html
    for kind in TABLES:
        total = TABLES[kind].chosen(QueryDict(""), "").total()
        assert f'<td class="num">{total}</td>' in html
        assert f"/{kind}/download.csv" in html
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    data = json.loads(told)
    assert data["license"].startswith("https://creativecommons.org/")
    for file in data["distribution"]:
        response = client.get(file["contentUrl"])
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith(file["encodingFormat"])
