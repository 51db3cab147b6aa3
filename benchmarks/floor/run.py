"""The night from the inbox to the output file, phase by phase."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

from benchmarks.floor.clock import Clock


def run(inbox: Path, out: Path, as_of: datetime.date, threads: int = 2) -> dict[str, object]:
    """Writes the output file; answers with the cost of each phase."""
    clock = Clock()
    with clock.phase("import"):
        import duckdb

        from benchmarks.floor import cells, gate, landing, register, signals
        from benchmarks.floor.columns import COLUMNS
        from benchmarks.floor.inbox import deliveries, prepare
        from benchmarks.floor.night import Night

        con = duckdb.connect()
        con.execute(f"SET threads = {threads}; SET preserve_insertion_order = false")
        con.execute("SET disabled_optimizers = 'type_pushdown,in_clause'; SET checkpoint_threshold = '1TB'")
        con.execute(cells.DAYS)
    found = {feed: [] for feed in COLUMNS}
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        scratch = Path(folder)
        with clock.phase("decode"):
            everything = deliveries(inbox)
            for delivery in everything:
                if not delivery.verdict:
                    prepare(delivery, scratch)
                if not delivery.verdict:
                    found[delivery.feed].append(delivery)
        with clock.phase("load"):
            for feed, mine in found.items():
                gate.load(con, feed, mine, scratch)
    with clock.phase("gate"):
        gate.settle_damaged(con)
        for feed, mine in found.items():
            gate.settle_keys(con, feed, mine)
            if feed == "members":
                gate.hold_twins(con)
            gate.judge(con, feed, mine)
            if feed not in gate.SNAPSHOTS and feed != "deaths":
                gate.settle_winners(con, feed)
        gate.settle_reversals(con, found["settlements"])
    night = Night(con, as_of, everything)
    with clock.phase("register"):
        register.households(night)
        register.members(night)
        register.name_held(night)
    with clock.phase("indicators"):
        signals.compute(night)
    out.unlink(missing_ok=True)
    con.execute(f"ATTACH '{out}' AS floor")
    with clock.phase("landing"):
        landing.compute(night)
    with clock.phase("write"):
        signals.write(night)
        con.execute("CHECKPOINT floor; DETACH floor")
    return clock.report()
