"""Run all tests on SQLite, then those that talk to a database on PostgreSQL: `make test`, or `python -m tests.run`.

What stands behind it on the command line goes to pytest (`python -m tests.run -k search`). LAOBRAND_TEST_POSTGRES is
the address of a server where databases may be made; where none answers, one line says so, and the run fails only if
LAOBRAND_REQUIRE names postgres.
"""

import os
import subprocess
import sys

import psycopg

from tests.needs import required
from tests.variables import variables

SERVER = "postgres://postgres@127.0.0.1:5432/postgres"
MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
# Seconds to wait for the server.
PATIENCE = 5
# Workers beyond one a core: that many wait for a browser, a server or a killed process at any time.
WAITING = 1
MOST_WORKERS = 4
# pytest's exit status when nothing was selected, as with -k and names that only stages have.
NO_TESTS = 5


def main(arguments: list[str]) -> int:
    say("Tests on SQLite")
    status = run(arguments, database="")
    reason = refusal(server())
    if reason is None:
        say("Tests on PostgreSQL")
        second = run(["--database-only", *arguments], database=server())
        return status or (0 if arguments and second == NO_TESTS else second)
    say(f"PostgreSQL tests skipped: {reason}")
    if required("postgres"):
        say("Failed: LAOBRAND_REQUIRE names postgres")
        return status or 1
    return status


def run(arguments: list[str], *, database: str) -> int:
    """pytest's exit status for these arguments, with this DATABASE_URL and nothing else that changes the settings."""
    environment = {name: value for name, value in os.environ.items() if name not in variables()}
    environment["DATABASE_URL"] = database
    workers = min((os.cpu_count() or 1) + WAITING, MOST_WORKERS)
    command = [sys.executable, "-m", "pytest", "-n", str(workers), "--dist", "worksteal"]
    return subprocess.run([*command, *arguments], env=environment, check=False).returncode


def server() -> str:
    """The address of the PostgreSQL server for tests."""
    return os.environ.get("LAOBRAND_TEST_POSTGRES") or SERVER


def address(database: str) -> str:
    """The URL of a database of the server."""
    with psycopg.connect(server()) as connection:
        info = connection.info
        return f"postgres://{info.user}:{info.password}@{info.host}:{info.port}/{database}"


def refusal(address: str) -> str | None:
    """Why no test database can be made at `address`, without its password, or None where one can."""
    try:
        with psycopg.connect(address, connect_timeout=PATIENCE) as connection:
            row = connection.execute(MAY_CREATE).fetchone()
    except psycopg.Error as error:
        return f"no server to use ({str(error).splitlines()[0]})"
    return None if row and row[0] else "the role may not make databases"


def say(line: str) -> None:
    print(f"\n== {line}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
