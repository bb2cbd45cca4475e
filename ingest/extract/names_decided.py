"""Which candidates are names of labour brands: one decision over all that speaks for and against, learned from gold.

The weights stand in ``lexicon/brand_decision.toml``, what they weigh in ``decision_features.py``; the probability is
the confidence. A second look, at what the first made of the others in a list, was measured and brought nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ingest.extract.context import Context
from ingest.extract.decision_features import decision_features
from ingest.extract.name_candidates import Candidates, NameCandidate, gathered
from ingest.extract.names_quoted import Weighed
from ingest.frozen import frozen
from ingest.learned.logistic import logistic
from ingest.learned.name_features import Marked
from ingest.learned.tagger import NameTagger
from ingest.name_shapes import bare
from ingest.records import BrandMention

# A candidate with this probability is a brand.
ACCEPTED = 0.5

# From this probability on, one that is rather none is told, so that people may look at it.
OFFERED = 0.2

# No decision is surer than this.
SUREST = 0.99

# The tagger is asked in so many characters of an article; the longest real list has about 20,000.
MAX_TAGGED = 20_000

RULE = "decided"


@frozen()
class Ruled:
    """What the rules make of an article: the mentions that they accept, by their place, and all quotes as they were
    weighed, those together that follow each other."""

    mentions: tuple[BrandMention, ...]
    chains: tuple[tuple[Weighed, ...], ...]


def decided(context: Context, ruled: Ruled, tagger: NameTagger, score: float) -> list[BrandMention]:
    """The mentions of the candidates that are accepted or offered, by their confidence: those of the rules as they are,
    the others at their places."""
    candidates = candidates_of(context, ruled, tagger, score)
    found: list[BrandMention] = [mention for mention in ruled.mentions if mention.rule == "short-form"]
    for key, probability in chosen(candidates, probabilities(candidates, score), least=OFFERED):
        sure = min(round(probability, 3), SUREST)
        found.extend(replace(mention, confidence=sure) for mention in _mentions(context, candidates.by_key[key]))
    return found


def candidates_of(context: Context, ruled: Ruled, tagger: NameTagger, score: float) -> Candidates:
    """The candidates of an article with this page score."""
    marked = Marked(context.text[:MAX_TAGGED], context.places)
    mentions = [mention for mention in ruled.mentions if mention.rule != "short-form"]
    return gathered(context, mentions, ruled.chains, list(tagger.proposals(marked, context.sentences, score)))


def probabilities(candidates: Candidates, score: float) -> dict[str, float]:
    """How likely each candidate is a brand, by its key."""
    model = logistic("brand_decision")
    return {key: model.probability(said) for key, said in decision_features(candidates, score).items()}


def chosen(
    candidates: Candidates, likely: Mapping[str, float], *, least: float = ACCEPTED
) -> Iterator[tuple[str, float]]:
    """The candidates from a probability on, the likeliest first; one whose every place is taken by a likelier one is
    left out."""
    taken: set[int] = set()
    for key, probability in sorted(likely.items(), key=lambda item: (-item[1], item[0])):
        if probability < least:
            return
        free = [(start, end) for start, end in candidates.by_key[key].spans if taken.isdisjoint(range(start, end))]
        if free:
            taken.update(at for start, end in free for at in range(start, end))
            yield key, probability


def _mentions(context: Context, candidate: NameCandidate) -> Iterable[BrandMention]:
    """The mentions of a candidate: those that rules made of it, else one for each of its places."""
    if candidate.mentions:
        return candidate.mentions
    quoted = {(w.quoted.start, w.quoted.end): w for w in candidate.weighed}
    return [_mention(context, candidate, span, quoted.get(span)) for span in candidate.spans]


def _mention(
    context: Context, candidate: NameCandidate, span: tuple[int, int], weighed: Weighed | None
) -> BrandMention:
    start, end = span
    made = BrandMention(context.article, start, end, candidate.name, RULE, 0.0)
    if weighed is None:
        return replace(made, region_hint=context.place_before(start)) if not candidate.shape.place else made
    return replace(made, aliases=joined_name(context, weighed), region_hint=weighed.quoted.place)


def joined_name(context: Context, weighed: Weighed) -> tuple[str, ...]:
    """威县“纺织女工” is also called 威县纺织女工; a name that has its own place is not."""
    quoted = weighed.quoted
    touching = bool(quoted.place) and context.text[quoted.left - len(quoted.place) : quoted.left] == quoted.place
    joins = touching and not quoted.shape.place and not quoted.shape.series
    return (quoted.place + bare(quoted.name),) if joins else ()
