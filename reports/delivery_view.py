"""One delivery in words: how it was judged, why, which rows are concerned and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from expectations.feeds import catalogue
from reports.expectation_words import sentence_of
from reports.labels import VERDICTS, feed_title, period_title, said
from reports.language import Words, joined, one_line
from reports.next_steps import next_steps
from reports.reasons import TO_LOOK_AT, reason_words
from warehouse.judge import Verdict
from warehouse.landing.lines import said as said_line
from warehouse.landing.page import place_of_line
from warehouse.ledger.deliveries import Delivery

MOST_LINES = 20
CLOSED = ("corrected", "replayed")
FOUND = "found"  # it has loaded and joins nothing


class HeldRow(NamedTuple):
    """A row that is or was held: its line as a clerk counts, the expectations it breaks, its status, and for how
    many days it has been held, or was until it was closed."""

    line: int
    expectations: tuple[str, ...]
    status: str = "open"
    days: int = 0

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.status in CLOSED


@dataclass(frozen=True)
class Broken:
    """An expectation that rows of the delivery break."""

    rule: str
    count: int
    rows: str
    lines: str
    mend: str


@dataclass(frozen=True)
class DeliveryView:
    """What a mail says of one delivery; every text is in the reader's language."""

    heading: str
    identity: str
    counts: str
    reasons: tuple[str, ...]
    errors: tuple[Broken, ...]
    warnings: tuple[Broken, ...]
    notes: tuple[str, ...]
    next_steps: tuple[str, ...]


MOST_CAUSES = 10
CAUSE = Words("{cause}：{files}份文件，共{rows}行", "{cause}: {rows} row(s) in {files} file(s)")
CAUSE_OF_FILES = Words("{cause}：整份退回{files}份", "{cause}: {files} file(s) refused as a whole")
IDENTITY = Words(
    "数据集：{feed}　所属期：{period}　批次：{id}", "feed: {feed}; period: {period}; delivery: {id}"
)
IDENTITY_SHORT = Words("批次：{id}", "delivery: {id}")
WITH_HELD_ROWS = Words("，有待更正的行", ", with held rows")
WITH_FOUND_ROWS = Words("，有无归属的行", ", with rows that belong to no household")
NOT_READ = Words("文件内容未读取", "none of its rows was read")
COUNTS = Words(
    "收到{received}行，入库{loaded}行，待更正{held}行，重复{duplicate}行",
    "rows received: {received}, loaded: {loaded}, held: {held}, duplicate: {duplicate}",
)
PENDING = Words(
    "其中{pending}行在等待所冲销的原结算", "of these, {pending} wait for the settlement that they reverse"
)
WRONG = Words("其中有错误的{wrong}行", "of these, {wrong} are wrong")
ROWS = Words("{rows}行", "{rows} row(s)")
LINES = Words("第{lines}行", "line(s) {lines}")
IN_SHEET = Words("工作表“{sheet}”{lines}", "sheet {sheet}, {lines}")
MORE = Words("，另有{more}行", " and {more} more")


def view(one: Verdict, held: Sequence[HeldRow], last_n: int, language: str) -> DeliveryView:
    """The delivery in words. `last_n` is the greatest correction number of its period."""
    verdict, colon = said(VERDICTS, one.verdict, language), Words("：", ": ").to(language)
    if one.verdict == "accepted" and one.rows_quarantined:
        verdict += WITH_HELD_ROWS.to(language)
    elif found_rows(held):
        verdict += WITH_FOUND_ROWS.to(language)
    errors, warnings = _broken(one.delivery, held, language)
    return DeliveryView(
        heading=f"{verdict}{colon}{one_line(one.delivery.path)}",
        identity=_identity(one.delivery, language),
        counts=_counts(one, held, language),
        reasons=tuple(reason_words(code, detail, language) for code, detail in one.reasons),
        errors=errors,
        warnings=warnings,
        notes=noted(one.delivery, language),
        next_steps=tuple(next_steps(one, last_n, language)),
    )


