"""What English text calls a paper or another publisher: 湖北日报 is the Hubei Daily.

data/english_papers.csv has names, and endings (after ``*``) that are translated behind the name of a place.
"""

import csv
from functools import cache, lru_cache
from pathlib import Path

from brands.vocabulary.english_places import english_name
from brands.vocabulary.pinyin import sort_key

TABLE = Path(__file__).parents[1] / "data" / "english_papers.csv"

# Names that are remembered.
REMEMBERED = 1024

# Characters of a place before an ending; what is longer is no place.
PLACE_LENGTH = 5


@lru_cache(maxsize=REMEMBERED)
def english_paper(name: str) -> str:
    """The English name; empty where the table has none.

    >>> english_paper("湖北日报"), english_paper("常州市人力资源和社会保障局"), english_paper("达州之心")
    ('Hubei Daily', 'Changzhou Human Resources and Social Security Bureau', '')
    """
    papers, endings = _table()
    if name in papers:
        return papers[name]
    for ending, english in endings.items():
        if name.endswith(ending) and 2 <= len(place := name.removesuffix(ending)) <= PLACE_LENGTH:
            return f"{_place(place)} {english}"
    return ""


def _place(name: str) -> str:
    """A place as a paper is called after it; 中国甘肃 is China Gansu."""
    country, own = ("China ", name[2:]) if name.startswith("中国") and len(name) > 3 else ("", name)
    common = own.rstrip("省市") or own
    return country + english_name(own, common, sort_key(common))


@cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    """The names, and the endings. Read at the first call."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = {row["name"]: row["english"] for row in csv.DictReader(file)}
    return (
        {name: english for name, english in rows.items() if not name.startswith("*")},
        {name[1:]: english for name, english in rows.items() if name.startswith("*")},
    )
