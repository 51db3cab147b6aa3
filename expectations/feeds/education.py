"""education/ - the education bureau."""

from expectations.checks import warning, wrong_when
from expectations.columns import OPEN, code, date, flag, money, number, person_name, person_number, term, text
from expectations.contract import Cadence, Department, Feed, Kind, Promise
from expectations.types.dates import age_sql
from expectations.types.person_number import born_sql

department = Department(name="education", title="教育局", title_en="Education Bureau", contact="education")

STAGES = ("学前", "小学", "初中", "普通高中", "中职", "高职", "本科")
AGES = {
    "小学": (5, 14),
    "初中": (10, 18),
    "普通高中": (13, 22),
    "中职": (13, 22),
}  # on the first day of the term
AGE = age_sql(born_sql("id_number"), "period_first")
WRONG_AGES = " OR ".join(
    f"(stage = '{stage}' AND {AGE} NOT BETWEEN {least} AND {most})" for stage, (least, most) in AGES.items()
)
COMPULSORY_STANDARDS_CNY = (250, 312.5, 500, 625)  # a term
TERM_FIRST = (
    "CAST(substring(term, 1, 4) || CASE WHEN term LIKE '%春' THEN '-02-01' ELSE '-09-01' END AS DATE)"
)
TERM_END = f"{TERM_FIRST} + CASE WHEN term LIKE '%春' THEN INTERVAL 7 MONTH ELSE INTERVAL 5 MONTH END"

enrolments = Feed(
    name="enrolments",
    title="学籍",
    title_en="School enrolments",
    kind=Kind.SNAPSHOT,
    cadence=Cadence.TERM,
    promise=Promise(by_term={3: (0, 31), 9: (0, 30)}),
    partition="term",
    columns=(
        number("pupil_no", "学籍号", "number of the pupil", key=True),
        person_name(),
        person_number("id_number", "证件号码", "identity number", required=True),
        term("term", "学期", "term", key=True, classification=OPEN),
        code("stage", "学段", "stage of schooling", STAGES, required=True),
        text("grade", "年级", "grade"),
        number(
            "school_code", "学校代码", "code of the school", key=True, required=False, classification=OPEN
        ),
        text("school_name", "学校名称", "name of the school", required=True, classification=OPEN),
        code("boarding", "就读方式", "boarding", {"走读": ("1",), "住校": ("2",), "其他": ("9",)}),
        code("status", "学籍状态", "status", ("在读", "休学", "退学", "转出", "毕业"), required=True),
        flag("is_out_of_county", "外地就读", "at school outside the county"),
        money("tuition", "应缴学费", "tuition due", plausible=50_000),
        money("board", "应缴住宿费", "board due", plausible=50_000),
    ),
    rules=(
        warning(
            name="age_fits_stage",
            test=wrong_when(WRONG_AGES),
            columns=("stage", "id_number"),
            zh="开学时年龄应与学段相符：小学5至14岁，初中10至18岁，普通高中、中职13至22岁",
            en="the age at the beginning of the term fits the stage: 5-14, 10-18 and 13-22 years",
            mend_zh="请核对学段与证件号码",
            mend_en="check the stage and the identity number",
        ),
    ),
)

dropouts = Feed(
    name="dropouts",
    title="控辍保学名单",
    title_en="Children out of school",
    kind=Kind.SNAPSHOT,
    cadence=Cadence.MONTH,
    promise=Promise(day=10),
    max_age_months=3,
    event_date="left_on",
    listed_while="NOT coalesce(is_back, FALSE)",
    columns=(
        person_number("id_number", "证件号码", "identity number", key=True),
        person_name(),
        date("left_on", "失学日期", "day of leaving school", required=True),
        text("reason", "失学原因", "reason"),
        flag("is_back", "是否劝返", "is back at school", required=True),
        date("back_on", "劝返日期", "day of coming back"),
    ),
)

grants = Feed(
    name="grants",
    title="资助发放",
    title_en="Grants paid to pupils",
    kind=Kind.EVENTS,
    cadence=Cadence.TERM,
    promise=Promise(by_term={3: (4, 31), 9: (4, 31)}),
    main_amount="amount",
    event_date="paid_on",
    columns=(
        number("grant_id", "发放编号", "number of the payment", key=True, classification=OPEN),
        person_number("id_number", "证件号码", "identity number", required=True),
        person_name(),
        term("term", "学期", "term", required=True, classification=OPEN),
        text("programme", "资助项目", "programme", required=True, classification=OPEN),
        money("amount", "发放金额", "amount paid", required=True, plausible=20_000, usual=(50, 20_000)),
        date("paid_on", "发放日期", "day of payment", required=True, years_ahead=1),
        flag("is_out_of_county", "外地就读", "at school outside the county"),
    ),
    rules=(
        warning(
            name="compulsory_amount_is_standard",
            test=wrong_when(f"programme LIKE '%义务教育%' AND amount NOT IN {COMPULSORY_STANDARDS_CNY}"),
            columns=("programme", "amount"),
            zh="义务教育阶段资助的标准为每学期250、312.5、500或625元",
            en="a grant of compulsory education is 250, 312.50, 500 or 625 yuan a term",
            mend_zh="请核对资助项目与金额",
            mend_en="check the programme and the amount",
        ),
        warning(
            name="paid_within_term",
            test=wrong_when(f"paid_on < {TERM_FIRST} OR paid_on >= {TERM_END}"),
            columns=("paid_on", "term"),
            zh="资助应在该学期内发放（春季2月1日至8月31日，秋季9月1日至次年1月31日）",
            en="a grant is paid within its term, 1 February to 31 August or 1 September to 31 January",
            mend_zh="请核对学期与发放日期",
            mend_en="check the term and the day of payment",
        ),
    ),
)
