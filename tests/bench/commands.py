"""How long the commands take on the sample articles, started as a person starts them."""

import subprocess
import sys
import time

from tests.fuzz.pages import ROOT, SAMPLES

FOLDER = str(SAMPLES.relative_to(ROOT))
COMMANDS = (
    ("migrate", "--verbosity", "0"),
    ("load_regions",),
    ("extract_facts", FOLDER),
    ("extract_facts", "--jobs", "0", FOLDER),
    ("ingest_pages", FOLDER),
    ("ingest_pages", FOLDER),
)


def time_commands() -> None:
    pages = len(list(SAMPLES.glob("*.txt")))
    print(f"\n{pages} pages in {FOLDER}\n\n{'seconds':>8}  command")
    for command in COMMANDS:
        start = time.perf_counter()
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, capture_output=True)
        print(f"{time.perf_counter() - start:8.2f}  {' '.join(command)}", flush=True)
