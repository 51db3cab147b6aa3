"""registry/ - the commission for agriculture and rural affairs, keeper of the household register."""

from expectations.checks import Between, Check, Null
from expectations.columns import (
    IDENTIFIER,
    OPEN,
    code,
    code_set,
    date,
    division,
    flag,
    integer,
    money,
    month,
    number,
    person_name,
    person_number,
    text,
    village,
    year,
)
from expectations.contract import Cadence, Department, Feed, Kind, Once, Promise

department = Department(
    name="registry",
    title="农业农村工作委员会",
    title_en="Commission for Agriculture and Rural Affairs",
    contact="registry",
)

RISKS = (
    "因病", "因残", "因学", "因灾", "缺劳动力", "因意外事故", "因产业失败", "因务工就业不稳", "住房", "饮水", "其他",
)  # fmt: skip

CLASSES = {
    "脱贫不稳定户": ("脱贫监测户",),  # the words of 2020 stand behind those of 2021-05
    "边缘易致贫户": ("边缘户",),
    "突发严重困难户": (),
}

MEASURES = (
    "产业帮扶", "就业帮扶", "公益岗位", "金融帮扶", "健康帮扶", "教育保障", "住房保障", "饮水保障", "综合保障",
    "社会帮扶",
)  # fmt: skip

RELATIONS = {  # GB/T 4761 家庭关系代码, the two-digit codes that a register sheet uses
    "户主": ("01", "02", "本人"),
    "配偶": ("10", "11", "12"),
    "之子": ("20", "21", "22", "23", "24", "25", "26", "27", "29"),
    "之女": ("30", "31", "32", "33", "34", "35", "36", "37", "39"),
    "之儿媳": ("38",),
    "之女婿": ("28",),
    "之孙子": ("41",),
    "之孙女": ("42",),
    "之外孙子": ("43",),
    "之外孙女": ("44",),
    "之父": ("51",),
    "之母": ("52",),
    "之公公": ("53",),
    "之婆婆": ("54",),
    "之岳父": ("55",),
    "之岳母": ("56",),
    "之祖父": ("61",),
    "之祖母": ("62",),
    "之兄弟姐妹": ("70", "71", "73", "75", "77"),
    "其他": ("79", "97", "99"),
}

divisions = Feed(
    name="divisions",
    title="行政区划",
    title_en="Administrative divisions",
    kind=Kind.SNAPSHOT,
    cadence=Cadence.YEAR,
    promise=Promise(day=31),
    max_age_months=24,
    may_be_nil=False,
    columns=(
        division(
            "division_code", "区划代码", "division code, 6, 9 or 12 digits", key=True, classification=OPEN
        ),
        text("division_name", "名称", "name of the division", required=True, classification=OPEN),
        division("parent_code", "上级代码", "code of the division above", classification=OPEN),
        code(
            "level", "级别", "county, town or village", ("县", "乡", "村"), required=True, classification=OPEN
        ),
    ),
)

