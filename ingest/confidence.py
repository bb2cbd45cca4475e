"""How far a rule is to be trusted: the share of its facts that proved right on the gold articles."""

from typing import Any

from ingest.lexicon import table


def confidence_of(kind: str, rule: str) -> float:
    """The confidence of a fact of `kind` (brands, programs) that `rule` found. KeyError for a rule not in the table.

    The numbers stand in lexicon/confidence.toml and are written by ``python -m tests.scoring.calibrate``.
    """
    measured: dict[str, Any] = table("confidence")[kind]
    return float(measured[rule])


def meaning_confidence(metric: str, scope: str) -> float:
    """How far figures of this metric and scope are to be trusted: the share of them that were right in owner, metric,
    scope and year. Written by ``python -m tests.scoring.meaning`` to lexicon/meaning.toml."""
    measured = table("meaning")
    return float(measured.get(metric, {}).get(scope, measured["unseen"]))
