"""housing/ - the housing and urban-rural development bureau."""

from expectations.checks import Check, Null
from expectations.columns import IDENTIFIER, OPEN, code, date, number, text
from expectations.contract import Cadence, Department, Feed, Kind, Promise

department = Department(
    name="housing", title="住建局", title_en="Housing and Urban-Rural Development Bureau", contact="housing"
)

dangerous_houses = Feed(
    name="dangerous_houses",
    title="危房名单",
    title_en="Dangerous houses",
    kind=Kind.SNAPSHOT,
    cadence=Cadence.MONTH,
    promise=Promise(day=10),
    max_age_months=3,
    event_date="appraised_on",
    listed_while="grade IN ('C', 'D') AND repaired_on IS NULL",
    columns=(
        number("household_id", "户编号", "household number", key=True, classification=OPEN),
        text("head_name", "户主姓名", "name of the head", classification=IDENTIFIER),
        code("grade", "危房等级", "grade, A safe to D dangerous", ("A", "B", "C", "D"), required=True),
        date("appraised_on", "鉴定日期", "day of the appraisal", required=True),
        text("appraiser", "鉴定机构", "who appraised it"),
        date("repaired_on", "改造完成日期", "day the repair was finished, empty = not repaired"),
    ),
    rules=(
        Check(
            name="repaired_after_appraised",
            test=Null("CASE WHEN repaired_on < appraised_on THEN 1 END"),
            columns=("appraised_on", "repaired_on"),
            zh="改造完成日期不得早于鉴定日期",
            en="a house is not repaired before it is appraised",
            mend_zh="请核对两个日期；改造后重新鉴定的，请填写新的危房等级",
            mend_en="check the two dates; for a house appraised again after the repair give its new grade",
        ),
    ),
    sample={"appraiser": "房屋安全鉴定站"},
)
