"""From a feed's contract: every check that its rows must pass, and one SQL expression of all the wrong ones.

The same `Check` objects go to Great Expectations (expectations/validate.py). Up to 62 checks fit into one
BIGINT, one bit a check, so that one scan finds all reasons of a row.
"""

from __future__ import annotations

from collections.abc import Sequence

from expectations.checks import Check, Null, Severity, Unique
from expectations.column_checks import of_column
from expectations.contract import Feed

BITS_PER_WORD = 62
KEY = "key_is_unique"

ROW_LENGTH = Check(
    name="row_length",
    test=Null("row__fault"),
    zh="一行的列数应与表头一致，引号只能括住整个单元格",
    en="a row has as many cells as the header, and quotes stand around whole cells",
    mend_zh="请检查该行的分隔符和引号：引号只括住整个单元格，其中的引号写两个；末行不完整的，文件可能被截断，请重新导出",
    mend_en="look for a delimiter too many or too few, or a quote that is not closed or stands inside a cell (where it"
    " belongs there, quote the cell and double it); a last row that is not whole may mean that the file was cut off:"
    " export it again",
)


def checks_of(feed: Feed) -> tuple[Check, ...]:
    """All checks of a feed's rows: what the columns imply, the key, then the feed's own rules."""
    implied = [check for column in feed.columns for check in of_column(column, feed)]
    return (ROW_LENGTH, *implied, *_of_key(feed), *feed.rules)


def _of_key(feed: Feed) -> list[Check]:
    labels = "、".join(column.label for column in feed.keys)
    return [
        Check(
            name=KEY,
            test=Unique("unique_key", "copies"),
            columns=tuple(column.name for column in feed.keys),
            zh=f"{labels}在一个文件内不得重复",
            en=f"no two rows of a file share {labels}",
            mend_zh="内容不同的重复行无法判断取舍，请只保留正确的一行",
            mend_en="rows with one key differ: keep the right one only",
        )
    ]


def wrong_bits_sql(feed: Feed, across_rows: bool) -> str:
    """A BIGINT with bit i set where check i is broken: of the checks that look at one row, or of the few that
    look at the other rows of the file."""
    checks = checks_of(feed)
    if len(checks) > BITS_PER_WORD:
        raise ValueError(f"{len(checks)} checks do not fit into one word of {BITS_PER_WORD} bits")
    bits = (
        f"CASE WHEN {check.test.wrong_sql()} THEN {1 << place} ELSE 0 END"
        for place, check in enumerate(checks)
        if _looks_across_rows(feed, check) is across_rows
    )
    return " + ".join(f"CAST({bit} AS BIGINT)" for bit in bits)


def _looks_across_rows(feed: Feed, check: Check) -> bool:
    is_once = feed.once is not None and feed.once.name in check.test.wrong_sql()
    return is_once or isinstance(check.test, Unique)


def error_mask(checks: Sequence[Check]) -> int:
    """The bits of the checks that hold a row back."""
    return sum(1 << place for place, check in enumerate(checks) if check.severity is Severity.ERROR)


def column_mask(checks: Sequence[Check], column: str) -> int:
    """The bits of the checks that hold a row for what stands in a column, for its cell alone: such a row does not say
    what it should there."""
    return sum(
        1 << place
        for place, check in enumerate(checks)
        if check.severity is Severity.ERROR and column in check.columns and check.name != KEY
    )
