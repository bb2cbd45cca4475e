"""Whether an article is about labour brands: by its subject, or by the score of all its words.

The words are in ``lexicon/page.toml`` and, for the score, in ``lexicon/page_score.toml``. Facts are taken from relevant
articles alone. An article whose subject is 劳务品牌 is one; of the others the score decides, since papers call a labour
brand 招牌, 名片 or simply by its name. What the score is not sure of is told, so that people may look at it.
"""

import re
from functools import cache

from brands.vocabulary.choices import DOUBTFUL_SCORE
from brands.vocabulary.script import simplified
from ingest.learned.page_score import page_score
from ingest.lexicon import words
from ingest.records import ExtractedArticle, Relevance

# So often said, the subject needs no name beside it.
MANY = 3

# One mention of the subject in so many characters makes it the subject.
FEW_CHARS = 400

# An article with this score is about labour brands.
THRESHOLD = 0.5


def classify(article: ExtractedArticle) -> Relevance:
    """The verdict, the words that decided it in `reason`, and the score."""
    text, title = article.text.text, simplified(article.title)
    score = round(page_score(title, text), 3)
    if reason := _by_subject(title, text):
        return Relevance(True, reason, score)
    if score >= THRESHOLD:
        return Relevance(True, f"its words score {score:.2f}", score)
    if score >= DOUBTFUL_SCORE:
        return Relevance(False, f"maybe about labour brands: its words score {score:.2f}", score)
    return Relevance(False, "not about labour brands", score)


def speaks_of_brands(text: str) -> bool:
    """Whether a text says 劳务品牌, or often says 品牌, 招牌 or another word for one. Of an article that does not, and
    names no brand either, only the sum of its words says that it is about them: what it counts is of something else."""
    return bool(_subject().search(text)) or len(_brand().findall(text)) >= MANY


def _by_subject(title: str, text: str) -> str:
    """How the article says that labour brands are its subject; empty where it does not."""
    if found := _subject().search(title):
        return f"{found[0]} in the title"
    said = len(_subject().findall(text))
    if said >= MANY:
        return f"the subject is said {said} times"
    if said and (named := _named_subject().search(text)):
        return f"named as a labour brand: {named[1] or named[2]}"
    return "a short text on the subject" if said and len(text) <= FEW_CHARS * said else ""


@cache
def _subject() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "subject")))


@cache
def _brand() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "brand")))


@cache
def _named_subject() -> re.Pattern[str]:
    """“…”劳务品牌, “…”等三个省级劳务品牌, 劳务品牌“…”."""
    subject = "|".join(words("page", "subject"))
    name = "[^“”‘’，。：；、\n]{2,16}"
    between = "[^“”，。；\n]{0,14}?"
    return re.compile(
        rf"[“‘「『]({name})[”’」』]{between}(?:{subject})(?!发展大会)|(?:{subject})[^“”，。；\n]{{0,4}}[“‘「『]({name})[”’」』]"
    )
