"""The night, from the departments' files to a published warehouse, work lists, return slips and mails."""

from datetime import date

from prefect import flow

from flows.ingest import ingest
from tasks.night import begin_night, build_warehouse, end_night, send_mail, write_lists, write_slips
from tasks.pages import show_counts
from tasks.schedule import night_name, scheduled_night


@flow(name="nightly", flow_run_name=night_name)
def nightly(as_of: date | None = None) -> dict[str, int]:
    """One night as of a business date, which only a schedule may leave out; returns deliveries by verdict."""
    as_of = as_of or scheduled_night()
    run_id = begin_night(as_of)
    ingest()
    counts = build_warehouse(as_of, run_id)
    write_lists(as_of)
    write_slips(as_of)
    send_mail()
    end_night(run_id)
    show_counts(as_of)
    return counts
