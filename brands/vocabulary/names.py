"""The one normalisation of a name: two names with the same key are the same name."""

import re
import unicodedata
from functools import lru_cache

# Longest name of a brand in code points; the longest seen in print has 16. Longer ones are not names.
MAX_NAME = 60

_COMBINING_RUN = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]{2,}"
)


def cut_combining_runs(text: str) -> str:
    """``text`` without runs of two or more combining marks: normalising a long run takes quadratic time."""
    return _COMBINING_RUN.sub("", text)


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """The form in which names are compared: no width variants, case, white space, quotes or punctuation.

    >>> name_key("威县“纺织女工”") == name_key("威县纺织女工")
    True
    """
    return letters_of(name)


def letters_of(text: str) -> str:
    """What is compared of a text of any length; ``name_key`` keeps that of names at hand."""
    folded = unicodedata.normalize("NFKC", cut_combining_runs(text))
    return "".join(c for c in folded if unicodedata.category(c)[0] not in "PZC" and not c.isspace()).lower()
