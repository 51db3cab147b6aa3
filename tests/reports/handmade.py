"""A ledger and a published warehouse filled row by row, and mails as a mail program reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import duckdb
from sqlalchemy import Engine, insert

from reports.send import Smtp
from warehouse.generated import SIGNAL_WORDS
from warehouse.home import Home
from warehouse.judge import Verdict, as_rows
from warehouse.ledger.deliveries import all_deliveries, record_verdicts
from warehouse.ledger.tables import delivery
from warehouse.sql import tables

AS_OF = date(2020, 6, 30)
NOW = datetime(2020, 7, 1, 1, 0, tzinfo=UTC)
VILLAGE = "410184100200"


def read(message: bytes) -> EmailMessage:
    """A message as a mail program reads it."""
    return message_from_bytes(message, policy=default)  # type: ignore[return-value]


def text_of(message: bytes, kind: str = "plain") -> str:
    """One of the two bodies, with plain line ends."""
    return read(message).get_body((kind,)).get_content().replace("\r\n", "\n")


@dataclass
class Ledger:
    """Writes deliveries and verdicts, and reads them back as the night does."""

    engine: Engine
    verdicts: list[Verdict] = field(default_factory=list)

    def add(
        self,
        path: str = "health/settlements_202006.csv",
        verdict: str = "accepted",
        rows: tuple[int, int, int] = (0, 0, 0),  # loaded, quarantined, duplicate
        reasons: Sequence[tuple[str, str]] = (),
        *,
        feed: str | None = "settlements",
        period: str | None = "202006",
        pending: int = 0,
        **facts: object,
    ) -> Verdict:
        delivery_id = f"{len(self.verdicts) + 1:016x}"
        stated = {
            "delivery_id": delivery_id,
            "department": path.partition("/")[0],
            "path": path,
            "feed": feed,
            "period": period,
            "n": 1,
            "extension": path.rpartition(".")[2],
            "sha256": delivery_id * 4,
            "size_bytes": 1,
            "received_at": NOW,
            "rows_received": sum(rows),
            "rows_duplicate": rows[2],
            "rows_wrong": rows[1],
            **facts,
        }
        with self.engine.begin() as connection:
            connection.execute(insert(delivery).values(**stated))
        made = next(one for one in all_deliveries(self.engine) if one.delivery_id == delivery_id)
        self.verdicts.append(Verdict(made, verdict, *rows, pending, tuple(reasons)))
        with self.engine.begin() as connection:
            record_verdicts(connection, as_rows(self.verdicts))
        return self.verdicts[-1]


@dataclass
class Server:
    """A mail server that keeps what it is given: `answer` to a message, `refused` recipients are unknown,
    `put_off` ones are to be tried again."""

    smtp: Smtp
    start: Callable[[], None]
    stop: Callable[[], None]
    messages: list[bytes] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    answer: str = "250 OK"
    refused: frozenset[str] = frozenset()
    put_off: frozenset[str] = frozenset()

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address in self.refused:
            return f"550 {address} is unknown here"
        if address in self.put_off:
            return f"451 {address} is greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        if self.answer.startswith("250"):
            self.messages.append(envelope.content)
            self.recipients.append(list(envelope.rcpt_tos))
        return self.answer


_DATES = (
    "as_of", "closed_on", "due_on", "expected_by", "held_since", "monitored_since", "opened_on", "refused_since",
    "replaced_on",
)  # fmt: skip
_AMOUNTS = ("value", "cutoff", "amount_cny", "return_rate_pct")
_COUNTS = (
    "days_open_longest",
    "households", "line", "persons", "exit_year", "rank", "rows_duplicate", "rows_loaded", "rows_quarantined",
    "rows_received", "visits",
)  # fmt: skip
TYPES = {
    **dict.fromkeys(_DATES, "DATE"),
    **dict.fromkeys(_AMOUNTS, "DECIMAL(18, 2)"),
    **dict.fromkeys(_COUNTS, "BIGINT"),
    "is_risk_removed": "BOOLEAN",
    "is_sent_again": "BOOLEAN",
    "is_unattributable": "BOOLEAN",
    "days_to_correct_mean": "DECIMAL(10, 1)",
    "received_at": "TIMESTAMPTZ",
}
PUBLISHED = (
    "core.division",
    "core.household",
    "mart.clue",
    "mart.policy_landing",
    "mart.signal",
    "mart.signal_evidence",
    "quality.delivery",
    "quality.finding",
    "quality.freshness",
    "quality.quarantined_row",
    "quality.return_rate",
)
RUN = f"CREATE TABLE ops.run (run_id VARCHAR, as_of DATE); INSERT INTO ops.run VALUES ('run', DATE '{AS_OF}')"
VAULT = (
    "CREATE TABLE household"
    " (household_id VARCHAR, head_name VARCHAR, head_id_number VARCHAR, phone VARCHAR, hamlet VARCHAR)"
)


@dataclass
class Published:
    """A published warehouse and its vault, under the columns that the SQL files state.

    Rows are kept until somebody asks where the files lie: opening a file for each of them takes long.
    """

    place: Home
    rows: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    @property
    def home(self) -> Home:
        """The home, with all rows in its files."""
        if not self.place.warehouse.exists():
            self._make()
        for file, is_vault in ((self.place.warehouse, False), (self.place.vault, True)):
            with duckdb.connect(str(file)) as connection:
                for table, row in self.rows:
                    if (table == "household") == is_vault:
                        names, marks = ", ".join(row), ", ".join("?" for _ in row)
                        values = list(row.values())
                        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
        self.rows.clear()
        return self.place

    def _make(self) -> None:
        self.place.make()
        with duckdb.connect(str(self.place.vault)) as connection:
            connection.execute(VAULT)
        with duckdb.connect(str(self.place.warehouse)) as connection:
            connection.execute(f"CREATE SCHEMA ops; {RUN}")
            for name in PUBLISHED:
                columns = SIGNAL_WORDS if name == "mart.signal" else tables()[name].columns
                listed = ", ".join(f"{column} {TYPES.get(column, 'VARCHAR')}" for column in columns)
                connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name.partition('.')[0]}")
                connection.execute(f"CREATE TABLE {name} ({listed})")

    def add(self, table: str, **row: object) -> None:
        """One row of a published table, or of the vault's `household`."""
        self.rows.append((table, row))

    def household(
        self,
        household_id: str,
        village: str | None = VILLAGE,
        head_name: str | None = "张三",
        phone: str | None = "13800000000",
        **more: object,
    ) -> None:
        usual = {"household_type": "一般农户", "persons": 3}
        self.add("core.household", household_id=household_id, **_place(village), **{**usual, **more})
        self.add("household", household_id=household_id, head_name=head_name, phone=phone)

    def signal(self, household_id: str, indicator: str, status: str, **more: object) -> None:
        self.add(
            "mart.signal", as_of=AS_OF, household_id=household_id, indicator=indicator, status=status, **more
        )

    def clue(self, clue_id: str, household_id: str, village: str | None = VILLAGE, **more: object) -> None:
        usual = {
            "as_of": AS_OF, "suggested_class": "关注", "reasons": "unsafe_dwelling", "opened_on": AS_OF,
            "due_on": date(2020, 7, 15), "status": "open", "asks_for": "visit", "rank": 1,
        }  # fmt: skip
        self.add(
            "mart.clue", clue_id=clue_id, household_id=household_id, **_place(village), **{**usual, **more}
        )


def _place(village: str | None) -> dict[str, str | None]:
    return {"village_code": village, "town_code": village[:9] if village else None}
