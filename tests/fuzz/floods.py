"""Texts that no paper prints: much too much of one thing. Each is made to a size in bytes."""

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from random import Random

from tests.fuzz.mutations import PAIRS, REPEATS, WORDS
from tests.fuzz.pages import pages

Flood = Callable[[Random, int], str]

HEAD = "劳务品牌名单\n"
NAMES = (
    "天镇保姆",
    "吕梁山护工",
    "川妹子",
    "威县纺织女工",
    "赣字号",
    "八桂系列",
    "横州茉莉花茶师",
    "电焊工",
    "钻井工",
    "大嫂",
)
PLACES = (
    "北京",
    "吕梁市",
    "河北省",
    "朝阳",
    "内蒙古自治区赤峰市敖汉旗",
    "新疆",
    "海州",
    "鼓楼区",
    "长沙",
    "和平",
    "桂",
    "市",
    "县",
)
ATOMS = (
    "1", "9", "万", "亿", "数", "两三", "一二", "、", "，", "。", "；", "\n", " ", "　", "“", "”", "「",
    "《", "》", "（", "—", "翻番", "百分之", "1,", "1.", "a", "#", "---\n", "1 ", "1年", "人", "元",
    "三成", "市", "省", "镇", "的", "等", "和", "劳务品牌", "品牌", "“”", "““", "：", "：\n", "A1",
    "第", "届", "全国", "全省", "该品牌", "增收", "记者", "据", "新华社", "本报讯（记者", "（记者", "——",
    "·", "从", "自", "前", "！？", "…", "将", "力争", "公司", "工程", "大赛", "行动", "关于", "印发",
    "意见", "“一”", "“一”、", "《关于", "有限公司", "a ", "一 ", "一  ", "中 国", "一\n",
    "一二三四五六七八九十一二\n", "1.\n", "一：", "一：二\n", "“天镇保姆”、", "\u0301", "\u0301a",
)  # fmt: skip


