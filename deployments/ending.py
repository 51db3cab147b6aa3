"""How a command ends: its exit codes, and a plain sentence instead of a traceback."""

from __future__ import annotations

from typing import NoReturn

import typer

DONE, DONE_WITH_REFUSALS, WRONG_USE, FAILED = 0, 1, 2, 3


def wrong_use(said: object) -> NoReturn:
    """End with exit code 2 after saying what was wrong and what is allowed."""
    typer.echo(said, err=True)
    raise typer.Exit(WRONG_USE)
