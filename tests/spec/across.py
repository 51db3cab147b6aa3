"""Every expectation between rows and feeds, drawn: rows that do not meet it beside rows that just do.

A scene stands under the expectation's id. In a table that ends with an unnamed column, `x` marks the rows that the
expectation finds; it finds no other of the scene. `besides` names expectations that cannot be kept apart from it.
Everything else of a scene is well (tests/spec/town.py); the night is that of 2020-06-30.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from expectations.contract import Feed, Kind, Type
from expectations.feeds import catalogue
from tests.spec.drawn import number_of

Drawing = str | dict[str, str]
NAMESAKE = number_of(date(1980, 3, 3), 7)
OTHER_DAY = number_of(date(1980, 3, 4), 7)
WOMEN = [number_of(date(1985, 1, day), 0, is_male=False) for day in (1, 2, 3)]


@dataclass
class Case:
    """A scene of an expectation; `is_of` says on which of the nights it plays."""

    expectation_id: str
    tables: dict[str, Drawing]
    besides: str = ""
    night: str = "usual"
    marks: dict[tuple[str, str], list[bool]] = field(default_factory=dict)  # (feed, period) -> by row


CASES: list[Case] = []


def case(expectation_id: str, besides: str = "", night: str = "usual", **tables: Drawing) -> None:
    CASES.append(Case(expectation_id, tables, besides, night))


# ---- identity ----

case(
    "identity.one_name_a_number",
    members="""
        household_id | id_number | name   | relation
        A            | a         | 欧阳·明 | 户主
        A            | b         | 张 三  | 之子
    """,
    households="household_id | head_id_number | head_name \n A | a | 欧阳•明",
    insurance="id_number | name \n a | 欧阳．明 \n b | 张　三",
    settlements="""
        id_number | name   |
        a         | 欧阳明 |
        a         | 欧阳民 | x
        b         | 张三   |
        s         | 乙     |
        s         | 甲     | x
    """,
    besides="incomes.persons_are_members",
)
case(
    "identity.one_number_a_person",
    members="""
        household_id | id_number | name | birth_date |
        A            | A         | 王五 | 1980-01-01 | x
        B            | B         | 王五 | 1980-01-01 | x
        C            | C         | 王五 | 1980-01-02 |
        D            | D         | 李六 | 1980-03-03 |
    """,
    households="""
        household_id | head_name
        A            | 王五
        B            | 王五
        C            | 王五
        D            | 李六
    """,
    checkups=f"""
        id_number   | examined_on | name |
        {NAMESAKE}  | 2020-01-01  | 李六 | x
        {NAMESAKE}  | 2020-01-02  | 李七 |
        {OTHER_DAY} | 2020-01-01  | 李六 |
        D           | 2020-01-01  | 李六 |
    """,
    besides="identity.one_name_a_number",
)

# ---- households ----

case(
    "households.village_is_known",
    night="divided",
    divisions="division_code | level \n home | 村 \n home1 | 乡",
    households="""
        household_id | village_code |
        A            | home         |
        B            | home1        | x
        C            | home2        | x
    """,
)
case(
    "households.head_is_member",
    households="""
        household_id | head_id_number | head_name |
        A            | A              | 赵        |
        B            | gone           | 赵        | x
        C            | lost           | 赵        |
        D            | A              | 赵        | x
    """,
    members="""
        household_id | person_no | id_number    | name
        A            | 1         | A            | 赵
        B            | 2         | B            | 赵
        C            | 3         | lost:damaged | 赵
        D            | 4         | D            | 赵
    """,
    besides="identity.one_name_a_number",
)
case(
    "households.has_members",
    households="household_id |  \n A | \n B | x",
    members="household_id | id_number \n A | A",
)
case(
    "households.has_head",
    households="household_id | head_id_number | \n A | A | \n B | b | x",
    members="household_id | id_number | relation \n A | A | 户主 \n B | b | 配偶",
)
case(
    "households.has_one_head",
    households="household_id | head_id_number | \n A | A | \n B | b | x \n C | c |",
    members="""
        household_id | id_number | relation
        A            | A         | 户主
        B            | b         | 户主
        B            | b2        | 户主
        C            | c         | 户主
        C            | c2        | 户主
    """,
    deaths="id_number | died_on \n c2 | 2020-05-01",
    besides="incomes.persons_are_members insurance.insured_while_living",
)

# ---- members ----

case(
    "members.household_is_known",
    households="household_id \n A",
    members="household_id | id_number | \n A | A | \n B | b | x",
)
case(
    "members.spouse_is_of_other_sex",
    members=f"""
        household_id | id_number | relation | sex |
        A            | A         | 户主     | 男  |
        A            | a2        | 配偶     | 女  |
        B            | B         | 户主     | 男  |
        B            | b2        | 配偶     | 男  | x
        C            | C         | 户主     |     |
        C            | c2        | 配偶     | 男  | x
        D            | D         | 户主     | 男  |
        D            | d2        | 之子     | 男  |
        E            | E         | 户主     | 男  |
        E            | e2        | 户主     | 女  |
        E            | e3        | 配偶     | 男  |
        F            | F         | 户主     | 男  |
        F            | {WOMEN[0]} | 配偶 |  |
        G            | {WOMEN[1]} | 户主 | 女 |
        G            | {WOMEN[2]} | 配偶 |  | x
    """,
    besides="incomes.persons_are_members households.has_one_head households.head_is_member members.is_insured",
)
case(
    "members.in_one_household",
    members="""
        household_id | person_no | id_number |
        A            | 1         | A         | x
        B            | 2         | A         | x
        B            | 3         | B         |
    """,
    besides="incomes.persons_are_members households.has_one_head",
)
case(
    "members.disabled_has_certificate",
    members="""
        household_id | id_number | health             |
        A            | A         | 残疾               |
        B            | B         | 残疾               | x
        C            | C         | 长期慢性病、残疾   | x
        D            | D         | 长期慢性病         |
        E            | E         | 残疾               | x
        F            | F         | 残疾               |
        G            | 无        | 残疾               |
    """,
    disability="""
        certificate_no | status
        A              | 有效
        E              | 注销
    """,
    deaths="id_number | died_on \n F | 2020-06-30",
    besides="households.head_is_member",
)
case(
    "members.healthy_has_no_certificate",
    members="""
        household_id | id_number | health |
        A            | A         | 健康   | x
        B            | B         | 健康   |
        C            | C         | 健康   |
        D            | D         | 残疾   |
        E            | E         | 健康   |
    """,
    disability="""
        certificate_no | status
        A              | 有效
        C              | 过期
        D              | 有效
        E              | 有效
    """,
    deaths="id_number | died_on \n E | 2020-06-30",
)
case(
    "members.is_insured",
    members="""
        household_id | id_number |
        A            | A         |
        B            | B         | x
        C            | C         | x
        D            | D         | x
        E            | E         |
        F            | 无        |
    """,
    insurance="""
        id_number | year | status | scheme
        A         | 2020 | 正常   | 城镇职工
        C         | 2020 | 暂停   | 城乡居民
        D         | 2019 | 正常   | 城乡居民
        D         | 2021 | 正常   | 城乡居民
    """,
    deaths="id_number | died_on \n E | 2020-06-30",
    besides="households.head_is_member",
)
case(
    "members.is_insured",
    night="january",
    members="household_id | id_number | \n A | A | \n B | B | x",
    insurance={"201912": "id_number | year \n A | 2019 \n B | 2018"},
)

# ---- incomes ----

case("incomes.household_is_known", households="household_id \n A", incomes="household_id | \n A | \n B | x")
case(
    "incomes.household_is_known",
    households={"202004": "household_id \n A \n gone", "202006": "household_id \n A"},
    members="household_id | id_number \n A | A",
    incomes="household_id | \n A | \n gone |",
)
case(
    "incomes.persons_are_members",
    members={
        "201911": "household_id | id_number \n A | A \n B | B \n B | b2",
        "201912": "household_id | id_number \n A | A \n A | a2 \n B | B",
        "202006": "household_id | id_number \n A | A \n B | B \n B | b2",
    },
    households={"202006": "household_id \n A \n B"},
    incomes={
        "2018": "household_id | persons | \n A | 5 |",
        "2019": "household_id | persons | \n A | 2 | \n B | 2 | x",
    },
    besides="households.has_one_head",
)
case(
    "incomes.persons_are_members",
    night="divided",  # where no list is as old as the year
    members={
        "202005": "household_id | id_number \n A | A",
        "202006": "household_id | id_number \n A | A \n A | a2",
    },
    households="household_id \n A \n B",
    incomes="household_id | persons | \n A | 2 | x \n B | 2 |",
    besides="households.village_is_known households.has_members households.has_one_head",
)
SAME = "household_id | wage_income | business_income | property_income | transfer_income | business_cost | net_income"
AS_BEFORE = "5000 | 3000 | 100 | 500 | 600 | 8000"
case(
    "incomes.differs_from_years_before",
    households="household_id \n A \n B \n C \n D \n E \n F",
    incomes={
        "2016": f"{SAME} | \n D | {AS_BEFORE} |",
        "2017": f"{SAME} | \n A | {AS_BEFORE} | \n C | {AS_BEFORE.replace('8000', '8000.50')} | \n E | {AS_BEFORE} |",
        "2018": f"{SAME} | \n A | {AS_BEFORE} | \n C | {AS_BEFORE} | \n D | {AS_BEFORE} | \n E | {AS_BEFORE} |",
        "2019": f"""
            {SAME} |
            A | {AS_BEFORE} | x
            B | {AS_BEFORE} |
            C | {AS_BEFORE} |
            D | {AS_BEFORE} |
            E | 5000 | 3000 | 101 | 499 | 600 | 8000 |
        """,
    },
)
case(
    "incomes.allowance_is_in_transfer",
    incomes="""
        household_id | transfer_income |
        A            | 0               | x
        B            | 0.01            |
        C            | 0               |
        D            | 0               |
        E            | 0               |
    """,
    households="household_id \n A \n B \n C \n D \n E",
    allowances={
        "2019": """
            id_number | paid_month | amount
            A         | 201901     | 200
            B         | 201912     | 200
            C         | 201806     | 200
            D         | 201906     | 0
        """,
        "2020": "id_number | paid_month | amount \n E | 202001 | 200",
    },
    besides="incomes.allowance_is_not_tiny",
)
case(
    "incomes.allowance_is_in_transfer",
    households="household_id \n A \n B",
    members={
        "201911": "household_id | id_number \n A | A \n A | p \n B | B",
        "201912": "household_id | id_number \n A | A \n B | B \n B | p",
        "202006": "household_id | id_number \n A | A \n B | B \n B | p",
    },
    allowances={"2019": "id_number | paid_month | amount \n p | 201912 | 0.01"},
    incomes="household_id | persons | transfer_income | \n A | 1 | 0 | \n B | 2 | 0 | x",
    besides="incomes.allowance_is_not_tiny households.has_one_head",
)
case(
    "incomes.allowance_is_not_tiny",
    households="household_id \n A \n B",
    members={
        "201911": "household_id | id_number \n A | A \n A | p \n B | B",
        "201912": "household_id | id_number \n A | A \n B | B \n B | p",
        "202006": "household_id | id_number \n A | A \n B | B \n B | p",
    },
    allowances={"2019": "id_number | paid_month | amount \n p | 201912 | 0.01"},
    incomes="household_id | persons | transfer_income | \n A | 1 | 1 | \n B | 2 | 1 | x",
    besides="households.has_one_head",
)
case(
    "incomes.allowance_is_not_tiny",
    incomes="""
        household_id | transfer_income |
        A            | 200             |
        B            | 200             | x
        C            | 200             |
        D            | 200             |
        E            | 200             | x
    """,
    households="household_id \n A \n B \n C \n D \n E",
    allowances={
        "2019": """
            id_number | paid_month | amount
            A         | 201901     | 100
            A         | 201902     | 100
            B         | 201901     | 100
            B         | 201902     | 99.99
            C         | 201901     | 0
            E         | 201901     | 0.01
        """,
        "2020": "id_number | paid_month | amount \n B | 202001 | 100",
    },
)

# ---- reports, visits ----

case(
    "reports.household_is_known",
    households="household_id \n A",
    reports={
        "20200601": "report_id | household_id | reported_on | \n r1 | A | 2020-06-01 | \n r2 | B | 2020-06-01 | x"
    },
)
case(
    "visits.household_is_known",
    households="household_id \n A",
    visits={"20200601": "household_id | visited_on | \n A | 2020-06-01 | \n B | 2020-06-01 | x"},
)
case(
    "visits.clue_is_known",
    night="later",
    households="household_id \n A",
    visits={
        "20200630": """
            clue_id | household_id | visited_on |
            open1   | A            | 2020-06-20 |
            closed1 | A            | 2020-06-21 |
            nobody  | A            | 2020-06-09 |
            nobody  | A            | 2020-06-10 | x
            nobody  | A            | 2020-06-30 | x
        """,
        "202007": "clue_id | household_id | visited_on | \n nobody | A | 2020-07-01 |",
    },
)
case(
    "visits.clue_is_known",
    visits={"20200601": "clue_id | household_id | visited_on | \n paper | A | 2020-06-01 |"},
)
case(
    "visits.aided_is_above_line",
    households="household_id \n A \n B \n C \n D",
    incomes="household_id | net_income \n A | 5999.99 \n B | 6000 \n C | 5000",
    visits={
        "20200601": """
            household_id | visited_on | removal  | removed_on |
            A            | 2020-06-01 | 帮扶消除 | 2020-06-01 | x
            B            | 2020-06-01 | 帮扶消除 | 2020-06-01 |
            C            | 2020-06-01 | 自然消除 | 2020-06-01 |
            D            | 2020-06-01 | 帮扶消除 | 2020-06-01 |
        """
    },
)
case(
    "visits.without_labour_is_not_removed",
    members="""
        household_id | id_number | labour     | birth_date
        A            | A         | 无劳动力   | 1940-01-01
        A            | a2        | 丧失劳动力 | 1980-01-01
        A            | a3        |            | 2004-07-01
        B            | B         |            | 1980-01-01
        C            | C         | 普通劳动力 | 1980-01-01
        D            | D         | 无劳动力   | 1980-01-01
        E            | E         | 无劳动力   | 1980-01-01
        E            | e2        |            | 2004-06-30
        F            | F         | 普通劳动力 | 1980-01-01
        F            | f2        | 无劳动力   | 1940-01-01
        G            | G         | 无劳动力   | 1940-01-01
        H            | H         | 普通劳动力 | 2004-07-01
    """,
    deaths="id_number | died_on \n F | 2020-05-01",
    visits={
        "20200601": """
            household_id | visited_on | removed_on | removal  |
            A            | 2020-06-01 | 2020-06-01 |          | x
            B            | 2020-06-01 | 2020-06-01 |          |
            C            | 2020-06-01 | 2020-06-01 |          |
            D            | 2020-06-01 |            |          |
            E            | 2020-06-01 | 2020-06-01 |          |
            F            | 2020-06-01 | 2020-06-01 |          | x
            G            | 2020-06-01 |            | 自然消除 | x
            H            | 2020-06-01 | 2020-06-01 |          | x
        """
    },
    besides="incomes.persons_are_members households.has_one_head insurance.insured_while_living",
)
case(
    "visits.measure_within_month",
    households="household_id \n A",
    visits={
        "20200629": """
            clue_id | household_id | visited_on | decided_class | decided_on | measure  | measure_on |
            k1      | A            | 2020-05-01 | 边缘户        | 2020-05-01 | 产业帮扶 | 2020-06-01 |
            k2      | A            | 2020-05-03 | 边缘户        | 2020-05-01 | 产业帮扶 | 2020-06-02 | x
            k3      | A            | 2020-05-01 | 边缘户        | 2020-05-01 |          | 2020-05-05 | x
            k4      | A            | 2020-05-01 | 边缘户        | 2020-05-01 | 产业帮扶 |            | x
            k5      | A            | 2020-05-29 | 边缘户        | 2020-05-29 |          |            | x
            k6      | A            | 2020-05-30 | 边缘户        | 2020-05-30 |          |            |
            k7      | A            | 2020-05-01 | 不纳入        | 2020-05-01 |          |            |
            k8      | A            | 2020-05-01 |               | 2020-05-01 |          |            |
            k9      | A            | 2020-05-01 | 边缘户        |            |          |            |
            k10     | A            | 2020-05-01 | 边缘户        | 2020-05-01 |          |            |
            k10     | A            | 2020-06-05 |               |            | 产业帮扶 | 2020-05-20 |
        """
    },
)

# ---- health ----

case(
    "insurance.one_scheme_a_year",
    members="household_id | id_number \n A | A \n B | B \n C | C",
    insurance="""
        id_number | scheme   | year | status |
        A         | 城乡居民 | 2020 | 正常   | x
        A         | 城镇职工 | 2020 | 正常   | x
        B         | 城乡居民 | 2020 | 正常   |
        B         | 城镇职工 | 2020 | 终止   |
        C         | 城乡居民 | 2020 | 正常   |
        C         | 城镇职工 | 2019 | 正常   |
    """,
)
case(
    "insurance.insured_while_living",
    members="household_id | id_number \n A | A \n B | B \n C | C",
    insurance="""
        id_number | year | status |
        A         | 2020 | 正常   | x
        B         | 2020 | 正常   |
        C         | 2020 | 终止   |
        A         | 2019 | 正常   |
        D         | 2019 | 正常   | x
        D         | 2020 | 终止   |
        E         | 2019 | 正常   |
        E         | 2020 | 终止   |
        A         | 2021 | 正常   | x
    """,
    deaths="""
        id_number | died_on
        A         | 2020-05-31
        B         | 2020-06-01
        C         | 2020-01-01
        D         | 2018-12-31
        E         | 2019-01-01
    """,
)
case(
    "settlements.settled_while_living",
    settlements="""
        settlement_id | id_number | settled_on | reverses_id | out_of_pocket |
        s1            | A         | 2020-05-01 |             | 5             |
        s2            | A         | 2020-05-02 |             | 5             | x
        s3            | A         | 2020-05-03 | s1          | -5            |
    """,
    deaths="id_number | died_on \n A | 2020-05-01",
    besides="insurance.insured_while_living",
)
case(
    "deaths.one_date_a_person",
    members="household_id | id_number \n A | A \n B | B \n C | C",
    deaths={
        "202003": "id_number | died_on | \n A | 2020-03-01 | \n B | 2020-03-01 | \n C | 2020-03-01 |",
        "202003_2": "id_number | died_on | \n C | 2020-03-02 |",
        "202004": "id_number | died_on | \n A | 2020-03-02 | x \n B | 2020-03-01 |",
    },
    besides="insurance.insured_while_living",
)

# ---- education ----

PUPIL = "members"
CHILDREN = """
    household_id | id_number | relation | birth_date
    A            | A         | 户主     | 1980-01-01
    A            | a         | 之子     | 2010-01-01
    A            | b         | 之子     | 2011-01-01
    A            | c         | 之子     | 2012-01-01
    A            | d         | 之子     | 2004-01-01
