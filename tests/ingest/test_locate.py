import pytest

from tests.ingest.articles import located


@pytest.mark.parametrize(
    ("text", "title", "publisher", "expected"),
    [
        (
            "江苏省人社厅公布名单，常州有3个品牌入围，武进居首。",
            "3个品牌跻身省级名单",
            "常州市人力资源和社会保障局",
            "320400",
        ),
        ("东宝、京山、钟祥各有品牌，荆门市人社部门介绍。", "荆门十个劳务品牌", "湖北日报", "420800"),
        ("太原、吕梁、大同都有品牌，山西培育了122个。", "山西：122个特色劳务品牌领跑", "", "140000"),
        ("天镇县的妇女进京，天镇县城里办起学校，天镇县人社局介绍，从大同出发。", "保姆的升级课", "", "140222"),
        ("本报银川讯 大武口区的凉皮店坐满了人。西吉、原州、中宁也有品牌。", "一碗凉皮", "", "640000"),
        ("在湖南长沙举行大会，全国培育劳务品牌2300多个。", "我国培育2300多个劳务品牌", "", "100000"),
        ("文昌养鸡，文昌的鸡舍里有师傅，文昌市人社局定标准。", "一只鸡啼响一个劳务品牌", "南海网", "469005"),
        ("做手艺的人多了，日子就好了。", "手艺", "", ""),
        ("北京的门店缺人，内蒙古的敖汉、赤峰、通辽送来人手，北京海淀接站。", "北京用工回暖", "内蒙古日报", ""),
    ],
)
def test_where_an_article_is_set(text: str, title: str, publisher: str, expected: str) -> None:
    assert located(text, title=title, publisher=publisher) == expected


def test_a_text_without_anything_is_set_nowhere() -> None:
    assert located("", title="") == ""
