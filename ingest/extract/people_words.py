"""The words by which people are told: who works, who lives somewhere, whom something reaches. They stand in
lexicon/metrics.toml."""

import re
from functools import cache

from ingest.extract.cues import either, listed
from ingest.lexicon import words

# 8万瓦刀匠, 6万粉面师: people of a trade.
_TRADED = "[一-鿿]{1,3}(?:匠人?|师傅|师(?![资生范])|嫂|绣娘|工)(?![程作业艺资厂会地])"


@cache
def people_noun() -> re.Pattern[str]:
    return re.compile(
        f"[^、年月日号]{{0,8}}?{listed('people', 'nouns').pattern}|[^，。、个的]{{2,3}}人(?![次均民口])|{_TRADED}"
    )


@cache
def reached() -> re.Pattern[str]:
    """覆盖240万人口: whom it reaches, not who works."""
    return re.compile("(?:覆盖|惠及|辐射|服务)[^，。；]{0,6}$")


@cache
def reach() -> re.Pattern[str]:
    """What makes places a reach: 足迹到了30多个城市."""
    return either(words("metrics", "thing", "reach", "words"))


@cache
def served() -> re.Pattern[str]:
    """What says that families are served, and not that they work."""
    return either(words("metrics", "thing", "reach", "served"))


@cache
def residents() -> re.Pattern[str]:
    """全县有农村劳动力4.4万人: who lives there, not who works in the trade."""
    return either(words("metrics", "people", "residents", "words"), "[总共约近超有达为资源人数]{0,4}$")


@cache
def counted() -> re.Pattern[str]:
    return either(words("metrics", "people", "nouns", "counted"), "[就已达有到为共约超过近]{0,3}$")
