"""The text of an article, with the places of what is to be decided marked, each leading to its fact."""

from collections.abc import Iterable, Iterator

from brands.models import Article
from brands.text.article_text import MarkedText, fact_of, set_out
from brands.text.highlight import Mark
from brands.text.page_text import Laid, lay_out
from curation.review.items import Desk, ReviewItem
from curation.review.other_reports import spot_of


def read(article: Article, desk: Desk) -> MarkedText:
    """The article as it is read, marked. Reads the whole page's text."""
    whole = [(piece.context_start, piece.context_end) for piece in desk.evidence]
    laid = lay_out(article.page.text, [(start, end) for start, end in article.spans], whole=whole)
    return set_out(article.title, laid, [*_of_evidence(desk, laid), *_of_proposals(desk.items, laid)])


def _of_evidence(desk: Desk, laid: Laid) -> Iterator[Mark]:
    """Places of facts that wait lead to them; those of others are seen, and lead nowhere."""
    waiting = {spot_of(item.fact): item.key for item in desk.items if item.proposal is None}
    for piece in desk.evidence:
        kind, fact = fact_of(piece)
        scope = piece.field == "scope"
        key = waiting.get((kind, fact.pk), "")
        look = (f"is-{kind}" if key else "is-done") if not piece.field else "is-scope" if scope else "is-part"
        yield from _marks(laid, piece.start, piece.end, Mark(0, 0, f"e{piece.pk}", look, f"#{key}" if key else ""))


def _of_proposals(items: Iterable[ReviewItem], laid: Laid) -> Iterator[Mark]:
    for item in items:
        said = item.proposal
        if said is not None and item.places and said.start is not None and said.end is not None:
            yield from _marks(laid, said.start, said.end, Mark(0, 0, f"p{said.pk}", "is-proposal", f"#{item.key}"))


def _marks(laid: Laid, start: int, end: int, like: Mark) -> Iterator[Mark]:
    """The stretches of the laid-out text that show the page's; the first has the anchor."""
    for number, (first, after) in enumerate(laid.places(start, end)):
        yield Mark(first, after, anchor=like.anchor if number == 0 else "", kind=like.kind, href=like.href)
