"""SQL for one cell: the usual spelling is read at once, whatever is left by the careful branch of a CASE.

DuckDB evaluates a CASE branch only for the rows that reach it, so the careful branches cost nothing on clean
files. `c` is always the name of a text column; the answer is null where the cell is empty or cannot be read.
"""

from __future__ import annotations

Layers = list[dict[str, str]]

_WIDE = "０１２３４５６７８９ＸｘＥｅ．－，／（）：　" + "\u00a0"
_NARROW = "0123456789XxEe.-,/():" + "  "
ABSENT = "('', '-', '/', '无', '——', 'N/A')"
TOTALS = "合计|小计|总计|共计|累计|本页小计|制表人|填表人|审核人|负责人|注[:：]|说明[:：]|备注[:：]|数据来源"


def wash(c: str) -> str:
    """Full-width signs made narrow, blanks around the cell gone."""
    return f"trim(translate({c}, '{_WIDE}', '{_NARROW}'), ' \t')"


class Fault(str):
    """A condition under which a row is held, and a cheaper one (`hint`) that is never false where it holds."""

    hint: str

    def __new__(cls, condition: str, hint: str = "") -> Fault:
        """`hint` defaults to the condition itself."""
        self = super().__new__(cls, condition)
        self.hint = hint or condition
        return self


def blank(c: str) -> Fault:
    """True where a text cell that must be filled is empty or a missing mark."""
    return Fault(f"coalesce({c} IN ('-', '/', '无', '——', 'N/A', ' '), true)", f"{c} IS NULL OR strlen({c}) < 7")


def any_of(*conditions: str) -> str:
    """True where one of the conditions is; null counts as false (a missing operand has a condition of its own)."""
    hints = " OR ".join(f"({c.hint if isinstance(c, Fault) else c})" for c in conditions)
    return f"CASE WHEN {hints} THEN coalesce({' OR '.join(f'({c})' for c in conditions)}, false) ELSE false END"


def by_excel(*columns: str) -> str:
    """True where an office's number was damaged into E notation."""
    return " OR ".join(f"coalesce(contains({c}, 'E+'), false)" for c in columns)


def wrong(c: str, value: str) -> Fault:
    """True where a cell that may be empty says something that cannot be read."""
    careful = f"CASE WHEN {c} IS NULL OR {value} IS NOT NULL THEN false ELSE {wash(c)} NOT IN {ABSENT} END"
    return Fault(careful, f"{c} IS NOT NULL AND {value} IS NULL")


def key_layers(c: str, name: str, digits: int) -> Layers:
    """`name`: keys that are numbers of so many digits as BIGINT, other texts as a negative hash; null for E notation."""
    low, high, text, q = 10 ** (digits - 1), 10**digits - 1, wash(c), f"q_{c}"
    careful = (
        f"CASE WHEN {c} IS NULL OR {text} IN {ABSENT} OR regexp_full_match({text}, '\\d(\\.\\d+)?[Ee]\\+?\\d+') "
        f"THEN NULL WHEN regexp_full_match({text}, '[1-9]\\d{{0,17}}') THEN {text}::BIGINT "
        f"ELSE -1 - (hash({text}) >> 2)::BIGINT END"
    )
    usual = f"{q} BETWEEN {low} AND {high} AND strlen({c}) = {digits} AND NOT contains({c}, 'E')"
    return [{q: f"try_cast({c} AS BIGINT)"}, {name: f"CASE WHEN {usual} THEN {q} ELSE {careful} END"}]


def place_layers(c: str, sizes: tuple[int, ...] = (12,)) -> Layers:
    """`v`: division codes as BIGINT."""
    text, q = wash(c), f"q_{c}"
    pattern = "|".join(f"[1-9]\\d{{{size - 1}}}" for size in sizes)
    return [
        {q: f"try_cast({c} AS BIGINT)"},
        {
            "v": f"CASE WHEN {q} BETWEEN 100000000000 AND 999999999999 AND strlen({c}) = 12 THEN {q} "
            f"WHEN regexp_full_match({text}, '{pattern}') THEN {text}::BIGINT END"
        },
    ]


