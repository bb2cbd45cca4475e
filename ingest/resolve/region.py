"""Where a brand is at home: the deepest division that its name, its list, the words before it or its article support.

The rules in their order; each may only make more precise what the one before found, never contradict it, save that the row or
heading of a list outweighs the name (中山好嫂子 in the row of 定州市 is not of 中山). Where provinces contradict each other the answer is
unknown.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.gazetteer import COUNTRY, NameHit, NameKind, gazetteer
from ingest.lexicon import words
from ingest.places import SURE, Places, agree, chosen, deepest, deeper, places_in, province_of
from ingest.records import Article, BrandMention
from ingest.resolve.merge import Group
from ingest.sentences import Sentences

BEFORE = 60
"""How many characters before a name, within its sentence, are read for the place that it belongs to."""


@dataclass(frozen=True, slots=True)
class Setting:
    """An article as the rules for regions read it; `named` are the places of all brands in it, sorted."""

    article: Article
    places: Places
    sentences: Sentences
    named: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, article: Article, named: Sequence[tuple[int, int]]) -> "Setting":
        text = article.text.text
        return cls(article, places_in(text), Sentences.of(text), tuple(sorted(set(named))))

    @property
    def place(self) -> str:
        return "" if self.article.place == COUNTRY else self.article.place


def region_of(group: Group, settings: dict[int, Setting]) -> str:
    """The adcode of a brand's home, empty for unknown."""
    around = _around(group, settings)
    listed = _listed(group, around)
    direct = _direct(group, around)
    name = _of_name(group.name, [c for c in (listed, direct) if c], around)
    if listed:
        return deeper(listed, name) if name and agree(listed, name) else listed
    if name and direct:
        return deeper(name, direct) if agree(name, direct) else name
    if name or direct:
        return _refined(group, settings, name or direct)
    return _by_sentence(group, settings) or (around[0] if around else "")


def _around(group: Group, settings: dict[int, Setting]) -> list[str]:
    """The places of the articles that name the brand, the most frequent first."""
    counts = Counter(settings[m.article].place for m in group.mentions)
    return [code for code, _ in counts.most_common() if code]


def _listed(group: Group, around: Sequence[str]) -> str:
    hints = (m.region_hint for m in group.mentions if m.rule == "list-row" and m.region_hint)
    return next((code for hint in hints if (code := _meant(hint, around))), "")


def _direct(group: Group, around: Sequence[str]) -> str:
    """The place right before the quotes, the deepest of those that agree with the first."""
    code = ""
    for mention in group.mentions:
        if mention.rule == "list-row" or not mention.region_hint:
            continue
        found = _meant(mention.region_hint, [c for c in (code, *around) if c])
        if found and (not code or agree(code, found)):
            code = deeper(code, found)
    return code


def _meant(hint: str, around: Sequence[str]) -> str:
    return deepest(gazetteer().find(hint), around)


def _of_name(name: str, hints: Sequence[str], around: Sequence[str]) -> str:
    """What the name itself says: a place at its start, else one inside it, else the one character of its province."""
    context = [*hints, *around]
    hit = gazetteer().prefix(name)
    inside = [h for h in gazetteer().find(name[1:]) if not h.ambiguous_word and len(name) - 1 > h.end]
    for found in ([hit] if hit and hit.end < len(name) else []) + inside:
        code = _supported(found, context)
        if code and code != COUNTRY:
            return _with_next(name, found, code) if found is hit else code
    return _by_initial(name, context)


def _supported(hit: NameHit, context: Sequence[str]) -> str:
    """A division that the name means. By-names and ordinary words count only where the text is set around there."""
    code = chosen(hit.candidates, context)
    sure = not hit.ambiguous_word and any(c.kind in SURE and c.division.adcode == code for c in hit.candidates)
    if sure or not context:
        return code
    return code if any(agree(code, c) for c in context) else ""


def _with_next(name: str, hit: NameHit, code: str) -> str:
    """钟祥石牌 or 常州高新: a second place inside the first makes it more precise."""
    following = gazetteer().prefix(name[hit.end :])
    if following is None or hit.end + following.end >= len(name) or following.ambiguous_word:
        return code
    inner = chosen(following.candidates, [code])
    sure = any(c.kind in SURE and c.division.adcode == inner for c in following.candidates)
    return inner if sure and inner and gazetteer().contains(code, inner) else code


def _by_initial(name: str, context: Sequence[str]) -> str:
    """川妹子, 赣字号: the province of the first character, where the text speaks of it or the name is an umbrella."""
    codes = [c.division.adcode for c in gazetteer().candidates(name.strip("“‘「")[:1]) if c.kind == NameKind.SHORT]
    if not codes:
        return ""
    if name.endswith(words("shapes", "series")):
        return codes[0]
    return codes[0] if any(agree(codes[0], code) for code in context) else ""


def _refined(group: Group, settings: dict[int, Setting], code: str) -> str:
    """A name that gives only its province by one character is placed by its own sentence: 四川射洪 … “川中锂工”."""
    if code != province_of(code) or group.name.endswith(words("shapes", "series")) or not _is_initial(group.name):
        return code
    found = _by_sentence(group, settings)
    return found if found and gazetteer().contains(code, found) else code


def _is_initial(name: str) -> bool:
    hit = gazetteer().prefix(name)
    kinds = {c.kind for c in hit.candidates} if hit else set()
    by_name = hit is None or not kinds & set(SURE)
    return by_name and name[1:2] != "菜" and any(c.kind == NameKind.SHORT for c in gazetteer().candidates(name[:1]))


def _by_sentence(group: Group, settings: dict[int, Setting]) -> str:
    """The place that the brand's sentence puts before it, within the article's own province."""
    for mention in group.mentions:
        setting = settings[mention.article]
        code = _before(setting, mention)
        if code and (not setting.place or province_of(setting.place) == province_of(code)):
            return deeper(setting.place, code) if agree(setting.place or code, code) else code
    return ""


def _before(setting: Setting, mention: BrandMention) -> str:
    start = _chain_start(setting, mention.start)
    sentence = setting.sentences.at(mention.start, mention.end)
    floor = max(sentence.start, start - BEFORE, _last_brand(setting, start))
    found = setting.places.between(floor, start)
    if not found and _here().search(setting.article.text.text, floor, start):
        number = setting.sentences.index(sentence.start)
        before = setting.sentences.get(number - 1)
        found = setting.places.between(max(before.start, _last_brand(setting, sentence.start)), before.end)
    if not found:
        return ""
    run = setting.places.run_ending(found[-1].end)
    return deepest(run or found[-1:], [setting.place] if setting.place else [])


@cache
def _here() -> re.Pattern[str]:
    return re.compile("当地|这里|该市|该县|该区|县里|市里|区里|镇上|县上|全县|全市")


def _chain_start(setting: Setting, at: int) -> int:
    """The start of the list of names that the one at `at` stands in."""
    text = setting.article.text.text
    number = bisect_left(setting.named, (at, 0))
    while (
        number > 0
        and at - setting.named[number - 1][1] <= 4
        and not text[setting.named[number - 1][1] : at].strip('“”‘’「」『』、和与及"')
    ):
        number -= 1
        at = setting.named[number][0]
    return at


def _last_brand(setting: Setting, at: int) -> int:
    """Where the last brand before `at` ends: a place before it belongs to that one."""
    number = bisect_left(setting.named, (at, 0)) - 1
    return setting.named[number][1] if number >= 0 else 0
