"""Readers' reports: from the link beside a value to the list of staff."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from brands import corrections
from brands.corrections import PER_ADDRESS, sender_of, subject_of
from brands.models import Article, Brand, Correction, Statistic
from brands.models.correction import MAX_CONTACT, MAX_WORDS
from tests.brands.factories import article, brand, program, regions, statistic

pytestmark = pytest.mark.django_db

NEW = "/corrections/new/"


def report(client: Client, about: str = "", **words: str) -> Any:
    return client.post(NEW, {"about": about, "wrong": "写错了", **words})


class TestWhatAReportIsAbout:
    def test_each_kind(self) -> None:
        places = regions()
        carer = brand("吕梁山护工", region=places["141100"])
        paper = program("护工计划")
        number = statistic(carer, 90000, qualifier="over", as_of="2025-11")
        source = article("文", title="护工走出大山")
        wanted: dict[str, tuple[str, str, Any]] = {
            f"brand:{carer.pk}": ("吕梁山护工", "吕梁山护工", carer),
            f"brand:{carer.pk}.region": ("吕梁山护工 · 所在地", "吕梁", carer),
            f"brand:{carer.pk}.industry": ("吕梁山护工 · 行业", "养老护理", carer),
            f"brand:{carer.pk}.recognised_year": ("吕梁山护工 · 认定年份", "未收录", carer),
            f"brand:{carer.pk}.level": ("吕梁山护工 · 级别", "未收录", carer),
            f"statistic:{number.pk}": ("吕梁山护工 · 就业人数", "超 9 万人 2025年11月", number),
            f"program:{paper.pk}": ("护工计划", "护工计划", paper),
            f"article:{source.pk}": ("护工走出大山", "县报 2025年11月19日", source),
            "region:141100": ("吕梁市", "", places["141100"]),
        }
        for about, (label, shown, row) in wanted.items():
            found = subject_of(about)
            assert found is not None, about
            assert (found.label, found.shown, found.url) == (label, shown, row.get_absolute_url()), about

    @pytest.mark.parametrize(
        "about",
        ["brand", "brand:", "brand:0", "brand:x", "brand:1.colour", "region:141100.level", "colour:1", "\x00",
         "brand:" + "9" * 18, "brand:" + "9" * 60, "statistic:1\n", "region:999999", "brand:１"],
    )  # fmt: skip
    def test_nothing(self, client: Client, about: str) -> None:
        brand("甲", pk=1)
        assert subject_of(about) is None
        response = client.get(NEW, {"about": about})
        assert response.status_code == 200
        assert "参数“about”所指的内容不存在" in response.content.decode()

    def test_nothing_that_is_not_public(self) -> None:
        hidden = brand("甲", review="rejected")
        assert subject_of(f"brand:{hidden.pk}") is None
        assert subject_of(f"article:{article('文', relevant=False).pk}") is None


class TestAReport:
    def test_is_kept_with_what_stood_there(self, client: Client) -> None:
        carer = brand("吕梁山护工")
        about = f"brand:{carer.pk}.industry"
        response = report(client, about, right="家政服务", seen_at="县报", contact="a@example.org")
        assert (response.status_code, response["Location"]) == (
            302,
            f"/corrections/thanks/?about=brand%3A{carer.pk}.industry",
        )
        kept = Correction.objects.get()
        assert (kept.about, kept.label, kept.shown) == (about, "吕梁山护工 · 行业", "养老护理")
        assert (kept.wrong, kept.right, kept.seen_at, kept.contact) == ("写错了", "家政服务", "县报", "a@example.org")
        assert not kept.done
        thanks = client.get(response["Location"]).content.decode()
        assert "已收到，谢谢" in thanks
        assert f'href="{carer.get_absolute_url()}"' in thanks

    def test_on_an_english_page_is_told_to_staff_in_their_language(self, client: Client) -> None:
        carer = brand("吕梁山护工")
        client.cookies["django_language"] = "en"
        report(client, f"brand:{carer.pk}.level")
        assert Correction.objects.get().shown == "未收录"

    def test_about_the_whole_site(self, client: Client) -> None:
        report(client)
        assert Correction.objects.get().label == "整个网站"

    @pytest.mark.parametrize(
        ("words", "name"),
        [
            ({"wrong": ""}, "wrong"),
            ({"wrong": " \n "}, "wrong"),
            ({"wrong": "字" * (MAX_WORDS + 1)}, "wrong"),
            ({"wrong": "\x00"}, "wrong"),
            ({"right": "字" * (MAX_WORDS + 1)}, "right"),
            ({"contact": "a" * (MAX_CONTACT + 1)}, "contact"),
        ],
    )
    def test_that_cannot_be_kept_is_shown_again_with_the_reason(
        self, client: Client, words: dict[str, str], name: str
    ) -> None:
        response = report(client, **({"right": "对的"} | words))
        assert response.status_code == 400
        html = response.content.decode()
        assert f'id="id_{name}_error"' in html
        assert "对的" in html or name == "right"
        assert not Correction.objects.exists()

    def test_by_a_program_that_fills_in_everything_is_thanked_and_dropped(self, client: Client) -> None:
        assert report(client, website="https://spam.example").status_code == 302
        assert not Correction.objects.exists()

    def test_needs_the_forms_token(self) -> None:
        assert report(Client(enforce_csrf_checks=True)).status_code == 403

    def test_is_escaped_wherever_it_is_shown(self, admin_client: Client) -> None:
        report(admin_client, wrong="<script>x</script>")
        shown = admin_client.get("/admin/brands/correction/").content.decode()
        assert "&lt;script&gt;x" in shown
        assert "<script>x" not in shown


class TestHowManyAreTaken:
    def test_from_one_address(self, client: Client, settings: Any) -> None:
        for _number in range(PER_ADDRESS):
            assert report(client).status_code == 302
        response = report(client, right="留着")
        assert response.status_code == 429
        assert f"今天来自这个网络地址的纠错已满 {PER_ADDRESS} 条" in response.content.decode()
        assert "留着" in response.content.decode()
        assert Correction.objects.count() == PER_ADDRESS
        assert client.post(NEW, {"wrong": "又"}, REMOTE_ADDR="192.0.2.9").status_code == 302
        settings.PROXIES = 1
        assert client.post(NEW, {"wrong": "又"}, headers={"X-Forwarded-For": "192.0.2.10"}).status_code == 302

    def test_from_everybody(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(corrections, "IN_ALL", 2)
        answers = [client.post(NEW, {"wrong": "又"}, REMOTE_ADDR=f"192.0.2.{n}").status_code for n in range(3)]
        assert answers == [302, 302, 429]

    def test_nobody_shuts_the_form_for_all(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever sends from a whole block of addresses shuts out that block alone."""
        monkeypatch.setattr(corrections, "IN_ALL", 4)
        monkeypatch.setattr(corrections, "PER_BLOCK", 3)

        def sent(address: str) -> int:
            return client.post(NEW, {"wrong": "又"}, REMOTE_ADDR=address).status_code

        assert [sent(f"2001:db8:1:{n}::1") for n in range(5)] == [302, 302, 302, 429, 429]
        assert [sent(f"2001:db8:2:{n}::1") for n in range(2)] == [302, 429], "all have sent four: one more a block"
        assert sent("192.0.2.9") == 302
        assert sent("192.0.2.10") == 429
        monkeypatch.setattr(corrections, "AT_MOST", Correction.objects.count())
        assert sent("198.51.100.1") == 429

    def test_anew_the_day_after_when_nothing_is_left_of_the_address(self, client: Client) -> None:
        for _number in range(PER_ADDRESS):
            report(client)
        Correction.objects.update(created_at=timezone.now() - timedelta(days=1))
        assert report(client).status_code == 302
        kept = list(Correction.objects.order_by("created_at").values_list("sender", flat=True))
        assert kept[:-1] == [""] * PER_ADDRESS
        assert kept[-1]

    def test_no_address_is_stored(self, client: Client) -> None:
        client.post(NEW, {"wrong": "又"}, REMOTE_ADDR="192.0.2.77")
        row = Correction.objects.values().get()
        assert not any("192.0.2" in str(value) for value in row.values())

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("192.0.2.1", "192.0.2.1", True),
            ("192.0.2.1", "192.0.2.2", False),
            ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
            ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
            ("no address", "no address", True),
        ],
    )
    def test_what_counts_as_one_address(self, one: str, other: str, same: bool) -> None:
        today = timezone.localtime()
        assert (sender_of(one, today) == sender_of(other, today)) is same
        assert sender_of(one, today) != sender_of(one, today + timedelta(days=1))

    @pytest.mark.parametrize(
        ("proxies", "header", "seen"),
        [
            (0, "203.0.113.5", "127.0.0.1"),
            (1, "203.0.113.5", "203.0.113.5"),
            (1, "1.1.1.1, 203.0.113.5", "203.0.113.5"),
            (2, "1.1.1.1, 203.0.113.5, 10.0.0.1", "203.0.113.5"),
            (2, "203.0.113.5", "203.0.113.5"),
            (1, "", "127.0.0.1"),
            (1, " , ", "127.0.0.1"),
        ],
    )
    def test_who_asks(self, rf: Any, settings: Any, proxies: int, header: str, seen: str) -> None:
        from brands.visitors import visitor

        settings.PROXIES = proxies
        assert visitor(rf.get("/", headers={"X-Forwarded-For": header})) == seen


