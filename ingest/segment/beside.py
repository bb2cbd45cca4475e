"""Short lines that look like headlines and are none: what stands beside the headline, the text or the end tells."""

import re
from functools import cache

from ingest.imprints import is_house
from ingest.lexicon import table
from ingest.segment.blocks import Block, BlockKind
from ingest.segment.signatures import is_signed

# A shorter line above an imprint may be the name of a column.
MIN_HEADLINE = 9

# A line of so many characters between a headline and its date is a name.
MAX_NAME = 4

# A line of so many characters at the end of a page is a name or a torn word.
MAX_REST = 3

# So many lines below headline and date may be text though they are as short as headlines.
MAX_SHORT = 3

# So many lines at most lead up to a headline (清早，…；晌午，…；), so many characters long at most.
MAX_LEADS, MAX_LEAD = 6, 60

# The headline of a page stands among so many lines.
HEAD_LINES = 16

# Longest name of a site, with its marks, behind the headline in the head of its window.
MAX_SITE = 30

# A letter ends in so many lines at most: annexes, offices, notes, date.
MAX_END = 40

_DATED = (BlockKind.IMPRINT, BlockKind.DATE)


def with_text_beside(found: list[Block]) -> list[Block]:
    """The lines of a page, those as what they are that only look like headlines."""
    for mend in _MENDS:
        found = mend(found)
    return found


def _as(block: Block, kind: BlockKind) -> Block:
    return block._replace(kind=kind)


def _is_short(block: Block) -> bool:
    return block.kind is BlockKind.HEAD and not block.level


def _with_authors(found: list[Block]) -> list[Block]:
    """A name between a headline and its date is that of the author, or of the office that wrote it."""
    for at in range(1, len(found) - 1):
        head, block, below = found[at - 1 : at + 2]
        headed = head.kind is BlockKind.HEAD and len(head.shown) >= MIN_HEADLINE and not is_signed(head.shown)
        if headed and _is_short(block) and below.kind in _DATED and not is_house(block.shown):
            if is_signed(block.shown):
                found[at] = _as(block, BlockKind.IMPRINT)
            elif len(block.shown) <= MAX_NAME:
                found[at] = _as(block, BlockKind.BYLINE)
    return found


def _without_doubles(found: list[Block]) -> list[Block]:
    """A headline goes where it stands below once more, bare: with the name of the site behind it, a label before it."""
    top = next((i for i, block in enumerate(found[:HEAD_LINES]) if block.kind is BlockKind.PARAGRAPH), HEAD_LINES)
    heads = [block for block in found[:top] if _is_short(block) and len(block.shown) >= MIN_HEADLINE]
    for at, block in enumerate(found[:HEAD_LINES]):
        if block.kind in (BlockKind.HEAD, BlockKind.ROW) and any(_repeats(block, head) for head in heads):
            found[at] = _as(block, BlockKind.FURNITURE)
    return found


def _repeats(block: Block, head: Block) -> bool:
    """Whether a line says what the headline says and no more than 30 characters besides."""
    if block.start >= head.start or len(block.shown) > len(head.shown) + MAX_SITE:
        return False
    before, found, after = block.shown.partition(head.shown)
    labelled = before.endswith("：") and not after
    return bool(found) and (labelled or (not before and (not after or after[0] in " -_|—–")))


def _with_captions(found: list[Block]) -> list[Block]:
    """Words below a headline that a page prints twice, one below the other, are those of a picture."""
    headed = False
    for at in range(1, len(found)):
        twice = _is_short(found[at]) and found[at - 1].shown == found[at].shown
        headed = headed or (found[at - 1].kind is BlockKind.HEAD and not twice)
        if twice and headed:
            found[at - 1 : at + 1] = (_as(block, BlockKind.CAPTION) for block in found[at - 1 : at + 1])
    return found


def _with_barred(found: list[Block]) -> list[Block]:
    """项目|数目, 工坊|300家: lines below one another with as many bars are rows of a table."""
    for at in range(1, len(found)):
        bars = [block.shown.count("|") for block in found[at - 1 : at + 1]]
        if bars[0] == bars[1] > 0 and all(map(_may_be_row, found[at - 1 : at + 1])):
            found[at - 1 : at + 1] = (_as(block, BlockKind.ROW) for block in found[at - 1 : at + 1])
    return found


