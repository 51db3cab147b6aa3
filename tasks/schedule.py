"""The date of a night that no person has named."""

from __future__ import annotations

from datetime import date, timedelta

from prefect.runtime import deployment, flow_run

from tasks.settings import CHINA


def scheduled_night() -> date:
    """The business date of a deployment's run that was given none: the day before its scheduled start.

    The night that is scheduled for 01:00 on 1 July in China works on 30 June, the day that has just ended.
    Prefect keeps the scheduled start with the run: one that begins late or is tried again keeps its date.
    ValueError outside a deployment: there the scheduled start is only the clock, and a date must be given.
    """
    if deployment.id is None:
        raise ValueError("a night that no deployment has started needs its date")
    return flow_run.scheduled_start_time.astimezone(CHINA).date() - timedelta(days=1)


def night_name() -> str:
    """`nightly-2020-06-30`, whether the date was given or follows from the schedule."""
    return f"nightly-{flow_run.parameters.get('as_of') or scheduled_night()}"
