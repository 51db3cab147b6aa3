"""Good news in a line each: what was taken in, what has been mended, and when the next file is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from expectations.feeds import catalogue
from reports.delivery_view import HeldRow, noted
from reports.labels import feed_title, period_title
from reports.language import Words, one_line
from reports.reasons import reason_words
from warehouse.judge import Verdict
from warehouse.ledger.deliveries import Delivery

RECEIPT = Words("{feed} {period}（{file}）：{what}", "{feed}, {period} ({file}): {what}")
LOADED = Words("收到{received}行，入库{loaded}行", "rows received: {received}, loaded: {loaded}")
DUPLICATE = Words("，重复{rows}行", ", duplicate: {rows}")
CLOSED = Words("，{rows}行已由其他文件更正", ", corrected by another file: {rows}")
LEFT_OUT = ("totals_left_out", "headers_left_out")
BESIDES = Words("；", "; ")
LOADED_BEFORE = Words("内容此前已入库，不必再报", "its content has been loaded before; nothing to do")
REPLACED = Words(
    "{file}：曾被退回，现已由 {by} 代替，不必再报",
    "{file}: was refused; {by} has taken its place and nothing is left to do",
)
ACCEPTED_NOW = Words("{file}：曾被退回，现已接收，{rows}", "{file}: was refused and is accepted now; {rows}")
ROWS_CLOSED = Words(
    "{file}：退回的{rows}行已全部更正或复核通过，最长用时{days}天",
    "{file}: all {rows} row(s) that were returned are corrected or pass now, after {days} day(s) at most",
)
DUE = Words("{feed}：{day}前", "{feed}: by {day}")


def receipt(one: Verdict, language: str) -> str:
    """A delivery that was taken in, with its rows."""
    told = one.delivery
    what = LOADED_BEFORE.to(language) if one.verdict == "already_loaded" else _rows(one, language)
    feed, period = (
        feed_title(told.feed.name, language),
        period_title(told.feed, told.period_text or "", language),
    )
    return RECEIPT.say(language, feed=feed, period=period, file=one_line(told.path), what=what)


def _rows(one: Verdict, language: str) -> str:
    also = {DUPLICATE: one.rows_duplicate, CLOSED: one.rows_quarantined}
    said = LOADED.say(language, received=one.delivery.rows_received, loaded=one.rows_loaded)
    said += "".join(words.say(language, rows=rows) for words, rows in also.items() if rows)
    left_out = [reason_words(code, more, language) for code, more in one.delivery.notes if code in LEFT_OUT]
    also_said = [reason_words(code, more, language) for code, more in one.notes]
    return BESIDES.to(language).join((said, *left_out, *also_said, *noted(one.delivery, language)))


def mended(one: Verdict, held: Sequence[HeldRow], by: Delivery | None, language: str) -> str:
    """What has become of a delivery that was refused or had rows held; `by` has taken its place."""
    file = one_line(one.delivery.path)
    if one.verdict == "refused" and by is not None:
        return REPLACED.say(language, file=file, by=one_line(by.path))
    if not held:
        return ACCEPTED_NOW.say(language, file=file, rows=_rows(one, language))
    days = max(row.days for row in held)
    return ROWS_CLOSED.say(language, file=file, rows=len(held), days=days)


def due_lines(taken: Sequence[Verdict], due: Mapping[str, date], language: str) -> list[str]:
    """When the next file of each feed of these deliveries should be there."""
    feeds = sorted({one.delivery.feed_name or "" for one in taken} & due.keys() & catalogue().keys())
    return [DUE.say(language, feed=feed_title(name, language), day=due[name]) for name in feeds]
