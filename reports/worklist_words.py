"""The cells of a work list in words: what speaks for a visit, and on which rows of which files it rests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from expectations.feeds import catalogue
from reports.labels import class_title, feed_title, period_title
from reports.language import Words
from reports.worklist_rows import Clue, Household, Signal, Source
from warehouse.landing.lines import said
from warehouse.rules import Rule, rules

RELATIONS = {
    "<": Words("低于", "below "),
    "<=": Words("不高于", "at most "),
    ">": Words("超过", "above "),
    ">=": Words("达到", "at or above "),
}
REPORTED = Words("上报线索（无预警指标）", "reported (no indicator at risk)")
NOW_UNKNOWN = Words("{title}（现情况不明）", "{title} (unknown by now)")
REMOVED = Words("（风险已消除）", " (risk removed)")
COMPARED = Words("{title}：{value}（{relation}{cutoff}）", "{title}: {value} ({relation}{cutoff})")
LINE = Words("第{line}行", "line {line}")
MORE_SOURCES = Words("等，另有{more}处", "and {more} more")


def monitored_words(home: Household, as_of: date, language: str) -> str:
    """The class that people decided, and whether its risk has been removed."""
    removed = REMOVED.to(language) if home.monitored_class and home.is_risk_removed else ""
    return class_title(home.monitored_class, as_of, language) + removed


def signal_words(one: Clue, language: str) -> str:
    """Each reason on a line of its own, with the value compared and the cutoff if there is one."""
    if not one.reasons:
        return REPORTED.to(language)
    stated = {rule.indicator: rule for rule in rules()}
    return "\n".join(
        _signal(stated[indicator], one.signals.get(indicator), language) if indicator in stated else indicator
        for indicator in one.reasons
    )


def _signal(rule: Rule, signal: Signal | None, language: str) -> str:
    title = Words(rule.title_zh, rule.title_en).to(language)
    if signal is None:  # it was at risk when the clue was opened
        return NOW_UNKNOWN.say(language, title=title)
    if signal.value is None or signal.cutoff is None:
        return title
    by_cutoff = {cutoff.value: part.at_risk_when for part in rule.parts for cutoff in part.cutoffs}
    relation = by_cutoff.get(signal.cutoff, rule.parts[0].at_risk_when)
    return COMPARED.say(
        language,
        title=title,
        value=plain(signal.value),
        relation=RELATIONS[relation].to(language),
        cutoff=plain(signal.cutoff),
    )


def plain(value: Decimal) -> str:
    """5000 and 312.5: a number without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def source_words(one: Clue, language: str) -> str:
    """The first rows behind a clue, each on a line of its own, and how many more there are."""
    shown = "\n".join(_source(source, language) for source in one.sources)
    return shown + (MORE_SOURCES.say(language, more=one.more_sources) if one.more_sources else "")


def _source(source: Source, language: str) -> str:
    """医保结算 2020年6月 第17行, or delivery and line where the delivery's feed is not known."""
    line = LINE.say(language, line=said(source.line))
    if source.feed not in catalogue():
        return f"{source.delivery_id} {line}"
    feed = catalogue()[source.feed]
    title, period = feed_title(feed.name, language), period_title(feed, source.period, language)
    return f"{title} {period} {line} [{source.delivery_id}]"
