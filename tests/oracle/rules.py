"""The rules that came first: each answers at_risk, clear or unknown for one household."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .held import dated_within
from .measures import City
from .people import Member, birth_date
from .periods import age, next_term, promised_for_term
from .rows import Held
from .water import FAILS, PASSES, Water, quantity, reach

AT_RISK, CLEAR, UNKNOWN = "at_risk", "clear", "unknown"
Answer = tuple[str, str]  # (status, why where it is unknown)

LINES = {2020: 6000}  # "line 410184: 6000 for 2020 ... Other years: no row"
IN_FORCE = date(2020, 3, 20)
OUTAGE_DAYS = 36


@dataclass(frozen=True, slots=True)
class Signal:
    status: str
    value: Any = None
    cutoff: Any = None
    unknown_because: str = ""


def no_cutoff(day: date, what: str) -> Signal:
    """ "A cutoff with no row in force at D → `unknown`", never the last one carried over."""
    return Signal(UNKNOWN, unknown_because=f"no {what} in force on {day}")


def line_at(day: date) -> int | None:
    return LINES.get(day.year)


# --- income


def income_below_line(city: City, household: str) -> Signal:
    """ "net income per head < line (strict: 6000.00 is clear)"."""
    line = line_at(city.day)
    if line is None:
        return no_cutoff(city.day, "line")
    if city.income_year is None:
        return Signal(UNKNOWN, cutoff=line, unknown_because="no incomes of this year or the last")
    income, why = city.income(household, city.income_year)
    if income is None:
        return Signal(UNKNOWN, cutoff=line, unknown_because=why)
    value = income.net / income.persons
    if income.net < line * income.persons:  # "without dividing (net < line × persons)"
        return Signal(AT_RISK, value, line)
    return Signal(UNKNOWN if why else CLEAR, value, line, why)


# --- persons


def unknown_household(city: City, household: str) -> str:
    """ "A household without a member row, or with nobody living: every rule but [these] is unknown"."""
    if not city.town.members_answer:
        return "no members list that still answers"
    return "" if city.town.living(household) else "no living member known"


def about_persons(
    city: City,
    household: str,
    ask: Callable[[Member], Answer],
    can_be_meant: Callable[[Held], bool] = lambda _: True,
) -> Signal:
    """at_risk when one living member surely is; `value` is how many are concerned."""
    why = unknown_household(city, household)
    if why:
        return Signal(UNKNOWN, None, 1, why)
    answers = [ask(member) for member in city.town.living(household)]
    count = sum(status == AT_RISK for status, _ in answers)
    if count:
        return Signal(AT_RISK, count, 1)
    whys = [why for status, why in answers if status == UNKNOWN]
    if any(can_be_meant(held) for held in city.hidden.get(household, ())):
        whys.append("members row held")
    return Signal(UNKNOWN if whys else CLEAR, 0, 1, whys[0] if whys else "")


# --- health


def pocket_cutoffs(record: Any) -> list[tuple[int, bool]]:
    """(cutoff, at_risk when equal): "≥ 5,000 where the household is 脱贫户 or monitored (class filled and
    风险是否已消除 not 是); > 20,000 for others"; both where the household's row is not known."""
    low, high = (5000, True), (20000, False)
    if record is None:
        return [low, high]
    is_monitored = record.monitored_class is not None and record.is_risk_removed is not True
    return [low] if record.household_type == "脱贫户" or is_monitored else [high]


def is_past(amount: Decimal | None, cutoff: tuple[int, bool]) -> bool:
    most, is_past_when_equal = cutoff
    return amount is None or amount > most or (is_past_when_equal and amount == most)


def catastrophic_illness(city: City, household: str) -> Signal:
    """ "a living member's out_of_pocket_12m"."""
    if city.day < IN_FORCE:
        return no_cutoff(city.day, "cutoff")
    cutoffs = pocket_cutoffs(city.town.register[household])
    cutoff = cutoffs[0][0] if len(cutoffs) == 1 else None
    why = unknown_household(city, household)
    if why:
        return Signal(UNKNOWN, None, cutoff, why)
    bounds = [city.out_of_pocket(member, household) for member in city.town.living(household)]
    lower = max(bound.lower for bound in bounds)
    if all(is_past(lower, cutoff) for cutoff in cutoffs):
        return Signal(AT_RISK, lower, cutoff)
    unsure = [bound.why for bound in bounds if any(is_past(bound.upper, cutoff) for cutoff in cutoffs)]
    if household in city.hidden:
        unsure.append("members row held")
    if unsure:
        return Signal(UNKNOWN, lower, cutoff, unsure[0] or "household's row unknown")
    return Signal(CLEAR, lower, cutoff)


