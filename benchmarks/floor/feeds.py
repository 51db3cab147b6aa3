"""One SELECT per feed: text in, typed and checked rows out. Read them as the row gate of the spec, by hand.

Every table has `f` (the delivery), `held` (null: no row at all, to be left out), `key` (a hash; unreadable keys are
hashed by content) and `content` (a hash of the row). Rows about persons have `k` (the first 17 digits, null when
unusable), `z` (the number ends in 000 and waits for its second feed), `number` and `who` (number as text and hash of
the name, of bad rows only). The macros are those of cells.sql.

A SELECT is written in layers, each working on the columns of the one before: an alias inside one SELECT would be
computed again wherever it is used in a CASE.
"""

from __future__ import annotations

from benchmarks.floor.columns import COLUMNS

Layers = list[dict[str, str]]
Select = tuple[Layers, dict[str, str], str, str]  # layers, columns out, key, content

LAST_MONTH, LAST_YEAR = "pe // 100", "pe // 10000"
PERSON = {
    "k": "CASE WHEN ok_id THEN n_id END",
    "z": "z_id",
    "number": "CASE WHEN NOT ok_id OR z_id THEN i_id END",
    "who": "CASE WHEN held OR z_id THEN hash(name) END",
}
RAW = {feed: ", ".join(columns.all) for feed, columns in COLUMNS.items()}


class Fault(str):
    """A condition under which a row is held, and a cheaper one (`hint`) that is never false where it holds."""

    hint: str

    def __new__(cls, condition: str, hint: str = "") -> Fault:
        """`hint` defaults to the condition itself."""
        self = super().__new__(cls, condition)
        self.hint = hint or condition
        return self


def sql(feed: str, rows: str) -> str:
    """The SELECT of a feed over its rows of text."""
    layers, out, key, content = FEEDS[feed]()
    for layer in layers:
        rows = f"SELECT *, {', '.join(f'{value} AS {name}' for name, value in layer.items())} FROM ({rows})"
    hashed = f"CASE WHEN held THEN hash({RAW[feed]}) ELSE hash({content}) END"
    first = f"coalesce(c0, {RAW[feed]})"
    held = f"CASE WHEN NOT held THEN false WHEN NOT coalesce({first} = h0 OR no_row({first}), true) THEN true END"
    values = {"f": "f", "held": held, **out, "key": f"coalesce({key}, {hashed})", "content": hashed}
    return f"SELECT {', '.join(f'{value} AS {name}' for name, value in values.items())} FROM ({rows})"


def _merge(*stacks: Layers) -> Layers:
    """Layers side by side: the first of each together, and so on."""
    depth = max(map(len, stacks))
    return [{n: v for s in stacks if level < len(s) for n, v in s[level].items()} for level in range(depth)]


def _held(layers: Layers, *conditions: str) -> Layers:
    """The layers with one more in which the row's faults come together: all of them only where one is hinted at."""
    hints = " OR ".join(f"({c.hint if isinstance(c, Fault) else c})" for c in conditions)
    faults = " OR ".join(f"({c})" for c in conditions)  # a null is a missing operand, which has its own condition
    held = f"CASE WHEN bad OR {hints} THEN coalesce(bad OR {faults}, false) ELSE false END"
    depth = len(layers) - (list(layers[-1]) == ["z_id"])
    return _merge(layers, [{}] * depth + [{"held": held}])


def _blank(*columns: str) -> list[str]:
    """Text that must be filled and is not."""
    return [Fault(f"blank({c})", f"{c} IS NULL OR strlen({c}) < 6 OR {c} = '——'") for c in columns]


def _wrong(**values: str) -> list[str]:
    """Cells that may be empty and say something unreadable, by column and typed value."""
    return [Fault(f"wrong({c}, {value})", f"{c} IS NOT NULL AND {value} IS NULL") for c, value in values.items()]


def _damaged(*columns: str) -> list[str]:
    return [f"by_excel({c})" for c in columns]


