"""Logistic models: a sum of weighted features, as a probability. Trained by ``make train``, read here."""

from collections.abc import Mapping
from functools import cache
from math import exp

from ingest.frozen import frozen
from ingest.lexicon import table


@frozen()
class LogisticModel:
    """The weight of each feature, and where the sum begins. Features without a weight count nothing."""

    weights: Mapping[str, float]
    intercept: float

    def probability(self, features: Mapping[str, float]) -> float:
        weights = self.weights
        total = self.intercept + sum([weights[name] * value for name, value in features.items() if name in weights])
        return 1 / (1 + exp(-max(min(total, 30.0), -30.0)))


@cache
def logistic(name: str) -> LogisticModel:
    """The model of ``lexicon/<name>.toml``."""
    made = table(name)
    return LogisticModel(made["weights"], made["intercept"])
