"""The admin: staff find a fact, see its sentence, and what they say is noted."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from brands.admin.versions import Version
from brands.listing import sync
from brands.models import Article, Brand, BrandAlias, Correction, Evidence, Page, Program, Region, Statistic
from tests.curation.deeds import in_bulk

TEXT = "题<b>\n“八桂米粉师傅”带动9万人<i>就业。\n大会召开。"
# Statements that a list may run, however many rows it shows; session and user are two of them.
MOST_QUERIES = 15


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _gathered_catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        with sync.gathered():
            make_catalogue()
        yield
        transaction.set_rollback(True)


def make_catalogue() -> None:
    """Thirty brands with a number and evidence each, and one of everything else."""
    country = Region.objects.create(
        adcode="100000", name="中国", common_name="中国", level="country", pinyin="zhong guo"
    )
    region = Region.objects.create(
        adcode="450000", name="广西壮族自治区", common_name="广西", level="province", parent=country, pinyin="guang xi"
    )
    region.names.create(name="八桂", kind="literary")
    page = Page.objects.create(name="报.txt", sha256="0" * 64, encoding="utf-8", text=TEXT, extractor="1")
    article = Article.objects.create(
        page=page,
        order=0,
        title="题<b>",
        spans=[[0, len(TEXT)]],
        relevant=True,
        published_on=date(2025, 1, 2),
        place=region,
    )
    for n in range(30):
        brand = Brand.objects.create(name="八桂米粉师傅" if n == 0 else f"{n}号绣娘", region=region, confidence=n / 30)
        brand.aliases.create(name=f"别名{n}")
        number = Statistic.objects.create(
            brand=brand, metric="employment", value=Decimal(90000), unit="人", stated="9万人"
        )
        place: dict[str, Any] = {"article": article, "context_start": 5, "context_end": 24, "rule": "quoted"}
        Evidence.objects.create(brand=brand, start=6, end=12, **place)
        Evidence.objects.create(statistic=number, start=15, end=18, **place)
    brand.details.create(kind="trade", words="绣花")
    program = Program.objects.create(name="大会", kind="conference", place=region)
    Evidence.objects.create(program=program, article=article, start=25, end=27, context_start=25, context_end=30)
    Correction.objects.create(label="八桂米粉师傅", wrong="所在地不对")


@pytest.fixture
def staff(admin_client: Client) -> Client:
    return admin_client


# Models whose rows follow from others: the program writes them, and nobody has anything to say about them.
DERIVED = {
    "card",
    "cardlink",
    "dataversion",
    "hiddensource",
    "programredirect",
    "redirect",
    "searchdocument",
    "cardfigure",
}

# The audit log, which nobody writes, what is proposed, and rules of the staff, which count once they were looked at:
# pages of their own show them, see `curation`.
ELSEWHERE = {"changeset", "change", "currentchangeset", "proposal", "seal", "standingrule"}


def models_of_brands() -> list[str]:
    names = {model._meta.model_name or "" for model in apps.get_app_config("brands").get_models()}
    assert names >= DERIVED | ELSEWHERE
    return sorted(names - DERIVED - ELSEWHERE)


def test_what_follows_from_other_rows_has_no_page() -> None:
    registered = {model._meta.model_name for model in admin.site._registry if model._meta.app_label == "brands"}
    assert registered == set(models_of_brands())


@pytest.mark.parametrize("name", models_of_brands())
def test_every_model_has_a_list_that_asks_little(staff: Client, django_assert_max_num_queries: Any, name: str) -> None:
    address = reverse(f"admin:brands_{name}_changelist")
    with django_assert_max_num_queries(MOST_QUERIES):
        shown = staff.get(address)
    assert shown.status_code == 200
    assert staff.get(address, {"q": "八桂"}).status_code == 200


@pytest.mark.parametrize("name", models_of_brands())
def test_every_row_has_a_page(staff: Client, django_assert_max_num_queries: Any, name: str) -> None:
    row = apps.get_model("brands", name)._default_manager.order_by("pk").first()
    with django_assert_max_num_queries(MOST_QUERIES + 5):
        shown = staff.get(reverse(f"admin:brands_{name}_change", args=[row.pk]))
    assert shown.status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "米粉"}, 1),
        ({"q": "粉"}, 1),
        ({"q": "米 粉"}, 1),
        ({"q": "别名7"}, 1),
        ({"q": "ba gui"}, 1),
        ({"q": "粉米"}, 0),
        ({"province": "450000"}, 30),
        ({"province": "none"}, 0),
        ({"confidence": "low"}, 15),
        ({"confidence": "high"}, 15),
        ({"review__exact": "confirmed"}, 0),
    ],
)
def test_brands_are_found(staff: Client, query: dict[str, str], found: int) -> None:
    shown = staff.get(reverse("admin:brands_brand_changelist"), query)
    assert shown.context["cl"].result_count == found


def test_a_fact_shows_its_sentence_with_the_phrase_marked_and_escaped(staff: Client) -> None:
    brand = Brand.objects.get(name="八桂米粉师傅")
    shown = staff.get(reverse("admin:brands_brand_change", args=[brand.pk])).content.decode()
    article = reverse("admin:brands_article_change", args=[Article.objects.get().pk])
    assert "“<mark>八桂米粉师傅</mark>”带动9万人&lt;i&gt;就业。" in shown
    assert f'<a href="{article}">题&lt;b&gt;</a>' in shown
    number = staff.get(reverse("admin:brands_statistic_change", args=[brand.statistics.get().pk])).content.decode()
    assert "带动<mark>9万人</mark>&lt;i&gt;就业。" in number


def test_an_article_shows_its_text_with_facts_linked(staff: Client) -> None:
    article = Article.objects.get()
    shown = staff.get(reverse("admin:brands_article_change", args=[article.pk])).content.decode()
    assert f'<a href="{reverse("admin:brands_program_change", args=[Program.objects.get().pk])}">大会</a>' in shown
    assert "题&lt;b&gt;\n“" in shown
    assert "题<b>" not in shown


@pytest.mark.parametrize(("action", "state"), [("confirm", "confirmed"), ("reject", "rejected")])
def test_a_verdict_on_many_facts_is_counted(staff: Client, action: str, state: str) -> None:
    chosen = [brand.pk for brand in Brand.objects.order_by("pk")[:3]]
    Brand.objects.filter(pk=chosen[0]).update(review=state)
    done = in_bulk(staff, "brand", chosen, action)
    assert Brand.objects.filter(review=state).count() == 3
    assert [str(message).partition("，")[0] for message in done.context["messages"]] == ["已改动 2 条"]


@pytest.mark.parametrize("sent", ["2024care-1", "9" * 30, "-1", "1e5", "\ud7ff"])
@pytest.mark.parametrize(
    ("kind", "field"), [("brand", "series"), ("program", "brands"), ("statistic", "brand"), ("brand", "source_article")]
)
def test_what_can_be_no_key_is_a_fault_of_its_field(staff: Client, kind: str, field: str, sent: str) -> None:
    response = staff.post(f"/admin/brands/{kind}/add/", {field: sent})
    assert response.status_code == 200
    assert response.context["adminform"].form.errors[field]


def form_of(brand: Brand, **changes: object) -> dict[str, object]:
    """What a browser would send for the brand's page."""
    alias = brand.aliases.get()
    form = {
        "opened": str(Version.of(brand, ("aliases",))),
        "name": brand.name,
        "region": brand.region_id or "",
        "industry": brand.industry,
        "review": brand.review,
        "aliases-TOTAL_FORMS": "2",
        "aliases-INITIAL_FORMS": "1",
        "aliases-0-id": str(alias.pk),
        "aliases-0-brand": str(brand.pk),
        "aliases-0-name": alias.name,
        "aliases-1-brand": str(brand.pk),
        "aliases-1-name": "",
    }
    for inline in ("details", "evidence", "statistics"):  # shown for reading; a browser sends their counts back
        form |= {f"{inline}-TOTAL_FORMS": "0", f"{inline}-INITIAL_FORMS": "0"}
    return form | changes


