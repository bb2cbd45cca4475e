"""Where a brand is at home: the deepest division that its name, its list, the words before it or its article support.

The rules in their order; each may only make more precise what the one before found, never contradict it, save that the
row or heading of a list outweighs the name (中山好嫂子 in the row of 定州市 is not of 中山). Where provinces contradict
each other the answer is unknown.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import cache, partial

from brands.vocabulary.choices import RegionLevel
from ingest.gazetteer import COUNTRY, NameHit, NameKind, gazetteer
from ingest.lexicon import words
from ingest.name_shapes import shape_of
from ingest.place_mentions import agree, alone, at_home, chosen, deeper, deepest, province_of
from ingest.place_reading import SURE, read_places
from ingest.records import BrandMention
from ingest.resolve.kin import is_of_a_town, of_its_list, scattered
from ingest.resolve.merge import BrandGroup
from ingest.resolve.setting import Setting

# So many first mentions of a name are read for the place of their sentence; later ones tell where its people went.
FIRST = 2
# How many characters before a name, within its sentence, are read for the place that it belongs to.
BEFORE = 90


# So many paragraphs that name a brand are read for the provinces that they speak of.
PARAGRAPHS = 8
# An article that names places of so many provinces tells of brands from everywhere.
EVERYWHERE = 4
# So much of the paragraph before a name is read for the place that it is about.
PARAGRAPH = 400


def region_of(group: BrandGroup, settings: dict[int, Setting]) -> str:
    """The adcode of a brand's home, empty for unknown."""
    around = _around(group, settings)
    listed = _listed(group, around)
    direct = _direct(group, around, settings) or _origin(group, around, settings)
    said, plainly = _by_sentence(group, settings)
    hints = [*(c for c in (listed, direct, said) if c), *around]
    name = _by_town(group, settings) or _of_name(group.name, hints, partial(_beside, group, settings))
    if listed:
        return deeper(listed, name) if name and agree(listed, name) else listed
    if name and direct:
        return deeper(name, direct) if agree(name, direct) else _contested(group.name, name, direct)
    if name and (instead := _instead(name, said if plainly else "", group, settings)) is not None:
        return instead
    if name or direct:
        refined = _refined(group, name or direct, said, settings)
        stated = _by_statement(group, settings)
        return stated if stated and gazetteer().contains(refined, stated) else refined
    if found := _by_statement(group, settings):
        return found
    setting = next((s for m in group.mentions if (s := settings[m.article]).place), None)
    if setting is None:
        return said or _by_paragraph(group, settings)
    own = province_of(setting.place)
    if said and province_of(said) != own and (plainly or not setting.provinces[own]):
        return said  # the sentence says so, or only the paper and the dateline speak of the article's place
    if not _fits(setting, said):
        return ""
    within, paragraph = _within(setting, said), _by_paragraph(group, settings)
    if within and paragraph and within == province_of(within) and gazetteer().contains(within, paragraph):
        return paragraph
    return within or paragraph or setting.place


def _instead(name: str, said: str, group: BrandGroup, settings: dict[int, Setting]) -> str | None:
    """The home where the division that a name begins with is none: that which a clause plainly says, for a list of its
    towns; that of the list; empty for unknown. None where it may be the home."""
    if said and scattered(group, settings, said):
        return said
    if _doubtful(name, group, settings):
        return of_its_list(group, settings)
    return "" if is_of_a_town(group, settings) else None


def _fits(setting: Setting, said: str) -> bool:
    """Whether the place of the sentence does not contradict the article's. One of a province that the article names but
    once (王建宁 is a person, not 建宁县) does not count."""
    province = province_of(said)
    return not said or province == province_of(setting.place) or setting.provinces[province] < 2


def _within(setting: Setting, said: str) -> str:
    """The place that the sentence says, if it is of the article's province; the deeper of the two when they agree."""
    if not said or province_of(said) != province_of(setting.place):
        return ""
    return deeper(setting.place, said) if agree(setting.place, said) else said


def _contested(name: str, of_name: str, direct: str) -> str:
    """乌兰察布的“乌兰美” is not of 乌兰县: only a place with a whole trade stands against the place before it."""
    return of_name if len(shape_of(name).trade) > 1 else direct


def _doubtful(code: str, group: BrandGroup, settings: dict[int, Setting]) -> bool:
    """A county of another province than the article's, which does not otherwise speak of that province: as likely as
    not the characters mean something else."""
    if gazetteer().by_code(code).level is not RegionLevel.COUNTY:
        return False
    homes = [s for m in group.mentions if (s := settings[m.article]).place]
    province, own = province_of(code), gazetteer().prefix(group.name)
    return bool(homes) and all(
        province_of(s.place) != province and not _speaks_of(s, province, own) and not _of_everywhere(s, own)
        for s in homes
    )


