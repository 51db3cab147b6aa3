"""The status of a home for the terminal, and for machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from expectations.feeds import catalogue
from reports.labels import VERDICTS, feed_title, period_title, said
from reports.language import Words, joined
from reports.reasons import reason_words
from reports.status import Status
from warehouse.ledger.nights import PUBLISHED

OUTCOMES = {
    "published": Words("已发布", "published"),
    "failed": Words("失败", "failed"),
    "stopped": Words("已停止", "stopped"),
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
ALL_WELL = Words("没有需要处理的事项。", "Nothing waits for anybody.")
RUNS = Words("最近批次", "Last runs")
FEEDS = Words("各数据集最近一次报送", "The last delivery of each feed")
REFUSED = Words("被退回、尚未更正的报送", "Refused and not yet corrected")
LATE = Words("迟报的数据集", "Feeds that are late")
OPEN_ROWS = Words("待办的隔离行", "Open quarantined rows")
DECISIONS = Words("最近的决定", "Last decisions")
NOT_ENDED = Words(
    "最近批次（截至{as_of}）已发布，但尚未全部完成：核查清单、退回单或邮件可能缺失，再次运行即可补做",
    "the last run (as of {as_of}) was published but has not come to its end: work lists, slips or mail may be missing;"
    " run it again to make up for it",
)
LAST_RUN = Words(
    "最近批次（截至{as_of}）没有发布：{outcome}，此前发布的数据仓库仍然有效",
    "the last run (as of {as_of}) was not published: {outcome}; the warehouse published before it stands",
)
UNJUDGED = Words(
    "已收到、待下一批次判定的报送：{count}份", "received, to be judged by the next night: {count}"
)
MAIL = Words(
    "待发邮件：{waiting}封；放弃发送：{given_up}封", "mails waiting: {waiting}; given up: {given_up}"
)
REFUSED_BY_MAIL = Words(
    "邮件服务器拒收下列地址，请更正 FFP_CONTACTS_FILE：{addresses}",
    "the mail server refuses these addresses, correct them in FFP_CONTACTS_FILE: {addresses}",
)
FOLDED = Words(
    "其余正常：{reported}个数据集已报，共保存最近{runs}个批次、{decisions}项决定。全部内容：ffp status --all",
    "The rest is in order: {reported} feeds have come; last runs listed: {runs}, decisions: {decisions}."
    " All of it: ffp status --all",
)
COLUMNS = {
    "as_of": Words("截至", "as of"), "started": Words("开始", "started"), "ended": Words("结束", "ended"),
    "outcome": Words("结果", "outcome"), "version": Words("版本", "version"),
    "folder": Words("文件夹", "folder"), "feed": Words("数据集", "feed"), "period": Words("所属期", "period"),
    "verdict": Words("结论", "verdict"), "received": Words("收到", "received"),
    "held": Words("隔离", "held"),
    "expected": Words("应报日期", "expected by"), "late": Words("迟报天数", "days late"),
    "id": Words("编号", "delivery"), "file": Words("文件", "file"), "reasons": Words("原因", "reasons"),
    "kind": Words("决定", "decision"), "why": Words("理由", "why"), "by": Words("决定人", "by"),
    "at": Words("时间", "at"), **HELD,
}  # fmt: skip
FIGURES = {"received", "held", "late", *HELD}
SHORT = {"as_of", "started", "ended", "expected", "id", "at"}


def shown(found: Status, language: str, is_whole: bool = False) -> RenderableType:
    """For a terminal: trouble first, and the rest in a line, or in tables where the whole is asked for; print it
    with a rich Console."""
    title = TITLE.say(language, as_of=found.as_of) if found.as_of else NO_NIGHT.to(language)
    trouble = [
        *_sentences(found, language),
        *_listed(_refused(found, language), _late(found, language), _held(found, language)),
    ]
    parts = trouble or [Text(ALL_WELL.to(language), style="green")]
    if is_whole:
        parts += _listed(_runs(found, language), _feeds(found, language), _decisions(found, language))
    else:
        reported = sum(one["delivery_id"] is not None for one in found.feeds)
        counts = {"runs": len(found.runs), "decisions": len(found.decisions)}
        parts.append(Text(FOLDED.say(language, reported=reported, **counts), style="dim"))
    return Group(Text(title, style="bold"), *parts)


def _listed(*tables: RenderableType | None) -> list[RenderableType]:
    return [table for table in tables if table is not None]


def _sentences(found: Status, language: str) -> list[RenderableType]:
    """What is wrong and needs no table."""
    said_ = []
    last = found.runs[0] if found.runs else None
    if last and last["outcome"] == PUBLISHED and not last["ended_at"]:
        said_.append(NOT_ENDED.say(language, as_of=last["as_of"]))
    if last and last["outcome"] != PUBLISHED:
        outcome = said(OUTCOMES, last["outcome"] or "", language)
        said_.append(LAST_RUN.say(language, as_of=last["as_of"], outcome=outcome))
    if found.mails_waiting or found.mails_given_up:
        said_.append(MAIL.say(language, waiting=found.mails_waiting, given_up=found.mails_given_up))
    if found.mails_refused:
        addresses = joined([one["recipient"] for one in found.mails_refused], language)
        said_.append(REFUSED_BY_MAIL.say(language, addresses=addresses))
    if found.unjudged:
        said_.append(UNJUDGED.say(language, count=found.unjudged))
    return [Text(f"! {sentence}", style="red") for sentence in said_]


def _table(title: Words, names: Sequence[str], rows: Sequence[Sequence[Any]], language: str) -> Table | None:
    """A table that fits into 80 columns; None where there is nothing to list."""
    if not rows:
        return None
    table = Table(title=title.to(language), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for name in names:
        is_figure = name in FIGURES
        justify: Literal["left", "right"] = "right" if is_figure else "left"
        is_short = is_figure or name in SHORT
        table.add_column(COLUMNS[name].to(language), justify=justify, overflow="fold", no_wrap=is_short)
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    return table


def _cell(value: object) -> Text:
    is_whole = isinstance(value, int)
    return Text("" if value is None else f"{value:,}" if is_whole else str(value))


def _minute(moment: Any) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def _runs(found: Status, language: str) -> Table | None:
    rows = [
        (one["as_of"], _minute(one["started_at"]), _minute(one["ended_at"]),
         said(OUTCOMES, one["outcome"] or "", language), one["code_version"])
        for one in found.runs
    ]  # fmt: skip
    return _table(RUNS, ("as_of", "started", "ended", "outcome", "version"), rows, language)


def _period(feed: str | None, period: str | None, language: str) -> str:
    known = catalogue().get(feed or "")
    return period_title(known, period, language) if known and period else ""


def _feeds(found: Status, language: str) -> Table | None:
    rows = [
        (feed_title(one["feed"], language), _period(one["feed"], one["period"], language),
         said(VERDICTS, one["verdict"], language) if one["verdict"] else None,
         one["rows_received"], one["rows_quarantined"], one["expected_by"])
        for one in found.feeds
    ]  # fmt: skip
    return _table(FEEDS, ("feed", "period", "verdict", "received", "held", "expected"), rows, language)


def _late(found: Status, language: str) -> Table | None:
    """Those that have been late for longest first."""
    late = sorted((one for one in found.feeds if one["days_late"]), key=lambda one: -one["days_late"])
    rows = [
        (feed_title(one["feed"], language), one["department"] + "/",
         _period(one["feed"], one["last_period"], language), one["expected_by"], one["days_late"])
        for one in late
    ]  # fmt: skip
    return _table(LATE, ("feed", "folder", "period", "expected", "late"), rows, language)


def _refused(found: Status, language: str) -> Table | None:
    rows = [
        (
            one["delivery_id"],
            one["path"],
            "\n".join(reason_words(code, detail, language) for code, detail in one["reasons"]),
        )
        for one in found.refused
    ]
    return _table(REFUSED, ("id", "file", "reasons"), rows, language)


def _held(found: Status, language: str) -> Table | None:
    """A row a feed, those with most open rows first."""
    counts: dict[str, dict[str, int]] = {}
    for one in found.held:
        counts.setdefault(one["feed"], {})[one["status"]] = one["rows"]
    rows = [
        (feed_title(feed, language), *(own.get(status) for status in HELD))
        for feed, own in sorted(counts.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    ]
    return _table(OPEN_ROWS, ("feed", *HELD), rows, language)


def _decisions(found: Status, language: str) -> Table | None:
    rows = [
        (_minute(one["decided_at"]), said(KINDS, one["kind"], language), one["delivery_id"], one["decided_by"],
         one["why"])
        for one in found.decisions
    ]  # fmt: skip
    return _table(DECISIONS, ("at", "kind", "id", "by", "why"), rows, language)


def as_json(found: Status) -> str:
    """For machines: the same facts, dates in ISO form, codes instead of words."""
    return json.dumps(vars(found), ensure_ascii=False, indent=2, default=lambda value: value.isoformat())
