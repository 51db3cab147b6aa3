"""How a command ends: its exit codes, and a plain sentence instead of a traceback."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import NoReturn

import typer

from reports.language import Words

DONE, DONE_WITH_REFUSALS, WRONG_USE, FAILED = 0, 1, 2, 3
NOTED_WITHIN_SECONDS = 2
FAILED_FOR = Words("失败：{why}", "Failed: {why}")
WAS_STOPPED = Words("已停止", "Stopped")
CRASHED = Words(
    "失败：进程被系统终止（信号{number}），可能是内存不足，可用 FFP_MEMORY_LIMIT 调低",
    "Failed: the system has ended the process (signal {number}); memory may have run out, FFP_MEMORY_LIMIT takes less",
)


def wrong_use(said: object) -> NoReturn:
    """End with exit code 2 after saying what was wrong and what is allowed."""
    typer.echo(said, err=True)
    raise typer.Exit(WRONG_USE)


def say_failed(error: Exception) -> int:
    """One line about a failure, and which warehouse people read now; returns the exit code."""
    from tasks.settings import BadSettings, language

    in_use = language()
    if isinstance(error, BadSettings):
        _say(error.say(in_use), in_use)
        return WRONG_USE
    _say(FAILED_FOR.say(in_use, why=failure(error, in_use)), in_use)
    return FAILED


def say_stopped() -> None:
    """One line about a stop that was asked for; the ledger notes it too."""
    from tasks.settings import language

    in_use = language()
    _say(WAS_STOPPED.to(in_use), in_use)
    _note("stopped")


def say_crashed(number: int) -> None:
    """One line about a process that the system has ended; the ledger notes it too."""
    from tasks.settings import language

    in_use = language()
    _say(CRASHED.say(in_use, number=number), in_use)
    _note("failed")


def _say(what: str, language: str) -> None:
    """Whoever asked may be gone, with his terminal."""
    with suppress(Exception):
        typer.echo(what + _standing(language), err=True)


def _standing(language: str) -> str:
    from tasks.progress import progress

    come = progress()
    if not come.is_night:
        return ""
    from reports.failures import what_stands
    from tasks.settings import settings

    try:
        had_one = settings().places.warehouse.exists()
    except (ValueError, OSError):
        return ""
    said = what_stands(come.step, come.is_published, had_one, language)
    return Words("。", ". ").to(language) + said


def _note(outcome: str) -> None:
    """A short while only: somebody else may hold the ledger, and nobody waits for this any more."""
    from tasks.progress import progress

    come = progress()
    if come.run_id and not come.is_published:
        noting = Thread(target=_note_end, args=(come.run_id, outcome), daemon=True)
        noting.start()
        noting.join(NOTED_WITHIN_SECONDS)


def _note_end(run_id: str, outcome: str) -> None:
    from tasks.settings import CHINA, settings
    from warehouse.ledger.nights import end
    from warehouse.ledger.open import opened

    with suppress(Exception):
        end(opened(settings().ledger), run_id, datetime.now(CHINA), outcome)


def failure(error: Exception, language: str) -> str:
    """What may be said of a failure: our own words, in the language of the settings where we have them in both,
    or its kind."""
    from reports.failures import told
    from tasks.edge import OUR_OWN, Failed, from_outside

    error = from_outside(error) or error
    if said := told(error, language):
        return said
    return str(error) if isinstance(error, (Failed, *OUR_OWN)) else type(error).__name__


def in_a_folder(path: Path | None) -> Path | None:
    """A file to be written, asked for on the command line, whose folder is there."""
    if path is not None and not path.parent.is_dir():
        raise typer.BadParameter(f"{path.parent} is not a folder")
    return path