def _of_everywhere(setting: Setting, own: NameHit | None) -> bool:
    """Whether an article is about brands of many provinces, as that of a meeting of the whole country (…, 大足雕客)."""
    hits = at_home(setting.text, setting.places.hits, _AWAY, listed="、和与及")
    provinces = {province_of(alone(hit.candidates)) for hit in hits if own is None or hit.name != own.name}
    return len(provinces - {""}) >= EVERYWHERE


def _speaks_of(setting: Setting, province: str, own: NameHit | None) -> bool:
    """Whether an article names a place of a province, other than by the word at the start of a brand's name (石龙技工
    and 石龙技工学校 of 重庆 speak of no 石龙区 elsewhere)."""
    if not setting.provinces[province] or own is None:
        return bool(setting.provinces[province])
    return any(hit.name != own.name and province_of(alone(hit.candidates)) == province for hit in setting.places.hits)


def _around(group: BrandGroup, settings: dict[int, Setting]) -> list[str]:
    """The places of the articles that name the brand, the most frequent first; for want of one the publisher's."""
    places = [settings[m.article].place for m in group.mentions]
    found = [code for code, _ in Counter(places).most_common() if code] if len(places) > 1 else [p for p in places if p]
    papers = (s.publisher for m in group.mentions if not (s := settings[m.article]).is_national)
    return found or [code for code in papers if code][:1]


def _beside(group: BrandGroup, settings: dict[int, Setting]) -> frozenset[str]:
    """The provinces of the places that the paragraphs of a brand name, without the one at the start of its name."""
    own = gazetteer().prefix(group.name)
    found = set()
    for mention in group.mentions[:PARAGRAPHS]:
        setting = settings[mention.article]
        first, last = max(mention.start - PARAGRAPH, 0), mention.end + PARAGRAPH
        start, end = setting.text.rfind("\n", first, mention.start), setting.text.find("\n", mention.end, last)
        hits = setting.places.between(max(start, first), end if end > 0 else last)
        found |= {province_of(alone(h.candidates)) for h in hits if own is None or h.name != own.name}
    return frozenset(found - {""})


def _listed(group: BrandGroup, around: Sequence[str]) -> str:
    hints = (m.region_hint for m in group.mentions if m.rule == "list-row" and m.region_hint)
    return next((code for hint in hints if (code := _meant(hint, around))), "")


def _direct(group: BrandGroup, around: Sequence[str], settings: dict[int, Setting]) -> str:
    """The place in brackets right behind the name, else the one right before the quotes, the deepest of those that
    agree with the first."""
    code = next((place for m in group.mentions if (place := _in_brackets(m, settings[m.article], around))), "")
    for mention in group.mentions:
        if mention.rule == "list-row" or not mention.region_hint:
            continue
        found = _meant(mention.region_hint, [c for c in (code, *around) if c])
        if found and (not code or agree(code, found)):
            code = deeper(code, found)
    return code


def _origin(group: BrandGroup, around: Sequence[str], settings: dict[int, Setting]) -> str:
    """专车从陕西接来“…”: the place whence a clause says that the people of a brand, or of a list of brands, came."""
    for mention in group.mentions:
        setting = settings[mention.article]
        start = setting.chain(mention.start, mention.end).start
        came = _COME.search(setting.text, max(start - COME, 0), start)
        run = setting.places.run_ending(came.start()) if came else ()
        if run and setting.text[run[0].start - 1 : run[0].start] in ("从", "自", "由"):
            return deepest(run, around)
    return ""


# The words for how they came are so long at most.
COME = 6
_COME = re.compile('(?:[接请招送引赶过走]|输送|赶过)来(?:[了的]|一批)?[“‘「『"]?$')


def _in_brackets(mention: BrandMention, setting: Setting, around: Sequence[str]) -> str:
    """“礼贤妹”（甘肃礼县）."""
    match = _brackets().match(setting.text, mention.end)
    run = setting.places.run_ending(match.end(1)) if match else ()
    return deepest(run, around) if match and run and run[0].start == match.start(1) else ""


@cache
def _brackets() -> re.Pattern[str]:
    return re.compile('[”’」』"]?（([^（）\n]{2,12})）')


def _meant(hint: str, around: Sequence[str]) -> str:
    return deepest(read_places(hint), around)


