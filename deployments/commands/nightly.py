from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from deployments.ending import DONE, DONE_WITH_REFUSALS
from deployments.opening import made_home, run

if TYPE_CHECKING:
    from tasks.settings import Settings


def of_our_years(as_of: datetime) -> datetime:
    """A business date that a night can be reckoned for."""
    from expectations.periods import YEARS

    if as_of.year not in YEARS:
        raise typer.BadParameter(f"{YEARS[0]} … {YEARS[-1]}")
    return as_of


AsOf = Annotated[
    datetime,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d"],
        callback=of_our_years,
        help="截至日 business date, YYYY-MM-DD",
    ),
]


def nightly(as_of: AsOf) -> None:
    """运行一整晚，与 Prefect 定时运行的流程相同。 The whole night; the same flow that Prefect schedules."""
    raise typer.Exit(run_night(as_of.date()))


def run_night(as_of: date) -> int:
    """The night and the page at its end; returns the exit code."""
    from tasks.progress import note

    note(is_night=True)
    now = made_home()
    from flows.nightly import nightly as flow

    counts = run(flow, now.language)(as_of=as_of)
    _show_summary(now)
    return DONE_WITH_REFUSALS if counts.get("newly_refused") else DONE


def _show_summary(now: Settings) -> None:
    from rich.console import Console

    from reports.summary import summary
    from warehouse.ledger.open import opened

    with suppress(OSError):  # the night has been published, whether or not its page can be written
        Console().print(summary(now.places, opened(now.ledger), now.language))
