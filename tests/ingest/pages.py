"""Invented articles that tests lay out as newspaper pages do: side by side, pushed into one another, cut and spaced."""

from typing import NamedTuple

from ingest.clean import clean
from ingest.read import read
from ingest.records import ExtractedArticle
from ingest.segment import segment


class Story(NamedTuple):
    title: str
    paragraphs: tuple[str, ...]


EMBROIDERY = Story(
    "“云岭绣娘”绣出好日子",
    (
        "青山县的绣坊里，银针起落。县人社局介绍，劳务品牌“云岭绣娘”五年来累计培训绣娘1.2万人，带动8000余人就业。",
        "绣坊负责人说，过去姐妹们外出务工，一年到头难得回家；如今在绣坊接订单、绣花样，绣娘每人每月增收3000元左右。",
        "为了把品牌做大，青山县建起12个绣娘工坊，办起刺绣技能培训班，还把“云岭绣娘”注册成商标。",
        "下一步，县人社局将选派老绣娘进工坊带徒弟，让更多绣娘端稳手艺饭碗。",
    ),
)
BRIDGE = Story(
    "城东大桥封闭维修一个月",
    (
        "本报讯（记者 王某）昨日起，城东大桥全封闭维修，工期30天，过往车辆须绕行环城北路。",
        "市交通部门提醒，大桥封闭期间，公交5路、9路临时改道，桥头设有绕行指示牌，过往车辆请减速。",
        "这座大桥通车已有二十年，桥面破损严重，此次维修将更换伸缩缝和沥青桥面，并加固桥墩。",
    ),
)
LIBRARY = Story(
    "少儿图书馆周末讲故事",
    (
        "本报讯（通讯员 李某）每到周末，市少儿图书馆的绘本角就坐满了孩子，志愿者轮流讲故事，孩子们听得入迷。",
        "图书馆今年新添绘本6000册，开辟亲子阅读区，家长和孩子可以一起借书、读绘本、做手工。",
        "馆长说，周末讲故事已经办了80场，暑假还要请作家到少儿图书馆同孩子们见面。",
    ),
)
APPLES = Story(
    "北坡万亩苹果采收忙",
    (
        "本报讯 霜降过后，北坡镇的苹果园里一片红，果农忙着采收、分拣、装箱，卡车排队等着装苹果。",
        "今年北坡苹果挂果好，糖度高，收购价每斤三元五角。镇里新建冷库，苹果能存到来年春天。",
    ),
)
OTHERS = (BRIDGE, LIBRARY, APPLES)


def articles(text: str, *, head: str = "") -> tuple[ExtractedArticle, ...]:
    """The articles of a page with that text below that front matter."""
    whole = f"---\n{head}\n---\n{text}" if head else text
    page = read("page.txt", whole.encode())
    return segment(page, clean(page))


def laid(*lines: str, gap: str = "\n\n") -> str:
    return gap.join(lines)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of ``width`` characters, its first line two characters shorter, as a column sets it."""
    return [text[: width - 2], *(text[i : i + width] for i in range(width - 2, len(text), width))]


def holds(article: ExtractedArticle, paragraph: str) -> bool:
    """Whether the article has the paragraph, its byline aside."""
    return paragraph.replace(" ", "")[-30:] in article.text.text.replace(" ", "")
