"""Answers of the site around the interface, in the interface's own form: to its addresses, a problem document."""

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.urls import reverse

from brands.api import problems


def is_of_program(request: HttpRequest) -> bool:
    """Whether the address is one of the interface for programs."""
    return request.path_info.startswith(reverse("brands:api_guide"))


def problem(status: HTTPStatus, told: str, headers: dict[str, str] | None = None) -> JsonResponse:
    """What went wrong, readable from any page as all that the interface says."""
    return JsonResponse(
        problems.document(status, told),
        status=status,
        content_type=problems.CONTENT_TYPE,
        headers={"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After", **(headers or {})},
    )
