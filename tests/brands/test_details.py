"""Details of a brand on its page, in the facet of destinations, in the API, in a merge and in an undo."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from brands.audit.change_sets import open_change_set, within
from brands.audit.merge import MergeChoice, merge
from brands.audit.undo import undo
from brands.figures.details import field_evidence, reached
from brands.listing import read_model
from brands.models import Brand, BrandDetail, Evidence
from brands.vocabulary.choices import ChangeSetKind
from tests.brands.factories import article, bear_out, brand, detail, regions
from tests.brands.pages import page, text_of

pytestmark = pytest.mark.django_db

SAID = "“天镇保姆”向湖北潜江输送300人，远赴日本务工，也做育婴。"


@pytest.fixture
def maid() -> Brand:
    """A brand whose people work in a county of another province and in a country, and do one trade."""
    regions()
    source = article(SAID)
    made = brand("天镇保姆", source=source, region_id="140222")
    detail(made, "destination", "湖北潜江", source=source, region_id="429005", people="300人")
    detail(made, "destination", "日本", source=source, country="JP")
    detail(made, "trade", "育婴", source=source)
    read_model.refresh([made.pk])
    return made


class TestThePage:
    def test_shows_each_with_its_sentence(self, client: Client, maid: Brand) -> None:
        html = page(client, maid.get_absolute_url())
        shown = text_of(html).replace(" ", "")
        assert "干活的地方湖北潜江300人日本" in shown
        assert "工种育婴" in shown
        assert "<mark>湖北潜江</mark>" in html
        assert "/destinations/420000/" in html
        assert html.count("<dt>") == len(set(html.split("<dt>"))) - 1

    def test_says_in_english_what_they_are(self, client: Client, maid: Brand) -> None:
        shown = text_of(page(client, maid.get_absolute_url(), language="en"))
        assert "Places of work" in shown
        assert "Jobs" in shown

    def test_has_no_heading_for_nothing(self, client: Client) -> None:
        assert "报道里还说" not in page(client, brand("甲").get_absolute_url())

    def test_folds_what_no_paper_says(self, client: Client) -> None:
        made = brand("甲", issuer="某省人社厅", recognised_year=2021)
        shown = text_of(page(client, made.get_absolute_url())).replace(" ", "")
        assert "认定机关某省人社厅" in shown
        folded = shown.partition("未收录：")[2]
        assert folded.startswith("人数、去哪里干活、人均收入、所在地、类型、级别、建设单位、认定文号")


@pytest.mark.parametrize(
    ("region", "country", "value"),
    [("429005", "", "420000"), ("110000", "", "110000"), ("100000", "", ""), ("", "JP", "JP"), ("", "", "")],
)
def test_a_destination_counts_for_its_province_or_country(region: str, country: str, value: str) -> None:
    assert reached(region, country) == value


@pytest.mark.usefixtures("maid")
def test_lists_are_narrowed_by_where_people_work(client: Client) -> None:
    brand("乙")
    for value, count in (("420000", 1), ("JP", 1), ("140000", 0)):
        answer = client.get("/api/brands/", {"destination": value}).json()
        assert answer["count"] == count, value
    facet = client.get("/api/brands/?facets=1").json()["facets"]["destination"]
    assert {one["value"]: (one["label"], one["count"]) for one in facet["values"]} == {
        "420000": ("在湖北干活", 1),
        "JP": ("在日本干活", 1),
    }


def test_results_of_the_api_hold_them(client: Client, maid: Brand) -> None:
    (result,) = client.get("/api/brands/", {"region": "140222"}).json()["results"]
    assert (result["id"], result["organisation"]) == (maid.pk, None)
    assert result["details"] == [
        {"kind": "destination", "words": "湖北潜江", "adcode": "429005", "country": None, "people": "300人"},
        {"kind": "destination", "words": "日本", "adcode": None, "country": "JP", "people": None},
        {"kind": "trade", "words": "育婴", "adcode": None, "country": None, "people": None},
    ]
    json.dumps(result)


def test_the_card_follows_a_detail_that_is_saved_or_deleted(client: Client, maid: Brand) -> None:
    BrandDetail.objects.get(country="JP").delete()
    detail(maid, "destination", "韩国", country="KR")
    found = client.get("/api/brands/?facets=1").json()["facets"]["destination"]["values"]
    assert {one["value"] for one in found} == {"420000", "KR"}
    assert not list(read_model.differences())


def test_a_merge_hands_over_all_and_keeps_what_both_have_once_and_is_taken_back(maid: Brand) -> None:
    source = article("“保姆嫂”在潜江做工，也做月嫂。")
    other = brand("保姆嫂", source=source)
    detail(other, "destination", "潜江", source=source, region_id="429005")
    detail(other, "trade", "月嫂", source=source)
    before = sorted(BrandDetail.objects.values_list("brand", "kind", "words"))
    done = merge(Brand, maid.pk, other.pk, MergeChoice(), author=None, why="一样")
    assert sorted(maid.details.values_list("words", flat=True)) == sorted(["湖北潜江", "日本", "育婴", "月嫂"])
    assert Evidence.objects.filter(detail__region="429005").count() == 2
    assert not Evidence.objects.filter(detail__isnull=False).exclude(brand=maid).exists()
    undo(done, author=None)
    assert sorted(BrandDetail.objects.values_list("brand", "kind", "words")) == before


def test_an_undo_brings_a_deleted_one_back_with_its_place(maid: Brand) -> None:
    with within(open_change_set(ChangeSetKind.EDIT, author=None)) as change_set:
        maid.details.get(country="JP").delete()
    undo(change_set, author=None)
    assert maid.details.get(country="JP").evidence.get().quote == "日本"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "trade", "words": "“育婴”"},
        {"kind": "honour", "words": "……"},
        {"kind": "trade", "words": "木工", "country": "JP"},
        {"kind": "fame", "words": "名气"},
    ],
)
def test_what_cannot_be_is_refused(maid: Brand, wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        BrandDetail(brand=maid, **wrong).full_clean()


class TestFieldEvidence:
    """The sentence beside a field is one that says the value which stands."""

    def piece(self, found: Brand, field: str, words: str) -> None:
        text = f"{found.name}：{words}。"
        bear_out(found, article(text), words, field=field)

    @pytest.fixture
    def evidence(self) -> dict[str, str]:
        regions()
        found = brand("甲", region_id="140222", recognised_year=2019, issuer="某省人社厅")
        for field, words in (
            ("region", "山西省"),
            ("region", "三晋"),
            ("level", "全国劳务品牌"),
            ("region", "天镇县"),
            ("recognised_year", "2009年"),
            ("recognised_year", "2019年底"),
            ("issuer", "某市政府"),
        ):
            self.piece(found, field, words)
        pieces = list(Evidence.objects.filter(brand=found).with_words().order_by("pk"))
        return {field: one.quote for field, one in field_evidence(found, pieces).items()}

    def test_names_the_division_and_not_its_province(self, evidence: dict[str, str]) -> None:
        assert evidence["region"] == "天镇县"

    def test_of_a_level_is_that_of_its_year(self) -> None:
        found = brand("乙", level="provincial", recognised_year=2022)
        self.piece(found, "level", "全国十大")
        source = article("乙：2022年获评省级劳务品牌。")
        bear_out(found, source, "2022年", field="recognised_year")
        bear_out(found, source, "省级劳务品牌", field="level")
        pieces = list(Evidence.objects.filter(brand=found).with_words().order_by("pk"))
        assert field_evidence(found, pieces)["level"].quote == "省级劳务品牌"

    def test_says_the_year(self, evidence: dict[str, str]) -> None:
        assert evidence["recognised_year"] == "2019年底"

    def test_is_none_where_papers_say_another_value(self, evidence: dict[str, str]) -> None:
        assert "issuer" not in evidence
