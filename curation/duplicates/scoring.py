"""How likely two records are the same, and why.

The likeness of the names is where it starts; place, trade, year and where papers name the two add to it or take from
it. The numbers below were set by reading what they put first on the retold articles, and stand nowhere else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz.fuzz import ratio

from curation.duplicates.records import Naming, Record, related, sound
from curation.models import RecordKind

# Pairs below are not worth a person's time.
LEAST = 0.5

# Likeness of two names from which one may be the other with something left out: one character of five.
ALIKE = 0.8

# The same where something is written otherwise: one character of eight. In shorter names it is another trade, as in
# 养老护嫂 and 养老护工. What only sounds alike is found by its sound.
VERY_ALIKE = 0.87

# Words that papers add to a name or leave off.
NOISE = frozenset(
    {
        *("品牌", "劳务品牌", "特色品牌", "特色劳务品牌", "区域劳务品牌", "劳务", "特色劳务", "特色", "系列"),
        *("系列品牌", "务工", "人员", "从业人员", "服务", "师傅"),
    }
)

_COUNTED = re.compile("[0-9]+|[〇一二三四五六七八九十百]+(?=[届期批次年月号])")
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")

# A key of `WORDS` and what stands in its place holders.
Reason = tuple[str, Mapping[str, str]]

WORDS: Mapping[str, Promise] = {
    "same_name": _("名称相同"),
    "alias": _("“%(name)s”是另一条的别名"),
    "shared_alias": _("有相同的别名“%(name)s”"),
    "same_core": _("去掉地名后名称相同：“%(name)s”"),
    "same_sound": _("读音相同：%(sound)s"),
    "noise": _("只多“%(rest)s”"),
    "part": _("“%(short)s”包含在“%(long)s”里"),
    "spelling": _("“%(one)s”与“%(other)s”只差一两个字"),
    "same_place": _("所在地相同"),
    "place_inside": _("所在地一个包含另一个"),
    "place_unknown": _("有一条没有所在地"),
    "same_prefecture": _("所在地不同，但在同一地市"),
    "other_place": _("所在地不同"),
    "same_trade": _("行业相同"),
    "other_trade": _("行业不同"),
    "same_kind": _("类别相同"),
    "other_kind": _("类别不同"),
    "same_year": _("同一年"),
    "same_words": _("出自同一处文字"),
    "same_sentence": _("同一句话里分别提到"),
    "same_article": _("同一篇报道提到"),
}


@dataclass(frozen=True, slots=True)
class PairVerdict:
    score: float
    reasons: tuple[Reason, ...]


def in_words(reasons: Any) -> list[str]:
    """Stored reasons in the active language."""
    return [str(WORDS[code]) % values for code, values in reasons if code in WORDS]


def judge(one: Record, other: Record) -> PairVerdict | None:
    """None where the two are hardly the same."""
    likeness = _names(one, other)
    if likeness is None or _numbered_apart(one, other):
        return None
    findings = [likeness, _places(one, other), _trades(one, other), _years(one, other), _papers(one, other)]
    score = round(min(max(sum(weight for weight, _reason in findings), 0.0), 1.0), 3)
    if score < LEAST:
        return None
    return PairVerdict(score, tuple(reason for _weight, reason in findings if reason is not None))


Finding = tuple[float, Reason | None]
NOTHING: Finding = (0.0, None)


def _names(one: Record, other: Record) -> Finding | None:
    """The strongest likeness of their names."""
    if one.keys[0] == other.keys[0]:
        return 0.80, ("same_name", {})
    apart = bool(one.region and other.region and one.region != other.region)
    first, second = _told(one, apart=apart), _told(other, apart=apart)
    common = first & second
    if own := common & {one.keys[0], other.keys[0]}:
        return 0.78, ("alias", {"name": min(own)})
    found = [_spelled(name, twin) for name in first for twin in second]
    if core := _core(one, other, first, second):
        found.append((0.74 if len(core) > 2 else 0.62, ("same_core", {"name": core})))
    if common:
        found.append((0.6, ("shared_alias", {"name": min(common)})))
    return max((one for one in found if one), key=lambda finding: finding[0], default=None)


def _told(record: Record, *, apart: bool) -> set[str]:
    """The names by which it is told from others. Its own name without the place, as papers use it near by, tells it
    from none of another place: 张家口家政师 and 怀来家政师 are both called 家政师 at home."""
    return {*record.keys} - (_own_cores(record) if apart else set())


def _core(one: Record, other: Record, names: set[str], others: set[str]) -> str:
    """The longest name of one that is one of the other without its place. That 贵州凉皮 and 贵阳凉皮 are the same
    without their places says nothing; that 吕梁市护工 and 吕梁护工 of one place are says much."""
    common = (one.cores & others) | (other.cores & names)
    if one.region == other.region:
        common |= _own_cores(one) & _own_cores(other)
    return max(common, key=lambda name: (len(name), name), default="")


def _own_cores(record: Record) -> set[str]:
    """What is left of the record's own name, not of its other names."""
    return {core for core in record.cores if record.keys[0].endswith(core)}


