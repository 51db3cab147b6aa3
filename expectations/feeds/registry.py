"""registry/ - the commission for agriculture and rural affairs, keeper of the household register."""

from expectations.checks import Between, Check, NotNull, empty, quoted, warning, wrong_when
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
from expectations.types.dates import age_sql, yyyymmdd_sql
from expectations.types.person_number import PERSONAL, born_sql, sex_sql

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

# What excuses a child from school; 厌学, 务工, 因贫 and whatever else may be written do not: nothing is stated then.
NOT_IN_SCHOOL_WORDS = {
    "因病": (
        "患病 疾病 生病 重病 大病 重大疾病 慢性病 长期慢性病 长期患病 身体原因 因重病 "
        "因大病 因疾病 因病不能上学 因病无法上学 因病未上学 因病未入学 因病在家 因病治疗"
    ),
    "因残": (
        "残疾 重残 重度残疾 因残疾 因重度残疾 智力残疾 肢体残疾 精神残疾 多重残疾 "
        "听力残疾 视力残疾 言语残疾 孤独症 自闭症 脑瘫 因残不能上学 因残无法上学 "
        "因残未上学 因残疾不能上学 因残疾无法上学 残疾不能上学"
    ),
    "送教上门": "送教 送教到家 残疾送教上门 因残送教上门 重度残疾送教上门",
    "免学": "免于入学 免予入学 免除入学 准予免学",
    "缓学": "延缓入学 暂缓入学 延迟入学 推迟入学 因病缓学 因残缓学 准予缓学",
    "休学": "因病休学 因残休学 办理休学 已休学 休学中",
    "外地就读": (
        "外地上学 在外地就读 在外地上学 异地就读 异地上学 县外就读 市外就读 省外就读 "
        "外省就读 外县就读 外市就读 转学外地 随迁就读 随父母外出 随父母外出就读 "
        "随父母务工地就读 随父母外地就读 随父母在外地就读 随父母在外就读 随父母在外地上学"
    ),
    "境外就读": "国外就读 境外上学 国外上学 出国 出国就读 出国留学 随父母出国",
    "特殊教育": (
        "特教 特校 特殊学校 特殊教育学校 特教学校就读 特殊学校就读 特殊教育学校就读 "
        "就读特殊教育学校 在特殊教育学校就读"
    ),
    "初中毕业": "已初中毕业 初中已毕业 初中毕业已务工 完成义务教育 已完成义务教育",
}
NOT_IN_SCHOOL = {reason: tuple(words.split()) for reason, words in NOT_IN_SCHOOL_WORDS.items()}

MALE = ("之子", "之女婿", "之孙子", "之外孙子", "之父", "之岳父", "之公公", "之祖父")
FEMALE = ("之女", "之儿媳", "之孙女", "之外孙女", "之母", "之岳母", "之婆婆", "之祖母")
# of a member, at the end of the file's period; the number goes before what is written beside it
BORN = f"coalesce({born_sql('id_number')}, {yyyymmdd_sql('birth_date')})"
AGE = age_sql(BORN, "period_last")
SEX = f"coalesce(sex, {sex_sql('id_number')})"
STAGES = "学前|小学|[一二三四五六七八九]年级|初中|普通高中|高中|中职|高职|大专|本科|硕士"
IS_PUPIL = f"coalesce(regexp_matches(schooling, '^({STAGES})'), FALSE)"
SCHOOL_YEAR = "extract(year FROM period_last + INTERVAL 1 DAY - INTERVAL 8 MONTH)"  # begins on 31 August

MEASURES_FOR = {  # 其他风险不限措施
    "因病": ("健康帮扶", "综合保障"),
    "因学": ("教育保障",),
    "饮水": ("饮水保障",),
    "缺劳动力": ("综合保障", "公益岗位"),
}


