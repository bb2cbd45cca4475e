"""Who recognised a brand, as the words around it say: 省级劳务品牌, 河北省知名劳务品牌, 获评全国劳务品牌."""

import re
from functools import cache

from brands.choices import BrandLevel


@cache
def _patterns() -> tuple[tuple[BrandLevel, re.Pattern[str]], ...]:
    brand = r"(?:劳务|人力资源|用工)?品牌(?!形象|工作|发展|大会|云|展|协作|代言)"
    praise = "(?:知名|重点|特色|优秀|著名|十大|首批|典型|先进)"
    best = "(?:典型|优秀|特色|十大|百强|先进|示范|关注|脱贫地区特色|创新发展类)"
    body = r"(?:厅|局|委|办|中心|领导小组|妇联|政府)[^，。；]{0,8}"
    made = r"(?:公布|认定|评定|命名|评选|发布|评出|确定|亮出)[^。]{0,40}品牌"
    return (
        (
            BrandLevel.PROVINCIAL,
            re.compile(f"省级|自治区级|省{praise}[一-鿿“”]{{0,4}}{brand}|[我全]省{praise}?劳务品牌"),
        ),
        (BrandLevel.PREFECTURAL, re.compile("(?:市级|州级|盟级|市州级)(?![一-鿿]{0,3}(?:推荐|传承|非遗))")),
        (BrandLevel.COUNTY, re.compile(f"(?:县级|区级|旗级|县市区级)[一-鿿“”]{{0,4}}{brand}")),
        (
            BrandLevel.NATIONAL,
            re.compile(f"国家级[一-鿿“”]{{0,4}}{brand}|全国(?:最具|最受)?[“”]?{best}?[“”]?{brand}"),
        ),
        (BrandLevel.PROVINCIAL, re.compile(f"省[一-鿿]{{0,10}}{body}{made}")),
        (BrandLevel.PREFECTURAL, re.compile(f"市[一-鿿]{{0,10}}{body}{made}")),
    )


def level_of(text: str) -> BrandLevel | None:
    """The level that a heading or clause gives to the brands it speaks of, or None."""
    for level, pattern in _patterns():
        if pattern.search(text):
            return level
    return None
