"""Which version of a key counts: states of snapshots, winners among events, held rows still open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .cells import NO_NUMBER, Bad
from .contract import MAX_AGE, Feed
from .files import Source
from .periods import month_of
from .rows import Checked, Held, key_of


@dataclass
class State:
    """What one accepted snapshot says: its rows by key (None = present with unknown attributes)."""

    source: Source
    rows: dict[tuple, Any] = field(default_factory=dict)
    missing: list[Held] = field(default_factory=list)  # held rows for which no earlier version stands in
    received: int = 0

    def answers_at(self, day: date) -> bool:
        """ "a snapshot older than this at D no longer answers"."""
        oldest = MAX_AGE.get(self.source.feed.name)
        return oldest is None or month_of(day) - self.source.period.month <= oldest


class Numbers:
    """ "a usable number that the same 人编号 had before is kept ... but not where the cell states that there
    is none"."""

    def __init__(self) -> None:
        self.before: dict[str, str] = {}

    def settle(self, record: Any) -> Any:
        number = record.id_number
        if isinstance(number, str):
            self.before[record.person_no] = number
            return record
        if isinstance(number, Bad) and number.why == NO_NUMBER:
            self.before.pop(record.person_no, None)
        return record._replace(id_number=self.before.get(record.person_no))


def snapshot_states(feed: Feed, accepted: list[Checked]) -> list[State]:
    """ "A key whose row is in quarantine is present: its last accepted version stays, marked stale; without
    one the household exists with unknown attributes (a version before the key had ended counts too)"."""
    states, last, numbers = [], {}, Numbers()
    for checked in accepted:
        state = State(checked.source, received=checked.received)
        for _, record in checked.good:
            key = key_of(feed, record)
            state.rows[key] = numbers.settle(record) if feed.name == "members" else record
        for held in checked.held:
            key = held.key
            version = last.get(key) if key is not None else None
            if key is not None:
                state.rows.setdefault(key, version)
            if not is_covered(held, version):
                state.missing.append(held)
        for key, record in state.rows.items():
            if record is not None:
                last[key] = record
        states.append(state)
    return states


def is_covered(held: Held, version: Any) -> bool:
    """Whether the last accepted version stands in for the held row: it must speak of the same household
    and person, as far as the held row can be read."""
    if ("person_twice", "") in held.faults:
        return True  # "the person is there, so such a row is missing for nobody"
    if version is None:
        return False
    columns = ["household_id"] if held.feed.name == "members" else [held.feed.person_column]
    for column in columns:
        value = held.readable_name(column) if column else None
        if value is not None and value != getattr(version, column):
            return False
    return True


def usable_state(states: list[State], day: date) -> State | None:
    """ "usable from the first day of its period"; of those, the greatest period, n and hash."""
    usable = [state for state in states if state.source.period.first <= day]
    return max(usable, key=lambda state: state.source.order, default=None)


@dataclass
class Events:
    """The winning version of each key with the delivery that told it, and the held rows still open."""

    rows: dict[tuple, Any] = field(default_factory=dict)
    told_by: dict[tuple, Source] = field(default_factory=dict)
    missing: list[Held] = field(default_factory=list)


def settle_events(feed: Feed, accepted: list[Checked]) -> Events:
    """ "Across files the greater (period ..., n, content hash) wins key by key, by content"."""
    events = Events()
    winners: dict[tuple, dict[str, tuple[Any, Source]]] = {}  # key -> period -> its winner
    for checked in accepted:
        for _, record in checked.good:
            told = winners.setdefault(key_of(feed, record), {})
            if (
                record.is_taken_back
            ):  # "takes back what was sent before it under its key", and is no event itself
                told.clear()
                continue
            told[checked.source.period.text] = (record, checked.source)
    for key, told in winners.items():
        versions = list(told.values())  # in the order of periods
        if not versions:
            continue
        if feed.name == "deaths":  # "of dates of death from different periods the earlier"
            versions = [min(versions, key=lambda version: version[0].died_on)]
        events.rows[key], events.told_by[key] = versions[-1]
    events.missing = open_rows(feed, accepted)
    return events


def open_rows(feed: Feed, accepted: list[Checked]) -> list[Held]:
    """ "A row leaves the list by itself when a corrected row with its key is accepted ...; one whose key
    cannot be read leaves when a correction `_n` of its period is accepted"."""
    last_with_key: dict[tuple, int] = {}
    last_of_period: dict[str, int] = {}
    for place, checked in enumerate(accepted):
        last_of_period[checked.source.period.text] = place
        for _, record in checked.good:
            last_with_key[key_of(feed, record)] = place
    still = []
    for place, checked in enumerate(accepted):
        for held in checked.held:
            key = held.key
            if key is None:
                is_open = last_of_period[checked.source.period.text] == place
            else:
                is_open = last_with_key.get(key, -1) <= place
            if is_open:
                still.append(held)
    return still
