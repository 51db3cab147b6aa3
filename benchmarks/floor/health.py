"""The feeds of the commission of health and the office of medical insurance."""

from __future__ import annotations

from benchmarks.floor.checks import (
    Check,
    Select,
    amount,
    day_checks,
    listed,
    office_text,
    person,
    text,
    typed,
    warning,
    year_checks,
)
from benchmarks.floor.columns import COLUMNS
from benchmarks.floor.layers import (
    LAST_YEAR,
    PERSON,
    Key,
    code,
    day,
    household,
    money,
    number,
    person_key,
    side_by_side,
    text_key,
    year,
)


def insurance() -> Select:
    """医保参保"""
    layers = side_by_side(
        number("id"),
        year("year", f"{LAST_YEAR} + 1"),
        [
            {
                "v_scheme": code("scheme", _1="城乡居民", _2="城镇职工"),
                "v_cover": "flag(cover)",
                "v_status": code("status", _1="正常", _2="暂停", _3="终止"),
            }
        ],
    )
    checks = [
        *person(),
        *text("name", "name"),
        *listed("scheme", "scheme", "v_scheme"),
        *year_checks("year", "year"),
        *listed("status", "status", "v_status"),
        *typed("has_major_illness_cover", "cover", "v_cover", False),
    ]
    out = {**PERSON, "y": "t_year::SMALLINT", "insured": "v_status = 1"}
    return layers, checks, out, person_key("n_id", "v_scheme", "t_year"), "name, v_status, v_cover"


AMOUNTS = {
    "total": "total_cost", "pooled": "pooled_paid", "major": "major_illness_paid", "aid": "medical_aid_paid",
    "other": "other_paid", "own": "out_of_pocket", "scope": "in_scope_out_of_pocket",
    "deductible": "deductible_waived", "copay": "copay_waived", "chronic": "chronic_covered",
}  # fmt: skip
MUST = ("total", "pooled", "major", "aid", "own")


def settlements() -> Select:
    """医保结算"""
    values = ", ".join(f"v_{c}" for c in AMOUNTS)
    layers = side_by_side(
        number("id"),
        money(*AMOUNTS),
        day("day"),
        household(),
        [
            {
                "v_care": code("care", _1="门诊", _2="住院", _3="门诊慢性病"),
                "rev": "CASE WHEN rid IS NULL THEN NULL WHEN NOT (empty(rid) OR by_excel(rid)) THEN hash(rid) END",
            },
            {},
            {"least": f"least({values})", "most": f"greatest({values})"},
        ],
    )
    checks = [
        *office_text("settlement_id", "sid"),
        *office_text("reverses_id", "rid", False),
        *person(),
        *text("name", "name"),
        Check("household_id_readable", "by_excel(hid)", "hid IS NOT NULL AND h IS NULL"),
        *listed("care_type", "care", "v_care"),
        *day_checks("settled_on", "day"),
        *(check for c, name in AMOUNTS.items() for check in amount(name, c, c in MUST, low=-10_000_000)),
        Check("total_is_sum", "abs(v_pooled + v_major + v_aid + coalesce(v_other, 0) + v_own - v_total) > 5"),
        Check("in_scope_within_out_of_pocket", "abs(v_scope) > abs(v_own)"),
        Check("signs_agree", "least < 0 AND most > 0"),
        Check("reversal_names_original", "least < 0 AND rev IS NULL"),
        Check("charge_names_no_original", "most > 0 AND rev IS NOT NULL"),
        warning("total_is_plausible", "v_total > 50000000"),
        warning("inpatient_share_is_plausible", "v_care = 2 AND v_total > 0 AND v_own * 100 > v_total * 95"),
    ]
    out = {
        **PERSON,
        "rev": "rev",
        "h": "h",
        "day": "t_day",
        "amount": "v_total",
        **{c: f"v_{c}" for c in AMOUNTS},
    }
    return layers, checks, out, text_key("sid"), f"n_id, rev, name, h, v_care, t_day, {values}"


def _listed(feed: str, key: Key, day_name: str, *checks: Check) -> Select:
    """Feeds of a person, a day and some text."""
    others = [c for c in COLUMNS[feed].all if c not in ("id", "day")]
    layers = side_by_side(number("id"), day("day"))
    asked = [*person(), *text("name", "name"), *checks, *day_checks(day_name, "day")]
    return layers, asked, {**PERSON, "day": "t_day"}, key, f"n_id, t_day, {', '.join(others)}"


def major_diseases() -> Select:
    """大病救治名单"""
    key = Key("disease, n_id", "NOT empty(disease) AND ok_id")
    return _listed("major_diseases", key, "diagnosed_on", *text("disease", "disease"))


def checkups() -> Select:
    """免费体检"""
    return _listed("checkups", person_key("n_id", "t_day"), "examined_on")


def deaths() -> Select:
    """死亡登记"""
    return _listed("deaths", person_key("n_id"), "died_on")
