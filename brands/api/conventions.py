"""What all answers of the interface have in common: anybody may read them from any page, so many a minute."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from brands.api.problems import Fault, Refused
from brands.listing.fields import MAX_VALUES
from brands.visitors import network, visitor


class AddressThrottle(AnonRateThrottle):
    """So many requests a minute of one visitor. Kept pages are answered before anybody counts."""

    def get_ident(self, request: Request) -> str:
        return network(visitor(request))


class OneForm(BaseContentNegotiation):
    """Each address has one form, whatever ``Accept`` prefers: kept pages are answered before anybody reads that."""

    def select_parser(self, _request: Request, _parsers: object) -> None:
        return None

    def select_renderer(
        self, _request: Request, renderers: Iterable[BaseRenderer], _format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        renderer = next(iter(renderers))
        return renderer, renderer.media_type or ""


class OpenView(APIView):
    """A view of the interface: read only, for pages of any origin (CORS)."""

    throttle_classes = [AddressThrottle]
    content_negotiation_class = OneForm

    # Parameters that it knows; others are refused.
    parameters: tuple[str, ...] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        faults = [fault for name, values in request.query_params.lists() for fault in self.faults(name, values)]
        if faults:
            raise Refused(faults)

    def faults(self, name: str, values: Sequence[str]) -> Iterable[Fault]:
        """What is wrong with a parameter before anybody reads its values."""
        most = MAX_VALUES if name in self.repeatable_parameters() else 1
        if name not in self.known_parameters():
            yield unknown_parameter(name)
        elif not all(value.strip() for value in values):
            yield name, gettext("没有填值。")
        elif len(values) > most:
            yield name, gettext("最多填 %d 个值。") % most

    def known_parameters(self) -> tuple[str, ...]:
        return self.parameters

    def repeatable_parameters(self) -> tuple[str, ...]:
        """Those whose values are alternatives; of the others, one value would hide the rest."""
        return ()

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
