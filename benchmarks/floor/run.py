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

        from benchmarks.floor import gate, indicators, landing
        from benchmarks.floor.columns import COLUMNS
        from benchmarks.floor.inbox import Delivery, deliveries, prepare
        from benchmarks.floor.load import load
        from benchmarks.floor.night import Night

        con = duckdb.connect()
        con.execute(f"SET threads = {threads}; SET preserve_insertion_order = false")
        # type_pushdown makes a hard cast of a try_cast over read_csv; in_clause plans long lists slowly; and
        # the database in memory would be checkpointed in between
        con.execute("SET disabled_optimizers = 'type_pushdown,in_clause'; SET checkpoint_threshold = '1TB'")
    everything: list[Delivery] = []
    night = Night(con, as_of, everything)
    night.run("cells")
    found: dict[str, list[Delivery]] = {feed: [] for feed in COLUMNS}
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        with clock.phase("decode"):
            everything += deliveries(inbox)
            for delivery in everything:
                if not delivery.verdict:
                    prepare(delivery, Path(folder))
                if not delivery.verdict:
                    found[delivery.feed].append(delivery)
        with clock.phase("load"):
            for feed, mine in found.items():
                load(con, feed, mine, Path(folder))
    with clock.phase("gate"):
        gate.settle(con, found)
    with clock.phase("register"):
        indicators.register(night)
    with clock.phase("indicators"):
        indicators.compute(night)
    out.unlink(missing_ok=True)
    con.execute(f"ATTACH '{out}' AS floor")
    with clock.phase("landing"):
        landing.compute(night)
    with clock.phase("write"):
        indicators.write(night)
        con.execute("CHECKPOINT floor; DETACH floor")
    con.close()
    return clock.report()