def test_the_form_alone_sets_a_cookie_and_nobody_keeps_it(client: Client) -> None:
    carer = brand("吕梁山护工")
    form = client.get(NEW)
    assert set(form.cookies) == {"csrftoken"}
    assert "no-store" in form.headers["Cache-Control"]
    fresh = Client()
    others = (carer.get_absolute_url(), f"/brands/{carer.pk}/card/", "/corrections/thanks/", "/brands/feed/")
    for path in others:
        assert not fresh.get(path).cookies, path


@pytest.mark.usefixtures("catalogued")
class TestTheLinks:
    def test_of_a_brand_are_one_for_all_of_it_and_one_a_metric(self, client: Client) -> None:
        carer = Brand.objects.get(name="吕梁山护工")
        named = re.findall(
            r'href="/corrections/new/\?about=([^"]+)"', client.get(carer.get_absolute_url()).content.decode()
        )
        numbers = Statistic.objects.filter(brand=carer).values_list("pk", flat=True)
        metrics = {row.metric for row in Statistic.objects.filter(brand=carer)}
        whole = [about for about in named if about == f"brand:{carer.pk}"]
        of_numbers = [about for about in named if about.startswith("statistic:")]
        assert (len(whole), len(of_numbers)) == (1, len(metrics))
        assert {int(about.removeprefix("statistic:")) for about in of_numbers} <= set(numbers)
        for about in named:
            assert subject_of(about), about

    def test_lead_to_a_form_that_lists_the_values_and_knows_which_is_meant(self, client: Client) -> None:
        carer = Brand.objects.get(name="吕梁山护工")
        number = Statistic.objects.filter(brand=carer)[0]
        for about in (f"brand:{carer.pk}", f"brand:{carer.pk}.industry", f"statistic:{number.pk}"):
            html = client.get(NEW, {"about": about}).content.decode()
            offered = re.findall(r'<option value="([^"]+)"[^>]*?( selected)?>\s*([^<]+?)\s*<', html)
            assert [value for value, chosen, _label in offered if chosen] == [about]
            labels = {value: label for value, _chosen, label in offered}
            assert labels[f"brand:{carer.pk}.industry"] == "行业：养老护理"
            numbers = Statistic.objects.filter(brand=carer).values_list("pk", flat=True)
            assert {f"statistic:{pk}" for pk in numbers} <= set(labels)

    def test_stand_on_the_other_pages(self, client: Client) -> None:
        for row in (Statistic.objects.all()[0], Article.objects.all()[0]):
            kind = type(row).__name__.lower()
            assert f'about={kind}:{row.pk}"' in client.get(row.get_absolute_url()).content.decode()


