"""`ffp`: the command line. Heavy packages are imported only by the commands that need them."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from deployments.learn import learn

if TYPE_CHECKING:
    from tasks.settings import Settings

app = typer.Typer(
    name="ffp",
    help="防返贫监测：每晚接收、校验、归并各部门数据并计算预警指标。 Nightly return-to-poverty monitoring.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
DONE, DONE_WITH_REFUSALS, WRONG_USE, FAILED = 0, 1, 2, 3
DEMO_NIGHT = date(2020, 6, 30)
AsOf = Annotated[datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help="business date, YYYY-MM-DD")]


def _quiet_prefect(home: Path) -> None:
    """Prefect without telemetry and chatter; without a server its state stays in the home."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    os.environ.setdefault("PREFECT_HOME", str(home / ".prefect"))


@app.command()
def nightly(as_of: AsOf) -> None:
    """The whole night; the same flow that Prefect schedules."""
    sys.exit(_night(as_of.date()))


def _night(as_of: date) -> int:
    from tasks.settings import settings

    now = settings()
    now.places.make()
    _quiet_prefect(now.places.root)
    from flows.nightly import nightly as flow

    counts = flow(as_of=as_of)
    _show_summary(now)
    return DONE_WITH_REFUSALS if counts.get("newly_refused") else DONE


def _show_summary(now: Settings) -> None:
    """The page at the end of a night."""
    from rich.console import Console

    from reports.summary import summary
    from warehouse.ledger.open import opened

    Console().print(summary(now.places, opened(now.ledger), now.language))


@app.command()
def ingest(
    department: Annotated[Optional[str], typer.Option(help="only this department's folder")] = None,  # noqa: UP045
    feed: Annotated[Optional[str], typer.Option(help="only this feed")] = None,  # noqa: UP045
) -> None:
    """Take in what is waiting, nothing else."""
    from expectations.feeds import catalogue, departments
    from tasks.settings import settings

    # Prefect keeps its parameters for good: nothing goes in that is not one of ours
    if department not in (None, *departments()) or feed not in (None, *catalogue()):
        typer.echo(f"departments: {', '.join(departments())}; feeds: {', '.join(catalogue())}", err=True)
        sys.exit(WRONG_USE)
    now = settings()
    now.places.make()
    _quiet_prefect(now.places.root)
    from flows.ingest import ingest as flow

    typer.echo(f"{flow(department=department, feed=feed)} deliveries taken in")


@app.command()
def demo(
    households: Annotated[int, typer.Option(min=50, help="households of the city")] = 60_000,
    seed: Annotated[int, typer.Option(help="the same seed makes the same city")] = 1,
    dirt: Annotated[bool, typer.Option("--dirt/--no-dirt", help="with faults in the files")] = True,
) -> None:
    """Make a synthetic city's inbox, run the night of 2020-06-30, say where to look."""
    from tasks.settings import settings

    now = settings()
    root, mark = now.places.root, now.places.root / ".demo"
    if root.exists() and any(root.iterdir()):
        if not mark.exists():
            typer.echo(
                f"{root} is not empty and was not made by ffp demo; set FFP_HOME to another folder", err=True
            )
            sys.exit(WRONG_USE)
        shutil.rmtree(root)
    now.places.make()
    mark.touch()
    os.environ["FFP_SETTLE_SECONDS"] = "0"
    from deployments.demo import make_city

    made = make_city(now.inbox_folder, root / "truth", households=households, seed=seed, dirt=dirt)
    typer.echo(
        f"{made.households:,} households, {made.persons:,} persons, {made.files} files, {made.rows:,} rows"
    )
    code = _night(DEMO_NIGHT)
    sys.exit(DONE if code == DONE_WITH_REFUSALS else code)


@app.command()
def deploy(
    pool: Annotated[str, typer.Option(help="工作池，没有则新建 work pool, made if need be")] = "fangfanpin",
) -> None:
    """向 Prefect 登记每晚批次与接收。 Register the deployments `nightly` and `ingest` with Prefect."""
    from tasks.settings import settings

    now = settings()
    now.places.make()
    _quiet_prefect(now.places.root)
    from deployments.deploy import NotDeployable, register

    try:
        registered = register(pool, Path.cwd())
    except NotDeployable as reason:
        typer.echo(reason, err=True)
        sys.exit(WRONG_USE)
    typer.echo("\n".join(registered.lines()))


app.command()(learn)


def main() -> None:
    """Run `ffp`; a failure of ours ends in one line and exit code 3."""
    code = DONE
    # registered first and so run last: DuckDB reports its module's own objects as leaked when Prefect's
    # threads
    # outlive it, a page of noise after every night
    atexit.register(lambda: (sys.stdout.flush(), sys.stderr.flush(), os._exit(code)))
    try:
        app()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else DONE if left.code is None else WRONG_USE
    except Exception as error:
        from tasks.edge import Failed

        typer.echo(f"failed: {error if isinstance(error, Failed) else type(error).__name__}", err=True)
        code = FAILED
    sys.exit(code)
