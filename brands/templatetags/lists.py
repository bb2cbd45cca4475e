"""The parts of a list page that repeat: facets, ranges and cards of brands.

Written here and not as templates, whose nodes took more time than all else on the page together: some hundred values
and 24 cards are a thousand nodes, each looked up, tested and escaped by itself.
"""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from brands.listing import Range
from brands.listing.facets import Facet, FacetValue
from brands.listing.rows import Listed
from brands.text.highlight import beside, filled, with_language

register = template.Library()


@register.simple_tag
def facet_lists(facets: Iterable[Facet]) -> SafeString:
    """The facets, each with its values."""
    more = filled('<p class="muted">{}</p>', [[gettext("这里只列出品牌最多的。")]])
    rows = [(f.name, " is-chosen" if f.chosen else "", f.label, _values(f), more if f.more else "") for f in facets]
    return filled(_FACET, rows, between="")


@register.simple_tag
def span_fields(spans: Iterable[Range]) -> SafeString:
    """The fields of each range."""
    opening, closing, least, most = gettext("（"), gettext("）"), gettext("最小"), gettext("最大")
    at_least, at_most = gettext("，最小"), gettext("，最大")
    rows = (
        (f"{s.label}{opening}{s.unit}{closing}", s.least, s.least_value, s.label + at_least, least,
         s.most, s.most_value, s.label + at_most, most)
        for s in spans
    )  # fmt: skip
    return filled(_SPAN, rows, between="")


def _values(facet: Facet) -> SafeString:
    """The items of a facet's list."""
    if facet.chosen:
        return filled("{}", ((_chosen(value),) for value in facet.values))
    return filled(_VALUE, map(_shown, facet.values))


@register.simple_tag
def brand_cards(cards: Iterable[Listed]) -> SafeString:
    """The cards of a list of brands."""
    return filled(
        _CARD, ((c.url, c.pinyin, c.name, beside(c.pinyin), c.lang, c.place, _tags(c), _rest(c)) for c in cards)
    )


_FACET = """<details class="facet facet-{}{}">
  <summary><h2>{}</h2></summary>
  <ul>{}</ul>
  {}
</details>
"""
_SPAN = (
    '''<fieldset><legend>{}</legend>
      <input name="{}" value="{}" inputmode="numeric" maxlength="15" autocomplete="off" aria-label="{}"'''
    ''' placeholder="{}"><span aria-hidden="true">–</span><input name="{}" value="{}" inputmode="numeric"'''
    """ maxlength="15" autocomplete="off" aria-label="{}" placeholder="{}">
    </fieldset>"""
)
_VALUE = '<li class="depth-{}"><a href="{}"><span lang="{}">{}</span> <span class="count">{}</span></a></li>'
_SELECTED = (
    '<li class="depth-{} is-on"><a href="{}" aria-current="true"><span lang="{}">{}</span>'
    ' <span class="count">{}</span></a><a class="also" href="{}" title="{}"><span aria-hidden="true">×</span>'
    '<span class="sr">{}</span></a></li>'
)
_ADDABLE = (
    '<li class="depth-{}"><a href="{}"><span lang="{}">{}</span> <span class="count">{}</span></a>'
    '<a class="also" href="{}" rel="nofollow" title="{}"><span aria-hidden="true">＋</span>'
    '<span class="sr">{}</span></a></li>'
)
_CARD = (
    '<article class="card"><h2><a lang="zh-Hans" href="{}" title="{}">{}</a>{}</h2>\n'
    '<p class="place" lang="{}">{}</p>\n<p class="tags">{}</p>\n{}</article>'
)
_FIGURE = '<p class="card-figure"><span class="what">{}</span> <b title="{}">{}</b></p>'


def _chosen(value: FacetValue) -> SafeString:
    """A value of a facet of which something is chosen."""
    if value.selected:
        words = gettext("不限%(label)s") % {"label": value.label}
        return filled(_SELECTED, [(*_shown(value), value.off, words, with_language(words))])
    if value.also:
        words = gettext("同时看%(label)s") % {"label": value.label}
        return filled(_ADDABLE, [(*_shown(value), value.also, words, with_language(words))])
    return filled(_VALUE, [_shown(value)])


def _shown(value: FacetValue) -> tuple[str, ...]:
    """What every value shows."""
    return str(value.depth), value.url, value.lang, value.label, str(value.count)


def _tags(card: Listed) -> SafeString:
    return filled("<span>{}</span>", ([word] for word in (card.industry, card.level) if word), between="")


def _rest(card: Listed) -> SafeString:
    """The figure and the reports, as far as there are any."""
    figure = [filled(_FIGURE, [(card.metric, card.digits, card.figure)])] if card.figure else []
    reports = [filled('<p class="card-count">{}</p>', [[card.reports]])] if card.reports else []
    return filled("{}", ([part] for part in (*figure, *reports)))
