"""One cell to one typed value, None for missing, or Bad with the reason; nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from operator import mul
from typing import Any, NamedTuple

from .contract import Column
from .periods import month_of

# "`-`, `/`, `无`, `——`, `N/A`, blanks for missing", and the words that programs write for an empty cell
MISSING = {
    "",
    "-",
    "/",
    "无",
    "暂无",
    "不适用",
    "——",
    "N/A",
    "n/a",
    "NULL",
    "null",
    "nan",
    "NaN",
    "None",
    "(null)",
    "\\N",
}
FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
STATED_NONE = {"无", "未办", "无户口"}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FLAGS = {"是": True, "否": False, "有": True, "无": False, "1": True, "0": False}
FLAGS |= {"Y": True, "N": False, "y": True, "n": False, "TRUE": True, "FALSE": False, "√": True, "×": False}
SCHOOLING = ("学前", "小学", "七年级", "八年级", "九年级", "初中", "普通高中", "中职", "高职", "大专")
SCHOOLING += ("本科", "硕士")
DAMAGED, NO_NUMBER, LOST = "damaged_by_excel", "no_number", "lost_characters"
LOST_FOR_GOOD = ("\ufffd", "锟斤拷", "烫烫烫", "屯屯屯")
POINTS = dict.fromkeys(map(ord, "・‧•･∙⋅"), "·")  # of names such as 买买提·艾力


class Bad(NamedTuple):
    """A cell that cannot be read truly. `text` is what stood there, for naming whom it may concern."""

    why: str
    text: str


def plain(raw: Any) -> str:
    """The cell as text: "full-width digits and letters" folded, blanks around it and what is invisible gone."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        text = raw if raw.isascii() else "".join(c for c in raw if unicodedata.category(c) != "Cf")
        return text.translate(FOLD).strip()
    if isinstance(raw, bool):
        return str(int(raw))
    if isinstance(raw, int):
        return str(raw)
    if isinstance(raw, float):  # "A numeric cell is read with 15 significant digits"
        return format(Decimal(format(raw, ".15g")), "f")
    return str(raw)


def is_long_number(raw: Any) -> bool:
    return isinstance(raw, int | float) and len(plain(abs(raw)).partition(".")[0]) > 15


def unquoted(text: str) -> str:
    """ "`="410…"`, a leading `'`, blanks and full-width digits are stripped"."""
    inside = re.fullmatch(r'="(.*)"', text)
    return re.sub(r"\s", "", (inside[1] if inside else text).removeprefix("'"))


def check_digit(first17: str) -> str:
    return "10X98765432"[sum(map(mul, map(int, first17), WEIGHTS)) % 11]


def real_date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@cache
def birth_of(number: str) -> date | None:
    return real_date(number[6:10], number[10:12], number[12:14]) if number[6:14].isdigit() else None


def id_fault(text: str) -> str | None:
    """Length, pattern, check digit and birth date of a number of 18, 20 or 22 characters."""
    if not re.fullmatch(r"\d{17}[\dX]([1-7][1-4](\d\d|B\d)?)?", text):
        return "id_length"
    if check_digit(text[:17]) != text[17]:
        return "id_check_digit"
    return None if birth_of(text) else "id_birth_date"


def read_certificate(raw: Any) -> str | Bad | None:
    """The number in full. Whether one ending in 000 is damaged, other files tell (rows.py)."""
    text = unquoted(plain(raw)).upper()
    if is_long_number(raw) or re.fullmatch(r"\d(\.\d+)?E\+?\d+", text):
        return Bad(DAMAGED, text)
    if text in STATED_NONE or "护照" in text or re.fullmatch(r"8[123]\d*", text):
        return Bad(NO_NUMBER, text)
    if text in MISSING:
        return None
    if re.fullmatch(r"\d{15}", text):  # "15-digit numbers of before 1999 are upgraded (19 + check digit)"
        if text.endswith("000"):
            return Bad(DAMAGED, text)
        text = text[:6] + "19" + text[6:]
        text += check_digit(text)
    fault = id_fault(text)
    return Bad(fault, text) if fault else text