def uninsured_member(city: City, household: str) -> Signal:
    """ "a living member with no `insurance` row with status 正常 of year(D)"."""
    if city.insurance is None:  # "never at_risk from a year not delivered"
        return Signal(UNKNOWN, None, 1, f"no insurance list of {city.insured_year} that still answers")
    gaps = city.gaps("insurance", city.insurance)

    def of_the_year(held: Held) -> bool:
        return held.readable("year") in (None, city.insured_year)

    def ask(member: Member) -> Answer:
        if member.number is None:
            return UNKNOWN, "a member without a usable number"
        if member.number in city.insured:
            return CLEAR, ""
        # "A missing row can take an `at_risk` back to `unknown` only where the rule is about the absence"
        is_held = gaps.of_person(member.number, household, of_the_year)
        return (UNKNOWN, "insurance row held") if is_held else (AT_RISK, "")

    return about_persons(city, household, ask)


# --- education


def can_be_child(city: City, birth: date | None) -> bool:
    """ "a living child of 6–15 (6 reached by last 31 August)"."""
    if birth is None:
        return True
    return age(birth, city.day) <= 15 and age(birth, city.last_31_august) >= 6


def held_can_be_child(city: City, held: Held) -> bool:
    number = held.readable("id_number")
    return can_be_child(city, birth_date(number, held.readable("birth_date")))


def school_dropout(city: City, household: str) -> Signal:
    def ask(member: Member) -> Answer:
        if not can_be_child(city, member.birth):
            return CLEAR, ""
        if member.birth is None or member.number is None:
            return UNKNOWN, "a child without a usable number" if member.birth else "age unknown"
        answers = [on_list(city, member, household), left_school(city, member, household)]
        answers.append(is_accounted_for(city, member))
        # "An OR of parts: any part at_risk → at_risk; else any part unknown → unknown; else clear"
        return min(answers, key=lambda answer: (AT_RISK, UNKNOWN, CLEAR).index(answer[0]))

    return about_persons(city, household, ask, lambda held: held_can_be_child(city, held))


def on_list(city: City, child: Member, household: str) -> Answer:
    """ "on the latest `dropouts` list and not back ... Unknown: the list too old or missing"."""
    if city.dropouts is None:
        return UNKNOWN, "no dropouts list that still answers"
    if child.number in city.on_dropout_list:
        return AT_RISK, ""
    held = city.gaps("dropouts", city.dropouts).of_person(child.number, household, lambda _: True)
    return (UNKNOWN, "dropouts row held") if held else (CLEAR, "")


def left_school(city: City, child: Member, household: str) -> Answer:
    """ "with status 退学 in the latest term that has a row of the child (another row of that term 在读 or
    休学: unknown)"; taken back "by a held row of that or a later term or a later required term that is
    missing"."""
    terms = city.enrolments.get(child.number, {})
    last = max(terms, default=None)
    required = city.coverage.latest_required_term("enrolments")
    if city.held_enrolments(child.number, household, last):
        return UNKNOWN, "enrolments row held"
    if is_term_missing_after(city, last, required):
        return UNKNOWN, "enrolments of a required term missing"
    statuses = {row.status for row in terms[last]} if last else set()
    if "退学" not in statuses:
        return CLEAR, ""
    return (UNKNOWN, "left one school, in another") if statuses & {"在读", "休学"} else (AT_RISK, "")


def is_term_missing_after(city: City, last: date | None, required: date) -> bool:
    """A required term after the child's last one; without a last one only the latest required term."""
    term = required if last is None else next_term(last)
    while term <= required:
        if city.coverage.is_term_missing("enrolments", term):
            return True
        term = next_term(term)
    return False


def is_accounted_for(city: City, child: Member) -> Answer:
    """ "the child has in the latest *required* term neither a 在读/休学 row (毕业 counts in its own term and
    until the next is due) nor a `not_in_school_reason` nor an out-of-county grant in 12m"."""
    required = city.coverage.latest_required_term("enrolments")
    terms = city.enrolments.get(child.number, {})
    if {row.status for row in terms.get(required, ())} & {"在读", "休学"}:
        return CLEAR, ""
    if child.record.not_in_school_reason or child.number in city.granted_elsewhere:
        return CLEAR, ""
    for term, rows in terms.items():
        until = promised_for_term("enrolments", next_term(term))
        is_valid = term == required or (term < required and city.day < until)
        if is_valid and any(row.status == "毕业" for row in rows):
            return CLEAR, ""
    return UNKNOWN, "not in the latest required term's enrolments"


# --- support