def _code(c: str, *words: str, **literals: str) -> str:
    """1 for one of the words; or SQL literals (`_2`) by their words, joined by blanks."""
    said = literals or {"_1": " ".join(words)}
    branches = " ".join(f"WHEN '{w}' THEN {literal[1:]}" for literal, ws in said.items() for w in ws.split())
    return f"CASE {c} {branches} END"


def _risk(c: str) -> str:
    return _code(c, "因病 因残 因学 因灾 缺劳动力 因意外事故 因产业失败 因务工就业不稳 住房 饮水 其他")


def _number(c: str) -> Layers:
    """`n_<c>`: the first 17 digits, `ok_<c>`: usable (damage apart), `z_<c>`: ends in 000."""
    i, w, n, d = f"i_{c}", f"w_{c}", f"n_{c}", f"d_{c}"
    return [
        {i: f"eighteen({c})", w: f"whole({c})"},
        {n: f"seventeen({i}, {w})", d: f"check_digit({i}, {w})"},
        {f"ok_{c}": f"is_usable({n}, {d}, pe)"},
        {f"z_{c}": f"ok_{c} AND {n} % 100 = 0 AND {d} = 0"},
    ]


def _office(c: str, name: str, digits: int) -> Layers:
    """`name`: a number that the register gives, as BIGINT."""
    return [{f"q_{c}": f"try_cast({c} AS BIGINT)"}, {name: f"office_key({c}, q_{c}, {digits})"}]


def _household() -> Layers:
    return _office("hid", "h", 16)


def _village() -> Layers:
    return [{"q_village": "try_cast(village AS BIGINT)"}, {"v": "village(village, q_village)"}]


def _day(c: str, last: str = "pd") -> Layers:
    return [{f"e_{c}": f"eight({c})"}, {f"d_{c}": f"day_of({c}, e_{c})"}, {f"t_{c}": f"real_day(d_{c}, {last})"}]


def _month(c: str) -> Layers:
    return [{f"d_{c}": f"month_of({c})"}, {f"t_{c}": f"real_month(d_{c}, {LAST_MONTH})"}]


def _year(c: str, last: str = LAST_YEAR) -> Layers:
    return [{f"d_{c}": f"year_of({c})"}, {f"t_{c}": f"real_year(d_{c}, {last})"}]


def _money(*columns: str, low: int = 0, high: int = 10_000_000) -> Layers:
    return [
        {f"m_{c}": f"amount({c}, u_{c})" for c in columns},
        {f"v_{c}": f"cents(m_{c}, u_{c}, {low}, {high})" for c in columns},
    ]


def _key(*parts: str) -> str:
    """A hash of the key, null where a part cannot be read."""
    return f"CASE WHEN {' AND '.join(f'{part} IS NOT NULL' for part in parts)} THEN hash({', '.join(parts)}) END"


def _text_key(c: str, *parts: str) -> str:
    return f"CASE WHEN NOT blank({c}) THEN {_key(c, *parts)} END"


def divisions() -> Select:
    """行政区划"""
    layers = [{"v": "division(code)", "lv": _code("level", "县 乡 村")}]
    return _held(layers, "v IS NULL", *_blank("name"), "lv IS NULL"), {"v": "v"}, _key("v"), "v, name, parent, lv"


def households() -> Select:
    """户信息"""
    classes = {"_1": "脱贫不稳定户 脱贫监测户", "_2": "边缘易致贫户 边缘户", "_3": "突发严重困难户"}
    types = {"_true": "脱贫户 建档立卡脱贫户", "_false": "一般农户 非贫困户"}
    layers = _merge(
        _number("id"), _household(), _village(), _year("exited"), _month("since"),
        [{
            "v_class": _code("class", **classes), "v_removed": "flag(removed)", "v_water": "flag(water)",
            "v_insured": "flag(insured)", "v_grade": _code("grade", _1="A", _2="B", _3="C", _4="D"),
            **{f"v_risk{n}": _risk(f"risk{n}") for n in (1, 2, 3)}, "v_kind": _code("type", **types),
        }],
        [{}, {}, {"v_type": "CASE WHEN type = '建档立卡贫困户' THEN t_exited IS NOT NULL OR NULL ELSE v_kind END"}],
    )  # fmt: skip
    optional = {c: f"v_{c}" for c in ("class", "removed", "risk1", "risk2", "risk3", "grade", "water", "insured")}
    layers = _held(layers, "h IS NULL", "v IS NULL", *_blank("name"), "NOT ok_id", "v_type IS NULL",
                   *_wrong(**optional, exited="t_exited", since="t_since"))  # fmt: skip
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
HEALTH = "(健康|长期慢性病|大病|残疾)"


