"""What the brands beside a brand tell of its home: those of its list, and those that share the beginning of its name."""

from collections.abc import Mapping

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
        others = [name for start, end in setting.named_in(chain.start, chain.end) if (name := setting.text[start:end]) != group.name]
        if any(_is_of(name, setting.place) for name in others):
            return setting.place
    return ""


def scattered(group: BrandGroup, settings: Mapping[int, Setting], home: str) -> bool:
    """Whether the names of a list begin as places of several provinces do, none of which is that of `home` or spoken of:
    in a list of one county they are towns."""
    for mention in group.mentions:
        setting = settings[mention.article]
        chain = setting.chain(mention.start, mention.end)
        named = {_province_of_name(setting.text[start:end]) for start, end in setting.named_in(chain.start, chain.end)}
        named -= {""}
        if len(named) > 1 and province_of(home) not in named and not any(setting.provinces[p] for p in named):
            return True
    return False


def of_its_family(name: str, regions: Mapping[str, str]) -> str:
    """The one region of the brands whose names begin as this one does with something that is no place: that of 太行劳务
    for 太行月嫂."""
    head = name[:FAMILY]
    if len(name) <= FAMILY or gazetteer().prefix(name):
        return ""
    found = {region for other, region in regions.items() if region and other != name and other.startswith(head)}
    return found.pop() if len(found) == 1 else ""


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

