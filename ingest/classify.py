"""Whether an article is about labour brands: by its subject, or by a brand that it reports on by name.

The words are in ``lexicon/page.toml``. Facts are taken from relevant articles alone, so a brand that is named in
earnest decides for the article, however seldom the words 劳务品牌 are said.
"""

import re
from collections import Counter
from functools import cache

from brands.vocabulary.script import simplified
from ingest.lexicon import words
from ingest.records import ExtractedArticle, Relevance

# So often said, the subject needs no name beside it; so often named, a brand is what the article is about.
MANY = 3

# One mention of the subject in so many characters makes it the subject.
FEW_CHARS = 400

# So many different words of the field (就业, 培训 …) tell a brand of workers from one of goods.
MIN_FIELD = 3


def classify(article: ExtractedArticle) -> Relevance:
    """The verdict, and in ``reason`` the words that decided it."""
    text, title = article.text.text, simplified(article.title)
    said = len(_subject().findall(text))
    if found := _subject().search(title):
        return Relevance(True, f"{found[0]} in the title")
    if said >= MANY:
        return Relevance(True, f"the subject is said {said} times")
    if said and (named := _named_subject().search(text)):
        return Relevance(True, f"named as a labour brand: {named[1] or named[2]}")
    name = _hero(title, text)
    if said and name:
        return Relevance(True, f"about {name}, and the subject is said")
    if said and len(text) <= FEW_CHARS * said:
        return Relevance(True, "a short text on the subject")
    if said:
        return Relevance(False, "the subject is mentioned in passing")
    if name and _is_of_workers(text):
        return Relevance(True, f"about {name}, a name of workers, and called a brand")
    return Relevance(False, "not a word of labour brands")


def _hero(title: str, text: str) -> str:
    """The name of a trade's people that the article turns on: in its title, or again and again in its text."""
    names = Counter(_quoted_trade().findall(text))
    in_title = next((name for name in _quoted_trade().findall(title)), "")
    often = next((name for name, count in names.most_common(1) if count >= MANY), "")
    return in_title or often


def _is_of_workers(text: str) -> bool:
    """Whether an article without the word itself speaks of a brand, of work, and of no other kind of brand."""
    field = set(_field().findall(text))
    return len(field) >= MIN_FIELD and bool(_brand().search(text)) and not _other_brand().search(text)


@cache
def _subject() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "subject")))


@cache
def _named_subject() -> re.Pattern[str]:
    """“…”劳务品牌, “…”等三个省级劳务品牌, 劳务品牌“…”."""
    subject = "|".join(words("page", "subject"))
    name = "[^“”‘’，。：；、\n]{2,16}"
    between = "[^“”，。；\n]{0,14}?"
    return re.compile(
        rf"[“‘「『]({name})[”’」』]{between}(?:{subject})(?!发展大会)|(?:{subject})[^“”，。；\n]{{0,4}}[“‘「『]({name})[”’」』]"
    )


@cache
def _quoted_trade() -> re.Pattern[str]:
    trades = "|".join(words("page", "trades"))
    return re.compile(rf"[“‘「『]([^“”‘’，。：；、\n]{{1,12}}(?:{trades}))[”’」』]")


@cache
def _field() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "field")))


@cache
def _brand() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "brand")))


@cache
def _other_brand() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "other_brands")))
