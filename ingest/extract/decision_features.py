"""What speaks for and against a candidate, as numbers: the features of the learned decision.

Nothing here names a brand. Features say which rules fired, what the tagger thinks, what the name looks like, what
stands beside it, and what list it is in: the list's items are looked at together.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from math import log, log1p

from ingest.extract.name_candidates import Candidates, NameCandidate, NameList
from ingest.extract.name_lists import Frame
from ingest.extract.name_surroundings import Features, other_kinds, surroundings
from ingest.extract.names_framed import FRAMED
from ingest.frozen import frozen

# What counts anew where no rule took a name, since there it is all that there is.
UNRULED = (
    "page",
    "tagged logit",
    "not tagged",
    "tagger margin",
    "quote weight",
    "quote vetoed",
    "full",
    "trade",
    "place",
    "said",
    "in title",
    "list of names",
    "list tagged",
    "list ruled",
    "list counts brands",
    "list then brands",
    "list are brands",
    "list after brands",
    "list led in",
    "list near brands",
    "list whole",
    "list long and whole",
    "near subject",
    "near brand",
    "then brand",
    "then subject",
)

# What says in so many words that a name is that of a labour brand.
SAID = ("then subject", "then is brand", "after subject", "list whole")

# A word for everybody of a trade has so many characters (月嫂, 建筑工); longer ones are names as often (纺织女工).
SHORT_TRADE = 3


def decision_features(candidates: Candidates, score: float) -> dict[str, Features]:
    """The features of each candidate that is worth asking about by its key, in an article with this page score."""
    context = candidates.context
    shared = {
        "page": _logit(score),
        "subjects": log1p(len(context.brand_at)),
        "brands": log1p(len(context.loose_at)),
        "no subject": float(not context.brand_at),
        "other kinds": log1p(other_kinds(context.text)),
    }
    lists, parts = _sums(candidates), _parts_of_names(candidates)
    found = {}
    for key, candidate in candidates.by_key.items():
        if not candidate.worth_asking:
            continue
        features = {
            **shared,
            **_proposed(candidate),
            **_looks(candidate),
            "said": log1p(len(candidate.spans)),
            **surroundings(context, candidate.spans),
            **_listed(candidate, lists),
        }
        if candidate.shape.generic and features["then makes brand"]:
            continue  # 鸡西“月嫂”有了劳务品牌: those who have one are none
        features["only in title"] = float(all(start < context.body_start for start, _ in candidate.spans))
        features["begins a name"] = float(key in parts)
        features["goods"] = float(_is_goods(candidate) and not any(features.get(said) for said in SAID))
        if not candidate.mentions:
            features |= {f"unruled {name}": features[name] for name in UNRULED if name in features}
        found[key] = features
    return found


def _is_goods(candidate: NameCandidate) -> bool:
    """Whether a name is that of a place and of no people: 随州|香菇."""
    shape = candidate.shape
    return bool(shape.place) and not shape.trade and not shape.series


def _parts_of_names(candidates: Candidates) -> set[str]:
    """The beginnings of the names that rules took: 东安鸡 of 东安鸡金牌厨师."""
    ruled = (key for key, candidate in candidates.by_key.items() if candidate.mentions)
    return {key[:size] for key in ruled for size in range(2, len(key))}


def _proposed(candidate: NameCandidate) -> Features:
    """By whom it was proposed."""
    found: Features = {f"rule {_family(mention.rule)}": 1.0 for mention in candidate.mentions}
    if candidate.mentions:
        found["rules"] = log1p(len(candidate.mentions))
        found["rule confidence"] = max(mention.confidence for mention in candidate.mentions)
    if candidate.weighed:
        found["quoted"] = 1.0
        found["quote weight"] = max(max(min(w.weight, 6.5), -1.0) for w in candidate.weighed)
        found["quote vetoed"] = float(all(w.vetoed for w in candidate.weighed))
        found["quote placed"] = float(any(w.quoted.place for w in candidate.weighed))
        found["all quoted"] = len(candidate.weighed) / max(len(candidate.spans), len(candidate.weighed))
    if candidate.tagged:
        missed = 1.0
        for tagged in candidate.tagged:
            missed *= 1 - tagged
        found["tagged"] = max(candidate.tagged)
        found["tagged mean"] = sum(candidate.tagged) / len(candidate.tagged)
        found["tagged any"] = 1 - missed
        found["tagged logit"] = log((max(candidate.tagged) + 0.01) / (1.01 - max(candidate.tagged)))
        found["tagger margin"] = candidate.margin
        found["tagged often"] = log1p(len(candidate.tagged))
    else:
        found["not tagged"] = 1.0
    return found


def _family(rule: str) -> str:
    """The kind of place that a rule looks at: its own rules are too many to be learned from some hundred names."""
    if rule.startswith(("list", "card", "headed", "section")):
        return "listed"
    if rule in FRAMED:
        return "framed"
    if rule == "short-form" or "quoted" not in rule:
        return "short" if rule == "short-form" else "bare"
    return "told" if "brand" in rule else "quoted"


def _looks(candidate: NameCandidate) -> Features:
    name, shape = candidate.name, candidate.shape
    return {
        f"length {min(len(name), 9)}": 1.0,
        "place": float(bool(shape.place)),
        "trade": float(min(len(shape.trade), 3)),
        "full": float(shape.full),
        "full and long trade": float(shape.full and len(shape.trade) > 1),
        "generic": float(shape.generic),
        "never": float(shape.never),
        "series": float(shape.series),
        "of": float("的" in name),
        "verb inside": float(_VERB_INSIDE.search(name, 1, len(name) - 1) is not None),
        "honour": float(_honours().search(name) is not None),
        "foreign end": float(_foreign_end().search(name) is not None),
        "numerals": float(sum(character in _NUMERALS for character in name) > 1 or name[0] in _NUMERALS),
        "no Han": float(_NO_HAN.search(name) is not None),
        "begins oddly": float(name[0] in _ODD_BEGINS),
        "bare trade": float(shape.generic and len(name) <= SHORT_TRADE),
        "generic and unplaced": float(shape.generic and not any(w.quoted.place for w in candidate.weighed)),
        "short and placed": float(len(name) < 3 and any(w.quoted.place for w in candidate.weighed)),
        "place whole": float(shape.place in ("省", "市") or shape.place.endswith(("省", "市", "县", "区"))),
    }


_VERB_INSIDE = re.compile("[做当学干去办带靠把让给搞]")
_ODD_BEGINS = frozenset("的了在是有和与及到从个将把让向等为这那各每其该以被由")
_NUMERALS = frozenset("一二三四五六七八九十百千万双两")
# What no name has as a rule; a point between two names (河洛福嫂·洛阳家政) and brackets are no part of them.
_NO_HAN = re.compile("[^\u3400-\u9fff\U00020000-\U0003ffff·（）]")


@cache
def _honours() -> re.Pattern[str]:
    return re.compile("能手|标兵|先进|优秀|模范|大师|冠军|状元|最美|名匠|称号|奖|名师|带头人|劳模")


@cache
def _foreign_end() -> re.Pattern[str]:
    return re.compile(
        "(?:公司|集团|中心|基地|协会|工程|行动|计划|项目|大赛|节|品牌|产业|学校|学院|合作社|车间|驿站|市场|平台|服务|文化|技艺|产品|店|馆|厂|村|镇|乡|局|厅|委|政府|银行|之家|宴席)$"
    )


@frozen()
class ListSums:
    """What the items of a list are together: how many have which look, the shortest and the longest, both ends."""

    size: int
    good: int
    trades: int
    never: int
    ruled: int
    tagged: float
    shortest: int
    longest: int
    ends: tuple[str, str]

    @classmethod
    def of(cls, items: Sequence[NameCandidate]) -> "ListSums":
        lengths = [len(item.name) for item in items]
        return cls(
            size=len(items),
            good=sum(_is_good(item) for item in items),
            trades=sum(len(item.shape.trade) > 1 for item in items),
            never=sum(item.shape.never for item in items),
            ruled=sum(bool(item.mentions) for item in items),
            tagged=sum(_tagged(item) for item in items),
            shortest=min(lengths),
            longest=max(lengths),
            ends=(items[0].name, items[-1].name),
        )


def _is_good(candidate: NameCandidate) -> bool:
    return candidate.shape.full or _tagged(candidate) > 0.5


def _tagged(candidate: NameCandidate) -> float:
    return max(candidate.tagged, default=0.0)


def _sums(candidates: Candidates) -> dict[NameList, ListSums]:
    """The sums of each list that has at least two candidates."""
    found = {}
    for one in {one for candidate in candidates.by_key.values() for one in candidate.lists}:
        items = [candidates.by_key[key] for key in one.keys if key in candidates.by_key]
        if len(items) > 1:
            found[one] = ListSums.of(items)
    return found


def _listed(candidate: NameCandidate, lists: Mapping[NameList, ListSums]) -> Features:
    """The list that it stands in: the longest one of those that are said to hold brands, else the longest."""
    found = (one for one in candidate.lists if one in lists)
    told = max(found, key=lambda one: (one.frame.says_brands, len(one.keys)), default=None)
    if told is None:
        return {"no list": 1.0}
    sums = lists[told]
    others = sums.size - 1
    return {
        "list size": min(log(sums.size), 3.0),
        "list of names": sums.good / sums.size,
        "list trades": sums.trades / sums.size,
        "list never": sums.never / sums.size,
        "list ruled": (sums.ruled - bool(candidate.mentions)) / others,
        "list tagged": (sums.tagged - _tagged(candidate)) / others,
        **_framed(told.frame, sums),
        "list spread": min(sums.longest - sums.shortest, 8) / 8,
        "list first": float(sums.ends[0] == candidate.name),
        "list last": float(sums.ends[1] == candidate.name),
    }


def _framed(frame: Frame, sums: ListSums) -> Features:
    """What the frame says; of a list that is parallel and has nothing in it that is never a name, it says it of all."""
    whole = frame.says_brands and frame.parallel and not sums.never
    return {
        "list counts": float(frame.counts),
        "list counts brands": float(frame.counts and (frame.says_brands or frame.near_brands)),
        "list then brands": float(frame.then_brands),
        "list are brands": float(frame.are_brands),
        "list after brands": float(frame.after_brands),
        "list led in": float(frame.led_in),
        "list near brands": float(frame.near_brands),
        "list then other": float(frame.then_other),
        "list of trades": float(frame.of_trades),
        "list laid out": float(frame.laid_out),
        "list parallel": float(frame.parallel),
        "list whole": float(whole and sums.size > 1),
        "list long and whole": float(whole and sums.size > 2),
    }


def _logit(probability: float) -> float:
    return log(max(probability, 0.001) / max(1 - probability, 0.001))
