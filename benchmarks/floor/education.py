"""The feeds of the education office."""

from __future__ import annotations

from benchmarks.floor.checks import (
    Check,
    Select,
    amount,
    day_checks,
    listed,
    office_text,
    person,
    plausible,
    text,
    typed,
    warning,
)
from benchmarks.floor.layers import (
    PERSON,
    Key,
    code,
    day,
    money,
    number,
    person_key,
    side_by_side,
    text_key,
)

STAGES = {
    f"_{n}": stage for n, stage in enumerate(["学前", "小学", "初中", "普通高中", "中职", "高职", "本科"], 1)
}


def enrolments() -> Select:
    """学籍"""
    layers = side_by_side(
        number("id"),
        money("tuition", "board"),
        [
            {
                "v_term": "term_of(term)",
                "v_stage": code("stage", **STAGES),
                "v_away": "flag(away)",
                "v_boarding": code("boarding", _1="走读 1", _2="住校 2", _9="其他 9"),
                "v_status": code("status", _1="在读", _2="休学", _3="退学", _4="转出", _5="毕业"),
            }
        ],
    )
    age = "(period * 100 + 1 - b_id)"
    checks = [
        *office_text("pupil_no", "pupil"),
        *text("name", "name"),
        *person(),
        *typed("term", "term", "v_term"),
        Check("term_is_of_file", "v_term <> period"),
        *listed("stage", "stage", "v_stage"),
        *office_text("school_code", "school", False),
        *text("school_name", "school_name"),
        *listed("boarding", "boarding", "v_boarding", False),
        *listed("status", "status", "v_status"),
        *typed("is_out_of_county", "away", "v_away", False),
        *amount("tuition", "tuition", False),
        plausible("tuition", "tuition", 50_000_00),
        *amount("board", "board", False),
        plausible("board", "board", 50_000_00),
        warning(
            "age_fits_stage",
            f"ok_id AND CASE v_stage WHEN 2 THEN {age} NOT BETWEEN 50000 AND 149999 "
            f"WHEN 3 THEN {age} NOT BETWEEN 100000 AND 189999 "
            f"WHEN 4 THEN {age} NOT BETWEEN 130000 AND 229999 "
            f"WHEN 5 THEN {age} NOT BETWEEN 130000 AND 229999 END",
        ),
    ]
    out = {**PERSON, "term": "CASE WHEN v_term = period THEN v_term END", "status": "v_status::TINYINT"}
    content = (
        "n_id, name, stage, grade, school, school_name, v_boarding, v_status, v_away, v_tuition, v_board"
    )
    readable = "NOT empty(pupil) AND NOT by_excel(pupil) AND NOT by_excel(school)"
    key = Key("pupil, v_term, coalesce(school, '')", f"{readable} AND v_term IS NOT NULL")
    return layers, checks, out, key, content


def dropouts() -> Select:
    """控辍保学名单"""
    layers = side_by_side(number("id"), day("day"), day("back_on"), [{"v_back": "flag(back)"}])
    checks = [
        *person(),
        *text("name", "name"),
        *day_checks("left_on", "day"),
        *typed("is_back", "back", "v_back"),
        *day_checks("back_on", "back_on", False),
    ]
    return (
        layers,
        checks,
        {**PERSON, "back": "v_back"},
        person_key("n_id"),
        "name, t_day, reason, v_back, t_back_on",
    )


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
    spring, autumn = "v_term // 100 || '-02-01'", "v_term // 100 || '-09-01'"
    checks = [
        *office_text("grant_id", "gid"),
        *person(),
        *text("name", "name"),
        *typed("term", "term", "v_term"),
        Check("term_in_time", "v_term * 100 + 1 NOT BETWEEN 19000101 AND pe"),
        *text("programme", "programme"),
        *amount("amount", "amount"),
        plausible("amount", "amount", 20_000_00),
        *day_checks("paid_on", "day"),
        *typed("is_out_of_county", "away", "v_away", False),
        warning(
            "compulsory_amount_is_standard",
            "contains(programme, '义务教育') AND v_amount NOT IN (25000, 31250, 50000, 62500)",
        ),
        warning(
            "paid_within_term",
            f"CASE v_term % 100 WHEN 3 THEN d_day NOT BETWEEN ({spring})::DATE AND ({spring})::DATE + 211 "
            f"WHEN 9 THEN d_day NOT BETWEEN ({autumn})::DATE AND ({autumn})::DATE + 152 END",
            "(v_term // 100 * 12 + v_term % 100) - (year(d_day) * 12 + month(d_day)) NOT BETWEEN -4 AND 0",
        ),
    ]
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
    return layers, checks, out, text_key("gid"), "n_id, name, v_term, programme, v_amount, t_day, v_away"
