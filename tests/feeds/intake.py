"""An inbox of one's own: files put there are landed, staged and judged, and asked what became of them.

inbox = Inbox()
inbox.put("health/deaths_202006.csv", "证件号码,姓名,死亡日期\\n…")
inbox.take_in()
inbox.verdicts()              ->  {"deaths_202006": "accepted"}
inbox.rows("deaths_202006")   ->  the typed rows, by line
inbox.broken("deaths_202006") ->  {line: names of the checks that found it}
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet

from expectations.conditions import checks_of
from expectations.feeds import catalogue
from warehouse.home import Home
from warehouse.ingest import receive, stage_feed, waiting
from warehouse.judge import Verdict, judge
from warehouse.ledger.deliveries import Delivery, all_deliveries, record_facts, table_rows
from warehouse.ledger.open import opened
from warehouse.ledger.tables import delivery

IN_MEMORY = (
    "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
)  # a night waits for the disk a hundred times
NOW = datetime(2020, 7, 1, tzinfo=UTC)
OF_ARRIVAL = {"delivery_id", "department", "feed", "period", "period_first", "period_last", "n", "extension",
              "path", "sha256", "size_bytes", "received_at", "parts"}  # fmt: skip
STAGED: dict[
    str, tuple[dict[str, Any], dict[str, bytes]]
] = {}  # by delivery: what was noted, and the files made


@cache
def empty_ledger() -> bytes:
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
        path = Path(folder) / "ledger.sqlite"
        opened(f"sqlite:///{path}").dispose()
        return path.read_bytes()


class Inbox:
    """A home with nothing in it yet; it is gone with the object."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="inbox-", dir=IN_MEMORY)
        self.root = Path(self.folder.name)
        self.home = Home(self.root / "home")
        self.home.make()
        (self.root / "ledger.sqlite").write_bytes(empty_ledger())
        self.engine = opened(f"sqlite:///{self.root}/ledger.sqlite")

    def put(self, path: str, content: str | bytes, changed_at: float = 0) -> Path:
        """Drop a file, last changed long ago unless said otherwise."""
        file = self.root / "inbox" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        os.utime(file, (changed_at, changed_at))
        return file

    def take_in(self, settle_seconds: float = 0, now: datetime = NOW) -> int:
        """Land and stage what is there; returns how many deliveries that made."""
        count = receive(self.engine, self.root / "inbox", self.home, settle_seconds, now)
        for feed_name, deliveries in waiting(self.engine, self.home).items():
            self._stage(feed_name, [one for one in deliveries if one.contract is None])
        return count

    def _stage(self, feed_name: str, deliveries: list[Delivery]) -> None:
        """A delivery is named by feed, period, number and content: what was staged once need not be again."""
        new = [one for one in deliveries if one.delivery_id not in STAGED]
        if new:
            stage_feed(self.engine, self.home, feed_name, new, threads=1)
        facts = {row["delivery_id"]: row for row in table_rows(self.engine, delivery)} if new else {}
        for one in new:
            files = (
                self.home.staged(feed_name, one.delivery_id),
                self.home.received(feed_name, one.delivery_id),
            )
            kept = {name: value for name, value in facts[one.delivery_id].items() if name not in OF_ARRIVAL}
            STAGED[one.delivery_id] = kept, {file.name: file.read_bytes() for file in files if file.exists()}
        for one in deliveries:
            if one not in new:
                kept, contents = STAGED[one.delivery_id]
                for name, content in contents.items():
                    (self.home.staging / feed_name).mkdir(exist_ok=True)
                    (self.home.staging / feed_name / name).write_bytes(content)
                record_facts(self.engine, one.delivery_id, kept)

    def deliveries(self) -> list[Delivery]:
        return all_deliveries(self.engine)

    def delivery(self, name: str) -> Delivery:
        """The delivery whose (first) file is called so, without its extension."""
        (found,) = [one for one in self.deliveries() if Path(one.path).stem == name]
        return found

    def refused(self, name: str) -> set[str]:
        """Codes of what is wrong with the file as a whole."""
        return {code for code, _ in self.delivery(name).refusals}

    def rows(self, name: str) -> dict[int, dict[str, Any]]:
        """The typed rows that are left when repeated ones are out, by line."""
        one = self.delivery(name)
        if one.refusals:
            raise ValueError(f"{name} was refused: {one.refusals}")
        path = self.home.staged(one.feed.name, one.delivery_id)
        return {row["line"]: row for row in pyarrow.parquet.read_table(path).to_pylist()}

    def column(self, name: str, column: str) -> list[Any]:
        """One column of the rows, in order of line."""
        return [row[column] for _, row in sorted(self.rows(name).items())]

    def broken(self, name: str) -> dict[int, set[str]]:
        """Line -> names of the checks that found it, for lines that some check found."""
        checks = [check.name for check in checks_of(self.delivery(name).feed)]
        found = {
            line: {check for place, check in enumerate(checks) if row["wrong"] >> place & 1}
            for line, row in self.rows(name).items()
        }
        return {line: names for line, names in found.items() if names}

    def judged(
        self, accepted_by_name: frozenset[str] = frozenset(), withdrawn: Mapping[str, str] | None = None
    ) -> dict[str, Verdict]:
        """File -> verdict."""
        with duckdb.connect(":memory:", config={"threads": 1}) as connection:
            connection.execute("ATTACH ':memory:' AS work")
            verdicts = judge(connection, self.home, self.deliveries(), accepted_by_name, withdrawn or {})
        return {Path(one.delivery.path).stem: one for one in verdicts}

    def verdicts(self) -> dict[str, str]:
        return {name: one.verdict for name, one in self.judged().items()}


def header(feed_name: str, delimiter: str = ",") -> str:
    """The header as the contract states it."""
    return delimiter.join(column.label for column in catalogue()[feed_name].columns)


def lines(*rows: str) -> str:
    """A text file of these rows."""
    return "".join(row + "\n" for row in rows)


def read(
    content: str | bytes, name: str = "deaths_202006", extension: str = "csv", department: str = "health"
) -> Inbox:
    """An inbox that has taken in one file."""
    inbox = Inbox()
    inbox.put(f"{department}/{name}.{extension}", content)
    inbox.take_in()
    return inbox


def workbook(
    *sheets: list[list], epoch=None, titles: tuple[str, ...] = (), state: str = "visible", merged: str = ""
) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    if epoch:
        book.epoch = epoch
    for nth, rows in enumerate(sheets):
        sheet = book.create_sheet(titles[nth] if titles else f"表{nth + 1}")
        for row in rows:
            sheet.append(row)
    if merged:
        book.worksheets[0].merge_cells(merged)
    book.worksheets[-1].sheet_state = state if len(sheets) > 1 else "visible"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
