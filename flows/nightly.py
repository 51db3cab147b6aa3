"""The night, from the departments' files to a published warehouse, work lists, return slips and mails."""

from datetime import date

from prefect import flow

from flows.ingest import IN_THREADS, ingest
from tasks.night import build_warehouse, noted, send_mail, write_lists, write_slips
from tasks.pages import show_counts
from tasks.schedule import night_name, scheduled_night


@flow(name="nightly", flow_run_name=night_name, task_runner=IN_THREADS)
def nightly(as_of: date | None = None) -> dict[str, int]:
    """One night as of a business date, which only a schedule may leave out; returns deliveries by verdict."""
    as_of = as_of or scheduled_night()
    with noted(as_of) as run_id:
        ingest.fn()  # its steps are the night's own, on a server as in one process
        counts = build_warehouse(as_of, run_id)
        write_lists(as_of)
        write_slips(as_of)
        send_mail()
    show_counts(as_of, run_id)
    return counts
