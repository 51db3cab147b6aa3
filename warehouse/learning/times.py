"""What the name of a sample and its columns tell of kind, period, promise, and the day of a fact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from expectations.contract import Cadence, Column, Feed, Kind, Promise, Type
from expectations.periods import TERM_MONTHS, Period
from warehouse.learning.columns import Guess

_OURS = re.compile(r"(?P<title>.+?)_(?P<period>\d{4}|\d{6}|\d{8})(?:_\d+)?(?:_p\d+of\d+)?")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[年.-]?(1[0-2]|0?[1-9])(?!\d)月?份?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)年?度?")
BETWEEN = " _-—·.()（）[]【】"
LISTS = re.compile("名单|名册|花名册|台账|在册|清单|档案|基本情况|信息")
EVENTS = re.compile("发放|支付|结算|流水|明细|记录|办理|发生|贷款|信贷|救助|补贴|补助|报销|缴纳")
PROMISES = {
    (Kind.SNAPSHOT, Cadence.MONTH): Promise(day=10),
    (Kind.EVENTS, Cadence.MONTH): Promise(day=10, months_after=1),
    (Kind.SNAPSHOT, Cadence.YEAR): Promise(day=31),
    (Kind.EVENTS, Cadence.YEAR): Promise(day=31, months_after=12),
    (Kind.SNAPSHOT, Cadence.TERM): Promise(by_term={3: (0, 31), 9: (0, 30)}),
    (Kind.EVENTS, Cadence.TERM): Promise(by_term={3: (4, 31), 9: (4, 31)}),
}
MAX_AGE_MONTHS = {Cadence.MONTH: 3, Cadence.YEAR: 24}


def told_by_name(stem: str) -> tuple[str, str] | None:
    """Title and period of a file name without its ending: 小额信贷_202006, 2020年6月小额信贷. None without a period."""
    if found := _OURS.fullmatch(stem):
        return found["title"], found["period"]
    for pattern in (_MONTH, _YEAR):
        if found := pattern.search(stem):
            title = (stem[: found.start()] + stem[found.end() :]).strip(BETWEEN)
            return title or stem, "".join(part.zfill(2) for part in found.groups())
    return None


def cadence_of(period_text: str, columns: Sequence[Column]) -> Cadence:
    """By the period's length; a month that begins a term is one where a column says so."""
    if len(period_text) == 8:
        return Cadence.ANY_DAY
    if len(period_text) == 4:
        return Cadence.YEAR
    is_term = any(column.type is Type.TERM for column in columns) and int(period_text[4:]) in TERM_MONTHS
    return Cadence.TERM if is_term else Cadence.MONTH


def kind_of(title: str, columns: Sequence[Column]) -> Kind:
    """What the last such word of the title says; else events where amounts and days stand in the rows."""
    list_at, events_at = (
        max((m.end() for m in words.finditer(title)), default=0) for words in (LISTS, EVENTS)
    )
    if list_at != events_at:
        return Kind.SNAPSHOT if list_at > events_at else Kind.EVENTS
    has_amounts = any(column.type is Type.MONEY for column in columns)
    has_days = any(column.type in (Type.DATE, Type.MONTH) for column in columns)
    return Kind.EVENTS if has_amounts and has_days else Kind.SNAPSHOT


def promised(feed: Feed, guesses: Sequence[Guess], period: Period) -> Feed:
    """The feed with the promise, age, partition, day of the fact and main amount that such feeds have."""
    is_list = feed.kind is Kind.SNAPSHOT
    always = [column for column in feed.columns if column.required]
    days = [column for type_ in (Type.DATE, Type.MONTH) for column in always if column.type is type_]
    amounts = [column for column in always if column.type is Type.MONEY]
    return replace(
        feed,
        promise=PROMISES.get((feed.kind, feed.cadence)),
        max_age_months=MAX_AGE_MONTHS.get(feed.cadence) if is_list else None,
        partition=_partition(feed, guesses, period) if is_list else None,
        event_date=next((column.name for column in days if not column.years_ahead), None),
        main_amount=next((c.name for c in sorted(amounts, key=lambda one: "金额" not in one.label)), None),
    )


def _partition(feed: Feed, guesses: Sequence[Guess], period: Period) -> str | None:
    """The column that says in every row the year or the term of the file."""
    for guess in guesses:
        column, year = guess.column, guess.seen.least.get(Type.YEAR)
        is_year = (feed.cadence, column.type) == (Cadence.YEAR, Type.YEAR) and year == str(period.first.year)
        is_term = (feed.cadence, column.type) == (Cadence.TERM, Type.TERM)
        if (is_year or is_term) and column.required and guess.seen.distinct == 1:
            return column.name
    return None
