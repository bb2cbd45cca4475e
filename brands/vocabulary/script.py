"""Simplified forms of Traditional characters, one for one.

data/simplified.csv holds the first Simplified form of each character in OpenCC 1.0's table TSCharacters (Apache License
2.0; 了 for 瞭, 借 for 藉, 只 for 祇 and 衹, 仿 for 彷, which OpenCC leaves to phrases). Phrases that a Traditional text
writes otherwise are left alone, so that every place in a text stays what it is.
"""

import csv
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parents[1] / "data" / "simplified.csv"


@cache
def simplified_forms() -> dict[str, str]:
    """The Simplified form of each character that has another one."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["traditional"]: row["simplified"] for row in csv.DictReader(file)}


def simplified(text: str) -> str:
    """The text with every Traditional character exchanged; as long as before.

    >>> simplified("壽寧茶師")
    '寿宁茶师'
    """
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    return {ord(traditional): form for traditional, form in simplified_forms().items()}
