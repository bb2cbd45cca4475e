"""The table of the README: well formed, and rewritten between its markers only."""

import re

import pytest

from tests.scoring.accuracy import BEGIN, END, FOUND, README, RIGHT, inserted, table

SETS = 6


def test_the_readme_holds_one_well_formed_block() -> None:
    text = README.read_text(encoding="utf-8")
    (block,) = re.findall(f"{re.escape(BEGIN)}(.*?){re.escape(END)}", text, re.DOTALL)
    assert re.search(r"Measured on 20\d\d-\d\d-\d\d with `python -m tests\.scoring\.accuracy`\.", block)
    rows = [line.strip("| ").split(" | ") for line in block.splitlines() if line.startswith("|")]
    scores = {cells[0]: cells[1:] for cells in rows}
    for label in FOUND.values():
        assert len(scores[label]) == SETS
        assert all(re.fullmatch(r"[01]\.\d{3} / [01]\.\d{3} / \*\*[01]\.\d{3}\*\*", cell) for cell in scores[label])
    for label in RIGHT.values():
        assert all(re.fullmatch(r"[01]\.\d{3} of \d+|–", cell) for cell in scores[label])


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