def members() -> Select:
    """家庭成员: a bad number does not hold the row."""
    layers = _merge(
        _number("id"), _day("birth"), _household(), _office("pno", "p", 12),
        [
            {
                "v_months": "small(months)", "v_sex": _code("sex", _1="男 1", _2="女 2"),
                "v_relation": "CASE WHEN strlen(relation) <= 2 THEN try_cast(relation AS UTINYINT) IS NOT NULL "
                f"ELSE {_code('relation', _true=RELATIONS)} END",
                "v_health": "CASE WHEN health IS NULL OR health IN ('健康', '长期慢性病', '残疾', '大病') THEN true "
                f"WHEN regexp_full_match(replace(health, ' ', ''), '{HEALTH}([,，、;；]{HEALTH})*') THEN true END",
                "v_labour": _code("labour", "技能劳动力 普通劳动力 弱劳动力或半劳动力 丧失劳动力 无劳动力"),
            },
            {"t_months": "CASE WHEN v_months <= 12 THEN v_months END"},
        ],
    )  # fmt: skip
    layers = _held(
        layers, "h IS NULL", "p IS NULL", *_blank("name"), "v_relation IS DISTINCT FROM true",
        *_wrong(sex="v_sex", birth="t_birth", health="v_health", labour="v_labour", months="t_months"),
    )  # fmt: skip
    said = "(year(t_birth) * 10000 + month(t_birth) * 100 + day(t_birth))::INTEGER"
    out = {
        "h": "h", "p": "p", "odd_h": "CASE WHEN h < 0 THEN hid END", "odd_p": "CASE WHEN p < 0 THEN pno END",
        "k": PERSON["k"], "z": "z_id", "number": PERSON["number"], "who": "hash(name)",
        "born": f"CASE WHEN ok_id AND NOT z_id THEN NULL ELSE {said} END", "sex": "v_sex::TINYINT",
        "excused": "NOT blank(reason)",
    }  # fmt: skip
    content = "h, name, i_id, relation, v_sex, t_birth, ethnicity, education, schooling, health, labour, t_months, reason"
    return layers, out, _key("p"), content


def incomes() -> Select:
    """户年度收入"""
    parts = ("wage", "business", "property", "transfer", "cost")
    layers = _merge(
        _money(*parts), _money("net", "head", low=-10_000_000), _household(), _year("year"),
        [{"v_persons": "small(persons)"}],
    )  # fmt: skip
    total = "v_wage + v_business + v_property + v_transfer - v_cost"
    layers = _held(
        layers, "h IS NULL", "t_year IS NULL", f"t_year <> {LAST_YEAR}", "v_persons IS NULL", "v_persons = 0",
        *(f"v_{c} IS NULL" for c in (*parts, "net", "head")), f"abs({total} - v_net) > 100",
        "abs(v_head * v_persons - v_net) > 100 * v_persons",
    )  # fmt: skip
    content = "h, t_year, v_persons, v_wage, v_business, v_property, v_transfer, v_cost, v_net, v_head"
    return layers, {"h": "h", "y": "t_year", "persons": "v_persons", "net": total}, _key("h", "t_year"), content


def reports() -> Select:
    """线索上报"""
    layers = _merge(_day("day"), _household(), [
        {"v_source": _code("source", "农户申报 干部走访 信访 其他"), "v_reason": _risk("reason")}
    ])  # fmt: skip
    layers = _held(layers, *_blank("rid"), *_damaged("rid"), "h IS NULL", "v_source IS NULL", "t_day IS NULL",
                   "v_reason IS NULL")  # fmt: skip
    return layers, {}, _text_key("rid"), "h, source, t_day, reason, note"


