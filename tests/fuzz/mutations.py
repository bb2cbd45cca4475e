"""Ways to spoil a page: each takes a random generator and a text, and gives another text."""

from collections.abc import Callable
from random import Random

from tests.fuzz.pages import pages

# Bytes of the largest file; made texts are cut to it.
LIMIT = 2 * 1024 * 1024

# So often a piece is repeated at most.
REPEATS = 100_000

# So deep quotes and brackets are nested at most.
DEPTH = 10_000

Mutation = Callable[[Random, str], str]

COMBINING = "\u0300\u0301\u0338\u20dd\u3099\u309a\ufe20\u0488\u064b"
BIDI = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\ufe0f\u034f\U000e0101\u2028\u2029\x0b\x0c\x1c\x85"
REFUSED = "\x00\ud800\udbff\udc00\udfff"
ODD = "\ufffd\ufffe\ue000\U0010ffff\U00020000\u1100\uac00\ufb00ﷺ㍿㏑①⑴㈠〇○零Ａ１％㎡℃ǅİßﬃ"
PAIRS = ("“”", "‘’", "「」", "『』", "《》", "（）", '""', "()", "[]", "【】", "〝〞")
WORDS = (
    "劳务品牌", "特色劳务品牌", "品牌", "名片", "字号", "系列", "“", "”", "「", "」", "《", "》", "（",
    "）", "、", "，", "。", "；", "：", "！", "\n", "\n\n", " ", "　", "等", "和", "与", "以及", "其中",
    "该品牌", "全省", "全市", "全县", "全国", "全区", "我省", "吕梁", "天镇", "河北", "河北省", "朝阳",
    "鼓楼", "通州", "曲阳", "内蒙古自治区", "赤峰市", "敖汉旗", "川", "桂", "保姆", "护工", "月嫂", "师傅",
    "工匠", "绣娘", "技工", "大嫂", "人", "名", "万", "亿", "元", "家", "个", "成", "倍", "%", "番", "翻",
    "翻番", "分之", "三", "十", "百", "千", "数", "几", "两", "近", "超", "约", "余", "多", "以上", "左右",
    "至", "到", "—", "1", "2025", "9.5", "1,234", "0", "年", "月", "日", "去年", "截至", "今年以来",
    "上半年", "第", "届", "批", "首批", "从业人员", "带动就业", "培训", "年产值", "人均月收入", "增收",
    "大赛", "大会", "工程", "行动", "计划", "印发", "关于", "的", "意见", "方案", "本报讯", "（记者",
    "新华社", "11月19日电", "下转第2版", "上接第1版", "《1版", "记者", "责任编辑：", "## ", "---\n",
    "title: ", "| ", "\t", "1.", "一、", "①", "市", "县", "省", "区", "公司", "将", "力争", "有", "是",
    "在", "举行", "认定", "评为", "打造", "被", "由", "省级", "市级", "县级", "镇", "村", "山", "报", "网",
    "岁", "她", "他", "同比", "增长", "达",
)  # fmt: skip


def place(rng: Random, text: str) -> int:
    return rng.randint(0, len(text))


def stretch(rng: Random, text: str, most: int = 400) -> tuple[int, int]:
    start = place(rng, text)
    return start, min(start + rng.randint(1, most), len(text))


def cut(rng: Random, text: str) -> str:
    start, end = sorted((place(rng, text), place(rng, text)))
    return text[start:end] if rng.random() < 0.5 else text[:start] + text[end:]


