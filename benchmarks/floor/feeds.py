"""One SELECT per feed: text in, typed and checked rows out. Read them as the row gate of the spec, by hand.

Every table has `f` (the delivery), `held` (null: no row at all, to be left out), `key` (a hash; unreadable keys are hashed by content) and `content` (a
hash of the row). Rows about persons have `k` (first 17 digits, null when unusable), `z` (the number ends in 000
and still waits for its second feed), `number` and `who` (number as text and hash of the name, of bad rows only).
"""

from __future__ import annotations

from benchmarks.floor.cells import (
    TOTALS, Layers, amount, any_of, blank, by_excel, cents, code, date_layers, decimal, flag, inside, key_layers, month, number_layers,
    place_layers, real_month, small, term, wash, wrong, year,
)  # fmt: skip
from benchmarks.floor.columns import COLUMNS

Select = tuple[Layers, dict[str, str], str, str]  # layers, columns out, key, content

LAST_MONTH, LAST_YEAR = "pe // 100", "pe // 10000"
PERSON = {
    "k": "CASE WHEN ok_id THEN n_id END",
    "z": "z_id",
    "number": "CASE WHEN NOT ok_id OR z_id THEN i_id END",
    "who": "CASE WHEN held OR z_id THEN hash(name) END",
}
RAW = {feed: ", ".join(columns.all) for feed, columns in COLUMNS.items()}
RISKS = code("{0}", {"1": "因病 因残 因学 因灾 缺劳动力 因意外事故 因产业失败 因务工就业不稳 住房 饮水 其他"})


def sql(feed: str, rows: str) -> str:
    """The SELECT of a feed over its rows of text."""
    layers, out, key, content = FEEDS[feed]()
    for layer in layers:
        rows = f"SELECT *, {', '.join(f'{value} AS {name}' for name, value in layer.items())} FROM ({rows})"
    hashed = f"CASE WHEN held THEN hash({RAW[feed]}) ELSE hash({content}) END"
    first = f"coalesce(c0, {RAW[feed]})"
    no_row = f"coalesce({first} IS NULL OR {first} = h0 OR regexp_matches({wash(first)}, '^({TOTALS})'), true)"
    held = f"CASE WHEN NOT held THEN false WHEN NOT {no_row} THEN true END"
    values = {"f": "f", "held": held, **out, "key": f"coalesce({key}, {hashed})", "content": hashed}
    return f"SELECT {', '.join(f'{value} AS {name}' for name, value in values.items())} FROM ({rows})"


def _held(layers: Layers, *conditions: str) -> Layers:
    """The layers with one more in which the row's faults come together."""
    depth = len(layers) - any(set(name[:2] for name in layer) == {"z_"} for layer in layers[-1:])
    return _merge(layers, [{}] * depth + [{"held": any_of("bad", *conditions)}])


def _merge(*stacks: Layers) -> Layers:
    """Layers side by side: the first of each together, and so on."""
    depth = max(map(len, stacks))
    return [{n: v for s in stacks if level < len(s) for n, v in s[level].items()} for level in range(depth)]


def _key(*parts: str) -> str:
    """A hash of the key, null where a part cannot be read."""
    return f"CASE WHEN {' AND '.join(f'{part} IS NOT NULL' for part in parts)} THEN hash({', '.join(parts)}) END"


def _money(*columns: str, low: int = 0, bound: int = 10_000_000) -> Layers:
    return [{f"m_{c}": amount(c) for c in columns}, {f"v_{c}": cents(c, low, bound) for c in columns}]


def _month(c: str) -> Layers:
    return [{f"d_{c}": month(c)}, {f"t_{c}": real_month(f"d_{c}", LAST_MONTH)}]


def divisions() -> Select:
    layers = _merge(place_layers("code", (6, 9, 12)), [{"lv": code("level", {"1": "县 乡 村 县级 乡级 村级"})}])
    layers = _held(layers, "v IS NULL", blank("name"), "lv IS NULL")
    return layers, {"v": "v"}, _key("v"), "v, name, parent, lv"


