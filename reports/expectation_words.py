"""Every expectation with its sentence: those of the contracts, those that other deliveries decide, and those
across rows and feeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from expectations.checks import Check, Severity
from expectations.conditions import checks_of
from expectations.feeds import catalogue
from reports.language import Words
from warehouse.across import expectations
from warehouse.staging.statements import has_reversals

ROW, LATE_ROW, ACROSS = "row", "late", "across"


@dataclass(frozen=True)
class Sentence:
    """What should hold, how a clerk mends a row where it does not, and the columns to look at.

    `asked_of` says when it is known: of the row as it is read, late, by other deliveries, or across feeds.
    """

    rule: Words
    mend: Words
    is_error: bool = True
    columns: tuple[str, ...] = ()
    asked_of: str = ROW
    is_rule: bool = False  # a sentence of its own, not what a column's type, list or bounds imply


LATE = {  # held when a reversal is judged, not when a file is read
    "reversal_has_original": Sentence(
        Words("退费行所冲销的原结算应已入库", "the settlement that a reversal takes back has been loaded"),
        Words(
            "请核对原结算编号；原结算补报后，该行自动入库，不必重报",
            "check 原结算编号; once the original has come the row loads by itself",
        ),
        columns=("reverses_id",),
    ),
    "reversal_within_original": Sentence(
        Words(
            "同一结算的全部退费合计，任何一项金额不得超过原结算",
            "all reversals of a settlement together exceed it in no amount",
        ),
        Words("请核对退费金额和原结算编号", "check the amounts and 原结算编号"),
        columns=("reverses_id", "total_cost"),
    ),
}
UNCONFIRMED = Words(
    "；以000结尾的号码，须与姓名一起同时见于家庭成员和另一数据集，才可采信",
    "; a number ending in 000 is trusted when it stands with the same name in the register and a second feed",
)


@cache
def all_expectations() -> Mapping[str, Sentence]:
    """The whole catalogue by id: feed by feed what a row is asked, then what is asked across."""
    found = {}
    for feed in catalogue().values():
        for check in checks_of(feed):
            found[f"{feed.name}.{check.name}"] = _of_row(check, check in feed.rules)
        for name, sentence in LATE.items() if has_reversals(feed) else ():
            found[f"{feed.name}.{name}"] = replace(sentence, asked_of=LATE_ROW, is_rule=True)
    for one in expectations():
        rule, mend = Words(one.zh, one.en), Words(one.mend_zh, one.mend_en)
        found[one.expectation_id] = Sentence(
            rule, mend, one.severity is Severity.ERROR, one.columns, asked_of=ACROSS, is_rule=True
        )
    return found


def _of_row(check: Check, is_rule: bool) -> Sentence:
    rule, mend = Words(check.zh, check.en), Words(check.mend_zh, check.mend_en)
    if check.name.endswith("_damaged"):
        rule = Words(rule.zh + UNCONFIRMED.zh, rule.en + UNCONFIRMED.en)
    return Sentence(rule, mend, check.severity is Severity.ERROR, check.columns, is_rule=is_rule)


def sentence_of(expectation_id: str) -> Sentence:
    """The sentence of an expectation by its id; the id itself where nobody has written one."""
    unwritten = Sentence(Words(expectation_id, expectation_id), Words("", ""))
    return all_expectations().get(expectation_id, unwritten)
