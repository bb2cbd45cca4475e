"""`python -m tests.odd --requests 20000 --seed 1`: one line out, status 1 if any answer failed or took over a second.

Strangers and the four roles ask by turns, a quarter of them by POST; what is posted takes effect.

The site is a scratch one with a small catalogue, on SQLite or on the server that DATABASE_URL names; with --here it is
the database of the settings as it stands, such as one that tests.bench.lifelike has filled.
"""

import argparse
import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

# So many failures are told; the others are only counted.
TOLD = 30


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.odd", description=__doc__)
    parser.add_argument("--requests", type=int, default=20000, help="how many (default: 20000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same ones (default: 1)")
    parser.add_argument("--posts", type=float, default=0.25, help="share of those that send something (default: 0.25)")
    parser.add_argument("--number", type=int, help="this one alone")
    parser.add_argument("--here", action="store_true", help="ask the database of the settings as it stands")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laobrand.settings")
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    numbers = range(arguments.requests) if arguments.number is None else [arguments.number]
    with site(here=arguments.here):
        return run(arguments.seed, numbers, arguments.posts)


def run(seed: int, numbers: range | list[int], posts: float) -> int:
    from tests.odd.asking import SECONDS, answers, requests

    statuses: Counter[int] = Counter()
    slowest, failed = 0.0, 0
    for answer in answers(requests(seed, numbers, posts=posts)):
        statuses[answer.status] += 1
        slowest = max(slowest, answer.seconds)
        failed += answer.failed
        if answer.failed and failed <= TOLD:
            number, took = answer.asked.number, f"{answer.seconds:.2f} s"
            print(f"--number {number}: {answer.status} in {took}: {answer.asked}\n  {answer.reason}", file=sys.stderr)
    told = ", ".join(f"{count} times {status}" for status, count in sorted(statuses.items()))
    print(f"{len(numbers)} requests: {told}; slowest {slowest:.2f} s; {failed} failed or took over {SECONDS:g} s")
    return 1 if failed else 0


@contextmanager
def site(*, here: bool) -> Iterator[None]:
    """A scratch database with a small catalogue, or what there is."""
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    from tests.brands.factories import catalogue

    setup_test_environment(debug=False)
    if here:
        yield
    else:
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        catalogue()
        yield
        connection.creation.destroy_test_db(name, verbosity=0)
    teardown_test_environment()


if __name__ == "__main__":
    raise SystemExit(main())
