"""Asks each address of the site as each role does. Pages are not rendered: who gets them is decided before, and what
stands in them is tested elsewhere."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from http.cookies import SimpleCookie
from typing import Any
from unittest.mock import patch

from axes.models import AccessAttempt, AccessLog
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.template.backends.django import Template
from django.test import Client
from django.test.utils import override_settings
from django.urls import URLPattern, get_resolver
from django.utils.safestring import SafeString
from django_tasks_db.models import DBTaskResult

from brands.audit.change_sets import open_change_set, within
from brands.models import (
    Article,
    Brand,
    ChangeSet,
    Correction,
    Program,
    Proposal,
    Region,
    StandingRule,
    Statistic,
    Synonym,
)
from brands.vocabulary.choices import ChangeSetKind
from brands.vocabulary.pinyin import slug
from curation.models import Dismissal, Import, Job, ListDraft
from curation.roles import assign
from tests.brands.factories import catalogue
from tests.curation.matrix import ROLES, Cells, Key

METHODS = ("GET", "POST")

# What every template gives: a picture is drawn from one, and nothing else is read.
RENDERED = SafeString('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')

_GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")
_OPTIONAL = re.compile(r"\(\?:[^()]*\)\?")
_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


def make_world() -> None:
    """A row of everything that an address may name, and somebody of each role."""
    catalogue()
    for role in ROLES[1:]:
        assign(User.objects.create_user(role), role)
    Correction.objects.create(label="吕梁山护工", wrong="所在地不对")
    reviewer = User.objects.get(username="reviewer")
    Dismissal.objects.create(sort="outlier", kind="brand", row=1, label="吕梁山护工", user=reviewer)
    StandingRule.objects.create(kind="never", words="春风行动", author=reviewer)
    Region.objects.get(adcode="140000").names.create(name="三晋", kind="literary")
    Synonym.objects.create(words="绣娘、绣工")
    Proposal.objects.create(brand=Brand.objects.first(), field="level", value="national", value_key="national")
    with within(open_change_set(ChangeSetKind.EDIT, author=User.objects.get(username="reviewer"))):
        Brand.objects.filter(name="天镇保姆").update(organisation="天镇县人社局")
    AccessAttempt.objects.create(username="editor", ip_address="192.0.2.7", failures_since_start=5)
    AccessLog.objects.create(username="editor", ip_address="192.0.2.7")
    job = Job.objects.create(author=User.objects.get(username="editor"))
    job.files.create(order=1, name="报.txt", data=b"", size=0, sha256="0" * 64)
    Import.objects.create(author=User.objects.get(username="reviewer"), kind="brand", name="表.csv", data=b"id,name\n")
    ListDraft.objects.create(author=User.objects.get(username="reviewer"), title="名单", text="离石绣娘", data=b"x")
    DBTaskResult.objects.create(task_path="some.task", args_kwargs={"args": [], "kwargs": {}}, backend_name="default")


def routes() -> Iterator[str]:
    """Each address that the resolver knows, with its arguments in angle brackets."""
    return (_readable(route) for route in _walk(get_resolver().url_patterns, ""))


def _walk(patterns: Iterable[Any], before: str) -> Iterator[str]:
    for pattern in patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from _walk(pattern.url_patterns, route)


def _readable(route: str) -> str:
    """``admin/^(?P<app_label>auth|brands)/$`` becomes ``admin/<app_label>/``."""
    plain = _OPTIONAL.sub("", _GROUP.sub(r"<\1>", route))
    return plain.replace("^", "").replace("$", "").replace("\\", "")


def keys() -> Iterator[Key]:
    """What must have a row: each address by each method, and each action of each list of the admin."""
    yield from ((route, method, "") for route in routes() for method in METHODS)
    for model, page in admin.site._registry.items():
        offered = [action for _function, action, _label in page._get_base_actions()]  # type: ignore[attr-defined]
        yield from ((f"admin/{model._meta.app_label}/{model._meta.model_name}/", "POST", name) for name in offered)


def asked(wanted: Iterable[Key]) -> dict[Key, Cells]:
    """What each role gets. Nothing that is done stays done."""
    users = {str(user.pk): user for user in User.objects.all()}
    with (
        patch("django.contrib.auth.middleware.get_user", lambda request: _user(request, users)),
        override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"),  # quicker than a table
        patch.object(Template, "render", lambda *_args, **_options: RENDERED),
    ):
        clients = [_client(role) for role in ROLES]
        return {key: _row(clients, key) for key in wanted}


def _user(request: Any, users: dict[str, User]) -> User | AnonymousUser:
    """Whose session it is. Asked a thousand times, the table of accounts and permissions would always say the same."""
    return users.get(request.session.get(SESSION_KEY), AnonymousUser())


def _client(role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(User.objects.get(username=role))
    return client


def _row(clients: list[Client], key: Key) -> Cells:
    route, method, action = key
    sent = {"action": action, "_selected_action": _row_of(route), "post": "yes"} if action else {}
    ask = partial(_cell, path=f"/{filled(route)}", method=method, sent=sent)
    return tuple(ask(client) for client in clients)


def _cell(client: Client, *, path: str, method: str, sent: dict[str, object]) -> str:
    cookies = SimpleCookie(client.cookies)
    with transaction.atomic():
        before = _newest_change()
        response = client.post(path, sent) if sent else client.generic(method, path)
        wrote = _newest_change() != before
        transaction.set_rollback(True)
    client.cookies = cookies
    return f"{response.status_code}{'+' * wrote}"


def _newest_change() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM brands_change")
        row = cursor.fetchone()
    return row[0] if row else None


def filled(route: str) -> str:
    """The address with something of the world in the place of each argument."""
    return _ARGUMENT.sub(lambda match: str(_argument(route, match[1])), route)


# What `<pk>`, `<number>` or `<after>` is of, by how the address begins.
NUMBERED: dict[str, type[models.Model]] = {
    "brands/": Brand,
    "programs/": Program,
    "statistics/": Statistic,
    "articles/": Article,
    "admin/articles/": Article,
    "admin/alike/<int": ChangeSet,
    "admin/alike/<slug": Brand,
    "admin/batches/": ChangeSet,
    "admin/import/": Import,
    "admin/jobs/": Job,
    "admin/lists/": ListDraft,
    "admin/upload/": Job,
    "admin/queue/": Article,
    "admin/reports/": Correction,
    "admin/doubtful/": Dismissal,
    "admin/doubles/": Brand,
    "admin/rules/": StandingRule,
    "admin/split/": Brand,
    "admin/unmerge/": ChangeSet,
}


def _argument(route: str, name: str) -> object:
    """What stands for an argument of the address; LookupError where nobody has said so yet."""
    if name in {"pk", "number", "after"}:
        model = next((NUMBERED[start] for start in NUMBERED if route.startswith(start)), None)
        return _first(model) if model else 1
    if name in {"object_id", "id"} and not route.startswith("admin/r/"):
        return _row_of(route)
    brand = Brand.objects.earliest("pk")
    words = {
        "adcode": "141100",
        "app_label": "brands",
        "article": 1,
        "batch": "第二批",
        "code": "140000",
        "ending": "csv",
        "file": "brands.csv",
        "gone": Brand.objects.latest("pk").pk,
        "kept": brand.pk,
        "content_type_id": ContentType.objects.get_for_model(Brand).pk,
        "key": f"brand-{brand.pk}" if route.startswith("admin/") else "140000" if "regions/" in route else brand.pk,
        "kind": "brand" if route.startswith("admin/") else "brands",
        "level": "provincial",
        "name": "care" if route.startswith("industries/") else "brands",
        "object_id": brand.pk,
        "order": 1,
        "page": 1,
        "row": brand.pk,
        "sort": "outlier",
        "slug": slug(brand.pinyin),
        "url": "nowhere/",
        "year": 2025,
    }
    if name not in words:
        raise LookupError(f"{route}: say in {__name__}._argument what stands for <{name}>")
    return words[name]


def _row_of(route: str) -> object:
    """The key of a row of the model that an address of Django's admin names."""
    _admin, app, model, *_rest = route.split("/")
    return _first(apps.get_model(app, model))


def _first(model: type[models.Model]) -> Any:
    key = model._default_manager.order_by("pk").values_list("pk", flat=True).first()
    if key is None:
        raise LookupError(f"{model._meta.label}: make a row of it in {__name__}.make_world")
    return key
