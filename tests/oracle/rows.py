"""Gate 2: one delivery's rows against their feed, every reason of every row that is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .cells import DAMAGED, Bad, birth_of, reader_for
from .checks import Fault, faults_alone, known
from .contract import EMPTY_MEANS, PARTITION, Column, Feed
from .files import Source
from .periods import Period, age, month_of
from .tables import Table

Seen = dict[tuple[str, str], set[str]]  # (number ending in 000, name) -> feeds in which it stands

REVERSED_ON = "reversal_pending"


@dataclass
class Held:
    """A row in quarantine (or a reversal that waits for its original)."""

    feed: Feed
    source: Source
    line: int
    record: Any
    faults: list[Fault]

    @property
    def reasons(self) -> list[str]:
        return sorted({f"{column}.{why}" if column not in ("", "*") else why for why, column in self.faults})

    @property
    def is_pending(self) -> bool:
        return [why for why, _ in self.faults] == [REVERSED_ON]

    def readable(self, column: str) -> Any:
        """A cell of the row, None where it is empty, unread or itself "what the row is held for"."""
        value = getattr(self.record, column, None)
        at_fault = any(place in (column, "*") for _, place in self.faults)
        return None if isinstance(value, Bad) or at_fault else value

    def readable_name(self, column: str) -> Any:
        """The same for a number: in a crooked row the cells still stand under their titles."""
        value = getattr(self.record, column, None)
        at_fault = any(place == column for _, place in self.faults)
        return None if isinstance(value, Bad) or at_fault else value

    @property
    def key(self) -> tuple | None:
        key = key_of(self.feed, self.record)
        at_fault = any(column == "*" or column in self.feed.key for _, column in self.faults)
        return None if at_fault else key


@dataclass
class Checked:
    """One delivery after gate 2."""

    source: Source
    received: int
    duplicate: int = 0
    good: list[tuple[int, Any]] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)


class Memo(dict):
    """Each distinct cell is read once."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, raw: Any) -> Any:
        value = self[raw] = self.read(raw)
        return value


def cell_readers(feed: Feed, table: Table, memos: dict) -> list[tuple[int | None, Memo, Any]]:
    readers = []
    for column in feed.columns:
        factor = table.factors.get(column.name, 1)
        memo = memos.get((column.name, factor, table.epoch_1904))
        if memo is None:
            memo = Memo(reader_for(column, factor, table.epoch_1904))
            memos[column.name, factor, table.epoch_1904] = memo
        readers.append((table.places.get(column.name), memo, EMPTY_MEANS.get(column.name)))
    return readers


def typed_rows(feed: Feed, table: Table, memos: dict) -> Iterable[tuple[int, Any]]:
    readers = cell_readers(feed, table, memos)
    with_default = [(i, empty) for i, (_, _, empty) in enumerate(readers) if empty]
    for line, cells in table.rows:
        values = [None if place is None else read[cells[place]] for place, read, _ in readers]
        for i, empty in with_default:
            values[i] = empty if values[i] is None else values[i]
        yield line, feed.record(*values)


@dataclass
class Typed:
    """A delivery's rows after typing, the duplicates taken out."""

    source: Source
    received: int = 0
    duplicate: int = 0
    rows: list[tuple[int, Any]] = field(default_factory=list)
    crooked: set[int] = field(default_factory=set)


class Typist:
    """Types the files of one feed. A snapshot comes again every month: each distinct cell is read once, and
    equal rows are kept once."""

    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.memos: dict = {}
        self.shared: dict = {}

    def type_tables(self, source: Source, tables: list[Table]) -> Typed:
        if not self.feed.is_snapshot:
            self.memos, self.shared = {}, {}
        typed = Typed(source)
        met: set = set()
        for table in tables:
            typed.received += len(table.rows)
            typed.crooked |= table.crooked
            for line, record in typed_rows(self.feed, table, self.memos):
                record = self.shared.setdefault(record, record)
                if (
                    line not in table.crooked
                ):  # "rows identical after typing are duplicates (the first counts)"
                    if record in met:
                        typed.duplicate += 1
                        continue
                    met.add(record)
                typed.rows.append((line, record))
        return typed


def key_of(feed: Feed, record: Any) -> tuple | None:
    """The row's key; None where a part of it cannot be read."""
    key = []
    for name in feed.key:
        value = getattr(record, name)
        if isinstance(value, Bad) or (value is None and name in feed.required_keys):
            return None
        key.append(value)
    return tuple(key)


def persons_written(feed: Feed, record: Any) -> Iterable[tuple[str, str]]:
    """The (number, name) pairs that stand in a row."""
    for number in feed.columns_of("id", "certificate"):
        value = getattr(record, number)
        if isinstance(value, str):
            yield value[:18], record.head_name if number == "head_id_number" else record.name


def note_thousands(feed: Feed, record: Any, seen: Seen) -> None:
    for number, name in persons_written(feed, record):
        if number.endswith("000"):
            seen.setdefault((number, name), set()).add(feed.name)


def is_damaged(feed: Feed, number: str, name: Any, seen: Seen) -> bool:
    """ "text ending in 000 unless the same number **and** name, with a right check digit, stand in a second
    feed, one of the two `members`"."""
    if not number.endswith("000"):
        return False
    others = seen.get((number, name), set()) - {feed.name}
    return not (others if feed.name == "members" else "members" in others)


# --- what it says in the file's period


