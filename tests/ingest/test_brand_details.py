"""What a text says of its brands besides their names: recognition, organisation, destinations and other details.

All texts are invented; each stands for a kind of sentence, and beside what must be read stands what must not.
"""

from datetime import date

import pytest

from brands.vocabulary.choices import BrandLevel, DetailKind
from ingest.pipeline import extract_bytes
from ingest.records import ExtractedBrand
from tests.pace import keeps_pace


def brands(body: str, *, published: date | None = date(2024, 3, 5)) -> dict[str, ExtractedBrand]:
    """The brands of an article with this body, by name; every quote that bears out a field or a detail holds words of
    the text."""
    head = f"---\ntitle: 一方手艺\npublished_on: {published}\n---\n" if published else ""
    facts = extract_bytes("一篇.txt", f"{head}一方手艺一方人\n\n{body}\n".encode())
    for brand in facts.brands:
        for detail in brand.details:
            assert detail.quote.span.of(facts.page.text) == detail.value
    return {brand.name: brand for brand in facts.brands}


def values(brand: ExtractedBrand, kind: DetailKind) -> list[str]:
    return [detail.value for detail in brand.details if detail.kind is kind]


def places(brand: ExtractedBrand) -> list[str]:
    """The destinations: codes of divisions and countries, or words."""
    found = (detail for detail in brand.details if detail.kind is DetailKind.DESTINATION)
    return [detail.region or detail.country or detail.value for detail in found]


class TestRecognition:
    def test_is_read_whole_from_one_statement(self) -> None:
        found = brands("2021年6月，“榆林石匠”被陕西省人社厅认定为首批省级劳务品牌。")["榆林石匠"]
        assert (found.recognised_year, found.batch, found.issuer) == (2021, "首批", "陕西省人社厅")
        assert found.level is BrandLevel.PROVINCIAL
        assert {"recognised_year", "batch", "issuer", "level"} <= {quote.field for quote in found.quotes}
        assert not {"recognised_year", "level"} & set(found.inferred)

    @pytest.mark.parametrize(
        ("body", "year"),
        [
            ("2019年，“榆林石匠”获评全国劳务品牌。", 2019),
            ("去年，“榆林石匠”入选省级劳务品牌名单。", 2023),
            ("近日，“榆林石匠”被评为省级劳务品牌。", 2024),
            ("2018年起步，2022年“榆林石匠”被评为省级劳务品牌。", 2022),
            ("2015年，榆林石雕列入省级非遗名录；2020年，“榆林石匠”被认定为省级劳务品牌。", 2020),
            ("“榆林石匠”是最早的劳务品牌之一，2022年再次入选省十大劳务品牌。", 2022),
        ],
    )
    def test_has_the_year_of_its_own_clause(self, body: str, year: int) -> None:
        assert brands(body)["榆林石匠"].recognised_year == year

    @pytest.mark.parametrize(
        "body",
        [
            "2020年，县里着手打造“榆林石匠”劳务品牌。",
            "自2019年以来，“榆林石匠”劳务品牌带动3000人就业。",
            "到2026年，力争把“榆林石匠”打造成省级劳务品牌。",
            "2022年，“榆林石匠”劳务品牌名声在外，对获评省级劳务品牌的给予奖补。",
            "县人社局2022年公布的数字是：“榆林石匠”劳务品牌带动3000人就业。",
            "2022年，“榆林石匠”列入省级劳务品牌培育名单。",
        ],
    )
    def test_is_none_where_nobody_recognises(self, body: str) -> None:
        assert brands(body)["榆林石匠"].recognised_year is None

    def test_of_no_date_of_issue_has_no_year_by_lately(self) -> None:
        assert brands("近日，“榆林石匠”被评为省级劳务品牌。", published=None)["榆林石匠"].recognised_year is None

    def test_of_a_list_is_that_of_each(self) -> None:
        found = brands(
            "近日，四川省农民工工作领导小组公布第三批“川字号”特色劳务品牌，“中江石匠”“龙泉木工”“宜宾面点师”上榜。"
        )
        for name in ("中江石匠", "龙泉木工", "宜宾面点师"):
            assert (found[name].batch, found[name].issuer) == ("第三批", "四川省农民工工作领导小组"), name

    def test_leads_in_the_rows_below_its_heading(self) -> None:
        rows = "1 榆林石匠 榆林市榆阳区\n2 米脂绣娘 榆林市米脂县\n3 洛川苹果农技工 延安市洛川县"
        found = brands(f"2021年度陕西省重点劳务品牌名单\n\n序号 品牌名称 所在地区\n{rows}")
        assert {brand.recognised_year for brand in found.values()} == {2021}
        assert values(found["米脂绣娘"], DetailKind.REGISTER) == ["2021年度陕西省重点劳务品牌名单"]

    def test_of_a_list_at_the_end_is_told_by_the_statement_on_its_brands(self) -> None:
        body = (
            "日前，陕西省人社厅会同省财政厅公布2023年省级劳务品牌，12个品牌入围。\n从2022年起，陕西年年评选。\n"
            "【上榜省级劳务品牌选登】\n榆林市：榆林石匠\n宝鸡市：宝鸡面匠"
        )
        found = brands(body)["宝鸡面匠"]
        assert (found.level, found.recognised_year) == (BrandLevel.PROVINCIAL, 2023)
        assert found.issuer == "陕西省人社厅会同省财政厅"

    def test_before_this_one_leads_in_no_rows(self) -> None:
        rows = "1 榆林石匠 榆林市榆阳区\n2 米脂绣娘 榆林市米脂县\n3 洛川苹果农技工 延安市洛川县"
        found = brands(f"此前，我省已认定首批省级劳务品牌26个。\n\n序号 品牌名称 所在地区\n{rows}")
        assert {brand.batch for brand in found.values()} == {""}

    def test_has_the_number_of_the_paper_that_recognises(self) -> None:
        said = "“榆林石匠”入选省级劳务品牌，见《关于公布第二批省级劳务品牌名单的通知》（陕人社发〔2023〕8号）。"
        assert brands(said)["榆林石匠"].document_number == "陕人社发〔2023〕8号"
        rules = "依照《关于加强劳务品牌建设的实施意见》（陕人社发〔2022〕13号），“榆林石匠”被评为省级劳务品牌。"
        assert brands(rules)["榆林石匠"].document_number == ""