def households() -> Select:
    layers = _merge(
        number_layers("id"), key_layers("hid", "h", 16), place_layers("village"),
        [
            {
                "d_exited": year("exited"), "d_since": month("since"),
                "v_class": code("class", {"1": "脱贫不稳定户 脱贫监测户", "2": "边缘易致贫户 边缘户", "3": "突发严重困难户"}),
                "v_removed": flag("removed"), "v_water": flag("water"), "v_insured": flag("insured"),
                "v_grade": code("grade", {c: w for c, w in zip("1234", "ABCD", strict=True)}),
                **{f"v_risk{n}": RISKS.format(f"risk{n}") for n in (1, 2, 3)},
            },
            {
                "t_exited": inside("d_exited", "1900", LAST_YEAR), "t_since": real_month("d_since", LAST_MONTH),
            },
            {
                "v_type": "CASE type WHEN '脱贫户' THEN true WHEN '建档立卡脱贫户' THEN true WHEN '一般农户' THEN false "
                "WHEN '非贫困户' THEN false WHEN '建档立卡贫困户' THEN CASE WHEN t_exited IS NOT NULL THEN true END END",
            },
        ],
    )  # fmt: skip
    optional = [wrong(c, v) for c, v in {
        "class": "v_class", "exited": "t_exited", "since": "t_since", "removed": "v_removed", "risk1": "v_risk1",
        "risk2": "v_risk2", "risk3": "v_risk3", "grade": "v_grade", "water": "v_water", "insured": "v_insured",
    }.items()]  # fmt: skip
    layers = _held(layers, "h IS NULL", "v IS NULL", blank("name"), "NOT ok_id", "v_type IS NULL", *optional)
    out = {
        "h": "h", "odd": "CASE WHEN h < 0 THEN hid END", "v": "v", "lifted": "v_type",
        "watched": "v_class IS NOT NULL AND v_removed IS DISTINCT FROM true", "grade": "v_grade::TINYINT",
        "k": PERSON["k"], "z": "z_id", "who": PERSON["who"],
    }  # fmt: skip
    content = "v, hamlet, name, n_id, v_type, v_class, t_exited, t_since, v_removed, risk1, risk2, risk3, grade, " \
              "v_water, v_insured, phone"  # fmt: skip
    return layers, out, _key("h"), content


RELATIONS = "户主 配偶 之子 之女 之儿媳 之女婿 之孙子 之孙女 之外孙子 之外孙女 之父 之母 之岳父 之岳母 之公公 之婆婆 之祖父 之祖母 " \
            "之兄弟姐妹 其他"  # fmt: skip


def members() -> Select:
    known = "健康|长期慢性病|大病|残疾"
    layers = _merge(
        number_layers("id"),
        date_layers("birth"), key_layers("hid", "h", 16), key_layers("pno", "p", 12),
        [
            {
                "v_months": small("months"),
                "v_relation": f"CASE WHEN strlen(relation) <= 2 THEN try_cast(relation AS UTINYINT) IS NOT NULL "
                f"ELSE {code('relation', {'true': RELATIONS})} END",
                "v_sex": code("sex", {"1": "男 1", "2": "女 2"}),
                "v_health": f"CASE WHEN health IS NULL OR health IN ('健康', '长期慢性病', '残疾', '大病') THEN true "
                f"WHEN regexp_full_match(replace(health, ' ', ''), '({known})([,，、;；]({known}))*') THEN true END",
                "v_labour": code("labour", {"1": "技能劳动力 普通劳动力 弱劳动力或半劳动力 丧失劳动力 无劳动力"}),
            },
            {"t_months": inside("v_months", "0", "12")},
        ],
    )  # fmt: skip
    layers = _held(layers, "h IS NULL", "p IS NULL", blank("name"), "v_relation IS DISTINCT FROM true",
        wrong("sex", "v_sex"), wrong("birth", "t_birth"), wrong("health", "v_health"), wrong("labour", "v_labour"),
        wrong("months", "t_months"),
    )  # fmt: skip
    born = "(year(t_birth) * 10000 + month(t_birth) * 100 + day(t_birth))::INTEGER"
    out = {
        "h": "h", "p": "p", "odd_h": "CASE WHEN h < 0 THEN hid END", "odd_p": "CASE WHEN p < 0 THEN pno END",
        "k": PERSON["k"], "z": "z_id", "number": PERSON["number"], "who": "hash(name)",
        "born": f"CASE WHEN ok_id AND NOT z_id THEN NULL ELSE {born} END", "sex": "v_sex::TINYINT",
        "excused": f"NOT {blank('reason')}",
    }  # fmt: skip
    content = "h, name, i_id, relation, v_sex, t_birth, ethnicity, education, schooling, health, labour, t_months, reason"
    return layers, out, _key("p"), content


