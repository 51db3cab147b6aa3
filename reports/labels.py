"""Names of departments, feeds, periods, verdicts and classes as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from expectations.contract import Cadence, Feed
from expectations.feeds import catalogue, departments
from expectations.periods import BadPeriod, period_of
from reports.language import Words

NEW_CLASS_WORDS = date(2021, 5, 1)  # before it people's documents used the words of 2020
VERDICTS = {
    "accepted": Words("已接收", "accepted"),
    "refused": Words("被退回", "refused"),
    "already_loaded": Words("此前已入库", "already loaded"),
}
SIGNALS = {
    "at_risk": Words("有风险", "at risk"),
    "clear": Words("无风险", "clear"),
    "unknown": Words("情况不明", "unknown"),
}
SEVERITIES = {
    "error": Words("错误", "error"),
    "warning": Words("提示", "warning"),
}
CLUES = {
    "open": Words("待核查", "open"),
    "overdue": Words("逾期未核查", "overdue"),
    "closed": Words("已办结", "closed"),
}
ASKS = {
    "visit": Words("入户", "visit"),
    "call": Words("电话", "call"),
    "works": Words("查看供水设施", "look at the works"),
}
CLASSES = {  # what a computed suggestion or a decided class is called in English
    "脱贫不稳定户": "lifted, not stable",
    "边缘易致贫户": "marginal, may fall into poverty",
    "突发严重困难户": "sudden severe hardship",
    "持续监测": "keep monitoring",
    "关注": "watch",
}
BEFORE_THE_CLASS = Words("刚性支出过大（当时无此类别）", "burdened by expenses (no class then)")
POLICY_ROWS = {
    "grants_out_of_county": Words("县外就读学生教育扶贫资金", "Education grants, pupils out of county"),
    "grants_term": Words("家庭经济困难学生资助（春季学期）", "Grants to pupils in hardship, spring term"),
    "deductible_waived": Words("减免起付线", "Deductibles waived"),
    "copay_waived": Words("减免自付费用", "Co-payments waived"),
    "chronic_covered": Words("慢性病门诊兜底", "Chronic disease covered"),
    "checkups": Words("免费体检", "Free check-ups"),
    "water_works": Words("当年建设的供水工程", "Water works built this year"),
    "allowances": Words("低保发放", "Minimum living allowances"),
    "destitute": Words("特困供养", "Support of the destitute"),
    "relief": Words("临时救助", "Temporary relief"),
    "disability_subsidies": Words("残疾人两项补贴", "Subsidies to disabled persons"),
}


def said(words: Mapping[str, Words], code: str, language: str) -> str:
    """The words of a code; the code itself where there are none."""
    return words[code].to(language) if code in words else code


def department_title(name: str, language: str) -> str:
    """The department as it calls itself; the folder's name where no department is known by it."""
    known = departments().get(name)
    return Words(known.title, known.title_en).to(language) if known else name


def feed_title(name: str, language: str) -> str:
    """The feed as its department calls it."""
    known = catalogue().get(name)
    return Words(known.title, known.title_en).to(language) if known else name


def period_title(feed: Feed, text: str, language: str) -> str:
    """2020年6月, 2020年春季学期, 2020年度, 2020年上半年; 2020-06, spring 2020, 2020, first half of 2020."""
    try:
        period = period_of(feed, text)
    except BadPeriod:
        return text
    year, month = text[:4], text[4:6]
    if period.term:
        season = "spring" if period.term.endswith("春") else "autumn"
        return Words(f"{year}年{period.term[-1]}季学期", f"{season} {year}").to(language)
    if len(text) == 4:
        return Words(f"{year}年度", year).to(language)
    if len(text) == 8:
        return Words(f"{year}年{int(month)}月{int(text[6:])}日", f"{year}-{month}-{text[6:]}").to(language)
    if feed.cadence is Cadence.HALF_YEAR:
        zh, en = ("上半年", "first") if month == "06" else ("下半年", "second")
        return Words(f"{year}年{zh}", f"{en} half of {year}").to(language)
    return Words(f"{year}年{int(month)}月", f"{year}-{month}").to(language)


def class_title(value: str | None, as_of: date, language: str) -> str:
    """A class or suggestion in the words of the day: before May 2021 those of 2020, where it had any."""
    if value is None:
        return ""
    if language != "zh":
        return CLASSES.get(value, value)
    older = catalogue()["households"].column("monitored_class").codes.get(value, ())
    return older[0] if older and as_of < NEW_CLASS_WORDS else value


def suggestion_title(value: str | None, as_of: date, language: str) -> str:
    """A suggested class in the words of the day; the third class has no older word, for there was none."""
    if value == "突发严重困难户" and as_of < NEW_CLASS_WORDS:
        return BEFORE_THE_CLASS.to(language)
    return class_title(value, as_of, language)
