"""`ffp`: the command line. Its commands are the modules of `deployments/commands/`."""

from __future__ import annotations

import atexit
import os
import pkgutil
import sys
from contextlib import suppress
from importlib import import_module
from importlib.metadata import version
from typing import Annotated

import typer

from deployments import commands
from deployments.ending import DONE, FAILED, WRONG_USE, say_failed
from deployments.streams import make_sound
from deployments.watched import watch

app = typer.Typer(
    name="ffp",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"fangfanpin {version('fangfanpin')}")
        raise typer.Exit


@app.callback()
def ffp(
    shown: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="版本 the version")
    ] = False,
) -> None:
    """防返贫监测：每晚接收、校验、归并各部门数据并计算预警指标。 Nightly return-to-poverty monitoring."""


for _module in pkgutil.iter_modules(commands.__path__):
    app.command(_module.name)(getattr(import_module(f"{commands.__name__}.{_module.name}"), _module.name))


def ended(arguments: list[str] | None = None) -> int:
    """Run one command to its end; returns its exit code. A failure of ours ends in one line and code 3."""
    try:
        app(arguments)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else DONE if left.code is None else WRONG_USE
    except Exception as error:
        return say_failed(error)
    return DONE


def main() -> None:
    """Run `ffp` and leave at once.

    Not by way of the interpreter's own end: DuckDB reports its module's objects as leaked when Prefect's
    threads outlive it, a page of noise after every night.
    """
    make_sound()
    watch()
    code = FAILED

    def leave() -> None:
        with suppress(OSError):
            sys.stdout.flush()
        os._exit(code)

    atexit.register(leave)  # registered first and so run last, after what other packages have registered
    code = ended()
    try:
        sys.stdout.flush()
    except OSError as error:
        code = say_failed(error)
    sys.exit(code)


if __name__ == "__main__":
    main()
