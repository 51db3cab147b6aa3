"""The feeds of the keeper of the register."""

from __future__ import annotations

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
    month,
    number,
    office_number,
    risk,
    side_by_side,
    text_key,
    village,
    wrong,
    year,
)


def divisions() -> Select:
    """行政区划"""
    layers = [{"v": "division(code)", "lv": code("level", "县 乡 村")}]
    return (
        held_by(layers, "v IS NULL", *blank("name"), "lv IS NULL"),
        {"v": "v"},
        key_of("v"),
        "v, name, parent, lv",
    )


def households() -> Select:
    """户信息"""
    classes = {"_1": "脱贫不稳定户 脱贫监测户", "_2": "边缘易致贫户 边缘户", "_3": "突发严重困难户"}
    types = {"_true": "脱贫户 建档立卡脱贫户", "_false": "一般农户 非贫困户"}
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
            {"v_type": "CASE WHEN type = '建档立卡贫困户' THEN t_exited IS NOT NULL OR NULL ELSE v_kind END"},
        ],
    )
    optional = {
        c: f"v_{c}" for c in ("class", "removed", "risk1", "risk2", "risk3", "grade", "water", "insured")
    }
    layers = held_by(
        layers,
        "h IS NULL",
        "v IS NULL",
        *blank("name"),
        "NOT ok_id",
        "v_type IS NULL",
        *wrong(**optional, exited="t_exited", since="t_since"),
    )
    out = {
        "h": "h",
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
    return layers, out, key_of("h"), content


RELATIONS = (
    "户主 配偶 之子 之女 之儿媳 之女婿 之孙子 之孙女 之外孙子 之外孙女 之父 之母 之岳父 之岳母 之公公 之婆婆 "
    "之祖父 之祖母 之兄弟姐妹 其他"
)
HEALTH = "(健康|长期慢性病|大病|残疾)"
HEALTHS = f"{HEALTH}([,，、;；]{HEALTH})*"


def members() -> Select:
    """家庭成员: a bad number does not hold the row."""
    layers = side_by_side(
        number("id"),
        day("birth"),
        household(),
        office_number("pno", "p", 12),
        [
            {
                "v_months": "small(months)",
                "v_sex": code("sex", _1="男 1", _2="女 2"),
                "v_relation": "CASE WHEN strlen(relation) <= 2 "
                "THEN try_cast(relation AS UTINYINT) IS NOT NULL "
                f"ELSE {code('relation', _true=RELATIONS)} END",
                "v_health": "CASE WHEN health IS NULL THEN true "
                "WHEN health IN ('健康', '长期慢性病', '残疾', '大病') THEN true "
                f"WHEN regexp_full_match(replace(health, ' ', ''), '{HEALTHS}') THEN true END",
                "v_labour": code("labour", "技能劳动力 普通劳动力 弱劳动力或半劳动力 丧失劳动力 无劳动力"),
            },
            {"t_months": "CASE WHEN v_months <= 12 THEN v_months END"},
        ],
    )
    layers = held_by(
        layers,
        "h IS NULL",
        "p IS NULL",
        *blank("name"),
        "v_relation IS DISTINCT FROM true",
        *wrong(sex="v_sex", birth="t_birth", health="v_health", labour="v_labour", months="t_months"),
    )
    said = "(year(t_birth) * 10000 + month(t_birth) * 100 + day(t_birth))::INTEGER"
    out = {
        "h": "h",
        "p": "p",
        "odd_h": "CASE WHEN h < 0 THEN hid END",
        "odd_p": "CASE WHEN p < 0 THEN pno END",
        "k": PERSON["k"],
        "z": "z_id",
        "number": PERSON["number"],
        "who": "hash(name)",
        "born": f"CASE WHEN ok_id AND NOT z_id THEN NULL ELSE {said} END",
        "sex": "v_sex::TINYINT",
        "excused": "reason IS NOT NULL AND NOT blank(reason)",
    }
    content = (
        "h, name, i_id, relation, v_sex, t_birth, ethnicity, education, schooling, health, labour, t_months, "
        "reason"
    )
    return layers, out, key_of("p"), content


def incomes() -> Select:
    """户年度收入"""
    parts = ("wage", "business", "property", "transfer", "cost")
    layers = side_by_side(
        money(*parts),
        money("net", "head", low=-10_000_000),
        household(),
        year("year"),
        [{"v_persons": "small(persons)"}],
    )
    total = "v_wage + v_business + v_property + v_transfer - v_cost"
    layers = held_by(
        layers,
        "h IS NULL",
        "t_year IS NULL",
        f"t_year <> {LAST_YEAR}",
        "v_persons IS NULL",
        "v_persons = 0",
        *(f"v_{c} IS NULL" for c in (*parts, "net", "head")),
        f"abs({total} - v_net) > 100",
        "abs(v_head * v_persons - v_net) > 100 * v_persons",
    )
    content = "h, t_year, v_persons, v_wage, v_business, v_property, v_transfer, v_cost, v_net, v_head"
    return (
        layers,
        {"h": "h", "y": "t_year", "persons": "v_persons", "net": total},
        key_of("h", "t_year"),
        content,
    )


def reports() -> Select:
    """线索上报"""
    layers = side_by_side(
        day("day"),
        household(),
        [{"v_source": code("source", "农户申报 干部走访 信访 其他"), "v_reason": risk("reason")}],
    )
    layers = held_by(
        layers,
        *blank("rid"),
        *damaged("rid"),
        "h IS NULL",
        "v_source IS NULL",
        "t_day IS NULL",
        "v_reason IS NULL",
    )
    return layers, {}, text_key("rid"), "h, source, t_day, reason, note"


def visits() -> Select:
    """入户核查结果"""
    measures = "产业帮扶 就业帮扶 公益岗位 金融帮扶 健康帮扶 教育保障 住房保障 饮水保障 综合保障 社会帮扶"
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
                "v_measure": code("measure", measures),
                "v_removal": code("removal", "帮扶消除 自然消除"),
                **{f"v_risk{n}": risk(f"risk{n}") for n in (1, 2, 3)},
            }
        ],
    )
    optional = {c: f"v_{c}" for c in ("class", "measure", "removal", "risk1", "risk2", "risk3")}
    layers = held_by(
        layers,
        *blank("clue"),
        *damaged("clue"),
        "h IS NULL",
        "t_day IS NULL",
        "v_finding IS NULL",
        "v_finding = 3 AND v_class = 1",
        "t_removed < t_decided",
        *wrong(**optional, decided="t_decided", measured="t_measured", removed="t_removed"),
    )
    content = (
        "h, visitor, finding, class, t_decided, risk1, risk2, risk3, measure, t_measured, removal, "
        "t_removed, note"
    )
    return layers, {}, text_key("clue", "t_day"), content
