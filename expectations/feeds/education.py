"""education/ - the education bureau."""

from expectations.columns import OPEN, code, date, flag, money, number, person_name, person_number, term, text
from expectations.contract import Cadence, Department, Feed, Kind, Promise

department = Department(name="education", title="教育局", title_en="Education Bureau", contact="education")

STAGES = ("学前", "小学", "初中", "普通高中", "中职", "高职", "本科")

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
        money("tuition", "应缴学费", "tuition due"),
        money("board", "应缴住宿费", "board due"),
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
        money("amount", "发放金额", "amount paid", required=True),
        date("paid_on", "发放日期", "day of payment", required=True, years_ahead=1),
        flag("is_out_of_county", "外地就读", "at school outside the county"),
    ),
)
