"""A flow in which every step stumbles over the canary: python -m tests.faults.broken_night

Only what a step calls is replaced. The tasks, their retries and the flow run are Prefect's own, so that it logs
the tracebacks and keeps the states itself. The program fails, as a night does.
"""

from __future__ import annotations

import importlib
from datetime import date
from typing import Any

import pytest
from prefect import flow

from tests.faults.provoked import Provoked, steps

AS_OF = date(2020, 6, 30)


@flow(name="broken")
def broken() -> None:
    """Every step fails twice and is passed over; the last one takes the flow along."""
    found = [one for one in steps(AS_OF).values() if not one.needs_great_expectations]
    for one in found:
        state = failed(one, return_state=True)
        assert state.is_failed(), state.name
    failed(found[0])


def failed(one: Provoked, **how: Any) -> Any:
    """What comes of a step: its state, or its error."""
    module, name = one.task.split(":")
    task = getattr(importlib.import_module(module), name).task.with_options(retries=1, retry_delay_seconds=0)
    with pytest.MonkeyPatch.context() as patch:
        one.spoil(patch)
        return task(*one.arguments, **how)


if __name__ == "__main__":
    broken()
