"""The feeds of the civil affairs office and the federation of disabled persons."""

from __future__ import annotations

from benchmarks.floor.checks import (
    Check,
    Select,
    amount,
    day_checks,
    listed,
    month_checks,
    office_text,
    person,
    plausible,
    text,
    warning,
)
from benchmarks.floor.layers import (
    PERSON,
    Key,
    Layers,
    code,
    day,
    money,
    month,
    number,
    person_key,
    side_by_side,
    text_key,
)

KIND = Key("coalesce(v_kind, 1)", "(v_kind IS NOT NULL OR empty(kind))")
NOT_NOTHING = warning("amount_is_positive", "v_amount = 0")


def allowances() -> Select:
    """低保发放"""
    layers = side_by_side(
        number("id"),
        number("head_id"),
        money("amount"),
        month("month"),
        month("since"),
        [
            {
                "v_grade": code("grade", _1="A 一类", _2="B 二类", _3="C 三类"),
                "v_kind": code("kind", _1="正常", _2="补发"),
            }
        ],
    )
    checks = [
        *office_text("certificate_no", "cert"),
        *person("head_id_number", "head_id", False),
        *text("name", "name"),
        *person(),
        *listed("grade", "grade", "v_grade"),
        *month_checks("since", "since", False),
        *month_checks("paid_month", "month"),
        *listed("payment_kind", "kind", "v_kind", False),
        *amount("amount", "amount"),
        plausible("amount", "amount", 20_000_00),
        NOT_NOTHING,
    ]
    key = Key(
        f"cert, n_id, t_month, {KIND.parts}",
        f"NOT empty(cert) AND NOT by_excel(cert) AND ok_id AND t_month IS NOT NULL AND {KIND.known}",
    )
    out = {
        **PERSON,
        "month": "t_month",
        "amount": "v_amount",
        "head_county": "CASE WHEN ok_head_id THEN (n_head_id // 100000000000)::INTEGER END",
    }
    return layers, checks, out, key, "head, n_head_id, name, v_grade, t_since, v_amount"


def destitute() -> Select:
    """特困供养"""
    layers = side_by_side(
        number("id"),
        money("amount"),
        month("month"),
        [
            {
                "v_care": code("care", _1="集中", _2="分散"),
                "v_level": code("level", "全自理 半护理 全护理"),
                "v_kind": code("kind", _1="正常", _2="补发"),
            }
        ],
    )
    checks = [
        *person(),
        *text("name", "name"),
        *listed("care", "care", "v_care"),
        *listed("care_level", "level", "v_level", False),
        *month_checks("paid_month", "month"),
        *listed("payment_kind", "kind", "v_kind", False),
        *amount("amount", "amount"),
        plausible("amount", "amount", 20_000_00),
        NOT_NOTHING,
    ]
    key = Key(f"n_id, t_month, {KIND.parts}", f"ok_id AND t_month IS NOT NULL AND {KIND.known}")
    out = {**PERSON, "month": "t_month", "amount": "v_amount"}
    return layers, checks, out, key, "name, v_care, level, v_amount"


def relief() -> Select:
    """临时救助"""
    layers = side_by_side(number("id"), money("amount"), day("day"), day("applied"))
    checks = [
        *office_text("relief_id", "rid"),
        *person(),
        *text("name", "name"),
        *day_checks("applied_on", "applied", False),
        *text("reason", "reason"),
        *amount("amount", "amount"),
        plausible("amount", "amount", 200_000_00),
        *day_checks("paid_on", "day"),
    ]
    out = {**PERSON, "day": "t_day", "amount": "v_amount"}
    return layers, checks, out, text_key("rid"), "n_id, name, t_applied, reason, v_amount, t_day"


def _certificate() -> Layers:
    """The certificate's own text; type and grade are its digits 19 and 20."""
    return [
        {},
        {"full_id": "CASE WHEN is_certificate(id) AND right(i_id, 1) <> 'x' THEN id ELSE bare(id) END"},
        {"fits": "coalesce(is_certificate(full_id), false)"},
    ]


IS_CERTIFICATE = Check("certificate_no_is_certificate", "ok_id AND NOT fits")


def disability() -> Select:
    """残疾人证"""
    kinds = {
        f"_{n}": f"{n} {w} {n}{w}"
        for n, w in enumerate(["视力", "听力", "言语", "肢体", "智力", "精神", "多重"], 1)
    }
    grades = {f"_{n}": f"{n} {w}级 {n}级" for n, w in enumerate("一二三四", 1)}
    layers = side_by_side(
        number("id"),
        _certificate(),
        day("day"),
        [
            {
                "v_type": code("type", **kinds),
                "v_grade": code("grade", **grades),
                "v_status": code("status", _1="有效", _2="注销", _3="过期"),
            }
        ],
    )
    said = "CASE WHEN v_{0} IS NOT NULL THEN v_{0}::VARCHAR WHEN NOT empty({0}) THEN '?' END"  # in no list
    checks = [
        *person("certificate_no"),
        *text("name", "name"),
        *listed("type", "type", "v_type"),
        *listed("grade", "grade", "v_grade"),
        *day_checks("issued_on", "day"),
        *listed("status", "status", "v_status"),
        IS_CERTIFICATE,
        Check("type_is_digit_19", f"fits AND ok_id AND substr(full_id, 19, 1) <> {said.format('type')}"),
        Check("grade_is_digit_20", f"fits AND ok_id AND substr(full_id, 20, 1) <> {said.format('grade')}"),
    ]
    severe = "v_status = 1 AND (v_grade <= 2 OR v_grade = 3 AND v_type IN (5, 6))"
    out = {**PERSON, "cert": "hash(full_id)", "day": "t_day", "severe": severe}
    return (
        layers,
        checks,
        out,
        Key("full_id", "ok_id AND fits"),
        "name, v_type, v_grade, t_day, v_status",
    )


def disability_subsidies() -> Select:
    """残疾人两项补贴"""
    layers = side_by_side(
        number("id"),
        _certificate(),
        money("amount"),
        month("month"),
        [
            {
                "v_subsidy": code("subsidy", _1="困难残疾人生活补贴", _2="重度残疾人护理补贴"),
            }
        ],
    )
    checks = [
        *person("certificate_no"),
        *text("name", "name"),
        *listed("subsidy", "subsidy", "v_subsidy"),
        *month_checks("paid_month", "month"),
        *amount("amount", "amount"),
        plausible("amount", "amount", 10_000_00),
        IS_CERTIFICATE,
        warning(
            "care_is_for_grade_1_or_2", "fits AND ok_id AND v_subsidy = 2 AND substr(full_id, 20, 1) >= '3'"
        ),
    ]
    out = {**PERSON, "cert": "hash(full_id)", "month": "t_month", "amount": "v_amount"}
    return layers, checks, out, person_key("full_id", "v_subsidy", "t_month"), "name, v_amount"
