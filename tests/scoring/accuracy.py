"""Scores the extraction on all sets of gold, and rewrites the table of the README and that of the about page.

python -m tests.scoring.accuracy [--check]
"""

import argparse
import csv
import datetime as dt
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from brands.accuracy import TABLE
from tests.scoring.calibrate import calibrated
from tests.scoring.confidence import rated, thirds
from tests.scoring.harvest import harvest, retold
from tests.scoring.meaning import meant, rates
from tests.scoring.runs import (
    ROOT,
    GoldSet,
    Judged,
    corpus_folder,
    corpus_gold,
    judged,
    own_gold,
    report,
)

README = ROOT / "README.md"
BEGIN, END = "<!-- accuracy: made by `make accuracy` -->", "<!-- /accuracy -->"

# What is counted as precision, recall and F1, as score.py calls it and as the table does.
FOUND = {
    "relevant_articles": "articles on labour brands",
    "brands": "brands",
    "programs": "programs",
    "statistics": "statistics",
    "statistics_without_subject": "… whoever they are of",
    "statistics_with_scope": "… with what they measure",
}
# What is counted as the share of matched facts that are right.
RIGHT = {
    "region": "region",
    "province": "… its province",
    "industry": "industry",
    "level": "level",
    "qualifier": "qualifier",
    "unit": "unit",
    "scope": "what it measures",
    "as_of_year": "year",
    "published_on": "date of issue",
    "grounded": "evidence is there",
}
KINDS = ("brands", "programs", "statistics")

# The columns of the about page's table.
COLUMNS = ("measured", "set", "fact", "precision", "recall", "f1")


def columns(corpus: Path) -> list[GoldSet]:
    """The gold sets of the table, in its order."""
    official, own = corpus_gold(corpus), own_gold()
    return [
        GoldSet("corpus", official.gold, official.folders),
        own.half("own, development", first=0),
        own.half("own, held out", first=1),
        harvest(corpus).part("train"),
        harvest(corpus).part("held-out"),
        retold().part("held-out"),
    ]


def meaning(corpus: Path) -> list[str]:
    """The lines on the precision of meaning over the held-out sets: of the figures found, how many have the right
    subject, metric, value, scope and year; for those that are public, by metric and by scope."""
    real = (pages.part("held-out") for pages in (harvest(corpus), retold()))
    figures = meant(corpus, (own_gold().half("own, held out", first=1), *real))
    lines = [row("precision of meaning, held out", ("right", "found")), row("---", ["---"] * 2)]
    return lines + [row(name, (f"{share:.2f}", str(number))) for name, share, number in rates(figures)]


def row(label: str, cells: Iterable[str]) -> str:
    return f"| {label} | " + " | ".join(cells) + " |"


def table(reports: dict[str, Any]) -> list[str]:
    """The lines of the table: one column a gold set."""
    lines = [row("P / R / F1", reports), row("---", ["---"] * len(reports))]
    for key, label in FOUND.items():
        told = (made[key] for made in reports.values())
        lines.append(row(label, (f"{t['precision']:.3f} / {t['recall']:.3f} / **{t['f1']:.3f}**" for t in told)))
    for key, label in RIGHT.items():
        lines.append(row(label, (_share(made["accuracy"].get(key)) for made in reports.values())))
    return lines


def _share(told: dict[str, object] | None) -> str:
    return f"{told['rate']:.3f} of {told['of']}" if told else "–"


def confidence(corpus: Path) -> list[str]:
    """The lines on confidence: as measured on all gold, and with what one half teaches applied to the other."""
    sets = (corpus_gold(corpus), own_gold())
    halves = [judged(corpus, [one.half(one.name, first=first) for one in sets]) for first in (0, 1)]
    everything = [*halves[0], *halves[1]]
    crossed = [fact for a, b in (halves, halves[::-1]) for fact in rated(b, calibrated(a, dict.fromkeys(KINDS, ())))]
    return [
        row("precision of facts by confidence", ("surest third", "middle", "last third")),
        row("---", ["---"] * 3),
        row("as the extraction says it", _thirds(everything)),
        row("trained on one half, applied to the other", _thirds(crossed)),
    ]


def _thirds(facts: list[Judged]) -> list[str]:
    return [f"{part:.3f}" for part in thirds(facts)]


def block(corpus: Path, reports: dict[str, Any], today: dt.date) -> str:
    """What stands between the markers, markers included."""
    said = f"Measured on {today.isoformat()} with `python -m tests.scoring.accuracy`."
    return "\n".join([BEGIN, said, "", *table(reports), "", *meaning(corpus), "", *confidence(corpus), END])


def data(reports: dict[str, Any], today: dt.date) -> str:
    """The table that the about page reads, as CSV: what `table` says of `FOUND`, to the same digits."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    for name, made in reports.items():
        for fact in FOUND:
            shares = (f"{made[fact][share]:.3f}" for share in ("precision", "recall", "f1"))
            rows.writerow((today.isoformat(), name, fact, *shares))
    return written.getvalue()


def inserted(text: str, made: str) -> str:
    """The README with the block between its markers. ValueError where they are not there once each."""
    found = re.findall(f"{re.escape(BEGIN)}.*?{re.escape(END)}", text, re.DOTALL)
    if len(found) != 1 or text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ValueError(f"README.md must hold {BEGIN} and {END} once each")
    return text.replace(found[0], made)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only print")
    arguments = parser.parse_args()
    corpus, today = corpus_folder(), dt.datetime.now(tz=dt.UTC).date()
    reports = {one.name: report(corpus, one) for one in columns(corpus)}
    made = block(corpus, reports, today)
    print(made)
    if not arguments.check:
        README.write_text(inserted(README.read_text(encoding="utf-8"), made), encoding="utf-8")
        TABLE.write_text(data(reports, today), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