class TestAChangeByAPerson:
    @pytest.fixture
    def brand(self) -> Brand:
        return Brand.objects.get(name="八桂米粉师傅")

    def change(self, staff: Client, brand: Brand, **changes: Any) -> Any:
        return staff.post(reverse("admin:brands_brand_change", args=[brand.pk]), form_of(brand, **changes))

    def test_is_noted_and_confirms_the_fact(self, staff: Client, brand: Brand) -> None:
        assert self.change(staff, brand, industry="catering", name="八桂粉师").status_code == 302
        brand.refresh_from_db()
        assert (brand.industry, brand.review, brand.hand_set) == ("catering", "confirmed", ["industry", "name"])
        assert (brand.name_key, brand.pinyin) == ("八桂粉师", "ba gui fen shi")

    def test_that_changes_nothing_notes_nothing(self, staff: Client, brand: Brand) -> None:
        assert self.change(staff, brand).status_code == 302
        brand.refresh_from_db()
        assert (brand.review, brand.hand_set) == ("proposed", [])

    def test_may_be_a_verdict(self, staff: Client, brand: Brand) -> None:
        self.change(staff, brand, review="rejected")
        brand.refresh_from_db()
        assert (brand.review, brand.hand_set) == ("rejected", [])

    def test_may_be_another_name(self, staff: Client, brand: Brand) -> None:
        assert self.change(staff, brand, **{"aliases-1-name": "桂粉师傅"}).status_code == 302
        brand.refresh_from_db()
        assert (brand.review, brand.hand_set) == ("confirmed", ["aliases"])
        assert BrandAlias.objects.get(by_hand=True).name_key == "桂粉师傅"

    def test_of_the_name_keeps_the_old_one(self, staff: Client, brand: Brand) -> None:
        old, page = brand.name, staff.get(reverse("admin:brands_brand_change", args=[brand.pk]))
        assert page.context["adminform"].form["keeps_name"].value() is True
        self.change(staff, brand, name="八桂粉师", keeps_name="on")
        brand.refresh_from_db()
        assert (brand.name, brand.hand_set) == ("八桂粉师", ["name"])
        assert brand.aliases.get(name=old).by_hand

    def test_of_the_name_may_let_the_old_one_go(self, staff: Client, brand: Brand) -> None:
        old = brand.name
        self.change(staff, brand, name="八桂粉师")
        assert not BrandAlias.objects.filter(name=old).exists()

    def test_of_the_name_s_writing_keeps_none(self, staff: Client, brand: Brand) -> None:
        self.change(staff, brand, name="“八桂”米粉师傅", keeps_name="on")
        assert brand.aliases.count() == 1

    def test_that_makes_a_double_is_told(self, staff: Client, brand: Brand) -> None:
        shown = self.change(staff, brand, name="1号“绣娘”")
        assert shown.status_code == 200
        assert "该地区已有同名劳务品牌。" in shown.content.decode()
        assert not Brand.objects.filter(name="1号“绣娘”").exists()


