"""The sheets of a work list: whom to visit, about whom too little is known, and what would make it known.

The columns to fill in are those of the `visits` contract; the others are ignored when the file comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from expectations.contract import Column, Type
from expectations.feeds import catalogue
from reports.labels import CLUES, class_title, said
from reports.language import Words, joined
from reports.unknowns import Missing, missing, no_suggestion_words
from reports.workbook import Sheet, SheetColumn
from reports.worklist_rows import Clue, Doubt
from reports.worklist_words import monitored_words, signal_words, source_words
from warehouse.rules import rules

VISITS = "visits"
GIVEN_BEFORE = ("clue_id", "household_id")  # columns of a visit that the list fills in itself
FILLED_WIDTH = {Type.DATE: 12.0, Type.CODE: 14.0, Type.TEXT: 16.0}
FROZEN = 4
TITLES = {
    "clues": Words("核查清单", "To visit"),
    "doubts": Words("情况不明户", "Unknown"),
    "gaps": Words("缺失数据", "What is missing"),
    "heading": Words("{town} {title} 截至{as_of}", "{town} {title}, as of {as_of}"),
    "unknown": Words("行政村不明", "village unknown"),
    "village": Words("行政村", "village"),
    "head_name": Words("户主姓名", "head of household"),
    "phone": Words("联系电话", "telephone"),
    "persons": Words("人口", "persons"),
    "household_type": Words("户类型", "kind of household"),
    "monitored_class": Words("监测对象类别", "class, decided"),
    "suggested_class": Words("建议类别", "class, suggested"),
    "signals": Words("预警指标", "indicators at risk"),
    "sources": Words("依据", "sources"),
    "opened_on": Words("产生日期", "opened on"),
    "due_on": Words("核查期限", "due on"),
    "status": Words("状态", "status"),
    "unknown_count": Words("不明指标数", "indicators unknown"),
    "unknown_signals": Words("情况不明的指标", "unknown indicators"),
    "missing": Words("缺什么", "what is missing"),
    "from_whom": Words("由谁提供", "from whom"),
    "households": Words("涉及户数", "households concerned"),
    "households_alone": Words("仅缺此项的户数", "households that miss nothing else"),
}


def clue_sheet(listed: Sequence[Clue], as_of: date, language: str) -> Sheet:
    """The open clues, with empty columns for what the visit finds."""
    columns = _clue_columns(language)
    rows = [_clue_row(one, as_of, language) for one in listed]
    to_fill = sum(column.is_to_fill for column in columns)
    filled = [[*row, *[None] * to_fill] for row in rows]
    return Sheet(TITLES["clues"].to(language), columns, filled, FROZEN)


def doubt_sheet(listed: Sequence[Doubt], language: str) -> Sheet:
    """The households about which nothing is known."""
    columns = [
        _given("village", 12, language),
        SheetColumn(
            catalogue()["households"].column("household_id").label if language == "zh" else "household", 18
        ),
        _given("head_name", 10, language),
        _given("phone", 13, language),
        _given("unknown_count", 10, language),
        _given("unknown_signals", 36, language),
        _given("missing", 60, language),
        _given("from_whom", 30, language),
    ]
    return Sheet(
        TITLES["doubts"].to(language), columns, [_doubt_row(one, language) for one in listed], FROZEN
    )


def gap_sheet(listed: Sequence[Doubt], language: str) -> Sheet:
    """What is missing and how many of these households it would make known, most first."""
    columns = [
        _given("missing", 60, language),
        _given("from_whom", 40, language),
        _given("households", 14, language),
        _given("households_alone", 18, language),
    ]
    concerned: dict[Missing, int] = {}
    alone: dict[Missing, int] = {}
    for one in listed:
        found = _missing_of(one, language)
        for gap in found:
            concerned[gap] = concerned.get(gap, 0) + 1
            alone[gap] = alone.get(gap, 0) + (len(found) == 1)
    ordered = sorted(concerned, key=lambda gap: (-concerned[gap], gap.code))
    rows: list[list[object]] = [[gap.words, gap.department, concerned[gap], alone[gap]] for gap in ordered]
    return Sheet(TITLES["gaps"].to(language), columns, rows, 1)


def _given(name: str, width: float, language: str, is_date: bool = False) -> SheetColumn:
    return SheetColumn(TITLES[name].to(language), width, is_date=is_date)


def _of_visit(column: Column, width: float, language: str, is_to_fill: bool = False) -> SheetColumn:
    """A column of the contract under its own header; a header still fits with words in brackets behind it."""
    title = column.label if language == "zh" else f"{column.label} ({column.en})"
    is_date, choices = column.type is Type.DATE, tuple(column.codes)
    return SheetColumn(title, width, choices, is_date, is_to_fill)


def _clue_columns(language: str) -> list[SheetColumn]:
    visits = catalogue()[VISITS]
    clue_id, household_id = (visits.column(name) for name in GIVEN_BEFORE)
    return [
        _of_visit(clue_id, 18, language),
        _given("village", 12, language),
        _of_visit(household_id, 18, language),
        _given("head_name", 10, language),
        _given("phone", 13, language),
        _given("persons", 6, language),
        _given("household_type", 9, language),
        _given("monitored_class", 14, language),
        _given("suggested_class", 14, language),
        _given("signals", 36, language),
        _given("sources", 32, language),
        _given("opened_on", 11, language, is_date=True),
        _given("due_on", 11, language, is_date=True),
        _given("status", 9, language),
        *(
            _of_visit(column, FILLED_WIDTH.get(column.type, 14), language, is_to_fill=True)
            for column in visits.columns
            if column.name not in GIVEN_BEFORE
        ),
    ]


def _clue_row(one: Clue, as_of: date, language: str) -> list[object]:
    home = one.household
    suggested = class_title(one.suggested_class, as_of, language)
    return [
        one.clue_id,
        home.village,
        home.household_id,
        home.head_name,
        home.phone,
        home.persons,
        home.household_type,
        monitored_words(home, as_of, language),
        suggested or no_suggestion_words(one.no_suggestion_because, language),
        signal_words(one, language),
        source_words(one, language),
        one.opened_on,
        one.due_on,
        said(CLUES, one.status, language),
    ]


def _doubt_row(one: Doubt, language: str) -> list[object]:
    home, gaps = one.household, _missing_of(one, language)
    titles = {rule.indicator: Words(rule.title_zh, rule.title_en).to(language) for rule in rules()}
    return [
        home.village,
        home.household_id,
        home.head_name,
        home.phone,
        f"{len(one.because)}/{one.signals}",
        joined([titles.get(indicator, indicator) for indicator in one.because], language),
        "\n".join(gap.words for gap in gaps),
        joined(list(dict.fromkeys(gap.department for gap in gaps if gap.department)), language),
    ]


def _missing_of(one: Doubt, language: str) -> list[Missing]:
    return list(dict.fromkeys(gap for codes in one.because.values() for gap in missing(codes, language)))
