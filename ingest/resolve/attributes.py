"""What the text says of a brand besides its name: when it was recognised, who runs it, which series it belongs to."""

import re
from collections.abc import Sequence
from functools import cache

from ingest.gazetteer import COUNTRY
from ingest.levels import recognition
from ingest.place_mentions import chosen
from ingest.resolve.evidence import Stated
from ingest.resolve.merge import BrandGroup
from ingest.resolve.setting import Setting
from ingest.text import Span


@cache
def _year() -> re.Pattern[str]:
    return re.compile(
        r"((?:19|20)[0-9]{2})年[^，。；\n]{0,20}?(?:认定|评为|评选|获评|入选|公布|列为|命名|授予|被评|成为|确定)"
    )


@cache
def _batch() -> re.Pattern[str]:
    return re.compile(r"(首批|第[一二三四五六七八九十0-9]{1,3}批)(?=[^，。；\n]{0,24}(?:品牌))")


def recognised(group: BrandGroup, settings: dict[int, Setting]) -> tuple[int | None, str, Stated | None]:
    """The year and the batch of the recognition, where the sentence of a mention says so, and where it does."""
    for mention in group.mentions:
        setting = settings[mention.article]
        sentence = setting.sentences.at(mention.start, mention.end)
        if not recognition().search(setting.text, sentence.start, sentence.end):
            continue
        year = _year().search(setting.text, sentence.start, sentence.end)
        batch = _batch().search(setting.text, sentence.start, sentence.end)
        if said := year or batch:
            stated = Stated(mention, Span(*said.span()))
            return int(year[1]) if year else None, batch[1] if batch else "", stated
    return None, "", None


_BODIES = "(?:协会|有限公司|集团|有限责任公司|中心|合作社|妇联|人社局|学校|学院)"
_RUN_IT = "(?:一手|负责打造|负责运营|牵头|持有|注册|创建|打造|培育|操持|申报|建设|运营|擦亮|扶起来)"


@cache
def _body_runs_it() -> re.Pattern[str]:
    return re.compile(_BODIES + _RUN_IT)


@cache
def _runs_it() -> re.Pattern[str]:
    return re.compile(f"((?:[一-鿿（）]{{1,24}}?){_BODIES}){_RUN_IT}")


def organisation(group: BrandGroup, settings: dict[int, Setting]) -> tuple[str, Stated | None]:
    """Who holds or runs the brand: 由省妇联一手擦亮 beside the name; empty where the sentence names several brands."""
    for mention in group.mentions:
        setting = settings[mention.article]
        sentence = setting.sentences.at(mention.start, mention.end)
        if len(setting.named_in(sentence.start, sentence.end)) > 1:
            continue
        if not _body_runs_it().search(setting.text, sentence.start, sentence.end):  # the name costs more to look for
            continue
        if match := _runs_it().search(setting.text, sentence.start, sentence.end):
            name = re.sub("^(?:由|是|在|经|被|让|依托|同|和|与|，)+", "", match[1])
            return name, Stated(mention, Span(match.end(1) - len(name), match.end(1)))
    return "", None


@cache
def _member_of() -> re.Pattern[str]:
    return re.compile(
        r"[“「]([一-鿿]{1,3}字号)[”」](?:特色|优秀|省级)?(?:劳务)?品牌|[“「]([一-鿿]{2,4}系列)[”」](?:特色)?(?:劳务)?品牌"
    )


def series_of(group: BrandGroup, settings: dict[int, Setting], umbrellas: Sequence[str]) -> str:
    """The umbrella that the sentence of the brand puts it under: “鲁班用工”等一批“鲁字号”劳务品牌."""
    if not umbrellas or group.name in umbrellas:
        return ""
    for mention in group.mentions:
        setting = settings[mention.article]
        sentence = setting.sentences.at(mention.start, mention.end).of(setting.article.text.text)
        match = _member_of().search(sentence)
        if match and (match[1] or match[2]) in umbrellas:
            return match[1] or match[2]
    return ""


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
