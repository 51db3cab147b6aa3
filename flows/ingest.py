"""Take in what is waiting, nothing else."""

from typing import Any

from prefect import flow
from prefect.task_runners import ThreadPoolTaskRunner

from tasks.intake import FEEDS_AT_ONCE, feeds_waiting, receive_files, take_in

IN_THREADS: Any = ThreadPoolTaskRunner(max_workers=FEEDS_AT_ONCE)


@flow(name="ingest", flow_run_name="ingest", task_runner=IN_THREADS)
def ingest(department: str | None = None, feed: str | None = None) -> int:
    """Land, read and validate; returns the number of deliveries taken in."""
    receive_files()
    return sum(take_in.each(feeds_waiting(department, feed), FEEDS_AT_ONCE))
