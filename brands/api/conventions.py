"""What all answers of the interface have in common: anybody may read them from any page, so many a minute."""

from typing import Any

from django.utils.translation import gettext
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from brands.api.problems import Fault, Refused


class AddressThrottle(AnonRateThrottle):
    """So many requests a minute of one address. Kept pages are answered before anybody counts."""


class OpenView(APIView):
    """A view of the interface: read only, for pages of any origin (CORS)."""

    throttle_classes = [AddressThrottle]

    # Parameters that it knows; others are refused.
    parameters: tuple[str, ...] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        known = self.known_parameters()
        faults = [unknown_parameter(name) for name in request.query_params if name not in known]
        faults += [
            (name, gettext("没有填值。"))
            for name, values in request.query_params.lists()
            if name in known and not all(value.strip() for value in values)
        ]
        if faults:
            raise Refused(faults)

    def known_parameters(self) -> tuple[str, ...]:
        return self.parameters

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """What browsers ask before they send a header of their own, such as If-None-Match."""
        return Response(status=204, headers={"Allow": "GET, HEAD, OPTIONS"})

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response["Access-Control-Allow-Headers"] = "If-None-Match"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return response


def unknown_parameter(name: str) -> Fault:
    return name, gettext("没有这个参数。")
