"""`python -m tests.bench.lifelike --brands 100000 --seed 1`: fill an empty database with an invented catalogue.

The database is that of the settings (DATABASE_URL, or SQLite in DATA_DIR). It is migrated, gets the real regions, then
the brands, and at the end all that the site works out of them. A database that holds brands is left alone.
"""

import argparse
import os
import sys
import time
from io import StringIO


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.lifelike", description=__doc__)
    parser.add_argument("--brands", type=int, default=2500, help="how many brands (default: 2500)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same rows (default: 1)")
    parser.add_argument("--reports", type=int, default=1, help="times as many reports on single brands (default: 1)")
    parser.add_argument("--more", type=int, default=0, help="how many more figures each of these has (default: 0)")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laobrand.settings")
    import django

    django.setup()
    return make(arguments.brands, arguments.seed, arguments.reports, arguments.more)


def make(brands: int, seed: int, reports: int = 1, more: int = 0) -> int:
    """Exit status 1 where the database holds brands already."""
    from django.core.management import call_command
    from django.test.utils import override_settings

    from brands.models import Brand
    from tests.bench.lifelike.rows import fill

    call_command("migrate", verbosity=0)
    if Brand.objects.exists():
        print("The database holds brands; nothing was written.", file=sys.stderr)
        return 1
    call_command("load_regions", stdout=StringIO())
    start = time.perf_counter()
    with override_settings(DEBUG=False):  # else Django keeps every statement
        for done in fill(brands, seed, reports, more):
            print(f"\r{done} brands, {time.perf_counter() - start:.0f} s", end="", flush=True)
    start = time.perf_counter()
    call_command("rebuild_search_index", stdout=StringIO())
    print(f"\nindex and cards in {time.perf_counter() - start:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
