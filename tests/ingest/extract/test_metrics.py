"""What numbers count, in sentences as papers write them."""

from decimal import Decimal

import pytest

from tests.ingest.extract.told import told

INTRODUCTION = "“云上焊工”是当地叫得响的劳务品牌。"

SENTENCES = {
    "全县从事豆腐产业的达8.6万人": [("employment", 86000, "人")],
    "吃这碗饭的人多达5万人": [("employment", 50000, "人")],
    "有7万多人靠这门手艺吃饭": [("employment", 70000, "人")],
    "带动2.1万名脱贫劳动力稳定就业": [("employment", 21000, "人")],
    "直接从业人员18.5万，间接带动就业40多万人": [("employment", 185000, "人"), ("employment", 400000, "人")],
    "7.08万农牧民靠着它找到了活干": [("employment", 70800, "人")],
    "从业人员从最初的300人发展到现在的2.6万人": [("employment", 26000, "人")],
    "在国内外掌勺的厨师近两万人": [("employment", 20000, "人")],
    "在外做工的石匠有3万多名": [("placement", 30000, "人")],
    "外出务工的瓦匠有2.6万名": [("placement", 26000, "人")],
    "在家做工的石匠有3万多名": [("employment", 30000, "人")],
    "腊月里一次就有800多名焊工结伴去新疆": [("placement", 800, "人")],
    "15个劳务品牌进了全省的名册": [("brands", 15, "个")],
    "9个劳务品牌打进了北京的社区": [("brands", 9, "个")],
    "如今，3万多名师傅活跃在大江南北": [("employment", 30000, "人")],
    "累计开展职业技能培训312期1.8万人次": [("events", 312, "期"), ("training", 18000, "人次")],
    "年均有超2000人次的茶农走进课堂": [("training", 2000, "人次")],
    "办了劳务品牌培训，前后有9973人参加": [("training", 9973, "人")],
    "培育劳务品牌75个，从业规模超过1万人的仅有18个": [("brands", 75, "个"), ("brands", 18, "个")],
    "年产值10亿元、利润1.5亿元": [("output_value", 1000000000, "元"), ("other", 150000000, "元")],
    "现场求职者达4000余人次": [],
    "在20个乡镇办起缝纫培训点": [("coverage", 20, "个")],
    "培训吉他工匠6200余人次": [("training", 6200, "人次")],
    "带出徒弟1000多名": [("training", 1000, "人")],
    "转移农村劳动力68.3万人次": [("placement", 683000, "人次")],
    "5万多人奔赴长三角、珠三角务工": [("placement", 50000, "人")],
    "外出务工人员达42.7万人，其中省外28.1万人": [("placement", 427000, "人"), ("placement", 281000, "人")],
    "高级技师36人、技师210人、高级工1800人": [("credentials", v, "人") for v in (36, 210, 1800)],
    "4600余人考下了职业资格": [("credentials", 4600, "人")],
    "发放职业技能等级证书1.2万本": [("credentials", 12000, "本")],
    "走出了2名中国制茶大师": [("other", 2, "人")],
    "一年挣回劳务收入2亿元": [("labour_income", 200000000, "元")],
    "一年能给村里带回3000多万元": [("labour_income", 30000000, "元")],
    "全年寄回家乡的钱超过6亿元": [("labour_income", 600000000, "元")],
    "实现年产值12.6亿元": [("output_value", 1260000000, "元")],
    "撑起了一个产值60亿元的产业": [("output_value", 6000000000, "元")],
    "营业收入连续三年保持在20亿元以上": [("output_value", 2000000000, "元")],
    "平均月薪达8000元以上": [("per_capita_income", 8000, "元/月")],
    "人均收入5000元/月": [("per_capita_income", 5000, "元/月")],
    "人均工资6万元/年": [("per_capita_income", 60000, "元/年")],
    "产值增长-3.5%": [("growth", Decimal("-3.5"), "%")],
    "带动4050人员就业，帮扶2万人就业": [("employment", 20000, "人")],
    "从业者年人均增收3.2万元": [("per_capita_income", 32000, "元/年")],
    "熟手一天能挣三四百元": [("per_capita_income", 300, "元/天")],
    "人均年收入从2万元提高到5万元": [("per_capita_income", 50000, "元/年")],
    "产值同比增长12.5%": [("growth", Decimal("12.5"), "%")],
    "工资较上年翻了一番": [("growth", 100, "%")],
    "收入比种地高出3倍": [],
    "收入比种地高出三成": [("other", 30, "%")],
    "有技能等级的占七成以上": [("other", 70, "%")],
    "孵化小微企业65家": [("organisations", 65, "家")],
    "放到全国，连锁培训机构更有200余家": [("organisations", 200, "家")],
    "县域内从事餐饮的有2161户": [("organisations", 2161, "户")],
    "蜡染企业从2015年的6家增加到62家": [("organisations", 6, "家"), ("organisations", 62, "家")],
    "从业人员5万人为家乡挣回18亿元": [("employment", 50000, "人"), ("labour_income", 1800000000, "元")],
    "跑长途的有20多万，天南地北都去": [("employment", 200000, "人")],
    "关联产值上千亿": [("output_value", 100000000000, "元")],
    "十万“云上焊工”南下谋生": [("placement", 100000, "人")],
    "招聘会上签约的项目达到64个": [("agreements", 64, "个")],
    "享受过服务的家庭有30多万个": [("coverage", 300000, "个")],
    "全市20万家庭用过她们的服务": [("coverage", 200000, "户")],
    "8万余名护工散在20多个城市": [("employment", 80000, "人"), ("coverage", 20, "个")],
    "手里的发明专利有41件": [("other", 41, "件")],
    "连锁品牌有50多个": [("organisations", 50, "个")],
    "评出十大劳务品牌": [("brands", 10, "个")],
    "12个市提前交卷": [],
    "全市手握两个省级品牌的区县只有3个": [],
    "全州13个县（市），": [],
    "共有42万农村劳动力": [],
    "这是一座5万人的小镇": [],
    "17名学员去读大专": [("other", 17, "人")],
    "浙江有两个劳务品牌，一个往外走，一个朝里守": [],
    "年营业额预计30亿元": [("output_value", 3000000000, "元")],
    "预计带动就业3万人": [],
    "年初派的任务是6万人，输出6.5万人": [("placement", 65000, "人")],
    "到年底要有20个以上劳务品牌": [],
    "20个品牌被摘牌": [],
    "从业的人不到200名的，不能叫劳务品牌": [],
    "对900名务工人员做过抽样调查": [],
    "90年代在矿上一天挣6元": [],
    "组建合作社32家，带动农户4500户": [("organisations", 32, "家"), ("employment", 4500, "户")],
    "建成培训基地12个、输出基地38个": [("facilities", 12, "个"), ("facilities", 38, "个")],
    "设立33处劳务品牌就业之家": [("facilities", 33, "处")],
    "产品销往30多个国家和地区": [("coverage", 30, "个")],
    "走进26个省份": [("coverage", 26, "个")],
    "制定地方标准4项、团体标准9项": [("standards", 4, "项"), ("standards", 9, "项")],
    "自己定了13个家政技术标准和服务规范": [("standards", 13, "个")],
    "与外省签订劳务协作协议23份": [("agreements", 23, "份")],
    "提供就业岗位5.6万个": [("vacancies", 56000, "个")],
    "举办招聘会186场次": [("events", 186, "场")],
    "发放创业担保贷款1.2亿元": [("funding", 120000000, "元")],
    "每个给予一次性奖补20万元": [("funding", 200000, "元")],
    "给予每人800元的培训补贴": [("funding", 800, "元")],
    "认定劳务品牌63个，其中国家级2个、省级11个": [("brands", 63, "个"), ("brands", 2, "个"), ("brands", 11, "个")],
    "61个来自脱贫地区的品牌亮相": [("brands", 61, "个")],
    "有260人被评为优秀农民工": [("other", 260, "人")],
    "帮助4100户贫困家庭脱贫": [("other", 4100, "户")],
    "完成工程造价32亿元": [("output_value", 3200000000, "元")],
    "全年发放工资2.8亿元": [("labour_income", 280000000, "元")],
    "近三年累计培训1.9万人，发证1.4万本": [("training", 19000, "人"), ("credentials", 14000, "本")],
    "设立驻外劳务工作站32个、党支部15个": [("facilities", 32, "个")],
    "品牌注册了商标，吸引投资商12家": [("organisations", 12, "家")],
    "编写教材5套，开设课程22门，总学时480个": [("standards", 5, "套"), ("standards", 22, "门")],
    "每年定向输送毕业生900名": [("placement", 900, "人")],
    "在全国271个大中城市开办拉面馆1.52万家": [("coverage", 271, "个"), ("organisations", 15200, "家")],
    "师傅们在9省区站住了脚": [("coverage", 9, "个")],
    "作品卖到13国": [("coverage", 13, "个")],
    "成立技术服务队214支": [("organisations", 214, "支")],
    "共接单价值1.1亿元": [("output_value", 110000000, "元")],
    "日工价最高450元": [("per_capita_income", 450, "元/天")],
    "在27个省会城市设联络处": [("coverage", 27, "个")],
    "覆盖240万人口": [("other", 2400000, "人")],
    "制冷企业要人2万余名": [("vacancies", 20000, "人")],
    "举办技能提升班21期，惠及绣娘1280人次": [("events", 21, "期"), ("training", 1280, "人次")],
    "培训绣娘3200人": [("training", 3200, "人")],
    "从事家政服务的有3.6万人": [("employment", 36000, "人")],
    "每年秋天，人均增收6000元": [("per_capita_income", 6000, "元/年")],
    "占比最高，达43.6%": [("other", "43.6", "%")],
    "品牌价值达38.6亿元": [("other", 3860000000, "元")],
    "带头人牵头，组建了一支380人的队伍": [("employment", 380, "人")],
    "从业的人员中，获得高级职称的有29人": [("credentials", 29, "人")],
    "共有来自14个市州的56个劳务品牌参赛": [("coverage", 14, "个"), ("brands", 56, "个")],
    "第9批76名农家妇女坐上火车": [("placement", 76, "人")],
    "全国300多座城市有我们的焊花": [("coverage", 300, "个")],
    "一年下来，劳务收益8亿元": [("labour_income", 800000000, "元")],
    "焊件一年卖出19亿元": [("output_value", 1900000000, "元")],
    "焊件的年销售额，五年前是3亿元，如今是14亿元": [("output_value", v, "元") for v in (300000000, 1400000000)],
    "10万缝纫工、10万泥瓦匠、10万面点师走了出去": [("employment", 100000, "人")] * 3,
    "劳务品牌占了全省的五成": [("other", 50, "%")],
}


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES.items())
def test_metric_value_and_unit(sentence: str, expected: list[tuple[str, int, str]]) -> None:
    found = [(fact.metric.value, fact.value, fact.unit) for fact in told(f"{INTRODUCTION}{sentence}。")]
    assert found == [(metric, Decimal(value), unit) for metric, value, unit in expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "2024年11月21日，记者来到第三车间",
        "53岁的王某每月能挣7000元",
        "她一年挣回4万多元",
        "我每年多挣3万元",
        "力争到2027年带动就业50万人",
        "到2030年，从业人员突破400万人",
        "计划培训2万人次，打造60个品牌",
        "某某焊接有限公司吸纳300多人上班",
        "油菜每亩多收200元",
        "县域面积660平方公里，总人口只有30万人",
        "千家万户都用得上这门手艺，百名师傅现场演示",
        "热线12345照旧有人接",
        "第22位选手上台",
        "按照“一县一品”的思路推进三项工程",
        "一天要用掉5000多斤大豆",
        "由20个部门联合印发",
        "一亩茯苓投入2000元",
        "选派干部120人",
        "脱贫人口务工比年度任务多3.2万人",
        "学员两人一组",
        "共有人口9.03万，农村劳动力4.4万人",
        "举办文化节，吸引3万名游客观看",
        "如今公司年产值3亿元，吸纳就业1500人",
        "一家服装企业今年新招工人220名",
        "“以前顾不上家，现在每月能挣3800元，日子好过了。”工人张某某笑着说",
        "为农民工追讨工资1200多万元",
        "“十四五”期间，将联合培育10个以上劳务品牌",
        "开设家政、电焊等20多个专业",
        "提前完成全年275万人次的目标任务",
        "建档立卡贫困人口5.6万人",
        "聘请劳务信息员58名",
        "年纳税1.2亿元",
        "基地里，30多名学员正在练习抚触",
        "对带动100人以上就业的，一次性给予奖励",
        "一季度，全市计划转移农村劳动力17万人以上",
        "政府搭台，院校出人，要教出上千名焊工",
        "一个种稻的地方，靠两块劳务品牌出了名",
        "县里有三块劳务品牌，都是女人们撑起来的",
        "在“云上焊工”这两个劳务品牌之外，又印发了方案",
        "“云上蘑菇”区域公用品牌价值205.80亿元",
        "镇上的赵女士开起网店，今年收入近15万元",
        "“一个月3000多块，你去不去？”他一咬牙就去了",
        "课是这样上的，一半在车间，一半在田头",
        "基地里，20多名学员穿着一色的工装",
        "先说难处，贫困县戴帽子的有10个，国家级的5个",
    ],
)
def test_what_is_no_statistic(sentence: str) -> None:
    assert told(f"{INTRODUCTION}{sentence}。") == ()


