"""Who published an article and when, as far as the page says."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from ingest.lexicon import words
from ingest.segment.blocks import Block, BlockKind
from ingest.segment.drafts import Draft

_YEAR = re.compile(r"20(?<!\d20)(?<![到至]20)[0-3]\d(?=年(?!底?前)|-)")
_HAN = "\u4e00-\u9fff"

_ISSUED = re.compile(r"(20\d\d)\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")

# The paper is named within so many characters of an opening.
MAX_OPENING = 80


def issue_date(blocks: Iterable[Block]) -> date | None:
    """The date in the head of the page, if one stands there."""
    for block in blocks:
        if block.kind is BlockKind.DATE:
            day = _ISSUED.search(block.shown)
            return _date(*map(int, day.groups())) if day else None
    return None


def wire_date(shown: str, page_year: int | None) -> date | None:
    """The date of a dateline (新华社南宁11月19日电). Its year is the last that the article speaks of, else the page."""
    line = _dateline().search(shown)
    year = line and (last_year(shown) or page_year)
    return _date(year, int(line[2]), int(line[3])) if line and year else None


def last_year(shown: str) -> int | None:
    """The last year that a text speaks of, goals (到2028年, 2028年底前) left aside."""
    return max(map(int, _YEAR.findall(shown)), default=None)


def publisher(draft: Draft) -> str:
    """The agency or paper that a dateline, an opening or a byline names, else an empty string."""
    shown = "\n".join(block.shown for block in draft.body)
    line = _dateline().search(shown)
    if line is not None:
        return str(line[1])
    heads = [block.shown for block in (*draft.bylines, *draft.body[:1])]
    named = next((found for head in heads if (found := _paper().search(head[:MAX_OPENING]))), None)
    return str(named[1]) if named else ""


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _dateline() -> re.Pattern[str]:
    """Agency, month and day."""
    who = "|".join(words("page", "agencies"))
    day = "([0-9]{1,2})月([0-9]{1,2})日"
    return re.compile(rf"({who})[{_HAN}]{{0,10}}{day}(?:电|讯|消息)")


@cache
def _paper() -> re.Pattern[str]:
    who = "|".join(words("page", "agencies"))
    role = "(?:全媒体|融媒体|首席|见习|实习)?(?:记者|消息|讯)"
    return re.compile(rf"(?:据|[（□■ ]|\A)({who}|[{_HAN}]{{2,6}}[报网]){role}")
