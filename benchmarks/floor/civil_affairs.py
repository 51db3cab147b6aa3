"""The feeds of the civil affairs office and the federation of disabled persons."""

from __future__ import annotations

from benchmarks.floor.layers import (
    PERSON,
    Fault,
    Layers,
    Select,
    blank,
    code,
    damaged,
    day,
    held_by,
    key_of,
    money,
    month,
    number,
    side_by_side,
    text_key,
    wrong,
)


def allowances() -> Select:
    """低保发放"""
    layers = side_by_side(
        number("id"),
        number("head_id")[:4],
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
    head = Fault(
        "CASE WHEN head_id IS NULL OR ok_head_id THEN false "
        "ELSE NOT absent(head_id) AND wash(head_id) NOT IN ('未办', '无户口') END",
        "head_id IS NOT NULL AND NOT ok_head_id",
    )
    layers = held_by(
        layers,
        *blank("cert", "name"),
        *damaged("cert"),
        "NOT ok_id",
        head,
        "v_grade IS NULL",
        "t_month IS NULL",
        "v_amount IS NULL",
        *wrong(kind="v_kind", since="t_since"),
    )
    key = (
        "CASE WHEN NOT blank(cert) AND n_id IS NOT NULL AND t_month IS NOT NULL AND NOT wrong(kind, v_kind) "
        "THEN hash(cert, n_id, t_month, coalesce(v_kind, 1)) END"
    )
    out = {**PERSON, "month": "t_month", "amount": "v_amount"}
    return layers, out, key, "head, n_head_id, name, v_grade, t_since, v_amount"


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
    layers = held_by(
        layers,
        *blank("name"),
        "NOT ok_id",
        "v_care IS NULL",
        "t_month IS NULL",
        "v_amount IS NULL",
        *wrong(level="v_level", kind="v_kind"),
    )
    key = (
        "CASE WHEN n_id IS NOT NULL AND t_month IS NOT NULL AND NOT wrong(kind, v_kind) "
        "THEN hash(n_id, t_month, coalesce(v_kind, 1)) END"
    )
    return layers, {**PERSON, "month": "t_month", "amount": "v_amount"}, key, "name, v_care, level, v_amount"


def relief() -> Select:
    """临时救助"""
    layers = side_by_side(number("id"), money("amount"), day("day"), day("applied"))
    layers = held_by(
        layers,
        *blank("rid", "name", "reason"),
        *damaged("rid"),
        "NOT ok_id",
        "v_amount IS NULL",
        "t_day IS NULL",
        *wrong(applied="t_applied"),
    )
    out = {**PERSON, "day": "t_day", "amount": "v_amount"}
    return layers, out, text_key("rid"), "n_id, name, t_applied, reason, v_amount, t_day"


def _certificate() -> Layers:
    """The certificate's own text; type and grade are its digits 19 and 20."""
    return [
        {},
        {"full_id": "CASE WHEN is_certificate(id) AND right(i_id, 1) <> 'x' THEN id ELSE bare(id) END"},
        {"fits": "coalesce(is_certificate(full_id), false)"},
    ]


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
    layers = held_by(
        layers,
        "NOT ok_id",
        "NOT fits",
        *blank("name"),
        "v_type IS NULL",
        "v_grade IS NULL",
        "t_day IS NULL",
        "v_status IS NULL",
        "substr(full_id, 19, 2) <> v_type::VARCHAR || v_grade::VARCHAR",
    )
    severe = "v_status = 1 AND (v_grade <= 2 OR v_grade = 3 AND v_type IN (5, 6))"
    out = {**PERSON, "cert": "hash(full_id)", "day": "t_day", "severe": severe}
    return layers, out, "CASE WHEN fits THEN hash(full_id) END", "name, v_type, v_grade, t_day, v_status"


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
    layers = held_by(
        layers,
        "NOT ok_id",
        "NOT fits",
        *blank("name"),
        "v_subsidy IS NULL",
        "t_month IS NULL",
        "v_amount IS NULL",
    )
    out = {**PERSON, "cert": "hash(full_id)", "month": "t_month", "amount": "v_amount"}
    return layers, out, key_of("full_id", "v_subsidy", "t_month"), "name, v_amount"
