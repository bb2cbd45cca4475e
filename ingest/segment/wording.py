"""The title and the text of an article from the lines that make it up."""

import re
import unicodedata
from functools import cache

from ingest.gazetteer import gazetteer
from ingest.lexicon import table
from ingest.segment.blocks import Block, BlockKind
from ingest.segment.cells import line_of
from ingest.segment.drafts import Draft
from ingest.segment.signatures import is_signed
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
    """The headline: without the lines that lead up to it (引题) or stand below it after a dash (副题), and without what
    a web page puts around it. The first words of the text where there is no headline."""
    heads = draft.heads
    ranks = [head.level for head in heads if head.level]
    if ranks:
        heads = [head for head in heads if head.level == min(ranks)]
    heads = [head for head in heads if not is_signed(head.shown)] or heads
    heads = _main(_without(_without(heads, _no_title()), _leads_up()))
    title = ""
    for head in heads:
        glue = " " if title else ""
        if len(title) + len(head.shown) < MAX_TITLE:
            title += glue + head.shown
    return _bare(title) or _stand_in(draft.body[0].shown)


def _without(heads: list[Block], pattern: re.Pattern[str]) -> list[Block]:
    """The lines without those that match, unless all do."""
    return [head for head in heads if not pattern.search(head.shown)] or heads


def _main(heads: list[Block]) -> list[Block]:
    """Of lines above one another the one that says where (重庆：162个…), if a single one does.

    The others lead up to it or go on from it. One that is too short is a part of a headline that was broken.
    """
    local = [head for head in heads if _is_local(head.shown)] if len(heads) > 1 else []
    return local if len(local) == 1 and len(local[0].shown) >= MIN_MAIN else heads


def _is_local(shown: str) -> bool:
    return any(not hit.ambiguous_word for hit in gazetteer().find(shown))


def _bare(title: str) -> str:
    title = title[next((at for at, c in enumerate(title) if not _is_mark(c)), 0) :]
    if title.startswith("【") and title.find("】") == len(title) - 1:
        return title[1:-1]
    return _site_end().sub("", _site_start().sub("", title)).strip() or title


def _is_mark(c: str) -> bool:
    return c in _BULLETS or unicodedata.category(c) == "So"


def _stand_in(opening: str) -> str:
    """The first clauses of a text, without its dateline and 近日, that say something."""
    words = _dateline().sub("", opening.lstrip(_MARKS), count=1)
    words = _day().sub("", words.lstrip(_MARKS), count=1)
    told = ""
    for part in re.split(f"([{_MARKS}])", words)[: 2 * MAX_STAND_IN]:
        if part in _ENDS or (len(told) >= MIN_STAND_IN and part in _MARKS):
            break
        told += part
    return told[:MAX_STAND_IN].rstrip(_MARKS) or opening[:MAX_STAND_IN]


# A line of fewer characters is not the whole of a headline.
MIN_MAIN = 9

# A clause of fewer characters (近日, 贵州省) does not say what a text is about.
MIN_STAND_IN = 8

_MARKS = "，。！？；：\n"
_ENDS = ("。", "！", "？", "\n")
_BULLETS = "·●◆■□▲▶★◎※ "


@cache
def _no_title() -> re.Pattern[str]:
    return re.compile("|".join([*table("page")["no_titles"], "^" + table("page")["document_number"]]))


@cache
def _leads_up() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(table('page')['lead_ends'])})\\Z")


@cache
def _site_start() -> re.Pattern[str]:
    return re.compile(f"\\A(?:{'|'.join(table('page')['site_starts'])})")


@cache
def _site_end() -> re.Pattern[str]:
    return re.compile("|".join(table("page")["site_ends"]))


@cache
def _dateline() -> re.Pattern[str]:
    """本报讯（记者 王某）, 新华社南宁11月19日电（…）, （上接第一版）, [四川]: what stands before a report."""
    bracketed = r"[（【\[][^）】\]]{1,30}[）】\] ]{1,2}"
    house = r"(?:本[报网刊台]|[^，。：（ ]{2,8}[报网社])"
    report = rf"{house}?[^，。：（ ]{{0,12}}?(?:讯|日电|消息)(?=[ （：]) ?(?:（[^（）]{{1,40}}）)?[ ：]?"
    return re.compile(rf"\A(?:{bracketed}|{report}){{1,3}}")


@cache
def _day() -> re.Pattern[str]:
    """近日，; 3月7日，: when it was."""
    leads = "|".join(table("page")["leads"])
    return re.compile(
        rf"\A(?:{leads}|[0-9]{{4}}年[0-9]{{1,2}}月[0-9]{{1,2}}日|去年以来|目前)[^，。]{{0,4}}，|\A[0-9]{{1,2}}月[0-9]{{1,2}}日(?:[上下]午)?，?"
    )


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
