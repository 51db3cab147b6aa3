"""What a sample file shows of each of its columns, counted as a set: how many cells each type can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from expectations.column_checks import EARLIEST_YEAR
from expectations.contract import Cadence, Column, Feed, Kind, Type
from expectations.periods import Period
from expectations.types.numbers import DAMAGED
from expectations.units import unit_in_label
from warehouse.staging.statements import values_sql

PROBED = (
    Type.PERSON_NUMBER, Type.NUMBER, Type.DIVISION, Type.VILLAGE, Type.DATE, Type.MONTH, Type.YEAR, Type.TERM,
    Type.MONEY, Type.INTEGER, Type.DECIMAL, Type.FLAG,
)  # fmt: skip
RANGED = (Type.DATE, Type.MONTH, Type.YEAR, Type.MONEY, Type.INTEGER, Type.DECIMAL)
MOST_CODES, LONGEST_CODE = 12, 20
FAULTS, ROWS_WITH_A_FAULT = 0.05, 10
YEARS_AHEAD = 50  # a loan may end so much later
HAN = r"[\x{3400}-\x{9FFF}]"
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
SHAPES = {  # of a cell's text
    "serial": "[0-9]{5}",  # as Excel counts days; 30000 yuan look the same
    "digits": "[0-9]+",
    "zeros": "0[0-9]+",
    "long": "[0-9]{10,}",
    "damaged": DAMAGED,
    "phone": "1[3-9][0-9]{9}",
    "one_or_zero": "[01]",
    "personal": r".*[0-9]{5}.*",  # no list of codes has such values
    "named": f"[{SURNAMES}]{HAN}{{1,3}}",
}


@dataclass(frozen=True)
class Seen:
    """One column of the sample. Counts are of cells; `least` and `most` by type, as text."""

    label: str
    place: int
    rows: int
    filled: int
    distinct: int
    longest: int
    read: Mapping[Type, int]
    least: Mapping[Type, str]
    most: Mapping[Type, str]
    shapes: Mapping[str, int]

    def share(self, type_: Type) -> float:
        """Of the filled cells, those that the type can read."""
        return self.read.get(type_, 0) / self.filled if self.filled else 0.0

    def reads(self, type_: Type) -> bool:
        """Whether the type reads the column but for a few faults of the sample."""
        return self.filled > 0 and is_nearly_all(self.read.get(type_, 0), self.filled)

    def shape(self, name: str) -> float:
        """Of the filled cells, those that look so."""
        return self.shapes[name] / self.filled if self.filled else 0.0


def is_nearly_all(some: int, all_: int) -> bool:
    """All but one in twenty; of ten and more all but one."""
    return all_ - some <= max(FAULTS * all_, 1 if all_ >= ROWS_WITH_A_FAULT else 0)


def observe(
    connection: duckdb.DuckDBPyConnection, view: str, labels: Sequence[str], period: Period
) -> list[Seen]:
    """Look at every column of a view of text cells that has a label; rows without a filled cell are none."""
    places = {f"p{place}": place for place, label in enumerate(labels) if label}
    texts = values_sql(_all_of(Type.TEXT, places, labels), [(view, places)], {}, [period])
    connection.execute(f"CREATE OR REPLACE TEMP TABLE sample_text AS {texts}")
    read = {type_: _read_as(connection, type_, view, places, labels, period) for type_ in PROBED}
    seen = []
    for name, place in places.items():
        found = {type_: by_column[name] for type_, by_column in read.items()}
        (rows, filled, distinct, longest), shapes = _texts(connection, name)
        seen.append(
            Seen(
                label=labels[place], place=place, rows=rows, filled=filled, distinct=distinct, longest=longest,
                read={type_: count for type_, (count, _, _) in found.items()},
                least={type_: least for type_, (_, least, _) in found.items() if least is not None},
                most={type_: most for type_, (_, _, most) in found.items() if most is not None},
                shapes=shapes,
            )
        )  # fmt: skip
    return seen


def values_of(connection: duckdb.DuckDBPyConnection, one: Seen) -> tuple[str, ...]:
    """The different cells of a column, the most frequent first; only for a list of codes."""
    name = f"p{one.place}"
    rows = connection.execute(
        f"SELECT {name} FROM sample_text WHERE {name} IS NOT NULL GROUP BY {name} ORDER BY count(*) DESC, {name}"
    ).fetchall()
    return tuple(value for (value,) in rows)


def _all_of(type_: Type, places: Mapping[str, int], labels: Sequence[str]) -> Feed:
    """A feed whose columns, named after their places, are all of one type."""
    columns = tuple(Column(name=name, label=labels[place], type=type_, key=True)
                    for name, place in places.items())  # fmt: skip
    return Feed(
        name="probe", title="", title_en="", kind=Kind.EVENTS, cadence=Cadence.ANY_DAY, columns=columns
    )


def _read_as(
    connection: duckdb.DuckDBPyConnection,
    type_: Type,
    view: str,
    places: Mapping[str, int],
    labels: Sequence[str],
    period: Period,
) -> dict[str, tuple[int, str | None, str | None]]:
    """By column: cells that the type can read, the least and the greatest value."""
    units = {name: unit_in_label(labels[place]) or 1 for name, place in places.items()}
    typed = values_sql(_all_of(type_, places, labels), [(view, places)], units, [period])
    end = "__key" if type_ is Type.PERSON_NUMBER else ""
    asked = []
    for name in places:
        value = _in_time(type_, f"{name}{end}", period)
        ends = (f"CAST({side}({value}) AS VARCHAR)" if type_ in RANGED else "NULL" for side in ("min", "max"))
        asked += [f"count({value})", *ends]
    (row,) = connection.execute(f"SELECT {', '.join(asked)} FROM ({typed}) AS typed").fetchall()
    return {name: row[3 * nth : 3 * nth + 3] for nth, name in enumerate(places)}


def _in_time(type_: Type, value: str, period: Period) -> str:
    """What is so early or late that it must mean something else counts as not read."""
    last = period.last.year + YEARS_AHEAD
    if type_ is Type.YEAR:
        return f"CASE WHEN {value} BETWEEN {EARLIEST_YEAR} AND {last} THEN {value} END"
    if type_ in (Type.DATE, Type.MONTH):
        between = f"BETWEEN DATE '{EARLIEST_YEAR}-01-01' AND DATE '{last}-12-31'"
        return f"CASE WHEN {value} {between} THEN {value} END"
    return value


def _texts(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[tuple[int, ...], dict[str, int]]:
    """Rows, filled cells, different ones, the longest one's length; and how many cells have each shape."""
    counted = [
        "count(*)", f"count({name})", f"count(DISTINCT {name})", f"coalesce(max(length({name})), 0)",
        *(f"count(CASE WHEN regexp_full_match({name}, '{shape}') THEN 1 END)" for shape in SHAPES.values()),
    ]  # fmt: skip
    (row,) = connection.execute(f"SELECT {', '.join(counted)} FROM sample_text").fetchall()
    return row[:4], dict(zip(SHAPES, row[4:], strict=True))
