"""What a header, a unit row or a line above the table says that numbers are counted in.

Amounts are kept in yuan: 元 and 万元 are read, every other unit of money refuses. Other numbers are kept in the
unit of the contract's label (升, 米, 分钟, 月): a header that says another one refuses. What says no unit says
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from expectations.contract import Column, Type

YUAN, TEN_THOUSAND = 1, 10_000
NOT_READ = 0  # a unit of money that is neither, or two at once
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")  # the innermost ones
SAYS_UNIT = "单位"
MARKS = frozenset(("", "-", "/", "—", "——", "N/A"))

_MONEY = {"元": YUAN, "圆": YUAN, "万元": TEN_THOUSAND, "万圆": TEN_THOUSAND, "万": TEN_THOUSAND}
_OTHER_MONEY = re.compile(r"[十百千亿兆万]*[十百千亿兆]万?元?|.*[美欧日港澳台][元币]|角|分|美金")
# what stands around a unit: 金额以万元为单位, 本表金额单位均为万元, 单位万元
_AROUND_UNIT = re.compile(r"人民币|计量|单位|金额|本表|表中|数据|所列|[注均都以按为是计:。.*※]")
# a unit in words that are not understood; a sum in a title (251万元) and a kind of project (万元以上) are none
_OF_MONEY = re.compile(
    r"(?<![0-9.零一二两三四五六七八九十百千万亿兆几数多])[十百千万亿兆]+[元圆](?!以上|以下|以内|户|村|工程|项目)"
)
_MEASURES = {
    "升": "升 公升 l", "毫升": "毫升 ml", "立方米": "立方米 立方 方 m3 m³ 吨 t",
    "米": "米 m", "千米": "千米 公里 km", "里": "里", "厘米": "厘米 cm",
    "分钟": "分钟 分 min", "小时": "小时 时 h", "秒": "秒 s",
    "月": "月 个月", "天": "天 日", "年": "年", "岁": "岁 周岁",
    "人": "人 口 名 户 家 次 个 件 处 座", "万人": "万人 千人 百人 万户 千户 百户 万口",
    "mg/L": "mg/l 毫克/升 ntu", "μg/L": "μg/l ug/l 微克/升 g/l 克/升",
}  # fmt: skip
_CANONICAL = {word: unit for unit, words in _MEASURES.items() for word in words.split()}
_PLAIN = ("人", "mg/L", "岁")  # what a number without a unit in its label may be said to be counted in
_BETWEEN = re.compile(r"[、,;/|·\s]+")
_AFTER_WORD = re.compile(rf"{SAYS_UNIT}\s*(?:[:是为]\s*)?([^\s()\[\]]+)")


def narrowed(text: str) -> str:
    """Full-width forms made narrow."""
    return text.translate(NARROW)


def money_unit(words: str) -> int | None:
    """What a wording says that money is counted in: YUAN, TEN_THOUSAND, NOT_READ, or None for nothing."""
    found = set()
    for word in _BETWEEN.split(narrowed(words).replace("萬", "万").strip()):
        bare = _AROUND_UNIT.sub("", word)
        if bare in _MONEY:
            found.add(_MONEY[bare])
        elif (bare and _OTHER_MONEY.fullmatch(bare)) or _OF_MONEY.search(word):
            found.add(NOT_READ)
    return _only(found)


def unit_in_label(label: str) -> int | None:
    """The unit of money that stands in a header's brackets."""
    return _only(_units_in(_bracketed(label)))


def unit_above(cells: Iterable[str]) -> int | None:
    """The unit of money that lines around the table say: 单位：万元, or a unit alone or in brackets."""
    found = set()
    for cell in cells:
        text = narrowed(cell)
        bare = BRACKETED.sub("", text)
        said = [*_AFTER_WORD.findall(text), *_bracketed(text), *_alone(bare)]
        found |= _units_in(said) or _units_in(_BETWEEN.split(bare))
    return _only(found)


def unit_row(cells: Sequence[str]) -> dict[int, str] | None:
    """The units of a row that says nothing else, by place; None when it is no such row."""
    found = {}
    for place, cell in enumerate(cells):
        words = _unit_words(cell)
        if words in MARKS or words == SAYS_UNIT:
            continue
        if money_unit(words) is None and words.lower() not in _CANONICAL:
            return None
        found[place] = words
    return found or None


def measures_otherwise(column: Column, words: Iterable[str]) -> bool:
    """Whether one of the wordings is a unit of another scale than the contract's for a number without money."""
    if column.type not in (Type.INTEGER, Type.DECIMAL):
        return False
    stated = [_CANONICAL[word] for word in _bracketed(column.label) if word in _CANONICAL]
    units = (_CANONICAL.get(narrowed(word).strip().lower()) for word in words)
    return any(unit is not None and unit not in (stated or _PLAIN) for unit in units)


def in_brackets(label: str) -> list[str]:
    """What stands in a label's brackets, without the word for unit."""
    return _bracketed(label)


def _units_in(wordings: Iterable[str]) -> set[int]:
    return {unit for words in wordings if (unit := money_unit(words)) is not None}


def _bracketed(label: str) -> list[str]:
    return [_without_word(words) for words in BRACKETED.findall(narrowed(label))]


def _alone(text: str) -> list[str]:
    """A cell's text when it is one word: of a title's words none is taken for a unit."""
    return [] if _BETWEEN.search(text.strip()) else [text.strip()]


def _unit_words(cell: str) -> str:
    text = re.sub(r"\s", "", narrowed(cell))
    whole = BRACKETED.fullmatch(text)
    return _without_word(whole[1] if whole else text)


def _without_word(words: str) -> str:
    return re.sub(rf"^\s*(计量|金额)?{SAYS_UNIT}\s*[:是为]\s*", "", words)


def _only(found: set[int]) -> int | None:
    return None if not found else found.pop() if len(found) == 1 else NOT_READ
