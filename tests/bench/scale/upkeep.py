"""What keeping index and cards up costs an ingest: the share of its processor time that upkeep takes.

`python -m …upkeep` reads and loads the articles that come with the tests into an empty database, and prints
processor seconds as JSON. A database of the same size as in production would not change what is compared: upkeep looks
at the rows of one page, as loading does.
"""

import json
import time
from typing import Any
from unittest.mock import patch

# Bytes of text, in pages of 10 KB.
TOTAL = 300_000


def main() -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from brands.listing import sync
    from ingest.load.page import load_page
    from ingest.pipeline import extract_bytes
    from tests.bench.extraction import PAGE, page_files

    call_command("migrate", verbosity=0)
    call_command("load_regions", verbosity=0)
    texts = list(page_files(PAGE, total=TOTAL))
    extract_bytes("first.txt", texts[0].encode())  # reads the lexicons
    spent = {"seconds": 0.0}
    work = sync._work_out

    def timed(*given: Any) -> None:
        start = time.process_time()
        work(*given)
        spent["seconds"] += time.process_time() - start

    start = time.process_time()
    with patch.object(sync, "_work_out", timed):
        for number, text in enumerate(texts):
            load_page(extract_bytes(f"{number}.txt", text.encode()), version="bench")
    print(json.dumps({"upkeep": spent["seconds"], "ingest": time.process_time() - start}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
