"""One mail a department and night with all its news: trouble, what has been mended, receipts.

Trouble goes to the department's contacts and the engineers, good news alone to the contacts. It names
deliveries, lines and rules, never a value of a row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from reports.contacts import Contacts
from reports.deadlines import mend_by
from reports.delivery_view import FOUND, HeldRow, causes, view
from reports.labels import department_title
from reports.language import Words
from reports.message import message, rendered
from reports.news import Held, News, news
from reports.receipts import due_lines, mended, receipt
from warehouse.judge import Verdict
from warehouse.ledger.deliveries import Delivery
from warehouse.ledger.outbox import Mail
from warehouse.replaced import last_numbers, replacements

SUBJECT = Words("【防返贫监测】{as_of} {department}：{what}", "[fangfanpin] {as_of} {department}: {what}")
IN_SUBJECT = {
    "refused": Words("退回{count}份", "{count} refused"),
    "held": Words("有待更正行{count}份", "{count} with held rows"),
    "mended": Words("已更正{count}份", "{count} mended"),
    "receipts": Words("回执{count}份", "{count} received"),
}
GREETING = Words("{department}：", "To: {department}")
INTRODUCTION = Words(
    "{as_of}批次校验结果如下。本邮件不含个人信息；行号与原文件一致。",
    "What the checks of {as_of} found. Lines are those of your file; this mail holds no personal data.",
)
SLIP = Words(
    "逐行的问题和更正办法见附件退回单（即 outbox/slips/{as_of}/{department}.xlsx）",
    "The return slip attached lists them row by row (outbox/slips/{as_of}/{department}.xlsx)",
)
MEND_BY = Words("，请在{due}前更正。", "; please mend them by {due}.")
CLOSING = Words(
    "本邮件由系统自动发出，同一问题只通知一次。",
    "Sent automatically, once for each problem.",
)
WORDS = {
    "causes": Words("主要原因：", "What went wrong:"),
    "reasons": Words("退回原因：", "Why it was refused:"),
    "errors": Words("未通过的校验规则：", "Checks that rows did not pass:"),
    "warnings": Words("提示（已入库，请核对）：", "To be looked at (these rows have loaded):"),
    "notes": Words("另请核对：", "Look at this too:"),
    "mend": Words("如何更正：", "How to mend it: "),
    "next": Words("下一步：", "What happens next:"),
    "colon": Words("：", ": "),
    "mended": Words("已更正：", "What has been mended:"),
    "receipts": Words("回执，以下文件已接收：", "Receipt; these files have been taken in:"),
    "due": Words("下次应报：", "The next files are due:"),
}


@dataclass(frozen=True)
class Letter:
    """What all mails of a night have in common."""

    as_of: date
    now: datetime
    sender: str
    language: str
    contacts: Contacts
    due: Mapping[str, date]  # feed -> day by which the next file should be there


def held_rows(warehouse: Path) -> dict[str, list[HeldRow]]:
    """The held rows of the published warehouse by delivery, and those that have loaded and join nothing, without
    values, in order of line."""
    found: dict[str, list[HeldRow]] = {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "SELECT delivery_id, line, expectation_ids, status,"
            " coalesce(closed_on, (SELECT max(as_of) FROM ops.run)) - held_since"
            " FROM quality.quarantined_row"
            " UNION ALL SELECT delivery_id, line, string_agg(expectation_id, ',' ORDER BY expectation_id), ?, 0"
            " FROM quality.finding WHERE severity = 'error' OR is_unattributable GROUP BY delivery_id, line"
            " ORDER BY delivery_id, line",
            [FOUND],
        ).fetchall()
    for delivery_id, line, expectation_ids, status, days in rows:
        held = HeldRow(line, tuple(filter(None, expectation_ids.split(","))), status, days or 0)
        found.setdefault(delivery_id, []).append(held)
    return found


def next_due(warehouse: Path) -> dict[str, date]:
    """Feed -> the day by which its next file should be there, for feeds that promise one."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return dict(
            connection.execute(
                "SELECT feed, expected_by FROM quality.freshness WHERE expected_by IS NOT NULL"
            ).fetchall()
        )


def alerts(
    verdicts: Sequence[Verdict],
    held: Held,
    told: Collection[str],
    contacts: Contacts,
    *,
    as_of: date,
    now: datetime,
    sender: str,
    language: str = "zh",
    due: Mapping[str, date] | None = None,
) -> list[Mail]:
    """The night's mails, in order of department; none for what an earlier mail has told.

    `verdicts` are those of all deliveries, `told` the facts of `outbox.already_told`. Queue what comes back
    in the transaction that records the verdicts.
    """
    letter = Letter(as_of, now, sender, language, contacts, due or {})
    replaced, numbers = replacements(verdicts, as_of), last_numbers(verdicts)
    return [
        _mail(letter, department, own, held, replaced, numbers)
        for department, own in news(verdicts, held, replaced, told).items()
    ]


def _mail(
    letter: Letter,
    department: str,
    own: News,
    held: Held,
    replaced: Mapping[str, Delivery],
    numbers: Mapping[tuple[str | None, str | None, str], int],
) -> Mail:
    language, as_of = letter.language, letter.as_of
    mail_id = hashlib.sha256("\x1f".join((str(as_of), department, *own.facts)).encode()).hexdigest()[:16]
    named = {"as_of": as_of, "department": department_title(department, language)}
    subject = SUBJECT.say(language, what=_counted(own, language), **named)
    recipients = letter.contacts.of(department) if own.problems else letter.contacts.own(department)

    def rows(one: Verdict) -> Sequence[HeldRow]:
        return held.get(one.delivery.delivery_id, ())

    views = [
        view(one, rows(one), numbers[one.delivery.of_period], language)
        for one in sorted(own.problems, key=lambda one: (one.verdict != "refused", one.delivery.order))
    ]
    shown = {
        "language": language,
        "subject": subject,
        "greeting": GREETING.say(language, **named),
        "introduction": INTRODUCTION.say(language, **named),
        "closing": CLOSING.to(language),
        "words": {name: words.to(language) for name, words in WORDS.items()},
        "slip": _slip(letter, department) if own.problems else "",
        "causes": causes(views, language),
        "deliveries": views,
        "lists": {
            "mended": [
                mended(one, rows(one), replaced.get(one.delivery.delivery_id), language) for one in own.mended
            ],
            "receipts": [receipt(one, language) for one in own.receipts],
            "due": due_lines(own.taken, letter.due, language),
        },
    }
    text, html = rendered("alert.txt.j2", **shown), rendered("alert.html.j2", **shown)
    body = message(mail_id, letter.sender, recipients, subject, text, html, letter.now)
    return Mail(mail_id, as_of, department, recipients, body, own.facts)


def _counted(own: News, language: str) -> str:
    refused = sum(one.verdict == "refused" for one in own.problems)
    counts = {
        "refused": refused,
        "held": len(own.problems) - refused,
        "mended": len(own.mended),
        "receipts": len(own.receipts),
    }
    parts = [IN_SUBJECT[name].say(language, count=count) for name, count in counts.items() if count]
    return ("，" if language == "zh" else ", ").join(parts)


def _slip(letter: Letter, department: str) -> str:
    due = mend_by(department, letter.as_of)
    named = SLIP.say(letter.language, as_of=letter.as_of, department=department)
    return named + (MEND_BY.say(letter.language, due=due) if due else "")
