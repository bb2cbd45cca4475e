"""The way in: how many wrong passwords are taken, what is said then, and how long somebody stays logged in.

django-axes counts wrong passwords in the database and forgets them after `AXES_COOLOFF_TIME` without another one. What
comes while the door is shut is not counted, so that who waits is let in.
"""

import time
from collections.abc import Callable, Mapping
from datetime import timedelta

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.db.models import Max, Q, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# How many times as many wrong passwords as of one name from one address (`AXES_FAILURE_LIMIT`) are taken of one name
# from all addresses, or from one address for all names: a whole office may share an address, and whoever has many of
# them must not try for ever.
WIDER = 10

# Characters of a user's name, as Django has it.
LONGEST_NAME = 150

# A session is written anew after this part of its time, not with each request: on SQLite, a write waits while an
# article is put in.
REFRESHED = 10


class LoginForm(AdminAuthenticationForm):
    """Says in the site's own words that the way in was not found, and not which part of it was wrong."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _("用户名或密码不对，或者这个账号不能登录后台。请注意大小写。"),
    }


class Throttle(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts as django-axes does, and besides all of one name and all of one address."""

    def get_failures(self, request: HttpRequest, credentials: Mapping[str, object] | None = None) -> int:
        """How near the nearest of the limits is, on the scale of `AXES_FAILURE_LIMIT`."""
        recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        name, address = _of(request, credentials)
        one, of_name, of_address = (
            recent.filter(which).aggregate(count=Sum("failures_since_start", default=0))["count"]
            for which in (name & address, name, address)
        )
        return int(max(one, of_name // WIDER, of_address // WIDER))


def name_of(request: HttpRequest, credentials: Mapping[str, object] | None = None) -> str:
    """The name that was typed, no longer than any account's: what the form takes is longer than django-axes' column."""
    typed = (request.POST if credentials is None else credentials).get("username")
    return str(typed or "")[:LONGEST_NAME]


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Mapping[str, object] | None = None
) -> HttpResponse:
    """The page that says for how long the door is shut: until the newest wrong password is forgotten."""
    name, address = _of(request, credentials)
    newest = AccessAttempt.objects.filter(name | address).aggregate(newest=Max("attempt_time"))["newest"]
    left = (newest or timezone.now()) + settings.AXES_COOLOFF_TIME - timezone.now()
    minutes = max(1, -(-left // timedelta(minutes=1)))
    return render(request, "admin/locked_out.html", {"minutes": minutes}, status=429)


class StayingMiddleware:
    """A session ends `SESSION_COOKIE_AGE` seconds after the last request that used it, give or take a tenth."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        session, now = request.session, int(time.time())
        used = session.accessed and not session.is_empty()
        if used and now - session.get("seen", 0) > settings.SESSION_COOKIE_AGE // REFRESHED:
            session["seen"] = now
        return response


def _of(request: HttpRequest, credentials: Mapping[str, object] | None) -> tuple[Q, Q]:
    """Which wrong passwords were typed for this name, and which came from this address."""
    return Q(username=name_of(request, credentials)), Q(ip_address=request.axes_ip_address)  # type: ignore[attr-defined]
