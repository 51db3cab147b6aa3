"""Mail about deliveries that were refused or have held rows: one a department and night.

It goes to the department's contacts and the engineers, and names deliveries, lines and rules, never a value
of a row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import duckdb

from reports.contacts import Contacts
from reports.delivery_view import CORRECTED, HeldRow, view
from reports.labels import department_title
from reports.language import Words
from reports.message import message, rendered
from warehouse.judge import Verdict
from warehouse.ledger.outbox import Mail

SUBJECT = Words(
    "【防返贫监测】{as_of} {department}：退回{refused}份，有待更正行{held}份",
    "[fangfanpin] {as_of} {department}: {refused} refused, {held} with held rows",
)
GREETING = Words("{department}：", "To: {department}")
INTRODUCTION = Words(
    "{as_of}批次校验结果如下。本邮件不含个人信息；行号与原文件一致。",
    "What the checks of {as_of} found. Lines are those of your file; this mail holds no personal data.",
)
CLOSING = Words(
    "本邮件由系统自动发出，同一问题只通知一次。",
    "Sent automatically, once for each problem.",
)
WORDS = {
    "reasons": Words("退回原因：", "Why it was refused:"),
    "errors": Words("未通过的校验规则：", "Checks that rows did not pass:"),
    "warnings": Words("提示（已入库，请核对）：", "To be looked at (these rows have loaded):"),
    "mend": Words("如何更正：", "How to mend it: "),
    "next": Words("下一步：", "What happens next:"),
    "colon": Words("：", ": "),
}


def held_rows(warehouse: Path) -> dict[str, list[HeldRow]]:
    """The held rows of the published warehouse by delivery, without values, in order of line."""
    found: dict[str, list[HeldRow]] = {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "SELECT delivery_id, line, expectation_ids, status FROM quality.quarantined_row"
            " ORDER BY delivery_id, line"
        ).fetchall()
    for delivery_id, line, expectation_ids, status in rows:
        held = HeldRow(line, tuple(filter(None, expectation_ids.split(","))), status)
        found.setdefault(delivery_id, []).append(held)
    return found


def alerts(
    verdicts: Sequence[Verdict],
    held: Mapping[str, Sequence[HeldRow]],
    told: Collection[str],
    contacts: Contacts,
    *,
    as_of: date,
    now: datetime,
    sender: str,
    language: str = "zh",
) -> list[Mail]:
    """The night's mails, in order of department; none for what an earlier mail has told.

    `verdicts` are those of all deliveries, `told` the facts of `outbox.already_told`. Queue what comes back
    in the transaction that records the verdicts.
    """
    most_told = _most_told(told)
    by_department: dict[str, list[Verdict]] = {}
    for one in verdicts:
        is_told = most_told.get(_about(one), -1) >= one.rows_quarantined  # fewer rows are no news to act on
        if not is_told and _is_problem(one, held.get(one.delivery.delivery_id, ())):
            by_department.setdefault(one.delivery.department, []).append(one)
    return [
        _mail(department, found, verdicts, held, contacts.of(department), as_of, now, sender, language)
        for department, found in sorted(by_department.items())
    ]


def fact(one: Verdict) -> str:
    """What a mail tells of a delivery, as the outbox keeps it."""
    return f"{_about(one)}:{one.rows_quarantined}"


def _about(one: Verdict) -> str:
    return f"{one.delivery.delivery_id}:{one.verdict}"


def _most_told(told: Collection[str]) -> dict[str, int]:
    """The greatest number of rows that a mail has told of each delivery and verdict."""
    most: dict[str, int] = {}
    for about, _, rows in (known.rpartition(":") for known in told):
        most[about] = max(int(rows), most.get(about, -1))
    return most


def _is_problem(one: Verdict, held: Sequence[HeldRow]) -> bool:
    """Refused, or with rows held that no later delivery has corrected."""
    if one.verdict == "refused":
        return True
    is_all_corrected = bool(held) and all(row.status == CORRECTED for row in held)
    return one.rows_quarantined > 0 and not is_all_corrected


def _mail(
    department: str,
    found: Sequence[Verdict],
    verdicts: Sequence[Verdict],
    held: Mapping[str, Sequence[HeldRow]],
    recipients: tuple[str, ...],
    as_of: date,
    now: datetime,
    sender: str,
    language: str,
) -> Mail:
    about = tuple(sorted(fact(one) for one in found))
    mail_id = hashlib.sha256("\x1f".join((str(as_of), department, *about)).encode()).hexdigest()[:16]
    named = {"as_of": as_of, "department": department_title(department, language)}
    refused = sum(one.verdict == "refused" for one in found)
    subject = SUBJECT.say(language, refused=refused, held=len(found) - refused, **named)
    shown = {
        "language": language,
        "subject": subject,
        "greeting": GREETING.say(language, **named),
        "introduction": INTRODUCTION.say(language, **named),
        "closing": CLOSING.to(language),
        "words": {name: words.to(language) for name, words in WORDS.items()},
        "deliveries": [
            view(one, held.get(one.delivery.delivery_id, ()), *_followed(one, verdicts), language)
            for one in sorted(found, key=lambda one: (one.verdict != "refused", one.delivery.order))
        ],
    }
    text, html = rendered("alert.txt.j2", **shown), rendered("alert.html.j2", **shown)
    body = message(mail_id, sender, recipients, subject, text, html, now)
    return Mail(mail_id, as_of, department, recipients, body, about)


def _followed(one: Verdict, verdicts: Sequence[Verdict]) -> tuple[int, bool]:
    """The greatest correction number of the delivery's period, and whether a later one was accepted."""
    told = one.delivery
    same = [
        other
        for other in verdicts
        if (other.delivery.feed_name, other.delivery.period_text) == (told.feed_name, told.period_text)
    ]
    later = [other for other in same if other.verdict == "accepted" and other.delivery.n > told.n]
    return max((other.delivery.n for other in same), default=told.n), bool(
        later
    ) and told.feed_name is not None