def incomes() -> Select:
    gained = ("wage", "business", "property", "transfer", "cost")
    layers = _merge(
        _money(*gained),
        _money("net", "head", low=-1),
        key_layers("hid", "h", 16),
        [
            {"d_year": year("year"), "v_persons": small("persons")},
            {"y": inside("d_year", "1900", LAST_YEAR)},
        ],
    )
    layers = _held(layers, "h IS NULL", "y IS NULL", f"y <> {LAST_YEAR}", "v_persons IS NULL", "v_persons = 0",
        *(f"v_{c} IS NULL" for c in (*gained, "net", "head")),
        "abs(v_wage + v_business + v_property + v_transfer - v_cost - v_net) > 100",
        "abs(v_head * v_persons - v_net) > 100 * v_persons",
    )  # fmt: skip
    out = {"h": "h", "y": "y", "persons": "v_persons", "net": "v_wage + v_business + v_property + v_transfer - v_cost",
           "amount": "v_net"}  # fmt: skip
    content = "h, y, v_persons, v_wage, v_business, v_property, v_transfer, v_cost, v_net, v_head"
    return layers, out, _key("h", "y"), content


def reports() -> Select:
    layers = _merge(date_layers("day"), key_layers("hid", "h", 16), [{
        "v_source": code("source", {"1": "农户申报 干部走访 信访 其他"}),
        "v_reason": RISKS.format("reason"),
    }])  # fmt: skip
    layers = _held(layers, by_excel("rid"), blank("rid"), "h IS NULL", "v_source IS NULL", "t_day IS NULL", "v_reason IS NULL")
    return layers, {}, _key("rid"), "h, source, t_day, reason, note"


def visits() -> Select:
    days = ("decided", "measured", "removed")
    measures = "产业帮扶 就业帮扶 公益岗位 金融帮扶 健康帮扶 教育保障 住房保障 饮水保障 综合保障 社会帮扶"
    layers = _merge(
        date_layers("day"), *map(date_layers, days),
        key_layers("hid", "h", 16),
        [{
            "v_finding": code("finding", {"1": "属实", "2": "部分属实", "3": "不属实"}),
            "v_class": code("class", {"1": "脱贫不稳定户 脱贫监测户 边缘易致贫户 边缘户 突发严重困难户", "0": "不纳入"}),
            "v_measure": code("measure", {"1": measures}), "v_removal": code("removal", {"1": "帮扶消除 自然消除"}),
            **{f"v_risk{n}": RISKS.format(f"risk{n}") for n in (1, 2, 3)},
        }],
    )  # fmt: skip
    optional = ("class", "measure", "removal", "risk1", "risk2", "risk3")
    layers = _held(layers, by_excel("clue"), blank("clue"), "h IS NULL", "t_day IS NULL", "v_finding IS NULL", "v_finding = 3 AND v_class = 1",
        "t_removed < t_decided", *(wrong(c, f"v_{c}") for c in optional), *(wrong(c, f"t_{c}") for c in days),
    )  # fmt: skip
    content = "h, visitor, finding, class, t_decided, risk1, risk2, risk3, measure, t_measured, removal, t_removed, note"
    return layers, {}, _key("clue", "t_day"), content


