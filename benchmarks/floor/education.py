"""The feeds of the education office."""

from __future__ import annotations

from benchmarks.floor.layers import (
    PERSON,
    Select,
    blank,
    code,
    damaged,
    day,
    held_by,
    key_of,
    money,
    number,
    side_by_side,
    text_key,
    wrong,
)


def enrolments() -> Select:
    """学籍"""
    layers = side_by_side(
        number("id"),
        money("tuition", "board"),
        [
            {
                "v_term": "term_of(term)",
                "v_stage": code("stage", "学前 小学 初中 普通高中 中职 高职 本科"),
                "v_away": "flag(away)",
                "v_boarding": code("boarding", _1="走读 1", _2="住校 2", _9="其他 9"),
                "v_status": code("status", _1="在读", _2="休学", _3="退学", _4="转出", _5="毕业"),
            }
        ],
    )
    layers = held_by(
        layers,
        *blank("pupil", "name", "school_name"),
        *damaged("pupil", "school"),
        "NOT ok_id",
        "v_term IS NULL",
        "v_term <> period",
        "v_stage IS NULL",
        "v_status IS NULL",
        *wrong(boarding="v_boarding", away="v_away", tuition="v_tuition", board="v_board"),
    )
    out = {**PERSON, "term": "CASE WHEN v_term = period THEN v_term END", "status": "v_status::TINYINT"}
    content = (
        "n_id, name, stage, grade, school, school_name, v_boarding, v_status, v_away, v_tuition, v_board"
    )
    key = (
        "CASE WHEN NOT blank(pupil) AND v_term IS NOT NULL THEN hash(pupil, v_term, coalesce(school, '')) END"
    )
    return layers, out, key, content


def dropouts() -> Select:
    """控辍保学名单"""
    layers = side_by_side(number("id"), day("day"), day("back_on"), [{"v_back": "flag(back)"}])
    layers = held_by(
        layers, "NOT ok_id", *blank("name"), "t_day IS NULL", "v_back IS NULL", *wrong(back_on="t_back_on")
    )
    return layers, {**PERSON, "back": "v_back"}, key_of("n_id"), "name, t_day, reason, v_back, t_back_on"


def grants() -> Select:
    """资助发放"""
    layers = side_by_side(
        number("id"),
        money("amount"),
        day("day", "pd + INTERVAL 1 YEAR"),
        [
            {"v_term": "term_of(term)", "v_away": "flag(away)"},
        ],
    )
    layers = held_by(
        layers,
        *blank("gid", "name", "programme"),
        *damaged("gid"),
        "NOT ok_id",
        "v_term IS NULL",
        "v_amount IS NULL",
        "t_day IS NULL",
        *wrong(away="v_away"),
    )
    programme = (
        "CASE programme WHEN '家庭经济困难学生资助' THEN 1 WHEN '教育扶贫资金' THEN 2 ELSE 0 END::TINYINT"
    )
    out = {
        **PERSON,
        "term": "v_term",
        "programme": programme,
        "amount": "v_amount",
        "day": "t_day",
        "away": "v_away",
    }
    return layers, out, text_key("gid"), "n_id, name, v_term, programme, v_amount, t_day, v_away"
