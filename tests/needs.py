"""What a test needs from the machine, and what happens where it is missing.

Without a browser, a PostgreSQL server or the corpus the tests that need it are skipped with one line that says why.
`LAOBRAND_REQUIRE` names, between commas, what must be there all the same (`postgres,browser,corpus`): then they fail.
CI sets it, so that a green run there means that nothing was left out.
"""

import os
from typing import NoReturn

import pytest


def thorough() -> bool:
    """Whether `LAOBRAND_THOROUGH` asks for the long form of tests that take a random way: all kills, the whole walk."""
    return bool(os.environ.get("LAOBRAND_THOROUGH"))


def tries(full: int, quick: int) -> int:
    """How many tries a test makes that takes random ones: `full` in a thorough run, `quick` in another."""
    return full if thorough() else quick


def required(what: str) -> bool:
    """Whether `LAOBRAND_REQUIRE` names `what`."""
    return what in {part.strip() for part in os.environ.get("LAOBRAND_REQUIRE", "").split(",")}


def missing(what: str, reason: str) -> NoReturn:
    """Skip the test for `reason`, or fail it where `what` is required."""
    if required(what):
        pytest.fail(f"{reason}, and LAOBRAND_REQUIRE names {what}", pytrace=False)
    pytest.skip(reason)
