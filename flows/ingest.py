"""Take in what is waiting, nothing else."""

from prefect import flow
from prefect.futures import wait
from prefect.task_runners import ThreadPoolTaskRunner

from tasks.intake import FEEDS_AT_ONCE, feeds_waiting, receive_files, take_in


@flow(name="ingest", flow_run_name="ingest", task_runner=ThreadPoolTaskRunner(max_workers=FEEDS_AT_ONCE))  # type: ignore[arg-type]
def ingest(department: str | None = None, feed: str | None = None) -> int:
    """Land, read and validate; returns the number of deliveries taken in."""
    receive_files()
    futures = [take_in.submit(name) for name in feeds_waiting(department, feed)]
    wait(futures)
    return sum(future.result() for future in futures)
