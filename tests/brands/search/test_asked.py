"""Questions in plain words, words that are refused, and places in Latin letters: asked.csv says what a reader of the
samples expects, written from the catalogue."""

import csv
from pathlib import Path

import pytest

from brands.models import DocumentKind
from brands.search.hits import Answer, answer

# Brands that are looked at.
FIRST = 20

LEAST = 80

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("samples")]


def asked() -> list[dict[str, str]]:
    with Path(__file__).with_name("asked.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def brands(found: Answer) -> set[str]:
    return {hit.name for group in found.groups if group.kind == DocumentKind.BRAND for hit in group.hits}


def told(found: Answer) -> dict[str, set[str]]:
    """What an answer gives, by the columns of the table."""
    lead = found.lead
    return {
        "wants": {lead.wants if lead else ""},
        "brands": brands(found),
        "not": brands(found),
        "figures": {str(figure.statistic.subject) for figure in lead.figures} if lead else set(),
        "elsewhere": {hit.name for group in found.elsewhere for hit in group.hits},
        "provinces": {province.name for province in lead.provinces} if lead else set(),
    }


def wrong(row: dict[str, str]) -> list[str]:
    """The columns that an answer does not bear out. Of figures, there may be no others than those that are listed."""
    given = told(answer(row["query"], limit=FIRST))
    expected = {column: set(filter(None, row[column].split("|"))) for column in given}
    held = {column: expected[column] <= given[column] for column in given}
    held["not"] = not expected["not"] & given["not"]
    held["figures"] = not expected["figures"] or expected["figures"] == given["figures"]
    held["elsewhere"] &= bool(expected["elsewhere"]) or not given["elsewhere"]
    return [column for column, right in held.items() if not right]


def test_what_a_reader_expects_of_a_question() -> None:
    rows = asked()
    assert len({row["query"] for row in rows}) == len(rows) > LEAST
    missed = {row["query"]: columns for row in rows if (columns := wrong(row))}
    assert missed == {}
