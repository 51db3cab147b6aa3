"""The measures of the rules with what is known of them: a lower and an upper bound, and why they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from .contract import FEEDS
from .coverage import Coverage
from .deliveries import Inbox
from .held import Gaps, Naming, dated_within
from .people import Member, Town
from .periods import latest_term_begun, month_of, month_text, months_between, years_before
from .resolution import State, usable_state
from .rows import Held

ZERO = Decimal(0)
PAYROLLS = ("allowances", "destitute")


@dataclass(frozen=True, slots=True)
class Bounds:
    """ "Every measure has a lower and an upper bound, equal when all is known"; upper None = no bound."""

    lower: Decimal
    upper: Decimal | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Income:
    net: Decimal
    persons: int


def latest_by(states: Iterable[State], part: Any) -> dict[Any, State]:
    """For each partition the state of the greatest delivery."""
    latest: dict[Any, State] = {}
    for state in states:  # in the order of deliveries
        latest[part(state)] = state
    return latest


class City:
    def __init__(self, inbox: Inbox, day: date) -> None:
        self.day = day
        self.year_ago = years_before(day, 1)
        self.town = Town(inbox, day)
        self.coverage = Coverage(inbox, day)
        self.naming = Naming(self.town)
        self._gaps: dict[str, Gaps] = {}

    # --- what is missing

    def gaps(self, feed: str, state: State | None = None) -> Gaps:
        """The open held rows: of all accepted files of an events feed, of one state of a snapshot."""
        name = f"{feed}:{state.source.path}" if state else feed
        if name not in self._gaps:
            if FEEDS[feed].is_snapshot:
                held: list[Held] = state.missing if state else []
            else:
                held = self.town.events[feed].missing
            self._gaps[name] = Gaps(self.naming, held)
        return self._gaps[name]

    @cached_property
    def hidden(self) -> dict[str, list[Held]]:
        """By household the members rows that are missing for it: held without an earlier version, or with a
        户编号 that is in no register."""
        state = usable_state(self.town.states["members"], self.day)
        hidden = {household: list(rows) for household, rows in self.gaps("members", state).now.items()}
        for household, orphan in self.naming.orphans(state):
            hidden.setdefault(household, []).append(orphan)
        return hidden

    def missing_months(self, feed: str, after: date) -> str:
        """The first missing required month of (after, D], in words; empty where all are covered."""
        missing = self.coverage.missing_months(feed, months_between(after, self.day))
        return f"{feed} {month_text(missing[0])} missing" if missing else ""

    def states_at_day(self, feed: str) -> list[State]:
        return [state for state in self.town.states[feed] if state.source.period.first <= self.day]

    # --- income

    @cached_property
    def incomes_by_year(self) -> dict[int, State]:
        """By year of the file: a row of another year is held."""
        states = latest_by(self.states_at_day("incomes"), lambda state: state.source.period.last.year)
        return {year: state for year, state in states.items() if state.answers_at(self.day)}

    @cached_property
    def income_year(self) -> int | None:
        """ "Y = the latest year accepted for the feed, ≤ year(D) and ≥ year(D) − 1"."""
        years = [y for y in self.incomes_by_year if self.day.year - 1 <= y <= self.day.year]
        return max(years, default=None)

    def income(self, household: str, year: int) -> tuple[Income | None, str]:
        """ "wage + business + property + transfer − business cost, per head over that row's `persons`"."""
        state = self.incomes_by_year.get(year)
        if state is None:
            return None, f"incomes {year} missing"
        row = state.rows.get((household, year))
        if row is None:
            return None, f"no row in incomes {year}"
        net = row.wage_income + row.business_income + row.property_income + row.transfer_income
        doubt = "incomes row held" if self.gaps("incomes", state).now.get(household) else ""
        return Income(net - row.business_cost, row.persons), doubt

    # --- out of pocket

    @cached_property
    def bills(self) -> dict[str, list[tuple[date, Decimal, Any]]]:
        """Bills of 12m by person: "a reversal takes the date of the row it reverses if its own date ≤ D"."""
        bills: dict[str, list[tuple[date, Decimal, Any]]] = defaultdict(list)
        rows = self.town.events["settlements"].rows
        for row in rows.values():
            if row.settled_on > self.day:
                continue
            dated = rows[row.reverses_id,].settled_on if row.reverses_id else row.settled_on
            if self.year_ago < dated <= self.day:
                bills[row.id_number].append((dated, row.out_of_pocket, row))
        return bills

    @cached_property
    def settlements_missing(self) -> str:
        return self.missing_months("settlements", self.year_ago)

    def out_of_pocket(self, member: Member, household: str) -> Bounds:
        if member.number is None:
            return Bounds(ZERO, None, "a member without a usable number")
        lower = sum((amount for _, amount, _ in self.bills.get(member.number, ())), ZERO)
        why = self.settlements_missing
        concerns = dated_within("settled_on", self.year_ago, self.day)
        if self.gaps("settlements").of_person(member.number, household, concerns):
            why = why or "settlements row held"
        return Bounds(lower, None if why else lower, why)

    # --- insurance

    @cached_property
    def insured_year(self) -> int:
        """ "of year(D) (of year(D) − 1 until year(D)'s first file is due"."""
        return self.day.year if self.day >= date(self.day.year, 1, 10) else self.day.year - 1

    @cached_property
    def insurance(self) -> State | None:
        """The latest list that carries the year: "insurance alone may carry several 参保年度, each whole"."""
        carrying = []
        for state in self.states_at_day("insurance"):
            years = {key[2] for key in state.rows}
            if not state.received:  # a nil return speaks of its own year
                years = {state.source.period.last.year}
            if self.insured_year in years:
                carrying.append(state)
        state = usable_state(carrying, self.day)
        return state if state and state.answers_at(self.day) else None

    @cached_property
    def insured(self) -> set[str]:
        rows = self.insurance.rows.values() if self.insurance else ()
        year = self.insured_year
        return {r.id_number for r in rows if r is not None and r.year == year and r.status == "正常"}

    # --- school

    @cached_property
    def terms(self) -> dict[date, State]:
        return latest_by(self.states_at_day("enrolments"), lambda state: state.source.period.first)

    @cached_property
    def enrolments(self) -> dict[str, dict[date, list[Any]]]:
        """Rows by person and term."""
        found: dict[str, dict[date, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for term, state in self.terms.items():
            for row in state.rows.values():
                if row is not None:
                    found[row.id_number][term].append(row)
        return found

    def held_enrolments(self, number: str, household: str, since: date | None) -> bool:
        """A held row of this term or later, or one whose term cannot be read."""
        for state in self.terms.values():
            for held in self.gaps("enrolments", state).of_person(number, household, lambda _: True):
                term = held.readable("term")
                if since is None or term is None or term >= since:
                    return True
        return False

    @cached_property
    def dropouts(self) -> State | None:
        return self.town.current("dropouts")

    @cached_property
    def on_dropout_list(self) -> set[str]:
        rows = self.dropouts.rows.values() if self.dropouts else ()
        return {row.id_number for row in rows if row is not None and not row.is_back}

    @cached_property
    def granted_elsewhere(self) -> set[str]:
        """ "an out-of-county grant in 12m"."""
        rows = self.town.events["grants"].rows.values()
        in_12m = (row for row in rows if self.year_ago < row.paid_on <= self.day)
        return {row.id_number for row in in_12m if row.is_out_of_county}

    @cached_property
    def last_31_august(self) -> date:
        year = self.day.year if (self.day.month, self.day.day) >= (8, 31) else self.day.year - 1
        return date(year, 8, 31)

    @cached_property
    def latest_term(self) -> date:
        return latest_term_begun(self.day)

    # --- pay

    @cached_property
    def paid_months(self) -> dict[str, set[int]]:
        """Months up to D's in which a person was paid 低保 or 特困, "the two pooled"."""
        paid: dict[str, set[int]] = defaultdict(set)
        for feed in PAYROLLS:
            for row in self.town.events[feed].rows.values():
                if row.amount > 0 and row.paid_month <= month_of(self.day):
                    paid[row.id_number].add(row.paid_month)
        return paid

    def is_payroll_covered(self, month: int) -> bool:
        return all(month in self.coverage.covered[feed] for feed in PAYROLLS)

    @cached_property
    def payroll_month(self) -> int | None:
        """ "P = the latest payroll month covered in both feeds, not before the latest one whose promised day has
        passed (from the 10th: month(D) − 1, until then month(D) − 2; else unknown)"."""
        now = month_of(self.day)
        oldest = now - 1 if self.day.day >= 10 else now - 2
        return next((m for m in range(now, oldest - 1, -1) if self.is_payroll_covered(m)), None)

    def held_pay(self, number: str, household: str, since: int) -> bool:
        def concerns(held: Held) -> bool:
            month = held.readable("paid_month")
            return month is None or since <= month <= month_of(self.day)

        return any(self.gaps(feed).of_person(number, household, concerns) for feed in PAYROLLS)

    # --- certificates

    @cached_property
    def certificates(self) -> dict[str, list[Any]] | None:
        state = self.town.current("disability")
        if state is None:
            return None
        found: dict[str, list[Any]] = defaultdict(list)
        for row in state.rows.values():
            if row is not None:
                found[row.certificate_no[:18]].append(row)
        return found