def _spelled(one: str, other: str) -> Finding | None:
    short, long = sorted((one, other), key=len)
    if len(one) == len(other) and sound(one) == sound(other):
        return 0.72 if len(one) > 2 else 0.55, ("same_sound", {"sound": sound(one)})
    if short in long and len(short) > 2:
        return _contained(short, long)
    likeness = ratio(one, other) / 100
    if likeness < (ALIKE if _within(short, long) else VERY_ALIKE):
        return None
    return 0.3 + 2 * (likeness - ALIKE), ("spelling", {"one": one, "other": other})


def _within(short: str, long: str) -> bool:
    """Whether the longer has all characters of the shorter in their order, and others between."""
    left = iter(long)
    return all(character in left for character in short)


def _contained(short: str, long: str) -> Finding:
    rest = long.replace(short, "", 1)
    if rest in NOISE:
        return 0.72, ("noise", {"rest": rest})
    return 0.35 + 0.3 * len(short) / len(long), ("part", {"short": short, "long": long})


def _numbered_apart(one: Record, other: Record) -> bool:
    """Whether both names count something, and differently: the second and the third of a series."""
    first, second = _numbers(one.keys[0]), _numbers(other.keys[0])
    return bool(first and second and first != second)


def _numbers(key: str) -> set[str]:
    return {number.translate(_DIGITS) for number in _COUNTED.findall(key)}


def _places(one: Record, other: Record) -> Finding:
    if not one.region or not other.region:
        return (0.0, ("place_unknown", {})) if one.region or other.region else NOTHING
    if one.region == other.region:
        return 0.14, ("same_place", {})
    if related(one.region, other.region):  # a province and its cities hold contests of one name, but share no brand
        return (0.08 if one.kind == RecordKind.BRAND else -0.15), ("place_inside", {})
    if one.region[:4] == other.region[:4] and one.region[2:4] != "90":
        return -0.2, ("same_prefecture", {})
    return -0.4, ("other_place", {})


def _trades(one: Record, other: Record) -> Finding:
    if not one.trade or not other.trade:
        return NOTHING
    same = one.trade == other.trade
    what = "trade" if one.kind == RecordKind.BRAND else "kind"
    return (0.04, (f"same_{what}", {})) if same else (-0.1, (f"other_{what}", {}))


def _years(one: Record, other: Record) -> Finding:
    if one.edition and other.edition and one.edition != other.edition:
        return -0.5, None
    if one.year is None or other.year is None:
        return NOTHING
    return (0.05, ("same_year", {})) if one.year == other.year else (-0.5, None)


def _papers(one: Record, other: Record) -> Finding:
    """Where papers name the two: the same words read in two ways, side by side in a sentence, or in one article."""
    here = [(first, second) for first in one.namings for second in other.namings if first.article == second.article]
    if not here:
        return NOTHING
    if any(_overlap(first, second) for first, second in here):
        return 0.12, ("same_words", {})
    if any(first.context == second.context for first, second in here):
        return -0.12, ("same_sentence", {})
    return 0.03, ("same_article", {})


def _overlap(one: Naming, other: Naming) -> bool:
    return one.start < other.end and other.start < one.end
