"""The sentence of every expectation: those of the contracts, and those that other deliveries decide."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from expectations.checks import Severity
from expectations.conditions import checks_of
from expectations.feeds import catalogue
from reports.language import Words


@dataclass(frozen=True)
class Sentence:
    """What should hold, how a clerk mends a row where it does not, and the columns to look at."""

    rule: Words
    mend: Words
    is_error: bool = True
    columns: tuple[str, ...] = ()


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
def _declared() -> dict[str, Sentence]:
    found = {}
    for feed in catalogue().values():
        for check in checks_of(feed):
            rule, mend = Words(check.zh, check.en), Words(check.mend_zh, check.mend_en)
            if check.name.endswith("_damaged"):
                rule = Words(rule.zh + UNCONFIRMED.zh, rule.en + UNCONFIRMED.en)
            is_error = check.severity is Severity.ERROR
            found[f"{feed.name}.{check.name}"] = Sentence(rule, mend, is_error, check.columns)
    return found


def sentence_of(expectation_id: str) -> Sentence:
    """The sentence of an expectation by its id; the id itself where nobody has written one."""
    if (declared := _declared().get(expectation_id)) is not None:
        return declared
    unwritten = Sentence(Words(expectation_id, expectation_id), Words("", ""))
    return LATE.get(expectation_id.partition(".")[2], unwritten)
