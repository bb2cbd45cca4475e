from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brands.vocabulary.choices import ProgramKind
from ingest.extract.programs import find_programs
from tests.ingest.articles import article
from tests.needs import tries

POLICY, CONFERENCE, CONTEST = ProgramKind.POLICY, ProgramKind.CONFERENCE, ProgramKind.CONTEST
CAMPAIGN, PROJECT, COOPERATION = ProgramKind.CAMPAIGN, ProgramKind.PROJECT, ProgramKind.COOPERATION


def programs(text: str) -> list[tuple[str, ProgramKind]]:
    return [(mention.name, mention.kind) for mention in find_programs(article(text, title="新闻"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20部门印发《关于劳务品牌建设的指导意见》。", [("关于劳务品牌建设的指导意见", POLICY)]),
        (
            "出台《某县文印劳务品牌三年行动计划（2023—2025年）》",
            [("某县文印劳务品牌三年行动计划（2023—2025年）", POLICY)],
        ),
        ("市里印发关于加强家政服务的实施意见，每年安排300万元。", [("关于加强家政服务的实施意见", POLICY)]),
        ("连续举办青海省农牧民技能大赛，参赛的有三百人。", [("青海省农牧民技能大赛", CONTEST)]),
        ("签下一份《诚信体系建设合作协议》。", [("诚信体系建设合作协议", COOPERATION)]),
        (
            "在第三届全国劳务协作暨劳务品牌发展大会上亮相。",
            [("第三届全国劳务协作暨劳务品牌发展大会", CONFERENCE)],
        ),
        ("“2009河北—北京人力资源洽谈会”举行。", [("2009河北—北京人力资源洽谈会", CONFERENCE)]),
        ("自第15届哈洽会推出以来，名声传开。", [("第15届哈洽会", CONFERENCE)]),
        ("同期进行的劳务品牌工作全国赛上，大家比手艺。", [("劳务品牌工作全国赛", CONTEST)]),
        ("首届“文昌鸡师傅”劳务品牌大赛开赛。", [("首届“文昌鸡师傅”劳务品牌大赛", CONTEST)]),
        ("借着“雨露计划”进京。", [("雨露计划", PROJECT)]),
        ("推行“四个一”计划。", [("“四个一”计划", PROJECT)]),
        (
            "“粤菜师傅”“广东技工”“南粤家政”三项工程惠民。",
            [("粤菜师傅", PROJECT), ("广东技工", PROJECT), ("南粤家政", PROJECT)],
        ),
        ("实施劳务品牌发展提升行动，制定标准。", [("劳务品牌发展提升行动", CAMPAIGN)]),
        ("融媒体推介活动“千行百品就业行”开启。", [("千行百品就业行", CAMPAIGN)]),
        ("结合“人人持证、技能某省”建设，发证书。", [("人人持证、技能某省", CAMPAIGN)]),
        ("第五届“河谷杯”劳务品牌展示赛闭幕。", [("第五届“河谷杯”劳务品牌展示赛", CONTEST)]),
        # by what is done with it
        ("山里又办竹笋烹饪技能大赛，来了百人。", [("竹笋烹饪技能大赛", CONTEST)]),
        ("3月6日，清河县羊绒产业大会又开了。", [("清河县羊绒产业大会", CONFERENCE)]),
        ("竹匠们亮相2022年安吉小吃（笋干）文化周。", [("2022年安吉小吃（笋干）文化周", CAMPAIGN)]),
        ("在成都举行的川渝泥瓦匠交流大会上，于都县来了人。", [("川渝泥瓦匠交流大会", CONFERENCE)]),
        ("实施高素质牧民培育计划，人人有课上。", [("高素质牧民培育计划", PROJECT)]),
        ("人手够了，全民手艺提升工程搞得红火。", [("全民手艺提升工程", PROJECT)]),
        ("会上宣告成立长三角竹编产业联盟。", [("长三角竹编产业联盟", COOPERATION)]),
        # by how its name begins, quotes and brackets in it
        ("“竹海杯”月嫂技能竞赛比了三天。", [("“竹海杯”月嫂技能竞赛", CONTEST)]),
        ("清河县第二届面点技能大赛开赛。", [("清河县第二届面点技能大赛", CONTEST)]),
        ("2023年“羊绒工匠杯”清河县缝纫专项赛启动。", [("2023年“羊绒工匠杯”清河县缝纫专项赛", CONTEST)]),
        ("据新华社长沙3月2日电2021全国编匠大会2日开幕。", [("2021全国编匠大会", CONFERENCE)]),
        ("名字就叫“竹哥竹妹”农村劳动力上海劳务对接会：", [("“竹哥竹妹”农村劳动力上海劳务对接会", CONFERENCE)]),
        ("首届“石板豆腐”文化节热闹。", [("首届“石板豆腐”文化节", CAMPAIGN)]),
        # the event and not its opening or its last round
        ("首届竹乡厨艺大赛启动仪式在县里举行。", [("首届竹乡厨艺大赛", CONTEST)]),
        ("第七届海西农牧民技能大赛决赛收官。", [("第七届海西农牧民技能大赛", CONTEST)]),
        ("县里办的首届竹匠作品展热闹，又办竹匠大练兵。", [("首届竹匠作品展", CONFERENCE)]),
        ("县人社局关于印发竹匠品牌培育实施方案（试行）的通知", [("竹匠品牌培育实施方案（试行）", POLICY)]),
        # what says nothing alone has its kind with it; courses with a number
        ("推行“三个一”计划。", [("“三个一”计划", PROJECT)]),
        ("借着“百村千匠”培训进城。", [("百村千匠", CAMPAIGN)]),
        ("开展“寻竹乡好手，传百年手艺”主题活动。", [("寻竹乡好手，传百年手艺", CAMPAIGN)]),
        ("搞过“沂蒙大嫂”推介活动。", [("“沂蒙大嫂”推介活动", CAMPAIGN)]),
        ("京蒙劳务协作、闽宁劳务协作见实效。", [("京蒙劳务协作", COOPERATION), ("闽宁劳务协作", COOPERATION)]),
    ],
)
def test_programs(text: str, expected: list[tuple[str, ProgramKind]]) -> None:
    assert programs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "《意见》鼓励劳务品牌注册商标。",
        "《哪吒之魔童降世》《三体》里有他们的手笔，《山西某地保姆进京记》播出。",
        "举办劳务品牌竞赛等展示交流活动。",
        "县里办起一场家政技能展示暨招聘会。",
        "2021年全省评选出十个品牌。",
        "把“策勒地毯工”纳入技能提升行动。",
        "“豫字号”计划发展到100个。",
        "“河湾菇农”计划再招200人。",
        "每制定一项省级以上标准，补5万元。",
        "“凤归中原”等人才项目也在宣传。",
        "大家举手表决，会议开得热闹。",
        "“天目大嫂”比武夺魁，“天目大嫂”同台比武。",
        "“竹编劳务”上全国大会，绣娘比到青岛，又比全国总决赛。",
        "镇里过了个热闹的豆腐节，端午节前、教师节里都忙，环节不少。",
        "妇女儿童活动中心里，各类技能竞赛、两场招聘会、一次座谈会都办过。",
        "养老服务业的技能提升专项行动年年有。",
        "“订单式”培训办得好，“沂蒙大嫂”培训也办。",
        "从县里到哈尔滨对接会一年几回。",
        "实施民生工程，推进重点项目，启动这项工程。",
        "全省工作会议、全市座谈会上都说过。",
        "县里连办八届面点师比武大赛。",
    ],
)
def test_what_is_no_program(text: str) -> None:
    assert programs(text) == []


