"""A sheet of names matched as OpenRefine asks: `python -m tests.bench.matching`, with the database of the settings.

The names are those of public brands, drawn at random and written as sheets write them (WAYS), and invented ones that
name nothing. They come in batches of ten, once by themselves and once with a column of divisions. Told are, for each
way to write, how many rows have the right brand first, how many were matched without a doubt and how many of these
wrongly; and the seconds: of processor time on SQLite, where all of it is this process's, else of wall time.
"""

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

ROWS, BATCH = 1_000, 10

Brand = dict[str, Any]
Way = Callable[[str, Brand, random.Random], str]


class SheetRow(NamedTuple):
    """A cell with a name, how it was written, the division beside it, and the record that is meant; empty for none."""

    written: str
    way: str
    region: str
    id: str


def _replaced(name: str, _brand: Brand, dice: random.Random) -> str:
    at = dice.randrange(len(name))
    return name[:at] + dice.choice("山水金玉福安") + name[at + 1 :]


def _shortened(name: str, _brand: Brand, dice: random.Random) -> str:
    at = dice.randrange(len(name))
    return name[:at] + name[at + 1 :]


def _swapped(name: str, _brand: Brand, dice: random.Random) -> str:
    at = dice.randrange(len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


WAYS: dict[str, Way] = {
    "as it is": lambda name, _brand, _dice: name,
    "in quotes, a kind behind": lambda name, _brand, _dice: f"“{name}”劳务品牌",
    "behind its division": lambda name, brand, _dice: f"{brand['place']}{name}",
    "in pinyin": lambda _name, brand, _dice: brand["pinyin"],
    "a character wrong": _replaced,
    "a character missing": _shortened,
    "two characters swapped": _swapped,
}
NOTHING = "names nothing"
PLACES, JOBS = "澄岚屿沅崤堇湫垭", ("护工", "月嫂", "焊工", "绣娘", "厨师", "技工")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.matching", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help=f"rows of the sheet (default: {ROWS})")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same sheet (default: 1)")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laobrand.settings")
    os.environ.setdefault("API_REQUESTS", "1000000")  # else the sheet is a visitor who asks too often
    import django

    django.setup()
    rows = sheet(chosen.rows, random.Random(chosen.seed))
    for with_region in (False, True):
        report(rows, with_region=with_region)
    return 0


def sheet(count: int, dice: random.Random) -> list[SheetRow]:
    from brands.models import Card

    cards = Card.objects.order_by("id").values("id", "name", "pinyin", "place", "adcode")
    brands: list[Brand] = [dict(card) for card in cards]
    known = {brand["name"] for brand in brands}
    ways = [*WAYS, NOTHING]
    rows = []
    for number in range(count):
        brand, way = dice.choice(brands), ways[number % len(ways)]
        if way == NOTHING:
            rows.append(SheetRow(_invented(known, dice), way, brand["adcode"], ""))
        else:
            written = WAYS[way](brand["name"], brand, dice)
            rows.append(SheetRow(written, way, brand["adcode"], f"brands/{brand['id']}"))
    return rows


def _invented(known: set[str], dice: random.Random) -> str:
    """A place that is none, and a job."""
    while True:
        name = "".join(dice.sample("澄岚屿沅崤堇湫垭", 2)) + dice.choice(
            ("护工", "月嫂", "焊工", "绣娘", "厨师", "技工")
        )
        if name not in known:
            return name


def report(rows: Sequence[SheetRow], *, with_region: bool) -> None:
    from django.db import connection

    list(answers(rows[:BATCH], with_region=with_region))  # reads what a process keeps
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    start = clock()
    found = list(answers(rows, with_region=with_region))
    taken = clock() - start
    count, right, sure, wrong = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for row, results in zip(rows, found, strict=True):
        first = results[0] if results else {"id": ""}
        count[row.way] += 1
        right[row.way] += bool(row.id) and first["id"] == row.id
        matched = next((one["id"] for one in results if one["match"]), None)
        sure[row.way] += matched is not None
        wrong[row.way] += matched not in {None, row.id}
    print(f"\n{len(rows)} rows, {'with' if with_region else 'without'} a column of divisions: {taken:.2f} s\n")
    print(f"{'rows':>6}{'first':>7}{'match':>7}{'wrong':>7}  written")
    for way in count:
        print(f"{count[way]:>6}{right[way]:>7}{sure[way]:>7}{wrong[way]:>7}  {way}")
    told = [sum(one.values()) for one in (count, right, sure, wrong)]
    print("{:>6}{:>7}{:>7}{:>7}  in all".format(*told), flush=True)


def answers(rows: Sequence[SheetRow], *, with_region: bool) -> Iterator[list[dict[str, Any]]]:
    """The results of each row, asked for in batches."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    for at in range(0, len(rows), BATCH):
        batch = {f"q{number}": _query(row, with_region) for number, row in enumerate(rows[at : at + BATCH])}
        response = client.post("/reconcile/", {"queries": json.dumps(batch)})
        if response.status_code != 200:
            raise SystemExit(f"{response.status_code}: {response.content.decode()}")
        told = response.json()
        yield from (told[key]["result"] for key in batch)


def _query(row: SheetRow, with_region: bool) -> dict[str, Any]:
    query = {"query": row.written, "type": "brand", "type_strict": "should"}
    placed = with_region and row.region
    return query | ({"properties": [{"pid": "region", "v": row.region}]} if placed else {})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