"""
case(
    "enrolments.enrolled_while_living",
    members=CHILDREN,
    enrolments={
        "202003": """
            id_number | status |
            a         | 在读   | x
            b         | 在读   |
            c         | 毕业   |
            d         | 在读   |
        """
    },
    deaths="id_number | died_on \n a | 2020-01-31 \n b | 2020-02-01 \n c | 2020-01-01",
    besides="incomes.persons_are_members insurance.insured_while_living",
)
case(
    "enrolments.one_school_at_a_time",
    members=CHILDREN,
    enrolments={
        "201909": "pupil_no | id_number | school_code | status | \n p1 | b | 1 | 在读 |",
        "202003": """
            pupil_no | id_number | school_code | school_name | status |
            p1       | a         | 1           | 甲          | 在读   | x
            p2       | a         | 2           | 乙          | 休学   | x
            p3       | b         | 2           | 乙          | 在读   |
            p4       | c         | 1           | 甲          | 在读   |
            p5       | c         | 2           | 乙          | 转出   |
            p6       | d         |             | 甲          | 在读   | x
            p7       | d         |             | 乙          | 在读   | x
        """,
    },
    besides="incomes.persons_are_members",
)
case(
    "grants.pupil_is_enrolled",
    members=CHILDREN,
    enrolments={"201909": "id_number \n b", "202003": "id_number | status \n a | 在读 \n c | 退学"},
    grants={
        "202003": """
            id_number | term   | paid_on    | is_out_of_county |
            a         | 2020春 | 2020-05-01 |                  |
            b         | 2020春 | 2020-05-01 |                  | x
            b         | 2020春 | 2020-05-01 | 否               | x
            b         | 2020春 | 2020-05-01 | 是               |
            b         | 2019秋 | 2019-10-01 |                  |
            a         | 2019春 | 2019-05-01 |                  |
            c         | 2020春 | 2020-05-01 |                  |
        """
    },
    besides="incomes.persons_are_members",
)
case(
    "grants.amount_is_standard",
    members=CHILDREN,
    enrolments={
        "201909": "id_number | stage \n d | 初中",
        "202003": "id_number | stage \n a | 小学 \n b | 初中 \n c | 学前 \n d | 普通高中",
    },
    grants={
        "202003": """
            id_number | term   | programme            | amount |
            a         | 2020春 | 家庭经济困难学生资助 | 250    |
            a         | 2020春 | 家庭经济困难学生资助 | 312.5  |
            a         | 2020春 | 家庭经济困难学生资助 | 500    |
            a         | 2020春 | 家庭经济困难学生资助 | 625    |
            a         | 2020春 | 家庭经济困难学生资助 | 400    | x
            b         | 2020春 | 家庭经济困难学生资助 | 312    | x
            c         | 2020春 | 家庭经济困难学生资助 | 400    |
            d         | 2020春 | 家庭经济困难学生资助 | 400    |
            d         | 2019秋 | 家庭经济困难学生资助 | 400    | x
            a         | 2020春 | 雨露计划             | 400    |
            a         | 2020春 | 义务教育家庭经济困难 | 400    |
        """
    },
    besides="incomes.persons_are_members",
)

# ---- civil affairs ----

DEAD = "id_number | died_on \n A | 2020-03-15 \n B | 2020-03-31 \n C | 2020-04-01"
PAID = """
    id_number | paid_month | amount |
    A         | 202003     | 200    |
    A         | 202004     | 0.01   | x
    B         | 202004     | 200    | x
    A         | 202005     | 0      |
    C         | 202004     | 200    |
    D         | 202004     | 200    |
