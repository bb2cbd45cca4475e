"""The language of a page: Chinese, unless a reader has chosen another one.

A site about Chinese places in Chinese papers speaks Chinese to everyone first; what a browser happens to prefer says
little about who reads it, and an address that shows the same words to all can be cached and quoted.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from laobrand.preferences import remembered


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
    """Remember the `language` that a reader chose; see :func:`laobrand.preferences.remembered`."""
    language = request.POST.get("language", "")
    return remembered(request, cookie=settings.LANGUAGE_COOKIE_NAME, value=language, known=dict(settings.LANGUAGES))
