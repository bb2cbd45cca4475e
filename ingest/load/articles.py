"""The page and its articles."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from brands.models import Article, Evidence, Page
from ingest import records
from ingest.load.changes import ChangeLog, assign, snapshot
from ingest.load.fingerprint import fingerprint
from ingest.load.standing_rules import in_force, ruled
from ingest.read import stored
from ingest.standing_rules import StandingRules

MAX_TITLE = 300
MAX_PUBLISHER = 100
MAX_URL = 500
MAX_REASON = 200
MAX_PAGE_NAME = 255


def load_page_row(
    page: records.RawPage, row: Page | None, journal: ChangeLog, *, version: str, numbers_wait: bool = False
) -> Page:
    """The row of the page, new or, where there is one, of an earlier run. `extractor` is bookkeeping and no change.
    `numbers_wait` is for a new one."""
    if row is None:
        row = Page(
            name=page.name[-MAX_PAGE_NAME:],
            sha256=page.sha256,
            encoding=page.encoding,
            text=page.text,
            extractor=version,
            numbers_wait=numbers_wait,
        )
        journal.create(Page, [row])
        return row
    before = snapshot([row])
    assign(row, text=page.text, encoding=page.encoding)  # another decoder may read the same bytes otherwise
    journal.update(Page, [row], before)
    Page.objects.filter(pk=row.pk).update(extractor=version)
    return row


def load_articles(page: Page, articles: tuple[records.ExtractedArticle, ...], journal: ChangeLog) -> dict[int, Article]:
    """The rows of the page's articles by their order. Those of an earlier run that are no more come last and hold no
    place of the page, so that their evidence finds another home."""
    earlier = () if journal.is_new(page) else Article.objects.filter(page=page).order_by("order")
    rows = {row.order: row for row in earlier}
    before = snapshot(rows.values())
    new = []
    for article in articles:
        row = rows.get(article.order)
        if row is None:
            rows[article.order] = row = Article(page=page, order=article.order)
            new.append(row)
        assign(row, **{name: value for name, value in _values(article).items() if name not in _held(row)})
        if not row.fingerprint:
            assign(row, reprint_of_id=None)
    orders = {article.order for article in articles}
    for row in rows.values():
        row.page = page
        if row.order not in orders:
            assign(row, spans=[], relevant=False, fingerprint="")
    journal.create(Article, new)
    journal.update(Article, (row for row in rows.values() if row.pk in before), before)
    return rows


def raw_page(page: Page, *, rules: StandingRules | None = None) -> records.RawPage:
    """A stored page as the stages take it, with what people said of its articles and once and for all; or with other
    rules than those that count."""
    raw = stored(page.name, page.text, encoding=page.encoding, sha256=page.sha256, corrected=corrections(page))
    found = ruled(raw, in_force() if rules is None else rules)
    return replace(raw, rules=found) if found else raw


def corrections(page: Page) -> tuple[records.ArticleCorrection, ...]:
    """What people said of the articles of a stored page, as the stages take it."""
    rows = Article.objects.filter(page=page).exclude(hand_set=[]).select_related("place").order_by("order")
    said = ((row, {name: getattr(row, name) for name in row.hand_set}) for row in rows)
    return tuple(correction(row.order, values, reason=row.reason) for row, values in said)


def correction(order: int, values: Mapping[str, Any], *, reason: str) -> records.ArticleCorrection:
    """What a person said of an article: the fields of its row with their values, and why it counts as it does."""
    said = {name: (value.pk if value else "") if name == "place" else value for name, value in values.items()}
    said |= {"reason": reason} if "relevant" in said else {}
    return records.ArticleCorrection(order, tuple(sorted(said.items())))


def _held(row: Article) -> set[str]:
    """The columns that a person has set."""
    held = {"place_id" if name == "place" else name for name in row.hand_set}
    return held | {"reason"} if "relevant" in held else held


def delete_empty(articles: Iterable[Article], journal: ChangeLog) -> None:
    """Delete articles of an earlier run that are no more, once their evidence is gone."""
    stale = [article for article in articles if not article.spans]
    if stale:
        used = set(Evidence.objects.filter(article__in=stale).values_list("article_id", flat=True))
        journal.delete(Article, [article for article in stale if article.pk not in used])


def _values(article: records.ExtractedArticle) -> dict[str, object]:
    return {
        "title": article.title[:MAX_TITLE],
        "publisher": article.publisher[:MAX_PUBLISHER],
        "published_on": article.published_on,
        "url": article.url if len(article.url) <= MAX_URL else "",
        "spans": [[span.start, span.end] for span in article.spans],
        "relevant": article.relevant,
        "reason": article.reason[:MAX_REASON],
        "score": article.score,
        "place_id": article.place or None,
        "fingerprint": fingerprint(article) if article.relevant else "",
    }
