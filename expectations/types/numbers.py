"""Texts, and the numbers that offices give (户编号, 区划代码), which are texts too."""

from __future__ import annotations

from collections.abc import Mapping

from expectations.checks import quoted
from expectations.contract import Column, Type
from expectations.types.blanks import (
    E_NOTATION,
    LONGEST_MARK,
    MISSING_MARKS,
    NO_ANSWER,
    NO_NAME,
    bare_sql,
    finished,
    quickly,
    unified_sql,
    visible_sql,
    where_left,
)

DIGITS = {Type.DIVISION: "[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}", Type.VILLAGE: "[0-9]{12}"}
# With a digit, so no mark for missing; no E and no point, so nothing that Excel makes of a long number.
UNHARMED = "([0A-DF-Za-df-z][0A-DF-Za-df-z_-]*)?[1-9]([0-9A-DF-Za-df-z_-]*[0-9A-DF-Za-df-z])?"
NO_VALUE = "#FORMULA!"  # what the reader of workbooks writes for a formula that nobody has calculated
ERRORS = (NO_VALUE, "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
LOST = "\ufffd"  # stands where a character could not be decoded
GARBLED = ("锟斤", "斤拷", "烫烫烫", "屯屯屯")  # of LOST read as GB18030, of memory that held no text
DOUBTS = ("?", "？")  # what programs write for a character that an encoding does not have
# E notation, a point, nothing but zeros, a date made of it, an error cell, a lost character
DAMAGED = rf"{E_NOTATION}|[0-9]+\.0+|0+|.*00:00:00|#.*|(.|\n)*({'|'.join((LOST, *GARBLED))})(.|\n)*"
# What offices give: 4101840000000012, DB-2020/001, and with the words of a document before it: 豫低保字第0001号,
# 新郑低保〔2020〕12号, (2020)低字第3号. A 号 behind mere digits is somebody's addition.
CODE = "[0-9A-Za-z]+([-_/.]+[0-9A-Za-z]+)*"
_YEAR = r"([(\[〔【][0-9]{4}年?[)\]〕】]|[0-9]{4}年)"
_WORDS = r"([A-Za-z]*\p{Han}[\p{Han}A-Za-z]*)"
OFFICE_NUMBER = rf"{CODE}|({_YEAR}?{_WORDS}({_YEAR}\p{{Han}}*)?|[A-Za-z]*{_YEAR}\p{{Han}}*){CODE}号?"
# what would be a number of many
UNNAMED = (*NO_NAME, "unknown", "未知", "不详", "不明", "待定", "待补", "待核实")
PLAIN_TEXT = r"[\x{4E00}-\x{9FFF}]+"


def layers(column: Column, unit: int) -> tuple[Mapping[str, str], ...]:
    """A text as it is seen, an error cell saying nothing; an office's number that Excel has damaged, that has no shape
    of one, or a wrong length, is unread."""
    x = column.name
    if column.type is Type.TEXT:
        return _of_text(x)
    if column.type in DIGITS:
        good = f"regexp_full_match({x}, '{DIGITS[column.type]}')"
        return *quickly(x, f"CASE WHEN {good} THEN {x} END", (*MISSING_MARKS, *UNNAMED)), *finished(
            x, f"CASE WHEN {good} THEN {x} END"
        )
    fast = f"CASE WHEN regexp_full_match({x}, '{UNHARMED}') THEN {x} END"
    good = f"regexp_full_match({x}, '{OFFICE_NUMBER}') AND NOT regexp_full_match({x}, '{DAMAGED}')"
    return (
        *quickly(x, fast, (*MISSING_MARKS, *UNNAMED), lambda text: unified_sql(bare_sql(text))),
        *finished(x, f"CASE WHEN {good} THEN {x} END"),
    )


def _of_text(x: str) -> tuple[Mapping[str, str], ...]:
    in_words = ", ".join(quoted(mark) for mark in (*MISSING_MARKS, *NO_ANSWER) if mark > "一")
    plain = f"regexp_full_match({x}, '{PLAIN_TEXT}') AND {x} NOT IN ({in_words})"
    fast = f"{x}__fast"
    marks, errors = (", ".join(map(quoted, words)) for words in ((*MISSING_MARKS, *NO_NAME), ERRORS))
    is_mark = f"length({x}) <= {LONGEST_MARK} AND lower({bare_sql(x)}) IN ({marks})"
    says = f"CASE WHEN starts_with({x}, '#') AND {x} IN ({errors}) THEN NULL ELSE {x} END"
    return (
        {x: x, fast: f"CASE WHEN {plain} THEN {x} END"},
        {x: f"CASE WHEN {fast} IS NULL AND {x} <> '' THEN {visible_sql(x)} END", fast: fast},
        {x: f"CASE WHEN {is_mark} THEN NULL ELSE {x} END", fast: fast},
        {x: f"coalesce({fast}, {where_left(x, says)})"},
    )
