"""Divisions in the active language: 山西吕梁 in Chinese, Lüliang, Shanxi in English."""

from django.utils.translation import get_language, gettext

from brands.data_version import kept
from brands.models.region import COUNTRY, Region
from brands.vocabulary.adcodes import lineage
from brands.vocabulary.choices import BrandLevel
from brands.vocabulary.english_places import english_full_name, english_name


def place_words(adcode: str, chinese: str) -> str:
    """A division with those that hold it; `chinese` is what Chinese text says, and what is said of a code that no
    division has.

    >>> place_words("141100", "山西吕梁")
    'Lüliang, Shanxi'
    """
    if not _english() or not adcode:
        return chinese
    names = english_names()
    return ", ".join(names[code] for code in reversed(lineage(adcode)) if code in names) or chinese


def region_words(region: Region) -> str:
    """The division alone, as it is commonly called: 吕梁, Lüliang."""
    if region.adcode == COUNTRY:
        return gettext("全国")
    return english_of(region) if _english() else region.common_name


def region_title(region: Region) -> str:
    """The division alone with its kind: 吕梁市, Wei County."""
    return english_full_name(region.name, region.pinyin) if _english() else region.name


# Codes of the autonomous regions and of the municipalities, whose own lists a paper calls so.
AUTONOMOUS_REGIONS = frozenset({"150000", "450000", "540000", "640000", "650000"})
MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})


def level_words(level: str, adcode: str) -> str:
    """A level of recognition as the division's papers call it: 省级, of Xinjiang 自治区级, of Chongqing 市级; empty for
    none."""
    if level == BrandLevel.PROVINCIAL and adcode in AUTONOMOUS_REGIONS:
        return gettext("自治区级")
    if level == BrandLevel.PROVINCIAL and adcode in MUNICIPALITIES:
        return gettext("市级")
    return str(BrandLevel(level).label) if level else ""


def english_of(region: Region) -> str:
    return english_name(region.name, region.common_name, region.pinyin)


def region_names(chinese: dict[str, str]) -> dict[str, str]:
    """Common names by code, in the active language."""
    if not _english():
        return chinese
    names = english_names()
    return {code: names.get(code, name) for code, name in chinese.items()}


def english_names() -> dict[str, str]:
    """All divisions by code, as English text calls them."""
    return _english_names(COUNTRY)


@kept
def _english_names(_country: str) -> dict[str, str]:
    rows = Region.objects.order_by().values_list("adcode", "name", "common_name", "pinyin")
    return {code: english_name(name, common, pinyin) for code, name, common, pinyin in rows}


def place_beside(name: str, region: Region | None) -> str:
    """The division alone, of something whose name has no place of its own: 元谋 for 绣娘, empty for 吕梁山护工, which
    says where it is from. The region's parents must be loaded."""
    if region is None or region.adcode == COUNTRY or any(step.common_name in name for step in region.lineage):
        return ""
    return region_words(region)


def _english() -> bool:
    return (get_language() or "").startswith("en")
