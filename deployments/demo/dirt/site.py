"""Where a fault is put: one column of one file, and what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from deployments.demo.calendar import as_date, period_last_day
from deployments.demo.files.forms import Form
from deployments.demo.files.written import WAN, header
from expectations.contract import Cadence, Column, Feed

Row = dict[str, str]

HELD, REFUSED_FILE, DUPLICATE, WARNED, REPAIRED = (
    "held", "refused_file", "duplicate", "loaded_with_warning", "repaired",
)  # fmt: skip


@dataclass(frozen=True)
class Site:
    """A file, and a running number that makes what is invented unlike anything else."""

    feed: Feed
    form: Form
    period: str
    serial: int

    @property
    def period_end(self) -> int:
        """The last day of the file's period; a term ends on 31 January or 31 August."""
        year = int(self.period[:4])
        if self.feed.cadence is Cadence.TERM:
            ends = f"{year}0831" if self.period.endswith("03") else f"{year + 1}0131"
            return period_last_day(ends)
        return period_last_day(self.period)

    @property
    def end_year(self) -> int:
        """The year in which the period ends."""
        return as_date(self.period_end).year

    def is_in_wan(self, column: Column) -> bool:
        """Whether the column's header says 万元."""
        return WAN in header(column, self.form)

    def amount(self, column: Column, yuan: Decimal) -> str:
        """An amount as this file writes it."""
        shown = yuan / 10_000 if self.is_in_wan(column) else yuan
        text = f"{shown:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def yuan(self, column: Column, text: str) -> Decimal:
        """The amount of a cell of this file."""
        return Decimal(text or "0") * (10_000 if self.is_in_wan(column) else 1)