def measure_misses_sql(risk: str) -> str:
    """A condition: the measure is none of those for the risk; true where no risk is stated."""
    asked = " ".join(
        f"WHEN '{name}' THEN measure NOT IN ({', '.join(map(quoted, measures))})"
        for name, measures in MEASURES_FOR.items()
    )
    return f"CASE WHEN {risk} IS NULL THEN TRUE ELSE CASE {risk} {asked} ELSE FALSE END END"


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
    rules=(
        Check(  # a prefecture or province stands above, as 4101 or 410100
            name="division_is_county_or_below",
            test=wrong_when("length(division_code) < 6"),
            columns=("division_code",),
            zh="区划代码应为6、9或12位",
            en="the division is a county, a town or a village: its code has 6, 9 or 12 digits",
            mend_zh="请填写县、乡或村的代码，省和市只在上级代码中填写",
            mend_en="give the code of a county, town or village; provinces and prefectures are codes above only",
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
        Check(  # it is published as it stands
            name="household_id_is_no_person",
            test=wrong_when(f"regexp_full_match(household_id, {quoted(PERSONAL)})"),
            columns=("household_id",),
            zh="户编号不得是身份证号、电话号码或姓名",
            en="the household's number is no identity number, telephone or name",
            mend_zh="请填写台账中的户编号",
            mend_en="give the household's number in the register",
        ),
        Check(
            name="still_poor_after_exit_year",
            test=wrong_when(
                "household_type__text = '建档立卡贫困户'"
                " AND NOT coalesce(exit_year <= extract(year FROM period_last), FALSE)"
            ),
            columns=("household_type", "exit_year"),
            zh="户类型写建档立卡贫困户的，脱贫年度必须已填且不晚于报送年度",
            en="a household still called 建档立卡贫困户 must have left poverty by the year of the file",
            mend_zh="请改为现行户类型，或补填脱贫年度",
            mend_en="give the present household type, or fill in the year of leaving poverty",
        ),
        warning(
            name="lifted_has_exit_year",
            test=wrong_when(
                "household_type = '脱贫户' AND household_type__text <> '建档立卡贫困户'"
                f" AND {empty('exit_year')}"
            ),
            columns=("exit_year",),
            zh="脱贫户应填写脱贫年度",
            en="a lifted household has a year of leaving poverty",
            mend_zh="请补填脱贫年度",
            mend_en="fill in the year",
        ),
        warning(
            name="monitored_has_date",
            test=wrong_when(f"monitored_class IS NOT NULL AND {empty('monitored_since')}"),
            columns=("monitored_since",),
            zh="监测对象应填写识别监测时间",
            en="a monitored household has the month since which it is",
            mend_zh="请补填识别监测时间",
            mend_en="fill in the month",
        ),
        warning(
            name="monitored_has_risk",
            test=wrong_when("monitored_class IS NOT NULL AND coalesce(risk_1, risk_2, risk_3) IS NULL"),
            columns=("risk_1", "risk_2", "risk_3"),
            zh="监测对象应至少填写一项致贫返贫风险",
            en="a monitored household has at least one risk",
            mend_zh="请补填致贫返贫风险",
            mend_en="fill in the risk",
        ),
        warning(
            name="removed_was_monitored",
            test=wrong_when("is_risk_removed AND monitored_class IS NULL"),
            columns=("is_risk_removed", "monitored_class"),
            zh="风险已消除的应是监测对象",
            en="a risk is removed from a monitored household only",
            mend_zh="请补填监测对象类别，或更正风险是否已消除",
            mend_en="fill in the class, or correct whether the risk is removed",
        ),
        warning(
            name="has_phone",
            test=NotNull("phone"),
            columns=("phone",),
            zh="应填写联系电话",
            en="a household can be telephoned",
            mend_zh="请补填联系电话",
            mend_en="fill in the telephone",
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
        code("not_in_school_reason", "义务教育阶段未上学原因", "reason for not being in compulsory school",
             NOT_IN_SCHOOL, holds_row=False),
    ),
    once=Once(name="is_second_of_person", by=("household_id", "id_number__key"), keep="person_no"),
    rules=(
        Check(
            name="once_in_household",
            test=wrong_when("is_second_of_person"),
            columns=("household_id", "id_number"),
            zh="同一人在同一户只能有一行",
            en="a person stands once in a household",
            mend_zh="请只保留人编号最小的一行",
            mend_en="keep the row with the smallest 人编号",
        ),
        warning(
            name="sex_is_of_number",
            test=wrong_when(f"sex <> {sex_sql('id_number')}"),
            columns=("sex", "id_number"),
            zh="性别应与证件号码第17位一致（单数为男，双数为女）",
            en="the sex is that of digit 17 of the number, odd for men",
            mend_zh="请核对性别与证件号码",
            mend_en="check the sex and the number",
        ),
        warning(
            name="birth_date_is_of_number",
            test=wrong_when(f"{yyyymmdd_sql('birth_date')} <> {born_sql('id_number')}"),
            columns=("birth_date", "id_number"),
            zh="出生日期应与证件号码中的一致",
            en="the date of birth is that inside the number",
            mend_zh="请核对出生日期与证件号码",
            mend_en="check the date of birth and the number",
        ),
        warning(
            name="relation_fits_sex",
            test=wrong_when(
                f"{SEX} <> CASE WHEN relation IN {MALE} THEN '男' WHEN relation IN {FEMALE} THEN '女' END"
            ),
            columns=("relation", "sex"),
            zh="与户主关系应与性别相符（如之子为男，之女为女）",
            en="the relation to the head fits the sex: a son is male, a daughter female",
            mend_zh="请核对与户主关系和性别",
            mend_en="check the relation and the sex",
        ),
        warning(
            name="child_has_no_labour",
            test=wrong_when(f"{AGE} < 16 AND labour IN ('技能劳动力', '普通劳动力', '弱劳动力或半劳动力')"),
            columns=("labour", "id_number", "birth_date"),
            zh="未满16周岁的不应计为劳动力",
            en="nobody under 16 counts as able to work",
            mend_zh="请核对劳动技能与出生日期",
            mend_en="check the ability to work and the date of birth",
        ),
        warning(
            name="aged_have_no_full_labour",
            test=wrong_when(f"{AGE} >= 60 AND labour IN ('技能劳动力', '普通劳动力')"),
            columns=("labour", "id_number", "birth_date"),
            zh="年满60周岁的一般不计为技能劳动力或普通劳动力",
            en="nobody of 60 and over counts as fully able to work",
            mend_zh="请核对劳动技能",
            mend_en="check the ability to work",
        ),
        warning(
            name="healthy_adult_has_labour",
            test=wrong_when(
                f"{AGE} BETWEEN 16 AND 59 AND health = '健康' AND NOT {IS_PUPIL} AND labour = '无劳动力'"
            ),
            columns=("labour", "health", "schooling"),
            zh="16至59周岁、健康、非在校生的一般有劳动能力",
            en="a healthy adult under 60 who is no pupil is able to work",
            mend_zh="请核对劳动技能与健康状况",
            mend_en="check the ability to work and the health",
        ),
        warning(
            name="worker_has_labour",
            test=wrong_when("months_worked > 0 AND labour IN ('丧失劳动力', '无劳动力')"),
            columns=("months_worked", "labour"),
            zh="有务工时间的应有劳动能力",
            en="who has worked is able to work",
            mend_zh="请核对务工时间与劳动技能",
            mend_en="check the months worked and the ability to work",
        ),
        warning(
            name="pupil_does_not_work",
            test=wrong_when(f"months_worked > 0 AND {IS_PUPIL}"),
            columns=("months_worked", "schooling"),
            zh="在校生不应有务工时间",
            en="a pupil does not work",
            mend_zh="请核对务工时间与在校生状况",
            mend_en="check the months worked and the schooling",
        ),
        warning(
            name="nursery_is_under_7",
            test=wrong_when(f"{AGE} >= 7 AND schooling LIKE '学前%'"),
            columns=("schooling", "id_number", "birth_date"),
            zh="年满7周岁的不应仍为学前教育",
            en="a child of 7 is no longer in nursery school",
            mend_zh="请核对在校生状况",
            mend_en="check the schooling",
        ),
        warning(
            name="child_has_school_or_reason",
            test=wrong_when(
                f"{AGE} <= 15 AND {BORN} < ({SCHOOL_YEAR} - 6) * 10000 + 901"
                f" AND NOT {IS_PUPIL} AND not_in_school_reason IS NULL"
            ),
            columns=("schooling", "not_in_school_reason"),
            zh="6至15周岁（上年8月31日已满6周岁）的应填写在校生状况或未上学原因",
            en="a child of 6 (by the last 31 August) to 15 is at school, or there is a reason",
            mend_zh="请补填在校生状况或义务教育阶段未上学原因",
            mend_en="fill in the schooling or the reason",
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
        integer("persons", "年度家庭人口数", "persons in that year", required=True, minimum=1, plausible=30),
        money("wage_income", "工资性收入", "wage income", required=True),
        money("business_income", "生产经营性收入", "business income", required=True),
        money("property_income", "财产性收入", "property income", required=True),
        money("transfer_income", "转移性收入", "transfer income", required=True),
        money("business_cost", "生产经营性支出", "business cost", required=True),
        money("net_income", "纯收入", "net income", required=True, minimum=-10_000_000, usual=(300, 300_000)),
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
        warning(
            name="wage_is_not_tiny",
            test=wrong_when("wage_income > 0 AND wage_income < 300"),
            columns=("wage_income",),
            zh="工资性收入大于0的，一般不少于300元",
            en="who earns wages earns 300 yuan or more in a year",
            mend_zh="请核对工资性收入及其单位",
            mend_en="check the wage income and its unit",
        ),
        warning(
            name="wage_is_not_huge",
            test=Between("wage_income", maximum=300_000),
            columns=("wage_income",),
            zh="工资性收入一般不超过30万元",
            en="a household rarely earns more than 300,000 yuan of wages",
            mend_zh="请核对工资性收入及其单位",
            mend_en="check the wage income and its unit",
        ),
        warning(
            name="business_has_cost",
            test=wrong_when("business_income > 0 AND business_cost = 0"),
            columns=("business_income", "business_cost"),
            zh="有生产经营性收入的，一般有生产经营性支出",
            en="who has business income has business costs",
            mend_zh="请补填生产经营性支出",
            mend_en="fill in the business cost",
        ),
        warning(
            name="per_head_is_positive",
            test=Between("net_income_per_head", minimum=0.01),
            columns=("net_income_per_head",),
            zh="人均纯收入一般大于0",
            en="net income per head is above 0",
            mend_zh="请核对收入与支出",
            mend_en="check incomes and cost",
        ),
        warning(
            name="per_head_is_not_huge",
            test=Between("net_income_per_head", maximum=100_000),
            columns=("net_income_per_head",),
            zh="人均纯收入一般不超过10万元",
            en="net income per head is rarely more than 100,000 yuan",
            mend_zh="请核对人均纯收入及其单位",
            mend_en="check the net income per head and its unit",
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
    given=("clue_id", "household_id"),
    # the file is called after the night that wrote the list: visits come after it
    columns=(
        number("clue_id", "线索编号", "clue visited", key=True, classification=OPEN),
        number("household_id", "户编号", "household number", required=True, classification=OPEN),
        date("visited_on", "核查日期", "day of the visit", key=True, years_ahead=1),
        text("visitor", "核查人", "who visited", classification=IDENTIFIER),
        code("finding", "核查结论", "finding", ("属实", "部分属实", "不属实"), required=True),
        code("decided_class", "认定类别", "class decided", {**CLASSES, "不纳入": ()}),
        date("decided_on", "认定日期", "day of the decision", years_ahead=1),
        code("risk_1", "风险原因1", "first risk", RISKS),
        code("risk_2", "风险原因2", "second risk", RISKS),
        code("risk_3", "风险原因3", "third risk", RISKS),
        code("measure", "帮扶措施", "help decided", MEASURES),
        date("measure_on", "措施落实日期", "day the help began", years_ahead=1),
        code("removal", "风险消除方式", "how the risk was removed", ("帮扶消除", "自然消除")),
        date("removed_on", "风险消除日期", "day the risk was removed", years_ahead=1),
        text("note", "备注", "note", classification=IDENTIFIER),
    ),
    rules=(
        Check(
            name="no_class_for_unfounded",
            test=wrong_when("finding = '不属实' AND decided_class <> '不纳入'"),
            columns=("finding", "decided_class"),
            zh="核查结论为不属实时不得认定类别",
            en="an unfounded clue has no decided class",
            mend_zh="请更正核查结论或认定类别",
            mend_en="correct the finding or the class",
        ),
        Check(
            name="removed_after_decided",
            test=wrong_when("removed_on < decided_on"),
            columns=("removed_on", "decided_on"),
            zh="风险消除日期不得早于认定日期",
            en="the risk is not removed before it was decided",
            mend_zh="请核对两个日期",
            mend_en="check the two dates",
        ),
        warning(
            name="measure_fits_risk",
            test=wrong_when(
                "coalesce(risk_1, risk_2, risk_3) IS NOT NULL AND "
                + " AND ".join(measure_misses_sql(risk) for risk in ("risk_1", "risk_2", "risk_3"))
            ),
            columns=("measure", "risk_1", "risk_2", "risk_3"),
            zh="帮扶措施应针对风险原因：因病配健康帮扶或综合保障，因学配教育保障，饮水配饮水保障，缺劳动力配综合保障或公益岗位",
            en="the help answers one of the risks, such as 健康帮扶 for 因病",
            mend_zh="请核对风险原因与帮扶措施",
            mend_en="check the risks and the help",
        ),
    ),
)
