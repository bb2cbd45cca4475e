"""What the tables and cards of official lists say of brands, in many layouts; telephones are invented."""

from brands.vocabulary.choices import DetailKind
from ingest.pipeline import extract_bytes
from ingest.records import ExtractedBrand


def brands(text: str) -> dict[str, ExtractedBrand]:
    facts = extract_bytes("名单.txt", text.encode())
    for brand in facts.brands:
        for quote in brand.quotes:
            assert quote.span.of(facts.page.text).strip()
    return {brand.name: brand for brand in facts.brands}


def values(brand: ExtractedBrand, kind: DetailKind) -> list[str]:
    return [detail.value for detail in brand.details if detail.kind is kind]


def test_columns_parted_by_blanks() -> None:
    found = brands(
        "湖北省2024年度省级劳务品牌名单\n\n序号 品牌名称 申报单位 所属地区\n"
        "1 巴东纤夫导游 巴东县人力资源和社会保障局 恩施州\n2 洪湖渔家厨娘 洪湖市就业服务中心 荆州市\n"
        "3 英山茶艺师 英山县茶叶协会 黄冈市\n"
    )
    said = {name: (brand.organisation, brand.region, brand.recognised_year) for name, brand in found.items()}
    assert said == {
        "巴东纤夫导游": ("巴东县人力资源和社会保障局", "422823", 2024),
        "洪湖渔家厨娘": ("洪湖市就业服务中心", "421083", 2024),
        "英山茶艺师": ("英山县茶叶协会", "421124", 2024),
    }


def test_columns_parted_by_bars_below_a_notice_with_its_batch() -> None:
    found = brands(
        "关于公布第三批市级劳务品牌的通知\n\n序号｜劳务品牌名称｜建设单位｜所在县区\n"
        "1｜汶上缝纫工｜汶上县人社局｜汶上县\n2｜嘉祥石匠｜嘉祥县石雕行业协会｜嘉祥县\n"
    )
    said = {name: (brand.organisation, brand.batch) for name, brand in found.items()}
    assert said == {"汶上缝纫工": ("汶上县人社局", "第三批"), "嘉祥石匠": ("嘉祥县石雕行业协会", "第三批")}


def test_columns_parted_by_tabs_with_the_year_of_each_row_and_the_batch_in_brackets() -> None:
    found = brands(
        "附件：甘肃省特色劳务品牌名单（第二批）\n\n序号\t市州\t品牌名称\t从业人数（万人）\t认定年份\n"
        "1\t定西市\t渭源药匠\t1.2\t2022\n2\t陇南市\t文县纹党工\t0.8\t2022\n3\t天水市\t秦安果工\t3.5\t2023\n"
    )
    said = {name: (brand.recognised_year, brand.batch) for name, brand in found.items()}
    assert said == {"渭源药匠": (2022, "第二批"), "文县纹党工": (2022, "第二批"), "秦安果工": (2023, "第二批")}


def test_a_table_with_the_column_of_places_first() -> None:
    found = brands(
        "2023年河南省劳务品牌认定结果公示\n\n地区  品牌  运营主体  级别\n"
        "信阳市  新县涉外工  新县对外劳务公司  省级\n周口市  沈丘槐山羊倌  沈丘县就业局  省级\n"
    )
    said = {name: (brand.organisation, brand.recognised_year) for name, brand in found.items()}
    assert said == {"新县涉外工": ("新县对外劳务公司", 2023), "沈丘槐山羊倌": ("沈丘县就业局", 2023)}


def test_a_table_as_markdown_has_telephones_of_offices() -> None:
    found = brands(
        "全省劳务品牌一览\n\n| 序号 | 品牌 | 县（市、区） | 联系电话 |\n| --- | --- | --- | --- |\n"
        "| 1 | 平和蜜柚工 | 平和县 | 0596-5550112 |\n| 2 | 惠安石雕匠 | 惠安县 | 0595-55582345 |\n"
    )
    assert values(found["平和蜜柚工"], DetailKind.CONTACT) == ["0596-5550112"]
    assert values(found["惠安石雕匠"], DetailKind.CONTACT) == ["0595-55582345"]


def test_a_telephone_beside_a_column_of_persons_is_left_out() -> None:
    found = brands(
        "全省劳务品牌一览\n\n序号 品牌 所在县 联系人 联系电话\n1 平和蜜柚工 平和县 林某 0596-5550112\n"
        "2 惠安石雕匠 惠安县 陈某 0595-55582345\n"
    )
    assert [values(brand, DetailKind.CONTACT) for brand in found.values()] == [[], []]


def test_a_heading_with_a_batch_and_cities_between_the_rows() -> None:
    found = brands("山西省第一批省级劳务品牌\n\n太原市\n1.清徐醋匠\n2.阳曲小米工\n大同市\n3.浑源凉粉匠\n4.广灵剪纸工\n")
    assert {name: brand.batch for name, brand in found.items()} == dict.fromkeys(
        ("清徐醋匠", "阳曲小米工", "浑源凉粉匠", "广灵剪纸工"), "第一批"
    )


def test_cards_with_a_label_on_each_line() -> None:
    found = brands(
        "吉林省劳务品牌名录\n\n品牌名称：查干湖渔工\n所属地区：松原市前郭县\n牵头单位：前郭县人社局\n认定时间：2022年\n\n"
        "品牌名称：延边辣白菜嫂\n所属地区：延边州\n牵头单位：延边州妇联\n认定时间：2023年\n"
    )
    said = {name: (brand.organisation, brand.recognised_year) for name, brand in found.items()}
    assert said == {"查干湖渔工": ("前郭县人社局", 2022), "延边辣白菜嫂": ("延边州妇联", 2023)}


def test_a_column_says_where_people_work_and_not_where_the_brand_is_at_home() -> None:
    found = brands(
        "湖南省2025年劳务品牌入库名单\n\n编号 名称 主要就业地 带动就业人数（人） 备注\n"
        "01 新化印工 长三角、珠三角 52000 国家级\n02 茶陵纱厂工 广东 18000 省级\n03 浏阳花炮师 本地 93000 省级\n"
    )
    assert {name: brand.region for name, brand in found.items()} == {
        "新化印工": "431322",
        "茶陵纱厂工": "430224",
        "浏阳花炮师": "430181",
    }
    assert values(found["新化印工"], DetailKind.DESTINATION) == ["长三角", "珠三角"]
    assert values(found["茶陵纱厂工"], DetailKind.DESTINATION) == ["广东"]
    assert values(found["浏阳花炮师"], DetailKind.DESTINATION) == []


def test_a_cell_that_holds_no_such_value_says_nothing() -> None:
    found = brands(
        "湖北省2024年度省级劳务品牌名单\n\n序号 品牌名称 申报单位 认定年份\n1 英山茶艺师 — 待定\n2 洪湖渔厨娘 无 近年\n"
    )
    assert {(brand.organisation, brand.batch) for brand in found.values()} == {("", "")}
    assert {brand.recognised_year for brand in found.values()} == {2024}