households = Feed(
    name="households",
    title="户信息",
    title_en="Households",
    kind=Kind.SNAPSHOT,
    cadence=Cadence.MONTH,
    promise=Promise(day=5),
    max_age_months=3,
    may_be_nil=False,
    columns=(
        number("household_id", "户编号", "household number", key=True, classification=OPEN),
        village("village_code", "行政村代码", "village, 12 digits", required=True, classification=OPEN),
        text("hamlet", "自然村", "hamlet"),
        person_name("head_name", "户主姓名", "name of the head"),
        person_number(
            "head_id_number", "户主证件号码", "number of the head", required=True, named_by="head_name"
        ),
        code(
            "household_type",
            "户类型",
            "lifted household or other rural household",
            {"脱贫户": ("建档立卡脱贫户", "建档立卡贫困户"), "一般农户": ("非贫困户",)},
            required=True,
            keeps_text=True,
        ),
        code(
            "monitored_class", "监测对象类别", "class decided by people", CLASSES, aliases=("检测对象类别",)
        ),
        year("exit_year", "脱贫年度", "year of leaving poverty"),
        month("monitored_since", "识别监测时间", "month since which it is monitored"),
        flag("is_risk_removed", "风险是否已消除", "risk removed"),
        code("risk_1", "致贫返贫风险1", "first risk", RISKS),
        code("risk_2", "致贫返贫风险2", "second risk", RISKS),
        code("risk_3", "致贫返贫风险3", "third risk", RISKS),
        code("dwelling_grade", "危房级别", "dwelling grade, A safe to D dangerous", ("A", "B", "C", "D")),
        flag("is_water_declared_safe", "是否解决安全饮用水", "drinking water declared safe"),
        flag("is_insured_against_poverty", "防贫保险", "insured against falling into poverty"),
        text("phone", "联系电话", "telephone", classification=IDENTIFIER),
    ),
    rules=(
        Check(
            name="still_poor_after_exit_year",
            test=Null(
                "CASE WHEN household_type__text = '建档立卡贫困户'"
                " AND NOT coalesce(exit_year <= extract(year FROM period_last), FALSE) THEN 1 END"
            ),
            columns=("household_type", "exit_year"),
            zh="户类型写建档立卡贫困户的，脱贫年度必须已填且不晚于报送年度",
            en="a household still called 建档立卡贫困户 must have left poverty by the year of the file",
            mend_zh="请改为现行户类型，或补填脱贫年度",
            mend_en="give the present household type, or fill in the year of leaving poverty",
        ),
    ),
)

members = Feed(
    name="members",
    title="家庭成员",
    title_en="Household members",
    kind=Kind.SNAPSHOT,
    cadence=Cadence.MONTH,
    promise=Promise(day=5),
    max_age_months=3,
    may_be_nil=False,
    columns=(
        number("household_id", "户编号", "household number", required=True, classification=OPEN),
        number("person_no", "人编号", "person number of the register", key=True, aliases=("人口编号",),
             classification=IDENTIFIER),
        person_name(),
        person_number("id_number", "证件号码", "identity number", required=True, holds_row=False),
        code("relation", "与户主关系", "relation to the head", RELATIONS, required=True),
        code("sex", "性别", "sex", {"男": ("1",), "女": ("2",)}),
        date("birth_date", "出生日期", "date of birth", classification=IDENTIFIER),
        text("ethnicity", "民族", "ethnicity"),
        text("education", "文化程度", "education"),
        text("schooling", "在校生状况", "stage of schooling, empty or 非在校生 = no pupil"),
        code_set("health", "健康状况", "health", ("健康", "长期慢性病", "大病", "残疾")),
        code(
            "labour",
            "劳动技能",
            "ability to work",
            ("技能劳动力", "普通劳动力", "弱劳动力或半劳动力", "丧失劳动力", "无劳动力"),
        ),
        integer("months_worked", "务工时间（月）", "months of wage work in the year", maximum=12),
        text("not_in_school_reason", "义务教育阶段未上学原因", "reason for not being in compulsory school"),
    ),
    once=Once(name="is_second_of_person", by=("household_id", "id_number__key"), keep="person_no"),
    rules=(
        Check(
            name="once_in_household",
            test=Null("CASE WHEN is_second_of_person THEN 1 END"),
            columns=("household_id", "id_number"),
            zh="同一人在同一户只能有一行",
            en="a person stands once in a household",
            mend_zh="请只保留人编号最小的一行",
            mend_en="keep the row with the smallest 人编号",
        ),
    ),
)  # fmt: skip