@pytest.mark.parametrize(
    "body",
    [
        "县里要把“榆林石匠”育成省级劳务品牌。",
        "“榆林石匠”在全国劳务品牌里也排得上号。",
        "“榆林石匠”捧回“全国脱贫地区特色劳务品牌”的荣誉。",
        "当地打出了“榆林石匠”这块榆林特色劳务品牌。",
    ],
)
def test_a_level_that_nobody_gave_is_none(body: str) -> None:
    assert brands(body)["榆林石匠"].level is None


class TestOrganisation:
    @pytest.mark.parametrize(
        ("body", "name"),
        [
            ("“榆林石匠”劳务品牌由榆林市石雕行业协会负责运营。", "榆林市石雕行业协会"),
            ("米脂县妇联一手打造的劳务品牌“米脂绣娘”走出大山。", "米脂县妇联"),
            ("“米脂绣娘”劳务品牌名声在外。\n运营单位：米脂县巧手家政有限公司", "米脂县巧手家政有限公司"),
        ],
    )
    def test_is_who_builds_or_runs_it(self, body: str, name: str) -> None:
        found = {brand.organisation for brand in brands(body).values()}
        assert found == {name}

    def test_is_none_for_a_measure_of_a_plan_or_the_project_of_a_name(self) -> None:
        plan = "“榆林石匠”劳务品牌要做大。\n对“榆林石匠”劳务品牌给予奖补。（责任单位：省商务厅）"
        assert brands(plan)["榆林石匠"].organisation == ""
        project = "“榆林石匠”和“宝鸡面匠”都是响亮的劳务品牌。\n“榆林石匠·刻出天地”是榆林巧手职业培训学校牵头做的项目。"
        assert brands(project)["榆林石匠"].organisation == ""

    @pytest.mark.parametrize(
        "body",
        [
            "“米脂绣娘”劳务品牌由一家家政公司运营。",
            "“米脂绣娘”劳务品牌名声在外，当地妇联牵头成立了行业协会。",
            "榆林市妇联牵头成立家政协会，“米脂绣娘”“榆林石匠”两个劳务品牌都在其中。",
        ],
    )
    def test_without_a_name_or_a_brand_is_none(self, body: str) -> None:
        assert {brand.organisation for brand in brands(body).values()} == {""}


