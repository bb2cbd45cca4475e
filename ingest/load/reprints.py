"""Which articles repeat an earlier one: a wire story that several papers print."""

from collections.abc import Iterable, Mapping
from datetime import date

from brands.models import Article
from ingest.load.fingerprint import same_story
from ingest.load.journal import Journal, assign, snapshot

MAX_CANDIDATES = 20
"""Articles with the same sign that are compared in full; of more, the earliest."""


def load_reprints(articles: Iterable[Article], journal: Journal) -> None:
    """Point the page's relevant articles, and those that they are printed before, to the earliest print."""
    for article in articles:
        if article.fingerprint:
            _link(article, journal)


def _link(article: Article, journal: Journal) -> None:
    same = Article.objects.filter(fingerprint=article.fingerprint).select_related("page").order_by("pk")
    prints = sorted(same[:MAX_CANDIDATES], key=_age)
    if len(prints) < 2:
        _point(prints, {}, journal)
        return
    texts = {row.pk: _text(row) for row in prints}
    heads: dict[int, Article] = {}
    for at, row in enumerate(prints):
        earlier = (head for head in prints[:at] if head.pk not in heads)
        head = next((head for head in earlier if same_story(texts[head.pk], texts[row.pk])), None)
        if head is not None:
            heads[row.pk] = head
    _point(prints, heads, journal)


def _point(prints: Iterable[Article], heads: Mapping[int, Article], journal: Journal) -> None:
    before = snapshot(prints)
    for row in prints:
        assign(row, reprint_of_id=heads[row.pk].pk if row.pk in heads else None)
    journal.update(Article, prints, before)


def _age(article: Article) -> tuple[date, str, int]:
    """Undated articles count as the latest; of equals, the name of the page decides."""
    return article.published_on or date.max, article.page.name, article.order


def _text(article: Article) -> str:
    return "".join(article.page.text[start:end] for start, end in article.spans)