incomes = Feed(
    name="incomes",
    title="户年度收入",
    title_en="Yearly household income",
    kind=Kind.SNAPSHOT,
    cadence=Cadence.YEAR,
    promise=Promise(day=31, months_after=12),
    max_age_months=24,
    partition="year",
    main_amount="net_income",
    columns=(
        number("household_id", "户编号", "household number", key=True, classification=OPEN),
        year("year", "年度", "year of the income", key=True, classification=OPEN),
        integer("persons", "年度家庭人口数", "persons in that year", required=True, minimum=1),
        money("wage_income", "工资性收入", "wage income", required=True),
        money("business_income", "生产经营性收入", "business income", required=True),
        money("property_income", "财产性收入", "property income", required=True),
        money("transfer_income", "转移性收入", "transfer income", required=True),
        money("business_cost", "生产经营性支出", "business cost", required=True),
        money("net_income", "纯收入", "net income", required=True, minimum=-10_000_000),
        money("net_income_per_head", "人均纯收入", "net income per head", required=True, minimum=-10_000_000),
    ),
    rules=(
        Check(
            name="net_is_sum",
            test=Between(
                "wage_income + business_income + property_income + transfer_income - business_cost - net_income",
                -1,
                1,
            ),
            columns=("net_income",),
            zh="纯收入应等于四项收入之和减去生产经营性支出（误差不超过1元）",
            en="net income equals the four incomes less the business cost, within 1 yuan",
            mend_zh="请核对各项收入、支出与纯收入",
            mend_en="check the incomes, the cost and the net income",
        ),
        Check(
            name="per_head_is_net_by_persons",
            test=Between(
                "CASE WHEN persons > 0 THEN abs(net_income - net_income_per_head * persons) - persons END",
                maximum=0,
            ),
            columns=("net_income_per_head", "persons"),
            zh="人均纯收入应等于纯收入除以家庭人口数（误差不超过1元）",
            en="net income per head equals net income divided by persons, within 1 yuan",
            mend_zh="请核对人口数与人均纯收入",
            mend_en="check the persons and the net income per head",
        ),
    ),
)

reports = Feed(
    name="reports",
    title="线索上报",
    title_en="Reported clues",
    kind=Kind.EVENTS,
    cadence=Cadence.ANY_DAY,
    event_date="reported_on",
    columns=(
        number("report_id", "上报编号", "number of the report", key=True, classification=OPEN),
        number("household_id", "户编号", "household number", required=True, classification=OPEN),
        code("source", "来源", "who reported", ("农户申报", "干部走访", "信访", "其他"), required=True),
        date("reported_on", "上报日期", "day of the report", required=True),
        code("reason", "原因", "reason", RISKS, required=True),
        text("note", "说明", "note", classification=IDENTIFIER),
    ),
)

visits = Feed(
    name="visits",
    title="入户核查结果",
    title_en="Visits to households",
    kind=Kind.EVENTS,
    cadence=Cadence.ANY_DAY,
    event_date="visited_on",
    columns=(
        number("clue_id", "线索编号", "clue visited", key=True, classification=OPEN),
        number("household_id", "户编号", "household number", required=True, classification=OPEN),
        date("visited_on", "核查日期", "day of the visit", key=True),
        text("visitor", "核查人", "who visited", classification=IDENTIFIER),
        code("finding", "核查结论", "finding", ("属实", "部分属实", "不属实"), required=True),
        code("decided_class", "认定类别", "class decided", {**CLASSES, "不纳入": ()}),
        date("decided_on", "认定日期", "day of the decision"),
        code("risk_1", "风险原因1", "first risk", RISKS),
        code("risk_2", "风险原因2", "second risk", RISKS),
        code("risk_3", "风险原因3", "third risk", RISKS),
        code("measure", "帮扶措施", "help decided", MEASURES),
        date("measure_on", "措施落实日期", "day the help began"),
        code("removal", "风险消除方式", "how the risk was removed", ("帮扶消除", "自然消除")),
        date("removed_on", "风险消除日期", "day the risk was removed"),
        text("note", "备注", "note", classification=IDENTIFIER),
    ),
    rules=(
        Check(
            name="no_class_for_unfounded",
            test=Null("CASE WHEN finding = '不属实' AND decided_class <> '不纳入' THEN 1 END"),
            columns=("finding", "decided_class"),
            zh="核查结论为不属实时不得认定类别",
            en="an unfounded clue has no decided class",
            mend_zh="请更正核查结论或认定类别",
            mend_en="correct the finding or the class",
        ),
        Check(
            name="removed_after_decided",
            test=Null("CASE WHEN removed_on < decided_on THEN 1 END"),
            columns=("removed_on", "decided_on"),
            zh="风险消除日期不得早于认定日期",
            en="the risk is not removed before it was decided",
            mend_zh="请核对两个日期",
            mend_en="check the two dates",
        ),
    ),
)
