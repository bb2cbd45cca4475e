"""Writes ingest/learned/brand_tagger.toml: the hash of the tagger's model, what it was made from, and what all trained
parts together find of our own gold: `python -m tests.scoring.training.card`, the second step of `make train`."""

from hashlib import sha256
from importlib.metadata import version

from ingest.learned.tagger import MODEL
from tests.scoring.runs import corpus_folder, own_gold, report
from tests.scoring.training.samples import told_of_sets
from tests.scoring.training.tagger import SETTINGS

CARD = MODEL.with_suffix(".toml")

TEXT = """\
# What stands in {name}, a character CRF that proposes names of labour brands: written by `make train`.
# Figures of cross-validation stand in ingest/lexicon/brand_decision.toml. No name of a brand is a feature.
sha256 = "{hash}"
bytes = {size}
trained_with = "python-crfsuite {version}"
trained_on = "{sets}"

[settings]
{settings}

# What the whole extraction finds with it of the gold in tests/scoring, half of which it was trained on.
[found]
{found}
"""


def main() -> None:
    corpus = corpus_folder()
    data = MODEL.read_bytes()
    made = report(corpus, own_gold())
    CARD.write_text(
        TEXT.format(
            name=MODEL.name,
            hash=sha256(data).hexdigest(),
            size=len(data),
            version=version("python-crfsuite"),
            sets=told_of_sets(corpus),
            settings="\n".join(f'"{key}" = {value}' for key, value in SETTINGS.items()),
            found="\n".join(f"{kind}_f1 = {made[kind]['f1']}" for kind in ("relevant_articles", "brands")),
        ).replace("'", '"'),
        encoding="utf-8",
    )
    print(CARD.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
