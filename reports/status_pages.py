"""The status of a home for the terminal, and for machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from expectations.feeds import catalogue
from reports.labels import VERDICTS, department_title, feed_title, period_title, said
from reports.language import Words
from reports.reasons import reason_words
from reports.status import Status

OUTCOMES = {
    "published": Words("已发布", "published"),
    "failed": Words("失败", "failed"),
    "": Words("运行中或已中断", "running or killed"),
}
HELD = {
    "open": Words("待更正", "to correct"),
    "pending": Words("等待原结算", "waiting for the original"),
    "unattributable": Words("无法归属", "of nobody known"),
}
KINDS = {"accept": Words("接收", "accept"), "withdraw": Words("撤回", "withdraw")}
TITLE = Words("防返贫监测状态　截至{as_of}", "Status as of {as_of}")
NO_NIGHT = Words("防返贫监测状态　尚未运行过批次", "Status; no night has been published yet")
RUNS = Words("最近批次", "Last runs")
FEEDS = Words("各数据集最近一次报送", "The last delivery of each feed")
REFUSED = Words("被退回、尚未更正的报送", "Refused and not yet corrected")
OPEN_ROWS = Words("待办的隔离行", "Open held rows")
DECISIONS = Words("最近的决定", "Last decisions")
UNJUDGED = Words(
    "已收到、待下一批次判定的报送：{count}份", "received, to be judged by the next night: {count}"
)
MAIL = Words(
    "待发邮件：{waiting}封；放弃发送：{given_up}封", "mails waiting: {waiting}; given up: {given_up}"
)
NOTHING = Words("无", "none")
COLUMNS = {
    "as_of": Words("截至", "as of"), "started": Words("开始", "started"), "ended": Words("结束", "ended"),
    "outcome": Words("结果", "outcome"), "version": Words("版本", "version"),
    "department": Words("部门", "department"), "feed": Words("数据集", "feed"), "period": Words("所属期", "period"),
    "verdict": Words("结论", "verdict"), "received": Words("收到", "received"), "loaded": Words("入库", "loaded"),
    "held": Words("隔离", "held"), "duplicate": Words("重复", "duplicate"),
    "expected": Words("应报日期", "expected by"), "late": Words("迟报天数", "days late"),
    "id": Words("编号", "delivery"), "file": Words("文件", "file"), "reasons": Words("原因", "reasons"),
    "status": Words("状态", "status"), "rows": Words("行数", "rows"),
    "kind": Words("决定", "decision"), "why": Words("理由", "why"), "by": Words("决定人", "by"),
    "at": Words("时间", "at"),
}  # fmt: skip
FIGURES = {"received", "loaded", "held", "duplicate", "late", "rows"}


def shown(found: Status, language: str) -> RenderableType:
    """For a terminal; print it with a rich Console."""
    title = TITLE.say(language, as_of=found.as_of) if found.as_of else NO_NIGHT.to(language)
    mail = MAIL.say(language, waiting=found.mails_waiting, given_up=found.mails_given_up)
    lines = [Text(mail)]
    lines += [Text(UNJUDGED.say(language, count=found.unjudged))] if found.unjudged else []
    return Group(Text(title, style="bold"), _runs(found, language), _feeds(found, language),
                 _refused(found, language), _held(found, language), _decisions(found, language), *lines)  # fmt: skip


def _table(
    title: Words, names: Sequence[str], rows: Sequence[Sequence[Any]], language: str
) -> RenderableType:
    if not rows:
        return Text(f"{title.to(language)}{Words('：', ': ').to(language)}{NOTHING.to(language)}")
    table = Table(title=title.to(language), title_justify="left", title_style="bold")
    for name in names:
        table.add_column(
            COLUMNS[name].to(language), justify="right" if name in FIGURES else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    return table


def _cell(value: object) -> Text:
    is_whole = isinstance(value, int)
    return Text("" if value is None else f"{value:,}" if is_whole else str(value))


def _minute(moment: Any) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def _runs(found: Status, language: str) -> RenderableType:
    rows = [
        (one["as_of"], _minute(one["started_at"]), _minute(one["ended_at"]),
         said(OUTCOMES, one["outcome"] or "", language), one["code_version"])
        for one in found.runs
    ]  # fmt: skip
    return _table(RUNS, ("as_of", "started", "ended", "outcome", "version"), rows, language)


def _period(feed: str | None, period: str | None, language: str) -> str:
    known = catalogue().get(feed or "")
    return period_title(known, period, language) if known and period else ""


def _feeds(found: Status, language: str) -> RenderableType:
    rows = [
        (department_title(one["department"], language), feed_title(one["feed"], language),
         _period(one["feed"], one["period"], language),
         said(VERDICTS, one["verdict"], language) if one["verdict"] else None,
         one["rows_received"], one["rows_loaded"], one["rows_quarantined"], one["rows_duplicate"],
         one["expected_by"], one["days_late"] or None)
        for one in found.feeds
    ]  # fmt: skip
    names = ("department", "feed", "period", "verdict", "received", "loaded", "held", "duplicate", "expected",
             "late")  # fmt: skip
    return _table(FEEDS, names, rows, language)


def _refused(found: Status, language: str) -> RenderableType:
    rows = [
        (
            one["delivery_id"],
            one["path"],
            "\n".join(reason_words(code, detail, language) for code, detail in one["reasons"]),
        )
        for one in found.refused
    ]
    return _table(REFUSED, ("id", "file", "reasons"), rows, language)


def _held(found: Status, language: str) -> RenderableType:
    rows = [
        (feed_title(one["feed"], language), said(HELD, one["status"], language), one["rows"])
        for one in found.held
    ]
    return _table(OPEN_ROWS, ("feed", "status", "rows"), rows, language)


def _decisions(found: Status, language: str) -> RenderableType:
    rows = [
        (_minute(one["decided_at"]), said(KINDS, one["kind"], language), one["delivery_id"], one["decided_by"],
         one["why"])
        for one in found.decisions
    ]  # fmt: skip
    return _table(DECISIONS, ("at", "kind", "id", "by", "why"), rows, language)


def as_json(found: Status) -> str:
    """For machines: the same facts, dates in ISO form, codes instead of words."""
    return json.dumps(vars(found), ensure_ascii=False, indent=2, default=lambda value: value.isoformat())
