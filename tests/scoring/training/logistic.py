"""Fitting a logistic model with scikit-learn, and writing it where the extraction reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from sklearn.linear_model import LogisticRegression

from ingest.learned.logistic import LogisticModel
from ingest.lexicon import FOLDER
from tests.scoring.training.samples import FOLDS

Row = Mapping[str, float]

# Decimal places of a weight.
PLACES = 4


@dataclass(frozen=True, slots=True)
class Example:
    """What is known of a thing, whether it is what is looked for, its fold, and how much it counts."""

    features: Row
    right: bool
    fold: int
    weight: float = 1.0


def fitted(examples: Sequence[Example], *, strength: float) -> LogisticModel:
    """The model of the examples. `strength` is scikit-learn's C on features that are divided by their largest value."""
    names = sorted({name for example in examples for name in example.features})
    table = np.array([[example.features.get(name, 0.0) for name in names] for example in examples])
    scale = np.abs(table).max(axis=0)
    scale[scale == 0] = 1
    model = LogisticRegression(C=strength, max_iter=10_000)
    model.fit(table / scale, [e.right for e in examples], sample_weight=[e.weight for e in examples])
    weights = {name: round(float(w), PLACES) for name, w in zip(names, model.coef_[0] / scale, strict=True)}
    return LogisticModel(weights, round(float(model.intercept_[0]), PLACES))


def crossed(examples: Sequence[Example], *, strength: float) -> list[float]:
    """The probability of each example by a model of the other folds."""
    found = [0.0] * len(examples)
    for fold in range(FOLDS):
        model = fitted([example for example in examples if example.fold != fold], strength=strength)
        for number, example in enumerate(examples):
            if example.fold == fold:
                found[number] = model.probability(example.features)
    return found


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a probability is to be read: on the scale of the logit, `slope` times it and `shift`."""

    slope: float
    shift: float

    @classmethod
    def of(cls, probabilities: Sequence[float], right: Sequence[bool]) -> "Calibration":
        """The reading under which so many prove right as is claimed (Platt)."""
        model = LogisticRegression(C=1e6, max_iter=10_000)
        model.fit([[_logit(probability)] for probability in probabilities], right)
        return cls(float(model.coef_[0][0]), float(model.intercept_[0]))

    def read(self, probability: float) -> float:
        return 1 / (1 + exp(-(self.slope * _logit(probability) + self.shift)))

    def built_into(self, model: LogisticModel) -> LogisticModel:
        weights = {name: round(weight * self.slope, PLACES) for name, weight in model.weights.items()}
        return LogisticModel(weights, round(model.intercept * self.slope + self.shift, PLACES))


def _logit(probability: float) -> float:
    held = min(max(probability, 1e-6), 1 - 1e-6)
    return log(held / (1 - held))


@dataclass(frozen=True, slots=True)
class Rates:
    """How many of the examples a threshold gets right."""

    found: int
    false: int
    missed: int

    @classmethod
    def of(cls, examples: Sequence[Example], probabilities: Sequence[float], *, threshold: float) -> "Rates":
        said = [(p >= threshold, e.right) for p, e in zip(probabilities, examples, strict=True)]
        return cls(said.count((True, True)), said.count((True, False)), said.count((False, True)))

    def __str__(self) -> str:
        precision, recall = (self.found / max(self.found + wrong, 1) for wrong in (self.false, self.missed))
        f1 = 2 * self.found / max(2 * self.found + self.false + self.missed, 1)
        counts = f"{self.found} right, {self.false} false, {self.missed} missed"
        return f"P {precision:.3f}, R {recall:.3f}, F1 {f1:.3f} ({counts})"


def write(name: str, model: LogisticModel, told: str) -> None:
    """Write a model to lexicon/<name>.toml, the heaviest features first, `told` as comments above."""
    lines = [f"# {line}".rstrip() for line in told.strip().splitlines()]
    lines += [f"intercept = {model.intercept}", "", "[weights]"]
    ordered = sorted(model.weights.items(), key=lambda item: (-abs(item[1]), item[0]))
    lines += [f'"{feature}" = {weight}' for feature, weight in ordered]
    (FOLDER / f"{name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
