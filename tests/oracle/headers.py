"""The header: which row it is, which column each of its cells names, and the unit that it states."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from .cells import plain
from .contract import Column, Feed

Line = tuple[int, list[Any]]

FACTORS = {"元": 1, "万元": 10000, "万": 10000}
UNIT_WORDS = set(FACTORS) | {"人", "户", "升", "米", "分钟", "月", "个月", "岁"}
EVERYDAY = {"证件号码": ("身份证号", "身份证号码", "公民身份号码", "居民身份证号码"), "日期": ("时间",)}


class Refused(Exception):
    """The delivery stops at the first gate; the argument is the reason's id."""


def title_of(cell: Any) -> str:
    """ "headers match after removing blanks, line breaks, full-width forms, brackets' content"."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", plain(cell)))
    return re.sub(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】", "", text).casefold()


@cache
def titles_of(feed: Feed) -> dict[str, Column]:
    found = {title_of(title): column for column in feed.columns for title in (*column.titles, column.name)}
    for title, column in list(found.items()):
        for word, others in EVERYDAY.items():
            for other in others if word in title else ():
                found.setdefault(title.replace(word, other), column)
    return found


def is_filled(cells: list[Any]) -> bool:
    return any(plain(cell) for cell in cells)


def find_header(lines: list[Line], feed: Feed) -> int | None:
    """ "Header within the first 20 filled rows": the one that names most of the feed's columns."""
    titles = titles_of(feed)
    best, place, filled = 1, None, 0
    for index, (_, cells) in enumerate(lines):
        filled += is_filled(cells)
        if filled > 20:
            break
        known = len({titles[title].name for title in map(title_of, cells) if title in titles})
        if known > best:
            best, place = known, index
    return place


def lacks(feed: Feed, cells: list[Any]) -> list[str]:
    titles = titles_of(feed)
    there = {titles[title].name for title in map(title_of, cells) if title in titles}
    return [column.name for column in feed.columns if column.is_required and column.name not in there]


def unit_of(cell: Any) -> int | None:
    """The factor that a header's brackets name; "another unit (千元, 百元) in a header refuses"."""
    text = re.sub(r"\s", "", plain(cell))
    units = [FACTORS[inside] for inside in re.findall(r"\(([^)]*)\)", text) if inside in FACTORS]
    if re.search(r"\((千元|百元|亿元)\)", text):
        raise Refused("unit")
    return units[0] if units else None


def unit_above(lines: list[Line]) -> int:
    """ "A line above the header that says 单位：万元 is a unit row"."""
    for _, cells in lines:
        for cell in cells:
            found = re.search(r"单位:\s*(万元|万|元|千元|百元)", plain(cell))
            if found and found[1] not in FACTORS:
                raise Refused("unit")
            if found:
                return FACTORS[found[1]]
    return 1


def is_unit_row(cells: list[Any]) -> bool:
    words = {plain(cell) for cell in cells} - {""}
    return bool(words & set(FACTORS)) and words <= UNIT_WORDS


def repeats_header(cells: list[Any], names: list[str]) -> bool:
    """ "A row that repeats the header is left out; one that repeats its names in another order refuses"."""
    titles = [title_of(cell) for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    if titles == names:
        return True
    if len(titles) > 1 and (sorted(titles) == sorted(names) or set(titles) > set(names)):
        raise Refused("second_header")  # a second table, with its columns in another order or with more
    return False