def read_id(raw: Any) -> str | Bad | None:
    number = read_certificate(raw)
    return number[:18] if isinstance(number, str) else number  # "the person key is the left 18"


def read_full_certificate(raw: Any) -> str | Bad | None:
    number = read_certificate(raw)
    return Bad("id_length", number) if isinstance(number, str) and len(number) < 20 else number


def read_text(raw: Any) -> str | None:
    text = plain(raw)
    return None if text in MISSING else text


def read_required_text(raw: Any) -> str | Bad | None:
    """A character that was lost before the file came holds "a text that must be filled"."""
    text = read_text(raw)
    return Bad(LOST, text) if text and any(mark in text for mark in LOST_FOR_GOOD) else text


def read_name(raw: Any) -> str | Bad | None:
    """王芳 and 王 芳 are one name, and so are the points that stand in it; `王?` has lost a character."""
    text = read_required_text(raw)
    if not isinstance(text, str):
        return text
    text = unicodedata.normalize("NFKC", text).translate(POINTS)
    text = re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", text)
    return Bad(LOST, text) if "?" in text else text


def read_excuse(column: Column) -> Callable[[Any], str | None]:
    """ "a text that decides something has a list of what it may say, anything else is *not stated*"."""
    return lambda raw: column.codes.get(plain(raw))


def read_number(raw: Any) -> str | Bad | None:
    """A household, person or document number: text, but "written by Excel as 4.1E+15" it is lost."""
    text = unquoted(plain(raw))
    if is_long_number(raw) or re.fullmatch(r"\d(\.\d+)?[Ee]\+\d+", text):
        return Bad(DAMAGED, text)
    if any(mark in text for mark in LOST_FOR_GOOD):
        return Bad(LOST, text)
    if re.fullmatch(r"\d+号", text):
        return Bad("shape", text)
    return None if text in MISSING or not text.strip("0") else text


def read_serial(text: str, epoch_1904: bool) -> date | None:
    """An Excel serial; four digits that look like a year are no day."""
    serial = int(text)
    if not 1 <= serial <= 2958465 or serial == 60 or 1900 <= serial <= 2099:
        return None
    if epoch_1904:
        return date(1904, 1, 1) + timedelta(days=serial)
    return date(1899, 12, 30 if serial > 60 else 31) + timedelta(days=serial)


def read_date(raw: Any, epoch_1904: bool = False) -> date | Bad | None:
    if isinstance(raw, datetime):
        return raw.date()  # "a date cell is its day"
    if isinstance(raw, date):
        return raw
    text = plain(raw)
    if text in MISSING:
        return None
    if isinstance(raw, float):
        text = text.partition(".")[0]
    parts = re.fullmatch(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)", text)
    if parts:
        day = real_date(parts[1], parts[3] or parts[5], parts[4] or parts[6])
    elif re.fullmatch(r"\d{8}", text):
        day = real_date(text[:4], text[4:6], text[6:])
    else:
        day = read_serial(text, epoch_1904) if re.fullmatch(r"\d{1,7}", text) else None
    return day or Bad("date", text)


def read_month(raw: Any) -> int | Bad | None:
    """ "202003, 2020-03, 2020年3月, 2020.03; 2020.1 is January or October: held", 2020.6 "is a month"."""
    if isinstance(raw, date):
        return month_of(raw)
    text = plain(raw)
    if text in MISSING:
        return None
    parts = re.fullmatch(r"(\d{4})(?:-(\d{1,2})|年(\d{1,2})月|\.?(\d{2})|\.([2-9]))", text)
    day = real_date(parts[1], parts[2] or parts[3] or parts[4] or parts[5], "1") if parts else None
    return month_of(day) if day else Bad("month", text)


def read_year(raw: Any) -> int | Bad | None:
    text = plain(raw)
    if text in MISSING:
        return None
    parts = re.fullmatch(r"(\d{4})年?", text)
    return int(parts[1]) if parts else Bad("year", text)


def read_term(raw: Any) -> date | Bad | None:
    text = plain(raw)
    if text in MISSING:
        return None
    parts = re.fullmatch(r"((?:19|20)\d\d)(春|秋|03|09)", text)
    return date(int(parts[1]), 2 if parts[2] in ("春", "03") else 9, 1) if parts else Bad("term", text)


