"""The feeds of the keeper of the register."""

from __future__ import annotations

from benchmarks.floor.checks import (
    Check,
    Select,
    amount,
    day_checks,
    listed,
    month_checks,
    office,
    office_text,
    person,
    plausible,
    text,
    typed,
    warning,
    whole,
    year_checks,
)
from benchmarks.floor.layers import (
    LAST_YEAR,
    PERSON,
    code,
    day,
    household,
    key_of,
    money,
    month,
    number,
    risk,
    side_by_side,
    text_key,
    village,
    year,
)


def divisions() -> Select:
    """行政区划"""
    layers = [{"v": "division(code)", "v_parent": "division(parent)", "lv": code("level", "县 乡 村")}]
    checks = [
        *typed("division_code", "code", "v"),
        *text("division_name", "name"),
        *typed("parent_code", "parent", "v_parent", False),
        *listed("level", "level", "lv"),
        Check("division_is_county_or_below", "v < 100000"),
    ]
    return layers, checks, {"v": "v"}, key_of("v"), "v, name, parent, lv"


def households() -> Select:
    """户信息"""
    classes = {"_1": "脱贫不稳定户 脱贫监测户", "_2": "边缘易致贫户 边缘户", "_3": "突发严重困难户"}
    types = {"_true": "脱贫户 建档立卡脱贫户 建档立卡贫困户", "_false": "一般农户 非贫困户"}
    poor = "type = '建档立卡贫困户'"
    odd_number = "coalesce(h NOT BETWEEN 1000000000000000 AND 9999999999999999, true)"
    layers = side_by_side(
        number("id"),
        household(),
        village(),
        year("exited"),
        month("since"),
        [
            {
                "v_class": code("class", **classes),
                "v_removed": "flag(removed)",
                "v_water": "flag(water)",
                "v_insured": "flag(insured)",
                "v_grade": code("grade", _1="A", _2="B", _3="C", _4="D"),
                **{f"v_risk{n}": risk(f"risk{n}") for n in (1, 2, 3)},
                "v_kind": code("type", **types),
            }
        ],
        [
            {},
            {},
            {
                "v_type": f"CASE WHEN {poor} AND t_exited IS NULL THEN NULL ELSE v_kind END",
                "is_person": f"CASE WHEN {odd_number} THEN coalesce(is_person(hid), false) ELSE false END",
            },
        ],
    )
    risks, monitored = ("risk1", "risk2", "risk3"), "NOT empty(class)"
    checks = [
        *office("household_id", "hid", "h"),
        *typed("village_code", "village", "v"),
        *text("head_name", "name"),
        *person("head_id_number"),
        *listed("household_type", "type", "v_kind"),
        *listed("monitored_class", "class", "v_class", False),
        *year_checks("exit_year", "exited", False),
        *month_checks("monitored_since", "since", False),
        *typed("is_risk_removed", "removed", "v_removed", False),
        *(check for n in (1, 2, 3) for check in listed(f"risk_{n}", f"risk{n}", f"v_risk{n}", False)),
        *listed("dwelling_grade", "grade", "v_grade", False),
        *typed("is_water_declared_safe", "water", "v_water", False),
        *typed("is_insured_against_poverty", "insured", "v_insured", False),
        Check("household_id_is_no_person", "is_person"),
        Check("still_poor_after_exit_year", f"{poor} AND t_exited IS NULL"),
        warning("lifted_has_exit_year", "v_type AND empty(exited)", "v_type AND t_exited IS NULL"),
        warning(
            "monitored_has_date", f"{monitored} AND empty(since)", "class IS NOT NULL AND t_since IS NULL"
        ),
        warning(
            "monitored_has_risk",
            f"{monitored} AND {' AND '.join(f'empty({c})' for c in risks)}",
            f"class IS NOT NULL AND {' AND '.join(f'v_{c} IS NULL' for c in risks)}",
        ),
        warning("removed_was_monitored", "v_removed AND empty(class)", "v_removed AND v_class IS NULL"),
        warning("has_phone", "empty(phone)", "phone IS NULL OR strlen(phone) < 7"),
    ]
    out = {
        "h": "CASE WHEN NOT is_person THEN h END",
        "odd": "CASE WHEN h < 0 THEN hid END",
        "v": "v",
        "lifted": "v_type",
        "watched": "v_class IS NOT NULL AND v_removed IS DISTINCT FROM true",
        "grade": "v_grade::TINYINT",
        "k": PERSON["k"],
        "z": "z_id",
        "who": PERSON["who"],
    }
    content = (
        "v, hamlet, name, n_id, v_type, v_class, t_exited, t_since, v_removed, risk1, risk2, risk3, grade, "
        "v_water, v_insured, phone"
    )
    return layers, checks, out, key_of("h"), content


