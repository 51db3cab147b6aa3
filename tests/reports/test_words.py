"""Every code that the project can write down has words in both languages."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from expectations.conditions import checks_of
from expectations.feeds import catalogue, departments
from reports.expectation_words import LATE, sentence_of
from reports.labels import (
    CLASSES,
    CLUES,
    POLICY_ROWS,
    SIGNALS,
    VERDICTS,
    class_title,
    department_title,
    feed_title,
    period_title,
)
from reports.language import LANGUAGES, Words, joined, one_line
from reports.reason_details import NO_DETAIL
from reports.reasons import BY_A_PERSON, OURS, REASONS, reason_words
from reports.unknowns import missing, no_suggestion_words
from warehouse.measures import measures
from warehouse.rules import rules
from warehouse.sql import tables

ROOT = Path(__file__).parents[2]
RAISING = (
    "warehouse/landing", "warehouse/judge.py", "warehouse/guards.py", "warehouse/ingest.py",
    "expectations/headers.py",
)  # fmt: skip
CODE = re.compile(r"[a-z]+(_[a-z]+)+")
HAN = re.compile(r"[\u4e00-\u9fff]")
REFUSAL_ERRORS = {"BadName", "Unreadable"}


def reason_codes(source: str) -> Iterator[str]:
    """Codes in (code, detail) pairs and as the first argument of an error that refuses a file."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case (
                ast.Tuple(elts=[ast.Constant(value=str(code)), _])
                | ast.List(elts=[ast.Constant(value=str(code)), _])
            ):
                pass
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(code)), *_]) if (
                name in REFUSAL_ERRORS
            ):
                pass
            case _:
                continue
        if CODE.fullmatch(code):
            yield code


def sources() -> list[Path]:
    return [
        path
        for place in RAISING
        for path in (sorted((ROOT / place).rglob("*.py")) if (ROOT / place).is_dir() else [ROOT / place])
    ]


RAISED = sorted({code for path in sources() for code in reason_codes(path.read_text(encoding="utf-8"))})


@pytest.mark.parametrize(
    "written",
    [
        "found.append(('file_empty', ''))",
        "raise BadName('file_empty', '')",
        "reasons = [['file_empty', name]]",
    ],
)
def test_a_code_is_recognised_however_it_is_written(written):
    assert list(reason_codes(written)) == ["file_empty"]


def test_the_codes_are_found():
    assert {"name_unknown", "wrong_folder", "looks_like", "too_many_held", "column_missing"} <= set(RAISED)
    assert "check_could_not_run" in RAISED


@pytest.mark.parametrize("code", RAISED)
def test_every_reason_code_has_words(code):
    assert HAN.search(REASONS[code].zh)
    assert not HAN.search(REASONS[code].en.replace("元", "").replace("万", ""))
    assert _names(REASONS[code].zh) == _names(REASONS[code].en)


def _names(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(REASONS))
def test_a_reason_shows_its_detail_and_does_without(code, language):
    shown = reason_words(code, "4/5", language)
    assert ("4/5" in shown) == ("{detail}" in REASONS[code].to(language))
    assert "{" not in reason_words(code, "", language)
    if "{detail}" in REASONS[code].to(language):
        assert NO_DETAIL in reason_words(code, "", language)


def test_details_become_names():
    assert "卫健委、医保局 (health/)" in reason_words("wrong_folder", "deaths", "zh")
    assert "Medical settlements" in reason_words("looks_like", "医保结算", "en")
    assert "必填" in reason_words("check_could_not_run", "settlements.care_type_given", "zh")


def test_a_reason_nobody_has_written_is_given_without_its_detail():
    assert reason_words("brand_new", "张三", "zh") == "原因：brand_new"


def test_what_a_person_may_overrule_are_the_reasons_of_the_guards():
    assert set(BY_A_PERSON) == set(reason_codes((ROOT / "warehouse/guards.py").read_text(encoding="utf-8")))
    assert set(OURS) <= set(RAISED)


UNKNOWN = re.compile(r"(?:THEN|ELSE) '([a-z]+_[a-z]+(?::[a-z_0-9.]+)?)'")
IN_PYTHON = re.compile(r"""['"]([a-z]+_[a-z]+:[a-z_]+|no_cutoff:)""")


def unknown_codes() -> list[str]:
    """Every literal that a measure, a work table or the rule engine writes as a reason for not knowing."""
    files = [
        path
        for folder in ("measures", "sql/work", "indices")
        for path in sorted((ROOT / "warehouse" / folder).glob("*.sql"))
    ]
    found = {code for path in files for code in UNKNOWN.findall(path.read_text(encoding="utf-8"))}
    found |= {code for measure in measures().values() for code in UNKNOWN.findall(measure.sql)}
    rules_py = (ROOT / "warehouse/rules.py").read_text(encoding="utf-8")
    found |= {code + "2021" if code.endswith(":") else code for code in IN_PYTHON.findall(rules_py)}
    return sorted(found)


def test_the_unknown_codes_are_found():
    assert {
        "row_missing:incomes", "no_number", "no_cutoff:2021", "not_stated:household_type",
        "row_held:disability", "not_stated:disability.grade",
    } <= set(unknown_codes())  # fmt: skip


