"""What the address of a list of the admin may ask for: what the list offers, and nothing else."""

import pytest
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.core.exceptions import SuspiciousOperation
from django.db import models
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from brands.admin.bases import DeclaredLookups

pytestmark = pytest.mark.django_db

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)

# The last part of a lookup, with values that once failed or may.
HOSTILE = {
    "regex": "(.*)*(.*)*z$",
    "iregex": "[",
    "range": "&",
    "year": "-1",
    "in": "x" * 700,
    "date": "0000-00-00",
    "contains": "\x00",
    "week_day": "9" * 30,
    "isnull": "perhaps",
}


def declared_of(model: type[models.Model], request: HttpRequest) -> set[str]:
    chosen = admin.site._registry[model]
    assert isinstance(chosen, DeclaredLookups)
    return chosen._declared(request)


def listed(model: type[models.Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_admin_declares_its_lookups(model: type[models.Model]) -> None:
    assert isinstance(admin.site._registry[model], DeclaredLookups)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_other_lookup_reaches_the_database(model: type[models.Model], rf: RequestFactory) -> None:
    request = rf.get("/")
    declared = declared_of(model, request)
    names = [field.name for field in model._meta.get_fields()]
    for lookup in (f"{name}__{kind}" for name in names for kind in HOSTILE):
        assert lookup in declared or not admin.site._registry[model].lookup_allowed(lookup, "x", request), lookup
    assert not any("regex" in lookup for lookup in declared)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_hostile_lookups_are_refused(model: type[models.Model], admin_client: Client) -> None:
    admin_client.raise_request_exception = False
    field = next(field.name for field in model._meta.fields if not field.primary_key)
    for kind, value in HOSTILE.items():
        answer = admin_client.get(listed(model), {f"{field}__{kind}": value})
        offered = f"{field}__{kind}" in declared_of(model, answer.wsgi_request)
        assert answer.status_code in ({200, 302} if offered else {400}), (kind, answer.status_code)
    for to_field in ("", "id__regex", "nothing", "__"):
        assert admin_client.get(listed(model), {"_to_field": to_field}).status_code in {200, 400}, to_field
        page = f"{listed(model)}1/change/?_to_field={to_field}"
        assert admin_client.post(page, {"_to_field": to_field}).status_code < 500, to_field


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_what_the_filters_offer_is_allowed(model: type[models.Model], rf: RequestFactory, admin_user: User) -> None:
    """What each filter asks for leads somewhere: not back as a lookup that is refused."""
    request = rf.get("/")
    request.user = admin_user
    chosen = admin.site._registry[model]
    changelist = chosen.get_changelist_instance(request)
    assert isinstance(changelist, ChangeList)
    for spec in changelist.filter_specs:
        for name in spec.expected_parameters():
            narrowed = rf.get("/", {str(name): "1"})
            narrowed.user = admin_user
            try:
                chosen.get_changelist_instance(narrowed)
            except IncorrectLookupParameters:
                pass  # the value makes no sense, the lookup does
            except SuspiciousOperation as error:
                pytest.fail(f"{name}: {error!r}")