def year_later(day: date) -> date:
    return date(day.year + 1, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


TIMED = ("date", "month", "year", "id", "certificate")


def faults_in_period(feed: Feed, record: Any, period: Period, seen: Seen) -> list[Fault]:
    faults = []
    for place, column in enumerate(feed.columns):
        value = record[place]
        if column.type in TIMED and value is not None and not isinstance(value, Bad):
            fault = fault_in_period(feed, column, record, value, period, seen)
            faults += [(fault, column.name)] if fault else []
    return faults + partition_faults(feed, record, period)


def fault_in_period(
    feed: Feed, column: Column, record: Any, value: Any, period: Period, seen: Seen
) -> str | None:
    """ "dates not in the future of the period's end and not before 1900; `month`/`year` from 1900 to the
    period's end (参保年度 and grants' 发放日期: a year more)"."""
    has_more = (feed.name, column.name) in (("insurance", "year"), ("grants", "paid_on"))
    if column.type == "date":
        until = year_later(period.last) if has_more else period.last
        return "date_bounds" if value > until or value.year < 1900 else None
    if column.type == "month":
        return None if 1900 * 12 <= value <= month_of(period.last) else "month_bounds"
    if column.type == "year":
        return None if 1900 <= value <= period.last.year + has_more else "year_bounds"
    return number_fault(feed, column.name, record, period, seen)


def number_fault(feed: Feed, column: str, record: Any, period: Period, seen: Seen) -> str | None:
    number = getattr(record, column)
    name = record.head_name if column == "head_id_number" else record.name
    if is_damaged(feed, number, name, seen):
        return DAMAGED
    birth = birth_of(number)
    # "not after the end of the file's period, age ≤ 120 at that day"
    return None if birth and birth <= period.last and age(birth, period.last) <= 120 else "id_birth_date"


def partition_faults(feed: Feed, record: Any, period: Period) -> list[Fault]:
    """ "a row of another year or term than the file's period is held, insurance alone may carry several"."""
    kind = PARTITION.get(feed.name)
    value = getattr(record, kind, None) if kind else None
    if value is None or isinstance(value, Bad) or feed.name == "insurance":
        pass
    elif kind == "year" and value != period.last.year:
        return [("other_year", "year")]
    elif kind == "term" and value != period.first:
        return [("other_term", "term")]
    if feed.name == "households" and record.household_type == "建档立卡贫困户":
        lifted = known(record, "exit_year")  # "when 脱贫年度 ≤ the period's year, else held"
        if not lifted or lifted[0] > period.last.year:
            return [("still_poor", "household_type")]
    return []


# --- what it says beside the other rows of its file


def same_key_faults(feed: Feed, rows: list[tuple[int, Any]]) -> dict[int, list[Fault]]:
    """ "same key with different content are all held" (equal rows have been taken out before)."""
    lines = defaultdict(list)
    for line, record in rows:
        key = key_of(feed, record)
        if key is not None:
            lines[key].append(line)
    return {line: [("same_key", "")] for twins in lines.values() if len(twins) > 1 for line in twins}


def same_person_faults(rows: list[tuple[int, Any]]) -> dict[int, list[Fault]]:
    """ "E same person twice in one household (all but the smallest 人编号 held ...)"."""
    found = defaultdict(list)
    for line, record in rows:
        if known(record, "household_id", "person_no", "id_number"):
            found[record.household_id, record.id_number].append((record.person_no, line))
    twins = (sorted(pairs)[1:] for pairs in found.values() if len({no for no, _ in pairs}) > 1)
    return {line: [("person_twice", "")] for pairs in twins for _, line in pairs}


def settled_member(record: Any, faults: list[Fault]) -> tuple[Any, list[Fault]]:
    """An unusable number in `members` is noted in the row and holds nothing."""
    for why, column in faults:
        if column == "id_number" and isinstance(record.id_number, str):
            record = record._replace(id_number=Bad(why, record.id_number))
    return record, [fault for fault in faults if fault[1] != "id_number"]


def check_rows(typed: Typed, seen: Seen, alone: dict) -> Checked:
    """`alone` keeps what a row says by itself over the files of a feed."""
    source = typed.source
    feed, period = source.feed, source.period
    assert feed is not None and period is not None
    checked = Checked(source, typed.received, typed.duplicate)
    rows, faults = [], {}
    for line, record in typed.rows:
        if id(record) not in alone:
            alone[id(record)] = faults_alone(feed, record)
        found = alone[id(record)] + faults_in_period(feed, record, period, seen)
        if line in typed.crooked:
            found = [*found, ("field_count", "*")]
        if feed.name == "members":
            record, found = settled_member(record, found)
        if feed.name == "households" and not found and record.household_type == "建档立卡贫困户":
            record = record._replace(household_type="脱贫户")
        rows.append((line, record))
        faults[line] = found
    add_file_faults(feed, rows, faults)
    for line, record in rows:
        if faults[line]:
            checked.held.append(Held(feed, source, line, record, faults[line]))
        else:
            checked.good.append((line, record))
    return checked


def add_file_faults(feed: Feed, rows: list[tuple[int, Any]], faults: dict[int, list[Fault]]) -> None:
    found = [same_key_faults(feed, rows)]
    if feed.name == "members":
        found.append(same_person_faults(rows))
    for reasons in found:
        for line, more in reasons.items():
            faults[line] = faults[line] + more
