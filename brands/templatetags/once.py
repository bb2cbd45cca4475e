"""A part of a template that is the same on every page: drawn once a language and process."""

from collections.abc import Hashable

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

# Ways to draw one part that are kept; where a template gives a value that readers make up, the rest is drawn anew.
MOST = 100


@register.tag
def once(parser: Parser, token: Token) -> "Once":
    """``{% once section %}…{% endonce %}``: what stands between may depend on the language and the values named,
    and on nothing else."""
    values = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodes = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(nodes, values)


class Once(template.Node):
    child_nodelists = ("nodes",)

    def __init__(self, nodes: NodeList, values: list[FilterExpression]) -> None:
        self.nodes = nodes
        self.values = values
        self.drawn: dict[Hashable, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key = (get_language(), get_script_prefix(), get_urlconf(), *(str(v.resolve(context)) for v in self.values))
        if key in self.drawn:
            return self.drawn[key]
        html = self.nodes.render(context)
        if len(self.drawn) < MOST:
            self.drawn[key] = html
        return html
