"""Which series a brand belongs to, and where the text states its place."""

import re
from collections.abc import Sequence
from functools import cache

from ingest.gazetteer import COUNTRY
from ingest.place_mentions import chosen
from ingest.resolve.evidence import Stated
from ingest.resolve.merge import BrandGroup
from ingest.resolve.setting import Setting
from ingest.text import Span


@cache
def _member_of() -> re.Pattern[str]:
    return re.compile(
        r"[“「]([一-鿿]{1,3}字号)[”」](?:特色|优秀|省级)?(?:劳务)?品牌|[“「]([一-鿿]{2,4}系列)[”」](?:特色)?(?:劳务)?品牌"
    )


def series_of(group: BrandGroup, settings: dict[int, Setting], umbrellas: Sequence[str]) -> str:
    """The umbrella that the sentence of the brand puts it under (“鲁班用工”等一批“鲁字号”劳务品牌), or that is called
    after what its name begins with: 八桂米粉师傅 is one of the 八桂系列."""
    if not umbrellas or group.name in umbrellas:
        return ""
    for mention in group.mentions:
        setting = settings[mention.article]
        sentence = setting.sentences.at(mention.start, mention.end).of(setting.article.text.text)
        match = _member_of().search(sentence)
        if match and (match[1] or match[2]) in umbrellas:
            return match[1] or match[2]
    called = (
        name for name in umbrellas if name.endswith(_SERIES) and group.name.startswith(name.removesuffix(_SERIES))
    )
    return next(called, "")


_SERIES = "系列"


def region_stated(group: BrandGroup, settings: dict[int, Setting], region: str) -> Stated | None:
    """Where the sentence or row of a mention names the region, outside the names of brands; None where it does not."""
    for mention in group.mentions if region else ():
        setting = settings[mention.article]
        sentence = setting.sentences.at(mention.start, mention.end)
        around = [setting.place] if setting.place else []
        for hit in setting.places.between(sentence.start, sentence.end):
            if setting.names_brand(hit.start) or region not in {c.division.adcode for c in hit.candidates}:
                continue
            if chosen(hit.candidates, [region, *around]) == region != COUNTRY:
                return Stated(mention, Span(hit.start, hit.end))
    return None