def date_layers(c: str, last: str = "pd") -> Layers:
    """`t_<c>`: the four written forms and Excel's serial, null when out of bounds (it counts as unreadable)."""
    text, e, d = wash(c), f"e_{c}", f"d_{c}"

    def dashed(cell: str) -> str:
        return f"replace(replace(replace({cell}, '年', '-'), '月', '-'), '日', '')"

    forms = "\\d{4}-\\d{1,2}-\\d{1,2}|\\d{4}/\\d{1,2}/\\d{1,2}|\\d{4}年\\d{1,2}月\\d{1,2}日"
    careful = (
        f"CASE WHEN regexp_full_match({text}, '{forms}') THEN try_cast({dashed(text)} AS DATE) "
        f"WHEN regexp_full_match({text}, '\\d{{8}}') THEN try_strptime({text}, '%Y%m%d')::DATE "
        f"WHEN regexp_full_match({text}, '\\d{{5}}') THEN DATE '1899-12-30' + {text}::INTEGER END"
    )
    year, mon, day = f"{e} // 10000", f"{e} // 100 % 100", f"{e} % 100"
    is_real = f"{e} BETWEEN 10000101 AND 99991231 AND getvariable('days')[{e} % 10000] = 2"
    return [
        {e: f"CASE WHEN strlen({c}) = 8 THEN try_cast({c} AS INTEGER) END"},
        {
            d: f"CASE WHEN {c} IS NULL THEN NULL WHEN {is_real} THEN make_date({year}, {mon}, {day}) "
            f"WHEN strlen({c}) BETWEEN 8 AND 10 AND (contains({c}, '-') OR contains({c}, '/')) THEN try_cast({c} AS DATE) "
            f"WHEN {c} LIKE '____年%月%日' THEN try_cast({dashed(c)} AS DATE) ELSE {careful} END"
        },
        {f"t_{c}": f"CASE WHEN {d} BETWEEN DATE '1900-01-01' AND {last} THEN {d} END"},
    ]


def inside(value: str, low: str, high: str) -> str:
    """The value, null outside the bounds: what is out of bounds counts as unreadable."""
    return f"CASE WHEN {value} BETWEEN {low} AND {high} THEN {value} END"


def month(c: str) -> str:
    """yyyymm from 202003, 2020-03, 2020.03 and 2020年3月."""
    text = wash(c)
    form = f"regexp_full_match({text}, '\\d{{6}}|\\d{{4}}[-.]\\d\\d|\\d{{4}}年\\d{{1,2}}月')"
    number = f"left({text}, 4)::INTEGER * 100 + regexp_extract({text}, '(\\d{{1,2}})月?$', 1)::INTEGER"
    return (
        f"CASE WHEN {c} IS NULL THEN NULL WHEN strlen({c}) = 6 AND try_cast({c} AS INTEGER) >= 100000 "
        f"THEN try_cast({c} AS INTEGER) WHEN strlen({c}) = 7 AND substr({c}, 5, 1) IN ('-', '.') "
        f"THEN try_cast(left({c}, 4) AS INTEGER) * 100 + try_cast(right({c}, 2) AS INTEGER) "
        f"WHEN {c} LIKE '____年%月' THEN try_cast(left({c}, 4) AS INTEGER) * 100 "
        f"+ try_cast(replace(substr({c}, 6), '月', '') AS INTEGER) WHEN {form} THEN {number} END"
    )


def real_month(value: str, last: str) -> str:
    """A month between 190001 and the last one allowed, else null."""
    return f"CASE WHEN {value} BETWEEN 190001 AND {last} AND {value} % 100 BETWEEN 1 AND 12 THEN {value} END"


