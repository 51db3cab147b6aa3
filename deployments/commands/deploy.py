from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deployments.ending import wrong_use
from deployments.opening import made_home


def deploy(
    pool: Annotated[str, typer.Option(help="工作池，没有则新建 work pool, made if need be")] = "fangfanpin",
) -> None:
    """向 Prefect 登记每晚批次与接收。 Register the deployments `nightly` and `ingest` with Prefect."""
    made_home()
    from deployments.deploy import NotDeployable, register

    try:
        registered = register(pool, Path.cwd())
    except NotDeployable as reason:
        wrong_use(reason)
    typer.echo("\n".join(registered.lines()))
