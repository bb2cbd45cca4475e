"""The pinyin of Chinese text, right for place names: 长垣 is chang yuan, 涡阳 guo yang, 单县 shan xian.

Syllables are lower-case without tones, ü written v (lv liang), as people type them. Where a general dictionary misreads
a place, data/pinyin.csv says how the place calls itself: its words are looked for first, the longest first, and
pypinyin reads what lies between. Its own dictionary is not touched.
"""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path

TABLE = Path(__file__).parents[1] / "data" / "pinyin.csv"

# Longest sort key in characters: what the column that keeps it holds. No name that people use comes near.
SORT_KEY_LENGTH = 400

# Characters of a slug: some fifteen syllables. What identifies a brand is the number before it.
SLUG_LENGTH = 80

# Runs of Chinese characters whose reading is remembered: a name is read for its sort key and again for search.
CACHED = 16_384

_WORD = re.compile("[a-z0-9]+")
_UMLAUT = re.compile("(?<=^[ln])v(?=e?$)")
_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def syllables(text: str) -> list[str]:
    """A syllable for each Chinese character; a run of other characters passes through as one item, lower-case.

    A Chinese character that no dictionary reads passes through as well.

    >>> syllables("单县羊汤2024")
    ['shan', 'xian', 'yang', 'tang', '2024']
    """
    return [item if is_syllable else item.lower() for item, is_syllable in _items(text)]


def spelling(name: str) -> list[str]:
    """Exactly one item a character of `name`, none with a blank in it: its syllable, in which ü is u (lu liang); any
    other character as it is, in lower case where that is one character; `_` for white space.

    >>> spelling("吕梁 A级")
    ['lu', 'liang', '_', 'a', 'ji']
    """
    spelled: list[str] = []
    for item, is_syllable in _items(name):
        spelled += [item.replace("v", "u")] if is_syllable else map(_itself, item)
    return spelled


@lru_cache(maxsize=CACHED)
def toned(name: str) -> tuple[tuple[str, str], ...]:
    """Each character of `name` with its syllable in tone marks, and with nothing where it is not Chinese or nobody
    knows how it is read. The table of places says the syllable, the dictionary its tone.

    >>> toned("单县A")
    (('单', 'shàn'), ('县', 'xiàn'), ('A', ''))
    """
    pairs: list[tuple[str, str]] = []
    at = 0
    for match in _HAN.finditer(name):
        pairs += [(character, "") for character in name[at : match.start()]]
        pairs += zip(match.group(), _marked(match.group()), strict=True)
        at = match.end()
    return (*pairs, *((character, "") for character in name[at:]))


def spelled(key: str) -> str:
    """A :func:`sort_key` as people write it: without tone marks, ü as ü. For lists, where it costs nothing.

    >>> spelled("lv liang")
    'lü liang'
    """
    return " ".join(_UMLAUT.sub("ü", word) for word in key.split(" "))


def place_spelling(key: str) -> str:
    """A :func:`sort_key` as the name of a place is written in other languages: one word, with a capital, and with an
    apostrophe before a syllable that begins with a vowel.

    >>> place_spelling("xi an"), place_spelling("lv liang")
    ("Xi'an", 'Lüliang')
    """
    words = spelled(key).split(" ")
    return "".join(f"'{word}" if at and word[:1] in {*"aoe"} else word for at, word in enumerate(words)).capitalize()


def _marked(han: str) -> list[str]:
    """The syllables of a run of Chinese characters in tone marks. Where the dictionary hears another syllable than the
    table, it is asked for one of the character's other readings."""
    plain = spelling(han)
    heard = _dictionary()(han, heteronym=False)
    if len(heard) != len(han):  # characters without a reading come out as one
        heard = [[character] for character in han]
    return [
        _tone(character, syllable, said[0]) if syllable != character else ""
        for character, syllable, said in zip(han, plain, heard, strict=True)
    ]


def _tone(character: str, syllable: str, heard: str) -> str:
    if _without_tone(heard) == syllable:
        return heard
    readings = _dictionary()(character, heteronym=True)[0]
    return next((reading for reading in readings if _without_tone(reading) == syllable), syllable)


def _without_tone(reading: str) -> str:
    """lǚ as a :func:`spelling` has it: lu."""
    return "".join(c for c in unicodedata.normalize("NFD", reading) if not unicodedata.combining(c))


def _itself(character: str) -> str:
    """The character as it stands in a spelling."""
    if character.isspace():
        return "_"
    return lower if len(lower := character.lower()) == 1 else character


def initials(text: str) -> str:
    """The first letter of each syllable, other characters as they are: 吕梁山护工 -> llshg."""
    return "".join(item[0] if is_syllable else item.lower() for item, is_syllable in _items(text))


def sort_key(text: str) -> str:
    """The syllables with blanks between, by which names stand as in a dictionary; at most SORT_KEY_LENGTH long."""
    return " ".join(syllables(text))[:SORT_KEY_LENGTH]


def slug(key: str) -> str:
    """A :func:`sort_key` as a part of an address: syllables with hyphens between, ü as u, nothing but ASCII letters and
    digits, at most SLUG_LENGTH characters and no syllable cut in two. Empty where no letter or digit is left.

    >>> slug("lv liang shan hu gong")
    'lu-liang-shan-hu-gong'
    """
    words = [_UMLAUT.sub("u", word) for word in _WORD.findall(key)]
    while len("-".join(words)) > SLUG_LENGTH and len(words) > 1:
        words.pop()
    return "-".join(words)[:SLUG_LENGTH]


def _items(text: str) -> Iterator[tuple[str, bool]]:
    """Each syllable with True, each run of other characters with False."""
    at = 0
    for match in _HAN.finditer(text):
        if at < match.start():
            yield text[at : match.start()], False
        yield from ((syllable, syllable.isascii()) for syllable in _read(match.group()))
        at = match.end()
    if at < len(text):
        yield text[at:], False


@lru_cache(maxsize=CACHED)
def _read(han: str) -> tuple[str, ...]:
    """The syllables of a run of Chinese characters."""
    pattern, readings = _places()
    found: list[str] = []
    at = 0
    for match in pattern.finditer(han):
        found += _general()(han[at : match.start()])
        found += readings[match.group()]
        at = match.end()
    return (*found, *_general()(han[at:]))


@cache
def _general() -> Callable[[str], list[str]]:
    """pypinyin's reader. To import it loads its dictionary (140 ms), so that waits for the first text."""
    reader: Callable[[str], list[str]] = import_module("pypinyin").lazy_pinyin
    return reader


@cache
def _dictionary() -> Callable[..., list[list[str]]]:
    """pypinyin's readings in tone marks, a list of them a character."""
    reader: Callable[..., list[list[str]]] = import_module("pypinyin").pinyin
    return reader


@cache
def _places() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """One alternation of all words of the table, the longest first, and their readings. Read at the first call."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        readings = {row["word"]: row["pinyin"].split() for row in csv.DictReader(file)}
    words = sorted(readings, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words))), readings