class TestDestinations:
    @pytest.mark.parametrize(
        ("said", "codes"),
        [
            ("劳务品牌向北京、天津、太原等地累计输送5300余人", ["110000", "120000", "140100"]),
            ("劳务品牌的姐妹常年在浙江舟山做家政", ["330900"]),
            ("劳务品牌向京津输出的务工人员近7万人", ["110000", "120000"]),
            ("劳务品牌送出2800名妇女到北京、西安等地", ["110000", "610100"]),
            ("劳务品牌在江浙沪开店600余家", ["320000", "330000", "310000"]),
            ("劳务品牌的师傅远赴日本、新加坡务工", ["JP", "SG"]),
            ("劳务品牌足迹遍布20多个大中城市", ["20多个大中城市"]),
            ("劳务品牌的手艺人多半落脚珠三角", ["珠三角"]),
            ("劳务品牌在北京、山东等地都有加盟店", ["110000", "370000"]),
        ],
    )
    def test_are_where_its_people_work(self, said: str, codes: list[str]) -> None:
        assert places(brands(f"“米脂绣娘”{said}。")["米脂绣娘"]) == codes

    @pytest.mark.parametrize(
        "said",
        [
            "劳务品牌赴长沙参展",
            "劳务品牌从北京请来师傅",
            "劳务品牌的产品销往广东",
            "劳务品牌立起来以后，乡亲不必再去广州打工",
            "劳务品牌在米脂县带动就业3000人",
            "劳务品牌在陕西就业口碑好",
            "劳务品牌的学员想去上海创业",
        ],
    )
    def test_are_no_visits_goods_hopes_or_homes(self, said: str) -> None:
        assert places(brands(f"“米脂绣娘”{said}。")["米脂绣娘"]) == []

    @pytest.mark.parametrize(
        ("said", "codes"),
        [
            ("劳务品牌不是新牌子，上世纪90年代，10多万人到广东、浙江等地务工", []),
            ("劳务品牌出名早，那些年到上海打工的有300人", []),
            ("劳务品牌的故事长，那些年县里办起基地，一帮青年闯进上海", []),
            ("劳务品牌曾在广州务工", []),
            ("劳务品牌1998年向北京输送300人", []),
            ("劳务品牌从1998年起向北京输送300人", ["110000"]),
            ("劳务品牌早年到广东务工，如今在北京做家政的也有300人", ["110000"]),
        ],
    )
    def test_are_not_where_they_worked_long_ago(self, said: str, codes: list[str]) -> None:
        assert places(brands(f"“米脂绣娘”{said}。")["米脂绣娘"]) == codes

    def test_of_two_brands_go_to_each_its_own(self) -> None:
        found = brands("劳务品牌“米脂绣娘”向北京输送300人；劳务品牌“榆林石匠”赴广州务工的有500人。")
        assert (places(found["米脂绣娘"]), places(found["榆林石匠"])) == (["110000"], ["440100"])

    def test_of_others_in_the_same_sentence_are_none(self) -> None:
        found = brands("榆林往上海送出的劳动力累计1.5万名，其中2416名是“米脂绣娘”这个劳务品牌的。")
        assert places(found["米脂绣娘"]) == []

    def test_have_their_number_where_one_stands_alone(self) -> None:
        (one,) = brands("“米脂绣娘”劳务品牌向北京输送5300余人。")["米脂绣娘"].details
        assert one.people == "5300余人"
        two = brands("“米脂绣娘”劳务品牌向北京、天津输送5300余人。")["米脂绣娘"].details
        assert {detail.people for detail in two} == {""}


