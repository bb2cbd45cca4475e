"""Every address and action, asked by each role and by nobody in particular, gives what the table says."""

import pytest

from tests.curation.asking import METHODS, asked, keys, make_world, routes
from tests.curation.matrix import ROLES, TABLE, Cells, Key, read

HOW = "`python -m tests.curation.matrix` writes the missing rows; read what it wrote"

# Addresses under admin/ that answer somebody who isn't logged in with more than the way to the login.
OPEN = {
    "admin/login/",
    "admin/jsi18n/",
}


@pytest.fixture(scope="module")
def table() -> dict[Key, Cells]:
    return read()


def test_each_address_and_action_has_a_row(table: dict[Key, Cells]) -> None:
    present = set(keys())
    assert sorted(present - set(table)) == [], f"no row in {TABLE.name}: {HOW}"
    assert sorted(set(table) - present) == [], f"{TABLE.name} has rows of what is no more: {HOW}"


@pytest.mark.django_db
@pytest.mark.parametrize("asking", METHODS)
def test_everybody_gets_what_the_table_says(table: dict[Key, Cells], asking: str) -> None:
    make_world()
    found = asked(key for key in keys() if key in table and key[1] == asking)
    differences = {
        f"{method} {address} {action} as {role}": f"{got}, not {wanted}"
        for (address, method, action), row in found.items()
        for role, got, wanted in zip(ROLES, row, table[address, method, action], strict=True)
        if got != wanted
    }
    assert differences == {}


def test_nobody_gets_in_without_logging_in(table: dict[Key, Cells]) -> None:
    outside = {key: row[0] for key, row in table.items() if key[0].startswith("admin/") and key[0] not in OPEN}
    assert {key for key, status in outside.items() if status not in {"302", "405"}} == set()


def test_no_address_fails(table: dict[Key, Cells]) -> None:
    assert {key for key, row in table.items() if any(status.startswith("5") for status in row)} == set()


def test_a_viewer_writes_nothing(table: dict[Key, Cells]) -> None:
    assert {key for key, row in table.items() if "+" in "".join(row[:2])} == set()


# What belongs to its author, in the world of the table the editor: a reviewer gets it no more than another editor does.
OF_THEIR_AUTHOR = ("admin/jobs/<int:number>/", "admin/upload/<int:number>/")


def test_who_may_more_is_refused_nothing_that_others_get(table: dict[Key, Cells]) -> None:
    """From viewer to admin, 403 is only followed to the left by 403."""
    shared = {key: row for key, row in table.items() if not key[0].startswith(OF_THEIR_AUTHOR)}
    refused = {key: [status == "403" for status in row[1:]] for key, row in shared.items()}
    assert {key for key, row in refused.items() if row != sorted(row, reverse=True)} == set()


def test_the_walk_sees_the_whole_site() -> None:
    known = set(routes())
    assert {"healthz", "brands/", "admin/", "admin/brands/brand/<path:object_id>/change/", "regions/<adcode>/"} <= known
