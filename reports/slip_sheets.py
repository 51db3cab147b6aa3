"""The sheets of a return slip; all but the first only where there is something on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from expectations.contract import Feed, Kind
from expectations.feeds import catalogue
from reports.deadlines import list_back_by, mend_by
from reports.delivery_view import MOST_LINES
from reports.expectation_words import Sentence, sentence_of
from reports.labels import feed_title, period_title
from reports.language import joined, one_line
from reports.next_steps import corrected_name, next_steps
from reports.reasons import reason_words
from reports.slip_first import first_rows
from reports.slip_rows import Slip, SlipRow
from reports.slip_words import (
    ALSO,
    COLUMNS,
    FILE_REFUSED,
    FULL_LIST,
    TITLES,
    UNATTRIBUTABLE,
    WHOLE_ROW,
    Head,
)
from reports.workbook import Sheet, SheetColumn
from warehouse.landing.lines import cell_of, said
from warehouse.landing.page import place_of_line
from warehouse.ledger.deliveries import Delivery

PLACE = ("file", "feed", "period", "sheet")
AGE = ("since", "days", "due")
FIRST = ("item", "content")
ROWS = (*PLACE, "line", "columns", "problem", "mend", "note", *AGE, "corrected_name")
REFUSED = ("file", "reasons", "next", *AGE)
REASONS = ("feed", "columns", "problem", "mend", "rows", "files", *AGE)
FOUND = (*PLACE, "line", "columns", "problem", "mend", "note", "corrected_name")
PENDING = (*PLACE, "line", "columns", "waits_for", "since", "days")
WARNED = (*PLACE, "columns", "problem", "mend", "rows", "lines")
Rows = list[list[object]]


def slip_sheets(slip: Slip, language: str) -> list[Sheet]:
    """The sheets in order: a clerk sees first what goes wrong again and again, then each file and row."""
    parts: dict[str, tuple[Sequence[str], Rows]] = {
        "reasons": (REASONS, _reasons(slip, language)),
        "refused": (REFUSED, _refused(slip, language)),
        "rows": (ROWS, _rows(slip, language)),
        "found": (FOUND, _found(slip, language)),
        "pending": (PENDING, _pending(slip, language)),
        "warned": (WARNED, _warned(slip, language)),
    }
    first = _sheet("first", FIRST, first_rows(slip, language), language)
    return [
        first,
        *(_sheet(name, columns, rows, language) for name, (columns, rows) in parts.items() if rows),
    ]


def _sheet(name: str, columns: Sequence[str], rows: Rows, language: str) -> Sheet:
    heads = [_head(COLUMNS[column], language) for column in columns]
    return Sheet(TITLES[name].to(language), heads, rows, 1)


def _head(head: Head, language: str) -> SheetColumn:
    return SheetColumn(head.words.say(language, most=MOST_LINES), head.width, is_date=head.is_date)


def _rows(slip: Slip, language: str) -> Rows:
    found: Rows = []
    refused = {one.delivery.delivery_id for one, _ in slip.refused}
    for one in in_order(slip, slip.rows):
        delivery, sentences = slip.deliveries[one.delivery_id], _sentences(one)
        found.append(
            [
                *_at(delivery, one.line, language),
                _columns(delivery.feed, sentences, language),
                _rules(sentences, language),
                "\n".join(dict.fromkeys(sentence.mend.to(language) for sentence in sentences)),
                _note(one, delivery, one.delivery_id in refused, language),
                *_ages(slip, one.held_since, delivery),
                _corrected_name(slip, delivery, language),
            ]
        )
    return found


def _at(delivery: Delivery, line: int, language: str) -> list[object]:
    """Where a row stands."""
    sheet, own = place_of_line(delivery.sheet, line)
    return [*_place(delivery, sheet, language), cell_of(own)]


def in_order(slip: Slip, rows: Sequence[SlipRow]) -> list[SlipRow]:
    """File after file, in each of them cause after cause: what is mended alike stands together."""
    return sorted(rows, key=lambda one: (slip.deliveries[one.delivery_id].order, one.expectations, one.line))


def _sentences(one: SlipRow) -> list[Sentence]:
    """What the row is held for, then what else there is to be looked at."""
    return sorted((sentence_of(name) for name in one.expectations), key=lambda each: not each.is_error)


def _rules(sentences: Sequence[Sentence], language: str) -> str:
    return "\n".join(
        ("" if sentence.is_error else ALSO.to(language)) + sentence.rule.to(language)
        for sentence in sentences
    )


def _columns(feed: Feed, sentences: Sequence[Sentence], language: str) -> str:
    """The headers of the columns to look at, as they stand in the contract."""
    known = {column.name: column for column in feed.columns}
    named = dict.fromkeys(name for sentence in sentences for name in sentence.columns if name in known)
    if not named:
        return WHOLE_ROW.to(language)
    return "\n".join(
        known[name].label if language == "zh" else f"{known[name].label} ({known[name].en})" for name in named
    )


def _place(delivery: Delivery, sheet: str | None, language: str) -> list[object]:
    feed = delivery.feed
    period = period_title(feed, delivery.period_text or "", language)
    return [
        one_line(delivery.path),
        feed_title(feed.name, language),
        period,
        one_line(sheet) if sheet else None,
    ]


def _note(one: SlipRow, delivery: Delivery, is_of_refused: bool, language: str) -> str | None:
    notes = {
        FILE_REFUSED: is_of_refused,
        FULL_LIST: delivery.feed.kind is Kind.SNAPSHOT and not is_of_refused,
        UNATTRIBUTABLE: one.status == "unattributable" and _is_about_a_household(delivery.feed),
    }
    return "\n".join(words.to(language) for words, holds in notes.items() if holds) or None


def _is_about_a_household(feed: Feed) -> bool:
    return feed.person is not None or any(column.name == "household_id" for column in feed.columns)


def _ages(slip: Slip, since: date, of: Delivery | None = None) -> list[object]:
    is_list = of is not None and of.feed_name in catalogue() and bool(of.feed.given)
    due = list_back_by(of.period.last, since) if of and is_list else mend_by(slip.department, since)
    return [since, (slip.as_of - since).days, due]


def _corrected_name(slip: Slip, delivery: Delivery, language: str) -> str:
    return corrected_name(delivery, slip.numbers[delivery.of_period], language)


def _refused(slip: Slip, language: str) -> Rows:
    found: Rows = []
    for one, since in slip.refused:
        reasons = [reason_words(code, detail, language) for code, detail in one.reasons]
        steps = next_steps(one, slip.numbers[one.delivery.of_period], language)
        found.append(
            [
                one_line(one.delivery.path),
                "\n".join(reasons),
                "\n".join(steps[1:]),
                *_ages(slip, since, one.delivery),
            ]
        )
    return found


def _reasons(slip: Slip, language: str) -> Rows:
    found: Rows = []
    for one in slip.reasons:
        sentence, feed = sentence_of(one.expectation), catalogue()[one.expectation.partition(".")[0]]
        if sentence.is_error:
            words = [
                _columns(feed, [sentence], language),
                sentence.rule.to(language),
                sentence.mend.to(language),
            ]
            counts = [one.rows, one.files, *_ages(slip, one.held_since)]
            found.append([feed_title(feed.name, language), *words, *counts])
    return found


def _found(slip: Slip, language: str) -> Rows:
    found: Rows = []
    for one in in_order(slip, slip.found):
        delivery, sentences = slip.deliveries[one.delivery_id], _sentences(one)
        found.append(
            [
                *_at(delivery, one.line, language),
                _columns(delivery.feed, sentences, language),
                _rules(sentences, language),
                "\n".join(sentence.mend.to(language) for sentence in sentences),
                _note(one, delivery, False, language),
                _corrected_name(slip, delivery, language),
            ]
        )
    return found


def _pending(slip: Slip, language: str) -> Rows:
    found: Rows = []
    for one in in_order(slip, slip.pending):
        delivery, sentences = slip.deliveries[one.delivery_id], _sentences(one)
        words = [_columns(delivery.feed, sentences, language), _rules(sentences, language)]
        found.append([*_at(delivery, one.line, language), *words, *_ages(slip, one.held_since)[:2]])
    return found


def _warned(slip: Slip, language: str) -> Rows:
    found: Rows = []
    for one in slip.warned:
        delivery, sentence = slip.deliveries[one.delivery_id], sentence_of(one.expectation)
        words = [sentence.rule.to(language), sentence.mend.to(language)]
        columns = _columns(delivery.feed, [sentence], language)
        places = [place_of_line(delivery.sheet, line) for line in one.lines]
        sheets = {sheet for sheet, _ in places}
        sheet = sheets.pop() if len(sheets) == 1 else None
        lines = joined([said(line) if name == sheet else f"{name} {line}" for name, line in places], language)
        found.append([*_place(delivery, sheet, language), columns, *words, one.rows, lines])
    return found
