"""How long a new process takes to its first answer: a search, held against the answer that asks least, /healthz."""

import subprocess
import sys
import time
from statistics import median

from tests.bench.scale.databases import Database
from tests.variables import ROOT

ROUNDS = 7
ASK = """
import django
django.setup()
from laobrand.wsgi import application
from django.test import Client
response = Client(headers={{"host": "localhost"}}).get({address!r})
assert response.status_code == 200, response.status_code
"""
TRIVIAL, SEARCH = "/healthz", "/search/?q=吕梁护工"


def measure(database: Database) -> dict[str, float]:
    """Milliseconds from the start of the process to its end, by turns; the first round fills the file cache."""
    times: dict[str, list[float]] = {TRIVIAL: [], SEARCH: []}
    for number in range(ROUNDS + 1):
        for address, found in times.items():
            taken = _process(database, address)
            if number:
                found.append(taken)
    return {"fresh.trivial": median(times[TRIVIAL]), "fresh.search": median(times[SEARCH])}


def _process(database: Database, address: str) -> float:
    start = time.perf_counter()
    command = [sys.executable, "-W", "ignore", "-c", ASK.format(address=address)]
    subprocess.run(command, cwd=ROOT, env=database.environment, check=True)
    return 1000 * (time.perf_counter() - start)
