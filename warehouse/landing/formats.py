"""What a clerk sees in a cell: its number format may put zeros, letters or words to what is stored.

Only what a format may do to an office's number, a code or a word is read here; days are the business of the readers
of workbooks, and amounts are read as they are stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)'
    r"|(?P<digit>[0#?])|(?P<point>[.])|(?P<comma>,)|(?P<text>@)|(?P<end>;)|(?P<plain>[-+$()/:&'^~{}<>= ])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9]+(?:[.][0-9]+)?)")
_CURRENCY = re.compile(r"[\s¥￥$€£元圆()（）]*")  # tells nobody another number
_OF_DAYS = frozenset("ymdhse")
_UNIT = re.compile("[十百千万亿]")
_POWERS = {"千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8}
_OTHER_FORMS = re.compile(r"E[+-]|[?#0]\s*/\s*[?#0-9]", re.IGNORECASE)  # exponents and fractions
# places for digits: filled where there is one, filled with 0 where there is none, behind the point
WHOLE, SURE, DECIMALS = "whole", "sure", "decimals"


@dataclass(frozen=True)
class Section:
    """One of the parts of a format that `;` divides; `parts` are (kind, text)."""

    condition: str
    parts: tuple[tuple[str, str], ...]
    is_sure: bool  # whether we know how to apply it

    @property
    def literals(self) -> str:
        """All that it writes beside the number."""
        return "".join(text for kind, text in self.parts if kind == "literal")

    def count(self, kind: str) -> int:
        """How many of a kind it has, such as places for digits."""
        return sum(part[0] == kind for part in self.parts)

    @property
    def is_plain(self) -> bool:
        """Whether it shows the number that is stored, but for separators, decimals and a currency."""
        return (
            self.count(SURE) < 2
            and not self.count("scale")
            and _CURRENCY.fullmatch(self.literals) is not None
            and self.is_sure
        )


@lru_cache(maxsize=4096)
def sections(code: str) -> tuple[Section, ...]:
    """The format in its parts."""
    found: list[Section] = []
    parts: list[tuple[str, str]] = []
    condition, is_sure, place = "", True, WHOLE
    for token in [*_TOKEN.finditer(code), None]:
        kind = token.lastgroup if token else "end"
        text = token[kind] if token and kind else ""
        if kind == "end":
            found.append(Section(condition, tuple(_scaled(parts)), is_sure))
            parts, condition, is_sure, place = [], "", True, WHOLE
        elif kind == "digit":
            place = (
                SURE if place == WHOLE and text == "0" else place
            )  # no place to the right of a 0 stays empty
            parts.append((place, text))
        elif kind == "point":
            place = DECIMALS
        elif kind in ("quoted", "escaped", "plain"):
            parts.append(("literal", text))
        elif kind in ("general", "text", "comma"):
            parts.append((kind, text))
        elif kind == "bracket":
            condition = text if _CONDITION.fullmatch(text) else condition
            parts += [("literal", text[1:].split("-")[0])] if text.startswith("$") else []
            is_sure = is_sure and not text.upper().startswith(("DBNUM", "NATNUM"))
        elif kind == "other":
            if text.isascii():
                is_sure = False  # a percentage, an exponent, a day
                place = DECIMALS
            else:
                parts.append(("literal", text))
    return tuple(found)


def _scaled(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Commas behind the last digit divide by a thousand each; others part thousands and say nothing."""
    last = max((nth for nth, (kind, _) in enumerate(parts) if kind in (WHOLE, SURE, DECIMALS)), default=-1)
    named = ((("scale" if nth > last else ""), text) if kind == "comma" else (kind, text)
             for nth, (kind, text) in enumerate(parts))  # fmt: skip
    return [part for part in named if part[0]]


@lru_cache(maxsize=4096)
def is_of_days(code: str) -> bool:
    """Whether it shows a day or a time."""
    words = (token["other"] or "" for token in _TOKEN.finditer(code))
    return any(word.casefold() in _OF_DAYS for word in words if word)


