"""The feeds of the commission of health and the office of medical insurance."""

from __future__ import annotations

from benchmarks.floor.columns import COLUMNS
from benchmarks.floor.layers import (
    LAST_YEAR,
    PERSON,
    Select,
    blank,
    code,
    damaged,
    day,
    held_by,
    household,
    key_of,
    money,
    number,
    side_by_side,
    text_key,
    wrong,
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
    layers = held_by(
        layers,
        "NOT ok_id",
        *blank("name"),
        "v_scheme IS NULL",
        "t_year IS NULL",
        "v_status IS NULL",
        *wrong(cover="v_cover"),
    )
    out = {**PERSON, "y": "t_year::SMALLINT", "insured": "v_status = 1"}
    return layers, out, key_of("n_id", "v_scheme", "t_year"), "name, v_status, v_cover"


AMOUNTS = ("total", "pooled", "major", "aid", "other", "own", "scope", "deductible", "copay", "chronic")


def settlements() -> Select:
    """医保结算"""
    values = ", ".join(f"v_{c}" for c in AMOUNTS)
    layers = side_by_side(
        number("id"),
        money(*AMOUNTS, low=-10_000_000),
        day("day"),
        household(),
        [
            {
                "v_care": code("care", _1="门诊", _2="住院", _3="门诊慢性病"),
                "rev": "CASE WHEN NOT blank(rid) THEN hash(rid) END",
            },
            {},
            {"least": f"least({values})", "most": f"greatest({values})"},
        ],
    )
    must = ("total", "pooled", "major", "aid", "own")
    layers = held_by(
        layers,
        *blank("sid"),
        *damaged("sid", "rid"),
        "NOT ok_id",
        *blank("name"),
        "v_care IS NULL",
        "t_day IS NULL",
        *(f"v_{c} IS NULL" for c in must),
        *wrong(**{c: f"v_{c}" for c in AMOUNTS if c not in must}),
        "abs(v_pooled + v_major + v_aid + coalesce(v_other, 0) + v_own - v_total) > 5",
        "abs(v_scope) > abs(v_own)",
        "least < 0 AND (most > 0 OR rev IS NULL)",
        "most > 0 AND rev IS NOT NULL",
    )
    out = {
        **PERSON,
        "rev": "rev",
        "h": "h",
        "day": "t_day",
        "amount": "v_total",
        **{c: f"v_{c}" for c in AMOUNTS},
    }
    return layers, out, text_key("sid"), f"n_id, rev, name, h, v_care, t_day, {values}"


def _listed(feed: str, key: str, *texts: str) -> Select:
    """Feeds of a person, a day and some text."""
    layers = held_by(
        side_by_side(number("id"), day("day")), "NOT ok_id", *blank("name", *texts), "t_day IS NULL"
    )
    others = [c for c in COLUMNS[feed].all if c not in ("id", "day")]
    return layers, {**PERSON, "day": "t_day"}, key, f"n_id, t_day, {', '.join(others)}"


def major_diseases() -> Select:
    """大病救治名单"""
    return _listed("major_diseases", text_key("disease", "n_id"), "disease")


def checkups() -> Select:
    """免费体检"""
    return _listed("checkups", key_of("n_id", "t_day"))


def deaths() -> Select:
    """死亡登记"""
    return _listed("deaths", key_of("n_id"))
