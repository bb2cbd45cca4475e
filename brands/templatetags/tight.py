"""Templates that are laid out in lines which readers don't get."""

import re

from django import template
from django.template.base import NodeList, Parser, TextNode, Token
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()

_BREAK = re.compile(r"\s*\n\s*")


@register.tag
def tight(parser: Parser, token: Token) -> "Tight":
    """``{% tight %}``: the rest of the file may be broken into lines and indented, and sends neither.

    Of a line break and the indentation around it nothing is left after ``>``, before ``<`` and between two tags or
    variables of the template; elsewhere, such as between the attributes of a tag, one space. So a space that readers
    are to see stands within its line. Lines of a ``{% blocktranslate %}`` stay as they are: it has to be ``trimmed``. A
    ``<pre>`` has to stand on one line. It is done once, when the template is read, and costs a page nothing.
    """
    nodes = parser.parse()
    for text in nodes.get_nodes_by_type(TextNode):
        if isinstance(text, TextNode):
            text.s = tightened(text.s)
    return Tight(nodes)


def tightened(text: str) -> str:
    """What is sent of a text that stands between two tags or variables of a template."""
    return _BREAK.sub(lambda found: _instead(text[: found.start()], text[found.end() :]), text)


def _instead(before: str, after: str) -> str:
    """What is sent for the line break between these."""
    return "" if before.endswith(">") or after.startswith("<") or not (before or after) else " "


class Tight(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        return self.nodelist.render(context)