@lru_cache(maxsize=4096)
def is_telling(code: str) -> bool:
    """Whether what it shows may be another number, code or word than what is stored."""
    if is_of_days(code) or _OTHER_FORMS.search(code):
        return False
    every = sections(code)
    looked_at = every if any(one.condition for one in every) else (every[0], *every[3:4])
    return any(
        not one.is_plain and (one.is_sure or one.literals or "DBNUM" in code.upper()) for one in looked_at
    )


def shown(code: str, cell: float | str, stored: str) -> str | None:
    """What the cell shows, `stored` being its number as it stands; None where that is not sure."""
    every = sections(code)
    if isinstance(cell, str):
        section = every[3] if len(every) > 3 else next((one for one in every if one.count("text")), None)
        return cell if section is None else _put_in(section, "text", cell)
    section = _section(every, cell)
    if section is None or not section.is_sure or section.count("scale"):
        return None
    sign = "-" if cell < 0 and section is every[0] and not section.condition else ""
    if section.count("general") or section.count("text"):
        return _put_in(section, "general" if section.count("general") else "text", stored)
    if not section.count(WHOLE) + section.count(SURE) + section.count(DECIMALS):
        return section.literals.strip()
    return sign + _digits(section, abs(Decimal(stored))) if "E" not in stored else stored


def _section(every: tuple[Section, ...], number: float) -> Section | None:
    if any(one.condition for one in every):
        return next((one for one in every if not one.condition or _holds(one.condition, number)), None)
    if len(every) > 2 and number == 0:
        return every[2]
    return every[1] if len(every) > 1 and number < 0 else every[0]


def _holds(condition: str, number: float) -> bool:
    sign, limit = _CONDITION.fullmatch(condition).groups()  # type: ignore[union-attr]
    is_less, is_equal = number < float(limit), number == float(limit)
    return {"<": is_less, "<=": is_less or is_equal, "=": is_equal, "<>": not is_equal,
            ">": not is_less and not is_equal, ">=": not is_less}[sign]  # fmt: skip


def _put_in(section: Section, place: str, text: str) -> str:
    return "".join(
        text if kind == place else said for kind, said in section.parts if kind in (place, "literal")
    ).strip()


def _digits(section: Section, number: Decimal) -> str:
    """The number in the places of the section, from the right; what is too long goes before the first."""
    decimals = section.count(DECIMALS)
    rounded = f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    whole, _, rest = rounded.partition(".")
    left, behind, out = list(whole.lstrip("0")), list(rest), []
    first = next((nth for nth, (kind, _) in enumerate(section.parts) if kind in (WHOLE, SURE)), -1)
    pointed = False
    for nth in range(len(section.parts) - 1, -1, -1):
        kind, text = section.parts[nth]
        if kind == "literal":
            out.append(text)
        elif kind == DECIMALS:
            out.append(behind.pop())
        elif kind in (WHOLE, SURE):
            out += [] if pointed or not decimals else ["."]
            pointed = True
            out.append(left.pop() if left else "0" if kind == SURE else "")
            out.append("".join(left) if nth == first else "")
    return "".join(reversed(out)).strip()


def amount(code: str, stored: str) -> str | None:
    """An amount as it is stored, with the unit that its format writes beside it (0.00"万元"): the clerk sees it.

    A format that divides (0!.0,"万元") writes a unit to what is stored in yuan; None where the two do not fit.
    """
    section = _section(sections(code), float(stored))
    if section is None:
        return stored
    unit = "".join(section.literals.split())
    moved = _moved(section)
    if not moved:
        return stored + unit if _UNIT.search(unit) else stored
    return f"{stored}元" if moved == _POWERS.get(re.sub("[^十百千万亿]", "", unit)) else None


def _moved(section: Section) -> int:
    """By how many places the section moves the point to the left: three a comma, and one for each digit that it shows
    behind a point that is a word like others."""
    after = [nth for nth, part in enumerate(section.parts) if part == ("literal", ".")]
    behind = section.parts[after[-1] :] if after else ()
    return 3 * section.count("scale") + sum(kind in (WHOLE, SURE) for kind, _ in behind)