def newly_on_allowance(city: City, household: str) -> Signal:
    """ "a living member paid (> 0) ... in P−2…P (later ones that are here too) and the same person in none
    of P−11…P−3"."""
    last = city.payroll_month
    if last is None:
        return Signal(UNKNOWN, None, 1, "no payroll month covered in both feeds")
    recent, earlier = range(last - 2, last + 1), range(last - 11, last - 2)
    is_recent_covered = all(map(city.is_payroll_covered, recent))
    is_earlier_covered = all(map(city.is_payroll_covered, earlier))

    def ask(member: Member) -> Answer:
        if member.number is None:
            return UNKNOWN, "a member without a usable number"
        paid = city.paid_months.get(member.number, set())
        if any(month in earlier for month in paid):
            return CLEAR, ""  # "For a person: one known earlier payment ... → clear"
        if any(month >= last - 2 for month in paid):
            # "missing months of pay before P−2 leave [it] unknown, a held row there does not"
            return (AT_RISK, "") if is_earlier_covered else (UNKNOWN, "a payroll month before P-2 missing")
        if not is_recent_covered:
            return UNKNOWN, "a payroll month of P-2..P missing"
        if city.held_pay(member.number, household, last - 2):
            return UNKNOWN, "payroll row held"
        return CLEAR, ""  # "or none recently with the three months covered → clear"

    return about_persons(city, household, ask)


def is_severe(row: Any) -> bool:
    """ "有效 ... grade 1–2, or grade 3 of type 5 or 6"."""
    return row.status == "有效" and (row.grade in "12" or (row.grade == "3" and row.type in "56"))


def new_severe_disability(city: City, household: str) -> Signal:
    """ "a living member's certificate 有效, issued in 12m, grade 1–2, or grade 3 of type 5 or 6"."""
    if city.certificates is None:
        return Signal(UNKNOWN, None, 1, "no disability list that still answers")
    state = city.town.current("disability")
    concerns = dated_within("issued_on", city.year_ago, city.day)

    def ask(member: Member) -> Answer:
        if member.number is None:
            return UNKNOWN, "a member without a usable number"
        rows = city.certificates.get(member.number, ())
        if any(is_severe(row) and city.year_ago < row.issued_on <= city.day for row in rows):
            return AT_RISK, ""
        held = city.gaps("disability", state).of_person(member.number, household, concerns)
        return (UNKNOWN, "disability row held") if held else (CLEAR, "")

    return about_persons(city, household, ask)


# --- water and housing


def unsafe_water(city: City, water: Water, household: str) -> Signal:
    """ "any of four fails ... A failing test or outage wins even without an access row"."""
    row = water.access.get((household,))
    days = water.outage_days(household)
    reliability = FAILS if days.lower > OUTAGE_DAYS else UNKNOWN
    if days.upper is not None and days.upper <= OUTAGE_DAYS:
        reliability = PASSES
    parts = {
        "quantity": quantity(row),
        "quality": water.quality(household, row),
        "access": reach(row),
        "reliability": reliability,
    }
    if FAILS in parts.values():
        return Signal(AT_RISK)
    unsure = [name for name, answer in parts.items() if answer != PASSES]
    return Signal(UNKNOWN if unsure else CLEAR, unknown_because=",".join(unsure))


def unsafe_dwelling(city: City, household: str) -> Signal:
    """ "dwelling_grade C or D"."""
    record = city.town.register[household]
    grade = record.dwelling_grade if record else None
    if grade is None:
        return Signal(UNKNOWN, None, "C", "dwelling grade unknown")
    return Signal(AT_RISK if grade in "CD" else CLEAR, grade, "C")


def dangerous_house_unrepaired(city: City, household: str) -> Signal:
    """ "on the housing bureau's list with grade C or D and not repaired by D"."""
    if city.day < IN_FORCE:
        return no_cutoff(city.day, "cutoff")
    state = city.town.current("dangerous_houses")
    if state is None:
        return Signal(UNKNOWN, None, 1, "no list of dangerous houses that still answers")
    row = state.rows.get((household,))
    if row and row.grade in "CD" and not (row.repaired_on and row.repaired_on <= city.day):
        return Signal(AT_RISK, 1, 1)
    held = city.gaps("dangerous_houses", state).of_household(household, lambda _: True)
    return Signal(UNKNOWN if held else CLEAR, 0, 1, "dangerous_houses row held" if held else "")


def first_rules(city: City) -> dict[str, Callable[[str], Signal]]:
    water = Water(city)
    plain = (
        income_below_line,
        catastrophic_illness,
        uninsured_member,
        school_dropout,
        newly_on_allowance,
        new_severe_disability,
        unsafe_dwelling,
        dangerous_house_unrepaired,
    )
    rules = {rule.__name__: lambda household, rule=rule: rule(city, household) for rule in plain}
    rules["unsafe_water"] = lambda household: unsafe_water(city, water, household)
    return rules
