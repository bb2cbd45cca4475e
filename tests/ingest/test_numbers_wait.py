"""Pages whose numbers wait for review, and staff that lets them be public once it has read them."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from brands.admin.page_numbers import let_numbers_wait
from brands.audit.undo import undo
from brands.models import Brand, Card, ChangeSet, Page, Statistic
from brands.vocabulary.choices import Metric, ReviewState
from ingest.load.page import load_page
from ingest.management.commands import prepare_catalogue
from tests.ingest.building import PageBuilder

pytestmark = [pytest.mark.usefixtures("divisions"), pytest.mark.django_db]

TEXT = """护工出山
“吕梁山护工”带动就业9万人。"""


def page(name: str = "甲.txt", text: str = TEXT) -> PageBuilder:
    made = PageBuilder(text, name=name)
    made.brand("吕梁山护工", "141100")
    made.statistic("吕梁山护工", "9万人", 90000)
    return made


def public_numbers() -> int:
    return Statistic.objects.published().count()


def test_the_brand_is_public_and_its_number_waits() -> None:
    load_page(page().facts(), version="1", numbers_wait=True)
    assert Page.objects.get().numbers_wait
    assert Brand.objects.published().count() == 1
    assert (Statistic.objects.count(), public_numbers()) == (1, 0)
    assert Card.objects.get().headcount == -1


def test_another_reading_of_the_page_leaves_it_waiting() -> None:
    load_page(page().facts(), version="1", numbers_wait=True)
    more = page()
    more.statistic("吕梁山护工", "9万", 90000, metric=Metric.TRAINING)
    load_page(more.facts(), version="2")
    assert (Statistic.objects.count(), public_numbers()) == (2, 0)


def test_a_reading_does_not_undo_what_staff_decided() -> None:
    load_page(page().facts(), version="1", numbers_wait=True)
    let_numbers_wait(Page.objects.all(), wait=False)
    load_page(page().facts(), version="2", numbers_wait=True)
    assert public_numbers() == 1


@pytest.mark.parametrize("waiting_first", [True, False])
def test_a_number_that_another_page_bears_out_is_public(waiting_first: bool) -> None:
    """In whichever order the pages come."""
    both = [page(), page("乙.txt", f"又一篇\n{TEXT}")]
    for number, made in enumerate(both):
        load_page(made.facts(), version="1", numbers_wait=(number == 0) == waiting_first)
    assert (Statistic.objects.count(), public_numbers()) == (1, 1)
    let_numbers_wait(Page.objects.all(), wait=True)
    assert public_numbers() == 0


def test_numbers_that_were_too_little_sure_before_stay_so() -> None:
    made = PageBuilder(TEXT)
    made.brand("吕梁山护工", "141100")
    made.statistic("吕梁山护工", "9万人", 90000, confidence=0.4)
    load_page(made.facts(), version="1", numbers_wait=True)
    assert let_numbers_wait(Page.objects.all(), wait=False) == (1, 0)
    assert public_numbers() == 0


def test_what_a_person_confirmed_stays_public() -> None:
    load_page(page().facts(), version="1", numbers_wait=True)
    Statistic.objects.update(review=ReviewState.CONFIRMED)
    assert let_numbers_wait(Page.objects.all(), wait=False) == (1, 0)
    assert let_numbers_wait(Page.objects.all(), wait=True) == (1, 0)
    assert public_numbers() == 1


def test_staff_lets_them_be_public_in_the_admin_and_takes_it_back(client: Client) -> None:
    load_page(page().facts(), version="1", numbers_wait=True)
    asked = {"action": "make_numbers_public", "_selected_action": [Page.objects.get().pk]}
    address = reverse("admin:brands_page_changelist")
    staff = User.objects.create_user("编辑", password="x", is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_page"))
    client.force_login(staff)
    client.post(address, asked)
    assert public_numbers() == 0, "only who reviews facts may"
    staff.user_permissions.add(Permission.objects.get(codename="review_facts"))
    assert "改了 1 个版面" in client.post(address, asked, follow=True).content.decode()
    assert (public_numbers(), Card.objects.get().headcount) == (1, 90000)
    change_set = ChangeSet.objects.latest("pk")
    assert change_set.author == staff
    undo(change_set, author=staff)
    assert Page.objects.get().numbers_wait
    assert (public_numbers(), Card.objects.get().headcount) == (0, -1)


def test_the_command_says_it_for_new_pages(tmp_path: Any) -> None:
    file = tmp_path / "甲.txt"
    file.write_text("山西吕梁：“吕梁山护工”出山\n\n劳务品牌“吕梁山护工”带动就业9万人。\n", encoding="utf-8")
    call_command("ingest_pages", "--numbers-wait", str(file), verbosity=0)
    assert Page.objects.get().numbers_wait
    assert Brand.objects.published().filter(name="吕梁山护工").exists()
    assert Statistic.objects.filter(brand__name="吕梁山护工").exists()
    assert public_numbers() == 0


def test_a_new_installation_is_made_ready_at_one_stroke(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a second run changes nothing. Which folders hold what is told where the tests of the gold look."""
    for folder in ("read", "unread"):
        (tmp_path / folder).mkdir()
        text = f"{folder}\n\n山西吕梁的劳务品牌“吕梁山护工”带动就业{len(folder)}万人。\n"
        (tmp_path / folder / "甲.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(prepare_catalogue, "READ", (tmp_path / "read",))
    monkeypatch.setattr(prepare_catalogue, "UNREAD", tmp_path / "unread")
    for _ in range(2):
        out = StringIO()
        call_command("prepare_catalogue", stdout=out)
        assert sorted(Page.objects.values_list("numbers_wait", flat=True)) == [False, True]
        assert Statistic.objects.count() == 2
        assert [int(row.value) for row in Statistic.objects.published()] == [40000]
    assert out.getvalue().count("1 unchanged") == 2
    assert [line[:5] for line in out.getvalue().splitlines() if line.startswith("[")] == [
        f"[{n}/5]" for n in range(1, 6)
    ]