def insurance() -> Select:
    layers = _merge(number_layers("id"), [
        {
            "d_year": year("year"), "v_scheme": code("scheme", {"1": "城乡居民", "2": "城镇职工"}),
            "v_status": code("status", {"1": "正常", "2": "暂停", "3": "终止"}), "v_cover": flag("cover"),
        },
        {"y": inside("d_year", "1900", f"{LAST_YEAR} + 1")},
    ])  # fmt: skip
    layers = _held(layers, "NOT ok_id", blank("name"), "v_scheme IS NULL", "y IS NULL", "v_status IS NULL",
        wrong("cover", "v_cover"),
    )  # fmt: skip
    out = {**PERSON, "y": "y::SMALLINT", "insured": "v_status = 1"}
    return layers, out, _key("n_id", "v_scheme", "y"), "name, v_status, v_cover"


AMOUNTS = ("total", "pooled", "major", "aid", "other", "own", "scope", "deductible", "copay", "chronic")


def settlements() -> Select:
    values = [f"v_{c}" for c in AMOUNTS]
    layers = _merge(
        number_layers("id"), _money(*AMOUNTS, low=-1), date_layers("day"),
        key_layers("hid", "h", 16),
        [{
            "v_care": code("care", {"1": "门诊", "2": "住院", "3": "门诊慢性病"}),
            "rev": "CASE WHEN rid IS NULL OR rid IN ('-', '/', '无', '——', 'N/A', ' ') THEN NULL ELSE hash(rid) END",
        }],
        [{}, {}, {"least": f"least({', '.join(values)})", "most": f"greatest({', '.join(values)})"}],
    )  # fmt: skip
    must = ("total", "pooled", "major", "aid", "own")
    layers = _held(layers, by_excel("sid", "rid"), blank("sid"), "NOT ok_id", blank("name"), "v_care IS NULL", "t_day IS NULL",
        *(f"v_{c} IS NULL" for c in must), *(wrong(c, f"v_{c}") for c in AMOUNTS if c not in must),
        "abs(v_pooled + v_major + v_aid + coalesce(v_other, 0) + v_own - v_total) > 5", "abs(v_scope) > abs(v_own)",
        "least < 0 AND (most > 0 OR rev IS NULL)", "most > 0 AND rev IS NOT NULL",
    )  # fmt: skip
    out = {**PERSON, "rev": "rev", "h": "h", "day": "t_day", "amount": "v_total",
           **{c: f"v_{c}" for c in AMOUNTS}}  # fmt: skip
    content = f"n_id, rev, name, h, v_care, t_day, {', '.join(values)}"
    return layers, out, _key("sid"), content


def _listed(feed: str, key: str, *columns: str) -> Select:
    """Feeds of a person and a day: number, name, day and some text."""
    layers = _merge(number_layers("id"), date_layers("day"))
    layers = _held(layers, "NOT ok_id", blank("name"), "t_day IS NULL", *map(blank, columns))
    texts = [c for c in RAW[feed].split(", ") if c not in ("id", "day")]
    return layers, {**PERSON, "day": "t_day"}, key, f"n_id, t_day, {', '.join(texts)}"


def major_diseases() -> Select:
    return _listed("major_diseases", _key("n_id", "disease"), "disease")


def checkups() -> Select:
    return _listed("checkups", _key("n_id", "t_day"))


def deaths() -> Select:
    return _listed("deaths", _key("n_id"))


