"""From columns of facts to cells of text, by the contract's types and the file's form."""

from __future__ import annotations

from datetime import date
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from deployments.demo.calendar import FIRST_DAY, calendar_dates
from deployments.demo.files.cells import Columns
from deployments.demo.files.forms import Form
from expectations.contract import Column, Feed, Type

WAN = "万元"
EXCEL_DAY_0 = date(1899, 12, 30).toordinal()


def columns_of(feed: Feed, form: Form) -> list[Column]:
    """The columns in the order of this file."""
    return [*feed.columns[form.shift :], *feed.columns[: form.shift]]


def header(column: Column, form: Form) -> str:
    """What stands above the column: the contract's label, an alias of it, or the label with 万元."""
    if form.uses_aliases and column.aliases and WAN not in column.label:
        return column.aliases[0]
    if form.is_in_wan and column.type is Type.MONEY and WAN not in column.label:
        return f"{column.label}（{WAN}）"
    return column.label


def written(feed: Feed, form: Form, facts: Columns, length: int) -> dict[str, pa.Array]:
    """All columns of the feed as text, null where empty, in the order of this file."""
    empty = pa.nulls(length, pa.string())
    return {
        column.name: _cell_texts(column, form, facts[column.name]) if column.name in facts else empty
        for column in columns_of(feed, form)
    }


def _cell_texts(column: Column, form: Form, values: pa.Array) -> pa.Array:
    if pa.types.is_string(values.type):
        return values
    if column.type is Type.MONEY:
        return wan_text(values) if WAN in header(column, form) else yuan_text(values)
    if column.type is Type.DATE:
        return _day_list(form.date_form).take(pc.subtract(values, FIRST_DAY))
    if column.type is Type.MONTH:
        return _month_list(form.month_form).take(pc.subtract(values, FIRST_MONTH))
    if column.type is Type.FLAG:
        return pa.array(form.flag_words[::-1]).take(values)
    if isinstance(values, pa.DictionaryArray):
        spelled = [_spelling(column, form, value) for value in values.dictionary.to_pylist()]
        return pa.array(spelled, type=pa.string()).take(values.indices)
    return pc.cast(values, pa.string())


def _spelling(column: Column, form: Form, value: str) -> str:
    known = (value, *column.codes.get(value, ()))
    return known[min(form.spelling, len(known) - 1)]


@cache
def _day_list(date_form: str) -> pa.Array:
    return pa.array([date_form.format(day, day.toordinal() - EXCEL_DAY_0) for day in calendar_dates()])


FIRST_MONTH = 190001


@cache
def _month_list(month_form: str) -> pa.Array:
    """By yyyymm - 190001; the numbers between December and January are no months and stay null."""
    numbers = range(FIRST_MONTH, 203113)
    return pa.array([month_form.format(n // 100, n % 100) if 1 <= n % 100 <= 12 else None for n in numbers])


def yuan_text(cents: pa.Array) -> pa.Array:
    """1234.50, or 1234 when there are no cents."""
    return _shifted(cents, 2, keeps_zeros=True)


def wan_text(cents: pa.Array) -> pa.Array:
    """0.12345 (ten thousands of yuan), exact."""
    return _shifted(cents, 6, keeps_zeros=False)


def _shifted(cents: pa.Array, places: int, keeps_zeros: bool) -> pa.Array:
    scale = 10**places
    size = pc.abs(cents)
    whole = pc.divide(size, scale)
    tail = pc.subtract(size, pc.multiply(whole, scale))
    sign = pc.if_else(pc.less(cents, 0), "-", "")
    tail_text = pc.utf8_lpad(pc.cast(tail, pa.string()), places, "0")
    if not keeps_zeros:
        tail_text = pc.utf8_rtrim(tail_text, "0")
    dot = pc.if_else(pc.equal(tail, 0), "", ".")
    shown = pc.if_else(pc.equal(tail, 0), "", tail_text)
    return pc.binary_join_element_wise(sign, pc.cast(whole, pa.string()), dot, shown, "")
