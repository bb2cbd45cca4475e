"""The industry and the official field of a brand: by the words of its name, else by its sentence."""

import re
from functools import cache
from typing import Any

from brands.vocabulary.choices import Category, Industry
from ingest.lexicon import table


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
    return next((industry for word, industry in _defaults() if name.endswith(word)), None)


def industry_of_text(sentence: str) -> Industry | None:
    """By the first word of a sentence that names a line of business."""
    found, pattern = _context()
    match = pattern.search(sentence)
    return found[match[0]] if match else None


# A heading (三、餐饮类) speaks for the names of so many characters below it.
HEADING = 1500
# A kind right before a list (餐饮类有“…”) stands at most so many characters before it.
LEADING = 30


def industry_said(text: str, start: int, end: int, before: int, after: int) -> Industry | None:
    """The line of business that the text puts beside the name at ``[start, end)``: in brackets behind it or in a cell
    of its row, right before its list (餐饮类有“…”), or as the heading above. `start` is where its list begins, `before`
    where the last name before that ends, `after` where the next name begins."""
    row_end = text.find("\n", end, after)
    beside = _beside().search(text, end, row_end if row_end >= 0 else after)
    leading = _leading().search(text, max(before, start - LEADING), start)
    kind = _kind_of_brand().match(text, end)
    if kind and (said := _by_words(kind["field"])):
        return said
    found = beside or leading or _last_heading(text, start)
    return _of_field(found["field"]) if found else None


@cache
def _kind_of_brand() -> re.Pattern[str]:
    """”园林品牌."""
    return re.compile("[”’」』](?P<field>[\u4e00-\u9fff]{2,6}?)(?:服务|劳务|用工|特色)?品牌")


def _by_words(text: str) -> Industry | None:
    matches = list(_pattern().finditer(text))
    return _words()[matches[-1][0]] if matches else None


def _last_heading(text: str, at: int) -> re.Match[str] | None:
    headings = list(_heading().finditer(text, max(at - HEADING, 0), at))
    return headings[-1] if headings else None


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
