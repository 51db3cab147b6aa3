"""health/ - the health commission and the medical insurance bureau."""

from typing import Any

from expectations.checks import Between, Check, warning, wrong_when
from expectations.columns import OPEN, code, date, flag, money, number, person_name, person_number, text, year
from expectations.contract import Cadence, Column, Department, Feed, Kind, Promise

department = Department(
    name="health",
    title="卫健委、医保局",
    title_en="Health Commission and Medical Insurance Bureau",
    contact="health",
)

AMOUNTS = (
    "total_cost, pooled_paid, major_illness_paid, medical_aid_paid, other_paid, out_of_pocket,"
    " in_scope_out_of_pocket, deductible_waived, copay_waived, chronic_covered"
)


def amount(name: str, label: str, en: str, **more: Any) -> Column:
    """An amount of a settlement; negative in a reversal."""
    return money(name, label, en, minimum=-10_000_000, **more)


insurance = Feed(
    name="insurance",
    title="医保参保",
    title_en="Medical insurance",
    kind=Kind.SNAPSHOT,
    cadence=Cadence.MONTH,
    promise=Promise(day=10),
    max_age_months=2,
    partition="year",
    columns=(
        person_number("id_number", "证件号码", "identity number", key=True),
        person_name(),
        code("scheme", "险种", "scheme", ("城乡居民", "城镇职工"), key=True),
        year("year", "参保年度", "year insured", key=True, years_ahead=1),
        code("status", "参保状态", "status", ("正常", "暂停", "终止"), required=True),
        flag("has_major_illness_cover", "大病保险", "has major illness cover"),
    ),
)

