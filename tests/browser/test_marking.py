"""Words of an article are marked as facts: with the mouse, by keys alone, and without scripts."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from brands.audit.undo import undo
from brands.listing.sync import gathered
from brands.models import Article, Brand, ChangeSet, Evidence, Program, Statistic
from brands.vocabulary.choices import ReviewState
from tests.brands.factories import article, bear_out, brand, regions, statistic
from tests.browser.accessibility import violations
from tests.browser.conftest import DESKTOP, PHONE, Browse, resize
from tests.browser.staff import Staff
from tests.staff import member

TEXT = (
    "吕梁护工走出大山\n"
    "近日，山西省公布第三批省级劳务品牌名单，“吕梁山护工”“天镇保姆”“离石绣娘”和“文水面塑匠”榜上有名。\n"
    "吕梁山护工带动就业9万余名。天镇保姆年收入16亿元，累计培训3.5万人。\n"
    "当天还举办了首届护工技能大赛。人称吕梁大姐的护工们拿到了证书。"
)


@pytest.fixture
def enter(browse: Browse, live_server: LiveServer, transactional_db: None) -> Callable[..., Page]:
    user = member("reviewer", "shenhe")
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}

    def open_page(**options: object) -> Page:
        page = browse(**options)
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        return page

    return open_page


@pytest.fixture
def source(transactional_db: None) -> Article:
    with gathered():
        places = regions()
        made = article(TEXT, title="吕梁护工走出大山", place=places["140000"])
        brand("吕梁山护工", source=made, region=places["141100"], confidence=0.8)
        brand("天镇保姆", source=made, region=places["140222"], confidence=0.8)
    return made


def words_of(fact: object) -> list[str]:
    kind = type(fact).__name__.lower()
    return [piece.quote for piece in Evidence.objects.filter(**{kind: fact}).select_related("article__page")]


def test_a_missed_brand_is_added_by_three_actions(enter: Callable[..., Page], source: Article) -> None:
    page = enter()
    page.goto(f"/admin/queue/{source.pk}/")
    staff = Staff(page)
    staff.select("离石绣娘")
    expect(page.locator("#palette")).to_be_visible()
    staff.press("b")
    expect(page.locator("#mark-panel input[type=text]").first).to_be_focused()
    staff.save()
    made = Brand.objects.get(name="离石绣娘")
    assert staff.actions <= 3
    assert (made.region_id, made.industry, made.level, made.review) == (
        "141102", "craft", "provincial", ReviewState.CONFIRMED,
    )  # fmt: skip
    assert words_of(made) == ["离石绣娘"]
    assert Brand.objects.published().filter(pk=made.pk).exists()
    undo(ChangeSet.objects.latest("pk"), author=User.objects.get())
    assert not Brand.objects.filter(name="离石绣娘").exists()


def test_a_missed_number_is_added_by_three_actions(enter: Callable[..., Page], source: Article) -> None:
    page = enter()
    page.goto(f"/admin/queue/{source.pk}/")
    staff = Staff(page)
    staff.select("3.5万人")
    staff.press("d")
    expect(page.locator("#mark-panel select[name=subject]")).to_be_focused()
    staff.save()
    made = Statistic.objects.get()
    assert staff.actions <= 3
    assert (made.subject, made.metric, made.value, made.unit) == (
        Brand.objects.get(name="天镇保姆"), "training", 35000, "人",
    )  # fmt: skip
    assert (made.stated, words_of(made)) == ("3.5万人", ["3.5万人"])


def test_a_list_is_marked_at_a_stroke(enter: Callable[..., Page], source: Article) -> None:
    """Those that are in the catalogue gain the words, the others are new, with place and level filled in once."""
    page = enter()
    page.goto(f"/admin/queue/{source.pk}/")
    staff = Staff(page)
    staff.select("“吕梁山护工”“天镇保姆”“离石绣娘”和“文水面塑匠”")
    staff.press("b")
    expect(page.locator("#mark-panel .names li")).to_have_count(4)
    page.locator("#mark-panel input[name=batch]").fill("第三批")
    staff.actions += 1
    staff.save()
    assert staff.actions <= 4
    assert dict(Brand.objects.values_list("name", "batch")) == {
        "吕梁山护工": "", "天镇保姆": "", "离石绣娘": "第三批", "文水面塑匠": "第三批",
    }  # fmt: skip
    assert set(Brand.objects.filter(batch="第三批").values_list("region", flat=True)) == {"141102", "141121"}
    assert ChangeSet.objects.filter(kind="edit").count() == 1


def test_the_subject_of_a_number_is_changed_by_pointing(enter: Callable[..., Page], source: Article) -> None:
    carer = Brand.objects.get(name="吕梁山护工")
    row = statistic(carer, 1_600_000_000, unit="元", metric="labour_income", source=source, phrase="16亿元")
    Statistic.objects.filter(pk=row.pk).update(confidence=0.4)
    page = enter()
    page.goto(f"/admin/queue/{source.pk}/#statistic-{row.pk}")
    expect(page.locator(f"#statistic-{row.pk}")).to_be_focused()
    staff = Staff(page)
    staff.press("s")
    expect(page.locator("#mark-panel")).to_be_visible()
    staff.click(".text mark:has-text('天镇保姆')")
    expect(page.locator(".messagelist")).to_contain_text("天镇保姆")
    assert staff.actions <= 2
    row.refresh_from_db()
    assert (str(row.subject), row.review) == ("天镇保姆", ReviewState.CONFIRMED)
    page.keyboard.press("u")
    expect(page.locator("#told")).to_contain_text("已撤销")
    row.refresh_from_db()
    assert (row.subject, row.review, row.hand_set) == (carer, ReviewState.PROPOSED, [])


def test_all_of_an_article_is_rejected(enter: Callable[..., Page], source: Article) -> None:
    page = enter()
    page.goto(f"/admin/queue/{source.pk}/")
    staff = Staff(page)
    staff.press("t")
    expect(page.locator(".text")).to_be_focused()
    staff.press("n")
    expect(page.locator("#mark-panel")).to_contain_text("2")
    staff.save()
    source.refresh_from_db()
    assert set(Brand.objects.values_list("review", flat=True)) == {ReviewState.REJECTED}
    assert (source.relevant, source.hand_set) == (False, ["relevant"])
    page.keyboard.press("u")
    expect(page.locator("#told")).to_contain_text("已撤销")
    source.refresh_from_db()
    assert (source.relevant, source.hand_set) == (True, [])


def test_words_are_selected_and_marked_by_keys_alone(enter: Callable[..., Page], source: Article) -> None:
    page = enter()
    page.goto(f"/admin/queue/{source.pk}/")
    page.keyboard.press("t")
    page.keyboard.press("Home")
    for _ in range(60):
        if page.evaluate("getSelection().toString()") == "离":
            break
        page.keyboard.press("ArrowRight")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate("getSelection().toString()") == "离石绣娘"
    page.keyboard.press("Enter")
    expect(page.locator("#palette button").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#mark-panel input[type=text]").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#mark-panel")).to_be_hidden()
    assert Brand.objects.count() == 2


def test_other_names_and_programs_are_marked(enter: Callable[..., Page], source: Article) -> None:
    page = enter()
    page.goto(f"/admin/queue/{source.pk}/")
    staff = Staff(page)
    staff.select("首届护工技能大赛")
    staff.press("h")
    expect(page.locator("#mark-panel")).to_be_visible()
    page.locator("#mark-panel input[name=name]").focus()
    staff.save()
    made = Program.objects.get()
    assert (made.name, made.kind, made.edition) == ("首届护工技能大赛", "contest", 1)
    staff.select("吕梁大姐")
    staff.press("a")
    expect(page.locator("#mark-panel")).to_be_visible()
    page.locator("#mark-panel select[name=subject]").select_option(label="吕梁山护工")
    page.locator("#mark-panel button").click()
    expect(page.locator(".messagelist")).to_contain_text("吕梁大姐")
    carer = Brand.objects.get(name="吕梁山护工")
    assert list(carer.aliases.values_list("name", "by_hand")) == [("吕梁大姐", True)]
    assert "吕梁大姐" in words_of(carer)


def test_marking_works_without_scripts(enter: Callable[..., Page], source: Article) -> None:
    """The words are copied in; where they stand several times, it is asked which are meant."""
    page = enter(javascript=False)
    page.goto(f"/admin/queue/{source.pk}/")
    page.get_by_role("link", name="标出漏掉的").click()
    page.locator("#id_what").select_option("statistic")
    page.locator("#id_words").fill("9万 余名")
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".messagelist")).to_contain_text("9万余名")
    assert str(Statistic.objects.get().subject) == "吕梁山护工"
    page.get_by_role("link", name="标出漏掉的").click()
    page.locator("#id_what").select_option("alias")
    page.locator("#id_words").fill("护工")
    page.get_by_role("button", name="继续").click()
    assert page.locator("input[name=spot]").count() == 5
    page.locator("input[name=spot]").last.check()
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".messagelist")).to_contain_text("别名")
    piece = Evidence.objects.latest("pk")
    assert (piece.quote, piece.start) == ("护工", TEXT.rindex("护工"))


def test_marking_meets_the_rules_of_accessibility(enter: Callable[..., Page], source: Article) -> None:
    page = enter()
    page.goto(f"/admin/queue/{source.pk}/")
    staff = Staff(page)
    for key in "bdhax":
        staff.select("吕梁山护工", 1)
        staff.press(key)
        expect(page.locator("#mark-panel")).to_be_visible()
        for width in (DESKTOP, PHONE):
            resize(page, width)
            assert violations(page) == [], (key, width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (key, width)
        resize(page, DESKTOP)
        page.keyboard.press("Escape")


def test_the_date_of_an_article_is_corrected_by_four_actions(enter: Callable[..., Page], source: Article) -> None:
    row = statistic(Brand.objects.get(name="吕梁山护工"), 90000, source=source, phrase="9万余名")
    page = enter()
    page.goto(f"/admin/queue/{source.pk}/")
    staff = Staff(page)
    staff.click(".text a:has-text('更正出处')")
    page.locator("input[name=published_on]").fill("2024-11-05")
    staff.actions += 1
    staff.click("button:has-text('看看会改动什么')")
    expect(page.locator(".rows tbody")).to_contain_text("2024年11月")
    for width in (DESKTOP, PHONE):
        resize(page, width)
        assert violations(page) == [], width
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    resize(page, DESKTOP)
    staff.save()
    assert staff.actions <= 4
    source.refresh_from_db()
    assert (str(source.published_on), source.hand_set) == ("2024-11-05", ["published_on"])
    row.refresh_from_db()
    assert (str(row.as_of), row.as_of_precision, row.as_of_basis) == ("2024-11-01", "month", "published")


def test_a_brand_is_split_by_pointing(enter: Callable[..., Page], source: Article) -> None:
    carer = Brand.objects.get(name="吕梁山护工")
    there = article("永川的吕梁山护工是另一家。", title="永川报道", place=regions()["500118"])
    bear_out(carer, there, "吕梁山护工")
    row = statistic(carer, 3000, source=article("另一篇说3000人。"), phrase="3000人")
    page = enter()
    page.goto(f"/admin/brands/brand/{carer.pk}/change/")
    page.get_by_role("link", name="拆成两个").click()
    page.locator("input[name=place]").fill("永川")
    page.get_by_role("button", name="按地区预选").click()
    for width in (DESKTOP, PHONE):
        resize(page, width)
        assert violations(page) == [], width
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    resize(page, DESKTOP)
    page.locator(f"input[name=statistics_{row.pk}][value=goes]").check()
    page.get_by_role("button", name="拆成两个").click()
    expect(page.locator(".messagelist")).to_contain_text("已分出")
    made = Brand.objects.get(region="500118")
    assert (made.name, list(made.statistics.all()), words_of(made)) == ("吕梁山护工", [row], ["吕梁山护工"])
