"""Rows that break a rule of their own feed, by the feed's name; a rule of one cell stands in `faults`."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from deployments.demo.dirt.faults import Fault
from deployments.demo.dirt.site import Row, Site
from expectations.contract import Type

Change = Callable[[Site, Row], Row]


def _more(name: str, yuan: int) -> Change:
    """An amount raised by so much, so that a sum no longer holds."""

    def change(site: Site, row: Row) -> Row:
        column = site.feed.column(name)
        return {name: site.amount(column, site.yuan(column, row[name]) + yuan)}

    return change


def _amounts(site: Site) -> list[str]:
    return [column.name for column in site.feed.typed(Type.MONEY)]


def _negated(site: Site, row: Row) -> Row:
    """All amounts negative, and no original named."""
    sign_off = {name: row[name].lstrip("-") for name in _amounts(site)}
    return {name: f"-{text}" if text.strip("0.") else text for name, text in sign_off.items()}


def _named(site: Site, row: Row) -> Row:
    """All amounts positive, and an original named."""
    return {name: row[name].lstrip("-") for name in _amounts(site)} | {"reverses_id": f"JS{site.serial:09d}"}


def _waiting(site: Site, row: Row) -> Row:
    """A reversal whose original nobody has sent: pending."""
    return _negated(site, row) | {"reverses_id": f"ZX9{site.serial:08d}"}


def _mixed(site: Site, row: Row) -> Row:
    """One amount negative among positive ones, the sum still right."""
    cost, own = site.feed.column("total_cost"), site.feed.column("out_of_pocket")
    paid = {"pooled_paid": 300, "major_illness_paid": 0, "medical_aid_paid": -100, "other_paid": 0}
    found = {name: site.amount(site.feed.column(name), Decimal(yuan)) for name, yuan in paid.items()}
    found |= {"total_cost": site.amount(cost, Decimal(250)), "out_of_pocket": site.amount(own, Decimal(50))}
    return found | {"in_scope_out_of_pocket": site.amount(own, Decimal(50))}


def _wide_scope(site: Site, row: Row) -> Row:
    """More in scope than the person bears."""
    own, scope = site.feed.column("out_of_pocket"), site.feed.column("in_scope_out_of_pocket")
    borne = site.yuan(own, row["out_of_pocket"])
    return {"in_scope_out_of_pocket": site.amount(scope, borne + (1 if borne >= 0 else -1))}


def _other_digit(name: str, digits: str) -> Change:
    """The type or the grade is not the certificate's digit: its other one is put in the certificate."""

    def change(site: Site, row: Row) -> Row:
        place = 18 if name == "type" else 19
        number = row["certificate_no"]
        other = digits[(digits.index(number[place]) + 1) % len(digits)]
        return {"certificate_no": number[:place] + other + number[place + 1 :]}

    return change


RULES: dict[str, dict[str, Change]] = {
    "settlements": {
        "total_is_no_sum": _more("total_cost", 1),
        "reversal_without_name": _negated,
        "charge_with_name": _named,
        "reversal_of_unknown": _waiting,
        "mixed_signs": _mixed,
        "scope_above_own": _wide_scope,
    },
    "incomes": {
        "net_is_no_sum": _more("business_cost", 500),
        "per_head_is_no_quotient": _more("net_income_per_head", 300),
    },
    "households": {
        "still_poor": lambda site, row: {"household_type": "建档立卡贫困户", "exit_year": ""},
    },
    "disability": {
        "type_not_in_certificate": _other_digit("type", "1234567"),
        "grade_not_in_certificate": _other_digit("grade", "1234"),
        "certificate_too_short": lambda site, row: {"certificate_no": row["certificate_no"][:18]},
    },
    "disability_subsidies": {
        "certificate_too_short": lambda site, row: {"certificate_no": row["certificate_no"][:18]},
    },
    "outages": {
        "ends_before_it_begins": lambda site, row: {"began_on": "2019-06-09", "ended_on": "2019-06-03"},
    },
    "visits": {
        "class_for_unfounded": lambda site, row: {"finding": "不属实", "decided_class": "脱贫不稳定户"},
        "removed_before_decided": lambda site, row: {"decided_on": "2020-05-20", "removed_on": "2020-05-02"},
    },
}


def rule_faults(feed_name: str) -> list[Fault]:
    """The faults of the feed's own rules."""
    return [Fault(kind, change) for kind, change in RULES.get(feed_name, {}).items()]