def test_a_fraction_that_says_again_what_was_told_is_no_figure() -> None:
    facts = told(f"{INTRODUCTION}从业人员48万人，差不多一半。")
    assert [fact.metric.value for fact in facts] == ["employment"]
    facts = told(f"{INTRODUCTION}从业人员占全县劳动力的一半。")
    assert [(fact.metric.value, fact.value) for fact in facts] == [("other", 50)]


def test_what_is_set_up_by_a_plan_whose_name_ends_in_that_word_is_a_figure() -> None:
    (fact,) = told(f"{INTRODUCTION}三年行动计划安置焊工3200人。")
    assert (fact.metric.value, fact.value) == ("employment", 3200)


@pytest.mark.parametrize("end", ["到“十四五”末，", "到2027年6月底，"])
def test_an_undated_article_tells_of_a_time_to_come(end: str) -> None:
    assert told(f"{INTRODUCTION}{end}全县带动就业5万人。", published_on=None) == ()


def test_a_condition_is_no_figure_but_what_meets_it_is() -> None:
    facts = told(f"{INTRODUCTION}带动就业5000人以上的品牌有12个。")
    assert [(fact.metric.value, fact.value) for fact in facts] == [("brands", 12)]


def test_what_each_of_some_brands_has_is_no_figure() -> None:
    facts = told(f"{INTRODUCTION}有21个品牌年产值过十亿元。")
    assert [(fact.metric.value, fact.value) for fact in facts] == [("brands", 21)]


def test_a_paragraph_of_parts_goes_on_with_brands() -> None:
    facts = told("云南认定劳务品牌174个，从业者203万人。", "从地区看，滇西六市有69个，占39.7%；滇中58个。")
    assert [(fact.metric.value, fact.value) for fact in facts if fact.unit == "个"][1:] == [
        ("brands", 69),
        ("brands", 58),
    ]


def test_a_range_keeps_both_ends() -> None:
    (fact,) = told(f"{INTRODUCTION}每人每月能挣3000余元至5000余元。")
    assert (fact.value, fact.value_max, fact.qualifier.value) == (3000, 5000, "over")
