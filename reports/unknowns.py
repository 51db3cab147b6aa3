"""Why a signal is unknown, in words, and who can make it known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from expectations.contract import Column, Feed
from expectations.feeds import catalogue
from reports.labels import department_title, feed_title
from reports.language import Words
from warehouse.rules import rules

OF_FEED = {
    "row_missing": Words("“{feed}”中没有该户或其成员的记录", "{feed}: no row of the household or a member"),
    "feed_missing": Words(
        "没有可用的“{feed}”（未报或已过期）", "{feed}: no file, or it is too old to answer"
    ),
    "period_missing": Words(
        "“{feed}”有应报未报的月份或学期", "{feed}: a month or term that is due is missing"
    ),
    "row_held": Words("“{feed}”中的相关行有错误，待更正", "{feed}: a row is held until it is corrected"),
    "row_contradicts": Words("“{feed}”中的记录互相矛盾", "{feed}: its rows contradict each other"),
}
NOT_STATED = Words("“{feed}”中未填写{column}", "{feed}: {column} is not filled in")
NO_NUMBER = Words("有成员没有可用的证件号码", "a member has no usable identity number")
NO_CUTOFF = Words("{year}年的标准尚未公布", "no cutoff has been published for {year}")
NO_SUGGESTION = Words("“{title}”情况不明，暂不建议类别", "no suggestion: {title} is unknown")
OF_A_FILE = ("feed_missing", "period_missing")
REGISTER_FIRST = ("households", "members", "access")  # where a column of several feeds is looked up


@dataclass(frozen=True)
class Missing:
    """What is missing, and the department that can supply it (empty: no department can)."""

    code: str
    words: str
    department: str

    @property
    def is_of_household(self) -> bool:
        """Whether a row or a cell about the household would make it known, not a whole file or a rule."""
        return bool(self.department) and not self.code.startswith(OF_A_FILE)


def missing(codes: str | None, language: str) -> list[Missing]:
    """The reasons of one signal, joined by commas as the warehouse has them, each once."""
    listed = dict.fromkeys(code for code in (codes or "").split(",") if code)
    return [_missing(code, language) for code in listed]


def no_suggestion_words(code: str | None, language: str) -> str:
    """Why a clue carries no suggested class; empty where it carries one."""
    indicator = (code or "").partition(":")[0]
    titles = {rule.indicator: Words(rule.title_zh, rule.title_en) for rule in rules()}
    if indicator not in titles:
        return code or ""
    return NO_SUGGESTION.say(language, title=titles[indicator].to(language))


def _missing(code: str, language: str) -> Missing:
    kind, _, about = code.partition(":")
    if kind in OF_FEED and about in catalogue():
        words = OF_FEED[kind].say(language, feed=feed_title(about, language))
        return Missing(code, words, department_title(catalogue()[about].department, language))
    if kind == "not_stated" and about in _columns():
        feed, column = _columns()[about]
        named = column.label if language == "zh" else column.en
        words = NOT_STATED.say(language, feed=feed_title(feed.name, language), column=named)
        return Missing(code, words, department_title(feed.department, language))
    if kind == "no_number":
        registry = department_title(catalogue()["members"].department, language)
        return Missing(code, NO_NUMBER.to(language), registry)
    if kind == "no_cutoff":
        return Missing(code, NO_CUTOFF.say(language, year=about), "")
    return Missing(code, code, "")


@cache
def _columns() -> dict[str, tuple[Feed, Column]]:
    feeds = catalogue()
    found: dict[str, tuple[Feed, Column]] = {}
    for name in (*REGISTER_FIRST, *feeds):
        for column in feeds[name].columns:
            found.setdefault(column.name, (feeds[name], column))
            found[f"{name}.{column.name}"] = feeds[name], column
    return found