def visits() -> Select:
    """入户核查结果"""
    measures = "产业帮扶 就业帮扶 公益岗位 金融帮扶 健康帮扶 教育保障 住房保障 饮水保障 综合保障 社会帮扶"
    classes = "脱贫不稳定户 脱贫监测户 边缘易致贫户 边缘户 突发严重困难户"
    layers = _merge(
        _day("day"), _day("decided"), _day("measured"), _day("removed"), _household(),
        [{
            "v_finding": _code("finding", _1="属实", _2="部分属实", _3="不属实"),
            "v_class": _code("class", _1=classes, _0="不纳入"), "v_measure": _code("measure", measures),
            "v_removal": _code("removal", "帮扶消除 自然消除"), **{f"v_risk{n}": _risk(f"risk{n}") for n in (1, 2, 3)},
        }],
    )  # fmt: skip
    optional = {c: f"v_{c}" for c in ("class", "measure", "removal", "risk1", "risk2", "risk3")}
    layers = _held(
        layers, *_blank("clue"), *_damaged("clue"), "h IS NULL", "t_day IS NULL", "v_finding IS NULL",
        "v_finding = 3 AND v_class = 1", "t_removed < t_decided",
        *_wrong(**optional, decided="t_decided", measured="t_measured", removed="t_removed"),
    )  # fmt: skip
    content = "h, visitor, finding, class, t_decided, risk1, risk2, risk3, measure, t_measured, removal, t_removed, note"
    return layers, {}, _text_key("clue", "t_day"), content


def insurance() -> Select:
    """医保参保"""
    layers = _merge(_number("id"), _year("year", f"{LAST_YEAR} + 1"), [{
        "v_scheme": _code("scheme", _1="城乡居民", _2="城镇职工"), "v_cover": "flag(cover)",
        "v_status": _code("status", _1="正常", _2="暂停", _3="终止"),
    }])  # fmt: skip
    layers = _held(layers, "NOT ok_id", *_blank("name"), "v_scheme IS NULL", "t_year IS NULL", "v_status IS NULL",
                   *_wrong(cover="v_cover"))  # fmt: skip
    out = {**PERSON, "y": "t_year::SMALLINT", "insured": "v_status = 1"}
    return layers, out, _key("n_id", "v_scheme", "t_year"), "name, v_status, v_cover"


AMOUNTS = ("total", "pooled", "major", "aid", "other", "own", "scope", "deductible", "copay", "chronic")


def settlements() -> Select:
    """医保结算"""
    values = ", ".join(f"v_{c}" for c in AMOUNTS)
    layers = _merge(
        _number("id"), _money(*AMOUNTS, low=-10_000_000), _day("day"), _household(),
        [
            {
                "v_care": _code("care", _1="门诊", _2="住院", _3="门诊慢性病"),
                "rev": "CASE WHEN NOT blank(rid) THEN hash(rid) END",
            },
            {},
            {"least": f"least({values})", "most": f"greatest({values})"},
        ],
    )  # fmt: skip
    must = ("total", "pooled", "major", "aid", "own")
    layers = _held(
        layers, *_blank("sid"), *_damaged("sid", "rid"), "NOT ok_id", *_blank("name"), "v_care IS NULL",
        "t_day IS NULL", *(f"v_{c} IS NULL" for c in must),
        *_wrong(**{c: f"v_{c}" for c in AMOUNTS if c not in must}),
        "abs(v_pooled + v_major + v_aid + coalesce(v_other, 0) + v_own - v_total) > 5", "abs(v_scope) > abs(v_own)",
        "least < 0 AND (most > 0 OR rev IS NULL)", "most > 0 AND rev IS NOT NULL",
    )  # fmt: skip
    out = {**PERSON, "rev": "rev", "h": "h", "day": "t_day", "amount": "v_total", **{c: f"v_{c}" for c in AMOUNTS}}
    return layers, out, _text_key("sid"), f"n_id, rev, name, h, v_care, t_day, {values}"