def enrolments() -> Select:
    stages = "学前 小学 初中 普通高中 中职 高职 本科"
    layers = _merge(number_layers("id"), _money("tuition", "board"), [{
        "v_term": term("term"), "v_stage": code("stage", {"1": stages}), "v_away": flag("away"),
        "v_boarding": code("boarding", {"1": "走读 1", "2": "住校 2", "9": "其他 9"}),
        "v_status": code("status", {"1": "在读", "2": "休学", "3": "退学", "4": "转出", "5": "毕业"}),
    }])  # fmt: skip
    layers = _held(layers, by_excel("pupil", "school"), blank("pupil"), blank("name"), "NOT ok_id", "v_term IS NULL", "v_term <> period",
        "v_stage IS NULL", blank("school_name"), "v_status IS NULL", wrong("boarding", "v_boarding"),
        wrong("away", "v_away"), wrong("tuition", "v_tuition"), wrong("board", "v_board"),
    )  # fmt: skip
    out = {**PERSON, "term": "CASE WHEN v_term = period THEN v_term END", "status": "v_status::TINYINT"}
    content = "n_id, name, stage, grade, school, school_name, v_boarding, v_status, v_away, v_tuition, v_board"
    key = f"CASE WHEN NOT {blank('pupil')} AND v_term IS NOT NULL THEN hash(pupil, v_term, coalesce(school, '')) END"
    return layers, out, key, content


def dropouts() -> Select:
    layers = _merge(number_layers("id"), date_layers("day"), date_layers("back_on"), [{"v_back": flag("back")}])
    layers = _held(layers, "NOT ok_id", blank("name"), "t_day IS NULL", "v_back IS NULL",
                 wrong("back_on", "t_back_on"))  # fmt: skip
    return layers, {**PERSON, "back": "v_back"}, _key("n_id"), "name, t_day, reason, v_back, t_back_on"


def grants() -> Select:
    layers = _merge(number_layers("id"), _money("amount"), date_layers("day", "pd + INTERVAL 1 YEAR"), [
        {"v_term": term("term"), "v_away": flag("away")},
    ])  # fmt: skip
    layers = _held(layers, by_excel("gid"), blank("gid"), "NOT ok_id", blank("name"), "v_term IS NULL", blank("programme"),
        "v_amount IS NULL", "t_day IS NULL", wrong("away", "v_away"),
    )  # fmt: skip
    programme = "CASE programme WHEN '家庭经济困难学生资助' THEN 1 WHEN '教育扶贫资金' THEN 2 ELSE 0 END::TINYINT"
    out = {**PERSON, "term": "v_term", "programme": programme, "amount": "v_amount", "day": "t_day", "away": "v_away"}
    return layers, out, _key("gid"), "n_id, name, v_term, programme, v_amount, t_day, v_away"


def allowances() -> Select:
    kind = "coalesce(v_kind, 1)"
    layers = _merge(number_layers("id"), number_layers("head_id"), _money("amount"), _month("month"), _month("since"), [{
        "v_grade": code("grade", {"1": "A 一类", "2": "B 二类", "3": "C 三类"}),
        "v_kind": code("kind", {"1": "正常", "2": "补发"}),
    }])  # fmt: skip
    head_number = f"CASE WHEN head_id IS NULL OR ok_head_id THEN false ELSE {wash('head_id')} NOT IN {ABSENT_NUMBER} END"
    layers = _held(layers, by_excel("cert"), blank("cert"), blank("name"), "NOT ok_id", head_number, "v_grade IS NULL", "t_month IS NULL",
        "v_amount IS NULL", wrong("kind", "v_kind"), wrong("since", "t_since"),
    )  # fmt: skip
    out = {**PERSON, "month": "t_month", "amount": "v_amount"}
    key = f"CASE WHEN NOT {blank('cert')} AND n_id IS NOT NULL AND t_month IS NOT NULL AND NOT {wrong('kind', 'v_kind')} " \
          f"THEN hash(cert, n_id, t_month, {kind}) END"  # fmt: skip
    return layers, out, key, "head, n_head_id, name, v_grade, t_since, v_amount"


ABSENT_NUMBER = "('', '-', '/', '无', '——', 'N/A', '未办', '无户口')"


