"""The night, from the departments' files to a published warehouse, mails and work lists."""

from datetime import date

from prefect import flow

from flows.ingest import ingest
from tasks.night import begin_night, build_warehouse, end_night


@flow(name="nightly", flow_run_name="nightly-{as_of}")
def nightly(as_of: date) -> dict[str, int]:
    """One night as of a business date; returns the count of deliveries by verdict."""
    run_id = begin_night(as_of)
    ingest()
    counts = build_warehouse(as_of, run_id)
    end_night(run_id)
    return counts
