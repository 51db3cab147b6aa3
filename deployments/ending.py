"""How a command ends: its exit codes, and a plain sentence instead of a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import typer

DONE, DONE_WITH_REFUSALS, WRONG_USE, FAILED = 0, 1, 2, 3


def wrong_use(said: object) -> NoReturn:
    """End with exit code 2 after saying what was wrong and what is allowed."""
    typer.echo(said, err=True)
    raise typer.Exit(WRONG_USE)


def failure(error: Exception) -> str:
    """What may be said of a failure: our own words, in the language of the settings where we have them in both,
    or its kind."""
    from reports.failures import told
    from tasks.edge import OUR_OWN, Failed
    from tasks.settings import settings

    if not isinstance(error, (Failed, *OUR_OWN)):
        return type(error).__name__
    try:
        language = settings().language
    except ValueError:  # a setting may be what failed
        language = "zh"
    return told(error, language) or str(error)


def in_a_folder(path: Path | None) -> Path | None:
    """A file to be written, asked for on the command line, whose folder is there."""
    if path is not None and not path.parent.is_dir():
        raise typer.BadParameter(f"{path.parent} is not a folder")
    return path
