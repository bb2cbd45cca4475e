"""The way in and out: wrong passwords, proxies, sessions, accounts, and those for trying out."""

import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from axes.helpers import get_client_ip_address
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from brands.visitors import network, visitor
from curation.login import WIDER
from curation.roles import ROLES, assign
from tests.staff import client_of, member

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-enough-word"
LOGIN = "/admin/login/"


@pytest.fixture(autouse=True)
def _quick_hashes(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def editor() -> User:
    user = member("editor")
    user.set_password(PASSWORD)
    user.save()
    return user


def attempt(name: str = "editor", password: str = "wrong", *, address: str = "192.0.2.7", **headers: str) -> Any:
    return Client().post(
        LOGIN, {"username": name, "password": password, "next": "/admin/"}, REMOTE_ADDR=address, headers=headers
    )


def fail(times: int, **options: Any) -> list[int]:
    return [attempt(**options).status_code for _ in range(times)]


def later(minutes: float) -> None:
    """Let time pass for what was counted."""
    for row in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=row.pk).update(attempt_time=row.attempt_time - timedelta(minutes=minutes))


class TestThrottling:
    def test_five_wrong_passwords_shut_the_door_for_a_quarter_of_an_hour(self, editor: User) -> None:
        assert fail(5) == [200, 200, 200, 200, 429]
        shut = attempt(password=PASSWORD)
        assert shut.status_code == 429
        assert "请 15 分钟后再试" in shut.content.decode()
        later(14.5)
        assert "请 1 分钟后再试" in attempt(password=PASSWORD).content.decode()
        later(1)
        assert attempt(password=PASSWORD).status_code == 302

    def test_knocking_meanwhile_does_not_prolong_it(self, editor: User) -> None:
        fail(5)
        later(14)
        fail(3)
        assert AccessAttempt.objects.get().failures_since_start == 5
        later(1.1)
        assert attempt(password=PASSWORD).status_code == 302

    def test_the_right_password_in_between_begins_anew(self, editor: User) -> None:
        fail(4)
        assert attempt(password=PASSWORD).status_code == 302
        assert fail(4) == [200] * 4

    def test_others_at_the_address_and_the_name_elsewhere_get_in(self, editor: User) -> None:
        other = member("viewer")
        other.set_password(PASSWORD)
        other.save()
        fail(5)
        assert attempt("viewer", PASSWORD).status_code == 302
        assert attempt(password=PASSWORD, address="192.0.2.8").status_code == 302

    def test_another_browser_is_no_other_visitor(self, editor: User) -> None:
        tries = [attempt(**{"User-Agent": f"{n}"}).status_code for n in range(5)]
        assert tries == [200, 200, 200, 200, 429]

    def test_one_name_from_everywhere_is_limited(self, editor: User) -> None:
        AccessAttempt.objects.bulk_create(
            tried(username="editor", ip_address=f"198.51.100.{n}") for n in range(5 * WIDER)
        )
        assert attempt(password=PASSWORD).status_code == 429
        assert attempt("nobody").status_code == 200

    def test_one_address_for_all_names_is_limited(self, editor: User) -> None:
        AccessAttempt.objects.bulk_create(tried(username=f"n{n}", ip_address="192.0.2.7") for n in range(5 * WIDER))
        assert attempt(password=PASSWORD).status_code == 429
        assert attempt(password=PASSWORD, address="192.0.2.8").status_code == 302

    @pytest.mark.parametrize("name", ["不存在", "x" * 300, "", "a\0b", "editor' OR 1=1"])
    def test_any_name_is_answered(self, name: str) -> None:
        assert attempt(name).status_code == 200

    def test_nobody_is_told_which_part_was_wrong(self, editor: User) -> None:
        User.objects.create_user("outsider", password="wrong")  # who knows the password, and isn't staff
        names = ("editor", "nobody", "outsider")
        told = {str(attempt(name).context["form"].non_field_errors()) for name in names}
        assert len(told) == 1
        assert "用户名或密码不对" in told.pop()

    def test_no_password_is_kept(self, editor: User) -> None:
        attempt(password="my-secret-word")
        row = AccessAttempt.objects.values().get()
        assert "my-secret-word" not in str(row)

    def test_who_manages_accounts_unlocks(self, editor: User) -> None:
        fail(5)
        row = AccessAttempt.objects.get()
        chosen = {"action": "unlock", "_selected_action": row.pk}
        for role, count in (("reviewer", 1), ("admin", 0)):
            client_of(member(role)).post(reverse("admin:curation_loginfailure_changelist"), chosen)
            assert AccessAttempt.objects.count() == count
        assert attempt(password=PASSWORD).status_code == 302

    def test_the_page_is_in_both_languages(self, editor: User) -> None:
        assert "登录后台" in Client().get(LOGIN).content.decode()
        assert 'lang="en"' in Client(headers={"Cookie": "django_language=en"}).get(LOGIN).content.decode()


