"""The table of the README: well formed, rewritten between its markers only, and the same as that of the about page."""

import csv
import datetime as dt
import re

import pytest

from brands.accuracy import FACTS, SETS, TABLE
from tests.scoring.accuracy import BEGIN, COLUMNS, END, FOUND, README, RIGHT, data, inserted, table

SETS_OF_GOLD = 6


def test_the_readme_holds_one_well_formed_block() -> None:
    text = README.read_text(encoding="utf-8")
    (block,) = re.findall(f"{re.escape(BEGIN)}(.*?){re.escape(END)}", text, re.DOTALL)
    assert re.search(r"Measured on 20\d\d-\d\d-\d\d with `python -m tests\.scoring\.accuracy`\.", block)
    rows = [line.strip("| ").split(" | ") for line in block.splitlines() if line.startswith("|")]
    scores = {cells[0]: cells[1:] for cells in rows}
    for label in FOUND.values():
        assert len(scores[label]) == SETS_OF_GOLD
        assert all(re.fullmatch(r"[01]\.\d{3} / [01]\.\d{3} / \*\*[01]\.\d{3}\*\*", cell) for cell in scores[label])
    for label in RIGHT.values():
        assert all(re.fullmatch(r"[01]\.\d{3} of \d+|–", cell) for cell in scores[label])


def test_the_about_page_reads_what_the_readme_says() -> None:
    """`make accuracy` writes both; whoever changed one alone runs it again."""
    text = README.read_text(encoding="utf-8")
    (block,) = re.findall(f"{re.escape(BEGIN)}(.*?){re.escape(END)}", text, re.DOTALL)
    (day,) = re.findall(r"Measured on (\S+) with", block)
    cells = [line.strip("| ").split(" | ") for line in block.splitlines() if line.startswith("|")]
    said = {label: dict(zip(cells[0][1:], scores, strict=True)) for label, *scores in cells if label in FOUND.values()}
    rows = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == len(FOUND) * SETS_OF_GOLD
    for row in rows:
        told = "{precision} / {recall} / **{f1}**".format(**row)
        assert (row["measured"], told) == (day, said[FOUND[row["fact"]]][row["set"]])
    assert FACTS.keys() <= FOUND.keys()
    assert SETS.keys() <= {row["set"] for row in rows}


def test_both_tables_are_made_of_the_same_scores() -> None:
    told = {"precision": 2 / 3, "recall": 0.5, "f1": 4 / 7}
    reports = {"a set": {**dict.fromkeys(FOUND, told), "accuracy": {}}}
    head, *rows = data(reports, dt.date(2026, 11, 29)).splitlines()
    assert head == ",".join(COLUMNS)
    assert rows == [f"2026-11-29,a set,{fact},0.667,0.500,0.571" for fact in FOUND]
    assert "| brands | 0.667 / 0.500 / **0.571** |" in table(reports)


def test_only_the_block_changes() -> None:
    text = f"before\n{BEGIN}\nold\n{END}\nafter"
    assert inserted(text, f"{BEGIN}\nnew\n{END}") == f"before\n{BEGIN}\nnew\n{END}\nafter"


@pytest.mark.parametrize("text", ["none", f"{BEGIN} open", f"{BEGIN}{END}{BEGIN}{END}"])
def test_markers_that_are_not_there_once_stop_it(text: str) -> None:
    with pytest.raises(ValueError, match="once each"):
        inserted(text, "new")


def test_a_share_of_nothing_is_no_figure() -> None:
    told = {"precision": 1.0, "recall": 0.5, "f1": 0.667}
    lines = table({"a set": {**dict.fromkeys(FOUND, told), "accuracy": {"region": {"rate": 0.5, "of": 2}}}})
    assert "| brands | 1.000 / 0.500 / **0.667** |" in lines
    assert "| region | 0.500 of 2 |" in lines
    assert "| industry | – |" in lines
