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
NO_FAULTS = ("id_number_is_number", "id_number_foreign")
# what the city's register says of children who are not at school
REASONS = "('因病', '因病不能上学', '初中毕业已务工', '随父母在外地就读')"
LABOUR = {
    f"_{n}": word
    for n, word in enumerate(["技能劳动力", "普通劳动力", "弱劳动力或半劳动力", "丧失劳动力", "无劳动力"], 1)
}


def members() -> Select:
    """家庭成员: a bad number does not hold the row.

    Ages are those at the end of the period, as differences of yyyymmdd; a sex that is in no list (0) is another
    than any.
    """
    layers = side_by_side(
        number("id"),
        day("birth"),
        household(),
        office_number("pno", "p", 12),
        [
            {
                "v_months": "small(months)",
                "v_sex": f"CASE WHEN sex IS NULL THEN NULL ELSE coalesce({code('sex', _1='男 1', _2='女 2')}, "
                "CASE WHEN NOT empty(sex) THEN 0 END) END",
                "q_relation": "CASE WHEN relation < '0' THEN NULL WHEN strlen(relation) = 2 "
                "THEN try_cast(relation AS UTINYINT) "
                "WHEN relation >= '０' THEN try_cast(narrow(relation) AS UTINYINT) END",
                "v_health": "CASE WHEN health IS NULL OR health = '健康' THEN 1 "
                "WHEN health IN ('长期慢性病', '残疾', '大病') THEN 2 "
                f"WHEN regexp_full_match(replace(health, ' ', ''), '{HEALTHS}') THEN 2 END",
                "v_labour": code("labour", **LABOUR),
                "pupil": "CASE WHEN schooling IS NULL THEN false "
                "WHEN strlen(schooling) <= 3 OR schooling = '——' THEN NOT empty(schooling) "
                "ELSE NOT starts_with(schooling, '非在校') END",
                "is_nursery": "starts_with(schooling, '学前')",
                "excused": f"wash(reason) IN {REASONS}",
            },
            {
                "t_months": "CASE WHEN v_months <= 12 THEN v_months END",
                "v_relation": f"CASE WHEN q_relation IS NOT NULL THEN {BY_NUMBER} "
                f"ELSE {code('relation', **RELATIONS)} END",
            },
            {"s_id": "2 - n_id % 2"},
            {},
            {"age": f"pe - CASE WHEN ok_id THEN b_id ELSE {SAID} END"},
        ],
    )
    adult = "age BETWEEN 160000 AND 599999"
    unfit = "v_relation > 0 AND v_relation <> coalesce(v_sex, s_id)"
    at_school = f"age < 160000 AND {LAST_AUGUST} - (pe - age) >= 60000"
    # most are neither: one question each, of those whom it concerns
    worked = (
        f"CASE WHEN v_labour >= 4 THEN v_months > 0 OR v_labour = 5 AND {adult} AND health = '健康' "
        "WHEN v_labour = 3 THEN age < 160000 WHEN v_labour <= 2 THEN age NOT BETWEEN 160000 AND 599999 END"
    )
    taught = f"CASE WHEN pupil THEN v_months > 0 OR age >= 70000 AND is_nursery ELSE {at_school} END"
    checks = [
        *office("household_id", "hid", "h"),
        *office("person_no", "pno", "p"),
        *text("name", "name"),
        *(Check(c.name, c.breaks, c.hint, False) for c in person() if c.name not in NO_FAULTS),
        *listed("relation", "relation", "v_relation"),
        Check("sex_in_list", "v_sex = 0"),
        *day_checks("birth_date", "birth", False),
        *typed("health", "health", "v_health", False),
        *listed("labour", "labour", "v_labour", False),
        *whole("months_worked", "months", beyond="v_months > 12"),
        warning("not_in_school_reason_in_list", f"NOT empty(reason) AND wash(reason) NOT IN {REASONS}"),
        warning("sex_is_of_number", "ok_id AND v_sex <> s_id"),
        warning("birth_date_is_of_number", f"{READ} <> b_id", f"ok_id AND coalesce(e_birth, {READ}) <> b_id"),
        warning("relation_fits_sex", "v_relation <> coalesce(v_sex, CASE WHEN ok_id THEN s_id END)", unfit),
        warning("child_has_no_labour", "v_labour <= 3 AND age < 160000", worked),
        warning("aged_have_no_full_labour", "v_labour <= 2 AND age >= 600000", worked),
        warning(
            "healthy_adult_has_labour", f"v_labour = 5 AND {adult} AND health = '健康' AND NOT pupil", worked
        ),
        warning("worker_has_labour", "v_labour >= 4 AND v_months > 0", worked),
        warning("pupil_does_not_work", "pupil AND v_months > 0", taught),
        warning("nursery_is_under_7", "pupil AND age >= 70000 AND is_nursery", taught),
        warning(
            "child_has_school_or_reason",
            f"{at_school} AND NOT pupil AND NOT coalesce(excused, false)",
            taught,
        ),
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
        "excused": "coalesce(excused, false)",
    }
    content = (
        "h, name, i_id, relation, v_sex, t_birth, ethnicity, education, schooling, health, labour, t_months, "
        "reason"
    )
    return layers, checks, out, key_of("p"), content


SAID = "(year(t_birth) * 10000 + month(t_birth) * 100 + day(t_birth))::INTEGER"
READ = SAID.replace("t_birth", "d_birth")  # a day that cannot be is another than the number's
LAST_AUGUST = "((pe // 10000 - (pe % 10000 < 831)::INTEGER) * 10000 + 831)"
