"""The ledger's tables: facts about deliveries, nights, clues and mail, and never a value of a row.

Facts are kept as codes and counts; `reports` turns them into words. Dates of business time are arguments of a
night, columns that end in `_at` are wall-clock time and appear in no published table but `ops.run` and
`quality.delivery.received_at`.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

delivery = Table(
    "delivery",
    metadata,
    Column("delivery_id", String(16), primary_key=True),
    Column("department", String(40), nullable=False),
    Column("feed", String(40)),
    Column("period", String(8)),
    Column("period_first", Date),
    Column("period_last", Date),
    Column("n", Integer, nullable=False),
    Column("extension", String(8)),
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("contract", String(16)),  # fingerprint of the contract it was staged under; NULL = not staged
    Column("encoding", String(16)),
    Column("sheet", Text),
    Column("header_line", Integer),
    Column("rows_received", BigInteger, nullable=False, default=0),
    Column("rows_duplicate", BigInteger, nullable=False, default=0),
    Column("rows_wrong", BigInteger, nullable=False, default=0),
    Column("rows_suspect", BigInteger, nullable=False, default=0),
    Column("rows_reversal", BigInteger, nullable=False, default=0),
    Column("broken", JSON, nullable=False, default=dict),  # expectation id -> rows
    Column("refusals", JSON, nullable=False, default=list),  # [code, detail] of the file itself
    Column("notes", JSON, nullable=False, default=list),
    Column("parts", JSON),  # [extension, bytes] of each; NULL = one file, or joined before this was kept
)

seen_file = Table(
    "seen_file",
    metadata,
    Column("path", Text, primary_key=True),
    Column("size_bytes", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("delivery_id", ForeignKey("delivery.delivery_id"), nullable=False),
)

verdict = Table(
    "verdict",
    metadata,
    Column("delivery_id", ForeignKey("delivery.delivery_id"), primary_key=True),
    Column("verdict", String(16), nullable=False),  # accepted, refused, already_loaded
    Column("rows_loaded", BigInteger, nullable=False),
    Column("rows_quarantined", BigInteger, nullable=False),
    Column("rows_pending", BigInteger, nullable=False),
    Column("rows_duplicate", BigInteger, nullable=False),
    Column("reasons", JSON, nullable=False),  # [code, detail]
)

expectation_result = Table(
    "expectation_result",
    metadata,
    Column("delivery_id", ForeignKey("delivery.delivery_id"), primary_key=True),
    Column("expectation_id", String(80), primary_key=True),
    Column("severity", String(8), nullable=False),
    Column("evaluated", BigInteger, nullable=False),
    Column("unexpected", BigInteger, nullable=False),
    Column("status", String(16), nullable=False),  # passed, failed, could_not_run
)

decision = Table(
    "decision",
    metadata,
    Column("decision_id", Integer, primary_key=True),
    Column("delivery_id", ForeignKey("delivery.delivery_id"), nullable=False),
    Column("kind", String(16), nullable=False),  # accept, withdraw
    Column("why", Text, nullable=False),
    Column("decided_by", String(80), nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
)

run = Table(
    "run",
    metadata,
    Column("run_id", String(36), primary_key=True),
    Column("as_of", Date, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("code_version", String(40), nullable=False),
    Column("outcome", String(16)),  # published, failed; NULL while it runs or when it was killed
    Column("counts", JSON, nullable=False, default=dict),
)

clue = Table(
    "clue",
    metadata,
    Column("clue_id", String(16), primary_key=True),
    Column("household_id", String(40), nullable=False, index=True),
    Column("opened_on", Date, nullable=False),
)

clue_night = Table(  # a row where a night changed what the night before it said of the clue
    "clue_night",
    metadata,
    Column("clue_id", ForeignKey("clue.clue_id"), primary_key=True),
    Column("as_of", Date, primary_key=True),
    Column("closed_on", Date),
    Column("reasons", Text, nullable=False),  # indicators at risk in any of its nights
    Column("asks_for", String(16)),  # visit, call, works; NULL = before this was kept
)

held_lines = Table(  # what was held, by runs of lines that share their reasons and dates; never forgotten
    "held_lines",
    metadata,
    Column("delivery_id", ForeignKey("delivery.delivery_id"), primary_key=True),
    Column("line_first", BigInteger, primary_key=True),  # 0: the file as a whole, refused
    Column("line_last", BigInteger, nullable=False),
    Column("reasons", Text, nullable=False),  # expectation ids, of a file the codes, joined by commas
    Column("held_since", Date, nullable=False),  # as-of date of the first night that held it
    Column("closed_on", Date),  # as-of date of the night from which it was held no more
)

outbox = Table(
    "outbox",
    metadata,
    Column("mail_id", String(16), primary_key=True),
    Column("as_of", Date, nullable=False),
    Column("department", String(40), nullable=False),
    Column("recipients", JSON, nullable=False),
    Column("message", LargeBinary, nullable=False),
    Column("about", JSON, nullable=False, default=list),  # what it tells: <delivery_id>:<what>:<rows held>
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("sent_at", DateTime(timezone=True)),
    Column("attempts", Integer, nullable=False, default=0),
    Column("is_failed_for_good", Boolean, nullable=False, default=False),
    # recipients whom the server has put off while others have the mail; empty = nobody has it, or everybody
    Column("deferred", JSON, nullable=False, default=list, server_default="[]"),
    Column("refused", JSON, nullable=False, default=list, server_default="[]"),  # recipients, for good
    Column("last_error", String(80)),  # the kind of error only: an SMTP answer may quote an address
)
