"""The industry and the official field of a brand: by the words of its name, else by its sentence."""

import re
from functools import cache
from typing import Any

from brands.vocabulary.choices import Category, Industry
from ingest.lexicon import table, words
from ingest.text import Span


@cache
def _words() -> dict[str, Industry]:
    return {word: Industry(key) for key, found in table("industries")["name"].items() for word in found}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in sorted(_words(), key=lambda w: (-len(w), w))))


@cache
def _context() -> tuple[dict[str, Industry], re.Pattern[str]]:
    found = {word: Industry(key) for key, listed in table("industries")["context"].items() for word in listed}
    return found, re.compile("|".join(re.escape(w) for w in sorted(found, key=lambda w: (-len(w), w))))


def industry_of_name(name: str) -> Industry | None:
    """By the word of the name that weighs most: the later in the name, and of those that end alike the longer.

    A word for the thing (茶, 米粉, 枸杞) says more than one for any worker (技工, 师傅), which counts only by default.
    """
    return _by_words(name) or _by_default(name)


@cache
def _defaults() -> tuple[tuple[str, Industry], ...]:
    listed: dict[str, Any] = table("industries")["default"]
    pairs = [(word, Industry(key)) for key, found in listed.items() for word in found]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _by_default(name: str) -> Industry | None:
    """By the word for a worker, where no thing stands right before it (not 薯嫂, who may sell or grow them); 技工 and
    技师 make things only where the name names none at all (not 鱼天下技师)."""
    word, found = next(((word, industry) for word, industry in _defaults() if name.endswith(word)), ("", None))
    things = list(_pattern().finditer(_silent().sub("", name.removesuffix(word))))
    if things and (found is Industry.MANUFACTURING or things[-1].end() == len(name) - len(word)):
        return None
    return found


def industry_of_text(sentence: str) -> Industry | None:
    """By the words of a sentence that name a line of business, where all name the same."""
    found, pattern = _context()
    named = {found[match[0]] for match in pattern.finditer(sentence)}
    return named.pop() if len(named) == 1 else None


# A heading (三、餐饮类) speaks for the names of so many characters below it.
HEADING = 1500
# A kind right before a list (餐饮类有“…”) stands at most so many characters before it.
LEADING = 30


def industry_said(text: str, start: int, end: int, before: int, after: int) -> tuple[Industry, Span] | None:
    """The line of business that the text puts beside the name at ``[start, end)``, and where: in brackets behind it or
    in a cell of its row, right before its list (餐饮类有“…”), or as the heading above. `start` is where its list
    begins, `before` where the last name before that ends, `after` where the next name begins."""
    row_end = text.find("\n", end, after)
    beside = _beside().search(text, end, row_end if row_end >= 0 else after)
    leading = _leading().search(text, max(before, start - LEADING), start)
    kind = _kind_of_brand().match(text, end)
    if kind and (of_kind := _by_words(kind["field"])):
        return of_kind, Span(*kind.span("field"))
    found = beside or leading or _brands_of_a_trade().search(text, max(before, start - LEADING), start)
    found = found or _last_heading(text, start)
    said = _of_field(found["field"]) if found else None
    return (said, Span(*found.span("field"))) if found and said else None


@cache
def _kind_of_brand() -> re.Pattern[str]:
    """”园林品牌."""
    return re.compile("[”’」』](?P<field>[\u4e00-\u9fff]{2,6}?)(?:服务|劳务|用工|特色)?品牌")


def _by_words(text: str) -> Industry | None:
    said = _silent().sub("", text)
    counting = [match for match in _pattern().finditer(said) if len(match[0]) > 1 or _is_the_work(said, match)]
    return _words()[counting[-1][0]] if counting else None


def _is_the_work(name: str, match: re.Match[str]) -> bool:
    """Whether one character says what the work is: 龙虾|工, 青|绣, and neither 禾木骑士 nor 椰嫂."""
    rest = name[match.end() :]
    if match[0] in words("industries", "workers", "deeds") or rest in words("industries", "workers", "words"):
        return True
    return not rest and _words()[match[0]] in _ENDING


# Lines of business whose things end a name by themselves: 青绣, 太和板面. A beast or a fruit is goods.
_ENDING = (Industry.CRAFT, Industry.CATERING)


@cache
def _silent() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words("industries", "silent", "words"))))


def _last_heading(text: str, at: int) -> re.Match[str] | None:
    headings = [
        m for pattern in (_heading(), _rows_of_a_trade()) for m in pattern.finditer(text, max(at - HEADING, 0), at)
    ]
    return max(headings, key=lambda match: match.start(), default=None)


def _of_field(field: str) -> Industry | None:
    return industry_of_text(field) or industry_of_name(field)


_FIELD = "(?P<field>[\u4e00-\u9fff]{1,8}?)(?:服务)?(?:行业|领域|业|类)"


@cache
def _beside() -> re.Pattern[str]:
    """”（餐饮类）, or a cell of its own."""
    return re.compile(f"[（( |\\t]{_FIELD}(?=[）) |\\t\\n]|$)")


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(f"(?<![\u4e00-\u9fff]){_FIELD}(?:品牌|劳务品牌)?(?:有|包括|：|为|的)[“「『\u4e00-\u9fff]{{0,6}}$")


def _trade_and_brand() -> str:
    """家政服务品牌, 家政劳务品牌: a word for a line of business right before that for the brands."""
    named = sorted((word for word in _context()[0] if len(word) > 1), key=lambda word: (-len(word), word))
    return f"(?P<field>{'|'.join(map(re.escape, named))})(?:服务)?(?:劳务)?品牌"


@cache
def _brands_of_a_trade() -> re.Pattern[str]:
    """Right before a list: 攒下一批家政品牌：|山东阳光大姐、…."""
    return re.compile(f"{_trade_and_brand()}(?:有|包括|：)[“「『\u4e00-\u9fff]{{0,6}}$")


@cache
def _rows_of_a_trade() -> re.Pattern[str]:
    """What leads rows in: 下面8个家政品牌都得了奖：, and then a line for each."""
    return re.compile(
        f"[0-9一二三四五六七八九十][个家块张][^，。；：\n]{{0,6}}?{_trade_and_brand()}[^。；：\n]{{0,20}}：(?=\n)"
    )


@cache
def _heading() -> re.Pattern[str]:
    number, count = "[（(0-9一二三四五六七八九十、.）) ]{0,6}", "(?:（[0-9]+个）)?"
    return re.compile(f"\\n{number}{_FIELD}(?:特色)?(?:劳务品牌)?{count}[：:]?(?=\\n)")


@cache
def _category_words() -> tuple[tuple[Category, re.Pattern[str]], ...]:
    listed: dict[str, list[str]] = table("industries")["category_words"]
    return tuple((Category(key), re.compile("|".join(map(re.escape, found)))) for key, found in listed.items())


def category_of(name: str, industry: Industry) -> Category | None:
    """The official field: by words of the name (锂, 机器人 are of the skilled one), else by the industry, else None."""
    for category, pattern in _category_words():
        if pattern.search(name):
            return category
    listed: dict[str, str] = table("industries")["category"]
    return Category(listed[industry.value]) if industry.value in listed else None
