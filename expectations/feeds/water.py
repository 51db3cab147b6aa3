"""water/ - the water bureau."""

from expectations.checks import Check, warning, wrong_when
from expectations.columns import OPEN, code, date, decimal, flag, integer, money, number, text, village, year
from expectations.contract import Cadence, Department, Feed, Kind, Promise

department = Department(name="water", title="水利局", title_en="Water Bureau", contact="water")

LIMITS = (  # of 合格: from, to, highest values; pH 6.5-8.5 throughout
    # GB 5749-2006 with what it allows small works
    ("1900-01-01", "2023-03-31", {"turbidity_ntu": 3, "hardness_mg_l": 450, "ammonia_mg_l": 0.5,
                                  "permanganate_mg_l": 5}),
    ("2023-04-01", "9999-12-31", {"turbidity_ntu": 1, "hardness_mg_l": 450, "ammonia_mg_l": 0.5,
                                  "permanganate_mg_l": 3}),  # GB 5749-2022
)  # fmt: skip


def outside_limits_sql() -> str:
    """A condition: a value lies outside what the standard of its day allows."""
    dated = (
        f"(sampled_on BETWEEN DATE '{first}' AND DATE '{last}' AND"
        f" ({' OR '.join(f'{name} > {most}' for name, most in highest.items())}))"
        for first, last, highest in LIMITS
    )
    return f"(ph NOT BETWEEN 6.5 AND 8.5 OR {' OR '.join(dated)})"


projects = Feed(
    name="projects",
    title="供水工程",
    title_en="Water supply projects",
    kind=Kind.SNAPSHOT,
    cadence=Cadence.YEAR,
    promise=Promise(day=31),
    max_age_months=18,
    main_amount="investment",
    columns=(
        number("project_id", "工程编号", "number of the project", key=True, classification=OPEN),
        text("project_name", "工程名称", "name of the project", required=True, classification=OPEN),
        code("kind", "工程类型", "kind", ("城乡一体", "千吨万人", "集中", "分散"), required=True),
        year("built_year", "建设年度", "year of building", required=True, classification=OPEN),
        money("investment", "投资（万元）", "investment of the whole project", maximum=1_000_000_000,
              plausible=200_000_000, usual=(5_000, 200_000_000),
              aliases=("投资",), classification=OPEN),
        integer("people_served", "受益人口", "people served in the village", plausible=50_000,
                classification=OPEN),
        village("village_code", "行政村代码", "village, 12 digits", key=True, classification=OPEN),
        integer("households_served", "受益户数", "households served in the village", plausible=20_000,
                classification=OPEN),
    ),
)  # fmt: skip

access = Feed(
    name="access",
    title="户饮水状况",
    title_en="Household access to water",
    kind=Kind.SNAPSHOT,
    cadence=Cadence.HALF_YEAR,
    promise=Promise(day=31, months_after=1),
    max_age_months=12,
    columns=(
        number("household_id", "户编号", "household number", key=True, classification=OPEN),
        decimal("litres_per_person_day", "人均日水量（升）", "litres per person and day", maximum=500),
        code("mode", "取水方式", "how water is fetched", ("入户", "集中供水点", "自备井", "其他")),
        decimal("fetch_minutes", "单次取水往返时间（分钟）", "minutes to fetch water and back"),
        decimal("distance_m", "水平距离（米）", "horizontal distance in metres"),
        decimal("climb_m", "垂直距离（米）", "vertical distance in metres"),
        code("quality", "水质结论", "quality of the water", ("合格", "不合格", "未检")),
        flag("is_water_scarce_area", "缺水地区", "in an area where water is scarce"),
    ),
    rules=(
        warning(
            name="piped_water_is_not_fetched",
            test=wrong_when("mode = '入户' AND greatest(fetch_minutes, distance_m, climb_m) > 0"),
            columns=("mode", "fetch_minutes", "distance_m", "climb_m"),
            zh="取水方式为入户的，不应再填取水时间和距离",
            en="piped water is not fetched from a distance",
            mend_zh="请核对取水方式，或清空取水时间和距离",
            mend_en="check the way water is fetched, or empty time and distances",
        ),
    ),
)

outages = Feed(
    name="outages",
    title="停水记录",
    title_en="Water outages",
    kind=Kind.EVENTS,
    cadence=Cadence.MONTH,
    promise=Promise(day=10, months_after=1),
    event_date="began_on",
    event_end="ended_on",
    columns=(
        number("outage_id", "停水编号", "number of the outage", key=True, classification=OPEN),
        number("project_id", "工程编号", "number of the project", required=True, classification=OPEN),
        village("village_code", "行政村代码", "village, 12 digits", required=True, classification=OPEN),
        date("began_on", "停水开始", "first day without water", required=True),
        date("ended_on", "停水结束", "last day without water, empty = still out"),
        text("reason", "停水原因", "reason"),
    ),
    rules=(
        Check(
            name="ends_after_it_begins",
            test=wrong_when("ended_on < began_on"),
            columns=("began_on", "ended_on"),
            zh="停水结束不得早于停水开始",
            en="an outage does not end before it begins",
            mend_zh="请核对两个日期",
            mend_en="check the two dates",
        ),
    ),
)

quality_tests = Feed(
    name="quality_tests",
    title="水质检测",
    title_en="Water quality tests",
    kind=Kind.EVENTS,
    cadence=Cadence.MONTH,
    promise=Promise(day=10, months_after=1),
    event_date="sampled_on",
    columns=(
        number("sample_id", "样品编号", "number of the sample", key=True, classification=OPEN),
        number("project_id", "工程编号", "number of the project", required=True, classification=OPEN),
        date("sampled_on", "采样日期", "day of sampling", required=True),
        decimal("ph", "pH", "pH", maximum=14),
        decimal("turbidity_ntu", "浑浊度", "turbidity, NTU", aliases=("浊度",)),
        decimal("free_chlorine_mg_l", "余氯", "free chlorine, mg/L"),
        decimal("hardness_mg_l", "总硬度", "total hardness, mg/L"),
        decimal("ammonia_mg_l", "氨氮", "ammonia, mg/L"),
        decimal("permanganate_mg_l", "高锰酸盐指数", "permanganate index, mg/L"),
        code("conclusion", "结论", "conclusion", ("合格", "不合格"), required=True),
    ),
    rules=(
        warning(
            name="conclusion_fits_values",
            test=wrong_when(f"conclusion = '合格' AND {outside_limits_sql()}"),
            columns=(
                "conclusion",
                "ph",
                "turbidity_ntu",
                "hardness_mg_l",
                "ammonia_mg_l",
                "permanganate_mg_l",
            ),
            zh="结论为合格的，各项指标应在当时标准的限值以内（GB 5749）",
            en="in water that passes every value is within the limits of its day (GB 5749)",
            mend_zh="请核对检测值与结论",
            mend_en="check the values and the conclusion",
        ),
    ),
)
