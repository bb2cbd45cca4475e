"""What the fuzzer starts from: the articles that come with the project, and the corpus where there is one."""

import os
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "ingest" / "samples"
FOLDERS = ("seeds", "retold")


@cache
def pages() -> tuple[str, ...]:
    """The texts of all pages, in the order of their names."""
    corpus = Path(os.environ.get("LAOBRAND_CORPUS") or ROOT.parent / "shared" / "corpus")
    folders = [SAMPLES, *(corpus / name for name in FOLDERS)]
    return tuple(path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.txt")))