def _may_be_row(block: Block) -> bool:
    return (_is_short(block) or block.kind in (BlockKind.ROW, BlockKind.PARAGRAPH)) and "。" not in block.shown


def _with_texts(found: list[Block]) -> list[Block]:
    """What follows headline and imprint is text, were it as short as a headline: a question, a subhead, a caption."""
    for at in range(2, len(found)):
        if not (_is_short(found[at]) and found[at - 1].kind is BlockKind.IMPRINT and _is_dated_headline(found, at)):
            continue
        end = next((i for i in range(at, len(found)) if not _is_short(found[i])), len(found))
        headed = end < len(found) and found[end].kind in (*_DATED, BlockKind.BYLINE, BlockKind.OPENING)
        if end - at <= MAX_SHORT and not headed:
            found[at:end] = (_as(block, BlockKind.PARAGRAPH) for block in found[at:end])
    return found


def _is_dated_headline(found: list[Block], at: int) -> bool:
    """Whether the lines above a place are imprints, and above them a headline."""
    above = found[max(at - HEAD_LINES, 0) : at]
    head = next((block for block in reversed(above) if block.kind is not BlockKind.IMPRINT), None)
    return head is not None and head.kind is BlockKind.HEAD and len(head.shown) >= MIN_HEADLINE


def _with_speech(found: list[Block]) -> list[Block]:
    """“一个月四千块，你去不去？”: below a text, somebody says so."""
    below_text = False
    for at, block in enumerate(found):
        if below_text and _is_short(block) and _speech().fullmatch(block.shown):
            found[at] = _as(block, BlockKind.PARAGRAPH)
        below_text = below_text or block.is_text
    return found


def _with_signatures(found: list[Block]) -> list[Block]:
    """Offices below a text have signed it, and annexes named there are its own."""
    below_text = False
    for at, block in enumerate(found):
        if below_text and _is_short(block) and _is_of_end(block.shown) and _ends_letter(found, at):
            found[at] = _as(block, BlockKind.PARAGRAPH)
        below_text = below_text or block.is_text
    return found


def _ends_letter(found: list[Block], at: int) -> bool:
    """Whether nothing but annexes, signatures, notes on them and a date follow, up to the next headline."""
    for block in found[at + 1 : at + MAX_END]:
        if block.kind in _DATED:
            return True
        if not (_is_of_end(block.shown) or block.shown[0] == "（"):
            return False
    return True


def _is_of_end(shown: str) -> bool:
    return is_signed(shown) or shown.startswith("附件：")


def _with_leads(found: list[Block]) -> list[Block]:
    """Lines that each end in ； or …… at the head of a page lead up to its headline."""
    end = next((i for i, block in enumerate(found[: MAX_LEADS + 1]) if not _leads_up(block)), 0)
    if end > 1 and found[end].kind is BlockKind.HEAD:
        found[:end] = (_as(block, BlockKind.HEAD) for block in found[:end])
    return found


def _leads_up(block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH and len(block.shown) <= MAX_LEAD and block.shown[-1] in "；…"


def _with_rest(found: list[Block]) -> list[Block]:
    """At the end of a page, a name is that of the author, a quote that is never closed was torn off, and what bars part
    is a list."""
    at = len(found) - 1
    while at > 0 and found[at].kind not in (BlockKind.HEAD, BlockKind.PARAGRAPH):
        at -= 1
    if at < 1 or not _is_short(found[at]) or not any(block.kind is BlockKind.PARAGRAPH for block in found[:at]):
        return found
    shown = found[at].shown
    if len(shown) <= MAX_REST and shown[0] in table("page")["surnames"]:
        found[at] = _as(found[at], BlockKind.BYLINE)
    elif len(shown) <= MAX_REST or shown.count("“") > shown.count("”") or shown.count("|") > 1:
        found[at] = _as(found[at], BlockKind.PARAGRAPH)
    return found


_MENDS = (
    _without_doubles,
    _with_captions,
    _with_barred,
    _with_signatures,
    _with_authors,
    _with_speech,
    _with_texts,
    _with_leads,
    _with_rest,
)


@cache
def _speech() -> re.Pattern[str]:
    return re.compile("“[^“”]+[。？！…]”")
