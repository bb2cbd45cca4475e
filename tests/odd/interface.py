"""`python -m tests.odd.interface --cases 3000 --seed 1`: schemathesis asks the interface what its description allows,
and what it does not, and holds the answers against it: all checks, status 1 if any finds something.

The site is a scratch one with a small catalogue, on SQLite or on the server that DATABASE_URL names; with --here it is
the database of the settings as it stands. At least so many cases are asked.
"""

import argparse
import logging
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from tests.odd.__main__ import site

# Seconds that a request of this process waits for the next one, before it looks whether all were asked.
PATIENCE = 0.2


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.odd.interface", description=__doc__)
    parser.add_argument("--cases", type=int, default=3000, help="how many at least (default: 3000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same ones (default: 1)")
    parser.add_argument("--here", action="store_true", help="ask the database of the settings as it stands")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laobrand.settings")
    os.environ["API_REQUESTS"] = str(10**9)
    os.environ["SEARCH_REQUESTS"] = "0"
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.conf import settings

    with site(here=arguments.here):
        settings.ALLOWED_HOSTS = ["localhost"]  # which the environment of tests narrows
        return ask(arguments.cases, arguments.seed)


def ask(cases: int, seed: int) -> int:
    from django.core.handlers.wsgi import WSGIHandler
    from drf_spectacular.generators import SchemaGenerator

    operations = len(SchemaGenerator().get_schema(public=True)["paths"])  # type: ignore[no-untyped-call]
    served = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
    served.timeout = PATIENCE
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "run", f"http://localhost:{served.server_port}/api/schema/",
        "--checks", "all", "--continue-on-failure", "--no-color", "--seed", str(seed), "--generation-database", "none",
        "--max-examples", str(-(-cases // operations // 2)),  # as many again are made of each bound of a parameter
    ]  # fmt: skip
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        with subprocess.Popen(command, stdout=out, text=True) as asking:
            while asking.poll() is None:
                served.handle_request()
        served.server_close()
        out.seek(0)
        told = out.read()
    print(told)
    found = re.search(r"(\d+) generated", told)
    number = int(found[1]) if found else 0
    print(f"{number} cases, seed {seed}")
    return asking.returncode or int(number < cases)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_told: Any) -> None:
        """Nothing of each request."""


if __name__ == "__main__":
    raise SystemExit(main())
