"""The feeds of the departments: health, education, civil affairs, water."""

from __future__ import annotations

from benchmarks.floor.columns import COLUMNS
from benchmarks.floor.layers import (
    LAST_YEAR,
    PERSON,
    Fault,
    Layers,
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
    side_by_side,
    text_key,
    village,
    wrong,
    year,
)


def insurance() -> Select:
    """医保参保"""
    layers = side_by_side(
        number("id"),
        year("year", f"{LAST_YEAR} + 1"),
        [
            {
                "v_scheme": code("scheme", _1="城乡居民", _2="城镇职工"),
                "v_cover": "flag(cover)",
                "v_status": code("status", _1="正常", _2="暂停", _3="终止"),
            }
        ],
    )
    layers = held_by(
        layers,
        "NOT ok_id",
        *blank("name"),
        "v_scheme IS NULL",
        "t_year IS NULL",
        "v_status IS NULL",
        *wrong(cover="v_cover"),
    )
    out = {**PERSON, "y": "t_year::SMALLINT", "insured": "v_status = 1"}
    return layers, out, key_of("n_id", "v_scheme", "t_year"), "name, v_status, v_cover"


AMOUNTS = ("total", "pooled", "major", "aid", "other", "own", "scope", "deductible", "copay", "chronic")


def settlements() -> Select:
    """医保结算"""
    values = ", ".join(f"v_{c}" for c in AMOUNTS)
    layers = side_by_side(
        number("id"),
        money(*AMOUNTS, low=-10_000_000),
        day("day"),
        household(),
        [
            {
                "v_care": code("care", _1="门诊", _2="住院", _3="门诊慢性病"),
                "rev": "CASE WHEN NOT blank(rid) THEN hash(rid) END",
            },
            {},
            {"least": f"least({values})", "most": f"greatest({values})"},
        ],
    )
    must = ("total", "pooled", "major", "aid", "own")
    layers = held_by(
        layers,
        *blank("sid"),
        *damaged("sid", "rid"),
        "NOT ok_id",
        *blank("name"),
        "v_care IS NULL",
        "t_day IS NULL",
        *(f"v_{c} IS NULL" for c in must),
        *wrong(**{c: f"v_{c}" for c in AMOUNTS if c not in must}),
        "abs(v_pooled + v_major + v_aid + coalesce(v_other, 0) + v_own - v_total) > 5",
        "abs(v_scope) > abs(v_own)",
        "least < 0 AND (most > 0 OR rev IS NULL)",
        "most > 0 AND rev IS NOT NULL",
    )
    out = {
        **PERSON,
        "rev": "rev",
        "h": "h",
        "day": "t_day",
        "amount": "v_total",
        **{c: f"v_{c}" for c in AMOUNTS},
    }
    return layers, out, text_key("sid"), f"n_id, rev, name, h, v_care, t_day, {values}"


def _listed(feed: str, key: str, *texts: str) -> Select:
    """Feeds of a person, a day and some text."""
    layers = held_by(
        side_by_side(number("id"), day("day")), "NOT ok_id", *blank("name", *texts), "t_day IS NULL"
    )
    others = [c for c in COLUMNS[feed].all if c not in ("id", "day")]
    return layers, {**PERSON, "day": "t_day"}, key, f"n_id, t_day, {', '.join(others)}"


def major_diseases() -> Select:
    """大病救治名单"""
    return _listed("major_diseases", text_key("disease", "n_id"), "disease")


def checkups() -> Select:
    """免费体检"""
    return _listed("checkups", key_of("n_id", "t_day"))


def deaths() -> Select:
    """死亡登记"""
    return _listed("deaths", key_of("n_id"))


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


def allowances() -> Select:
    """低保发放"""
    layers = side_by_side(
        number("id"),
        number("head_id")[:3],
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
