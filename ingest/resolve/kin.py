"""What stands beside a brand tells of its home: the brands of its list, those that share the beginning of its name, and
the word 镇上."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from ingest.gazetteer import gazetteer
from ingest.place_mentions import chosen, province_of
from ingest.resolve.merge import BrandGroup
from ingest.resolve.setting import Setting

# So many characters at the beginning make a family of names: 太行劳务, 太行月嫂.
FAMILY = 2


def of_its_list(group: BrandGroup, settings: Mapping[int, Setting]) -> str:
    """The place of the article, where the others of a list are named after places in its province; else empty."""
    for mention in group.mentions:
        setting = settings[mention.article]
        chain = setting.chain(mention.start, mention.end)
        others = [
            name
            for start, end in setting.named_in(chain.start, chain.end)
            if (name := setting.text[start:end]) != group.name
        ]
        if any(_is_of(name, setting.place) for name in others):
            return setting.place
    return ""


def scattered(group: BrandGroup, settings: Mapping[int, Setting], home: str) -> bool:
    """Whether the names of a list begin as places of several provinces do, none of which is that of `home` or spoken
    of: in a list of one county they are towns."""
    for mention in group.mentions:
        setting = settings[mention.article]
        chain = setting.chain(mention.start, mention.end)
        named = {_province_of_name(setting.text[start:end]) for start, end in setting.named_in(chain.start, chain.end)}
        named -= {""}
        if len(named) > 1 and province_of(home) not in named and not any(setting.provinces[p] for p in named):
            return True
    return False


def of_their_families(regions: Mapping[str, str]) -> dict[str, str]:
    """For each name without a region the one region of the brands whose names begin as it does with something that is
    no place, else empty: that of 太行劳务 for 太行月嫂."""
    families: defaultdict[str, set[str]] = defaultdict(set)
    for name, region in regions.items():
        if region:
            families[name[:FAMILY]].add(region)
    return {name: _of_its_family(name, families) for name, region in regions.items() if not region}


def _of_its_family(name: str, families: Mapping[str, set[str]]) -> str:
    found = families.get(name[:FAMILY], set())
    if len(found) != 1 or len(name) <= FAMILY or gazetteer().prefix(name):
        return ""
    return next(iter(found))


def is_of_a_town(group: BrandGroup, settings: Mapping[int, Setting]) -> bool:
    """Whether the place in a name is that of a town whose county nobody tells: 镇上 is said, and no division outside
    the name."""
    first = group.mentions[0]
    setting = settings[first.article]
    start = setting.sentences.at(first.start, first.end).start
    if _town_said().search(setting.text, start, first.start) is None:
        return False
    return all(setting.names_brand(hit.start) for hit in setting.places.hits)


@cache
def _town_said() -> re.Pattern[str]:
    return re.compile("镇上|镇里|乡里|村里|村上|[全本我][镇乡村]")


def _province_of_name(name: str) -> str:
    hit = gazetteer().prefix(name)
    return province_of(chosen(hit.candidates, ())) if hit and hit.end < len(name) else ""


def _is_of(name: str, place: str) -> bool:
    """Whether a name begins with a place in the province of `place`, the province itself aside."""
    hit = gazetteer().prefix(name)
    if not place or hit is None or hit.end == len(name) or hit.ambiguous_word:
        return False
    code = chosen(hit.candidates, [place])
    return code != province_of(code) == province_of(place)
