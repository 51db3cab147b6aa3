"""What is new for a department since the last mail: trouble, what has been mended, what was taken in.

Told facts are kept by the outbox as `<delivery_id>:<what>:<rows>`; `what` is a verdict (with its rows held), `mended`,
or `found` (with its rows that have loaded and join nothing).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from reports.delivery_view import FOUND, HeldRow, found_rows
from warehouse.judge import Verdict
from warehouse.ledger.deliveries import Delivery

MENDED = "mended"
Held = Mapping[str, Sequence[HeldRow]]


@dataclass
class News:
    """A department's news of a night, in the order of judging."""

    problems: list[Verdict] = field(default_factory=list)
    mended: list[Verdict] = field(default_factory=list)
    receipts: list[Verdict] = field(default_factory=list)
    found: list[str] = field(default_factory=list)  # facts about rows that join nothing

    @property
    def taken(self) -> list[Verdict]:
        """The deliveries that were taken in, with rows held or without."""
        return [one for one in (*self.problems, *self.receipts) if one.verdict == "accepted"]

    @property
    def facts(self) -> tuple[str, ...]:
        """What the mail about it tells, for the outbox."""
        every = [fact(one) for one in (*self.problems, *self.mended, *self.receipts)]
        return tuple(sorted({*every, *self.found, *(_mended(one) for one in self.mended)}))


def news(
    verdicts: Sequence[Verdict], held: Held, replaced: Mapping[str, Delivery], told: Collection[str]
) -> dict[str, News]:
    """Department -> its news; departments without any are left out.

    A refused file in whose place another stands is mended, even where nobody was told that it was refused.
    """
    most_told = _most_told(told)
    found: dict[str, News] = {}
    for one in verdicts:
        rows = held.get(one.delivery.delivery_id, ())
        nowhere, joins_nothing = f"{one.delivery.delivery_id}:{FOUND}", found_rows(rows)
        # fewer rows are no news to act on
        is_told = most_told.get(about(one), -1) >= one.rows_quarantined
        is_told = is_told and most_told.get(nowhere, 0) >= joins_nothing
        own = found.setdefault(one.delivery.department, News())
        if _is_problem(one, rows, replaced):
            own.problems += [] if is_told else [one]
            own.found += [] if is_told or not joins_nothing else [f"{nowhere}:{joins_nothing}"]
            continue
        if _had_trouble(one, most_told) and _mended(one) not in told:
            own.mended.append(one)
        if one.verdict != "refused" and about(one) not in most_told:
            own.receipts.append(one)
    return {department: own for department, own in sorted(found.items()) if own.facts}


def fact(one: Verdict) -> str:
    """What a mail tells of a delivery, as the outbox keeps it."""
    return f"{about(one)}:{one.rows_quarantined}"


def about(one: Verdict) -> str:
    """A delivery and its verdict."""
    return f"{one.delivery.delivery_id}:{one.verdict}"


def tells_of_trouble(facts: Collection[str]) -> bool:
    """Whether a mail with these facts asks its department for something: a file refused or rows quarantined that
    nothing has corrected."""
    parts = [fact.split(":") for fact in facts]
    corrected = {one for one, what, _ in parts if what == MENDED}
    return any(one not in corrected and (what == "refused" or int(rows) > 0) for one, what, rows in parts)


def _mended(one: Verdict) -> str:
    return f"{one.delivery.delivery_id}:{MENDED}:0"


def _most_told(told: Collection[str]) -> dict[str, int]:
    """The greatest number of rows that a mail has told of each delivery and verdict."""
    most: dict[str, int] = {}
    for what, _, rows in (known.rpartition(":") for known in told):
        most[what] = max(int(rows), most.get(what, -1))
    return most


def _is_problem(one: Verdict, rows: Sequence[HeldRow], replaced: Mapping[str, Delivery]) -> bool:
    """Refused with nothing in its place, or with rows that no later delivery has corrected: held ones, or ones that
    join nothing."""
    if one.verdict == "refused":
        return one.delivery.delivery_id not in replaced
    is_all_closed = bool(rows) and all(row.is_closed for row in rows)
    return (one.rows_quarantined > 0 or found_rows(rows) > 0) and not is_all_closed


def _had_trouble(one: Verdict, most_told: Mapping[str, int]) -> bool:
    """Whether a mail has told of it as refused or with rows held, or it is refused now."""
    delivery_id = one.delivery.delivery_id
    return (
        one.verdict == "refused"
        or f"{delivery_id}:refused" in most_told
        or most_told.get(f"{delivery_id}:accepted", 0) > 0
    )
