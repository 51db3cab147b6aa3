"""What is said to the person who decides about a delivery, and what cannot be decided, and why."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from expectations.contract import Kind
from expectations.feeds import catalogue
from reports.language import Words, joined, one_line
from reports.reasons import BY_A_PERSON, reason_words
from warehouse.ledger.decisions import ACCEPT, WITHDRAW, Decision
from warehouse.ledger.deliveries import Delivery

MOST_OF_WHY = 500  # characters
# numbers of persons, households and telephones: none of these may be kept and printed
NUMBER = re.compile(r"\d{11,}|1[3-9]\d[ -]\d{4}[ -]\d{4}")
RECORDED = {
    ACCEPT: Words("已记录：{by}决定接收 {path}（{id}）", "on the record: {by} lets {path} ({id}) through"),
    WITHDRAW: Words("已记录：{by}决定撤回 {path}（{id}）", "on the record: {by} takes {path} ({id}) back"),
}
NEXT_NIGHT = Words("下一批次起生效。", "It takes effect with the next night.")
SAME_CONTENT = Words(
    "注意：{path}（{id}）内容相同，将取而代之；如也有误，请一并撤回。",
    "Note: {path} ({id}) has the same content and takes its place; if that is wrong too, take it back as well.",
)
SUPERSEDED = Words(
    "注意：同一所属期的更正件 {path} 已接收，仍以更正件为准。",
    "Note: {path} corrects the same period and has been accepted: it goes on being what holds.",
)
NIGHTS = Words(
    "注意：它已参与 {dates} 的批次。要连同其间产生的线索一并撤回，请依次重跑：ffp nightly --as-of 日期",
    "Note: nights that it took part in: {dates}. To take the clues that they opened back too, run them again in"
    " order: ffp nightly --as-of DATE",
)
NOT_JUDGED = Words(
    "尚未判定，由下一批次判定；届时如被退回，再决定是否接收",
    "it has not been judged yet, the next night does that; if it is refused then, accept it then",
)
NOT_REFUSED = Words("没有被退回，无须决定", "it was not refused, there is nothing to decide")
NOT_TO_ACCEPT = Words(
    "这样的文件不能由人放行，请部门报送更正件：{reasons}",
    "no decision lets such a file through, it has to be corrected and sent again: {reasons}",
)
NOT_LOADED = Words("没有被接收，无可撤回", "it has not been accepted, there is nothing to take back")
IS_BACK = Words("已经撤回", "it has been taken back already")
NO_WHY = Words("请用 --why 写明理由", "say why with --why")
LONG_WHY = Words("理由不得超过{most}字", "the reason has at most {most} characters")
NUMBER_IN_WHY = Words(
    "理由会留存并打印，不得含有证件号码、户编号或电话号码",
    "the reason is kept and printed: it must not hold a person's, a household's or a telephone's number",
)
UNKNOWN = Words("没有这样的报送：{asked}", "there is no such delivery: {asked}")
AMBIGUOUS = Words(
    "有多份报送符合 {asked}，请写明编号：", "more than one delivery answers to {asked}, give its id:"
)
CANDIDATES = Words("可供选择的报送：", "Deliveries to choose from:")


@dataclass(frozen=True)
class Judgement:
    """A delivery with its verdict and reasons ("" and none before the first night), and the last decision."""

    delivery: Delivery
    verdict: str
    reasons: tuple[tuple[str, str], ...]
    last: str | None


def judgements(
    deliveries: Iterable[Delivery], verdicts: Iterable[Mapping[str, Any]], made: Iterable[Decision]
) -> list[Judgement]:
    """What stands about each delivery, in their order."""
    judged = {row["delivery_id"]: row for row in verdicts}
    last = {one.delivery_id: one.kind for one in made}
    found = []
    for one in deliveries:
        row = judged.get(one.delivery_id, {"verdict": "", "reasons": ()})
        reasons = tuple((code, detail) for code, detail in row["reasons"])
        found.append(Judgement(one, row["verdict"], reasons, last.get(one.delivery_id)))
    return found


def wrong_with_why(why: str, language: str) -> str | None:
    """What is wrong with a reason that is to be kept and printed; None when it may be."""
    narrow = unicodedata.normalize("NFKC", why)
    if not one_line(why):
        return NO_WHY.to(language)
    if len(why) > MOST_OF_WHY:
        return LONG_WHY.say(language, most=MOST_OF_WHY)
    return NUMBER_IN_WHY.to(language) if NUMBER.search(narrow) else None


def wrong_with_decision(kind: str, one: Judgement, language: str) -> str | None:
    """Why the decision cannot be made; None when it can. The contrary of the last decision always can."""
    if one.last not in (None, kind):
        return None
    is_refused, codes = one.verdict == "refused", {code for code, _ in one.reasons}
    if kind == WITHDRAW:
        return (IS_BACK if "withdrawn" in codes else NOT_LOADED).to(language) if is_refused else None
    if not is_refused:
        return (NOT_REFUSED if one.verdict else NOT_JUDGED).to(language)
    if codes <= set(BY_A_PERSON):
        return None
    told = [reason_words(code, detail, language) for code, detail in one.reasons if code not in BY_A_PERSON]
    return NOT_TO_ACCEPT.say(language, reasons=joined(told, language))


def recorded(
    made: Decision, one: Delivery, judged: Iterable[Judgement], nights: Sequence[date], language: str
) -> list[str]:
    """What was decided, and what follows from it for the others."""
    named = {"path": one_line(one.path), "id": one.delivery_id}
    said = [RECORDED[made.kind].say(language, by=made.decided_by, **named), NEXT_NIGHT.to(language)]
    if one.feed_name not in catalogue():
        return said
    same = [
        other
        for other in judged
        if (other.delivery.feed_name, other.delivery.period_text) == (one.feed_name, one.period_text)
        and other.delivery != one
    ]
    if made.kind == WITHDRAW:
        for copy in (other.delivery for other in same if other.delivery.sha256 == one.sha256):
            said.append(SAME_CONTENT.say(language, path=one_line(copy.path), id=copy.delivery_id))
        said += [NIGHTS.say(language, dates=joined([str(day) for day in nights], language))] if nights else []
    elif one.feed.kind is Kind.SNAPSHOT:
        later = [other.delivery for other in same if other.verdict == "accepted" and other.delivery.n > one.n]
        said += [SUPERSEDED.say(language, path=one_line(later[-1].path))] if later else []
    return said
