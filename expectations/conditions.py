"""From a feed's contract: every check that its rows must pass, and one SQL expression of all the wrong ones.

The same `Check` objects go to Great Expectations (expectations/validate.py). Up to 62 checks fit into one
BIGINT, one bit a check, so that one scan finds all reasons of a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from expectations.check_words import FAULT_WORDS, READABLE
from expectations.checks import (
    Between,
    Check,
    InSet,
    NotInSet,
    NotNull,
    Null,
    Severity,
    Unique,
    quoted,
    warning,
    wrong_when,
)  # fmt: skip
from expectations.contract import Column, Feed, Type
from expectations.types.counties import county_pattern
from expectations.types.numbers import LOST
from expectations.types.person_number import FAULTS

BITS_PER_WORD = 62
KEY = "key_is_unique"
EARLIEST_YEAR = 1900

ROW_LENGTH = Check(
    name="row_length",
    test=Null("row__fault"),
    zh="一行的列数应与表头一致",
    en="a row has as many cells as the header",
    mend_zh="请检查该行是否有多余或缺少的分隔符、未闭合的引号；末行不完整的，文件可能被截断，请重新导出",
    mend_en="look for a delimiter too many or too few, or a quote that is not closed; a last row that is not whole"
    " may mean that the file was cut off: export it again",
)


def checks_of(feed: Feed) -> tuple[Check, ...]:
    """All checks of a feed's rows: what the columns imply, the key, then the feed's own rules."""
    implied = [check for column in feed.columns for check in _of_column(column, feed)]
    return (ROW_LENGTH, *implied, *_of_key(feed), *feed.rules)


def _of_column(column: Column, feed: Feed) -> list[Check]:
    if column.type is Type.PERSON_NUMBER:
        return _of_person_number(column)
    found = []
    if column.required:
        found.append(_given(column))
    if column.type in READABLE:
        found.append(_readable(column))
    if column.type is Type.TEXT:
        found.append(_legible(column))
    if column.type is Type.CODE:
        found.append(_in_list(column))
    if column.minimum is not None or column.maximum is not None:
        found.append(_within(column))
    if column.type in (Type.DATE, Type.MONTH, Type.YEAR, Type.TERM):
        found.append(_in_time(column, feed))
    return found


def _given(column: Column) -> Check:
    has_unread = column.type in READABLE
    neither = f"{column.name} IS NULL AND {column.name}__unread IS NULL"
    value = f"CASE WHEN {neither} THEN NULL ELSE 1 END" if has_unread else column.name
    return Check(
        name=f"{column.name}_given",
        test=NotNull(value),
        columns=(column.name,),
        zh=f"{column.label}必填",
        en=f"{column.label} ({column.en}) is filled",
        mend_zh=f"请补填{column.label}",
        mend_en=f"fill in {column.label}",
    )


def _readable(column: Column) -> Check:
    zh, en = READABLE[column.type]
    return Check(
        name=f"{column.name}_readable",
        test=Null(f"{column.name}__unread"),
        columns=(column.name,),
        zh=f"{column.label}应为{zh}",
        en=f"{column.label} is {en}",
        mend_zh=f"请按规定格式填写{column.label}",
        mend_en=f"write {column.label} in this form",
    )


def _legible(column: Column) -> Check:
    return Check(
        name=f"{column.name}_legible",
        test=wrong_when(f"contains({column.name}, {quoted(LOST)})"),
        columns=(column.name,),
        zh=f"{column.label}不应含有“{LOST}”（转换编码时丢失的文字）",
        en=f"{column.label} holds no “{LOST}”, a character that was lost when the encoding was changed",
        mend_zh="丢失的文字无法还原，请按原始资料重新填写，并用UTF-8或GB18030保存",
        mend_en="what was lost cannot be read again: write it anew from the source, and save as UTF-8 or GB18030",
    )


def _in_list(column: Column) -> Check:
    allowed = "、".join(column.codes)
    return Check(
        name=f"{column.name}_in_list",
        test=InSet(column.name, tuple(column.codes)),
        columns=(column.name,),
        zh=f"{column.label}应为：{allowed}",
        en=f"{column.label} is one of: {allowed}",
        mend_zh="请从列表中选填",
        mend_en="choose from the list",
    )


def _within(column: Column) -> Check:
    low = "" if column.minimum is None else f"不小于{column.minimum:,}"
    high = "" if column.maximum is None else f"不大于{column.maximum:,}"
    low_en = "" if column.minimum is None else f"at least {column.minimum:,}"
    high_en = "" if column.maximum is None else f"at most {column.maximum:,}"
    return Check(
        name=f"{column.name}_within_bounds",
        test=Between(column.name, column.minimum, column.maximum),
        columns=(column.name,),
        zh=f"{column.label}应{'且'.join(filter(None, (low, high)))}",
        en=f"{column.label} is {' and '.join(filter(None, (low_en, high_en)))}",
        mend_zh=f"请核对{column.label}",
        mend_en=f"check {column.label}",
    )


def _in_time(column: Column, feed: Feed) -> Check:
    in_partition = feed.partition == column.name and not column.years_ahead
    outside = _outside_partition_sql(column) if in_partition else _outside_time_sql(column)
    zh, en = ("应与文件所属期一致", "is that of the file") if in_partition else (
        "应在1900年之后且不晚于报送期末", "lies between 1900 and the end of the file's period")  # fmt: skip
    return Check(
        name=f"{column.name}_is_of_file" if in_partition else f"{column.name}_in_time",
        test=Null(f"CASE WHEN {outside} THEN 1 END"),
        columns=(column.name,),
        zh=f"{column.label}{zh}",
        en=f"{column.label} {en}",
        mend_zh=f"请核对{column.label}",
        mend_en=f"check {column.label}",
    )


def _outside_partition_sql(column: Column) -> str:
    if column.type is Type.TERM:
        return f"{column.name} <> period_term"
    return f"{column.name} <> extract(year FROM period_last)"


def _outside_time_sql(column: Column) -> str:
    if column.type in (Type.YEAR, Type.TERM):
        year = column.name if column.type is Type.YEAR else f"CAST(substring({column.name}, 1, 4) AS INTEGER)"
        last = f"extract(year FROM period_last) + {column.years_ahead}"
        return f"{year} < {EARLIEST_YEAR} OR {year} > {last}"
    last = f"period_last + INTERVAL {column.years_ahead} YEAR" if column.years_ahead else "period_last"
    return f"{column.name} < DATE '{EARLIEST_YEAR}-01-01' OR {column.name} > {last}"


def _of_person_number(column: Column) -> list[Check]:
    severity = Severity.ERROR if column.holds_row else Severity.WARNING
    # in `members` 无 states that there is no number, in an optional cell it states nothing: no fault either
    # way
    faults = [fault for fault in FAULTS if fault != "none_stated" or (column.holds_row and column.required)]
    found = [_given(column)] if column.required else []
    for fault in faults:
        zh, en, mend_zh, mend_en = FAULT_WORDS[fault]
        found.append(
            Check(
                name=f"{column.name}_{'is_number' if fault == 'none_stated' else fault}",
                test=NotInSet(f"{column.name}__fault", (fault,)),
                columns=(column.name,),
                zh=f"{column.label}：{zh}",
                en=f"{column.label}: {en}",
                mend_zh=mend_zh,
                mend_en=mend_en,
            )
        )
    return [replace(check, severity=severity) for check in found] + [_county_known(column)]


def _county_known(column: Column) -> Check:
    number = column.name
    is_county = f"regexp_full_match(substring({number}, 1, 6), '{county_pattern()}')"
    return warning(
        name=f"{number}_county_known",
        test=wrong_when(f"{number}__key IS NOT NULL AND NOT {is_county}"),
        columns=(number,),
        zh=f"{column.label}：前6位应是曾经使用过的行政区划代码",
        en=f"{column.label}: the first six digits are a county code that existed at some time",
        mend_zh="请对照证件核对号码前6位",
        mend_en="compare the first six digits with the document",
    )


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
