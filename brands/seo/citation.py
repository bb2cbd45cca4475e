"""How a reader cites what stands here: what was printed first of all, laobrand as the place where it was found.

GB/T 7714—2025, in force since 2026-07-01 (it replaced that of 2015): full stop and square brackets are ASCII, all other
marks are Chinese ones; where references are numbered, an unknown author is left out and the title comes first. A part
of a newspaper has the mark [N/OL], then the paper, the day of print, that of access and the address; a page of a
portal, an agency or an office has [EB/OL], who publishes it, the day of the page in round brackets, and the same; a
compilation that nobody printed is [DB/OL]. The address is the publisher's own where it is known, else that of the page
here.

BibTeX and BibLaTeX: @article for a newspaper, @misc for the others. RIS: NEWS, ELEC and DBASE, as reference managers
write them. CSL-JSON: article-newspaper, webpage and dataset (citeproc's schema 1.0).
"""

import json
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

# How the name of a newspaper ends, its editions and its publishing house with it: 广西日报, 人民日报海外版, 农民日报社.
_NEWSPAPER = re.compile(r"报(?:社|纸)?(?:[^，。]{1,4}版)?\Z")

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
        return _in_one_line(self.title)

    @property
    def house(self) -> str:
        """Who printed it, in one line; laobrand where nobody did."""
        return _in_one_line(self.publisher) if self.printed else SITE

    @property
    def printed(self) -> bool:
        """Whether anybody is known to have printed it."""
        return bool(self.publisher or self.published_on)

    @property
    def in_newspaper(self) -> bool:
        """Whether a newspaper printed it, as its name tells: no portal, agency or office."""
        return _NEWSPAPER.search(self.house) is not None

    @property
    def address(self) -> str:
        """The publisher's own address, else the one here."""
        return _address(self.url) or _address(self.found_at)

    @property
    def day(self) -> str:
        """The day of print, 2025-11-09; empty where it is unknown."""
        return self.published_on.isoformat() if self.published_on else ""


def _found_at(cited: Cited) -> str:
    """Where it was found, if that is not the address that the reference gives anyway."""
    found_at = _address(cited.found_at)
    return found_at if found_at != cited.address else ""


def gbt7714(cited: Cited) -> str:
    """The entry of a list of references after GB/T 7714—2025.

    米粉里的大产业[N/OL]. 广西日报，2025-11-19[2026-01-02]. https://paper.example/a.
    巧手出山[EB/OL]. 新华网（2025-11-19）[2026-01-02]. https://portal.example/b.
    """
    day, accessed = cited.day, f"[{cited.accessed.isoformat()}]. {cited.address}."
    if cited.in_newspaper:
        return f"{cited.headline}[N/OL]. {'，'.join(part for part in (cited.house, day) if part)}{accessed}"
    mark = "EB/OL" if cited.printed else "DB/OL"
    return f"{cited.headline}[{mark}]. {cited.house}{f'（{day}）' if day else ''}{accessed}"


def bibtex(cited: Cited) -> str:
    """An entry for BibTeX and BibLaTeX; characters that mean something to either or to TeX are escaped."""
    kind, house = ("article", "journal") if cited.in_newspaper else ("misc", "howpublished")
    found_at = _found_at(cited)
    fields = {
        "title": f"{{{_tex(cited.headline)}}}",
        house: _tex(cited.house),
        "date": cited.day,
        "year": cited.day[:4],
        "url": cited.address,
        "urldate": cited.accessed.isoformat(),
        "note": rf"{SITE}, \url{{{found_at}}}" if found_at else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{cited.key},", *lines, "}"])


def ris(cited: Cited) -> str:
    """An entry for EndNote, Zotero and NoteExpress: a tag a line, the first its kind, the last its end."""
    house = "T2" if cited.in_newspaper else "PB"
    tags = {
        "TY": "NEWS" if cited.in_newspaper else "ELEC" if cited.printed else "DBASE",
        "TI": cited.headline,
        house: cited.house,
        "DA": cited.day.replace("-", "/"),
        "PY": cited.day[:4],
        "UR": cited.address,
        "Y2": cited.accessed.strftime("%Y/%m/%d"),
        "DB": SITE if cited.house != SITE else "",
        "L2": _found_at(cited),
        "LA": "zh",
    }
    return "\n".join([*(f"{tag}  - {value}" for tag, value in tags.items() if value), "ER  - "])


def csl_json(cited: Cited) -> str:
    """A list of one item for citeproc, pandoc and Zotero."""
    house = "container-title" if cited.in_newspaper else "publisher"
    item: dict[str, object] = {
        "id": cited.key,
        "type": "article-newspaper" if cited.in_newspaper else "webpage" if cited.printed else "dataset",
        "title": cited.headline,
        house: cited.house,
        "accessed": _parts(cited.accessed),
        "URL": cited.address,
        "language": "zh-CN",
    }
    if found_at := _found_at(cited):
        item |= {"archive": SITE, "archive_location": found_at}
    if cited.published_on:
        item["issued"] = _parts(cited.published_on)
    return json.dumps([item], ensure_ascii=False, indent=2)


def plain(cited: Cited) -> str:
    """A sentence for the running text."""
    day = _in_chinese(cited.published_on) if cited.published_on else ""
    publisher = _in_one_line(cited.publisher)
    source = "".join(f"，{part}" for part in (publisher, day) if part)
    return f"《{cited.headline}》{source}。见{SITE}，{cited.found_at}，{_in_chinese(cited.accessed)}查阅。"


def _parts(value: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[value.year, value.month, value.day]]}


def _in_one_line(text: str) -> str:
    return _BLANK.sub(" ", text).strip()


def _in_chinese(value: date) -> str:
    """The title is Chinese, so the sentence around it is, on English pages too."""
    return f"{value.year}年{value.month}月{value.day}日"


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda match: _IN_TEX[match.group()], text)


def _address(url: str) -> str:
    """As it may stand between the braces of ``url`` and ``\\url``."""
    return quote(url, safe=_IN_ADDRESSES)