class TestOtherDetails:
    @pytest.mark.parametrize(
        ("said", "kind", "wanted"),
        [
            ("劳务品牌开设茶艺师、评茶员、制茶工等10个工种", DetailKind.TRADE, ["茶艺师", "评茶员", "制茶工"]),
            ("劳务品牌依托米脂县职教中心培训妇女3000人", DetailKind.TRAINING_PLACE, ["米脂县职教中心"]),
            ("捧回“全国脱贫地区特色劳务品牌”的荣誉", DetailKind.HONOUR, ["全国脱贫地区特色劳务品牌"]),
            ("劳务品牌荣获全省技能大赛金奖", DetailKind.HONOUR, ["全省技能大赛金奖"]),
            ("劳务品牌成功注册“米脂绣娘”商标", DetailKind.TRADEMARK, ["注册“米脂绣娘”商标"]),
            ("劳务品牌服务热线0912-6223344", DetailKind.CONTACT, ["服务热线0912-6223344"]),
        ],
    )
    def test_are_read_as_worded(self, said: str, kind: DetailKind, wanted: list[str]) -> None:
        assert values(brands(f"“米脂绣娘”{said}。")["米脂绣娘"], kind) == wanted

    @pytest.mark.parametrize(
        "said",
        [
            "劳务品牌联系人：王小红，电话13512345678",
            "劳务品牌监督电话0912-6223344",
            "劳务品牌咨询电话12333",
            "劳务品牌尚未注册商标",
            "劳务品牌鼓励企业申请注册商标",
            "劳务品牌依托一家职业培训学校培训妇女3000人",
            "劳务品牌从事绣花的有3000人、带动2000户",
            "劳务品牌力争获评全国十佳劳务品牌",
        ],
    )
    def test_are_no_persons_wishes_or_nameless_places(self, said: str) -> None:
        kinds = {detail.kind for detail in brands(f"“米脂绣娘”{said}。")["米脂绣娘"].details}
        assert kinds <= {DetailKind.DESTINATION}

    def test_a_trademark_is_of_all_that_have_one_together(self) -> None:
        found = brands("“榆林石匠”“宝鸡面匠”这两大劳务品牌都拿到了国家商标注册证，已注册商标。")
        assert all(values(found[name], DetailKind.TRADEMARK) for name in ("榆林石匠", "宝鸡面匠"))
        apart = brands("“榆林石匠”“宝鸡面匠”是劳务品牌，市里注册了商标。")
        assert not any(values(found, DetailKind.TRADEMARK) for found in apart.values())

    def test_a_spokesperson_is_an_honour_of_each_brand_before_it(self) -> None:
        said = (
            "“米脂绣娘”的高某获评全国最具特色劳务品牌形象代言人，"
            "“榆林石匠”“洛川果农”也各有一人获得全国特色劳务品牌形象代言人称号。"
        )
        found = brands(said)
        assert values(found["米脂绣娘"], DetailKind.HONOUR) == ["全国最具特色劳务品牌形象代言人"]
        for name in ("榆林石匠", "洛川果农"):
            assert values(found[name], DetailKind.HONOUR) == ["全国特色劳务品牌形象代言人"]


@pytest.mark.parametrize(
    "piece",
    [
        "省级劳务品牌",
        "认定",
        "公布名单",
        "第三批",
        "人社厅",
        "向北京输送",
        "“云岭焊工”",
        "云岭焊工劳务品牌",
        "有限公司",
        "电话0871-1234567",
        "获评",
        "2023年",
    ],
)
def test_a_long_line_takes_time_in_proportion(piece: str) -> None:
    head = "“云岭焊工”是云南省认定的省级劳务品牌。"
    short, long = (f"一方手艺一方人\n\n{head}{piece * (size // len(piece))}".encode() for size in (5_000, 20_000))
    extract_bytes("warm.txt", head.encode())
    assert keeps_pace(lambda: extract_bytes("a", short), lambda: extract_bytes("b", long), times=8, slack=0.15)
