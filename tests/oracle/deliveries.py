"""Gates 1 to 3 over the whole inbox: every delivery's verdict and counts, and the accepted ones in order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from .contract import AT_RISK_WHILE, FEEDS, MAIN_AMOUNT, NEVER_EMPTY, PARTITION, Feed
from .files import Source, find_sources
from .headers import Refused
from .periods import Period
from .reversals import Settlements, hold_reversals, release
from .rows import Checked, Seen, Typed, Typist, check_rows, key_of, note_thousands
from .tables import read_tables

ACCEPTED, REFUSED, ALREADY_LOADED = "accepted", "refused", "already_loaded"


@dataclass
class DeliveryFacts:
    feed: str
    period: str
    n: int
    sha256: str
    verdict: str
    reasons: list[str] = field(default_factory=list)
    received: int = 0
    loaded: int = 0
    quarantined: int = 0
    duplicate: int = 0
    held: dict[int, list[str]] = field(default_factory=dict)


@dataclass
class Inbox:
    facts: dict[str, DeliveryFacts] = field(default_factory=dict)
    accepted: dict[str, list[Checked]] = field(default_factory=lambda: defaultdict(list))
    received: dict[str, list[Period]] = field(default_factory=lambda: defaultdict(list))
    not_judged: list[str] = field(default_factory=list)


def judge_inbox(inbox: Path) -> Inbox:
    sources, not_judged = find_sources(inbox)
    result = Inbox(not_judged=not_judged)
    by_feed: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        if source.feed and source.period:
            result.received[source.feed.name].append(source.period)
        if source.refusal:
            result.facts[source.path] = refused(source, [source.refusal])
        elif source.feed:
            by_feed[source.feed.name].append(source)
    typed = {name: type_feed(FEEDS[name], sources, result) for name, sources in by_feed.items()}
    seen = numbers_ending_in_000(typed)
    for name, deliveries in typed.items():
        judge_feed(FEEDS[name], deliveries, seen, result)
    return result


def type_feed(feed: Feed, sources: list[Source], result: Inbox) -> list[Typed]:
    """ "judged in (feed, period, n, hash) order, not of arrival"."""
    typist, typed = Typist(feed), []
    for source in sorted(sources, key=lambda source: source.order):
        try:
            typed.append(typist.type_tables(source, read_tables(source)))
        except Refused as refusal:
            result.facts[source.path] = refused(source, [str(refusal)])
    return typed


def refused(source: Source, reasons: list[str]) -> DeliveryFacts:
    """ "(... unread: all 0)"."""
    return facts_of_source(source, REFUSED, reasons)


def facts_of_source(source: Source, verdict: str, reasons: list[str]) -> DeliveryFacts:
    feed = source.feed.name if source.feed else ""
    period = source.period.text if source.period else ""
    return DeliveryFacts(feed, period, source.n, source.sha256, verdict, reasons)


def numbers_ending_in_000(typed: dict[str, list[Typed]]) -> Seen:
    """Where each of them stands, in whatever file can be read, accepted or not."""
    seen: Seen = {}
    for name, deliveries in typed.items():
        for delivery in deliveries:
            for _, record in delivery.rows:
                note_thousands(FEEDS[name], record, seen)
    return seen


def judge_feed(feed: Feed, deliveries: list[Typed], seen: Seen, result: Inbox) -> None:
    alone: dict = {}
    settlements = Settlements()
    accepted = result.accepted[feed.name]
    for typed in deliveries:
        source, before = typed.source, accepted[-1] if accepted else None
        if before and before.source.period == source.period and before.source.sha256 == source.sha256:
            # "The same content as the accepted one before it in (n, hash) order of the same ... period"
            facts = facts_of_source(source, ALREADY_LOADED, [])
            facts.received = facts.duplicate = typed.received
            result.facts[source.path] = facts
            continue
        checked = check_rows(typed, seen, alone)
        if feed.name == "settlements":
            hold_reversals(checked, settlements)
        reasons = delivery_reasons(feed, checked, before)
        if is_mean_far(feed, checked, accepted):
            reasons.append("mean_far")
        result.facts[source.path] = facts_of(checked, reasons)
        if not reasons:
            accepted.append(checked)
            if feed.name == "settlements":
                settlements.add(record for _, record in checked.good)
    if feed.name == "settlements":
        release(accepted, settlements)
        for checked in accepted:
            result.facts[checked.source.path] = facts_of(checked, [])


def facts_of(checked: Checked, reasons: list[str]) -> DeliveryFacts:
    """ "received = loaded + quarantined + duplicate (refused: loaded 0, quarantined = the rest)"."""
    facts = facts_of_source(checked.source, ACCEPTED, reasons)
    facts.received, facts.duplicate = checked.received, checked.duplicate
    facts.loaded, facts.quarantined = len(checked.good), len(checked.held)
    facts.held = {held.line: held.reasons for held in sorted(checked.held, key=lambda held: held.line)}
    if reasons:
        facts.verdict, facts.loaded = REFUSED, 0
        facts.quarantined = facts.received - facts.duplicate
    return facts


def delivery_reasons(feed: Feed, checked: Checked, before: Checked | None) -> list[str]:
    reasons = []
    if not checked.received and feed.name in NEVER_EMPTY:
        reasons.append("nil_return")
    held = len(checked.held)  # "(pending too) ... (default 5 %, and at least 10 rows)"
    if held >= 10 and held * 20 > checked.received:
        reasons.append("too_many_held")
    if feed.is_snapshot and before:
        reasons += guard_reasons(feed, checked, before)
        if before.source.period == checked.source.period and is_list_short(feed, checked, before):
            reasons.append("list_shrank")
    return reasons


def is_list_short(feed: Feed, checked: Checked, before: Checked) -> bool:
    """Of a list of those at risk, a correction of its period: two or more of them and over a fifth vanish. Rows whose
    key cannot be read may be some of them."""
    is_at_risk = AT_RISK_WHILE.get(feed.name)
    if is_at_risk is None:
        return False
    listed = {key_of(feed, record) for _, record in before.good if is_at_risk(record)}
    unread = sum(held.key is None for held in checked.held)
    gone = len(listed - keys_of(checked)) - unread
    return gone >= 2 and gone * 5 > len(listed)


def guard_reasons(feed: Feed, checked: Checked, before: Checked) -> list[str]:
    """ "row count falls by more than 20 % against the last accepted one, or in which over 20 % of keys vanish
    ... need 50 rows and 10 affected keys"."""
    had, has = distinct(before), distinct(checked)
    if had < 50:
        return []
    reasons = []
    if had - has >= 10 and (had - has) * 5 > had:
        reasons.append("row_count_falls")
    if partition_of(feed, before) == partition_of(feed, checked):  # "(across years ... only the row count)"
        keys = keys_of(before)
        gone = len(keys - keys_of(checked))
        if gone >= 10 and gone * 5 > len(keys):
            reasons.append("keys_vanish")
    return reasons


