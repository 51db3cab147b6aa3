"""A report as a mail: plain text with an HTML alternative, the same bytes for the same arguments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.language import one_line

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATES = Path(__file__).parent / "templates"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda name: name is not None and ".html" in name,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def rendered(template: str, **shown: object) -> str:
    """A file of `templates/`, filled in; in HTML every value is escaped."""
    return _templates().get_template(template).render(**shown)


def message(
    mail_id: str, sender: str, recipients: Sequence[str], subject: str, text: str, html: str, now: datetime
) -> bytes:
    """The bytes to hand to a mail server; a mail that is sent twice keeps its Message-ID."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = ", ".join(recipients)
    mail["Subject"] = one_line(subject)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{mail_id}@{parseaddr(sender)[1].rpartition('@')[2] or 'localhost'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text, cte="base64")
    mail.add_alternative(html, subtype="html", cte="base64")
    mail.set_boundary(f"=-{mail_id}")
    return mail.as_bytes()


def with_attachment(mail_id: str, content: bytes, file: Path) -> bytes:
    """The bytes of a mail with a workbook attached; the same bytes for the same arguments."""
    mail = message_from_bytes(content, policy=SMTP)
    mail.add_attachment(file.read_bytes(), *XLSX.split("/"), filename=file.name)
    mail.set_boundary(f"=-{mail_id}-0")
    return mail.as_bytes()
