"""The language of a page: Chinese, unless a reader has chosen another one.

A site about Chinese places in Chinese papers speaks Chinese to everyone first; what a browser happens to prefer says
little about who reads it, and an address that shows the same words to all can be cached and quoted.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

YEAR = 365 * 24 * 3600
"""Seconds for which a browser remembers the choice."""


class ChosenLanguageMiddleware(LocaleMiddleware):
    """Django's locale middleware without a look at ``Accept-Language``: the cookie of the language switch decides."""

    def process_request(self, request: HttpRequest) -> None:
        translation.activate(chosen(request))
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response


def chosen(request: HttpRequest) -> str:
    try:
        return translation.get_supported_language_variant(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
    except LookupError:
        return settings.LANGUAGE_CODE


@csrf_exempt
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language that a reader chose, in a cookie, and lead back to `next`, a page of this site.

    Asks for no token, so that public pages are the same for all and set no cookie. That is safe: the answer changes
    nothing but the language in which this browser sees pages, which the same reader changes back with one click; it
    reads no session, and leads nowhere but to this host.
    """
    target = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(target if own else "/")
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response
