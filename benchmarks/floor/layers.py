"""One SELECT per feed: text in, typed and checked rows out. Read them as the row gate of the spec, by hand.

Every table has `f` (the delivery), `held` (null: no row at all, to be left out), `key` (a hash; keys that
cannot be read are hashed by content) and `content` (a hash of the row). Rows about persons have `k` (first 17
digits, null when unusable), `z` (the number ends in 000 and waits for its second feed), `number` and `who`
(number as text and hash of the name, of bad rows only). The macros are those of cells.sql.

A SELECT is written in layers, each working on the columns of the one before: an alias inside one SELECT would
be computed again wherever it is used in a CASE.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.floor.columns import COLUMNS

Layers = list[dict[str, str]]

LAST_MONTH, LAST_YEAR = "pe // 100", "pe // 10000"
PERSON = {
    "k": "CASE WHEN ok_id THEN n_id END",
    "z": "z_id",
    "number": "CASE WHEN NOT ok_id OR z_id THEN i_id END",
    "who": "CASE WHEN held OR z_id THEN hash(name) END",
}
RAW = {feed: ", ".join(columns.all) for feed, columns in COLUMNS.items()}


def side_by_side(*stacks: Layers) -> Layers:
    """Layers side by side: the first of each together, and so on."""
    depth = max(map(len, stacks))
    return [{n: v for s in stacks if level < len(s) for n, v in s[level].items()} for level in range(depth)]


def code(c: str, *words: str, **literals: str) -> str:
    """1 for one of the words; or SQL literals (`_2`) by their words, joined by blanks."""
    said = literals or {"_1": " ".join(words)}
    values = {w: literal[1:] for literal, ws in said.items() for w in ws.split()}
    usual = " ".join(f"WHEN {c} = '{w}' THEN {value}" for w, value in values.items())
    odd = ", ".join(f"'{w}': {value}" for w, value in values.items())
    return f"CASE WHEN {c} IS NULL THEN NULL {usual} ELSE MAP {{{odd}}}[tight({c})] END"


def risk(c: str) -> str:
    return code(c, "因病 因残 因学 因灾 缺劳动力 因意外事故 因产业失败 因务工就业不稳 住房 饮水 其他")


def number(c: str) -> Layers:
    """`n_<c>`: the first 17 digits, `ok_<c>`: usable, `z_<c>`: ends in 000, `x_<c>`: its fault."""
    i, w, n, d, t, b = (f"{letter}_{c}" for letter in "iwndtb")
    return [
        {i: f"eighteen({c})", w: f"whole({c})"},
        {n: f"seventeen({i}, {w})", d: f"check_digit({i}, {w})"},
        {t: f"by_two({n})", b: f"born({n})"},  # in a layer of their own: nothing is shared inside an AND
        {f"ok_{c}": f"is_usable({n}, {d}, {t}, {b}, pe)"},
        {
            f"z_{c}": f"ok_{c} AND {n} % 100 = 0 AND {d} = 0",
            f"x_{c}": f"CASE WHEN ok_{c} THEN NULL ELSE number_fault({c}, bare({c}), {n}, {b}, pe) END",
        },
    ]


def office_number(c: str, name: str, digits: int) -> Layers:
    """`name`: a number that the register gives, as BIGINT."""
    return [{f"q_{c}": f"try_cast({c} AS BIGINT)"}, {name: f"office_key({c}, q_{c}, {digits})"}]


def household() -> Layers:
    return office_number("hid", "h", 16)


def village() -> Layers:
    return [{"q_village": "try_cast(village AS BIGINT)"}, {"v": "village(village, q_village)"}]


def day(c: str, last: str = "pd") -> Layers:
    return [
        {f"e_{c}": f"eight({c})"},
        {f"d_{c}": f"day_of({c}, e_{c})"},
        {f"t_{c}": f"real_day(d_{c}, {last})"},
    ]


def month(c: str) -> Layers:
    return [{f"d_{c}": f"month_of({c})"}, {f"t_{c}": f"real_month(d_{c}, {LAST_MONTH})"}]


def year(c: str, last: str = LAST_YEAR) -> Layers:
    return [{f"d_{c}": f"year_of({c})"}, {f"t_{c}": f"real_year(d_{c}, {last})"}]


def money(*columns: str) -> Layers:
    """`v_<c>`: whole cents as read, within bounds or not."""
    return [
        {f"m_{c}": f"amount({c})" for c in columns},
        {f"v_{c}": f"cents({c}, m_{c}, u_{c})" for c in columns},
    ]


@dataclass(frozen=True)
class Key:
    """What is hashed, and of a held row when it can be read; of a good row it always can."""

    parts: str
    known: str


def key_of(*parts: str) -> Key:
    """A key of typed values."""
    return Key(", ".join(parts), " AND ".join(f"{part} IS NOT NULL" for part in parts))


def person_key(*parts: str) -> Key:
    """The same where the person's number must be usable."""
    return Key(", ".join(parts), f"ok_id AND {key_of(*parts).known}")


def text_key(c: str, *parts: str) -> Key:
    """A key that begins with an office's number or other text."""
    typed = "".join(f" AND {part} IS NOT NULL" for part in parts)
    return Key(", ".join((c, *parts)), f"NOT empty({c}) AND NOT by_excel({c}){typed}")
