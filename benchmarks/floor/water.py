"""The feeds of the water office."""

from __future__ import annotations

from benchmarks.floor.layers import (
    Select,
    blank,
    code,
    damaged,
    day,
    held_by,
    household,
    key_of,
    money,
    side_by_side,
    text_key,
    village,
    wrong,
    year,
)


def projects() -> Select:
    """供水工程"""
    layers = side_by_side(
        money("investment", high=1_000_000_000),
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
    layers = held_by(
        layers,
        *blank("project", "name"),
        *damaged("project"),
        "v_kind IS NULL",
        "t_built IS NULL",
        "v IS NULL",
        *wrong(investment="v_investment", people="v_people", homes="v_homes"),
    )
    out = {
        "project": "hash(project)",
        "v": "v",
        "built": "t_built",
        "investment": "v_investment",
        "people": "v_people",
    }
    content = "name, kind, t_built, v_investment, v_people, v_homes"
    return layers, out, text_key("project", "v"), content


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
    optional = {c: f"v_{c}" for c in (*numbers, "mode", "quality", "scarce")}
    layers = held_by(layers, "h IS NULL", "v_litres > 500", *wrong(**optional))
    out = {
        "h": "h",
        **{c: f"v_{c}" for c in numbers},
        "mode": "v_mode::TINYINT",
        "quality": "v_quality::TINYINT",
        "scarce": "v_scarce",
    }
    return layers, out, key_of("h"), ", ".join(optional.values())


def outages() -> Select:
    """停水记录: of an outage that ends before it begins neither date can be read."""
    layers = side_by_side(day("began"), day("ended"), village())
    layers = held_by(
        layers,
        *blank("oid", "project"),
        *damaged("oid", "project"),
        "v IS NULL",
        "t_began IS NULL",
        "t_ended < t_began",
        *wrong(ended="t_ended"),
    )
    readable = "CASE WHEN t_ended < t_began THEN NULL ELSE {} END"
    out = {
        "project": "hash(project)",
        "v": "v",
        "began": readable.format("t_began"),
        "ended": readable.format("t_ended"),
    }
    return layers, out, text_key("oid"), "project, v, t_began, t_ended, reason"


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
    layers = held_by(
        layers,
        *blank("sample", "project"),
        *damaged("sample", "project"),
        "t_day IS NULL",
        "v_conclusion IS NULL",
        *wrong(**{c: f"v_{c}" for c in numbers}),
    )
    out = {
        "project": "CASE WHEN NOT blank(project) THEN hash(project) END",
        "day": "t_day",
        "good": "v_conclusion",
    }
    content = "project, t_day, v_conclusion, " + ", ".join(f"v_{c}" for c in numbers)
    return layers, out, text_key("sample"), content