def causes(views: Sequence[DeliveryView], language: str) -> list[str]:
    """What went wrong in all of them, whole files first, then what concerns most rows; nothing for a single file
    with a single cause."""
    whole = Counter(reason for one in views for reason in one.reasons)
    broken = [check for one in views for check in one.errors]
    files, rows = Counter(check.rule for check in broken), Counter[str]()
    for check in broken:
        rows[check.rule] += check.count
    said_ = [CAUSE_OF_FILES.say(language, cause=cause, files=count) for cause, count in whole.most_common()]
    said_ += [
        CAUSE.say(language, cause=cause, files=files[cause], rows=count)
        for cause, count in rows.most_common()
    ]
    return said_[:MOST_CAUSES] if len(said_) > 1 or len(views) > 1 else []


def found_rows(held: Sequence[HeldRow]) -> int:
    """How many of the rows have loaded and join nothing."""
    return sum(row.status == FOUND for row in held)


def noted(one: Delivery, language: str) -> tuple[str, ...]:
    """What reading has shown that a person should look at."""
    return tuple(reason_words(code, detail, language) for code, detail in one.notes if code in TO_LOOK_AT)


def _identity(delivery: Delivery, language: str) -> str:
    if delivery.feed_name not in catalogue():
        return IDENTITY_SHORT.say(language, id=delivery.delivery_id)
    period = period_title(delivery.feed, delivery.period_text or "", language)
    feed = feed_title(delivery.feed.name, language)
    return IDENTITY.say(language, feed=feed, period=period, id=delivery.delivery_id)


def _counts(one: Verdict, held: Sequence[HeldRow], language: str) -> str:
    if one.delivery.refusals and not one.delivery.rows_received:
        return NOT_READ.to(language)
    said_counts = COUNTS.say(
        language,
        received=one.delivery.rows_received,
        loaded=one.rows_loaded,
        held=one.rows_quarantined,
        duplicate=one.rows_duplicate,
    )
    if one.verdict == "refused":
        wrong = max(one.delivery.rows_wrong, len(held))
        more = WRONG.say(language, wrong=wrong) if wrong else ""
    else:
        more = PENDING.say(language, pending=one.rows_pending) if one.rows_pending else ""
    return ("；" if language == "zh" else "; ").join(filter(None, (said_counts, more)))


def _broken(
    delivery: Delivery, held: Sequence[HeldRow], language: str
) -> tuple[tuple[Broken, ...], tuple[Broken, ...]]:
    """Errors and warnings, those with most rows first. A late hold is known by its rows alone."""
    lines: dict[str, list[int]] = {}
    listed: dict[str, int] = {}
    for row in held:
        for expectation in row.expectations:
            listed[expectation] = listed.get(expectation, 0) + 1
            if not row.is_closed:
                lines.setdefault(expectation, []).append(row.line)
    counts = {name: rows for name, rows in delivery.broken.items() if rows}
    for name, rows in listed.items():
        counts[name] = max(rows, counts.get(name, 0))
    found: Mapping[bool, list[Broken]] = {True: [], False: []}
    for name, rows in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        sentence = sentence_of(name)
        where = _lines(lines.get(name, []), delivery.sheet, language)
        found[sentence.is_error].append(
            Broken(
                sentence.rule.to(language),
                rows,
                ROWS.say(language, rows=rows),
                where,
                sentence.mend.to(language),
            )
        )
    return tuple(found[True]), tuple(found[False])


def _lines(lines: Sequence[int], sheet: str | None, language: str) -> str:
    if not lines:
        return ""
    first = [place_of_line(sheet, line) for line in sorted(lines)[:MOST_LINES]]
    shown = []
    for name in dict.fromkeys(name for name, _ in first):
        listed = joined([said_line(line) for one, line in first if one == name], language)
        words = LINES.say(language, lines=listed)
        shown.append(IN_SHEET.say(language, sheet=one_line(name), lines=words) if name else words)
    more = MORE.say(language, more=len(lines) - len(first)) if len(lines) > len(first) else ""
    return ("；" if language == "zh" else "; ").join(shown) + more
