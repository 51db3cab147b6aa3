"""Nothing personal leaves through an exception: databases and readers quote the value they stumbled over.

Prefect keeps exceptions, with their text and their causes, in its database and logs. So every task and flow
step raises only what this project itself has worded.
"""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from expectations.periods import BadPeriod
from reports.contacts import BadContacts
from reports.worklists import NoSuchTown
from warehouse.ingest import Disagreement
from warehouse.kept import NotKept
from warehouse.landing.drafts import NotTold
from warehouse.landing.sheet import Unreadable
from warehouse.landing.unpromised import NoHeader
from warehouse.learning import NotLearnable
from warehouse.ledger.open import BadLedger

P = ParamSpec("P")
R = TypeVar("R")
ROOT = Path(__file__).parent.parent
OUR_OWN = (
    BadContacts, BadLedger, BadPeriod, Disagreement, NoHeader, NoSuchTown, NotKept, NotLearnable, NotTold,
    Unreadable,
)  # fmt: skip
PANIC = "PanicException"  # of a reader written in Rust: no Exception, and its text may quote a cell


class Failed(RuntimeError):
    """A step failed: its text says what kind of error it was and where, never what was in the data."""


def value_free(step: Callable[P, R]) -> Callable[P, R]:
    """Let only our own errors through; any other becomes `Failed` without its text.

    What leaves has no cause, no context and no frames of the step: `from None` would only hide them.
    """

    @functools.wraps(step)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return step(*args, **kwargs)
        except OUR_OWN as error:
            left = _bare(error)
        except Exception as error:
            left = _failed(step.__name__, error)
        except BaseException as error:
            if type(error).__name__ != PANIC:
                raise
            left = _failed(step.__name__, error)
        raise left

    return guarded


def _bare(error: Exception) -> Exception:
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def _failed(step: str, error: BaseException) -> Failed:
    return Failed(f"{step}: {type(error).__name__} at {_place(error)}")


def _place(error: BaseException) -> str:
    """The last line of ours that was running."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if file.is_relative_to(ROOT) and ".venv" not in file.parts:
            return f"{file.relative_to(ROOT)}:{frame.lineno}"
    return "?"
