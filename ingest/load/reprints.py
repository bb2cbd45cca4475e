"""Which articles repeat an earlier one: a wire story that several papers print; and which pages are stored already."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from brands.models import Article, Page
from ingest.load.changes import ChangeLog, assign, snapshot
from ingest.load.fingerprint import fingerprint, same_story, same_text
from ingest.records import ExtractedArticle, RawPage

# Articles with the same sign that are compared in full; of more, the earliest.
MAX_CANDIDATES = 20


def is_copy(page: RawPage, articles: Iterable[ExtractedArticle]) -> bool:
    """Whether a page is stored already, from a file of another encoding, with other line ends, marks or widths. Pages
    without an article on labour brands are not compared."""
    signs = {fingerprint(article) for article in articles if article.relevant} - {""}
    if not signs:
        return False
    pages = Page.objects.filter(articles__fingerprint__in=signs).order_by("pk").distinct()[:MAX_CANDIDATES]
    return any(same_text(stored.text, page.text) for stored in pages)


def load_reprints(articles: Iterable[Article], journal: ChangeLog) -> None:
    """Point the page's relevant articles, and those that they are printed before, to the earliest print."""
    signs = {article.fingerprint for article in articles} - {""}
    if not signs:
        return
    groups: defaultdict[str, list[Article]] = defaultdict(list)
    same = Article.objects.filter(fingerprint__in=signs).select_related("page").defer("page__text")
    for row in sorted(same, key=_age):
        groups[row.fingerprint].append(row)
    for prints in groups.values():
        _link(prints[:MAX_CANDIDATES], journal)


def _link(prints: Sequence[Article], journal: ChangeLog) -> None:
    texts = {row.pk: _text(row) for row in prints} if len(prints) > 1 else {}
    heads: dict[int, Article] = {}
    for at, row in enumerate(prints):
        earlier = (head for head in prints[:at] if head.pk not in heads)
        head = next((head for head in earlier if same_story(texts[head.pk], texts[row.pk])), None)
        if head is not None:
            heads[row.pk] = head
    _point(prints, heads, journal)


def _point(prints: Iterable[Article], heads: Mapping[int, Article], journal: ChangeLog) -> None:
    before = snapshot(prints)
    for row in prints:
        assign(row, reprint_of_id=heads[row.pk].pk if row.pk in heads else None)
    journal.update(Article, prints, before)


def _age(article: Article) -> tuple[date, str, int]:
    """Undated articles count as the latest; of equals, the name of the page decides."""
    return article.published_on or date.max, article.page.name, article.order


def _text(article: Article) -> str:
    return "".join(article.page.text[start:end] for start, end in article.spans)
