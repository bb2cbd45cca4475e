"""From where to where: provinces by destinations, and who works in one place and whom to ask."""

import pytest
from django.test import Client

from brands.models import Brand, Region
from brands.vocabulary.choices import DetailKind, Industry, ReviewState
from tests.brands.factories import article, bear_out, brand, detail, regions, statistic
from tests.brands.pages import page, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> dict[str, Region]:
    return regions()


def worker(name: str, home: Region | None, words: str, place: Region | None, **fields: object) -> Brand:
    """A brand whose people work somewhere, as its article says."""
    source = article(f"{name}的人去了{words}。")
    made = brand(name, source=source, region=home, industry=fields.pop("industry", Industry.DOMESTIC_SERVICE))
    detail(made, DetailKind.DESTINATION, words, source=source, region=place, **fields)
    return made


@pytest.fixture
def workers(places: dict[str, Region]) -> list[Brand]:
    return [
        worker("天镇保姆", places["140222"], "重庆", places["500000"], people="3000多人"),
        worker("文水护工", places["141121"], "永川", places["500118"], industry=Industry.CARE),
        worker("潜江裁缝", places["429005"], "新加坡", None, country="SG"),
        worker("离石月嫂", places["141102"], "长三角", None),
    ]


@pytest.mark.usefixtures("workers")
def test_the_matrix_counts_brands_from_each_province(client: Client) -> None:
    html = page(client, "/destinations/")
    shown = text_of(html)
    assert "报道写明了 3 个品牌的去处，涉及 2 个省份和国家。" in shown
    assert 'href="/destinations/500000/?region=140000">2</a>' in html
    assert 'href="/destinations/SG/?region=420000">1</a>' in html
    assert "合计 2 1" in shown
    assert "离石月嫂 长三角" in shown


@pytest.mark.usefixtures("workers")
def test_the_matrix_is_taken_along(client: Client) -> None:
    lines = client.get("/destinations/flow.csv").content.decode("utf-8-sig").split("\r\n")
    assert lines[:3] == ["来自,代码,重庆,新加坡", "山西,140000,2,0", "湖北,420000,0,1"]


@pytest.mark.usefixtures("workers")
def test_who_works_in_a_place_is_said_with_its_sentence(client: Client) -> None:
    html = page(client, "/destinations/500000/")
    shown = text_of(html)
    assert "谁在重庆干活" in shown
    assert "本库有 2 个品牌的人在重庆干活，来自山西（2 个）。" in shown
    assert "重庆 3000多人" in shown
    assert "重庆永川" in shown, "a county stands with the province that holds it"
    assert "天镇保姆的人去了<mark>重庆</mark>。" in html


def test_whom_to_ask_is_what_is_printed_or_else_who_runs_it(client: Client, workers: list[Brand]) -> None:
    detail(workers[0], DetailKind.CONTACT, "天镇县保姆培训学校 0352-6820000")
    Brand.objects.filter(pk=workers[1].pk).update(organisation="文水县人社局")
    shown = text_of(page(client, "/destinations/500000/"))
    assert "联系方式：天镇县保姆培训学校 0352-6820000" in shown
    assert "建设单位：文水县人社局" in shown
    assert "12333；这是通用渠道，不是品牌自己的电话。" in shown


@pytest.mark.usefixtures("workers")
@pytest.mark.parametrize(
    ("query", "named", "missing"),
    [
        ("?industry=care", "文水护工", "天镇保姆"),
        ("?industry=domestic_service", "天镇保姆", "文水护工"),
        ("?region=140000&industry=care", "文水护工", "天镇保姆"),
    ],
)
def test_a_place_is_narrowed_to_a_trade_and_a_home(client: Client, query: str, named: str, missing: str) -> None:
    html = page(client, f"/destinations/500000/{query}")
    assert named in html
    assert missing not in html


@pytest.mark.usefixtures("workers")
def test_what_an_address_says_wrongly_is_told(client: Client) -> None:
    shown = text_of(page(client, "/destinations/500000/?industry=sorcery&region=420000&colour=red"))
    for said in ("“行业”里没有“sorcery”", "“来自”里没有“420000”", "无法识别参数“colour”"):
        assert said in shown


@pytest.mark.usefixtures("workers")
def test_a_county_shows_those_in_it_alone(client: Client) -> None:
    html = page(client, "/destinations/500118/")
    assert "文水护工" in html
    assert "天镇保姆" not in html


def test_a_place_where_nobody_works_says_so(client: Client, places: dict[str, Region]) -> None:
    assert "已读的报道尚未提及哪个品牌的人在这里干活。" in text_of(page(client, "/destinations/420000/"))


@pytest.mark.parametrize("code", ["100000", "999999", "ZZ"])
def test_no_page_for_what_is_no_place(client: Client, places: dict[str, Region], code: str) -> None:
    assert client.get(f"/destinations/{code}/").status_code == 404


def test_a_brand_that_is_not_public_works_nowhere(client: Client, workers: list[Brand]) -> None:
    Brand.objects.filter(pk=workers[0].pk).update(review=ReviewState.REJECTED)
    from brands.listing.read_model import refresh

    refresh([workers[0].pk])
    assert "天镇保姆" not in page(client, "/destinations/500000/")
    assert "天镇保姆" not in page(client, "/destinations/")


def test_brands_stand_by_how_many_people_they_have(client: Client, workers: list[Brand]) -> None:
    statistic(workers[1], 90_000, as_of="2024")
    html = page(client, "/destinations/500000/")
    assert html.index("文水护工") < html.index("天镇保姆")


def test_a_sentence_stands_once(client: Client, places: dict[str, Region]) -> None:
    source = article("文水护工的人去了重庆永川。")
    made = brand("文水护工", source=source, region=places["141121"])
    detail(made, DetailKind.DESTINATION, "重庆", source=source, region=places["500000"])
    detail(made, DetailKind.DESTINATION, "永川", source=source, region=places["500118"])
    bear_out(made, source, "去了", field="destination")
    assert page(client, "/destinations/500000/").count("<blockquote") == 1
