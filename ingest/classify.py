"""Whether an article is about labour brands: its subject, or that of a brand it reports on by name."""

import re
from functools import cache

from ingest.lexicon import words
from ingest.records import Article, Verdict

FEW = 600
"""One mention of the subject in so many characters makes it the subject; one in a longer text has to name a brand."""


def classify(article: Article) -> Verdict:
    """The verdict and the words that decided it."""
    text = article.text.text
    found = _subject().findall(text)
    if not found:
        return Verdict(False, "no word of labour brands")
    if _subject().search(article.title):
        return Verdict(True, f"{found[0]} in the title")
    if len(found) > 1 or len(text) <= FEW:
        return Verdict(True, f"{found[0]} ({len(found)}x)")
    return Verdict(False, f"{found[0]} only in passing")


@cache
def _subject() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "subject")))