def _listed(feed: str, key: str, *texts: str) -> Select:
    """Feeds of a person, a day and some text."""
    layers = _held(_merge(_number("id"), _day("day")), "NOT ok_id", *_blank("name", *texts), "t_day IS NULL")
    others = [c for c in COLUMNS[feed].all if c not in ("id", "day")]
    return layers, {**PERSON, "day": "t_day"}, key, f"n_id, t_day, {', '.join(others)}"


def major_diseases() -> Select:
    """大病救治名单"""
    return _listed("major_diseases", _text_key("disease", "n_id"), "disease")


def checkups() -> Select:
    """免费体检"""
    return _listed("checkups", _key("n_id", "t_day"))


def deaths() -> Select:
    """死亡登记"""
    return _listed("deaths", _key("n_id"))


def enrolments() -> Select:
    """学籍"""
    layers = _merge(_number("id"), _money("tuition", "board"), [{
        "v_term": "term_of(term)", "v_stage": _code("stage", "学前 小学 初中 普通高中 中职 高职 本科"), "v_away": "flag(away)",
        "v_boarding": _code("boarding", _1="走读 1", _2="住校 2", _9="其他 9"),
        "v_status": _code("status", _1="在读", _2="休学", _3="退学", _4="转出", _5="毕业"),
    }])  # fmt: skip
    layers = _held(
        layers, *_blank("pupil", "name", "school_name"), *_damaged("pupil", "school"), "NOT ok_id", "v_term IS NULL",
        "v_term <> period", "v_stage IS NULL", "v_status IS NULL",
        *_wrong(boarding="v_boarding", away="v_away", tuition="v_tuition", board="v_board"),
    )  # fmt: skip
    out = {**PERSON, "term": "CASE WHEN v_term = period THEN v_term END", "status": "v_status::TINYINT"}
    content = "n_id, name, stage, grade, school, school_name, v_boarding, v_status, v_away, v_tuition, v_board"
    key = "CASE WHEN NOT blank(pupil) AND v_term IS NOT NULL THEN hash(pupil, v_term, coalesce(school, '')) END"
    return layers, out, key, content


def dropouts() -> Select:
    """控辍保学名单"""
    layers = _merge(_number("id"), _day("day"), _day("back_on"), [{"v_back": "flag(back)"}])
    layers = _held(layers, "NOT ok_id", *_blank("name"), "t_day IS NULL", "v_back IS NULL", *_wrong(back_on="t_back_on"))
    return layers, {**PERSON, "back": "v_back"}, _key("n_id"), "name, t_day, reason, v_back, t_back_on"


def grants() -> Select:
    """资助发放"""
    layers = _merge(_number("id"), _money("amount"), _day("day", "pd + INTERVAL 1 YEAR"), [
        {"v_term": "term_of(term)", "v_away": "flag(away)"},
    ])  # fmt: skip
    layers = _held(layers, *_blank("gid", "name", "programme"), *_damaged("gid"), "NOT ok_id", "v_term IS NULL",
                   "v_amount IS NULL", "t_day IS NULL", *_wrong(away="v_away"))  # fmt: skip
    programme = "CASE programme WHEN '家庭经济困难学生资助' THEN 1 WHEN '教育扶贫资金' THEN 2 ELSE 0 END::TINYINT"
    out = {**PERSON, "term": "v_term", "programme": programme, "amount": "v_amount", "day": "t_day", "away": "v_away"}
    return layers, out, _text_key("gid"), "n_id, name, v_term, programme, v_amount, t_day, v_away"


