"""How probabilities are read when the decision is trained."""

import pytest

from ingest.learned.logistic import LogisticModel

pytest.importorskip("sklearn", reason="only training needs it; `make train` installs it")

from tests.scoring.training.logistic import Calibration


def test_what_claims_too_much_is_read_down_and_what_is_sure_stays() -> None:
    claimed = [0.02] * 50 + [0.6] * 30 + [0.99] * 50
    right = [False] * 50 + [True] * 10 + [False] * 20 + [True] * 50
    reading = Calibration.of(claimed, right)
    assert reading.read(0.6) == pytest.approx(1 / 3, abs=0.08)
    assert reading.read(0.99) > 0.9
    assert reading.read(0.02) < 0.05


def test_a_reading_is_built_into_a_model() -> None:
    model, reading = LogisticModel({"said": 2.0, "far": -1.0}, -0.5), Calibration(1.3, -0.4)
    for features in ({"said": 1.0}, {"said": 2.0, "far": 0.5}, {}):
        read = reading.read(model.probability(features))
        assert reading.built_into(model).probability(features) == pytest.approx(read, abs=0.001)
