"""The forms of lines on a newspaper page: patterns and words by which a line is told to be this or that."""

import re
from functools import cache

from ingest.lexicon import table, words

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"


@cache
def labels() -> frozenset[str]:
    return frozenset((*words("page", "labels"), *words("page", "columns")))


@cache
def link_heads() -> frozenset[str]:
    return frozenset(words("page", "link_heads"))


@cache
def link() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "links")))


@cache
def web_word() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "web_words")))


@cache
def web_furniture() -> re.Pattern[str]:
    return re.compile("|".join(table("page")["web_furniture"]))


@cache
def document() -> re.Pattern[str]:
    return re.compile(table("page")["document_title"])


@cache
def of_paper() -> re.Pattern[str]:
    """What the date of a paper's issue has and that of a web page has not: a weekday, a page number, the paper."""
    return re.compile("[期周]|版|报")


@cache
def marked() -> re.Pattern[str]:
    return re.compile(r"(#{1,6}) *(?=[^# ])(?![^#]{1,12}#)")


@cache
def bold() -> re.Pattern[str]:
    """**从小作坊到大品牌**"""
    return re.compile(r"\*\*([^*]{2,})\*\*")


@cache
def turn() -> re.Pattern[str]:
    """下转第三版, alone on its line."""
    return re.compile(r"[（【—]*(?:下转|转)第?[0-9A-Z一二三四五六七八九十]{1,4}版?[^。，]{0,6}[）】]?\Z")


@cache
def rest() -> re.Pattern[str]:
    """上接第一版 and 《1版 at the head of a part."""
    from_page = r"[（【◀←]?(?:上接|紧接)第?[0-9A-Z一二三四五六七八九十]{0,4}版?[^。，）】]{0,8}[）】]?"
    return re.compile(from_page + r"|[《◀←][A-Z]?[0-9]{1,2}版?(?![^\n]*》)")


@cache
def byline() -> re.Pattern[str]:
    """□ 新华社记者 王某 通讯员 李某: who, and names of four characters at most."""
    who = "|".join(words("page", "authors"))
    house = f"[{_HAN}·]{{0,12}}(?:报|社|网|台|新闻|客户端|媒体|首席|见习|实习|特约)"
    names = f"(?:[ ：]?[{_HAN}·×]{{1,4}}(?=[ 、/）]|\\Z)[ 、/]{{0,2}}){{0,8}}"
    return re.compile(
        rf"[□■◆◎▲·—\-（ ]*(?:{house})?(?:{who}){names}(?: ?(?:{who}){names}){{0,3}}[）]?\Z|[□■◎] ?[^。，；]{{2,30}}\Z"
    )


@cache
def who() -> re.Pattern[str]:
    """记者 王某, 通讯员李某: the word for an author before a name; 记者走进青山 is none."""
    surnames = "".join(table("page")["surnames"])
    return re.compile(f"(?:{'|'.join(words('page', 'authors'))})[ ：×{surnames}]")


@cache
def opening() -> re.Pattern[str]:
    """本报讯, 新华社北京3月1日电, 据某报消息, （记者 王某）."""
    agencies = "|".join(words("page", "agencies"))
    day = r"(?:[0-9]{1,2}月)?[0-9]{1,2}日"
    return re.compile(
        rf"本报[{_HAN}]{{0,6}}?讯|又讯|据?(?:{agencies})[{_HAN}]{{0,10}}{day}(?:电|讯|消息)"
        rf"|据[{_HAN}]{{0,8}}?[报社网台](?:{day})?(?:消息|电|讯)|[{_HAN}]{{2,10}}讯(?=[ （])"
        r"|（[^（）]{0,20}记者[^（）]{2,30}）"
    )


@cache
def caption() -> re.Pattern[str]:
    return re.compile(
        r"(?:摄|/摄影|摄影报道|/图|制图|供图)(?:[（(][^（）()]{1,14}[）)]|[ /／]{1,3}[^。，]{2,10})?[。）)]?\Z"
    )


@cache
def captions() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "captions")))


@cache
def row() -> re.Pattern[str]:
    """1 云岭绣娘 青山县; 青山县：云岭绣娘、云岭茶师."""
    units = "".join(table("page")["units"])
    numbered = rf"[0-9]{{1,3}}(?:[.、] ?| +)(?![{units}0-9])[^。]{{1,50}}\Z"
    barred = r"[|][^|\n]*[|].*[|]\Z"
    day = "[12][0-9]{3}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?"
    dated = rf"{day}(?:[、至-]{day})* [^。]{{2,60}}\Z"
    return re.compile(numbered + rf"|{barred}|{dated}|[^，。；：？！“]{1, 10}：[^。：]{1, 200}(?<![，；：])\Z")


@cache
def card() -> re.Pattern[str]:
    """品牌名称：云岭绣娘, a line of a card."""
    return re.compile("(?:" + "|".join(words("page", "card")) + ")：")


@cache
def prose() -> re.Pattern[str]:
    """How sentences begin and headlines do not."""
    return re.compile("(?:" + "|".join(table("page")["leads"]) + "|据[悉称]|据介绍|据了解)[^，]{0,6}，")


@cache
def furniture() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(table("page")["furniture"]) + r")\Z")


@cache
def date() -> re.Pattern[str]:
    """某省日报 2025年3月7日 星期五 第3版."""
    number = "第?[0-9A-Z一二三四五六七八九十]{1,4}版"
    return re.compile(
        rf"(?:[{_HAN}]{{2,10}}报 ?(?:[A-Z][A-Za-z ]{{3,30}})?|{number} ?(?:[{_HAN}·]{{2,10}} ?)?)?"
        rf"(20[0-9]{{2}}) ?[年./-] ?([0-9]{{1,2}}) ?[月./-] ?([0-9]{{1,2}})日?[ ，]?"
        rf"(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)?[ ，]*(?:第?[0-9A-Z]{{1,4}}版?)?"
        rf"(?:[ ，]*(?:农历[{_HAN}]{{4,12}}|[总第]{{1,2}}[0-9]{{1,6}}期|今日[0-9]{{1,3}}版))*[ ，]*[{_HAN}]{{0,8}}"
        rf"(?: ?责任编辑：[{_HAN} ]{{2,10}})?"
    )


@cache
def names() -> re.Pattern[str]:
    surnames = "".join(table("page")["surnames"])
    name = f"[{surnames}][{_HAN}]{{1,2}}"
    return re.compile(f"{name}(?: {name}){{0,5}}")
