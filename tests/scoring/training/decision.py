"""Trains the tagger and the decision on candidates, lexicon/brand_decision.toml.

What the tagger and the page score say of an article is made here by models that have not seen its source, as it will be
on new pages. Each article is shown twice, the second time with nothing accepted by the rules: these find nearly all in
the articles for which they were written, and a model that sees them alone learns nothing of names that they miss.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pycrfsuite

from ingest.classify import THRESHOLD
from ingest.extract.context import Context
from ingest.extract.decision_features import decision_features
from ingest.extract.name_candidates import Candidates
from ingest.extract.name_surroundings import Features
from ingest.extract.names import ASKED, by_rules
from ingest.extract.names_decided import ACCEPTED, Ruled, candidates_of
from ingest.learned.tagger import MODEL, NameTagger
from ingest.name_shapes import key_of
from tests.scoring.training.logistic import Calibration, Example, Rates, crossed, fitted, write
from tests.scoring.training.page_score import STRENGTH as PAGE_STRENGTH
from tests.scoring.training.page_score import page_examples
from tests.scoring.training.samples import Sample, told_of_sets, training_samples
from tests.scoring.training.tagger import forms, labelled_sentences, train_tagger

# How freely the weights may grow; chosen before any figure was seen.
STRENGTH = 1.0

# The folds of the samples are put together to so many for the tagger, which takes half a minute each.
TAGGER_FOLDS = 5

# The tagger alone takes a name from this score on; told for comparison.
TAGGED = 0.5

# How much an article counts that is shown with nothing accepted by the rules.
HIDDEN = 0.3

# Parts of the scale of probability, of which each is compared with what proved right.
BINS = 10

HEAD = """\
What speaks for a candidate being the name of a labour brand (ingest/extract/names_decided.py); the features are worked
out in ingest/extract/decision_features.py. Made by `make train`.

