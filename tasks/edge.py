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

from expectations.contract_faults import ContractError
from expectations.periods import BadPeriod
from reports.contacts import BadContacts
from reports.worklists import NoSuchTown
from tasks.settings import BadSettings, settings
from warehouse.ingest import Disagreement
from warehouse.kept import NotKept
from warehouse.landing.drafts import NotTold
from warehouse.landing.sheet import Unreadable
from warehouse.landing.unpromised import NoHeader
from warehouse.learning import NotLearnable
from warehouse.ledger.open import BadLedger
from warehouse.outside import Outside, outside

P = ParamSpec("P")
R = TypeVar("R")
ROOT = Path(__file__).parent.parent
OUR_OWN = (
    BadContacts, BadLedger, BadSettings, BadPeriod, ContractError, Disagreement, NoHeader, NoSuchTown, NotKept,
    NotLearnable, NotTold, Unreadable,
)  # fmt: skip
PANIC = "PanicException"  # of a reader written in Rust: no Exception, and its text may quote a cell


class Failed(RuntimeError):
    """A step failed: its text says what kind of error it was and where, never what was in the data."""


def is_worth_another_try(error: object) -> bool:
    """Not what we have words for: it stays as it is until somebody has done something."""
    return not isinstance(error, OUR_OWN)


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
            left = from_outside(error) or _failed(step.__name__, error)
        except BaseException as error:
            if type(error).__name__ != PANIC:
                raise
            left = _failed(step.__name__, error)
        raise left

    return guarded


def from_outside(error: BaseException) -> Outside | None:
    """What is in the way from outside, if that is it; a file is named where it is one of our own making."""
    found = outside(error)
    if found and not _is_ours(Path(found.file)):
        found.file = ""
    return found


def _is_ours(file: Path) -> bool:
    """Files that were sent may be called after people."""
    try:
        now = settings()
    except BadSettings:
        return False
    sent = file.is_relative_to(now.inbox_folder) and file != now.inbox_folder
    return file == now.inbox_folder or (file.is_relative_to(now.places.root) and not sent)


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
