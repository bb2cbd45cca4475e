"""The rows that a list of the admin shows."""

from copy import copy
from typing import Any

from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict

# Parameters of a list that don't say which rows match.
PAGING = ("p", "all", "e", "o")


def matching(request: HttpRequest, model: type[Model], where: str) -> "QuerySet[Any]":
    """The rows that the admin's list of the model shows under these parameters; none for those that it doesn't know."""
    asked = copy(request)
    parameters = QueryDict(where, mutable=True)
    for name in PAGING:
        parameters.pop(name, None)
    asked.GET, asked.method = parameters, "GET"  # type: ignore[assignment]
    try:
        changelist = admin.site.get_model_admin(model).get_changelist_instance(asked)
        return changelist.get_queryset(asked)
    except (IncorrectLookupParameters, DisallowedModelAdminLookup):
        return model._base_manager.none()
