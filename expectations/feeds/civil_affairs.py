"""civil_affairs/ - the civil affairs bureau and the disabled persons' federation."""

from expectations.checks import Check, InSet, NotInSet, warning, wrong_when
from expectations.columns import (
    IDENTIFIER,
    code,
    date,
    money,
    month,
    number,
    person_name,
    person_number,
    text,
)
from expectations.contract import Cadence, Department, Feed, Kind, Promise

department = Department(
    name="civil_affairs",
    title="民政局、残联",
    title_en="Civil Affairs Bureau and Disabled Persons' Federation",
    contact="civil_affairs",
)

PAYMENT_KINDS = {"正常": (), "补发": ()}


AMOUNT_IS_POSITIVE = warning(
    name="amount_is_positive",
    test=NotInSet("amount", (0,)),
    columns=("amount",),
    zh="发放金额不应为0",
    en="the amount paid is not 0",
    mend_zh="未发放的不必列入，已发放的请填实际金额",
    mend_en="leave out what was not paid, or give the amount",
)


def certificate_is_long(column: str) -> Check:
    """A disability certificate has 20 characters, 22 when it was issued anew."""
    return Check(
        name=f"{column}_is_certificate",
        test=InSet(f"CASE WHEN {column}__key IS NOT NULL THEN length({column}) END", (20, 22)),
        columns=(column,),
        zh="残疾证号应为20位，补换领的为22位",
        en="a disability certificate has 20 characters, or 22 when issued anew",
        mend_zh="请填写完整的残疾证号",
        mend_en="give the whole number of the certificate",
    )


allowances = Feed(
    name="allowances",
    title="低保发放",
    title_en="Minimum living allowances paid",
    kind=Kind.EVENTS,
    cadence=Cadence.MONTH,
    promise=Promise(day=10, months_after=1),
    main_amount="amount",
    event_date="paid_month",
    columns=(
        number("certificate_no", "低保证号", "number of the allowance certificate", key=True),
        text("head_name", "户主姓名", "name of the head", classification=IDENTIFIER),
        person_number("head_id_number", "户主证件号码", "number of the head", named_by="head_name"),
        person_name("name", "保障对象姓名", aliases=("姓名",)),
        person_number("id_number", "证件号码", "identity number", key=True),
        code("grade", "低保类别", "grade", {"A": ("一类",), "B": ("二类",), "C": ("三类",)}, required=True),
        month("since", "起始保障年月", "month since which it is paid"),
        month("paid_month", "发放年月", "month paid for", key=True),
        code("payment_kind", "发放类型", "regular or back payment", PAYMENT_KINDS, key=True, required=False,
             empty_is="正常"),
        money("amount", "发放金额", "amount paid", required=True, plausible=20_000, usual=(20, 20_000)),
    ),
    rules=(AMOUNT_IS_POSITIVE,),
)  # fmt: skip

destitute = Feed(
    name="destitute",
    title="特困供养",
    title_en="Support of the destitute",
    kind=Kind.EVENTS,
    cadence=Cadence.MONTH,
    promise=Promise(day=10, months_after=1),
    main_amount="amount",
    event_date="paid_month",
    columns=(
        person_number("id_number", "证件号码", "identity number", key=True),
        person_name(),
        code("care", "供养方式", "in an institution or at home", ("集中", "分散"), required=True),
        code("care_level", "护理等级", "level of care", ("全自理", "半护理", "全护理")),
        month("paid_month", "发放年月", "month paid for", key=True),
        code("payment_kind", "发放类型", "regular or back payment", PAYMENT_KINDS, key=True, required=False,
             empty_is="正常"),
        money("amount", "发放金额", "amount paid", required=True, plausible=20_000, usual=(20, 20_000)),
    ),
    rules=(AMOUNT_IS_POSITIVE,),
)  # fmt: skip