class TestStaff:
    def test_find_what_is_open_and_close_it(self, client: Client) -> None:
        carer = brand("吕梁山护工")
        report(client, f"brand:{carer.pk}.industry")
        report(client)
        staff = get_user_model().objects.create_superuser("staff")
        client.force_login(staff)
        shown = client.get("/admin/brands/correction/?done__exact=0").content.decode()
        assert "吕梁山护工 · 行业" in shown
        assert "整个网站" in shown
        kept = Correction.objects.get(about=f"brand:{carer.pk}.industry")
        form = client.get(f"/admin/brands/correction/{kept.pk}/change/").content.decode()
        assert f'href="{carer.get_absolute_url()}"' in form
        assert f'href="/admin/brands/brand/{carer.pk}/change/"' in form
        assert 'name="wrong"' not in form, "a reader's words stay"
        client.post("/admin/brands/correction/", {"action": "close", "_selected_action": [kept.pk]})
        assert list(Correction.objects.filter(done=False).values_list("label", flat=True)) == ["整个网站"]

    def test_see_that_a_value_is_gone(self, admin_client: Client) -> None:
        carer = brand("吕梁山护工")
        report(admin_client, f"brand:{carer.pk}")
        Brand.objects.filter(pk=carer.pk).update(review="rejected")
        kept = Correction.objects.get()
        assert "已不公开" in admin_client.get(f"/admin/brands/correction/{kept.pk}/change/").content.decode()