def destitute() -> Select:
    layers = _merge(number_layers("id"), _money("amount"), _month("month"), [{
        "v_care": code("care", {"1": "集中", "2": "分散"}), "v_level": code("level", {"1": "全自理 半护理 全护理"}),
        "v_kind": code("kind", {"1": "正常", "2": "补发"}),
    }])  # fmt: skip
    layers = _held(layers, blank("name"), "NOT ok_id", "v_care IS NULL", "t_month IS NULL", "v_amount IS NULL",
        wrong("level", "v_level"), wrong("kind", "v_kind"),
    )  # fmt: skip
    out = {**PERSON, "month": "t_month", "amount": "v_amount"}
    key = f"CASE WHEN n_id IS NOT NULL AND t_month IS NOT NULL AND NOT {wrong('kind', 'v_kind')} " \
          "THEN hash(n_id, t_month, coalesce(v_kind, 1)) END"  # fmt: skip
    return layers, out, key, "name, care, level, v_amount"


def relief() -> Select:
    layers = _merge(number_layers("id"), _money("amount"), date_layers("day"), date_layers("applied"))
    layers = _held(layers, by_excel("rid"), blank("rid"), "NOT ok_id", blank("name"), blank("reason"), "v_amount IS NULL", "t_day IS NULL",
        wrong("applied", "t_applied"),
    )  # fmt: skip
    out = {**PERSON, "day": "t_day", "amount": "v_amount"}
    return layers, out, _key("rid"), "n_id, name, t_applied, reason, v_amount, t_day"


def _certificate() -> Layers:
    """The certificate's own text without ornaments: type and grade are its digits 19 and 20."""
    bare = "upper(regexp_replace(translate(id, '０１２３４５６７８９Ｘｘ', '0123456789XX'), '[\\s''=\"‘’“”]', '', 'g'))"
    return [
        {"full_id": f"CASE WHEN strlen(id) IN (20, 22) AND right(i_id, 1) <> 'x' THEN id ELSE {bare} END"},
        {
            "fits": "strlen(full_id) IN (20, 22) AND substr(full_id, 19, 1) BETWEEN '1' AND '7' "
            "AND substr(full_id, 20, 1) BETWEEN '1' AND '4'"
        },
    ]


def disability() -> Select:
    kinds = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
    grades = ("一级", "二级", "三级", "四级")
    layers = _merge(number_layers("id"), [{}, *_certificate()], date_layers("day"), [{
        "v_type": code("type", {str(n): f"{n} {w} {n}{w}" for n, w in enumerate(kinds, 1)}),
        "v_grade": code("grade", {str(n): f"{n} {w} {n}级" for n, w in enumerate(grades, 1)}),
        "v_status": code("status", {"1": "有效", "2": "注销", "3": "过期"}),
    }])  # fmt: skip
    layers = _held(layers, "NOT ok_id", "fits IS DISTINCT FROM true", blank("name"), "v_type IS NULL", "v_grade IS NULL",
        "t_day IS NULL", "v_status IS NULL", "fits AND substr(full_id, 19, 1) <> v_type::VARCHAR",
        "fits AND substr(full_id, 20, 1) <> v_grade::VARCHAR",
    )  # fmt: skip
    severe = "v_status = 1 AND (v_grade <= 2 OR v_grade = 3 AND v_type IN (5, 6))"
    out = {**PERSON, "cert": "hash(full_id)", "day": "t_day", "severe": severe}
    return layers, out, "CASE WHEN fits THEN hash(full_id) END", "name, v_type, v_grade, t_day, v_status"


def disability_subsidies() -> Select:
    layers = _merge(number_layers("id"), [{}, *_certificate()], _money("amount"), _month("month"), [{
        "v_subsidy": code("subsidy", {"1": "困难残疾人生活补贴", "2": "重度残疾人护理补贴"}),
    }])  # fmt: skip
    layers = _held(layers, "NOT ok_id", "fits IS DISTINCT FROM true", blank("name"), "v_subsidy IS NULL",
        "t_month IS NULL", "v_amount IS NULL",
    )  # fmt: skip
    out = {**PERSON, "cert": "hash(full_id)", "month": "t_month", "amount": "v_amount"}
    return layers, out, _key("full_id", "v_subsidy", "t_month"), "name, v_amount"


