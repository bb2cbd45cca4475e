"""How a reader cites what stands here: the newspaper first, laobrand as the place where it was found.

GB/T 7714-2015, 4.4 (a part of a serial) and 8.1 (where references are numbered, an unknown author is left out and the
title comes first): title, the mark [N/OL] for a newspaper that an address leads to, the paper, the day of print, that
of access, the address. A compilation that no paper printed has the mark [DB/OL], after 4.6. BibTeX: @misc with the
fields that BibLaTeX reads as well.
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

_IN_TEX = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "{": r"\textbraceleft{}",  # BibTeX pairs braces before TeX reads them: \{ alone would leave an entry open
    "}": r"\textbraceright{}",
} | {sign: f"\\{sign}" for sign in "$&#%_"}
_SPECIAL = re.compile("[" + re.escape("".join(_IN_TEX)) + "]")
_BLANK = re.compile(r"\s+")
# What stays as it is in an address (RFC 3986); braces, blanks and characters beyond ASCII become %XX.
_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%~"

SITE = "劳务品牌库"


@dataclass(frozen=True, slots=True)
class Cited:
    """An article as it was printed, and where it was found. Unknown parts are empty or None; a page that no single
    article stands behind has neither publisher nor date."""

    title: str
    publisher: str
    published_on: date | None
    url: str
    """Where the paper itself has it."""
    key: str
    """What BibTeX calls it: letters, digits and hyphens."""
    found_at: str
    """The full address here."""
    accessed: date

    @property
    def headline(self) -> str:
        """The title in one line."""
        return _BLANK.sub(" ", self.title).strip()

    @property
    def printed(self) -> bool:
        """Whether a paper is known to have printed it."""
        return bool(self.publisher or self.published_on)


def gbt7714(cited: Cited) -> str:
    """The entry of a list of references after GB/T 7714-2015.

    米粉里的大产业[N/OL]. 广西日报, 2025-11-19[2026-01-02]. https://brands.example/articles/1/.
    """
    day = cited.published_on.isoformat() if cited.published_on else ""
    source = ", ".join(part for part in (cited.publisher, day) if part) if cited.printed else SITE
    mark = "N/OL" if cited.printed else "DB/OL"
    return f"{cited.headline}[{mark}]. {source}[{cited.accessed.isoformat()}]. {cited.found_at}."


def bibtex(cited: Cited) -> str:
    """An entry for BibTeX and BibLaTeX; characters that mean something to either or to TeX are escaped."""
    found_at = _address(cited.found_at)
    fields = {
        "title": f"{{{_tex(cited.headline)}}}",
        "howpublished": _tex(cited.publisher) or ("" if cited.printed else SITE),
        "date": cited.published_on.isoformat() if cited.published_on else "",
        "year": str(cited.published_on.year) if cited.published_on else "",
        "url": _address(cited.url) or found_at,
        "urldate": cited.accessed.isoformat(),
        "note": rf"{SITE}, \url{{{found_at}}}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{cited.key},", *lines, "}"])


def plain(cited: Cited) -> str:
    """A sentence for the running text."""
    day = _in_chinese(cited.published_on) if cited.published_on else ""
    source = "".join(f"，{part}" for part in (cited.publisher, day) if part)
    return f"《{cited.headline}》{source}。见{SITE}，{cited.found_at}，{_in_chinese(cited.accessed)}查阅。"


def _in_chinese(value: date) -> str:
    """The title is Chinese, so the sentence around it is, on English pages too."""
    return f"{value.year}年{value.month}月{value.day}日"


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda match: _IN_TEX[match.group()], _BLANK.sub(" ", text).strip())


def _address(url: str) -> str:
    """As it may stand between the braces of ``url`` and ``\\url``."""
    return quote(url, safe=_IN_ADDRESSES)
