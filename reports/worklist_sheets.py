"""The sheets of a work list that come back: the works of villages, and whom to visit.

The columns to fill in are those of the `visits` contract; the others are ignored when the file comes back. So many
go on a page of A4 as are filled in on the spot; what is decided later stands to their right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from expectations.columns import TAKEN_BACK
from expectations.contract import Column, Type
from expectations.feeds import catalogue
from reports.labels import ASKS, CLUES, class_title, said, suggestion_title
from reports.language import Words, joined
from reports.unknowns import no_suggestion_words
from reports.workbook import Sheet, SheetColumn
from reports.worklist_rows import Clue
from reports.worklist_words import monitored_words, signal_words, source_words

VISITS = "visits"
FILLED_WIDTH = {Type.DATE: 10.0, Type.CODE: 9.0, Type.TEXT: 12.0}
# filled in on the spot
ON_PAPER = ("visited_on", "visitor", "finding", "decided_class", "risk_1", "measure", "note")
FROZEN = 3
TITLES = {
    "clues": Words("核查清单", "To visit"),
    "works": Words("村供水核查", "Village works"),
    "doubts": Words("情况不明户", "Unknown"),
    "gaps": Words("缺失数据", "What is missing"),
    "heading": Words("{town} {title} 截至{as_of}", "{town} {title}, as of {as_of}"),
    "unknown": Words("乡镇不明", "town unknown"),
    "no_village": Words("行政村不明", "Village unknown"),
    "homes": Words("涉及农户", "households concerned"),
    "asks_for": Words("核查方式", "how"),
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
    "households": Words("涉及户数", "how many households"),
    "households_alone": Words("仅缺此项的户数", "households that miss nothing else"),
}


def clue_sheets(listed: Sequence[Clue], as_of: date, language: str) -> list[Sheet]:
    """Village works first, each village once for all its households; then the households, a sheet a village."""
    at_works = [one for one in listed if one.asks_for == "works"]
    visited = [one for one in listed if one.asks_for != "works"]
    found = [_works_sheet(_by_village(at_works), as_of, language)] if at_works else []
    for homes in _by_village(visited):
        columns = _clue_columns(HOUSEHOLD, as_of, language)
        rows = [_clue_row(one, as_of, language) for one in homes]
        title = homes[0].household.village or TITLES["no_village"].to(language)
        found.append(_to_fill(title, columns, rows))
    return found or [_to_fill(TITLES["clues"].to(language), _clue_columns(HOUSEHOLD, as_of, language), [])]


def _by_village(listed: Sequence[Clue]) -> list[list[Clue]]:
    return [list(homes) for _, homes in groupby(listed, key=lambda one: one.household.village_code)]


def _to_fill(title: str, columns: list[SheetColumn], rows: Sequence[list[object]]) -> Sheet:
    """Rows of what is known, with empty cells for what is found."""
    to_fill = sum(column.is_to_fill for column in columns)
    return Sheet(title, columns, [[*row, *[None] * to_fill] for row in rows], FROZEN)


def _works_sheet(villages: Sequence[Sequence[Clue]], as_of: date, language: str) -> Sheet:
    """A row a village: the first clue's number stands for all of them."""
    rows = []
    for homes in villages:
        reasons = dict.fromkeys(signal_words(one, language) for one in homes)
        rows.append(
            [
                homes[0].clue_id,
                homes[0].household.household_id,
                homes[0].household.village,
                len(homes),
                joined([one.household.head_name or one.household.household_id for one in homes], language),
                "\n".join(reasons),
                source_words(homes[0], language),
                min(one.due_on for one in homes),
                said(CLUES, "overdue" if any(one.status == "overdue" for one in homes) else "open", language),
            ]
        )
    return _to_fill(TITLES["works"].to(language), _clue_columns(WORKS, as_of, language), rows)


def given(name: str, width: float, language: str, is_date: bool = False) -> SheetColumn:
    """A column of what is known, under the title of that name."""
    return SheetColumn(TITLES[name].to(language), width, is_date=is_date)


HOUSEHOLD = {  # what stands on a household's row, and how wide
    "head_name": 8, "phone": 12, "persons": 6, "household_type": 8, "monitored_class": 9, "suggested_class": 10,
    "asks_for": 6, "signals": 24, "sources": 20, "opened_on": 10, "due_on": 10, "status": 7,
}  # fmt: skip
WORKS = {"village": 10, "households": 6, "homes": 40, "signals": 24, "sources": 24, "due_on": 10, "status": 7}


def _of_visit(column: Column, as_of: date, language: str) -> SheetColumn:
    """A column of the contract under its own header; a header still fits with words in brackets behind it."""
    title = column.label if language == "zh" else f"{column.label} ({column.en})"
    if column.name in catalogue()[VISITS].given:
        return SheetColumn(title, 10)
    # codes in the words of the day; the contract knows the older ones too
    choices = dict.fromkeys(
        class_title(code, as_of, "zh")
        for code in column.codes
        if suggestion_title(code, as_of, "zh") == class_title(code, as_of, "zh")
    )
    width = FILLED_WIDTH.get(column.type, 9)
    return SheetColumn(title, width, tuple(choices), column.type is Type.DATE, True, column.name in ON_PAPER)


def _clue_columns(widths: Mapping[str, float], as_of: date, language: str) -> list[SheetColumn]:
    """What we fill in, then what people do: first what is found on the spot, then what is decided later."""
    visits = catalogue()[VISITS]
    not_asked = (*visits.given, TAKEN_BACK.name)
    to_fill = [column for column in visits.columns if column.name not in not_asked]
    to_fill.sort(key=lambda column: column.name not in ON_PAPER)
    return [
        *(_of_visit(visits.column(name), as_of, language) for name in visits.given),
        *(given(name, width, language, name.endswith("_on")) for name, width in widths.items()),
        *(_of_visit(column, as_of, language) for column in to_fill),
    ]


def _clue_row(one: Clue, as_of: date, language: str) -> list[object]:
    home = one.household
    suggested = suggestion_title(one.suggested_class, as_of, language)
    return [
        one.clue_id,
        home.household_id,
        home.head_name,
        home.phone,
        home.persons,
        home.household_type,
        monitored_words(home, as_of, language),
        suggested or no_suggestion_words(one.no_suggestion_because, language),
        said(ASKS, one.asks_for, language),
        signal_words(one, language),
        source_words(one, language),
        one.opened_on,
        one.due_on,
        said(CLUES, one.status, language),
    ]
