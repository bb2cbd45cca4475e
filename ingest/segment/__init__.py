"""From a cleaned page to its articles, in reading order, each whole and without the others.

site            what a web site prints around its articles goes
cells           rows of tables that the page gives in pieces are joined
beside          short lines that look like headlines and are none
signatures      the offices that sign a document
blocks          what stands on each line: headline, byline, paragraph, row, caption or furniture
line_forms      the patterns that tell what a line is
drafts          articles in the making
sections        which headline begins an article, and which a section of one
headlines       which headline belongs to which article
swap            paragraphs of another article are given back to it; topic: what a stretch is about
publication     who published an article and when
wording         the title and the text of an article
"""

from ingest.lexicon import words
from ingest.records import ExtractedArticle, RawPage
from ingest.segment.blocks import Block, BlockKind, blocks
from ingest.segment.blocks import lines as lines_of
from ingest.segment.cells import with_whole_rows
from ingest.segment.drafts import Draft, strands
from ingest.segment.headlines import headed, split_off
from ingest.segment.publication import PagePublications
from ingest.segment.sections import settled
from ingest.segment.site import without_site
from ingest.segment.swap import exchanged
from ingest.segment.topic import pairs
from ingest.segment.wording import key, text_of, title_of
from ingest.text import MappedText, Span

# Stretches of an article that lie no further apart than this on the page are told as one.
MAX_GAP = 100


def segment(page: RawPage, text: MappedText) -> tuple[ExtractedArticle, ...]:
    """The articles of a page. Rests of articles that began on another page are left out."""
    lines = blocks(without_site(with_whole_rows(lines_of(text))), text)
    drafts = _drafts(lines)
    titles = [title_of(draft) for draft in drafts]
    main = _fronted(page.front.title, titles, drafts)
    publications = PagePublications(page.front, lines, drafts)
    articles = []
    for order, (draft, title) in enumerate(zip(drafts, titles, strict=True)):
        whole, body_start = text_of(text, draft)
        fronted = order == main
        said = publications.of(draft, whole.text[body_start:])
        articles.append(
            ExtractedArticle(
                order=order,
                title=page.front.title if fronted and page.front.title else title,
                text=whole,
                body_start=body_start,
                spans=_spans(whole),
                publisher=said.publisher,
                published_on=said.published_on,
                unread_date=said.unread,
                url=page.front.url if fronted else "",
            )
        )
    return tuple(articles)


def _drafts(lines: list[Block]) -> list[Draft]:
    """The articles in reading order. A page of nothing but headlines, rests or captions is an article for all that."""
    found, trailing = strands(lines)
    drafts = exchanged(split_off(headed(settled(found), trailing)))
    drafts = [draft for draft in headed(drafts, []) if draft.body]  # each has the text now that its headline is about
    drafts = [draft for draft in drafts if _is_article(draft)] or drafts
    for draft in drafts:
        draft.keep_late_heads()
    if not drafts and lines:
        drafts = [Draft(None, [], [], lines)]
    return sorted(drafts, key=lambda draft: draft.start)


def _is_article(draft: Draft) -> bool:
    """Whether a draft is an article: not the rest of one that began on another page, nor a picture's words alone.

    A rest is kept where it speaks of our subject: its facts are facts.
    """
    if draft.marker is BlockKind.REST:
        return any(word in block.shown for word in words("page", "subject") for block in draft.body)
    return any(block.kind is not BlockKind.CAPTION for block in draft.body) or bool(draft.body and draft.heads)


def _fronted(title: str, titles: list[str], drafts: list[Draft]) -> int:
    """The article that the front matter speaks of: the one with its title, else the one with most of its words."""
    wanted = key(title)
    for i, other in enumerate(map(key, titles)):
        if wanted and other and (wanted in other or other in wanted):
            return i
    asked = pairs(title)
    return max(range(len(drafts)), key=lambda i: drafts[i].topic.cover(asked), default=0)


def _spans(whole: MappedText) -> tuple[Span, ...]:
    spans: list[Span] = []
    for span in sorted(whole.runs(0, len(whole), max_gap=MAX_GAP)):
        if spans and span.start - spans[-1].end <= MAX_GAP:  # below 0 where a line end between parts is counted twice
            spans[-1] = Span(spans[-1].start, max(span.end, spans[-1].end))
        else:
            spans.append(span)
    return tuple(spans)
