"""What Prefect's own pages show of a night: counts only."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date

from prefect.artifacts import create_table_artifact
from prefect.context import TaskRunContext

from reports.tonight import tonight
from tasks.settings import settings
from tasks.steps import step
from warehouse.ledger.deliveries import all_deliveries, table_rows
from warehouse.ledger.open import opened
from warehouse.ledger.tables import verdict

KEY = "nightly-deliveries"
COUNTED = ("rows_loaded", "rows_quarantined", "rows_pending", "rows_duplicate")


@step("show", "show-{as_of}", retries=2)
def show_counts(as_of: date, run_id: str) -> None:
    """A table of the deliveries and their rows by feed and verdict, and how many of them are tonight's; without a
    server there is no page."""
    if not TaskRunContext.get():
        return
    engine = opened(settings().ledger)
    feeds = {one.delivery_id: one.feed_name for one in all_deliveries(engine)}
    table = counts_by_feed(feeds, table_rows(engine, verdict), tonight(engine, run_id).received)
    create_table_artifact(table, key=KEY, description=f"截至 {as_of} 的各数据集报送 Deliveries as of {as_of}")


def counts_by_feed(
    feeds: Mapping[str, str | None], verdicts: Iterable[Mapping[str, object]], new: Container[str]
) -> list[dict[str, object]]:
    """One row a feed and verdict, in order; a file whose name no feed has is counted under `?`."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in verdicts:
        key = (feeds[str(row["delivery_id"])] or "?", str(row["verdict"]))
        counts = found.setdefault(key, dict.fromkeys(("tonight", "deliveries", *COUNTED), 0))
        counts["tonight"] += str(row["delivery_id"]) in new
        counts["deliveries"] += 1
        for name in COUNTED:
            counts[name] += int(str(row[name]))
    return [{"feed": feed, "verdict": name, **found[feed, name]} for feed, name in sorted(found)]
