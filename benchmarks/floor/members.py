"""家庭成员, whose warnings ask most: the number, the relation and the labour of everybody beside sex and age."""

from __future__ import annotations

from benchmarks.floor.checks import (
    Check,
    Select,
    day_checks,
    listed,
    office,
    person,
    text,
    typed,
    warning,
    whole,
)
from benchmarks.floor.layers import (
    PERSON,
    code,
    day,
    household,
    key_of,
    number,
    office_number,
    side_by_side,
)

# 1 for men, 2 for women, 0 for both
RELATIONS = {
    "_0": "户主 本人 配偶 之兄弟姐妹 其他",
    "_1": "之子 之女婿 之孙子 之外孙子 之父 之岳父 之公公 之祖父",
    "_2": "之女 之儿媳 之孙女 之外孙女 之母 之岳母 之婆婆 之祖母",
}
BY_NUMBER = (
    "CASE WHEN q_relation BETWEEN 20 AND 29 THEN 1 WHEN q_relation BETWEEN 30 AND 39 THEN 2 "
    "WHEN q_relation BETWEEN 41 AND 44 OR q_relation BETWEEN 51 AND 56 OR q_relation IN (61, 62) "
    "THEN 2 - q_relation % 2 "
    "WHEN q_relation IN (1, 2, 10, 11, 12, 70, 71, 73, 75, 77, 79, 97, 99) THEN 0 END"
)
HEALTH = "(健康|长期慢性病|大病|残疾)"
HEALTHS = f"{HEALTH}([,，、;；]{HEALTH})*"
LABOUR = {
    f"_{n}": word
    for n, word in enumerate(["技能劳动力", "普通劳动力", "弱劳动力或半劳动力", "丧失劳动力", "无劳动力"], 1)
}


def members() -> Select:
    """家庭成员: a bad number does not hold the row; ages are those at the end of the period, as differences of yyyymmdd."""
    layers = side_by_side(
        number("id"),
        day("birth"),
        household(),
        office_number("pno", "p", 12),
        [
            {
                "v_months": "small(months)",
                "v_sex": code("sex", _1="男 1", _2="女 2"),
                "q_relation": "CASE WHEN strlen(relation) = 2 THEN try_cast(relation AS UTINYINT) END",
                "v_health": "CASE WHEN health IS NULL OR health = '健康' THEN 1 "
                "WHEN health IN ('长期慢性病', '残疾', '大病') THEN 2 "
                f"WHEN regexp_full_match(replace(health, ' ', ''), '{HEALTHS}') THEN 2 END",
                "v_labour": code("labour", **LABOUR),
                "pupil": "CASE WHEN schooling IS NULL THEN false "
                "ELSE strlen(schooling) > 3 AND NOT starts_with(schooling, '非在校') AND schooling <> '——' END",
            },
            {
                "t_months": "CASE WHEN v_months <= 12 THEN v_months END",
                "v_relation": f"CASE WHEN q_relation IS NOT NULL THEN {BY_NUMBER} "
                f"ELSE {code('relation', **RELATIONS)} END",
            },
            {},
            {},
            {"age": f"pe - CASE WHEN ok_id THEN b_id ELSE {SAID} END"},
        ],
    )
    adult = "age BETWEEN 160000 AND 599999"
    at_school = f"age < 160000 AND {LAST_AUGUST} - (pe - age) >= 60000 AND NOT pupil"
    checks = [
        *office("household_id", "hid", "h"),
        *office("person_no", "pno", "p"),
        *text("name", "name"),
        *(Check(c.name, c.breaks, c.hint, False) for c in person() if c.name != "id_number_is_number"),
        *listed("relation", "relation", "v_relation"),
        *listed("sex", "sex", "v_sex", False),
        *day_checks("birth_date", "birth", False),
        *typed("health", "health", "v_health", False),
        *listed("labour", "labour", "v_labour", False),
        *whole("months_worked", "months", beyond="v_months > 12"),
        warning("sex_is_of_number", f"ok_id AND {SEX} <> 2 - n_id % 2"),
        warning("birth_date_is_of_number", f"ok_id AND {READ} <> b_id"),
        warning(
            "relation_fits_sex",
            f"v_relation > 0 AND v_relation <> coalesce({SEX}, CASE WHEN ok_id THEN 2 - n_id % 2 END)",
            f"v_relation > 0 AND v_relation <> coalesce({SEX}, 2 - n_id % 2)",
        ),
        warning("child_has_no_labour", "v_labour <= 3 AND age < 160000"),
        warning("aged_have_no_full_labour", "v_labour <= 2 AND age >= 600000"),
        warning("healthy_adult_has_labour", f"v_labour = 5 AND {adult} AND health = '健康' AND NOT pupil"),
        warning("worker_has_labour", "v_labour >= 4 AND v_months > 0"),
        warning("pupil_does_not_work", "pupil AND v_months > 0"),
        warning("nursery_is_under_7", "pupil AND age >= 70000 AND starts_with(schooling, '学前')"),
        warning("child_has_school_or_reason", f"{at_school} AND empty(reason)", at_school),
    ]
    out = {
        "h": "h",
        "p": "p",
        "odd_h": "CASE WHEN h < 0 THEN hid END",
        "odd_p": "CASE WHEN p < 0 THEN pno END",
        "k": PERSON["k"],
        "z": "z_id",
        "number": PERSON["number"],
        "who": "hash(name)",
        "born": f"CASE WHEN ok_id AND NOT z_id THEN NULL ELSE {SAID} END",
        "sex": "v_sex::TINYINT",
        "excused": "reason IS NOT NULL AND NOT blank(reason)",
    }
    content = (
        "h, name, i_id, relation, v_sex, t_birth, ethnicity, education, schooling, health, labour, t_months, "
        "reason"
    )
    return layers, checks, out, key_of("p"), content


SAID = "(year(t_birth) * 10000 + month(t_birth) * 100 + day(t_birth))::INTEGER"
READ = SAID.replace("t_birth", "d_birth")  # a day that cannot be is another than the number's
SEX = "CASE WHEN v_sex IS NOT NULL THEN v_sex WHEN empty(sex) THEN NULL ELSE 0 END"  # so is a sex that is in no list
LAST_AUGUST = "((pe // 10000 - (pe % 10000 < 831)::INTEGER) * 10000 + 831)"