def filled(pieces: Iterable[str], size: int) -> str:
    """Pieces until the text has `size` bytes."""
    out, left = [], size
    for piece in pieces:
        bytes_of_piece = len(piece.encode("utf-8", "surrogatepass"))
        if bytes_of_piece > left:
            out.append(piece[: left // 4])
            break
        out.append(piece)
        left -= bytes_of_piece
    return "".join(out)


def atom(rng: Random, size: int) -> str:
    """One short piece without end: digits, 万万万, 数数数, 、、、, line ends, blanks."""
    piece = rng.choice(ATOMS)
    start, end = rng.choice(("", HEAD, "劳务品牌“", "河北省有")), rng.choice(("", "劳务品牌", "人", "”劳务品牌", "!"))
    return start + piece * min(size // len(piece.encode()), 20 * REPEATS) + end


def atoms(rng: Random, size: int) -> str:
    """Two to four short pieces in turn."""
    unit = "".join(rng.choices(ATOMS, k=rng.randint(2, 4)))
    return rng.choice(("", HEAD)) + unit * (size // len(unit.encode()))


def soup(rng: Random, size: int) -> str:
    """Words of the lexicons in any order."""
    some = rng.sample(WORDS, k=rng.choice((5, 20, len(WORDS))))
    return filled(iter(lambda: rng.choice(some), None), size)


def quoted_names(rng: Random, size: int) -> str:
    """Thousands of names in quotes, all different or all the same, in one list or in sentences."""
    pair = rng.choice(PAIRS[:4])
    glue = rng.choice(("", "、", "，", "和", "\n", "。", "劳务品牌，", "带动3万人就业。", "、河北"))
    same = rng.random() < 0.3
    tail = rng.choice(("", "劳务品牌", "等10个劳务品牌"))
    return (
        rng.choice(("", HEAD))
        + filled((f"{pair[0]}{name}{pair[1]}{glue}" for name in names(rng, same=same)), size)
        + tail
    )


def rows(rng: Random, size: int) -> str:
    """A list or table of thousands of rows."""
    form = rng.choice(
        (
            "{n}. {name}\n",
            "{place} {name}\n",
            "{place}：{name}、{name}\n",
            "{name}（{place}）\n",
            "{n} {place} {name} {n}\n",
            "{name}\n",
            "| {place} | {name} |\n",
        )
    )
    found = zip(count(1), names(rng, same=rng.random() < 0.2))
    return HEAD + filled((form.format(n=n, name=name, place=rng.choice(PLACES)) for n, name in found), size)


def articles(rng: Random, size: int) -> str:
    """Thousands of tiny articles."""
    name = names(rng, same=rng.random() < 0.3)
    form = rng.choice(
        (
            "{place}劳务品牌“{name}”再添新成员\n本报讯（记者 王某）{place}打造“{name}”劳务品牌，带动{n}人就业。\n\n",
            "## {name}\n{place}{n}人。\n",
            "{name}走出{place}\n\n{place}的“{name}”劳务品牌有{n}人。劳务品牌。\n\n", "本报讯 {name}\n",
            "题\n文。\n", "新华社{place}11月19日电 {name}劳务品牌{n}人。\n",
            "上接第1版 “{name}”劳务品牌\n", "{name}大赛举行 劳务品牌\n记者 王某\n",
        )
    )  # fmt: skip
    return filled((form.format(place=rng.choice(PLACES), name=next(name), n=n) for n in count(3)), size)


def statistics(rng: Random, size: int) -> str:
    """Thousands of numbers in one sentence, one paragraph or one a line."""
    glue = rng.choice(("，", "、", "。", "\n", "；", "其中", ""))
    form = rng.choice(
        (
            "带动就业{n}万人",
            "{n}人",
            "产值{n}元",
            "培训{n}人次",
            "{place}{n}人",
            "“天镇保姆”{n}人",
            "增长{n}%",
            "{n}个劳务品牌",
            "2025年{n}月{n}日",
        )
    )
    numbers = (form.format(n=n if rng.random() < 0.9 else "数千", place=rng.choice(PLACES)) for n in count(3))
    return HEAD + "劳务品牌“天镇保姆”：" + filled((number + glue for number in numbers), size)


def programs(rng: Random, size: int) -> str:
    """Thousands of policies, meetings and contests."""
    form = rng.choice(
        (
            "《关于{n}的实施意见》",
            "第{n}届全国劳务品牌大会",
            "“{n}号”工程",
            "{place}劳务品牌大赛举行",
            "2025年第{n}届{place}劳务品牌发展大会，",
        )
    )
    glue = rng.choice(("", "、", "。", "\n"))
    return HEAD + "劳务品牌。" + filled((form.format(n=n, place=rng.choice(PLACES)) + glue for n in count(3)), size)


def places(rng: Random, size: int) -> str:
    """The names of divisions, over and over."""
    some = rng.sample(PLACES, k=rng.randint(1, len(PLACES)))
    return (
        rng.choice(("", HEAD))
        + filled(iter(lambda: rng.choice(some), None), size)
        + rng.choice(("", "：\n“天镇保姆”劳务品牌"))
    )


def columns(rng: Random, size: int) -> str:
    """The corpus itself, page after page."""
    return filled(iter(lambda: rng.choice(pages()) + "\n\n", None), size)


def characters(rng: Random, size: int) -> str:
    """Any code points, surrogates and all."""
    low, high = rng.choice(
        ((0, 0x80), (0x4E00, 0x9FFF), (0x3000, 0x30FF), (0x2000, 0x2100), (0, 0xFFFF), (0, 0x10FFFF))
    )
    return filled((chr(rng.randint(low, high)) for _ in count()), min(size, 200_000))


def names(rng: Random, *, same: bool) -> Iterator[str]:
    """Names of brands, real in form; the same one again and again, or each another."""
    fixed = rng.choice(NAMES)
    for number in count():
        yield (
            fixed
            if same
            else rng.choice(PLACES)
            + chr(0x4E00 + number % 0x51A5)
            + chr(0x4E00 + number // 7 % 0x51A5)
            + rng.choice(NAMES)[-2:]
        )


FLOODS: tuple[Flood, ...] = (
    atom,
    atoms,
    soup,
    quoted_names,
    rows,
    articles,
    statistics,
    programs,
    places,
    columns,
    characters,
)
