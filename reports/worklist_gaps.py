"""The sheets of a work list about what is not known: of which households, what it is, and who can supply it."""

from __future__ import annotations

from collections.abc import Sequence

from expectations.feeds import catalogue
from reports.language import Words, joined
from reports.unknowns import Missing, missing
from reports.workbook import Sheet, SheetColumn
from reports.worklist_rows import Doubt
from reports.worklist_sheets import TITLES, given
from warehouse.rules import rules


def doubt_sheet(listed: Sequence[Doubt], language: str) -> Sheet:
    """The households of which a row or a cell would make something known."""
    columns = [
        given("village", 12, language),
        SheetColumn(
            catalogue()["households"].column("household_id").label if language == "zh" else "household", 18
        ),
        given("head_name", 10, language),
        given("phone", 13, language),
        given("unknown_count", 10, language),
        given("unknown_signals", 36, language),
        given("missing", 60, language),
        given("from_whom", 30, language),
    ]
    return Sheet(
        TITLES["doubts"].to(language),
        columns,
        [row for one in listed if (row := _doubt_row(one, language))],
        3,
    )


def gap_sheet(listed: Sequence[Doubt], language: str) -> Sheet:
    """What is missing and how many of these households it would make known, most first."""
    columns = [
        given("missing", 60, language),
        given("from_whom", 40, language),
        given("households", 14, language),
        given("households_alone", 18, language),
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


def _doubt_row(one: Doubt, language: str) -> list[object] | None:
    """Nothing where only whole files or cutoffs are missing: the village can do nothing about those."""
    home = one.household
    closable: dict[str, list[Missing]] = {}
    for indicator, codes in one.because.items():
        if gaps := [gap for gap in missing(codes, language) if gap.is_of_household]:
            closable[indicator] = gaps
    if not closable:
        return None
    gaps = list(dict.fromkeys(gap for listed in closable.values() for gap in listed))
    titles = {rule.indicator: Words(rule.title_zh, rule.title_en).to(language) for rule in rules()}
    return [
        home.village,
        home.household_id,
        home.head_name,
        home.phone,
        f"{len(one.because)}/{one.signals}",
        joined([titles.get(indicator, indicator) for indicator in closable], language),
        "\n".join(gap.words for gap in gaps),
        joined(list(dict.fromkeys(gap.department for gap in gaps)), language),
    ]


def _missing_of(one: Doubt, language: str) -> list[Missing]:
    return list(dict.fromkeys(gap for codes in one.because.values() for gap in missing(codes, language)))
