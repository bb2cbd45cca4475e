"""The offices that sign a document below its text, or head it above its title."""

import re
from functools import cache

from ingest.lexicon import table, words


def is_signed(shown: str) -> bool:
    """Whether a line names nothing but the offices that issue a document: 青山县人社局 青山县财政局."""
    return all(_signer().fullmatch(part) for part in shown.split(" ")) and not _not_signed().search(shown)


@cache
def _signer() -> re.Pattern[str]:
    return re.compile(table("page")["signers"])


@cache
def _not_signed() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "not_signed")))