def projects() -> Select:
    layers = _merge(_money("investment", bound=1_000_000_000), place_layers("village"), [
        {
            "d_built": year("built"), "v_people": small("people"), "v_homes": small("homes"),
            "v_kind": code("kind", {"1": "城乡一体 千吨万人 集中 分散"}),
        },
        {"t_built": inside("d_built", "1900", LAST_YEAR)},
    ])  # fmt: skip
    layers = _held(layers, by_excel("project"), blank("project"), blank("name"), "v_kind IS NULL", "t_built IS NULL", "v IS NULL",
        wrong("investment", "v_investment"), wrong("people", "v_people"), wrong("homes", "v_homes"),
    )  # fmt: skip
    out = {"project": "hash(project)", "v": "v", "built": "t_built", "investment": "v_investment", "people": "v_people"}
    content = "name, kind, t_built, v_investment, v_people, v_homes"
    return layers, out, f"CASE WHEN NOT {blank('project')} THEN {_key('project', 'v')} END", content


def access() -> Select:
    numbers = ("litres", "minutes", "distance", "climb")
    layers = _merge(key_layers("hid", "h", 16), [{
        **{f"v_{c}": decimal(c) for c in numbers},
        "v_mode": code("mode", {"1": "入户", "2": "集中供水点", "3": "自备井", "4": "其他"}),
        "v_quality": code("quality", {"1": "合格", "2": "不合格", "3": "未检"}), "v_scarce": flag("scarce"),
    }])  # fmt: skip
    optional = (*numbers, "mode", "quality", "scarce")
    layers = _held(layers, "h IS NULL", "v_litres > 500", *(wrong(c, f"v_{c}") for c in optional))
    out = {"h": "h", **{c: f"v_{c}" for c in numbers}, "mode": "v_mode::TINYINT", "quality": "v_quality::TINYINT",
           "scarce": "v_scarce"}  # fmt: skip
    return layers, out, _key("h"), ", ".join(f"v_{c}" for c in optional)


def outages() -> Select:
    layers = _merge(date_layers("began"), date_layers("ended"), place_layers("village"))
    layers = _held(layers, by_excel("oid", "project"), blank("oid"), blank("project"), "v IS NULL", "t_began IS NULL", wrong("ended", "t_ended"),
        "t_ended < t_began",
    )  # fmt: skip
    readable = "CASE WHEN t_ended < t_began THEN NULL ELSE {0} END"
    ended = f"CASE WHEN {wrong('ended', 't_ended')} THEN NULL ELSE t_ended END"
    out = {"project": "hash(project)", "v": "v", "began": readable.format("t_began"), "ended": readable.format(ended)}
    return layers, out, f"CASE WHEN NOT {blank('oid')} THEN hash(oid) END", "project, v, t_began, t_ended, reason"


def quality_tests() -> Select:
    numbers = ("ph", "turbidity", "chlorine", "hardness", "ammonia", "permanganate")
    layers = _merge(date_layers("day"), [{
        "v_conclusion": code("conclusion", {"true": "合格", "false": "不合格"}),
        **{f"v_{c}": decimal(c) for c in numbers},
    }])  # fmt: skip
    layers = _held(layers, by_excel("sample", "project"), blank("sample"), blank("project"), "t_day IS NULL", "v_conclusion IS NULL",
        *(wrong(c, f"v_{c}") for c in numbers),
    )  # fmt: skip
    out = {"project": f"CASE WHEN NOT {blank('project')} THEN hash(project) END", "day": "t_day", "good": "v_conclusion"}
    content = "project, t_day, v_conclusion, " + ", ".join(f"v_{c}" for c in numbers)
    return layers, out, f"CASE WHEN NOT {blank('sample')} THEN hash(sample) END", content


FEEDS = {feed: globals()[feed] for feed in COLUMNS}