def repeat(rng: Random, text: str) -> str:
    """A piece of a few characters, or of a few lines, very often."""
    start, end = stretch(rng, text, rng.choice((1, 2, 4, 30, 400)))
    times = int(REPEATS ** rng.random())
    return text[:start] + text[start:end] * min(times, LIMIT // max(end - start, 1)) + text[end:]


def splice(rng: Random, text: str) -> str:
    """The lines of two pages, one into the other."""
    other = rng.choice(pages()).split("\n")
    lines = text.split("\n")
    if rng.random() < 0.5:
        at = rng.randint(0, len(lines))
        return "\n".join(lines[:at] + other + lines[at:])
    return "\n".join(line for pair in zip(lines, other, strict=False) for line in pair)


def shuffle(rng: Random, text: str) -> str:
    lines = text.split("\n")
    rng.shuffle(lines)
    return "\n".join(lines)


def exchange(rng: Random, text: str) -> str:
    """Two stretches change places."""
    a, b, c, d = sorted(place(rng, text) for _ in range(4))
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def sprinkle(rng: Random, text: str, characters: str) -> str:
    """Characters of a set between those of the text, alone or in runs."""
    share = rng.choice((0.002, 0.02, 0.3))
    longest = rng.choice((1, 1, 3, 50))
    out = []
    for char in text:
        out.append(char)
        if rng.random() < share:
            out.append(rng.choice(characters) * rng.randint(1, longest))
    return "".join(out)


def combining(rng: Random, text: str) -> str:
    if rng.random() < 0.5:
        return sprinkle(rng, text, COMBINING)
    at = place(rng, text)
    return text[:at] + "".join(rng.choices(COMBINING, k=int(REPEATS ** rng.random()))) + text[at:]


def bidi(rng: Random, text: str) -> str:
    return sprinkle(rng, text, BIDI)


def unseen(rng: Random, text: str) -> str:
    return sprinkle(rng, text, UNSEEN)


def refused(rng: Random, text: str) -> str:
    return sprinkle(rng, text, REFUSED)


def odd(rng: Random, text: str) -> str:
    return sprinkle(rng, text, ODD)


def blanks(rng: Random, text: str) -> str:
    return sprinkle(rng, text, rng.choice((" ", "\u3000", "\n", " \n", "\t")))


def words(rng: Random, text: str) -> str:
    """Words of the lexicons where they do not belong."""
    for _ in range(rng.randint(1, 60)):
        at = place(rng, text)
        text = text[:at] + rng.choice(WORDS) * rng.choice((1, 1, 1, 2, 50)) + text[at:]
    return text


def nest(rng: Random, text: str) -> str:
    """A stretch in quotes in quotes in quotes; some left open."""
    start, end = stretch(rng, text, 12)
    depth = int(DEPTH ** rng.random())
    pair = rng.choice(PAIRS)
    closed = depth if rng.random() < 0.7 else rng.randint(0, depth)
    return text[:start] + pair[0] * depth + text[start:end] + pair[1] * closed + text[end:]


def requote(rng: Random, text: str) -> str:
    """Other quotes, or none, or all the same way round."""
    new = rng.choice((*PAIRS, "  ", "””", "““"))
    return text.replace("“", new[0]).replace("”", new[1])


def rewrap(rng: Random, text: str) -> str:
    """Lines of a fixed width, with or without the ends that there were."""
    width = rng.choice((1, 2, 5, 11, 17, 30))
    flat = text.replace("\n", "") if rng.random() < 0.5 else text
    end = rng.choice(("\n", "\r\n", "\r", "\n\n", "\f", "\u2028", " \n "))
    return end.join(flat[i : i + width] for i in range(0, len(flat), width))


def space_out(rng: Random, text: str) -> str:
    """Blanks between all characters, as justified type is delivered."""
    return rng.choice((" ", "  ", "\u3000")).join(text)


def unlined(rng: Random, text: str) -> str:
    return text.replace("\n", rng.choice(("", " ", "。")))


def digits(rng: Random, text: str) -> str:
    """Digits where there were some, of another script or without end."""
    new = rng.choice(
        ("9" * 40, "１２", "٣٤", "①", "〇", "万", "数千", "1,234,567", "1.2.3", "1e9", "0", "-1", "²", "½", "二〇二四")
    )
    return "".join(new if char.isdigit() and rng.random() < 0.3 else char for char in text)


def drop(rng: Random, text: str) -> str:
    """Every so many characters one is lost."""
    share = rng.choice((0.01, 0.1))
    return "".join(char for char in text if rng.random() >= share)


def head(rng: Random, text: str) -> str:
    """Odd front matter before the text."""
    key = rng.choice(("title", "publisher", "published_on", "url", "Title", "标题", "x" * 80))
    value = rng.choice(
        (
            "",
            "：",
            "2025-13-45",
            "0000-00-00",
            "javascript:alert(1)",
            "http://[::1",
            "'",
            '""',
            "劳务品牌" * 900,
            "“" * 400,
            "\x00",
            "٢٠٢٥-١-١",
        )
    )
    lines = [f"{key}{rng.choice((':', '：', ' : ', ''))} {value}"] * rng.choice((1, 2, 60))
    fence = rng.choice(("---\n", "---", "--- \n", "﻿---\n", "---\n---\n"))
    return fence + "\n".join(lines) + rng.choice(("\n---\n", "\n", "\n--\n", "\n---")) + text


MUTATIONS: tuple[Mutation, ...] = (
    cut, repeat, splice, shuffle, exchange, combining, bidi, unseen, refused, odd, blanks, words, nest,
    requote, rewrap, space_out, unlined, digits, drop, head,
)  # fmt: skip
