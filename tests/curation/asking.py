"""Asks each address of the site as each role does. Pages are not rendered: who gets them is decided before, and what
stands in them is tested elsewhere."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from unittest.mock import patch

from axes.models import AccessAttempt, AccessLog
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils.safestring import SafeString
from django_tasks_db.models import DBTaskResult

from brands.batches import open_batch
from brands.choices import BatchKind
from brands.models import Article, Batch, Brand, Change, Correction, Program, Proposal, Region, Statistic, Synonym
from brands.pinyin import slug
from curation.roles import assign
from tests.brands.factories import catalogue
from tests.curation.matrix import ROLES, Cells, Key

METHODS = ("GET", "POST")

_GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")
_OPTIONAL = re.compile(r"\(\?:[^()]*\)\?")
_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


def make_world() -> None:
    """A row of everything that an address may name, and somebody of each role."""
    catalogue()
    for role in ROLES[1:]:
        assign(User.objects.create_user(role), role)
    Correction.objects.create(label="吕梁山护工", wrong="所在地不对")
    Region.objects.get(adcode="140000").names.create(name="三晋", kind="literary")
    Synonym.objects.create(words="绣娘、绣工")
    Proposal.objects.create(brand=Brand.objects.first(), field="level", value="national", value_key="national")
    open_batch(BatchKind.EDIT, author=User.objects.get(username="reviewer"))
    AccessAttempt.objects.create(username="editor", ip_address="192.0.2.7", failures_since_start=5)
    AccessLog.objects.create(username="editor", ip_address="192.0.2.7")
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
        offered = [action for _function, action, _label in page._get_base_actions()]
        yield from ((f"admin/{model._meta.app_label}/{model._meta.model_name}/", "POST", name) for name in offered)


def asked(wanted: Iterable[Key]) -> dict[Key, Cells]:
    """What each role gets. Nothing that is done stays done."""
    clients = [_client(role) for role in ROLES]
    with patch.object(Template, "render", lambda *_args, **_options: SafeString("")):
        return {key: tuple(_cell(client, key) for client in clients) for key in wanted}


def _client(role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(User.objects.get(username=role))
    return client


def _cell(client: Client, key: Key) -> str:
    route, method, action = key
    sent = {"action": action, "_selected_action": _row_of(route), "post": "yes"} if action else {}
    cookies = client.cookies.copy()
    with transaction.atomic():
        before = _newest_change()
        response = client.generic(method, f"/{filled(route)}") if not sent else client.post(f"/{filled(route)}", sent)
        wrote = _newest_change() != before
        transaction.set_rollback(True)
    client.cookies = cookies
    return f"{response.status_code}{'+' * wrote}"


def _newest_change() -> int | None:
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first()


def filled(route: str) -> str:
    """The address with something of the world in the place of each argument."""
    return _ARGUMENT.sub(lambda match: str(_argument(route, match[1])), route)


PUBLIC: dict[str, type[models.Model]] = {
    "brands/": Brand,
    "programs/": Program,
    "statistics/": Statistic,
    "articles/": Article,
}
"""What the number in an address is of, by how the address begins."""


def _argument(route: str, name: str) -> Any:
    """What stands for an argument: the row of the model that the address names, or one of a few words."""
    if name in {"object_id", "id"} and not route.startswith("admin/r/"):
        return _row_of(route)
    if name == "pk" and (model := next((PUBLIC[start] for start in PUBLIC if route.startswith(start)), None)):
        return _first(model)
    words = {
        "adcode": "141100",
        "app_label": "brands",
        "content_type_id": ContentType.objects.get_for_model(Brand).pk,
        "object_id": _first(Brand),
        "key": _first(Brand),
        "kind": "brands",
        "name": "brands",
        "number": _first(Batch) if route.startswith("admin/") else 1,
        "slug": slug(Brand.objects.earliest("pk").pinyin),
        "url": "nowhere/",
    }
    if name not in words:
        raise LookupError(f"{route}: say in {__name__}._argument what stands for <{name}>")
    return words[name]


def _row_of(route: str) -> Any:
    """The key of a row of the model that an address of Django's admin names."""
    _admin, app, model, *_rest = route.split("/")
    return _first(apps.get_model(app, model))


def _first(model: type[models.Model]) -> Any:
    key = model._default_manager.order_by("pk").values_list("pk", flat=True).first()
    if key is None:
        raise LookupError(f"{model._meta.label}: make a row of it in {__name__}.make_world")
    return key