def term(c: str) -> str:
    """201903 for 2019春, 201909 for 2019秋."""
    return (
        f"CASE WHEN strlen({c}) = 7 AND ends_with({c}, '春') THEN try_cast(left({c}, 4) AS INTEGER) * 100 + 3 "
        f"WHEN strlen({c}) = 7 AND ends_with({c}, '秋') THEN try_cast(left({c}, 4) AS INTEGER) * 100 + 9 END"
    )


def small(c: str) -> str:
    """Whole numbers without sign; one and two digits at once."""
    text = wash(c)
    return (
        f"CASE WHEN {c} IS NULL THEN NULL WHEN strlen({c}) <= 2 AND NOT contains({c}, '.') AND NOT contains({c}, '-') "
        f"THEN try_cast({c} AS INTEGER) WHEN regexp_full_match({text}, '\\d{{1,9}}') THEN {text}::INTEGER END"
    )


def year(c: str) -> str:
    """Four digits."""
    text = wash(c)
    return (
        f"CASE WHEN {c} IS NULL THEN NULL WHEN strlen({c}) = 4 AND try_cast({c} AS INTEGER) BETWEEN 1000 AND 9999 "
        f"THEN try_cast({c} AS INTEGER) WHEN regexp_full_match({text}, '\\d{{4}}') THEN {text}::INTEGER END"
    )


def decimal(c: str) -> str:
    """Numbers of zero or more with up to three decimals."""
    form = "'\\d{1,8}(\\.\\d{1,3})?'"
    return (
        f"CASE WHEN {c} IS NULL THEN NULL WHEN regexp_full_match({c}, {form}) THEN {c}::DECIMAL(12, 3) "
        f"WHEN regexp_full_match({wash(c)}, {form}) THEN {wash(c)}::DECIMAL(12, 3) END"
    )


def amount(c: str) -> str:
    """An amount in the column's unit (`u_<c>`: 1 or 10000 yuan); the cell's own unit goes first."""
    text = f"replace({wash(c)}, ' ', '')"
    form = "[¥￥]?-?(\\d{1,3}(,\\d{3})+|\\d+)(\\.\\d{1,8})?(万元|万|元)?"
    number = f"try_cast(replace(regexp_extract({text}, '[-0-9.,]+'), ',', '') AS DECIMAL(18, 8))"
    factor = (
        f"CASE WHEN contains({text}, '万') THEN 10000 // u_{c} WHEN contains({text}, '元') AND u_{c} = 10000 "
        f"THEN 0.0001 ELSE 1 END::DECIMAL(9, 4)"
    )
    careful = f"CASE WHEN regexp_full_match({text}, '{form}') THEN try_cast({number}::DECIMAL(24, 8) * {factor} " \
              "AS DECIMAL(18, 8)) END"  # fmt: skip
    return (
        f"CASE WHEN {c} IS NULL OR contains({c}, 'E') OR contains({c}, 'e') THEN NULL "
        f"ELSE coalesce(try_cast({c} AS DECIMAL(18, 8)), {careful}) END"
    )


def cents(c: str, low: int = 0, bound_yuan: int = 10_000_000) -> str:
    """Whole cents from `m_<c>`; null for a third decimal or out of bounds."""
    m = f"m_{c}"
    least, wan = (0 if low == 0 else -bound_yuan), bound_yuan // 10_000
    return (
        f"CASE WHEN u_{c} = 10000 THEN CASE WHEN {m} BETWEEN {least} // 10000 AND {wan} AND {m} % 0.000001 = 0 "
        f"THEN ({m}::DECIMAL(18, 6) * 1000000)::BIGINT END "
        f"WHEN {m} BETWEEN {least} AND {bound_yuan} AND {m} % 0.01 = 0 THEN ({m}::DECIMAL(18, 2) * 100)::BIGINT END"
    )


def flag(c: str) -> str:
    """是/否, 有/无, 1/0, Y/N."""
    return (
        f"CASE {c} WHEN '是' THEN true WHEN '否' THEN false WHEN '1' THEN true WHEN '0' THEN false "
        f"WHEN 'Y' THEN true WHEN 'N' THEN false WHEN '有' THEN true WHEN '无' THEN false END"
    )