# "A comma separates thousands only before exactly three digits, else it is an error; E notation is an error"
AMOUNT = re.compile(r"(-?\d+(?:,\d{3})*(?:\.\d+)?)(万元|万|元)?")


def read_money(raw: Any, factor: int = 1) -> Decimal | Bad | None:
    text = plain(raw)
    if text in MISSING:
        return None
    if isinstance(raw, str) and "－" in raw:  # "any minus but a leading `-` is an error"
        return Bad("money", text)
    parts = AMOUNT.fullmatch(re.sub(r"^[¥￥]", "", text))
    if not parts:
        return Bad("money", text)
    if parts[2]:  # "The cell's unit goes before the header's"
        factor = 1 if parts[2] == "元" else 10000
    amount = Decimal(parts[1].replace(",", "")) * factor
    cents = amount * 100
    return amount if cents == cents.to_integral_value() else Bad("third_decimal", text)


def read_dec(raw: Any) -> Decimal | Bad | None:
    text = plain(raw)
    if text in MISSING:
        return None
    parts = AMOUNT.fullmatch(text)
    return Decimal(parts[1].replace(",", "")) if parts and not parts[2] else Bad("dec", text)


def read_int(raw: Any) -> int | Bad | None:
    number = read_dec(raw)
    if number is None or isinstance(number, Bad):
        return number
    return int(number) if number == number.to_integral_value() else Bad("int", plain(raw))


def read_flag(raw: Any) -> bool | Bad | None:
    text = plain(raw)
    if text in FLAGS:
        return FLAGS[text]
    return None if text in MISSING else Bad("flag", text)


def read_schooling(raw: Any) -> str | Bad | None:
    text = plain(raw)
    if text in MISSING or text == "非在校生":
        return None
    return text if text.startswith(SCHOOLING) else Bad("code", text)


def read_digits(lengths: tuple[int, ...]) -> Callable[[Any], Any]:
    def read(raw: Any) -> str | Bad | None:
        text = unquoted(plain(raw))
        if text in MISSING:
            return None
        return text if text.isascii() and text.isdigit() and len(text) in lengths else Bad("code", text)

    return read


def read_code(column: Column) -> Callable[[Any], Any]:
    def read(raw: Any) -> str | Bad | None:
        text = re.sub(r"\s", "", unicodedata.normalize("NFKC", plain(raw)))
        code = column.codes.get(text) or column.codes.get(text.upper())
        if code or text in MISSING:
            return code
        if column.type == "relation" and re.fullmatch(r"\d{1,2}", text):  # "GB/T 4761 codes accepted"
            return text
        return Bad("code", text)

    return read


def read_set(column: Column) -> Callable[[Any], Any]:
    def read(raw: Any) -> str | Bad | None:
        text = plain(raw)
        if text in MISSING:
            return None
        words = [word.strip() for word in re.split(r"[,、;]", text)]
        return text if all(word in column.codes for word in words) else Bad("code", text)

    return read


READERS: dict[str, Callable[[Any], Any]] = {
    "text": read_text,
    "name": read_name,
    "number": read_number,
    "id": read_id,
    "certificate": read_full_certificate,
    "village": read_digits((12,)),
    "division": read_digits((6, 9, 12)),
    "parent": read_digits((2, 4, 6, 9)),
    "month": read_month,
    "year": read_year,
    "term": read_term,
    "dec": read_dec,
    "int": read_int,
    "flag": read_flag,
    "schooling": read_schooling,
}


def reader_for(column: Column, factor: int, epoch_1904: bool) -> Callable[[Any], Any]:
    if column.type == "money":
        return lambda raw: read_money(raw, factor)
    if column.type == "date":
        return lambda raw: read_date(raw, epoch_1904)
    if column.type in ("code", "relation"):
        return read_code(column)
    if column.type == "mark":
        word = read_code(column)
        return lambda raw: {"是": True, "否": None}.get(read, read) if (read := word(raw)) else None
    if column.type == "excuse":
        return read_excuse(column)
    if column.type == "text" and column.is_required:
        return read_required_text
    return read_set(column) if column.type == "set" else READERS[column.type]