"""
for _feed in ("allowances", "destitute"):
    case(
        f"{_feed}.paid_while_living",
        households="household_id \n A \n B \n C \n D",
        deaths=DEAD,
        besides="insurance.insured_while_living",
        **{_feed: PAID},
    )
case(
    "disability_subsidies.paid_while_living",
    households="household_id \n A \n B \n C \n D",
    deaths=DEAD,
    disability="certificate_no | type | grade \n A:41 | 4 | 1 \n B:41 | 4 | 1 \n C:41 | 4 | 1 \n D:41 | 4 | 1",
    disability_subsidies="""
        certificate_no | paid_month | amount |
        A:41           | 202003     | 60     |
        A:41           | 202004     | 0.01   | x
        B:41           | 202004     | 60     | x
        A:41           | 202005     | 0      |
        C:41           | 202004     | 60     |
        D:41           | 202004     | 60     |
    """,
    besides="insurance.insured_while_living",
)
case(
    "allowances.certificate_in_one_village",
    households="household_id | village_code \n A | home \n B | home1 \n C | home",
    members="""
        household_id | person_no | id_number
        A            | 1         | A
        B            | 2         | B
        C            | 3         | C
        B            | 4         | both
        C            | 5         | both
    """,
    allowances="""
        certificate_no | id_number | paid_month |
        d1             | A         | 202003     | x
        d1             | B         | 202003     | x
        d1             | A         | 202004     |
        d2             | A         | 202003     |
        d2             | C         | 202003     |
        d3             | B         | 202003     |
        d3             | stranger  | 202003     |
        d4             | both      | 202003     |
        d4             | A         | 202003     |
    """,
    besides="members.in_one_household households.has_one_head incomes.persons_are_members",
)
case(
    "destitute.no_allowance_beside",
    households="household_id \n A \n B \n C \n D",
    destitute="""
        id_number | paid_month | amount |
        A         | 202003     | 0.01   | x
        A         | 202004     | 900    |
        B         | 202003     | 900    |
        C         | 202003     | 0      |
        D         | 202003     | 900    |
    """,
    allowances="""
        id_number | paid_month | amount
        A         | 202003     | 0.01
        B         | 202003     | 0
        C         | 202003     | 200
    """,
)
case(
    "disability.one_valid_certificate",
    disability="""
        certificate_no | type | grade | status |
        A:41           | 4    | 1     | 有效   | x
        A:42           | 4    | 2     | 有效   | x
        B:41           | 4    | 1     | 有效   |
        B:42           | 4    | 2     | 注销   |
        C:41           | 4    | 1     | 过期   |
        C:42           | 4    | 2     | 注销   |
    """,
    households="household_id \n A \n B \n C",
)
case(
    "disability_subsidies.certificate_is_known",
    disability={
        "202003": "certificate_no | type | grade \n A:41 | 4 | 1 \n B:4201 | 4 | 2",
        "202006": "certificate_no | type | grade \n A:41 | 4 | 1",
    },
    households="household_id \n A \n B",
    disability_subsidies="""
        certificate_no | paid_month |
        A:41           | 202005     |
        A:4101         | 202005     |
        A:42           | 202005     | x
        B:42           | 202005     |
        stranger:41    | 202005     | x
    """,
)
case(
    "disability_subsidies.certificate_is_valid",
    disability={
        "202004": "certificate_no | type | grade | status \n A:41 | 4 | 1 | 有效 \n B:4100 | 4 | 1 | 注销",
        "202006": """
            certificate_no | type | grade | status
            A:41           | 4    | 1     | 注销
            B:41           | 4    | 1     | 有效
            C:41           | 4    | 1     | 过期
        """,
    },
    households="household_id \n A \n B \n C",
    disability_subsidies="""
        certificate_no | paid_month |
        A:41           | 202003     |
        A:41           | 202004     |
        A:41           | 202005     | x
        A:4101         | 202006     | x
        B:41           | 202004     | x
        B:41           | 202005     |
        C:41           | 202006     |
    """,
)

case(
    "disability_subsidies.certificate_is_valid",
    night="spring",
    disability={
        "202003": "certificate_no | type | grade | status \n A:41 | 4 | 1 | 有效 \n B:41 | 4 | 1 | 注销",
        "202004": "certificate_no | type | grade | status \n A:41 | 4 | 1 | 注销 \n B:41 | 4 | 1 | 有效",
    },
    households="household_id \n A \n B",
    disability_subsidies="certificate_no | paid_month | \n A:41 | 202005 | x \n B:41 | 202005 |",
)

# ---- water ----

for _feed in ("projects", "outages"):
    case(
        f"{_feed}.village_is_known",
        night="divided",
        divisions="division_code | level \n home | 村 \n home1 | 乡",
        households="household_id \n A",
        besides="outages.project_is_known",
        **{_feed: "village_code | \n home | \n home1 | x \n home2 | x"},
    )
case(
    "projects.people_served_fit_village",
    households="household_id | village_code \n A | home \n B | home \n C | home1",
    members="""
        household_id | id_number | relation
        A            | A         | 户主
        A            | a2        | 之子
        A            | a3        | 之子
        B            | B         | 户主
        B            | b2        | 之子
        C            | C         | 户主
    """,
    deaths="id_number | died_on \n b2 | 2020-06-30",
    projects="""
        project_id | village_code | people_served |
        p1         | home         | 6             |
        p2         | home         | 7             | x
        p1         | home1        | 1             |
        p2         | home1        | 2             | x
        p1         | home2        | 99            |
        p3         | home         |               |
    """,
    besides="incomes.persons_are_members",
)
case(
    "outages.project_is_known",
    projects={
        "2019": "project_id | village_code \n p0 | home",
        "2020": "project_id | village_code \n p1 | home",
    },
    outages="""
        project_id | village_code | began_on   | ended_on   |
        p1         | home         | 2020-01-01 | 2020-01-02 |
        p0         | home         | 2020-02-01 | 2020-02-02 |
        p2         | home         | 2020-03-01 | 2020-03-02 | x
    """,
    besides="outages.do_not_overlap",
)
case(
    "outages.do_not_overlap",
    projects="project_id | village_code \n p1 | home \n p2 | home",
    outages="""
        outage_id | project_id | village_code | began_on   | ended_on   |
        o1        | p1         | home         | 2020-01-01 | 2020-01-05 |
        o2        | p1         | home         | 2020-01-05 | 2020-01-06 | x
        o3        | p1         | home         | 2020-01-07 | 2020-01-08 |
        o4        | p1         | home1        | 2020-01-07 | 2020-01-08 |
        o5        | p2         | home         | 2020-01-07 |            |
        o6        | p2         | home         | 2020-03-01 | 2020-03-02 | x
        o7        | p1         | home1        | 2020-01-01 | 2020-01-06 |
        o8        | p1         | home2        | 2020-02-01 | 2020-02-10 |
        o9        | p1         | home2        | 2020-02-02 | 2020-02-03 | x
        o10       | p1         | home2        | 2020-02-05 | 2020-02-06 | x
    """,
)
case(
    "quality_tests.project_is_known",
    projects={
        "2019": "project_id | village_code \n p0 | home",
        "2020": "project_id | village_code \n p1 | home",
    },
    quality_tests="project_id | sampled_on | \n p1 | 2020-01-01 | \n p0 | 2020-01-01 | \n p2 | 2020-01-01 | x",
)
case(
    "access.household_is_known",
    households={"201912": "household_id \n A \n gone", "202006": "household_id \n A"},
    members="household_id | id_number \n A | A",
    access="household_id | litres_per_person_day | \n A | 100 | \n gone | 100 | \n B | 100 | x",
)
case(
    "dangerous_houses.household_is_known",
    households={"202004": "household_id \n A \n gone", "202006": "household_id \n A"},
    members="household_id | id_number \n A | A",
    dangerous_houses="household_id | \n A | \n gone | \n B | x",
)
case(
    "settlements.household_is_known",
    households="household_id \n A",
    settlements="id_number | household_id | \n A | A | \n A | | \n A | B | x \n nobody | B | x",
)


# ---- rows that take others back, of every feed of events ----


def taken_back(feed: Feed) -> None:
    """A key that was sent, and one that was not; both are taken back."""
    asked = [*feed.keys, *([feed.person] if feed.person and not feed.person.key else [])]
    named = [column for column in asked if column.type in (Type.NUMBER, Type.PERSON_NUMBER)]
    form = (
        ":44"
        if any(column.name == "certificate_no" and column.type is Type.PERSON_NUMBER for column in named)
        else ""
    )
    header = " | ".join(column.name for column in named)
    sent, never = (" | ".join(f"{key}{form}" for _ in named) for key in ("sent", "never"))
    first, again = ("20200601", "20200602") if feed.name in ("reports", "visits") else ("202003", "202003_2")
    dated = [column.name for column in feed.keys if column.type is Type.DATE and feed.name == "visits"]
    header, when = " | ".join([header, *dated]), "".join(" | 2020-06-01" for _ in dated)
    case(
        f"{feed.name}.takes_back_what_was_sent",
        **{
            feed.name: {
                first: f"{header} \n {sent}{when}",
                again: f"{header} | is_taken_back | \n {sent}{when} | 作废 | \n {never}{when} | 是 | x",
            }
        },
    )


for one in catalogue().values():
    if one.kind is Kind.EVENTS:
        taken_back(one)