def is_mean_far(feed: Feed, checked: Checked, accepted: list[Checked]) -> bool:
    """ "mean of the feed's main amount against the last six months more than a factor 5 away, with 50 rows
    there and 10 here: catches 万元/元"."""
    column = MAIN_AMOUNT.get(feed.name)
    month = checked.source.period.month
    past = [other for other in accepted if month - 6 <= other.source.period.month < month]
    here, there = [checked], past
    if column is None or count(here) < 10 or count(there) < 50:
        return False
    mean_here, mean_there = total(here, column) / count(here), total(there, column) / count(there)
    return mean_there > 0 and (mean_here > 5 * mean_there or mean_here * 5 < mean_there)


def count(deliveries: list[Checked]) -> int:
    return sum(len(checked.good) for checked in deliveries)


def total(deliveries: list[Checked], column: str) -> Decimal:
    return sum((getattr(row, column) for checked in deliveries for _, row in checked.good), Decimal(0))


def distinct(checked: Checked) -> int:
    return checked.received - checked.duplicate


def partition_of(feed: Feed, checked: Checked) -> object:
    kind = PARTITION.get(feed.name)
    period = checked.source.period
    return None if kind is None else period.last.year if kind == "year" else period.first


def keys_of(checked: Checked) -> set[tuple]:
    """The keys in the bytes received: "A key whose row is in quarantine is present"."""
    feed = checked.source.feed
    keys = {key_of(feed, record) for _, record in checked.good} | {held.key for held in checked.held}
    return keys - {None}
