"""What a web site prints around its articles, told by what stands beside it: menus, its own name, lists of links."""

from collections.abc import Iterator

from ingest.imprints import crumbs_end, is_house, is_tools
from ingest.lexicon import words
from ingest.segment.beside import with_text_beside
from ingest.segment.blocks import MAX_HEADLINE, Block, BlockKind

# The path to a page, and the name of a column, stand among so many lines at its head.
HEAD_LINES = 12

# So many headlines with a date each, one after another, are a list of other pages.
MIN_LISTED = 2

# A shorter line above an imprint may be the name of a column.
MIN_HEADLINE = 9

# So many short lines above a headline, of so many characters at most, are a menu.
MIN_MENU, MAX_ENTRY = 3, 6

_ASIDE = (BlockKind.IMPRINT, BlockKind.CRUMBS, BlockKind.LABEL, BlockKind.DATE, BlockKind.FURNITURE, BlockKind.BYLINE)
_DATED = (BlockKind.IMPRINT, BlockKind.DATE)
_OF_LISTS = (BlockKind.HEAD, BlockKind.ROW, BlockKind.IMPRINT, BlockKind.LABEL, BlockKind.CAPTION)


def without_site(found: list[Block]) -> list[Block]:
    """The lines of a page, those that belong to its site as furniture."""
    for mend in _MENDS:
        found = mend(found)
    return found


def _furniture(blocks: list[Block]) -> Iterator[Block]:
    """The blocks as furniture; what dates the page stays."""
    return (block if block.kind in _DATED else block._replace(kind=BlockKind.FURNITURE) for block in blocks)


def _without_menu(found: list[Block]) -> list[Block]:
    """What stands above the path to the page is its menu; so are mottoes and names of sites above that of a column."""
    for at, block in enumerate(found[:HEAD_LINES]):
        above = found[:at]
        if any(line.kind in (BlockKind.PARAGRAPH, BlockKind.OPENING, BlockKind.IMPRINT) for line in above):
            break
        if block.kind is BlockKind.CRUMBS and _next_kind(found, at) is not BlockKind.HEAD:
            found[:at] = (line if _is_headline(line) else line._replace(kind=BlockKind.FURNITURE) for line in above)
        elif block.kind is BlockKind.CRUMBS or (_is_column(found, at) and all(map(_is_of_site, above))):
            found[:at] = _furniture(above)
    return found


def _is_headline(block: Block) -> bool:
    """Whether a line above the path may be the headline of a page that has none below; what dates it stays, too."""
    return block.kind in _DATED or (block.kind is BlockKind.HEAD and len(block.shown) >= MIN_HEADLINE)


def _is_column(found: list[Block], at: int) -> bool:
    """Whether a line is the name of a column, and a headline stands below it."""
    headed = at + 1 < len(found) and found[at + 1].kind is BlockKind.HEAD
    return headed and found[at].shown in words("page", "columns")


def _is_of_site(block: Block) -> bool:
    return block.kind in (*_ASIDE, BlockKind.ROW) or "：" in block.shown or is_house(block.shown)


def _without_links(found: list[Block]) -> list[Block]:
    """The headlines below 相关新闻 are those of other pages, and a report below it is an article of its own."""
    listed = False
    for at, block in enumerate(found):
        if block.kind is BlockKind.LINKS:
            listed = True
        elif listed and (block.kind in _OF_LISTS and "。" not in block.shown):
            found[at] = block._replace(kind=BlockKind.FURNITURE)
        elif listed and block.kind is BlockKind.PARAGRAPH:
            found[at] = block._replace(kind=BlockKind.OPENING)
            listed = False
        elif block.kind is BlockKind.OPENING:
            listed = False
    return found


def _without_archive(found: list[Block]) -> list[Block]:
    """Headlines that have their date behind them, one after another below a text, are a list of other pages."""
    at = next((i for i, block in enumerate(found) if block.kind is BlockKind.PARAGRAPH), len(found))
    while at < len(found):
        end = at
        while end + 1 < len(found) and _is_dated(found[end], found[end + 1]):
            end += 2
        if end - at >= 2 * MIN_LISTED:
            found[at:end] = (block._replace(kind=BlockKind.FURNITURE) for block in found[at:end])
        at = max(end, at + 1)
    return found


def _is_dated(head: Block, imprint: Block) -> bool:
    return head.kind is BlockKind.HEAD and imprint.kind is BlockKind.IMPRINT and head.end == imprint.start


def _with_houses(found: list[Block]) -> list[Block]:
    """The name of a paper or site alone on its line: a source beside an imprint, else the head of the site."""
    below_text = False
    for at, block in enumerate(found):
        below_text = below_text or block.is_text
        if block.kind is not BlockKind.HEAD or block.level or not is_house(block.shown):
            continue
        beside = [found[i].kind for i in (at - 1, at + 1) if 0 <= i < len(found)]
        if BlockKind.IMPRINT in beside:
            found[at] = block._replace(kind=BlockKind.IMPRINT)
        elif not below_text and _next_kind(found, at) is BlockKind.HEAD:
            found[at] = block._replace(kind=BlockKind.LABEL)
    return found