Made from {number} candidates of {articles} articles ({sets}).
By ten-fold cross-validation over groups of sources, with probabilities read as in `calibrated`, of the candidates:
{rates};
of those alone that were on pages nobody had read who wrote the rules:
{unseen}.
What was claimed of the latter, in ten bins, and how many were right:
{bins}.
The tagger alone, from {alone} on, by five-fold cross-validation: {tagged}.
"""


@dataclass(frozen=True, slots=True)
class View:
    """The candidates of an article, with their features."""

    sample: Sample
    score: float
    candidates: Candidates
    features: dict[str, Features]
    weight: float
    hidden: bool


def train_names(corpus: Path) -> str:
    """Writes the tagger and the decision; gives the cross-validated figures in words."""
    samples = training_samples(corpus)
    scores = page_scores(samples)
    views = [view for pair in zip(samples, scores, taggers(samples, scores), strict=True) for view in views_of(*pair)]
    tagged = tagger_rates(views)
    examples = [example for view in views for example in examples_of(view)]
    raw = crossed(examples, strength=STRENGTH)
    reading = calibrated(_shown(views, examples, raw))
    likely = [reading.read(probability) for probability in raw]
    rates, unseen = rates_of(views, examples, likely)
    told = HEAD.format(
        number=len(examples),
        articles=sum(not view.hidden for view in views),
        sets=told_of_sets(corpus),
        rates=rates,
        unseen=unseen,
        bins=calibration(_shown(views, examples, likely)),
        alone=TAGGED,
        tagged=tagged,
    )
    write("brand_decision", reading.built_into(fitted(examples, strength=STRENGTH)), told)
    return f"tagger alone: {tagged}\ndecision: {rates}; pages that no rule author had read: {unseen}"


def page_scores(samples: Sequence[Sample]) -> list[float]:
    """The page score of each article by a model of the other folds; by one of all where the article is none of those
    that it is made from."""
    examples = page_examples(samples)
    crossed_scores = iter(crossed(examples, strength=PAGE_STRENGTH))
    whole = fitted(examples, strength=PAGE_STRENGTH)
    every = page_examples([replace(sample, about=bool(sample.about)) for sample in samples])
    return [
        whole.probability(one.features) if sample.about is None else next(crossed_scores)
        for sample, one in zip(samples, every, strict=True)
    ]


def taggers(samples: Sequence[Sample], scores: Sequence[float]) -> list[NameTagger]:
    """For each article a tagger that has not seen its fold. The one of all articles is written to its place."""
    taught = [list(labelled_sentences(sample, score)) for sample, score in zip(samples, scores, strict=True)]
    train_tagger((one for sentences in taught for one in sentences), MODEL)
    made = []
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(TAGGER_FOLDS):
            path = Path(folder) / f"{fold}.crfsuite"
            others = [s for sample, s in zip(samples, taught, strict=True) if sample.fold % TAGGER_FOLDS != fold]
            train_tagger((one for sentences in others for one in sentences), path)
            model = pycrfsuite.Tagger()
            model.open(str(path))
            made.append(NameTagger(model))
    return [made[sample.fold % TAGGER_FOLDS] for sample in samples]


def views_of(sample: Sample, score: float, tagger: NameTagger) -> list[View]:
    """The article as the rules leave it, and as it were if they had accepted nothing; none where it is not read."""
    if score < ASKED:
        return []
    context = Context.of(sample.article)
    ruled = by_rules(context)
    made = []
    for hidden, shown in ((False, ruled), (True, Ruled((), ruled.chains))):
        candidates = candidates_of(context, shown, tagger, score)
        features = decision_features(candidates, score)
        made.append(View(sample, score, candidates, features, sample.weight * (HIDDEN if hidden else 1), hidden))
    return made


def examples_of(view: View) -> list[Example]:
    """The candidates of a view that the gold judges."""
    right, optional = ({key_of(form) for form in forms(view.sample.gold, optional=which)} for which in (False, True))
    return [
        Example(features, key in right, view.sample.fold, view.weight)
        for key, features in view.features.items()
        if key in right or key not in optional
    ]


def tagger_rates(views: Sequence[View]) -> Rates:
    """How the candidates would be judged by the tagger alone."""
    shown = [view for view in views if not view.hidden and view.score >= THRESHOLD]
    examples = [example for view in shown for example in examples_of(view)]
    return Rates.of(examples, [example.features.get("tagged", 0.0) for example in examples], threshold=TAGGED)


def rates_of(views: Sequence[View], examples: Sequence[Example], likely: Sequence[float]) -> tuple[Rates, Rates]:
    """How the candidates of articles that are read on are judged, of all and of unseen ones, each as it is."""
    shown = _shown(views, examples, likely)
    parts = (shown, [one for one in shown if one.unseen])
    every, unseen = (
        Rates.of([one.example for one in part], [one.probability for one in part], threshold=ACCEPTED) for part in parts
    )
    return every, unseen


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with the probability that a model of the other folds gives it."""

    example: Example
    probability: float
    unseen: bool


def _shown(views: Sequence[View], examples: Sequence[Example], likely: Sequence[float]) -> list[Judged]:
    """The candidates of articles that are read on, none without rules."""
    owners = [view for view in views for _ in examples_of(view)]
    return [
        Judged(example, probability, view.sample.unseen)
        for view, example, probability in zip(owners, examples, likely, strict=True)
        if not view.hidden and view.score >= THRESHOLD
    ]


def calibrated(judged: Sequence[Judged]) -> Calibration:
    """How the probabilities are to be read, from those of unseen pages: without it what is between 0.5 and 0.9 would
    claim too much, since most articles that are trained on are those for which the rules were written."""
    unseen = [one for one in judged if one.unseen]
    return Calibration.of([one.probability for one in unseen], [one.example.right for one in unseen])


def calibration(judged: Sequence[Judged]) -> str:
    """For each tenth of the scale what was claimed on average and how many were right, on unseen pages."""
    said = []
    for tenth in range(BINS):
        inside = [one for one in judged if one.unseen and min(int(one.probability * BINS), BINS - 1) == tenth]
        if inside:
            claimed = sum(one.probability for one in inside) / len(inside)
            right = sum(one.example.right for one in inside)
            said.append(f"{claimed:.2f}: {right / len(inside):.2f} ({right} of {len(inside)})")
    return ";\n".join(said)