@pytest.mark.parametrize("name", ["page", "article", "evidence", "region", "regionname", "brandalias", "branddetail"])
def test_what_comes_from_files_is_read_only(staff: Client, name: str) -> None:
    row = apps.get_model("brands", name)._default_manager.order_by("pk").first()
    assert staff.get(reverse(f"admin:brands_{name}_add")).status_code == 403
    assert staff.post(reverse(f"admin:brands_{name}_change", args=[row.pk]), {}).status_code == 403
    assert staff.post(reverse(f"admin:brands_{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("name", ["brand", "program", "statistic"])
def test_facts_are_rejected_not_deleted(staff: Client, name: str) -> None:
    row = apps.get_model("brands", name)._default_manager.order_by("pk").first()
    assert staff.post(reverse(f"admin:brands_{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("term", ["八桂", "guangxi", "广西", "450000"])
def test_regions_are_found_by_any_of_their_names(staff: Client, term: str) -> None:
    query = {"app_label": "brands", "model_name": "brand", "field_name": "region", "term": term}
    found = staff.get(reverse("admin:autocomplete"), query).json()
    assert found["results"] == [{"id": "450000", "text": "广西 450000"}]


def test_a_chosen_region_says_which_it_is(staff: Client) -> None:
    holder = Region.objects.get(pk="450000")
    place = Region.objects.create(
        adcode="450181", name="横州市", common_name="横州", level="county", parent=holder, pinyin="heng zhou"
    )
    row = Brand.objects.get(name="八桂米粉师傅")
    Brand.objects.filter(pk=row.pk).update(region=place)
    shown = staff.get(reverse("admin:brands_brand_change", args=[row.pk])).content.decode()
    assert '<option value="450181" selected>广西横州 450181</option>' in shown


def test_articles_that_may_be_about_labour_brands_are_listed(staff: Client) -> None:
    page = Article.objects.get().page
    for order, (title, relevant, score) in enumerate([("甲", False, 0.4), ("乙", True, 0.4), ("丙", False, 0.1)], 5):
        Article.objects.create(page=page, order=order, title=title, relevant=relevant, score=score)
    shown = staff.get(reverse("admin:brands_article_changelist"), {"doubtful": "yes"})
    assert [row.title for row in shown.context["cl"].result_list] == ["甲"]
