"""The checks that follow from a column of a contract, without a rule of their own."""

from __future__ import annotations

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
    quoted,
    warning,
    wrong_when,
)  # fmt: skip
from expectations.contract import Classification, Column, Feed, Type
from expectations.types.counties import county_pattern
from expectations.types.numbers import DOUBTS, GARBLED, LOST
from expectations.types.person_number import FAULTS, NONE

EARLIEST_YEAR = 1900


def of_column(column: Column, feed: Feed) -> list[Check]:
    """What a column's type, list, bounds and being required ask of a row."""
    if column.type is Type.PERSON_NUMBER:
        return _of_person_number(column)
    found = []
    if column.required:
        found.append(_given(column))
    if column.type in READABLE:
        found.append(_readable(column))
    if column.type is Type.TEXT and column.required:
        found.append(_legible(column))
    if column.type is Type.CODE:
        found.append(_in_list(column))
    if column.minimum is not None or column.maximum is not None:
        found.append(_within(column))
    if column.plausible is not None:
        found.append(_plausible(column))
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
    is_name = column.classification is Classification.IDENTIFIER  # which holds no question mark of its own
    signs = (LOST, *GARBLED, *(DOUBTS if is_name else ()))
    shown = f"{LOST}、{'?、' if is_name else ''}锟斤拷"
    return Check(
        name=f"{column.name}_legible",
        test=wrong_when(" OR ".join(f"contains({column.name}, {quoted(sign)})" for sign in signs)),
        columns=(column.name,),
        zh=f"{column.label}不应含有“{shown}”等转换编码时丢失的文字",
        en=f"{column.label} holds nothing like “{shown}”, which stands for characters lost in a change of encoding",
        mend_zh="丢失的文字无法还原，请按原始资料重新填写，并用UTF-8或GB18030保存",
        mend_en="what was lost cannot be read again: write it anew from the source, and save as UTF-8 or GB18030",
    )


def _in_list(column: Column) -> Check:
    allowed = "、".join(column.codes)
    if not column.holds_row:
        return warning(
            name=f"{column.name}_in_list",
            test=Null(f"{column.name}__unread"),
            columns=(column.name,),
            zh=f"{column.label}应为：{allowed}；其他内容按未填写处理",
            en=f"{column.label} is one of: {allowed}; anything else counts as not stated",
            mend_zh="请从列表中选填",
            mend_en="choose from the list",
        )
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


def _plausible(column: Column) -> Check:
    yuan, yuan_en = ("元", " yuan") if column.type is Type.MONEY else ("", "")
    return warning(
        name=f"{column.name}_plausible",
        test=Between(column.name, maximum=column.plausible),
        columns=(column.name,),
        zh=f"{column.label}一般不大于{column.plausible:,}{yuan}",
        en=f"{column.label} is rarely more than {column.plausible:,}{yuan_en}",
        mend_zh=f"请核对{column.label}及其单位",
        mend_en=f"check {column.label} and its unit",
    )


def _in_time(column: Column, feed: Feed) -> Check:
    in_partition = feed.partition == column.name and not column.years_ahead
    outside = _outside_partition_sql(column) if in_partition else _outside_time_sql(column)
    ahead = column.years_ahead
    zh, en = ("应与文件所属期一致", "is that of the file") if in_partition else (
        f"应在1900年之后且不晚于报送期末{f'后{ahead}年' if ahead else ''}",
        f"lies between 1900 and {f'{ahead} year after ' if ahead else ''}the end of the file's period")  # fmt: skip
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
    if column.type is Type.TERM:  # 春 comes before 秋 as a text, too
        last = "coalesce(period_term, concat(extract(year FROM period_last), '秋'))"
        return f"{column.name} < '{EARLIEST_YEAR}' OR {column.name} > {last}"
    if column.type is Type.YEAR:
        last = f"extract(year FROM period_last) + {column.years_ahead}"
        return f"{column.name} < {EARLIEST_YEAR} OR {column.name} > {last}"
    last = f"period_last + INTERVAL {column.years_ahead} YEAR" if column.years_ahead else "period_last"
    return f"{column.name} < DATE '{EARLIEST_YEAR}-01-01' OR {column.name} > {last}"


def _of_person_number(column: Column) -> list[Check]:
    severity = Severity.ERROR if column.holds_row else Severity.WARNING
    # in `members` 无 states that there is no number, in an optional cell it states nothing: no fault either
    # way
    faults = [fault for fault in FAULTS if fault not in NONE or (column.holds_row and column.required)]
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
