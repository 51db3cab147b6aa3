"""What a row says by itself: required cells, code lists, amounts, and the identities of its feed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from .cells import NO_NUMBER, Bad
from .contract import Feed

Fault = tuple[str, str]  # (reason, column; "" where no single column is at fault, "*" where all are)

YUAN = Decimal(1)


def faults_alone(feed: Feed, record: Any) -> list[Fault]:
    faults = []
    for column, value in zip(feed.columns, record, strict=True):
        if value is None:
            if column.is_required and not is_member_number(feed, column.name):
                faults.append(("required", column.name))
        elif isinstance(value, Bad):
            if not is_member_number(feed, column.name) and not is_none_of_optional(column, value):
                faults.append((value.why, column.name))
        elif column.type == "money":
            faults += amount_faults(feed, column.name, value)
    check = ALONE.get(feed.name)
    if check:
        faults += check(record)
    return faults


def is_member_number(feed: Feed, column: str) -> bool:
    """ "In `registry/members` an unusable or empty number does not hold the row"."""
    return feed.name == "members" and column == "id_number"


def is_none_of_optional(column: Any, value: Bad) -> bool:
    return not column.is_required and value.why == NO_NUMBER and value.text == "无"


def amount_faults(feed: Feed, column: str, amount: Decimal) -> list[Fault]:
    """ "`money` ≥ 0 but net_income and net_income_per_head (settlements: sign equal ...) and ≤ a bound"."""
    faults = []
    may_be_negative = column.startswith("net_income") or feed.name == "settlements"
    if amount < 0 and not may_be_negative:
        faults.append(("negative", column))
    if abs(amount) > (1_000_000_000 if feed.name == "projects" else 10_000_000):
        faults.append(("too_large", column))
    return faults


def known(record: Any, *columns: str) -> list[Any] | None:
    """The values of these columns, None where one of them is missing or bad."""
    values = [getattr(record, column) for column in columns]
    return None if any(value is None or isinstance(value, Bad) for value in values) else values


def income_faults(row: Any) -> list[Fault]:
    faults = []
    sources = known(row, "wage_income", "business_income", "property_income", "transfer_income")
    rest = known(row, "business_cost", "net_income")
    if sources and rest and abs(rest[1] - (sum(sources) - rest[0])) > YUAN:
        faults.append(("net_is_sum", ""))  # "E identity net = sum − cost (± 1 yuan)"
    if isinstance(row.persons, int) and row.persons <= 0:
        faults.append(("persons", "persons"))
    share = known(row, "persons", "net_income", "net_income_per_head")
    if share and share[0] > 0 and abs(share[2] * share[0] - share[1]) > YUAN * share[0]:
        faults.append(("per_head", ""))  # "E per head = net / persons (± 1 yuan)"
    return faults


SETTLEMENT_AMOUNTS = (
    "total_cost",
    "pooled_paid",
    "major_illness_paid",
    "medical_aid_paid",
    "other_paid",
    "out_of_pocket",
    "in_scope_out_of_pocket",
    "deductible_waived",
    "copay_waived",
    "chronic_covered",
)


def settlement_faults(row: Any) -> list[Fault]:
    faults = []
    parts = known(row, "total_cost", "pooled_paid", "major_illness_paid", "medical_aid_paid", "out_of_pocket")
    other = row.other_paid or Decimal(0)  # "empty = 0 in the identity"
    if parts and not isinstance(other, Bad) and abs(parts[0] - sum(parts[1:]) - other) > Decimal("0.05"):
        faults.append(("total_is_sum", ""))
    pocket = known(row, "in_scope_out_of_pocket", "out_of_pocket")
    if pocket and abs(pocket[0]) > abs(pocket[1]):
        faults.append(("in_scope", ""))  # "(both without their sign)"
    amounts = [getattr(row, name) for name in SETTLEMENT_AMOUNTS]
    amounts = [amount for amount in amounts if isinstance(amount, Decimal)]
    has_negative, has_positive = any(a < 0 for a in amounts), any(a > 0 for a in amounts)
    if has_negative and has_positive:
        faults.append(("signs_differ", ""))
    # "negative without a name, or positive with one, is an error"
    if has_negative and row.reverses_id is None:
        faults.append(("negative_without_original", ""))
    if has_positive and row.reverses_id is not None:
        faults.append(("positive_with_original", ""))
    return faults


def disability_faults(row: Any) -> list[Fault]:
    """ "Type and grade must equal digits 19 and 20"."""
    if not known(row, "certificate_no", "type", "grade"):
        return []
    return [] if row.certificate_no[18:20] == row.type + row.grade else [("certificate_digits", "")]


def outage_faults(row: Any) -> list[Fault]:
    """Held for both dates, so that neither is readable."""
    ends = known(row, "began_on", "ended_on")
    if ends and ends[1] < ends[0]:
        return [("ends_before_it_begins", "began_on"), ("ends_before_it_begins", "ended_on")]
    return []


def access_faults(row: Any) -> list[Fault]:
    litres = known(row, "litres_per_person_day")
    return [("litres", "litres_per_person_day")] if litres and litres[0] > 500 else []


def visit_faults(row: Any) -> list[Fault]:
    faults = []
    decided = known(row, "decided_class")
    if decided and row.finding == "不属实" and decided[0] != "不纳入":
        faults.append(("class_without_finding", ""))  # "E decided class with 不属实"
    dates = known(row, "decided_on", "removed_on")
    if dates and dates[1] < dates[0]:
        faults += [("removed_before_decided", "removed_on"), ("removed_before_decided", "decided_on")]
    return faults


def member_faults(row: Any) -> list[Fault]:
    months = known(row, "months_worked")
    return [("months_worked", "months_worked")] if months and not 0 <= months[0] <= 12 else []


ALONE: dict[str, Callable[[Any], list[Fault]]] = {
    "incomes": income_faults,
    "settlements": settlement_faults,
    "disability": disability_faults,
    "outages": outage_faults,
    "access": access_faults,
    "visits": visit_faults,
    "members": member_faults,
}
