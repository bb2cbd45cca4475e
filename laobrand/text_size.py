"""The size of the text: as the browser has it, or one of two larger ones (大字版) for who has chosen it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from laobrand.preferences import remembered

COOKIE = "text_size"
SIZES = ("normal", "large", "largest")


def chosen_size(request: HttpRequest) -> str:
    """One of `SIZES`; the first for a cookie that names none."""
    size = request.COOKIES.get(COOKIE, "")
    return size if size in SIZES else SIZES[0]


@csrf_exempt
@require_POST
def set_text_size(request: HttpRequest) -> HttpResponse:
    """Remember the `size` that a reader chose; see :func:`laobrand.preferences.remembered`."""
    return remembered(request, cookie=COOKIE, value=request.POST.get("size", ""), known=SIZES)
