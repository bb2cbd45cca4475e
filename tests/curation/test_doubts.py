"""The work list of doubtful things: each rule finds what it says and nothing that is as it should be."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from brands.listing.sync import gathered
from brands.models import Article, Brand, Correction, Evidence, Region, Statistic
from brands.vocabulary.choices import ReviewState
from curation.models import Dismissal
from curation.review.doubts import FEWEST, SORTS, doubts, fences
from tests.brands.factories import article, brand, program, regions, statistic
from tests.staff import member

pytestmark = pytest.mark.django_db


def labels(sort: str) -> list[str]:
    return [one.label for one in doubts(SORTS[sort]).listed]


@pytest.fixture
@gathered()
def ordinary() -> list[Statistic]:
    """As many numbers as it takes to know what is ordinary: 1000 to 2100 people."""
    regions()
    return [statistic(brand(f"第{number}号师傅", region_id="141100"), 1000 + 100 * number) for number in range(FEWEST)]


@pytest.mark.parametrize(("value", "found"), [(2500, False), (14_000, False), (500_000, True), (9, True)])
def test_a_number_far_from_all_like_it_is_doubtful(ordinary: list[Statistic], value: int, found: bool) -> None:
    odd = brand("潜江裁缝", region_id="429005")
    statistic(odd, value)
    assert labels("outlier") == ([f"潜江裁缝 · 就业人数 {doubtful(value)}"] if found else [])


def doubtful(value: int) -> str:
    return "50 万人" if value == 500_000 else f"{value} 人"


def test_numbers_are_compared_with_those_of_their_kind_of_subject(ordinary: list[Statistic]) -> None:
    statistic(regions()["100000"], 500_000_000)
    statistic(ordinary[0].brand, 5_000_000_000, unit="元", metric="labour_income")  # type: ignore[arg-type]
    assert labels("outlier") == []


@pytest.mark.parametrize("review", [ReviewState.CONFIRMED, ReviewState.REJECTED])
def test_what_a_person_has_decided_on_is_not_doubted(ordinary: list[Statistic], review: str) -> None:
    row = statistic(brand("潜江裁缝"), 500_000)
    Statistic.objects.filter(pk=row.pk).update(review=review)
    assert labels("outlier") == []


def test_the_fences_are_a_factor_of_ten_at_least() -> None:
    assert fences(100, 100, 100) == pytest.approx((10, 1000))
    low, high = fences(10, 100, 1000)
    assert (low, high) == pytest.approx((1e-5, 1e9))


@pytest.mark.parametrize(
    ("name", "region", "found"),
    [
        ("天镇保姆", "140222", False),
        ("天镇保姆", "140200", False),
        ("天镇保姆", "140000", False),
        ("天镇保姆", "141100", True),
        ("天镇保姆", "420000", True),
        ("吕梁山护工", "141102", False),
        ("湖北裁缝", "429005", False),
        ("永川工匠", "500000", False),
        ("潜江裁缝", "140222", True),
        ("无名工匠", "140222", False),
        ("天镇保姆", None, False),
    ],
)
def test_a_region_that_does_not_fit_the_name_is_doubtful(name: str, region: str | None, found: bool) -> None:
    regions()
    brand(name, region_id=region)
    assert labels("misplaced") == ([name] if found else [])


def test_a_place_that_a_paper_states_or_that_is_called_like_the_name_is_not_doubted() -> None:
    places = regions()
    row = brand("天镇保姆", region=places["141100"], source=article("天镇保姆，吕梁。"))
    Evidence.objects.create(
        brand=row, article=Article.objects.get(), field="region", start=5, end=7, context_start=0, context_end=8
    )
    Region.objects.filter(pk="141102").update(common_name="天镇驿")
    brand("天镇裁缝", region_id="141102")
    assert labels("misplaced") == []


def test_a_false_alarm_is_silenced_by_itself_and_can_be_raised_again() -> None:
    regions()
    rows = [brand(name, region_id="420000") for name in ("天镇保姆", "吕梁护工")]
    client = Client()
    user = member("reviewer", "shenhe")
    client.force_login(user)
    address = reverse("curation:no_doubt", args=["misplaced"])
    for _time in range(2):
        client.post(address, {"kind": "brand", "row": rows[0].pk})
    assert labels("misplaced") == ["吕梁护工"]
    made = Dismissal.objects.get()
    assert (made.label, made.user) == ("天镇保姆", user)
    page = client.get(reverse("curation:doubtful_sort", args=["misplaced"])).content.decode()
    assert "已判为没有问题的 1 条" in page
    client.post(reverse("curation:doubt_again", args=["misplaced", made.pk]))
    assert labels("misplaced") == ["天镇保姆", "吕梁护工"]


@pytest.mark.parametrize(
    "sent", [{}, {"kind": "brand", "row": "x"}, {"kind": "cats", "row": "1"}, {"kind": "brand", "row": "9" * 30}]
)
def test_what_is_not_on_the_list_is_not_silenced(admin_client: Client, sent: dict[str, str]) -> None:
    assert admin_client.post(reverse("curation:no_doubt", args=["misplaced"]), sent).status_code == 302
    assert not Dismissal.objects.exists()


def test_dates_that_cannot_be_are_doubtful() -> None:
    regions()
    carer = brand("吕梁山护工", recognised_year=2199)
    statistic(carer, 5, as_of="2199-01-01")
    statistic(carer, 6, as_of="1949")
    statistic(carer, 7, as_of="2020")
    program("护工技能大赛", held_on=date(2199, 5, 1), held_precision="day")
    found = [one.why for one in doubts(SORTS["misdated"]).listed]
    assert found == ["日期：2199年1月1日", "日期：1949年", "日期：2199年5月1日", "认定年份：2199"]


@pytest.mark.parametrize(
    ("metric", "unit", "found"),
    [
        ("employment", "人", False),
        ("employment", "元", True),
        ("output_value", "人", True),
        ("output_value", "元", False),
        ("growth", "%", False),
        ("growth", "家", True),
        ("facilities", "家", False),
        ("facilities", "元", True),
        ("other", "元", False),
    ],
)
def test_a_unit_that_does_not_fit_is_doubtful(metric: str, unit: str, found: bool) -> None:
    statistic(brand("吕梁山护工"), 5, metric=metric, unit=unit)
    assert bool(labels("misfit")) == found


def test_facts_without_evidence_are_doubtful_even_when_confirmed() -> None:
    brand("吕梁山护工")
    lost = brand("天镇保姆", review=ReviewState.CONFIRMED)
    brand("潜江裁缝", review=ReviewState.REJECTED)
    Evidence.objects.filter(brand__name__in=["天镇保姆", "潜江裁缝"]).delete()
    (one,) = doubts(SORTS["unfounded"]).listed
    assert (one.label, one.url) == ("天镇保姆", reverse("admin:brands_brand_change", args=[lost.pk]))


def test_articles_that_may_have_been_missed_are_listed_the_likeliest_first() -> None:
    scores = {"差一点": 0.48, "有些像": 0.22, "不像": 0.19}
    rows = {title: article("正文。", title=title, relevant=False, score=score) for title, score in scores.items()}
    article("采用了。", relevant=True, score=0.3)
    found = doubts(SORTS["missed"]).listed
    assert [(one.label, one.why) for one in found] == [
        ("差一点", "相关度 48%，未采用"),
        ("有些像", "相关度 22%，未采用"),
    ]
    assert found[0].url == reverse("admin:brands_article_change", args=[rows["差一点"].pk])


@pytest.mark.parametrize(
    ("url", "published_on", "publisher", "said"),
    [
        ("https://www.ceweekly.cn/mag/2020/1117/320654.html", date(2024, 12, 31), "经济网", "2020-11-17"),
        ("http://www.hnnews.cc/xzlb/202402/t20240226_7396983.html", date(2023, 4, 20), "", "2024-02"),
        ("http://a.cn/2023-11/09/content_1.htm", date(2023, 11, 9), "甲报", ""),
        ("http://a.cn/2023-11/09/content_1.htm", date(2023, 12, 9), "甲报", ""),
        ("http://a.cn/system/2010/02-24/2135892.shtml", None, "甲报", ""),
        ("http://a.cn/202302/31/1.html", date(2023, 2, 1), "甲报", ""),
        ("http://a.cn/p/20231109123456.html", date(2020, 1, 1), "甲报", ""),
        ("http://paper.people.com.cn/rmrb/1.htm", date(2024, 1, 1), "甘肃日报", "人民日报"),
        ("http://paper.people.com.cn/rmrb/1.htm", date(2024, 1, 1), "人民日报海外版", ""),
        ("http://nm.people.com.cn/1.htm", date(2024, 1, 1), "内蒙古日报", ""),
    ],
)
def test_an_address_that_contradicts_its_article_is_doubtful(
    url: str, published_on: date | None, publisher: str, said: str
) -> None:
    article("护工出山。", url=url, published_on=published_on, publisher=publisher)
    found = doubts(SORTS["contradicted"]).listed
    assert [one.why.split("，")[0] for one in found] == ([f"网址里是{said}"] if said else [])


def test_each_leads_to_where_it_is_reviewed() -> None:
    regions()
    made = article("天镇保姆进城。")
    row = brand("天镇保姆", region_id="420000", source=made)
    Correction.objects.create(about="brand:1", label="天镇保姆", wrong="不在湖北")
    Correction.objects.create(about="brand:1", label="旧的", wrong="已改", done=True)
    (one,) = doubts(SORTS["misplaced"]).listed
    assert one.url == f"{reverse('curation:queue_article', args=[made.pk])}#brand-{row.pk}"
    assert [(one.label, one.why) for one in doubts(SORTS["reported"]).listed] == [("天镇保姆", "不在湖北")]


@pytest.mark.parametrize("sort", ["", *SORTS])
def test_the_page_lists_them_with_the_rule(sort: str) -> None:
    regions()
    statistic(brand("吕梁山护工", region_id="420000"), 5, metric="employment", unit="元", as_of="1949")
    user = member("viewer", "chakan")
    client = Client()
    client.force_login(user)
    response: Any = client.get(reverse("curation:doubtful_sort", args=[sort]) if sort else reverse("curation:doubtful"))
    assert response.status_code == 200
    if sort:
        assert str(SORTS[sort].rule) in response.content.decode()


def test_an_unknown_sort_is_not_found(admin_client: Client) -> None:
    assert admin_client.get("/admin/doubtful/cats/").status_code == 404
    assert Brand.objects.count() == 0
