import pytest

from brands.vocabulary.choices import BrandLevel
from ingest.levels import level_of, level_recognised
from ingest.text import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年某省省级劳务品牌名单", BrandLevel.PROVINCIAL),
        ("定为“河北省知名劳务品牌”", BrandLevel.PROVINCIAL),
        ("四川省农民工工作领导小组公布第二批特色劳务品牌", BrandLevel.PROVINCIAL),
        ("江苏省人社厅公布的获奖名单里，“滨海焊工”劳务品牌的项目得了二等奖", None),
        ("省级家政服务龙头、诚信企业评出9家，“滨海家政”品牌由它们打造", None),
        ("省人社厅公布首批劳务品牌", BrandLevel.PROVINCIAL),
        ("2024年日照市市级特色劳务品牌", BrandLevel.PREFECTURAL),
        ("成了县级劳务品牌", BrandLevel.COUNTY),
        ("获评全国劳务品牌", BrandLevel.NATIONAL),
        ("列为全国典型劳务品牌", BrandLevel.NATIONAL),
        ("公布第三批“豫字号”劳务品牌名单", BrandLevel.PROVINCIAL),
        ("列入上海的特色劳务品牌", BrandLevel.PROVINCIAL),
        ("获评吕梁市十大劳务品牌", BrandLevel.PREFECTURAL),
        ("入选全省十佳，很响", BrandLevel.PROVINCIAL),
        ("一批“鲁字号”劳务品牌走红", None),
        ("获得“中国十大治理创新奖”", None),
        ("我省多个劳务品牌亮相", None),
        ("全国劳务品牌形象代言人", None),
        ("全国劳务品牌发展大会", None),
        ("打造成全国知名品牌", None),
        ("劳务品牌带动就业", None),
    ],
)
def test_levels(text: str, expected: BrandLevel | None) -> None:
    assert level_of(text) is expected


def test_a_sentence_that_quotes_a_name_recognises_that_one_alone() -> None:
    assert level_recognised("2021年，“云上乡厨”被列为全国典型劳务品牌。") is None
    said = "近日，省里公布第二批“云字号”劳务品牌，认定省级劳务品牌20个"
    assert level_recognised(f"云上有名。{said}。") == (BrandLevel.PROVINCIAL, Span(5, 5 + len(said)))
