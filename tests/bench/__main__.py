"""`make bench`: how long extraction, commands, loading and the pages of the site take.

`python -m tests.bench extraction site` runs these sections alone: extraction, growth, jobs, commands, site, loading,
keys, queue, kinds, export, scale. All but the first three and the last four happen in a scratch folder with SQLite,
or, where DATABASE_URL is set, in that database, which must be one that may be filled and emptied. The last four make
databases of their own; tests.bench.scale has a command line of its own.
"""

import os
import sys
import tempfile
from collections.abc import Callable

SECTIONS = ("extraction", "growth", "jobs", "commands", "site", "loading", "keys", "queue", "kinds", "export", "scale")


def main(wanted: list[str]) -> int:
    unknown = [name for name in wanted if name not in SECTIONS]
    if unknown:
        print(f"{', '.join(unknown)}: no such section; there are {', '.join(SECTIONS)}", file=sys.stderr)
        return 2
    chosen = [name for name in SECTIONS if name in wanted or not wanted]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "laobrand.settings"
        for name in chosen:
            works()[name]()
    return 0


def works() -> dict[str, Callable[[], None]]:
    """What runs for each section; imported late, for what is first imported shows in the memory that is reported."""
    import django

    from tests.bench.commands import time_commands
    from tests.bench.extraction import time_extraction, time_growth, time_jobs

    django.setup()
    from tests.bench.database import in_database
    from tests.bench.exporting import time_export
    from tests.bench.kinds import time_kinds
    from tests.bench.loading import time_loading
    from tests.bench.queue import time_queue
    from tests.bench.queue_keys import time_keys
    from tests.bench.scale.__main__ import main as measure_scale
    from tests.bench.site import time_pages

    return {
        "extraction": time_extraction,
        "growth": time_growth,
        "jobs": time_jobs,
        "commands": time_commands,
        "site": in_database(time_pages),
        "loading": in_database(time_loading),
        "keys": in_database(time_keys),
        "queue": time_queue,
        "kinds": time_kinds,
        "export": time_export,
        "scale": measure_scale,
    }


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
