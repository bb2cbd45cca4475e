"""Errors as problem documents (RFC 9457), which name the parameter that can't be followed."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.utils.translation import gettext
from rest_framework.exceptions import APIException, NotFound, ParseError
from rest_framework.response import Response

CONTENT_TYPE = "application/problem+json"

# A parameter and what is wrong with it.
Fault = tuple[str, str]


class Refused(APIException):
    """A request whose parameters make no sense: 400, or 404 where they are well formed and name what isn't there."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, faults: Sequence[Fault], *, missing: bool = False) -> None:
        super().__init__(" ".join(dict.fromkeys(detail for _parameter, detail in faults)))
        self.faults = faults
        if missing:
            self.status_code = HTTPStatus.NOT_FOUND


class Gone(APIException):
    """A record that was public once."""

    status_code = HTTPStatus.GONE
    default_detail = "This record is no longer public."


def document(status: HTTPStatus, detail: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}


def handler(error: Exception, _context: dict[str, Any]) -> Response | None:
    """The answer to an error that a view raised; None for one of our own making, which is a 500."""
    if isinstance(error, Http404):
        error = NotFound(gettext("没有这条记录，或者它没有公开。"))
    if isinstance(error, SuspiciousOperation):  # such as too many parameters
        error = ParseError(gettext("这个请求读不懂。"))
    if isinstance(error, PermissionDenied) or not isinstance(error, APIException):
        return None
    status = HTTPStatus(error.status_code)
    problem = document(status, str(error.detail))
    if isinstance(error, Refused):
        problem["errors"] = [{"parameter": name, "detail": detail} for name, detail in error.faults]
    wait = getattr(error, "wait", None)
    headers = {"Retry-After": str(max(1, round(wait)))} if wait is not None else {}
    return Response(problem, status=status, headers=headers, content_type=CONTENT_TYPE)
