"""Codes of divisions after GB/T 2260: what one holds is a range of codes."""


def adcode_range(adcode: str) -> tuple[str, str]:
    """The half-open range of codes of a division and all divisions in it, after GB/T 2260: two digits a province, two a
    prefecture, two a county. The country (100000) holds all.

    >>> adcode_range("450000")
    ('450000', '460000')
    """
    if adcode == "100000":
        return "100000", "999999"
    width = 2 if adcode.endswith("0000") else 4 if adcode.endswith("00") else 6
    return adcode, str(int(adcode[:width]) + 1).ljust(6, "0")


def lineage(adcode: str) -> list[str]:
    """The codes of a division and of those that hold it, the province first, by the prefixes of the code alone: 429004,
    which lies in no prefecture, also names 429000, which doesn't exist and is asked for by nobody.

    >>> lineage("141102")
    ['140000', '141100', '141102']
    """
    return list(dict.fromkeys((f"{adcode[:2]}0000", f"{adcode[:4]}00", adcode)))