def tried(**fields: str) -> AccessAttempt:
    return AccessAttempt(failures_since_start=1, attempt_time=timezone.now(), **fields)


class TestProxies:
    @pytest.mark.parametrize(
        ("proxies", "told", "address"),
        [
            (0, "203.0.113.5", "192.0.2.7"),
            (1, "203.0.113.5", "203.0.113.5"),
            (1, "10.1.1.1, 203.0.113.5", "203.0.113.5"),
            (1, "8.8.8.8, 10.0.0.5", "10.0.0.5"),
            (1, "nonsense, 203.0.113.5", "203.0.113.5"),
            (2, "8.8.8.8, 203.0.113.5, 10.0.0.2", "203.0.113.5"),
            (1, "2001:db8::1", "2001:db8::"),
            (1, "[2001:db8:1:2:3::4]:4711", "2001:db8:1:2::"),
            (1, "::ffff:203.0.113.5", "203.0.113.5"),
            (1, "203.0.113.5:4711", "203.0.113.5"),
        ],
    )
    def test_what_a_visitor_writes_into_the_header_does_not_count(
        self, settings: Any, proxies: int, told: str, address: str
    ) -> None:
        settings.PROXIES = proxies
        request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": told})
        assert get_client_ip_address(request) == address
        assert network(visitor(request)) == address

    def test_all_addresses_of_one_network_are_one_visitor(self, editor: User, settings: Any) -> None:
        settings.PROXIES = 1
        tried = [attempt(**{"X-Forwarded-For": f"2001:db8:1:2::{n:x}"}).status_code for n in range(5)]
        assert tried == [200, 200, 200, 200, 429]
        other = attempt(password=PASSWORD, **{"X-Forwarded-For": "2001:db8:1:3::1"})
        assert other.status_code == 302

    def test_a_forged_header_opens_no_door(self, editor: User) -> None:
        forged = [attempt(**{"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in range(5)]
        assert forged[-1] == 429


class TestASession:
    @pytest.fixture
    def client(self, editor: User) -> Client:
        client = Client()
        assert client.login(request=RequestFactory().get("/"), username="editor", password=PASSWORD)
        assert client.get("/admin/").status_code == 200
        return client

    def test_ends_on_logout_for_whoever_kept_the_cookie(self, client: Client) -> None:
        kept = client.cookies["sessionid"].value
        client.post("/admin/logout/")
        client.cookies["sessionid"] = kept
        assert client.get("/admin/").status_code == 302

    def test_ends_when_the_account_is_switched_off(self, client: Client, editor: User) -> None:
        User.objects.filter(pk=editor.pk).update(is_active=False)
        assert client.get("/admin/").status_code == 302

    def test_ends_when_another_changes_the_password(self, client: Client, editor: User) -> None:
        address = reverse("admin:auth_user_password_change", args=[editor.pk])
        new = {"password1": "another-long-word", "password2": "another-long-word", "usable_password": "true"}
        assert client_of(member("admin")).post(address, new).status_code == 302
        assert client.get("/admin/").status_code == 302

    def test_goes_on_where_one_changed_it_oneself_and_ends_elsewhere(self, client: Client, editor: User) -> None:
        other = client_of(editor)
        new = {"old_password": PASSWORD, "new_password1": "another-long-word", "new_password2": "another-long-word"}
        assert client.post("/admin/password_change/", new).status_code == 302
        assert client.get("/admin/").status_code == 200
        assert other.get("/admin/").status_code == 302

    def test_ends_when_the_role_is_taken_away(self, client: Client, editor: User) -> None:
        address = reverse("admin:auth_user_change", args=[editor.pk])
        client_of(member("admin")).post(address, {"username": "editor", "is_active": "on", "groups": []})
        editor.refresh_from_db()
        assert not editor.is_staff
        assert client.get("/admin/").status_code == 302

    def test_ends_when_nothing_was_asked_for_a_while_and_goes_on_otherwise(self, client: Client, settings: Any) -> None:
        def set_back(minutes: int) -> None:
            row = Session.objects.get()
            data = row.get_decoded() | {"seen": row.get_decoded()["seen"] - 60 * minutes}
            ended = row.expire_date - timedelta(minutes=minutes)
            Session.objects.update(session_data=Session.objects.encode(data), expire_date=ended)

        idle = settings.SESSION_COOKIE_AGE // 60
        for _ in range(3):
            set_back(idle - 20)
            assert client.get("/admin/").status_code == 200
        set_back(idle + 1)
        assert client.get("/admin/").status_code == 302

    def test_is_not_written_with_each_request(self, client: Client, django_assert_num_queries: object) -> None:
        before = Session.objects.values().get()
        client.get("/admin/")
        assert Session.objects.values().get() == before

    def test_is_not_made_for_readers(self, client: Client) -> None:
        assert Client().get("/about/").cookies == {}
        assert Session.objects.count() == 1


class TestAccounts:
    def test_a_role_lets_in(self) -> None:
        manager, new = client_of(member("admin")), {"password1": PASSWORD, "password2": PASSWORD}
        manager.post(reverse("admin:auth_user_add"), {"username": "xin", "usable_password": "true", **new})
        user = User.objects.get(username="xin")
        assert not user.is_staff
        role = Group.objects.get(name="reviewer").pk
        change = {"username": "xin", "is_active": "on", "groups": [role]}
        assert manager.post(reverse("admin:auth_user_change", args=[user.pk]), change).status_code == 302
        user = User.objects.get(username="xin")
        assert user.is_staff
        assert client_of(user).get("/admin/").status_code == 200

    def test_the_last_who_manages_accounts_stays_one(self) -> None:
        """Neither by their own hand nor by another's, as long as nobody else does."""
        manager = member("admin")
        client, address = client_of(manager), reverse("admin:auth_user_change", args=[manager.pk])
        own, viewer = manager.groups.get().pk, Group.objects.get(name="viewer").pk
        losses: tuple[dict[str, Any], ...] = (
            {"groups": [own]},  # not active
            {"is_active": "on", "groups": [viewer]},
            {"is_active": "on"},
        )
        for loss in losses:
            answer = client.post(address, {"username": "admin", **loss})
            assert "最后一个能管理账号的账号" in answer.content.decode()
            manager.refresh_from_db()
            assert manager.is_active
            assert manager.groups.get().pk == own
        member("admin", "second")
        assert client.post(address, {"username": "admin", "is_active": "on", "groups": [viewer]}).status_code == 302

    def test_a_stale_form_writes_over_nothing_unseen(self) -> None:
        client, user = client_of(member("admin")), member("viewer", "xin")
        address = reverse("admin:auth_user_change", args=[user.pk])
        form = client.get(address).context["adminform"].form
        sent = {"username": "xin", "is_active": "on", "last_name": "新", "opened": form["opened"].value()}
        sent["groups"] = [user.groups.get().pk]
        assign(user, "reviewer")  # by somebody else
        answer = client.post(address, sent)
        assert "您打开之后有人改过这个账号" in answer.content.decode()
        assert 'value="新"' in answer.content.decode()
        assert [group.name for group in user.groups.all()] == ["reviewer"]
        again = answer.context["adminform"].form["opened"].value()
        assert client.post(address, {**sent, "opened": again}).status_code == 302
        user.refresh_from_db()
        assert user.last_name == "新"

    def test_a_log_in_meanwhile_makes_no_form_stale(self) -> None:
        client, user = client_of(member("admin")), member("viewer", "xin")
        address = reverse("admin:auth_user_change", args=[user.pk])
        opened = client.get(address).context["adminform"].form["opened"].value()
        client_of(user)
        sent = {"username": "xin", "is_active": "on", "groups": [user.groups.get().pk], "opened": opened}
        assert client.post(address, sent).status_code == 302

    def test_a_double_click_makes_one_account(self) -> None:
        manager, new = client_of(member("admin")), {"password1": PASSWORD, "password2": PASSWORD}
        sent = {"username": "xin", "usable_password": "true", **new}
        answers = [manager.post(reverse("admin:auth_user_add"), sent) for _click in range(2)]
        user = User.objects.get(username="xin")
        for answer in answers:
            assert answer["Location"] == reverse("admin:auth_user_change", args=[user.pk])
        other = client_of(member("admin", "second")).post(reverse("admin:auth_user_add"), sent)
        assert other.status_code == 200  # the name is taken, and somebody else took it

    def test_roles_are_told_in_words(self) -> None:
        shown = client_of(member("admin")).get(reverse("admin:auth_user_changelist")).content.decode()
        assert "管理员" in shown

    def test_who_manages_accounts_gets_no_further(self) -> None:
        manager, root = member("admin"), User.objects.create_superuser("root", password=PASSWORD)
        client, form = client_of(manager), {"username": "admin", "is_active": "on", "groups": [manager.groups.get().pk]}
        forged = {"is_superuser": "on", "user_permissions": "1"}
        client.post(reverse("admin:auth_user_change", args=[manager.pk]), {**form, **forged})
        manager.refresh_from_db()
        assert not manager.is_superuser
        assert not manager.user_permissions.exists()
        for address in ("auth_user_change", "auth_user_password_change"):
            assert client.post(reverse(f"admin:{address}", args=[root.pk]), {"password1": "x"}).status_code == 403

    def test_roles_are_not_changed_here(self, admin_client: Client) -> None:
        role, own = Group.objects.get(name="viewer"), Group.objects.create(name="实习")
        assert admin_client.post(reverse("admin:auth_group_change", args=[role.pk]), {"name": "x"}).status_code == 403
        assert admin_client.post(reverse("admin:auth_group_change", args=[own.pk]), {"name": "见习"}).status_code == 302


class TestAccountsForTryingOut:
    def made(self, *options: str) -> dict[str, str]:
        out = StringIO()
        call_command("create_demo_staff", *options, stdout=out)
        assert "For trying out only." in out.getvalue()
        return dict(re.findall(r"^(demo-\w+) +(\S+)$", out.getvalue(), re.MULTILINE))

    def test_are_one_of_each_role_and_log_in(self, settings: Any) -> None:
        settings.DEBUG = True
        passwords = self.made()
        assert list(passwords) == [f"demo-{role}" for role in ROLES]
        for name, password in passwords.items():
            assert attempt(name, password).status_code == 302
            assert [f"demo-{g.name}" for g in User.objects.get(username=name).groups.all()] == [name]

    def test_get_new_passwords_and_their_role_back(self, settings: Any) -> None:
        settings.DEBUG = True
        before = self.made()
        user = User.objects.get(username="demo-viewer")
        assign(user, "admin")
        User.objects.filter(pk=user.pk).update(is_active=False)
        after = self.made()
        assert set(before) == set(after)
        assert all(before[name] != after[name] for name in before)
        assert attempt("demo-viewer", after["demo-viewer"]).status_code == 302
        assert list(user.groups.values_list("name", flat=True)) == ["viewer"]

    def test_are_not_made_in_production_unless_told(self) -> None:
        with pytest.raises(CommandError, match="DEBUG is off"):
            call_command("create_demo_staff")
        assert not User.objects.exists()
        assert len(self.made("--force")) == len(ROLES)

    def test_never_take_over_a_superuser(self) -> None:
        User.objects.create_superuser("demo-admin", password=PASSWORD)
        with pytest.raises(CommandError, match="demo-admin is a superuser"):
            call_command("create_demo_staff", "--force")
        assert User.objects.count() == 1
