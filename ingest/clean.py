"""From a decoded page to text that rules can read: one form of every mark, no blanks inside words, lines made whole.

Nothing is reordered and no character is invented; what goes is noise, and what is exchanged is exchanged one for one,
so that every offset still leads back to the page.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from brands.vocabulary.script import simplified
from ingest.imprints import stands_alone
from ingest.lexicon import table
from ingest.orthography import is_traditional, pronunciations
from ingest.place_reading import cuts_name
from ingest.records import RawPage
from ingest.text import MappedText

# Fewer blanks make no line that is set character by character.
MIN_SPACED = 2

# A text with more lines is no page of a paper (a full one has about 1,000): its line ends are taken for blanks.
MAX_LINES = 20_000

# Narrowest column that is unwrapped, in half-width cells: eight characters.
MIN_CELLS = 16

# Widest column that is unwrapped; a longer line is a paragraph of its own.
MAX_CELLS = 110

# So many cells may a full line differ from its neighbours: an indent of two characters and squeezed marks.
RAGGED = 7

# So many lines before and after tell how wide a column is.
NEIGHBOURS = 4

# A quotation that a line end cuts is looked for within so many characters before and after.
MAX_QUOTED = 40

# Line ends inside a headline, at most.
MAX_HEADLINE = 2

_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_CLOSERS = "”’」』》）】〕\"'"
_FINALS = frozenset("。！？…；：")
_PAIRS = {"“": "”", "「": "」", "『": "』", "《": "》", "（": "）"}


def clean(page: RawPage) -> MappedText:
    """The body of ``page``: widths folded, invisible characters and blanks inside Chinese gone, wrapped lines joined, a
    Traditional page in Simplified characters.

    One line is one paragraph, headline or table row; an empty line stands where the page had one.
    """
    text = MappedText.of(page.text, start=page.body.start, end=page.body.end)
    text = _folded(text).without(_invisible()).without(pronunciations())
    text = text.without_spans(_margins(text.text))
    if text.text.count("\n") - text.text.count("\n\n") >= MAX_LINES:
        text = MappedText(text.text.replace("\n", " "), text.starts, text.sources)
    text = _parted(text)
    text = _unwrapped(text.without_spans(_idle_blanks(text.text)))
    return text.without_spans(_prose_gaps(text.text))


# Width and form of marks


def _folded(text: MappedText) -> MappedText:
    """One form for every letter, digit, mark and character, one for one."""
    forms, marks = _forms(), table("page")["chinese_marks"]
    folded = _foldable().sub(lambda match: forms[match[0]], text.text)
    folded = _ascii_marks().sub(lambda match: marks[match[0]], folded)
    if is_traditional(folded):
        folded = simplified(folded)
    return MappedText(folded, text.starts, text.sources)


@cache
def _foldable() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(sorted(_forms())))}]")


@cache
def _forms() -> dict[str, str]:
    """Characters that NFKC folds to one other, but for the marks that Chinese print keeps wide."""
    blocks = (
        (0xFF01, 0xFF5F),
        (0xFFE0, 0xFFE7),
        (0x2E80, 0x2FE0),
        (0xF900, 0xFB00),
        (0xFE30, 0xFE70),
        (0xFF61, 0xFF66),
    )
    kept = set(table("page")["kept"])
    forms: dict[str, str] = {}
    for char in (chr(code) for first, end in blocks for code in range(first, end)):
        folded = unicodedata.normalize("NFKC", char)
        if len(folded) == 1 and char not in kept:
            forms[char] = folded
    for target, sources in table("page")["forms"].items():
        forms.update(dict.fromkeys(sources, target))
    return forms


@cache
def _ascii_marks() -> re.Pattern[str]:
    """ASCII marks that stand beside Chinese; those inside numbers, times and addresses stay."""
    wide = f"{_HAN}。，、；：？！“”‘’（）《》「」『』【】〔〕%"
    mark = "[,:;?!]"
    # The mark comes first and looks back from there: a pattern that begins with a look behind is tried everywhere.
    return re.compile(
        rf"{mark}(?:(?<=[{wide}]{mark})(?!//)|(?=[ ]?[{_HAN}“‘「『《（]))"
        rf"|\.(?<=[{_HAN}”]\.)(?=[\n”’」』）{_HAN}]|\Z)"
    )


# Characters that nobody sees


@cache
def _invisible() -> re.Pattern[str]:
    """Control characters, zero widths, soft hyphens, direction marks, private use, and runs of combining marks."""
    marks = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a"
    unseen = "\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    unseen, marks = f"{unseen}\ue000-\uf8ff\ufff0-\ufffb", f"{marks}\ufe20-\ufe2f"
    return re.compile(f"[{unseen}{marks}](?:(?<=[{unseen}])[{unseen}]*|(?<=[{marks}])[{marks}]+)")


# Blanks


def _margins(text: str) -> Iterator[tuple[int, int]]:
    """Blanks at both ends of a line and of the text, and all but two of a run of line ends."""
    first = len(text) - len(text.lstrip(" \n"))
    last = len(text.rstrip(" \n"))
    yield 0, first
    for gap in _line_ends().finditer(text, first, last):
        start, end = gap.start(), gap.end()
        while text[start - 1] == " ":
            start -= 1
        yield start, gap.start()
        second = text.find("\n", gap.start() + 1, end)
        if second < 0:
            yield gap.start() + 1, end
        else:
            yield gap.start() + 1, second
            yield second + 1, end
    yield max(first, last), len(text)


@cache
def _line_ends() -> re.Pattern[str]:
    return re.compile(r"\n[ \n]*")


def _idle_blanks(text: str) -> Iterator[tuple[int, int]]:
    """The blanks that part nothing: in lines set character by character, beside marks, before the unit of a number."""
    at = text.find(" ")
    while at >= 0:
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield from map(re.Match.span, _blanks_of(text, start, end).finditer(text, start, end))
        at = text.find(" ", end)


def _blanks_of(text: str, start: int, end: int) -> re.Pattern[str]:
    line = text[start:end]
    if line.count(" ") < MIN_SPACED:
        return _mark_blanks()
    tokens = _han_runs().findall(line)
    singles = sum([len(token) == 1 for token in tokens])
    if singles > 2 and singles >= 0.6 * len(tokens):
        # Wide gaps among narrow ones are the real ones.
        return _narrow_blanks() if line.count("   ") < singles / 3 else _all_blanks()
    return _doubled_blanks() if _is_row_of_figures(line) else _mark_blanks()


def _is_row_of_figures(line: str) -> bool:
    """Whether blanks part the cells of a table: two cells are bare numbers, none is torn from its unit."""
    return len(_figures().findall(line)) > 1 and not _torn().search(line)


@cache
def _figures() -> re.Pattern[str]:
    number = "[约近超逾]?[0-9][0-9.,]{0,12}[余多]?[千百万亿]{0,2}[余多]?(?:人次|[人户名家个元期次场处%])?"
    return re.compile(f"(?<![^ |])(?:{number}|[—-]{{1,2}})(?![^ |])")


@cache
def _torn() -> re.Pattern[str]:
    return re.compile(rf"[0-9] +[{''.join(table('page')['units'])}余多%]|[。；！？，]")


@cache
def _doubled_blanks() -> re.Pattern[str]:
    return re.compile("(?<= ) +")


def _prose_gaps(text: str) -> Iterator[tuple[int, int]]:
    """The blanks beside numbers, letters and quotes in running text; in headlines and tables they may part columns."""
    at = text.find(" ")
    while at >= 0:
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if _prose().search(text, start, end):
            yield from map(re.Match.span, _beside_han().finditer(text, start, end))
        at = text.find(" ", end)


@cache
def _han_runs() -> re.Pattern[str]:
    """Runs of characters, but for the unit of a number (34期, 人 in 63517人)."""
    return re.compile(f"(?<![0-9])[{_HAN}]+")


@cache
def _prose() -> re.Pattern[str]:
    return re.compile("[。；！？]|，[^，\n]{1,60}，")


@cache
def _narrow_blanks() -> re.Pattern[str]:
    return re.compile(r" (?<!  ) ?(?! )(?:(?<![A-Za-z]{2} )|(?![A-Za-z]{2}))| (?<=  ) *")


@cache
def _all_blanks() -> re.Pattern[str]:
    return re.compile(r"  *(?:(?<![A-Za-z]{2} )|(?![A-Za-z ]{2}))| (?<=  ) *")


@cache
def _mark_blanks() -> re.Pattern[str]:
    """Blanks around marks, inside a name of two characters, between a number and its unit, and all doubled ones."""
    marks = "，。、；：！？）》】…—"
    units = "".join(table("page")["units"])
    return re.compile(
        rf"(?<=[{marks}（《【“‘「『]) +| +(?=[{marks}（”’」』])"
        rf"|(?<=[^{_HAN}][{_HAN}]) +(?=[{_HAN}](?:[^{_HAN}]|\Z))"
        rf"|(?<=[0-9]) +(?=[{units}%])|(?<=[{_HAN}]) +(?=[0-9][0-9.]{{0,12}} ?[{units}%])"
        r"|(?<= ) +"
    )


@cache
def _beside_han() -> re.Pattern[str]:
    other = "0-9A-Za-z“”‘’「」『』"
    return re.compile(rf"(?<=[{_HAN}]) +(?=[{other}])|(?<=[{other}]) +(?=[{_HAN}])")


# Lines


def _parted(text: MappedText) -> MappedText:
    """The text with a line end before every opening (本报讯（…) that the page glued to a headline."""
    cuts = [match.start() for match in _glued_opening().finditer(text.text)]
    bounds = [0, *cuts, len(text)]
    return MappedText.join([text.cut(a, b) for a, b in pairwise(bounds)], glue="\n") if cuts else text


@cache
def _glued_opening() -> re.Pattern[str]:
    glued = "(?<=[{han}”]{first})(?<!据{first})(?<!据 {first})"
    report, wire = (glued.format(han=_HAN, first=first) for first in "本新")
    city = f"(?:[{_HAN}] ?){{2,8}}[0-9]{{1,2}} ?月 ?[0-9]{{1,2}} ?日 ?电 ?（"
    return re.compile(f"本{report} ?报 ?讯 ?（ ?记|新{wire} ?华 ?社 ?{city}|据(?<=[{_HAN}”]据) ?新 ?华 ?社 ?{city}")


def _unwrapped(text: MappedText) -> MappedText:
    """The text with the line ends taken out that a narrow column or a page break put inside a sentence."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", text.text)]
    shown = [text.text[start:end] for start, end in lines]
    final = [_is_final(line) for line in shown]
    ends: list[tuple[int, int]] = []
    for first, last in _chains(shown, final):
        ends.extend((lines[i][1], lines[i + 1][0]) for i in range(first, last))
    return text.without_spans(ends)


