"""Who recognised a brand, as the words around it say: 省级劳务品牌, 河北省知名劳务品牌, 获评全国劳务品牌."""

import re
from functools import cache

from brands.choices import BrandLevel


@cache
def _patterns() -> tuple[tuple[BrandLevel, re.Pattern[str]], ...]:
    kind = r"(?:[一-鿿“”]{0,8})?(?:劳务|人力资源|用工)?品牌"
    return (
        (
            BrandLevel.PROVINCIAL,
            re.compile(
                r"(?:省级|自治区级|[一-鿿]{2,3}省(?:知名|重点|特色|优秀|著名|十大|首批)"
                + kind
                + r"|省(?:重点|特色|知名)"
                + kind
                + ")"
            ),
        ),
        (BrandLevel.PREFECTURAL, re.compile(r"(?:市级|州级|盟级|市州级)(?![一-鿿]{0,3}(?:推荐|传承|非遗))")),
        (BrandLevel.COUNTY, re.compile(r"(?:县级|区级|旗级|县市区级)" + kind)),
        (
            BrandLevel.NATIONAL,
            re.compile(
                r"(?:国家级|全国(?:典型|知名|优秀|特色|百强|十大|最受关注|脱贫地区特色|创新发展类)?)[“”]?" + kind
            ),
        ),
    )


def level_of(text: str) -> BrandLevel | None:
    """The level that a heading or clause gives to the brands it speaks of, or None."""
    for level, pattern in _patterns():
        if pattern.search(text):
            return level
    return None
