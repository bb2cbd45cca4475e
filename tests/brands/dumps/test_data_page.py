"""The page of the data: dumps that lie in the directory, their files, and the catalogue of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from brands.dumps.files import SUMS, read_sums
from brands.dumps.writing import write_dump
from tests.brands.dumps.conftest import LATER, NOON
from tests.brands.factories import catalogue
from tests.brands.pages import page, text_of

pytestmark = pytest.mark.django_db

NAME = "2026-03-01T120000Z"


@pytest.fixture
def directory(tmp_path: Path, settings: Any) -> Path:
    """That of the dumps, as yet without any."""
    settings.DUMPS_DIRECTORY = tmp_path / "dumps"
    return tmp_path / "dumps"


@pytest.fixture
def dumps(directory: Path) -> Path:
    """The directory with two of them, the newer one with a delta."""
    catalogue()
    first = write_dump(directory, NOON).folder
    write_dump(directory, LATER, since=first)
    return directory


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_without_a_dump_it_says_so(directory: Path, client: Client) -> None:
    assert "还没有生成过全量数据" in text_of(page(client, "/data/"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_lists_the_dumps(dumps: Path, client: Client, language: str) -> None:
    html = page(client, "/data/", language=language)
    for folder in dumps.iterdir():
        for path in folder.iterdir():
            assert f'href="/data/dumps/{folder.name}/{path.name}"' in html
    newest = max(dumps.iterdir())
    text = text_of(html)
    assert all(found in text for found in read_sums(newest).values())
    assert "2026-03-02" in text
    assert "CC BY 4.0" in text
    assert "山西省" in text


def test_a_new_dump_is_shown_at_once(dumps: Path, client: Client) -> None:
    """Although the data is the same."""
    assert client.get("/data/").headers["Cache-Control"] == "no-store"


def test_what_is_no_whole_dump_is_passed_over(dumps: Path, client: Client) -> None:
    (dumps / ".2026-03-03T120000Z.partial").mkdir()
    (dumps / "2026-03-04T120000Z").mkdir()
    (dumps / "2026-13-99T990000Z").mkdir()
    broken = dumps / "2026-03-05T120000Z"
    broken.mkdir()
    (broken / SUMS).write_text("x")
    (broken / "datapackage.json").write_text("{}")
    assert client.get("/data/dumps/2026-03-05T120000Z/datapackage.json").status_code == 404
    html = page(client, "/data/")
    assert "2026-03-02" in html
    assert "2026-03-05" not in html


def test_files_are_served_as_they_are(dumps: Path, client: Client) -> None:
    for path in (dumps / NAME).iterdir():
        response = client.get(f"/data/dumps/{NAME}/{path.name}")
        assert content(response) == path.read_bytes()
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "address",
    [
        f"{NAME}/missing.csv",
        f"{NAME}/../secret.csv",
        f"{NAME}/..%2Fsecret.csv",
        f"{NAME}/extra.csv",
        f"{NAME}/link.csv",
        f"{NAME}/",
        "2026-03-03T120000Z/brands.csv",
        "linked/brands.csv",
        "2026-04-04T120000Z/brands.csv",
        ".2026-03-03T120000Z.partial/brands.csv",
        f"{NAME}/BRANDS.csv",
    ],
)
def test_nothing_else_is_served(dumps: Path, client: Client, address: str) -> None:
    (dumps / "secret.csv").write_text("secret")
    (dumps / NAME / "extra.csv").write_text("no sum names it")
    (dumps / NAME / "link.csv").symlink_to(dumps / "secret.csv")
    (dumps / "2026-04-04T120000Z").symlink_to(dumps / NAME)
    assert client.get(f"/data/dumps/{address}").status_code == 404


def test_a_file_that_became_a_link_is_not_served(dumps: Path, client: Client) -> None:
    (dumps / "secret.csv").write_text("secret")
    (dumps / NAME / "brands.csv").unlink()
    (dumps / NAME / "brands.csv").symlink_to(dumps / "secret.csv")
    assert client.get(f"/data/dumps/{NAME}/brands.csv").status_code == 404


def test_the_dataset_has_the_files_as_distributions(dumps: Path, client: Client) -> None:
    html = page(client, "/data/")
    data = json.loads(html.split('type="application/ld+json">')[1].split("</script>")[0])
    addresses = {one["contentUrl"] for one in data["distribution"]}
    assert {
        f"http://testserver/data/dumps/{max(dumps.iterdir()).name}/{name}" for name in read_sums(max(dumps.iterdir()))
    } <= addresses


def test_the_catalogue_of_dcat(dumps: Path, client: Client) -> None:
    response = client.get("/data/catalog.jsonld")
    assert response.headers["Content-Type"].startswith("application/ld+json")
    found = response.json()
    assert found["@type"] == "dcat:Catalog"
    (dataset,) = found["dcat:dataset"]
    newest = max(dumps.iterdir())
    sums = {
        one["dct:title"]: one["spdx:checksum"]["spdx:checksumValue"]["@value"] for one in dataset["dcat:distribution"]
    }
    assert sums == read_sums(newest)
    for one in dataset["dcat:distribution"]:
        path = one["dcat:downloadURL"]["@id"].removeprefix("http://testserver")
        assert len(content(client.get(path))) == int(one["dcat:byteSize"]["@value"])
    assert dataset["dct:temporal"]["dcat:endDate"]["@value"] == "2025-11-19"
    (service,) = found["dcat:service"]
    assert client.get(service["dcat:endpointDescription"]["@id"].removeprefix("http://testserver")).status_code == 200


def test_the_catalogue_without_a_dump(directory: Path, client: Client) -> None:
    (dataset,) = client.get("/data/catalog.jsonld").json()["dcat:dataset"]
    assert "dcat:distribution" not in dataset
