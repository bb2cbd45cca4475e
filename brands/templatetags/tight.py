"""Templates that are laid out in lines, whose lines readers don't get."""

import re

from django import template
from django.template.base import NodeList, Parser, TextNode, Token
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()

_BLOCKS = (
    "address|article|aside|blockquote|body|br|caption|col|colgroup|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|"
    "form|h[1-6]|head|header|hr|html|legend|li|link|main|meta|nav|ol|optgroup|option|p|section|summary|table|tbody|td|"
    "tfoot|th|thead|title|tr|ul"
)
"""Elements next to which HTML ignores white space."""

_BREAK = re.compile(r"\s*\n\s*")
_FROM_BLOCK = re.compile(rf"</?(?:{_BLOCKS})(?:\s[^<>]*)?>$")
_TO_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b")


@register.tag
def tight(parser: Parser, token: Token) -> "Tight":
    """``{% tight %}``: the rest of the file may be broken into lines and indented without a word moving on the page.

    A line break with the indentation around it is sent as one line break beside the tag of a block, where HTML ignores
    it; as nothing after any other tag, before one, and between two tags or variables of the template; and as one space
    elsewhere, such as between the attributes of a tag. A space that is to be sent stands within its line. Lines of a
    ``{% blocktranslate %}`` stay as they are; a ``<pre>`` has to stand on one line.
    """
    nodes = parser.parse()
    for text in nodes.get_nodes_by_type(TextNode):
        text.s = tightened(text.s)
    return Tight(nodes)


def tightened(text: str) -> str:
    """What is sent of a text that stands between two tags or variables of a template."""
    return _BREAK.sub(lambda found: _instead(text[: found.start()], text[found.end() :]), text)


def _instead(before: str, after: str) -> str:
    """What is sent for the line break between these."""
    if _FROM_BLOCK.search(before) or _TO_BLOCK.match(after):
        return "\n"
    if before.endswith(">") or after.startswith("<") or not (before or after):
        return ""
    return " "


class Tight(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        return self.nodelist.render(context)
