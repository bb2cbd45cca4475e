"""What a reader chose for this browser, kept in a cookie: the language, the size of the text."""

from collections.abc import Container

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

# Seconds for which a browser remembers a choice.
YEAR = 365 * 24 * 3600


def remembered(request: HttpRequest, *, cookie: str, value: str, known: Container[str]) -> HttpResponseRedirect:
    """Lead back to `next`, a page of this site, and set the cookie where the value is a known one.

    The views that use this ask for no token, so that public pages are the same for all and set no cookie. That is safe:
    the answer changes nothing but how this browser shows pages, which the same reader changes back with one click; it
    reads no session, and leads nowhere but to this host.
    """
    target = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(target if own else "/")
    if value in known:
        response.set_cookie(cookie, value, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    return response