settlements = Feed(
    name="settlements",
    title="医保结算",
    title_en="Medical settlements",
    kind=Kind.EVENTS,
    cadence=Cadence.MONTH,
    promise=Promise(day=10, months_after=1),
    main_amount="total_cost",
    event_date="settled_on",
    columns=(
        number("settlement_id", "结算编号", "number of the settlement", key=True, classification=OPEN),
        number(
            "reverses_id",
            "原结算编号",
            "number of the settlement that this one reverses",
            classification=OPEN,
        ),
        person_number("id_number", "证件号码", "identity number", required=True),
        person_name(),
        number("household_id", "户编号", "household number", classification=OPEN),
        code("care_type", "医疗类别", "kind of care", ("门诊", "住院", "门诊慢性病"), required=True),
        date("settled_on", "结算日期", "day of settlement", required=True),
        amount("total_cost", "医疗总费用", "total cost", required=True, usual=(5, 500_000)),
        amount("pooled_paid", "统筹支付", "paid by the pooled fund", required=True),
        amount("major_illness_paid", "大病保险支付", "paid by major illness insurance", required=True),
        amount("medical_aid_paid", "医疗救助支付", "paid by medical aid", required=True),
        amount("other_paid", "其他支付", "borne by hospital and other payers"),
        amount("out_of_pocket", "个人负担总额", "borne by the person after every reduction", required=True),
        amount("in_scope_out_of_pocket", "其中政策范围内自付", "of it inside the policy's scope"),
        amount("deductible_waived", "减免起付线金额", "deductible waived"),
        amount("copay_waived", "减免自付金额", "co-payment waived"),
        amount("chronic_covered", "慢性病兜底金额", "covered for chronic disease"),
    ),
    rules=(
        Check(
            name="total_is_sum",
            test=Between(
                "total_cost - pooled_paid - major_illness_paid - medical_aid_paid"
                " - coalesce(other_paid, 0) - out_of_pocket",
                -0.05,
                0.05,
            ),
            columns=("total_cost",),
            zh="医疗总费用应等于各项支付与个人负担之和（误差不超过0.05元）",
            en="total cost equals all payments and what the person bears, within 0.05 yuan",
            mend_zh="请核对各项金额",
            mend_en="check the amounts",
        ),
        Check(
            name="in_scope_within_out_of_pocket",
            test=wrong_when("abs(in_scope_out_of_pocket) > abs(out_of_pocket)"),
            columns=("in_scope_out_of_pocket",),
            zh="政策范围内自付不得大于个人负担总额",
            en="what is in scope is not more than what the person bears",
            mend_zh="请核对两项金额",
            mend_en="check the two amounts",
        ),
        Check(
            name="signs_agree",
            test=wrong_when(f"least({AMOUNTS}) < 0 AND greatest({AMOUNTS}) > 0"),
            columns=("total_cost",),
            zh="同一行各项金额的正负号必须一致",
            en="all amounts of a row have one sign",
            mend_zh="退费行各项均为负数，其余行均不得为负",
            mend_en="in a reversal all amounts are negative, in any other row none is",
        ),
        Check(
            name="reversal_names_original",
            test=wrong_when(f"least({AMOUNTS}) < 0 AND reverses_id IS NULL"),
            columns=("reverses_id",),
            zh="金额为负的退费行必须填写原结算编号",
            en="a row with negative amounts names the settlement that it reverses",
            mend_zh="请补填原结算编号",
            mend_en="fill in 原结算编号",
        ),
        Check(
            name="charge_names_no_original",
            test=wrong_when(f"greatest({AMOUNTS}) > 0 AND reverses_id IS NOT NULL"),
            columns=("reverses_id",),
            zh="金额为正的结算行不得填写原结算编号",
            en="a row with positive amounts reverses nothing",
            mend_zh="请删除原结算编号或更正金额",
            mend_en="remove 原结算编号 or correct the amounts",
        ),
        warning(
            name="total_is_plausible",
            test=Between("total_cost", maximum=500_000),
            columns=("total_cost",),
            zh="一次结算的医疗总费用一般不超过50万元",
            en="one settlement rarely costs more than 500,000 yuan",
            mend_zh="请核对医疗总费用及其单位",
            mend_en="check the total cost and its unit",
        ),
        warning(
            name="inpatient_share_is_plausible",
            test=Between(
                "CASE WHEN care_type = '住院' AND total_cost > 0 THEN out_of_pocket - total_cost * 0.95 END",
                maximum=0,
            ),
            columns=("out_of_pocket", "total_cost"),
            zh="住院结算的个人负担一般不超过总费用的95%",
            en="an inpatient rarely bears more than 95 % of the total cost",
            mend_zh="请核对个人负担总额和各项支付",
            mend_en="check what the person bears and what was paid",
        ),
    ),
)

major_diseases = Feed(
    name="major_diseases",
    title="大病救治名单",
    title_en="Major diseases under treatment",
    kind=Kind.SNAPSHOT,
    cadence=Cadence.MONTH,
    promise=Promise(day=10),
    max_age_months=3,
    event_date="diagnosed_on",
    listed_while="TRUE",
    columns=(
        person_number("id_number", "证件号码", "identity number", key=True),
        person_name(),
        text("disease", "病种", "disease", key=True),
        date("diagnosed_on", "确诊日期", "day of diagnosis", required=True),
    ),
)

checkups = Feed(
    name="checkups",
    title="免费体检",
    title_en="Free check-ups",
    kind=Kind.EVENTS,
    cadence=Cadence.MONTH,
    promise=Promise(day=10, months_after=1),
    event_date="examined_on",
    columns=(
        person_number("id_number", "证件号码", "identity number", key=True),
        person_name(),
        date("examined_on", "体检日期", "day of the check-up", key=True),
        text("clinic", "体检机构", "clinic"),
    ),
)

deaths = Feed(
    name="deaths",
    title="死亡登记",
    title_en="Deaths",
    kind=Kind.EVENTS,
    cadence=Cadence.MONTH,
    promise=Promise(day=10, months_after=1),
    event_date="died_on",
    columns=(
        person_number("id_number", "证件号码", "identity number", key=True),
        person_name(),
        date("died_on", "死亡日期", "day of death", required=True),
    ),
)
