from __future__ import annotations

from typing import Annotated

import typer

from deployments.ending import wrong_use
from deployments.opening import made_home


def ingest(
    department: Annotated[
        str | None, typer.Option(help="只接收该部门的文件夹 only this department's folder")
    ] = None,
    feed: Annotated[str | None, typer.Option(help="只接收该数据集 only this feed")] = None,
) -> None:
    """只接收等待中的文件。 Take in what is waiting, nothing else."""
    from expectations.feeds import catalogue, departments

    # Prefect keeps its parameters for good: nothing goes in that is not one of ours
    if department not in (None, *departments()) or feed not in (None, *catalogue()):
        wrong_use(f"departments: {', '.join(departments())}; feeds: {', '.join(catalogue())}")
    made_home()
    from flows.ingest import ingest as flow

    typer.echo(f"{flow(department=department, feed=feed)} deliveries taken in")
