"""What the staff's own pages have in common with those of the admin: who may see them, and what their frame needs."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

# The largest number that a row may have. SQLite fails on a larger one, wherever Django does not look at it first.
MAX_NUMBER = 2**63 - 1


def staff_page(permission: str) -> Callable[[View[P]], View[P]]:
    """A page for staff who have the permission (`app.codename`): others who are logged in get 403, nobody else gets
    past the login. An address with a number that no row can have is none (404)."""

    def decorate(view: View[P]) -> View[P]:
        @permission_required(permission, raise_exception=True)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if any(isinstance(one, int) and one > MAX_NUMBER for one in (*args, *kwargs.values())):
                raise Http404
            return view(request, *args, **kwargs)

        def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return admin.site.admin_view(guarded)(request, *args, **kwargs)

        update_wrapper(page, view)
        return page

    return decorate


def render_page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page in the frame of the admin; `context` holds its `title`."""
    return render(request, template, {**admin.site.each_context(request), **context}, status=status)


def staff_user(request: HttpRequest) -> User:
    """Who asks; :func:`staff_page` lets nobody else in."""
    if not isinstance(request.user, User):
        raise TypeError("nobody is logged in")
    return request.user
