"""What is asked of a row, expectation by expectation: its id, and when a row breaks it.

Rows are looked at twice. `odd` is a cheap question to every row, true of one in a hundred or so; only the odd rows
come to the careful conditions, which set one bit each in `broken`. An AND looks at all its operands, whatever the
first says, so what is dear stands in a CASE. A null is a missing operand, which has its own condition.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.floor.layers import Key, Layers, side_by_side


@dataclass(frozen=True)
class Check:
    """An expectation; `hint` is cheaper and never false where the row breaks it; warnings do not hold."""

    name: str
    breaks: str
    hint: str = ""
    holds: bool = True


Select = tuple[Layers, list[Check], dict[str, str], Key, str]  # layers, checks, columns out, key, content

PEOPLE = ("name", "head_name")  # texts that say who somebody is
LOST, GARBLED = "�", ("锟斤", "斤拷", "烫烫烫", "屯屯屯")
ROW_LENGTH = Check("row_length", "bad")


def checked(layers: Layers, checks: list[Check]) -> Layers:
    """The layers, and in three more `odd`, `broken` and `held`."""
    by_hint: dict[str, list[str]] = {}
    for n, check in enumerate(checks):
        bit = f"{1 << n}::BIGINT"
        careful = f"CASE WHEN {check.breaks} THEN {bit} ELSE 0 END" if check.hint else bit
        by_hint.setdefault(check.hint or check.breaks, []).append(careful)
    bits = " | ".join(
        f"CASE WHEN {hint} THEN {' | '.join(found)} ELSE 0 END" for hint, found in by_hint.items()
    )
    odd = " OR ".join(f"({hint})" for hint in by_hint)
    errors = sum(1 << n for n, check in enumerate(checks) if check.holds)
    depth = len(layers) - all(name[:2] in ("z_", "x_") for name in layers[-1])
    last = [{"odd": odd}, {"broken": f"CASE WHEN odd THEN {bits} ELSE 0::BIGINT END"}]
    return side_by_side(layers, [{}] * depth + [*last, {"held": f"broken & {errors} <> 0"}])


def text(name: str, c: str) -> list[Check]:
    """Text that must be filled, and of which no character was lost; a person's name has no question mark."""
    marks = (LOST, *GARBLED, *("?？" if name in PEOPLE else ""))
    lost = " OR ".join(f"contains({c}, '{mark}')" for mark in marks)
    return [given(name, c), Check(f"{name}_legible", lost)]


def given(name: str, c: str) -> Check:
    """A text that must be filled."""
    return Check(f"{name}_given", f"empty({c})", f"{c} IS NULL OR strlen({c}) < 6 OR {c} = '——'")


def office_text(name: str, c: str, required: bool = True) -> list[Check]:
    """A number as the office gave it, kept as text."""
    filled = [given(name, c)] if required else []
    return [*filled, Check(f"{name}_readable", f"by_excel({c})", f"contains({c}, 'E') OR contains({c}, 'e')")]


def office(name: str, c: str, value: str) -> list[Check]:
    """A number as the office gave it, typed by `office_number`."""
    hint = f"{value} IS NULL"
    return [
        Check(f"{name}_given", f"empty({c})", hint),
        Check(f"{name}_readable", f"by_excel({c})", hint),
    ]


def typed(
    name: str, c: str, value: str, required: bool = True, *, word: str = "readable", read: str = ""
) -> list[Check]:
    """A cell that is empty or has a value; with `read` it may also be read and out of time or bounds."""
    hint = f"{value} IS NULL" if required else f"{c} IS NOT NULL AND {value} IS NULL"
    unread = f" AND NOT coalesce({read}, false)" if read else ""
    given = [Check(f"{name}_given", f"empty({c})", hint)] if required else []
    return [*given, Check(f"{name}_{word}", f"NOT empty({c}){unread}", hint)]


def listed(name: str, c: str, value: str, required: bool = True) -> list[Check]:
    """One of a list."""
    return typed(name, c, value, required, word="in_list")


def timed(name: str, c: str, read: str, required: bool = True) -> list[Check]:
    """A date, month or year (`d_c` as read, `t_c` in time); `read`: when it could be read."""
    found = typed(name, c, f"t_{c}", required, read=read)
    return [*found, Check(f"{name}_in_time", read, found[-1].hint)]


def day_checks(name: str, c: str, required: bool = True) -> list[Check]:
    """A date."""
    return timed(name, c, f"d_{c} IS NOT NULL", required)


def month_checks(name: str, c: str, required: bool = True) -> list[Check]:
    """A month."""
    return timed(name, c, f"d_{c} >= 100001 AND d_{c} % 100 BETWEEN 1 AND 12", required)


def year_checks(name: str, c: str, required: bool = True) -> list[Check]:
    """A year."""
    return timed(name, c, f"d_{c} >= 1000", required)


def bounded(name: str, c: str, value: str, read: str, required: bool, beyond: str = "") -> list[Check]:
    """What is read and has no value is out of bounds; `beyond`: so is a value of which this is true."""
    found = typed(name, c, value, required, read=read)
    if not beyond:
        return [*found, Check(f"{name}_within_bounds", read, found[-1].hint)]
    late = f"{value} IS NULL AND coalesce({read}, false) OR {beyond}"
    return [*found, Check(f"{name}_within_bounds", late, f"{found[-1].hint} OR {beyond}")]


def amount(name: str, c: str, required: bool = True, *, low: int = 0, high: int = 10_000_000) -> list[Check]:
    """An amount of money; what is read and out of bounds is compared with others all the same."""
    beyond = Check(f"{name}_within_bounds", f"v_{c} NOT BETWEEN {low}00 AND {high}00")
    return [*typed(name, c, f"v_{c}", required), beyond]


def plausible(name: str, c: str, most: int) -> Check:
    """What is rarely more, in the unit of `v_c`; it loads."""
    return Check(f"{name}_plausible", f"v_{c} > {most}", holds=False)


def whole(name: str, c: str, required: bool = False, beyond: str = "") -> list[Check]:
    """A whole number of 0 or more."""
    return bounded(name, c, f"v_{c}", f"is_whole({c})", required, beyond)


def decimal(name: str, c: str, beyond: str = "") -> list[Check]:
    """A decimal number of 0 or more, which may be empty."""
    beyond = f"v_{c} < 0 OR {beyond}" if beyond else f"v_{c} < 0"
    return [*typed(name, c, f"v_{c}", False), Check(f"{name}_within_bounds", beyond)]


FAULTS = {
    "is_number": 2,
    "foreign": 8,
    "damaged": 3,
    "characters": 4,
    "length": 5,
    "birth_date": 6,
    "check_digit": 7,
}


def person(name: str = "id_number", c: str = "id", required: bool = True) -> list[Check]:
    """A person's number: the first fault that it has (`x_<c>`); that its county exists is asked in the gate."""
    hint = f"NOT ok_{c}" if required else f"{c} IS NOT NULL AND NOT ok_{c}"
    faults = {"given": 1, **FAULTS} if required else {f: n for f, n in FAULTS.items() if n not in (2, 8)}
    return [Check(f"{name}_{fault}", f"x_{c} = {n}", hint) for fault, n in faults.items()]


def warning(name: str, breaks: str, hint: str = "") -> Check:
    """A warning: the row is told of, and not held."""
    return Check(name, breaks, hint, holds=False)