def allowances() -> Select:
    """低保发放"""
    layers = _merge(
        _number("id"), _number("head_id")[:3], _money("amount"), _month("month"), _month("since"),
        [{
            "v_grade": _code("grade", _1="A 一类", _2="B 二类", _3="C 三类"),
            "v_kind": _code("kind", _1="正常", _2="补发"),
        }],
    )  # fmt: skip
    head = Fault(
        "CASE WHEN head_id IS NULL OR ok_head_id THEN false "
        "ELSE NOT absent(head_id) AND wash(head_id) NOT IN ('未办', '无户口') END",
        "head_id IS NOT NULL AND NOT ok_head_id",
    )
    layers = _held(
        layers, *_blank("cert", "name"), *_damaged("cert"), "NOT ok_id", head, "v_grade IS NULL", "t_month IS NULL",
        "v_amount IS NULL", *_wrong(kind="v_kind", since="t_since"),
    )  # fmt: skip
    key = "CASE WHEN NOT blank(cert) AND n_id IS NOT NULL AND t_month IS NOT NULL AND NOT wrong(kind, v_kind) " \
          "THEN hash(cert, n_id, t_month, coalesce(v_kind, 1)) END"  # fmt: skip
    out = {**PERSON, "month": "t_month", "amount": "v_amount"}
    return layers, out, key, "head, n_head_id, name, v_grade, t_since, v_amount"


def destitute() -> Select:
    """特困供养"""
    layers = _merge(_number("id"), _money("amount"), _month("month"), [{
        "v_care": _code("care", _1="集中", _2="分散"), "v_level": _code("level", "全自理 半护理 全护理"),
        "v_kind": _code("kind", _1="正常", _2="补发"),
    }])  # fmt: skip
    layers = _held(layers, *_blank("name"), "NOT ok_id", "v_care IS NULL", "t_month IS NULL", "v_amount IS NULL",
                   *_wrong(level="v_level", kind="v_kind"))  # fmt: skip
    key = "CASE WHEN n_id IS NOT NULL AND t_month IS NOT NULL AND NOT wrong(kind, v_kind) " \
          "THEN hash(n_id, t_month, coalesce(v_kind, 1)) END"  # fmt: skip
    return layers, {**PERSON, "month": "t_month", "amount": "v_amount"}, key, "name, v_care, level, v_amount"


def relief() -> Select:
    """临时救助"""
    layers = _merge(_number("id"), _money("amount"), _day("day"), _day("applied"))
    layers = _held(layers, *_blank("rid", "name", "reason"), *_damaged("rid"), "NOT ok_id", "v_amount IS NULL",
                   "t_day IS NULL", *_wrong(applied="t_applied"))  # fmt: skip
    out = {**PERSON, "day": "t_day", "amount": "v_amount"}
    return layers, out, _text_key("rid"), "n_id, name, t_applied, reason, v_amount, t_day"


def _certificate() -> Layers:
    """The certificate's own text; type and grade are its digits 19 and 20."""
    return [
        {},
        {"full_id": "CASE WHEN is_certificate(id) AND right(i_id, 1) <> 'x' THEN id ELSE bare(id) END"},
        {"fits": "coalesce(is_certificate(full_id), false)"},
    ]


def disability() -> Select:
    """残疾人证"""
    kinds = {f"_{n}": f"{n} {w} {n}{w}" for n, w in enumerate("视力 听力 言语 肢体 智力 精神 多重".split(), 1)}
    grades = {f"_{n}": f"{n} {w}级 {n}级" for n, w in enumerate("一二三四", 1)}
    layers = _merge(_number("id"), _certificate(), _day("day"), [{
        "v_type": _code("type", **kinds), "v_grade": _code("grade", **grades),
        "v_status": _code("status", _1="有效", _2="注销", _3="过期"),
    }])  # fmt: skip
    layers = _held(
        layers, "NOT ok_id", "NOT fits", *_blank("name"), "v_type IS NULL", "v_grade IS NULL", "t_day IS NULL",
        "v_status IS NULL", "substr(full_id, 19, 2) <> v_type::VARCHAR || v_grade::VARCHAR",
    )  # fmt: skip
    severe = "v_status = 1 AND (v_grade <= 2 OR v_grade = 3 AND v_type IN (5, 6))"
    out = {**PERSON, "cert": "hash(full_id)", "day": "t_day", "severe": severe}
    return layers, out, "CASE WHEN fits THEN hash(full_id) END", "name, v_type, v_grade, t_day, v_status"


