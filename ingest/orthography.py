"""Ways of writing that change no word: Traditional characters, and pronunciations in brackets behind characters."""

import re
from collections import Counter
from functools import cache

from brands.vocabulary.script import simplified, simplified_forms

# A page with a larger share of Traditional ones among its Han characters is Traditional. A Simplified page has a few:
# the table exchanges 乾 and 藉 in names, too.
TRADITIONAL = 0.05

# So many different ones it has at least: a short text on 乾县 says 乾 again and again.
MIN_DIFFERENT = 4

# So many syllables stand in one pair of brackets at most.
MAX_SYLLABLES = 6


def is_traditional(text: str) -> bool:
    """Whether a text is written in Traditional characters. Takes one pass, and hardly that where there are none."""
    if len(_traditional() & set(text)) < MIN_DIFFERENT:
        return False
    counts = Counter(text)
    han = sum(count for character, count in counts.items() if "\u3400" <= character <= "\u9fff")
    return sum(counts[character] for character in _traditional() & counts.keys()) > TRADITIONAL * han


@cache
def _traditional() -> frozenset[str]:
    return frozenset(simplified_forms())


@cache
def pronunciations() -> re.Pattern[str]:
    """Pinyin in brackets right behind a character, as mirrors of web pages put it: 劳务(wù)品牌, 旮旯（gā lá）."""
    vowels = "aāáǎàoōóǒòeēéěèiīíǐìuūúǔùüǖǘǚǜv"
    syllable = f"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[{vowels}]{{1,3}}(?:ng|n|r)?"
    # The bracket comes first and looks back from there: a pattern that begins with a look behind is tried everywhere.
    return re.compile(rf"[（(](?<=[\u3400-\u9fff][（(]){syllable}(?:[ ']?{syllable}){{0,{MAX_SYLLABLES - 1}}}[）)]")


def as_printed(words: str, said: str) -> str:
    """`words`, which are Simplified, with the Traditional characters in which the page says them (`said`).

    >>> as_printed("寿宁茶师", "“壽寧 茶師”")
    '壽寧茶師'
    """
    if not _traditional() & set(said):
        return words
    forms, at, printed = simplified(said), 0, []
    for character in words:
        place = forms.find(character, at)
        printed.append(said[place] if place >= 0 else character)
        at = place + 1 if place >= 0 else at
    return "".join(printed)
