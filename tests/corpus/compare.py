"""Holding what the system read against what is true; the first difference in words, or None."""

from __future__ import annotations

from collections.abc import Set
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet

from expectations.checks import Severity
from expectations.conditions import checks_of
from expectations.contract import Column, Feed, Type
from expectations.feeds import catalogue
from tests.corpus.drafts import NO_NUMBER, Draft, Line
from tests.feeds.intake import Inbox
from warehouse.ledger.deliveries import Delivery

LENGTH = "row_length"
Rows = dict[int, dict[str, Any]]


@cache
def errors_of(feed_name: str) -> dict[int, str]:
    """Bit -> name of each check that holds a row."""
    checks = checks_of(catalogue()[feed_name])
    return {place: check.name for place, check in enumerate(checks) if check.severity is Severity.ERROR}


class Reading:
    """What became of the files of an inbox, by the name of the file without its extension."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self.deliveries = {Path(one.path).stem: one for one in inbox.deliveries()}

    def rows(self, name: str) -> Rows:
        """The typed rows by line."""
        one = self.deliveries[name]
        path = self.inbox.home.staged(one.feed.name, one.delivery_id)
        return {row["line"]: row for row in pyarrow.parquet.read_table(path).to_pylist()}

    def held(self, name: str, rows: Rows) -> dict[int, set[str]]:
        """Line -> names of the errors that hold it, for lines that are held."""
        errors = errors_of(self.deliveries[name].feed.name)
        found = {
            line: {check for bit, check in errors.items() if row["wrong"] >> bit & 1}
            for line, row in rows.items()
        }
        return {line: names for line, names in found.items() if names}


def first_difference(draft: Draft, reading: Reading, name: str) -> str | None:
    """Where the file called `name` was read otherwise than the draft says."""
    delivery = reading.deliveries[name]
    refused = {code for code, _ in delivery.refusals}
    if draft.refusals is not None:
        if not refused:
            return f"read ({delivery.rows_received} rows), should be refused: {sorted(draft.refusals)}"
        if draft.refusals and not draft.refusals & refused:
            return f"refused for {sorted(refused)}, should be for one of {sorted(draft.refusals)}"
        return None
    if refused:
        return None if draft.may_be_refused else f"refused ({delivery.refusals}), should be read"
    rows = reading.rows(name)
    held = reading.held(name, rows)
    if draft.may_be_refused:
        return _lost_rows(draft, rows, held)
    return differing_rows(draft.feed, draft.truth(), rows, held) or _counts(draft, delivery)


def _lost_rows(draft: Draft, rows: Rows, held: dict[int, set[str]]) -> str | None:
    """Rows under a broken quote are held, one line for all of them at least; the others are read."""
    truth = draft.truth()
    covered = {line for line, right in truth.items() if right.is_covered}
    if loaded := (rows.keys() - held.keys()) & covered:
        return f"lines {sorted(loaded)} are loaded, a quote covers them"
    if not covered & held.keys():
        return f"none of lines {sorted(covered)} is held"
    others = {line: right for line, right in truth.items() if line not in covered}
    return differing_rows(draft.feed, others, rows, held, covered)


def _counts(draft: Draft, delivery: Delivery) -> str | None:
    found = (delivery.rows_received, delivery.rows_duplicate)
    right = (len(draft.truth()) + draft.copies, draft.copies)
    return None if found == right else f"rows and copies {found}, should be {right}"


def differing_rows(
    feed: Feed, truth: dict[int, Line], rows: Rows, held: dict[int, set[str]], aside: Set[int] = frozenset()
) -> str | None:
    """The first line or cell that is not as it is in the truth; lines `aside` are not looked at."""
    if rows.keys() - aside != truth.keys():
        missing, more = sorted(truth.keys() - rows.keys()), sorted(rows.keys() - aside - truth.keys())
        return f"lines {missing} are not there, lines {more} are too many"
    for line, right in sorted(truth.items()):
        found = held.get(line, set())
        if LENGTH in right.held:  # in which column a cell then stands nobody can tell
            found = found & right.held
        if not found <= right.held or bool(found) != bool(right.held):
            return f"line {line}: held for {sorted(found)}, should be {sorted(right.held) or 'loaded'}"
        if wrong := _differing_cell(feed, rows[line], right):
            return f"line {line}, {wrong}"
    return None


def _differing_cell(feed: Feed, row: dict[str, Any], right: Line) -> str | None:
    if LENGTH in right.held or right.values is None:
        return None
    for column in feed.columns:
        value = right.values[column.name]
        if any(check.startswith(column.name) for check in right.held):
            continue
        found = row[column.name]
        if value is not NO_NUMBER and found != value:
            return f"column {column.name}: read {found!r}, should be {value!r}"
        if column.type is Type.PERSON_NUMBER and (wrong := _differing_key(column, row, value)):
            return wrong
    return None


def _differing_key(column: Column, row: dict[str, Any], value: Any) -> str | None:
    right = None if value is None or value is NO_NUMBER else int(value[:17])
    found = row[f"{column.name}__key"]
    return None if found == right else f"column {column.name}: person key {found!r}, should be {right!r}"
