"""The title and the text of an article from the lines that make it up."""

import re
import unicodedata

from ingest.segment.blocks import Block, BlockKind
from ingest.segment.cells import line_of
from ingest.segment.drafts import Draft
from ingest.text import MappedText

# Longest title that is put together from headline lines.
MAX_TITLE = 120

# An article without a headline goes by its first words, so many characters at most.
MAX_STAND_IN = 30

# A shorter line without a full stop is a line of its own, not the first half of a sentence.
MIN_UNFINISHED = 20


def key(title: str) -> str:
    """A title without marks and blanks: the same headline looks the same in the front matter and on the page."""
    return "".join(c for c in title if unicodedata.category(c)[0] in "LN").lower()


def title_of(draft: Draft) -> str:
    """The headline lines in one; the first words of the text where there are none."""
    heads = draft.heads
    ranks = [head.level for head in heads if head.level]
    if ranks:
        heads = [head for head in heads if head.level == min(ranks)]
    title = ""
    for head in heads:
        glue = "" if not title or head.shown.startswith("—") else " "
        if len(title) + len(head.shown) < MAX_TITLE:
            title += glue + head.shown
    return title or _stand_in(draft.body[0].shown)


def _stand_in(opening: str) -> str:
    words = opening.lstrip(_MARKS)
    return re.split(f"[{_MARKS}]", words, maxsplit=1)[0][:MAX_STAND_IN] or opening[:MAX_STAND_IN]


_MARKS = "，。！？；：\n"


def text_of(text: MappedText, draft: Draft) -> tuple[MappedText, int]:
    """The headline lines and the paragraphs, one a line, and where the paragraphs begin."""
    heads = [text.cut(head.start, head.end) for head in draft.heads]
    body = [_joined(text, group) for group in _sentences(draft.body)]
    whole = MappedText.join([*heads, *body], glue="\n")
    start = sum(len(head) + 1 for head in heads)
    return whole, min(start, len(whole))


def _joined(text: MappedText, group: list[Block]) -> MappedText:
    parts = [line_of(text, block) for block in group]
    return parts[0] if len(parts) == 1 else MappedText.join(parts)


def _sentences(body: list[Block]) -> list[list[Block]]:
    """The blocks, with those together whose sentence goes on over a column or page break; pictures come last."""
    running = [block for block in body if block.kind is not BlockKind.CAPTION]
    groups: list[list[Block]] = []
    for block in running:
        before = groups[-1][-1] if groups else None
        if before is not None and _goes_on(before, block):
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups + [[block] for block in body if block.kind is BlockKind.CAPTION]


def _goes_on(before: Block, block: Block) -> bool:
    return before.is_unfinished and block.kind is BlockKind.PARAGRAPH and len(before.shown) >= MIN_UNFINISHED