def _of_name(name: str, context: Sequence[str], beside: Callable[[], Collection[str]]) -> str:
    """What the name itself says: a place at its start, else one inside it, else the one character of its province.
    `beside` tells the provinces that its paragraphs speak of."""
    hit = gazetteer().prefix(name)
    inside = [h for h in gazetteer().find(name[1:]) if not h.ambiguous_word and len(name) - 1 > h.end]
    for found in ([hit] if hit and hit.end < len(name) else []) + inside:
        code = _supported(found, context) or _only_of(found, beside())
        if found is not hit and not any(agree(code, c) for c in context):
            continue  # 颐而|康保|健按摩师
        if code and code != COUNTRY:
            return _with_next(name, found, code) if found is hit else code
    return _by_initial(name, context)


def _by_town(group: BrandGroup, settings: dict[int, Setting]) -> str:
    """文港毛笔制作人, where the article says 进贤县文港镇: the division that the town is said to lie in."""
    for mention in group.mentions:
        towns = settings[mention.article].towns
        for size in (3, 2):
            if size < len(group.name) and (code := towns.get(group.name[:size], "")):
                return code
    return ""


@cache
def _is_of() -> re.Pattern[str]:
    return re.compile(r"[”’」』\"]?(?:就?是|成了|成为|作为|系|被|由|已是|来自)")


def _by_statement(group: BrandGroup, settings: dict[int, Setting]) -> str:
    """“…”是礼县注册过商标的劳务品牌, “…”成了吕梁市认定的…: the place right after such a word."""
    for mention in group.mentions:
        setting = settings[mention.article]
        match = _is_of().match(setting.text, mention.end)
        found = setting.places.between(match.end(), match.end() + 1) if match else ()
        if found and (code := deepest(found, [setting.place] if setting.place else [])):
            return code
    return ""


def _by_paragraph(group: BrandGroup, settings: dict[int, Setting]) -> str:
    """The one place that the paragraph names before the brand, destinations aside; empty where it names several.

    Where the article is set in a province, only that one's places are read.
    """
    for mention in group.mentions:
        setting = settings[mention.article]
        start = max(mention.start - PARAGRAPH, 0)
        list_start = setting.chain(mention.start, mention.end).start
        floor = max(start, setting.text.rfind("\n", start, mention.start), setting.last_brand(list_start))
        if code := _only_place(setting, _homes(setting, setting.places.between(floor, list_start))):
            return code
    return ""


def _only_place(setting: Setting, hits: Sequence[NameHit]) -> str:
    """The deepest of places that all hold each other, of the article's province if it has one; else empty."""
    province, code = province_of(setting.place), ""
    for hit in hits:
        found = chosen(hit.candidates, [c for c in (code, setting.place) if c])
        if not found or (province and province_of(found) != province):
            continue
        if code and not agree(code, found):
            return ""
        code = deeper(code, found)
    return code


def _supported(hit: NameHit, context: Sequence[str]) -> str:
    """A division that the name means. By-names and ordinary words count only where the text is set around there."""
    code = chosen(hit.candidates, context)
    sure = not hit.ambiguous_word and any(c.kind in SURE and c.division.adcode == code for c in hit.candidates)
    if sure or not context:
        return code
    return code if any(agree(code, c) for c in context) else ""


def _only_of(hit: NameHit, provinces: Collection[str]) -> str:
    """What a name means in the one of the provinces that has such a place: 吕梁山 in a paragraph of a Beijing paper
    that speaks of 山西."""
    found = {province_of(c.division.adcode) for c in hit.candidates}.intersection(provinces)
    return chosen(hit.candidates, list(found)) if len(found) == 1 else ""


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


def _refined(group: BrandGroup, code: str, said: str, settings: dict[int, Setting]) -> str:
    """A name that gives only its province by one character is placed by its own sentence (四川射洪 … “川中锂工”), one
    that gives a part of it by its article (“鲁西嫁接工” in one on 莘县)."""
    if code != province_of(code) or group.name.endswith(words("shapes", "series")):
        return code
    found = ""
    if _is_part(group.name):
        found = next((place for m in group.mentions if (place := _one_place(settings[m.article]))), "")
    elif _is_initial(group.name):
        found = said
    return found if found and gazetteer().contains(code, found) else code


def _one_place(setting: Setting) -> str:
    """The one place that an article is about, be it named once."""
    return deeper(setting.place, _only_place(setting, _homes(setting, setting.places.hits)))


def _is_part(name: str) -> bool:
    """Whether a name begins with a place that is no division: 鲁西, 陕北."""
    hit = gazetteer().prefix(name)
    return hit is not None and all(c.kind == NameKind.PLACE for c in hit.candidates)


def _is_initial(name: str) -> bool:
    hit = gazetteer().prefix(name)
    kinds = {c.kind for c in hit.candidates} if hit else set()
    by_name = hit is None or not kinds & set(SURE)
    return by_name and name[1:2] != "菜" and any(c.kind == NameKind.SHORT for c in gazetteer().candidates(name[:1]))


