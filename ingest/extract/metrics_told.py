"""What a number counts by the words that staff made mean a metric."""

from dataclasses import replace
from functools import cache

from brands.vocabulary.choices import Metric
from ingest.extract.cues import Surroundings
from ingest.extract.metrics import MetricReading, is_idiom, unit_classes
from ingest.lexicon import table
from ingest.standing_rules import StandingRules

# How a reading says that a rule of the staff made it, and how sure that is.
RULE = "standing-rule"
SURE = 0.95


def as_told(reading: MetricReading | None, around: Surroundings, rules: StandingRules) -> MetricReading | None:
    """The reading of a number, or that it counts nothing of ours, unless a word of the rules stands in its clause: then
    it counts what that word means, where this may be counted in its unit."""
    metric = rules.metric_in(around.clause) if rules else None
    if metric is None or (reading is not None and reading.metric is metric):
        return reading
    if reading is not None:
        return replace(reading, metric=metric, rule=RULE, confidence=SURE) if fits(metric, reading.unit) else reading
    number = around.number
    if is_idiom(number) or not fits(metric, number.unit):
        return None
    return MetricReading(metric, number.value, number.value_max, number.unit, number.start, number.end, RULE, SURE)


def fits(metric: Metric, unit: str) -> bool:
    """Whether this may be counted in the unit, which a wage has with its time (元/月)."""
    return unit_classes().get(unit.split("/", maxsplit=1)[0]) in _counted_in()[metric]


@cache
def _counted_in() -> dict[Metric, list[str]]:
    return {Metric(name): classes for name, classes in table("metrics")["counted_in"].items()}