@pytest.mark.parametrize("code", unknown_codes())
def test_every_unknown_code_has_words(code):
    zh, en = missing(code, "zh"), missing(code, "en")
    assert len(zh) == len(en) == 1
    assert HAN.search(zh[0].words) and code not in zh[0].words
    assert code not in en[0].words and not HAN.search(en[0].words)
    assert bool(zh[0].department) == (not code.startswith("no_cutoff"))


def test_reasons_of_several_parts_are_told_once():
    found = missing("row_missing:access,row_missing:access,row_held:quality_tests", "zh")
    assert [one.code for one in found] == ["row_missing:access", "row_held:quality_tests"]
    assert {one.department for one in found} == {"水利局"}
    assert missing(None, "zh") == []


def test_why_there_is_no_suggestion():
    assert "情况不明" in no_suggestion_words("income_below_line:unknown", "zh")
    assert no_suggestion_words(None, "en") == ""


@pytest.mark.parametrize("feed", list(catalogue()))
def test_every_expectation_has_a_sentence(feed):
    for check in checks_of(catalogue()[feed]):
        sentence = sentence_of(f"{feed}.{check.name}")
        assert HAN.search(sentence.rule.zh) and sentence.rule.en
        assert HAN.search(sentence.mend.zh) and sentence.mend.en


def test_every_late_hold_has_a_sentence():
    source = (ROOT / "warehouse/late.py").read_text(encoding="utf-8")
    late = set(re.findall(r"'\.(\w+)'", source))
    assert late == set(LATE) == {"reversal_has_original", "reversal_within_original"}
    for name in late:
        assert HAN.search(sentence_of(f"settlements.{name}").rule.zh)
        assert sentence_of(f"settlements.{name}").is_error
    assert "'_damaged'" in source
    assert "000" in sentence_of("settlements.id_number_damaged").rule.zh
    assert "register" in sentence_of("disability.certificate_no_damaged").rule.en


def test_an_expectation_nobody_has_written_is_named_by_its_id():
    assert sentence_of("water.brand_new").rule == Words("water.brand_new", "water.brand_new")


def test_every_row_of_the_policy_table_has_a_title():
    stated = set(
        re.findall(r"^\s+'(\w+)'(?: AS row)?,", tables()["mart.policy_landing"].sql, flags=re.MULTILINE)
    )
    stated |= set(re.findall(r"SELECT '(\w+)'", tables()["mart.policy_landing"].sql))
    assert stated == set(POLICY_ROWS)


@pytest.mark.parametrize(
    ("words", "table", "column"),
    [
        (VERDICTS, "quality.delivery", "verdict"),
        (CLUES, "mart.clue", "status"),
        (SIGNALS, None, "at_risk, clear or unknown"),
    ],
)
def test_statuses_are_those_that_the_tables_state(words, table, column):
    stated = tables()[table].columns[column][1] if table else column
    assert set(words) == set(re.split(r", | or ", stated))


def test_classes_of_clues_have_english_words():
    written = set(re.findall(r"THEN '(\w+)'|ELSE '(\w+)'", tables()["mart.clue"].sql))
    classes = {one for pair in written for one in pair if HAN.search(one)}
    assert classes == set(CLASSES)
    assert set(catalogue()["households"].column("monitored_class").codes) <= set(CLASSES)


def test_classes_are_called_by_the_words_of_their_day():
    assert class_title("脱贫不稳定户", date(2021, 4, 30), "zh") == "脱贫监测户"
    assert class_title("脱贫不稳定户", date(2021, 5, 1), "zh") == "脱贫不稳定户"
    assert class_title("突发严重困难户", date(2020, 6, 30), "zh") == "突发严重困难户"
    assert class_title(None, date(2020, 6, 30), "zh") == ""


@pytest.mark.parametrize(
    ("feed", "period", "zh", "en"),
    [
        ("settlements", "202006", "2020年6月", "2020-06"),
        ("settlements", "20200630", "2020年6月30日", "2020-06-30"),
        ("grants", "202003", "2020年春季学期", "spring 2020"),
        ("grants", "202009", "2020年秋季学期", "autumn 2020"),
        ("incomes", "2019", "2019年度", "2019"),
        ("access", "202006", "2020年上半年", "first half of 2020"),
        ("access", "201912", "2019年下半年", "second half of 2019"),
        ("incomes", "202006", "202006", "202006"),
    ],
)
def test_periods(feed, period, zh, en):
    assert period_title(catalogue()[feed], period, "zh") == zh
    assert period_title(catalogue()[feed], period, "en") == en


def test_titles_come_from_the_contract():
    for name, department in departments().items():
        assert department_title(name, "zh") == department.title
    assert feed_title("settlements", "en") == "Medical settlements"
    assert department_title("nobody", "zh") == "nobody"


def test_a_name_from_outside_fits_into_a_line():
    assert one_line("a\r\nBcc: x@y\u2028b") == "a Bcc: x@y b"
    assert one_line("410184196501010017.csv") == "***.csv"
    assert one_line("41018419650101001X 13800000000") == "*** ***"
    assert one_line("settlements_20200630_2.csv") == "settlements_20200630_2.csv"


def test_a_language_nobody_wrote():
    with pytest.raises(ValueError, match="zh, en"):
        Words("a", "b").to("fr")


def test_rules_have_titles_in_both_languages():
    assert all(HAN.search(rule.title_zh) and not HAN.search(rule.title_en) for rule in rules())
    assert joined(["a", "b"], "zh") == "a、b"
