"""Who published an article and when, as far as the page says."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, cached_property

from ingest.frozen import frozen
from ingest.imprints import Imprint, imprint_in
from ingest.lexicon import words
from ingest.printed_dates import dates_in, possible
from ingest.publishers import is_host, publisher_at
from ingest.records import FrontMatter
from ingest.segment.blocks import Block, BlockKind
from ingest.segment.drafts import Draft

# A year that may be that of the report: no aim (到2028年, 2028年底前), no beginning (自2007年, 2007年起) and none that
# a story goes back to (2000年，…).
_YEAR = re.compile(r"20(?<!\d20)(?<![到至自从]20)[0-3]\d(?=年(?!底?前|起|以来|开始|，)|-|全[国省市县区])")
_HAN = "\u4e00-\u9fff"

# The paper is named within so many characters of an opening.
MAX_OPENING = 80


@frozen()
class Publication:
    """Who published an article and when; `unread` holds the words of a date that stands there and can't be read, and
    is empty where one was read or none stands there."""

    publisher: str = ""
    published_on: date | None = None
    unread: str = ""


class PagePublications:
    """What the head of a page and the imprints on it say of its articles."""

    def __init__(self, front: FrontMatter, blocks: Sequence[Block], drafts: Sequence[Draft]) -> None:
        self._front = front
        self._blocks = blocks
        self._issue = _issue(blocks)
        self._imprints = _shared_out(blocks, drafts) if any(block.kind is BlockKind.IMPRINT for block in blocks) else {}
        top = min((line.start for draft in drafts for line in (*draft.heads, *draft.body[:1])), default=0)
        marks = sorted((block for owned in self._imprints.values() for block in owned), key=lambda block: block.start)
        self._around = [block for block in marks if block.start < top] or _foot(marks, drafts)

    @cached_property
    def _year(self) -> int | None:
        """The last year that the page speaks of."""
        return _last_year("\n".join(block.shown for block in self._blocks if block.kind is not BlockKind.FURNITURE))

    def of(self, draft: Draft, shown: str) -> Publication:
        """What is said of an article whose text, without its headlines, is `shown`. The front matter goes first, then
        an imprint beside the headline, the head of the page, and the dateline."""
        own = [_imprint(block) for block in self._imprints.get(id(draft), ())]
        said = [*own, *([self._issue] if self._issue else []), *map(_imprint, self._around)]
        wired, unread = self._wire_date(shown)
        day = next(iter([one.published_on for one in said if one.published_on]), None) or wired
        unread = next((one.unread for one in said if one.unread), "") or unread
        source = next((one.source for one in own if one.source), "")
        house = self._issue.source if self._issue else ""
        front = self._front
        told = "" if is_host(front.publisher) else front.publisher
        return Publication(
            publisher=told or _agency(draft) or source or _paper_of(draft) or house or publisher_at(front.url),
            published_on=front.published_on or day,
            unread="" if front.published_on or day else unread,
        )

    def _wire_date(self, shown: str) -> tuple[date | None, str]:
        """The date of a dateline (新华社南宁11月19日电), or its words where it can't be read.

        A year that the dateline lacks is the last that the article speaks of, else the page.
        """
        whole = next(dates_in(shown[:MAX_OPENING]), None)
        if whole is not None and _of_dateline().match(shown, whole.end - 1):
            return whole.day, "" if whole.day else shown[whole.start : whole.end]
        line = _dateline().search(shown)
        if line is None:
            return None, ""
        year = _last_year(shown) or self._year
        day = possible(year, int(line[2]), int(line[3])) if year else None
        return day, "" if day else line[0]


def _foot(marks: list[Block], drafts: Sequence[Draft]) -> list[Block]:
    """The date below all text that is the only one on the page: it is that of every article."""
    dated = [block for block in marks if _imprint(block).published_on]
    end = max((draft.body[-1].start for draft in drafts if draft.body), default=0)
    return dated if len(dated) == 1 and dated[0].start > end else []


def _imprint(block: Block) -> Imprint:
    """What a block says; one that is none by itself is the name of a paper beside one."""
    return imprint_in(block.shown) or Imprint(source=block.shown)


def _issue(blocks: Iterable[Block]) -> Imprint | None:
    """What the head of the page says: 某省日报 2025年3月7日 星期五."""
    above = ""
    for block in blocks:
        if block.kind is BlockKind.DATE:
            found = next(dates_in(block.shown), None)
            house = _house().match(block.shown)
            day = found.day if found else None
            return Imprint(day, house[0].rstrip() if house else above, "" if day else block.shown)
        above = block.shown if block.kind is BlockKind.LABEL and _paper_alone().fullmatch(block.shown) else ""
    return None


def _shared_out(blocks: Sequence[Block], drafts: Sequence[Draft]) -> dict[int, list[Block]]:
    """The imprints of each article, by the identity of its draft: those of the line above, or else of the headline
    below where the article above has one already."""
    owners = {line.start: draft for draft in drafts for line in (*draft.heads, *draft.bylines, *draft.body)}
    found: dict[int, list[Block]] = {id(draft): [] for draft in drafts}
    below = _owners_below(blocks, owners)
    above = None
    for at, block in enumerate(blocks):
        if block.kind is not BlockKind.IMPRINT:
            above = owners.get(block.start, above)
            continue
        leads = at + 1 < len(blocks) and blocks[at + 1].kind is BlockKind.HEAD
        owner = (below[at] or above) if above is None or (leads and found[id(above)]) else above
        if owner is not None:
            found[id(owner)].append(block)
    return found


def _owners_below(blocks: Sequence[Block], owners: Mapping[int, Draft]) -> list[Draft | None]:
    """For each line, the article of the next line below it that is in one."""
    below: list[Draft | None] = []
    owner = None
    for block in reversed(blocks):
        below.append(owner)
        owner = owners.get(block.start, owner)
    return below[::-1]


def _last_year(shown: str) -> int | None:
    """The last year that a text speaks of as its own time."""
    return max(map(int, _YEAR.findall(shown)), default=None)


def _agency(draft: Draft) -> str:
    """The agency that a dateline names: of a reprint it is the source."""
    line = next((found for block in draft.body if (found := _dateline().search(block.shown))), None)
    return str(line[1]) if line else ""


def _paper_of(draft: Draft) -> str:
    """The agency or paper that an opening or a byline names, else an empty string."""
    heads = [block.shown for block in (*draft.bylines, *draft.body[:1])]
    named = next((found for head in heads if (found := _paper().search(head[:MAX_OPENING]))), None)
    return str(named[1]) if named else ""


@cache
def _dateline() -> re.Pattern[str]:
    """Agency, month and day."""
    who = "|".join(words("page", "agencies"))
    day = "([0-9]{1,2})月([0-9]{1,2})日"
    return re.compile(rf"({who})[{_HAN}]{{0,10}}{day}(?:电|讯|消息)")


@cache
def _of_dateline() -> re.Pattern[str]:
    """The end of a date that is that of the report: 本报西宁2023年8月12日电, （2018-10-22）."""
    return re.compile(r"日(?:电|讯|消息)|[0-9日][）)]")


@cache
def _house() -> re.Pattern[str]:
    return re.compile(rf"[{_HAN}]{{2,10}}报(?= ?(?:[A-Z][A-Za-z ]{{3,30}})?20)")


@cache
def _paper_alone() -> re.Pattern[str]:
    return re.compile(f"[{_HAN}]{{2,9}}报")


@cache
def _paper() -> re.Pattern[str]:
    who = "|".join(words("page", "agencies"))
    role = "(?:全媒体|融媒体|首席|见习|实习)?(?:记者|消息|讯|报道)"
    return re.compile(rf"(?:据|[（□■· ]|\A)《?({who}|[{_HAN}]{{2,6}}[报网])》?{role}")