relief = Feed(
    name="relief",
    title="临时救助",
    title_en="Temporary relief",
    kind=Kind.EVENTS,
    cadence=Cadence.MONTH,
    promise=Promise(day=10, months_after=1),
    main_amount="amount",
    event_date="paid_on",
    columns=(
        number("relief_id", "救助编号", "number of the payment", key=True),
        person_number("id_number", "证件号码", "identity number", required=True),
        person_name(),
        date("applied_on", "申请日期", "day of the application"),
        text("reason", "救助原因", "reason", required=True),
        money("amount", "救助金额", "amount paid", required=True, plausible=200_000, usual=(50, 100_000)),
        date("paid_on", "发放日期", "day of payment", required=True),
    ),
)

disability = Feed(
    name="disability",
    title="残疾人证",
    title_en="Disability certificates",
    kind=Kind.SNAPSHOT,
    cadence=Cadence.MONTH,
    promise=Promise(day=10),
    max_age_months=3,
    event_date="issued_on",
    listed_while="status = '有效'",
    columns=(
        person_number(
            "certificate_no", "残疾证号", "number of the certificate, 20 or 22 characters", key=True
        ),
        person_name(),
        code(
            "type",
            "残疾类别",
            "kind of disability: 1 sight 2 hearing 3 speech 4 limbs 5 intellectual 6 mental 7 multiple",
            {
                "1": ("视力", "1视力"),
                "2": ("听力", "2听力"),
                "3": ("言语", "3言语"),
                "4": ("肢体", "4肢体"),
                "5": ("智力", "5智力"),
                "6": ("精神", "6精神"),
                "7": ("多重", "7多重"),
            },
            required=True,
        ),
        code(
            "grade",
            "残疾等级",
            "grade, 1 the most severe",
            {"1": ("一级",), "2": ("二级",), "3": ("三级",), "4": ("四级",)},
            required=True,
        ),
        date("issued_on", "发证日期", "day of issue", required=True),
        code("status", "状态", "status", ("有效", "注销", "过期"), required=True),
    ),
    rules=(
        certificate_is_long("certificate_no"),
        Check(
            name="type_is_digit_19",
            test=wrong_when(
                "length(certificate_no) >= 20 AND certificate_no__key IS NOT NULL"
                " AND type <> substring(certificate_no, 19, 1)"
            ),
            columns=("type", "certificate_no"),
            zh="残疾类别应与残疾证号第19位一致",
            en="the kind of disability equals digit 19 of the certificate",
            mend_zh="请核对残疾类别与残疾证号",
            mend_en="check the kind against the certificate",
        ),
        Check(
            name="grade_is_digit_20",
            test=wrong_when(
                "length(certificate_no) >= 20 AND certificate_no__key IS NOT NULL"
                " AND grade <> substring(certificate_no, 20, 1)"
            ),
            columns=("grade", "certificate_no"),
            zh="残疾等级应与残疾证号第20位一致",
            en="the grade equals digit 20 of the certificate",
            mend_zh="请核对残疾等级与残疾证号",
            mend_en="check the grade against the certificate",
        ),
    ),
)

disability_subsidies = Feed(
    name="disability_subsidies",
    title="残疾人两项补贴",
    title_en="Subsidies to disabled persons",
    kind=Kind.EVENTS,
    cadence=Cadence.MONTH,
    promise=Promise(day=10, months_after=1),
    main_amount="amount",
    event_date="paid_month",
    columns=(
        person_number("certificate_no", "残疾证号", "number of the certificate", key=True),
        person_name(),
        code(
            "subsidy", "补贴类别", "kind of subsidy", ("困难残疾人生活补贴", "重度残疾人护理补贴"), key=True
        ),
        month("paid_month", "发放年月", "month paid for", key=True),
        money("amount", "发放金额", "amount paid", required=True, plausible=10_000, usual=(20, 10_000)),
    ),
    rules=(
        certificate_is_long("certificate_no"),
        warning(
            name="care_is_for_grade_1_or_2",
            test=wrong_when(
                "subsidy = '重度残疾人护理补贴' AND certificate_no__key IS NOT NULL"
                " AND substring(certificate_no, 20, 1) IN ('3', '4')"
            ),
            columns=("subsidy", "certificate_no"),
            zh="重度残疾人护理补贴发给一级、二级残疾人",
            en="the care subsidy is for grades 1 and 2",
            mend_zh="请核对补贴类别与残疾证等级",
            mend_en="check the kind of subsidy against the grade of the certificate",
        ),
    ),
)
