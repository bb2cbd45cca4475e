"""Places and brands in a sentence, made of their facts alone."""

from django.utils.translation import gettext

from brands.models import Brand, Region
from brands.models.region import COUNTRY
from brands.place_words import place_words
from brands.vocabulary.choices import Industry


def full_place(region: Region | None) -> str:
    """广西南宁横州, Hengzhou, Nanning, Guangxi: the region with those that hold it. Its parents must be loaded."""
    if region is None:
        return ""
    if region.adcode == COUNTRY:
        return gettext("全国")
    return place_words(region.adcode, "".join(holder.common_name for holder in region.lineage))


def sentence(brand: Brand) -> str:
    """What a brand is."""
    told = {"name": brand.name, "place": full_place(brand.region), "trade": brand.get_industry_display()}
    if brand.industry == Industry.OTHER:
        return (
            gettext("%(name)s是%(place)s的劳务品牌。") if told["place"] else gettext("%(name)s是一个劳务品牌。")
        ) % told
    if told["place"]:
        return gettext("%(name)s是%(place)s的%(trade)s类劳务品牌。") % told
    return gettext("%(name)s是%(trade)s类劳务品牌。") % told