def _by_sentence(group: BrandGroup, settings: dict[int, Setting]) -> tuple[str, bool]:
    """The place that the brand's sentence puts before it, of several sentences the deepest that the first one holds;
    and whether a clause is plainly about it: 河南省平舆县打造“…”, 武汉打造“…”."""
    code, plainly = "", False
    for mention in group.mentions[:FIRST]:
        setting = settings[mention.article]
        start = setting.chain(mention.start, mention.end).start
        run = _touching(setting, start) or _before(setting, mention, start)
        found = deepest(run, [place for place in (setting.place, setting.publisher) if place])
        if found and (not code or gazetteer().contains(code, found)):
            code, plainly = found, plainly or _is_plain(setting.text, run, start)
    return code, plainly


def _is_plain(text: str, run: Sequence[NameHit], start: int) -> bool:
    """Whether the places stand in the clause of what begins at `start`, and by a full name or where the clause begins
    (not 王建宁打造“…”)."""
    if _clause_end().search(text, run[-1].end, start):
        return False
    full = any(c.kind is NameKind.FULL for hit in run for c in hit.candidates)
    return full or run[0].start == 0 or bool(_clause_end().match(text, run[0].start - 1))


@cache
def _clause_end() -> re.Pattern[str]:
    return re.compile("[，。；：！？\\n]")


def _touching(setting: Setting, start: int) -> tuple[NameHit, ...]:
    """The places right before the list that the name stands in: 甘肃的“…”和“白娃娃”."""
    text = setting.text
    while text[start - 1 : start] in ("“", "‘", "「", "『", '"', "的"):
        start -= 1
    return setting.places.run_ending(start)


def _before(setting: Setting, mention: BrandMention, start: int) -> Sequence[NameHit]:
    """The last places of the sentence before the list, or of the one before where that says 当地."""
    sentence = setting.sentences.at(mention.start, mention.end)
    floor = max(sentence.start, start - BEFORE, setting.last_brand(start))
    found = _homes(setting, _open_to(setting.text, start, setting.places.between(floor, start)))
    if found and _some_of_them().fullmatch(setting.text, found[-1].end, start):
        return ()
    if not found and _here().search(setting.text, floor, start):
        number = setting.sentences.index(sentence.start)
        before = setting.sentences.get(number - 1)
        floor = max(before.start, setting.last_brand(sentence.start))
        found = _homes(setting, setting.places.between(floor, before.end))
    return (setting.places.run_ending(found[-1].end) or found[-1:]) if found else ()


def _open_to(text: str, start: int, hits: Sequence[NameHit]) -> Sequence[NameHit]:
    """Without the places of parts of the sentence that a semicolon closed: 阵仗更大：辽源的织袜工…；|松花石雕刻工…."""
    closed = text.rfind("；", hits[0].start, start) if hits else -1
    opened = text.rfind("：", hits[0].start, closed) if closed >= 0 else -1
    return [hit for hit in hits if hit.start > closed or hit.start < opened]


@cache
def _some_of_them() -> re.Pattern[str]:
    """兰州永登县|的270名|“陇原妹”: so few are those of one class, and where they are from is no brand's home."""
    return re.compile("的[0-9]{1,3}[余多]?[名位个人][“‘「『]?")


def _homes(setting: Setting, hits: Sequence[NameHit]) -> list[NameHit]:
    """The places that are no destinations: not 在北京, 到天津, nor what follows them in a list."""
    kept: list[NameHit] = []
    at = [hit for hit in hits if _is_set_in(setting.text, hit)]
    for hit in sorted({*at, *at_home(setting.text, hits, _AWAY, listed="、和与及")}, key=lambda hit: hit.start):
        if not hit.ambiguous_word or (kept and kept[-1].end == hit.start):
            kept.append(hit)
    return kept


def _is_set_in(text: str, hit: NameHit) -> bool:
    """在湖南，…: what a sentence begins with is where the rest of it is set."""
    start = hit.start - 1
    return text[start : start + 1] == "在" and text[hit.end : hit.end + 1] == "，" and text[start - 1 : start] in _OPENS


_OPENS = ("", "\n", "。", "！", "？", "；")


# A place right after one of these is where people went or whom they dealt with.
_AWAY = ("在", "到", "赴", "向", "往", "去", "进", "给", "从", "同", "与", "南下", "北上")


@cache
def _here() -> re.Pattern[str]:
    office = "[市县区](?:里|上|妇联|总工会|人社局|就业局|政府|委)"
    return re.compile(f"当地|这里|该市|该县|该区|镇上|全县|全市|{office}")