def code(c: str, words: dict[str, str]) -> str:
    """SQL literals by word; `words` maps a literal to its spellings joined by blanks."""
    branches = " ".join(f"WHEN '{w}' THEN {literal}" for literal, ws in words.items() for w in ws.split())
    return f"CASE {c} {branches} END"


# `days`[mmdd]: 2 = a day of every year, 1 = 29 February, 0 = no day
DAYS = (
    "SET VARIABLE days = (SELECT list(CASE WHEN i = 229 THEN 1 WHEN m BETWEEN 1 AND 12 AND d >= 1 AND d <= "
    "CASE WHEN m = 2 THEN 28 ELSE 30 + (m + m // 8) % 2 END THEN 2 ELSE 0 END ORDER BY i) "
    "FROM (SELECT i, i // 100 AS m, i % 100 AS d FROM range(1, 1232) t(i)))"
)

# -- person numbers, in layers: each works on the columns of the one before ------------------------------------


def number_layers(c: str) -> Layers:
    """`n_<c>`: the first 17 digits, `ok_<c>`: whether the number is usable (damage apart), `z_<c>`: ends in 000."""
    text = f"upper(regexp_replace(translate({c}, '{_WIDE}', '{_NARROW}'), '[\\s''=\"‘’“”]', '', 'g'))"
    careful = (
        f"CASE WHEN regexp_full_match({text}, '\\d{{17}}[\\dX]([1-7][1-4]([0-9A-Z]{{2}})?)?') THEN left({text}, 18) "
        f"WHEN regexp_full_match({text}, '\\d{{15}}') THEN left({text}, 6) || '19' || right({text}, 9) || '~' "
        f"ELSE {text} END"
    )
    i, w, n, d, b = f"i_{c}", f"w_{c}", f"n_{c}", f"d_{c}", f"(n_{c} // 1000 % 100000000)::INTEGER"
    is_all_digits = f"{w} BETWEEN 100000000000000000 AND 999999999999999999"
    base_two = " + ".join(f"{2 ** (power - 1)} * ({n} // {10**power})" for power in range(1, 17))
    usable = (
        # digits weighted by powers of two, without taking them apart: f(n) = n - 8 * sum(2^(k-1) * (n // 10^k))
        f"({d} = -1 OR (2 * ({n} - 8 * ({base_two})) + {d}) % 11 = 1) "
        f"AND {n} BETWEEN 10000000000000000 AND 80999999999999999 "
        f"AND {b} <= pe AND pe - {b} < 1210000 "
        f"AND getvariable('days')[{b} % 10000] + ({b} // 10000 % 4 = 0 AND {b} <> 19000229)::INTEGER > 1"
    )
    is_certificate = (
        f"strlen({c}) IN (20, 22) AND NOT contains({c}, ' ') AND substr({c}, 19, 1) BETWEEN '1' AND '7' "
        f"AND substr({c}, 20, 1) BETWEEN '1' AND '4'"
    )
    return [
        {
            i: f"CASE WHEN strlen({c}) = 18 THEN {c} WHEN {is_certificate} THEN left({c}, 18) ELSE {careful} END",
            w: f"CASE WHEN strlen({c}) = 18 THEN try_cast({c} AS BIGINT) END",
        },
        {
            n: f"CASE WHEN {is_all_digits} THEN {w} // 10 WHEN strlen({i}) = 18 AND left({i}, 1) >= '1' "
            f"THEN try_cast(left({i}, 17) AS BIGINT) END",
            d: f"CASE WHEN {is_all_digits} THEN {w} % 10 WHEN ends_with({i}, 'X') OR ends_with({i}, 'x') THEN 10 "
            f"WHEN ends_with({i}, '~') THEN -1 ELSE try_cast(right({i}, 1) AS BIGINT) END",
        },
        {f"ok_{c}": f"coalesce({usable}, false)"},
        {f"z_{c}": f"ok_{c} AND {n} % 100 = 0 AND {d} = 0"},
    ]
