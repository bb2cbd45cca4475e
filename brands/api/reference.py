"""The description of the interface: as OpenAPI, and as a page to try it on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from brands.api.conventions import OpenView
from brands.listing.pages import trail


@extend_schema(exclude=True)
class SchemaView(OpenView, SpectacularAPIView):
    """The description as JSON, which is YAML, too; always in English, as its words for records are."""

    renderer_classes = [OpenApiJsonRenderer]
    throttle_classes = []

    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        with translation.override("en"):
            response: Response = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]
        return response


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Swagger UI of the description."""
    context = {"schema": reverse("brands:api_schema"), "trail": trail(("API", ""))}
    return render(request, "brands/api_reference.html", context)
