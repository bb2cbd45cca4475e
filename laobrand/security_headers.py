"""Headers of every answer that Django has no setting for. deploy/nginx-headers.conf has the same for what nginx answers
by itself; tests/deploy/test_headers.py compares the two."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

# What browsers offer and no page of the site asks for.
UNUSED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",  # what a page of another origin fetches by CORS is not concerned
    "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
}


class SecurityHeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