def _chains(shown: list[str], final: list[bool]) -> Iterator[tuple[int, int]]:
    """The first and the last line of each stretch of lines that belong together."""
    cells = [(len(line) + len(line.encode("utf-8", "replace"))) // 2 for line in shown]
    full = [_is_full(cells, i) for i in range(len(cells))]
    alone = [stands_alone(line) for line in shown]
    opening = _opening()
    first, cut = 0, False
    for i in range(len(shown)):
        ragged = i + 1 < len(shown) and full[i] and (full[i + 1] or final[i + 1]) and cells[i + 1] <= cells[i] + RAGGED
        split = i + 1 < len(shown) and _is_cut(shown[i], shown[i + 1])
        wrapped = ragged and not final[i] and not _are_rows(shown[i], shown[i + 1])
        if (wrapped or split) and not opening.match(shown[i + 1]) and not (alone[i] or alone[i + 1]):
            cut = cut or split
            continue
        # Two or three lines that end in the air are a headline, unless a sentence ends inside them.
        if first < i and (final[i] or cut or i - first > MAX_HEADLINE or "。" in "".join(shown[first : i + 1])):
            yield first, i
        first, cut = i + 1, False


def _are_rows(line: str, following: str) -> bool:
    """Whether two lines are rows of a list or table: numbered, headed, parted by blanks alone, or each a label with its
    number (涉艾市场主体3000余家)."""
    if _two_parts().fullmatch(line) or _numbered().match(following) or _is_row_of_figures(line):
        return True
    both = (line, following)
    return all(_row().match(text) for text in both) or all(_labelled().search(text) for text in both)


@cache
def _labelled() -> re.Pattern[str]:
    """The number that a line without a mark ends in."""
    units = "".join(table("page")["units"])
    figure = "[0-9][0-9.,]{0,12}[余多]?[十百千万亿]{0,3}[余多]?"
    return re.compile(rf"\A(?=[^，。；：！？]{{3,}}\Z)(?=[{_HAN}“]).*?(?<![0-9.]){figure}[{units}%][次户家]?\Z")


@cache
def _two_parts() -> re.Pattern[str]:
    """A headline of two parts: a blank in it and no mark of a sentence."""
    return re.compile(rf"[^，。；：\n]*?[{_HAN}”] [{_HAN}“][^，。；：\n]*")


@cache
def _numbered() -> re.Pattern[str]:
    units = "".join(table("page")["units"])
    return re.compile(rf"[0-9]{{1,3}}(?:[.、）] ?| +)(?![{units}0-9])|[（]?[一二三四五六七八九十]{{1,3}}[、）]")


@cache
def _row() -> re.Pattern[str]:
    return re.compile(r"[^，。；：]{1,10}：|(?=[^\n]* )[^，。；：！？\n]+\Z")


@cache
def _opening() -> re.Pattern[str]:
    return re.compile("|".join(table("page")["openings"]))


def _is_final(line: str) -> bool:
    bare = line.rstrip(_CLOSERS)
    return bare[-1:] in _FINALS or line[-1:] == "）"


def _is_full(cells: list[int], i: int) -> bool:
    """Whether two neighbours at least are about as wide: the line fills a column."""
    if not MIN_CELLS <= cells[i] <= MAX_CELLS:
        return False
    around = cells[max(i - NEIGHBOURS, 0) : i + NEIGHBOURS + 1]
    least, most = cells[i] - RAGGED, cells[i] + RAGGED
    return sum([least <= width <= most for width in around]) > 2


def _is_cut(line: str, following: str) -> bool:
    """Whether the line ends inside a quotation, a title or brackets that the following line closes."""
    tail, head = line[-MAX_QUOTED:], following[:MAX_QUOTED]
    for opener, closer in _PAIRS.items():
        if opener in tail and tail.rfind(opener) > tail.rfind(closer):
            close = head.find(closer)
            return close >= 0 and not 0 <= head.find(opener) < close
    return (line[-1:].isdecimal() and following[:1] in table("page")["units"]) or cuts_name(line, following)