@pytest.mark.parametrize(
    "text",
    ["“---”工程让农民工增收。", "实施“……”行动。", "“···”劳务品牌大赛举行。", "“★★★”工程启动。", "《——》印发。"],
)
def test_nothing_but_marks_is_no_name(text: str) -> None:
    assert programs(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“中国新匠”创业大赛劳务品牌专项赛在青岛开赛。", "“中国新匠”创业大赛劳务品牌专项赛"),
        ("“一户一技”培训计划落到村。", "一户一技"),
        ("到了劳务品牌创新研讨会，三位教授先后发言。", "劳务品牌创新研讨会"),
        ("京津冀劳务协作走过五年。", "京津冀劳务协作"),
    ],
)
def test_a_name_is_whole(text: str, name: str) -> None:
    assert [found for found, _ in programs(text)] == [name]


def test_mentions_stand_where_they_say_and_do_not_overlap() -> None:
    source = article("实施“十乡百碗”工程，印发《某省“川字号”劳务品牌促进办法》，召开第二届全国劳务品牌发展大会。")
    found = find_programs(source)
    assert [source.text.text[m.start : m.end] for m in found] == [m.name for m in found]
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=tries(150, 40), deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["《", "》", "“", "”", "第", "届", "大会", "行动", "全国", "劳务品牌", "的", "京", "协作", "\n", "关于"]
        ),
        max_size=60,
    )
)
def test_any_text_is_read_without_error(pieces: list[str]) -> None:
    source = article("".join(pieces))
    for mention in find_programs(source):
        assert source.text.text[mention.start : mention.end] == mention.name