def incomes() -> Select:
    """户年度收入"""
    parts = ("wage", "business", "property", "transfer", "cost")
    layers = side_by_side(
        money(*parts, "net", "head"),
        household(),
        year("year"),
        [{"v_persons": "small(persons)"}],
    )
    total = "v_wage + v_business + v_property + v_transfer - v_cost"
    checks = [
        *office("household_id", "hid", "h"),
        *typed("year", "year", "d_year", read="false"),
        Check("year_is_of_file", f"d_year <> {LAST_YEAR}"),
        *whole("persons", "persons", True, "v_persons = 0"),
        plausible("persons", "persons", 30),
        *(check for c in parts[:4] for check in amount(f"{c}_income", c)),
        *amount("business_cost", "cost"),
        *amount("net_income", "net", low=-10_000_000),
        *amount("net_income_per_head", "head", low=-10_000_000),
        Check("net_is_sum", f"abs({total} - v_net) > 100"),
        Check(
            "per_head_is_net_by_persons",
            "v_persons > 0 AND abs(v_head::HUGEINT * v_persons - v_net) > 100 * v_persons::BIGINT",
            "v_persons > 0 AND abs(v_head::DOUBLE * v_persons - v_net) > 99.0::DOUBLE * v_persons",
        ),
        warning("wage_is_not_tiny", "v_wage BETWEEN 1 AND 29999"),
        warning("wage_is_not_huge", "v_wage > 30000000"),
        warning("business_has_cost", "v_business > 0 AND v_cost = 0"),
        warning("per_head_is_positive", "v_head <= 0"),
        warning("per_head_is_not_huge", "v_head > 10000000"),
    ]
    content = "h, t_year, v_persons, v_wage, v_business, v_property, v_transfer, v_cost, v_net, v_head"
    out = {"h": "h", "y": "t_year", "persons": "v_persons", "net": total}
    return layers, checks, out, key_of("h", "t_year"), content


def reports() -> Select:
    """线索上报"""
    layers = side_by_side(
        day("day"),
        household(),
        [{"v_source": code("source", "农户申报 干部走访 信访 其他"), "v_reason": risk("reason")}],
    )
    checks = [
        *office_text("report_id", "rid"),
        *office("household_id", "hid", "h"),
        *listed("source", "source", "v_source"),
        *day_checks("reported_on", "day"),
        *listed("reason", "reason", "v_reason"),
    ]
    return layers, checks, {}, text_key("rid"), "h, source, t_day, reason, note"


HELP = "产业帮扶 就业帮扶 公益岗位 金融帮扶 健康帮扶 教育保障 住房保障 饮水保障 综合保障 社会帮扶"
MEASURES = {f"_{n}": measure for n, measure in enumerate(HELP.split(), 1)}


def visits() -> Select:
    """入户核查结果"""
    classes = "脱贫不稳定户 脱贫监测户 边缘易致贫户 边缘户 突发严重困难户"
    layers = side_by_side(
        day("day"),
        day("decided"),
        day("measured"),
        day("removed"),
        household(),
        [
            {
                "v_finding": code("finding", _1="属实", _2="部分属实", _3="不属实"),
                "v_class": code("class", _1=classes, _0="不纳入"),
                "v_measure": code("measure", **MEASURES),
                "v_removal": code("removal", "帮扶消除 自然消除"),
                **{f"v_risk{n}": risk(f"risk{n}") for n in (1, 2, 3)},
            }
        ],
    )
    risks, helped = (1, 2, 3), "coalesce(v_measure, 0)"
    answered = " OR ".join(
        f"NOT empty(risk{n}) AND CASE risk{n} WHEN '因病' THEN {helped} IN (5, 9) WHEN '因学' THEN {helped} = 6 "
        f"WHEN '饮水' THEN {helped} = 8 WHEN '缺劳动力' THEN {helped} IN (3, 9) ELSE true END"
        for n in risks
    )
    checks = [
        *office_text("clue_id", "clue"),
        *office("household_id", "hid", "h"),
        *day_checks("visited_on", "day"),
        *listed("finding", "finding", "v_finding"),
        *listed("decided_class", "class", "v_class", False),
        *day_checks("decided_on", "decided", False),
        *(check for n in risks for check in listed(f"risk_{n}", f"risk{n}", f"v_risk{n}", False)),
        *listed("measure", "measure", "v_measure", False),
        *day_checks("measure_on", "measured", False),
        *listed("removal", "removal", "v_removal", False),
        *day_checks("removed_on", "removed", False),
        Check("no_class_for_unfounded", "v_finding = 3 AND v_class = 1"),
        Check("removed_after_decided", "d_removed < d_decided"),
        warning(
            "measure_fits_risk",
            f"NOT empty(measure) AND NOT (empty(risk1) AND empty(risk2) AND empty(risk3)) AND NOT ({answered})",
            "measure IS NOT NULL",
        ),
    ]
    content = (
        "h, visitor, finding, class, t_decided, risk1, risk2, risk3, measure, t_measured, removal, "
        "t_removed, note"
    )
    return layers, checks, {}, text_key("clue", "t_day"), content