def _next_kind(found: list[Block], at: int) -> BlockKind | None:
    return next((line.kind for line in found[at + 1 : at + HEAD_LINES] if line.kind not in _ASIDE), None)


def _with_first_titles(found: list[Block]) -> list[Block]:
    """原标题：… is a headline, without these words, where no other stands above the text; else it is furniture."""
    for at, block in enumerate(found):
        mark = _first_title(block.shown) if _may_be_title(block.shown) else 0
        if not mark:
            continue
        above = found[max(at - HEAD_LINES, 0) : at]
        headed = any(line.kind is BlockKind.HEAD for line in above) or any(line.is_text for line in above)
        if headed or _next_kind(found, at) is BlockKind.HEAD:
            found[at] = block._replace(kind=BlockKind.FURNITURE)
        else:
            shown = block.shown[mark:].rstrip("）)")
            start = block.start + mark
            found[at] = Block(BlockKind.HEAD, start, start + len(shown), shown)
    return found


def _without_entries(found: list[Block]) -> list[Block]:
    """A menu above the headline, in one line (国内 | 国际 | 社会) or a line for each entry; and tags below."""
    top = next((i for i, block in enumerate(found) if block.kind is BlockKind.PARAGRAPH), len(found))
    for at, block in enumerate(found):
        menu = at < min(top, HEAD_LINES) and _next_kind(found, at) is BlockKind.HEAD and _is_menu(block.shown)
        tags = at > top and "|" in block.shown and found[0].shown.startswith(block.shown + "|")
        if block.kind is BlockKind.HEAD and (menu or tags) and not _is_in_table(found, at):
            found[at] = block._replace(kind=BlockKind.FURNITURE)
    end = next((i for i, block in enumerate(found[:top]) if not _is_entry(block)), 0)
    if _known([block.shown for block in found[:end]]) and _heads_page(found, end):
        found[:end] = _furniture(found[:end])
    return found


def _is_menu(shown: str) -> bool:
    """Whether a line is a row of entries of a menu."""
    parts = [part.strip() for part in shown.split("|" if "|" in shown else " ")]
    return _known(parts) and all(len(part) <= MAX_ENTRY for part in parts)


def _known(entries: list[str]) -> bool:
    """Whether lines or words are a menu: half of them are what most sites have in theirs."""
    known = sum(entry in words("page", "channels") or is_tools(entry) for entry in entries)
    return len(entries) >= MIN_MENU and 2 * known >= len(entries)


def _is_in_table(found: list[Block], at: int) -> bool:
    return any("|" in found[i].shown for i in (at - 1, at + 1) if 0 <= i < len(found))


def _is_entry(block: Block) -> bool:
    return block.kind in (BlockKind.HEAD, BlockKind.LABEL, BlockKind.FURNITURE) and len(block.shown) <= MAX_ENTRY


def _heads_page(found: list[Block], at: int) -> bool:
    """Whether a headline stands at a place, with its imprint below it."""
    headed = found[at].kind is BlockKind.HEAD and len(found[at].shown) >= MIN_HEADLINE
    return headed and at + 1 < len(found) and found[at + 1].kind in _DATED


def _with_crumb_titles(found: list[Block]) -> list[Block]:
    """The last step of the path to the page is its headline where no other stands above the text."""
    at = next((i for i, block in enumerate(found[:HEAD_LINES]) if block.kind is BlockKind.CRUMBS), None)
    if at is None or _next_kind(found, at) is BlockKind.HEAD or any(line.kind is BlockKind.HEAD for line in found[:at]):
        return found
    crumbs = found[at]
    cut = crumbs_end(crumbs.shown)
    if MIN_HEADLINE <= len(crumbs.shown) - cut <= MAX_HEADLINE:
        found[at] = Block(BlockKind.HEAD, crumbs.start + cut, crumbs.end, crumbs.shown[cut:])
    return found


def _may_be_title(shown: str) -> bool:
    """A quick look: most lines are none."""
    return "题" in shown[:8] or "名称" in shown[:8]


def _first_title(shown: str) -> int:
    """How many characters 原标题： takes at the head of a line; 0 where it stands not."""
    bare = shown.lstrip("（(【[ ")
    for word in words("page", "first_title"):
        if bare.startswith(word) and bare[len(word) : len(word) + 1] in ("：", ":", " "):
            return len(shown) - len(bare) + len(word) + 1 if len(bare) > len(word) + 1 else 0
    return 0


_MENDS = (
    _without_menu,
    _without_entries,
    _without_links,
    _without_archive,
    _with_houses,
    _with_first_titles,
    _with_crumb_titles,
    with_text_beside,
)