def disability_subsidies() -> Select:
    """残疾人两项补贴"""
    layers = _merge(_number("id"), _certificate(), _money("amount"), _month("month"), [{
        "v_subsidy": _code("subsidy", _1="困难残疾人生活补贴", _2="重度残疾人护理补贴"),
    }])  # fmt: skip
    layers = _held(layers, "NOT ok_id", "NOT fits", *_blank("name"), "v_subsidy IS NULL", "t_month IS NULL",
                   "v_amount IS NULL")  # fmt: skip
    out = {**PERSON, "cert": "hash(full_id)", "month": "t_month", "amount": "v_amount"}
    return layers, out, _key("full_id", "v_subsidy", "t_month"), "name, v_amount"


def projects() -> Select:
    """供水工程"""
    layers = _merge(_money("investment", high=1_000_000_000), _village(), _year("built"), [{
        "v_people": "small(people)", "v_homes": "small(homes)",
        "v_kind": _code("kind", "城乡一体 千吨万人 集中 分散"),
    }])  # fmt: skip
    layers = _held(layers, *_blank("project", "name"), *_damaged("project"), "v_kind IS NULL", "t_built IS NULL",
                   "v IS NULL", *_wrong(investment="v_investment", people="v_people", homes="v_homes"))  # fmt: skip
    out = {"project": "hash(project)", "v": "v", "built": "t_built", "investment": "v_investment", "people": "v_people"}
    content = "name, kind, t_built, v_investment, v_people, v_homes"
    return layers, out, _text_key("project", "v"), content


def access() -> Select:
    """户饮水状况"""
    numbers = ("litres", "minutes", "distance", "climb")
    layers = _merge(_household(), [{
        **{f"v_{c}": f"decimal_of({c})" for c in numbers}, "v_scarce": "flag(scarce)",
        "v_mode": _code("mode", _1="入户", _2="集中供水点", _3="自备井", _4="其他"),
        "v_quality": _code("quality", _1="合格", _2="不合格", _3="未检"),
    }])  # fmt: skip
    optional = {c: f"v_{c}" for c in (*numbers, "mode", "quality", "scarce")}
    layers = _held(layers, "h IS NULL", "v_litres > 500", *_wrong(**optional))
    out = {"h": "h", **{c: f"v_{c}" for c in numbers}, "mode": "v_mode::TINYINT", "quality": "v_quality::TINYINT",
           "scarce": "v_scarce"}  # fmt: skip
    return layers, out, _key("h"), ", ".join(optional.values())


def outages() -> Select:
    """停水记录: of an outage that ends before it begins neither date can be read."""
    layers = _merge(_day("began"), _day("ended"), _village())
    layers = _held(layers, *_blank("oid", "project"), *_damaged("oid", "project"), "v IS NULL", "t_began IS NULL",
                   "t_ended < t_began", *_wrong(ended="t_ended"))  # fmt: skip
    readable = "CASE WHEN t_ended < t_began THEN NULL ELSE {} END"
    out = {"project": "hash(project)", "v": "v", "began": readable.format("t_began"), "ended": readable.format("t_ended")}
    return layers, out, _text_key("oid"), "project, v, t_began, t_ended, reason"


def quality_tests() -> Select:
    """水质检测"""
    numbers = ("ph", "turbidity", "chlorine", "hardness", "ammonia", "permanganate")
    layers = _merge(_day("day"), [{
        "v_conclusion": _code("conclusion", _true="合格", _false="不合格"), **{f"v_{c}": f"decimal_of({c})" for c in numbers},
    }])  # fmt: skip
    layers = _held(layers, *_blank("sample", "project"), *_damaged("sample", "project"), "t_day IS NULL",
                   "v_conclusion IS NULL", *_wrong(**{c: f"v_{c}" for c in numbers}))  # fmt: skip
    out = {"project": "CASE WHEN NOT blank(project) THEN hash(project) END", "day": "t_day", "good": "v_conclusion"}
    content = "project, t_day, v_conclusion, " + ", ".join(f"v_{c}" for c in numbers)
    return layers, out, _text_key("sample"), content


FEEDS = {feed: globals()[feed] for feed in COLUMNS}
