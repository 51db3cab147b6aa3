"""What a file's name says: `<feed>_<period>[_<n>][_p<i>of<k>].<ext>`, in English or by the Chinese title.

A list of ours that comes back names its place after the period: 入户核查结果_20200630_龙湖镇.xlsx.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from expectations.contract import Department, Feed
from expectations.feeds import catalogue, departments
from expectations.periods import YEARS, BadPeriod, Period, period_of

EXTENSIONS = ("csv", "txt", "xlsx", "xls", "parquet")
EVERYDAY = ("工作表", "表", "名单", "汇总", "明细", "台账", "数据", "更正", "副本")
LEFT_OUT = "＊"
EXPECTED = "<feed>_<YYYY|YYYYMM|YYYYMMDD>[_n].<csv|txt|xlsx|xls|parquet>"
FEW_DIGITS = 8  # with no letter between them: a telephone has eleven, an identity number fifteen or eighteen
_PERIOD = r"(?<!\d)20\d\d(?:\d\d|年(?:\d{1,2}月)?)?(?!\d)"
_MONTH, _DAY = "[-._](?:1[0-2]|0?[1-9])", "[-._](?:3[01]|[12][0-9]|0?[1-9])"
_PERIOD_OR_DAY = re.compile(rf"((?<!\d)20\d\d(?:\d\d(?:\d\d)?|{_MONTH}(?:{_DAY})?)?(?!\d))")
_DIGITS = re.compile(r"\d(?:[\W_月]*\d)*")
# so that nobody is kept who is named there
PLACE = "[\u4e00-\u9fff]{1,10}(?:乡|镇|街道|办事处|管委会|农场|林场|不明)|[0-9]{9}"
_NAME = re.compile(
    r"(?P<feed>.+?)_(?P<period>\d{4}|\d{6}|\d{8})"
    rf"(?:_(?P<place>{PLACE}))?"
    r"(?:_(?P<n>[1-9]\d{0,3}))?"
    r"(?:_p(?P<part>[1-9]\d?)of(?P<parts>[1-9]\d?))?\.(?P<extension>[A-Za-z]+)",
    flags=re.ASCII,  # a period in full-width digits is none
)


@dataclass(frozen=True)
class Name:
    """The feed, period, number, part and, of a list of ours, place that a file name states."""

    feed: Feed
    period: Period
    n: int
    part: int
    parts: int
    extension: str
    place: str = ""


class BadName(ValueError):
    """A file name that states no feed, period or format that we know; `code` says which, str() what was
    allowed."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def as_text(file_name: str) -> str:
    """A name of the file system as it was written: one whose bytes are no UTF-8 is GB18030, as from Windows."""
    try:
        file_name.encode()
    except UnicodeEncodeError:
        return file_name.encode(errors="surrogateescape").decode("gb18030", "replace")
    return file_name


def name_of(file_name: str) -> Name:
    """Read a file name; BadName when it cannot be read."""
    found = _NAME.fullmatch(file_name)
    if not found:
        raise BadName("name_unknown", EXPECTED)
    extension = found["extension"].lower()
    if extension not in EXTENSIONS:
        raise BadName("format_unknown", ", ".join(EXTENSIONS))
    feed = _feed(found["feed"])
    if found["place"] and not feed.given:
        raise BadName("name_unknown", EXPECTED)
    try:
        period = period_of(feed, found["period"])
    except BadPeriod as error:
        raise BadName("period_unknown", str(error)) from error
    if period.first.year not in YEARS:
        raise BadName("period_unknown", f"{YEARS[0]} … {YEARS[-1]}")
    part, parts = int(found["part"] or 1), int(found["parts"] or 1)
    if part > parts:
        raise BadName("part_unknown", f"1 … {parts}")
    return Name(feed, period, int(found["n"] or 1), part, parts, extension, found["place"] or "")


def place_of(file_name: str) -> str:
    """The place that the name of a list of ours states, empty for any other file."""
    try:
        return name_of(file_name).place
    except BadName:
        return ""


def _feed(stated: str) -> Feed:
    for feed in catalogue().values():
        if stated in (feed.name, feed.title):
            return feed
    raise BadName("feed_unknown", ", ".join(catalogue()))


def shown(name: str) -> str:
    """What may be kept and shown of the name of a file or a sheet: some are called after a person.

    Words of the contracts and everyday ones, Latin letters (feeds are misspelt in them), years, months, short numbers
    and marks stay; any other run is left out, and short numbers that make a long one, a period apart.
    """
    few = _DIGITS.sub(lambda found: _without_long(found[0]), name)
    return _shown().sub(lambda found: found[1] or LEFT_OUT, few)


def _without_long(numbers: str) -> str:
    before, period, after = (*_PERIOD_OR_DAY.split(numbers, maxsplit=1), "", "")[:3]
    if sum(map(str.isdigit, before + after)) <= FEW_DIGITS:
        return numbers
    return re.sub(r"\d", LEFT_OUT, before) + period + re.sub(r"\d", LEFT_OUT, after)


@cache
def _shown() -> re.Pattern[str]:
    promised: tuple[Feed | Department, ...] = (*catalogue().values(), *departments().values())
    columns = [column for feed in catalogue().values() for column in feed.columns]
    headers = {word for column in columns for word in (column.label, *column.aliases) if len(word) > 1}
    words = {*(one.title for one in promised), *headers, *EVERYDAY}
    known = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    number = r"(?<!\d)\d{1,2}月?(?!\d)|[一二三四五六七八九十]{1,2}月"
    kept = rf"{known}|{_PERIOD}|{number}|[A-Za-z ._()（）-]"
    return re.compile(rf"({kept})|(?:(?!{kept}).)+", flags=re.DOTALL)
