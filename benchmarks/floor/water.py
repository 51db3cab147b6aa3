"""The feeds of the water office."""

from __future__ import annotations

from benchmarks.floor.checks import (
    Check,
    Select,
    amount,
    day_checks,
    decimal,
    listed,
    office,
    office_text,
    plausible,
    text,
    typed,
    warning,
    whole,
    year_checks,
)
from benchmarks.floor.layers import (
    code,
    day,
    household,
    key_of,
    money,
    side_by_side,
    text_key,
    village,
    year,
)


def projects() -> Select:
    """供水工程"""
    layers = side_by_side(
        money("investment"),
        village(),
        year("built"),
        [
            {
                "v_people": "small(people)",
                "v_homes": "small(homes)",
                "v_kind": code("kind", "城乡一体 千吨万人 集中 分散"),
            }
        ],
    )
    checks = [
        *office_text("project_id", "project"),
        *text("project_name", "name"),
        *listed("kind", "kind", "v_kind"),
        *year_checks("built_year", "built"),
        *amount("investment", "investment", False, high=1_000_000_000),
        plausible("investment", "investment", 200_000_000_00),
        *whole("people_served", "people"),
        plausible("people_served", "people", 50_000),
        *typed("village_code", "village", "v"),
        *whole("households_served", "homes"),
        plausible("households_served", "homes", 20_000),
    ]
    out = {
        "project": "hash(project)",
        "v": "v",
        "built": "t_built",
        "investment": "v_investment",
        "people": "v_people",
    }
    content = "name, kind, t_built, v_investment, v_people, v_homes"
    return layers, checks, out, text_key("project", "v"), content


def access() -> Select:
    """户饮水状况"""
    numbers = ("litres", "minutes", "distance", "climb")
    layers = side_by_side(
        household(),
        [
            {
                **{f"v_{c}": f"decimal_of({c})" for c in numbers},
                "v_scarce": "flag(scarce)",
                "v_mode": code("mode", _1="入户", _2="集中供水点", _3="自备井", _4="其他"),
                "v_quality": code("quality", _1="合格", _2="不合格", _3="未检"),
            }
        ],
    )
    checks = [
        *office("household_id", "hid", "h"),
        *decimal("litres_per_person_day", "litres", "v_litres > 500"),
        *listed("mode", "mode", "v_mode", False),
        *decimal("fetch_minutes", "minutes"),
        *decimal("distance_m", "distance"),
        *decimal("climb_m", "climb"),
        *listed("quality", "quality", "v_quality", False),
        *typed("is_water_scarce_area", "scarce", "v_scarce", False),
        warning("piped_water_is_not_fetched", "v_mode = 1 AND greatest(v_minutes, v_distance, v_climb) > 0"),
    ]
    content = ", ".join(f"v_{c}" for c in (*numbers, "mode", "quality", "scarce"))
    out = {
        "h": "h",
        **{c: f"v_{c}" for c in numbers},
        "mode": "v_mode::TINYINT",
        "quality": "v_quality::TINYINT",
        "scarce": "v_scarce",
    }
    return layers, checks, out, key_of("h"), content


def outages() -> Select:
    """停水记录: of an outage that ends before it begins neither date can be read."""
    layers = side_by_side(day("began"), day("ended"), village())
    checks = [
        *office_text("outage_id", "oid"),
        *office_text("project_id", "project"),
        *typed("village_code", "village", "v"),
        *day_checks("began_on", "began"),
        *day_checks("ended_on", "ended", False),
        Check("ends_after_it_begins", "d_ended < d_began"),
    ]
    readable = "CASE WHEN t_ended < t_began THEN NULL ELSE {} END"
    out = {
        "project": "hash(project)",
        "v": "v",
        "began": readable.format("t_began"),
        "ended": readable.format("t_ended"),
    }
    return layers, checks, out, text_key("oid"), "project, v, t_began, t_ended, reason"


def quality_tests() -> Select:
    """水质检测"""
    numbers = ("ph", "turbidity", "chlorine", "hardness", "ammonia", "permanganate")
    layers = side_by_side(
        day("day"),
        [
            {
                "v_conclusion": code("conclusion", _true="合格", _false="不合格"),
                **{f"v_{c}": f"decimal_of({c})" for c in numbers},
            }
        ],
    )
    limits = (
        "v_ph NOT BETWEEN 6.5 AND 8.5 OR CASE WHEN d_day < DATE '2023-04-01' "
        "THEN v_turbidity > 3 OR v_hardness > 550 OR v_permanganate > 5 "
        "WHEN d_day >= DATE '2023-04-01' "
        "THEN v_turbidity > 1 OR v_hardness > 450 OR v_permanganate > 3 END OR v_ammonia > 0.5"
    )
    checks = [
        *office_text("sample_id", "sample"),
        *office_text("project_id", "project"),
        *day_checks("sampled_on", "day"),
        *decimal("ph", "ph", "v_ph > 14"),
        *decimal("turbidity_ntu", "turbidity"),
        *decimal("free_chlorine_mg_l", "chlorine"),
        *decimal("hardness_mg_l", "hardness"),
        *decimal("ammonia_mg_l", "ammonia"),
        *decimal("permanganate_mg_l", "permanganate"),
        *listed("conclusion", "conclusion", "v_conclusion"),
        warning("conclusion_fits_values", f"v_conclusion AND ({limits})"),
    ]
    out = {
        "project": "CASE WHEN NOT blank(project) THEN hash(project) END",
        "day": "t_day",
        "good": "v_conclusion",
    }
    content = "project, t_day, v_conclusion, " + ", ".join(f"v_{c}" for c in numbers)
    return layers, checks, out, text_key("sample"), content
