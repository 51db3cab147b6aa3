from __future__ import annotations

from typing import Annotated

import typer

from deployments.ending import wrong_use
from deployments.opening import made_home, run
from reports.language import Words

NONE_SUCH = Words("可用的部门：{departments}；数据集：{feeds}", "departments: {departments}; feeds: {feeds}")
TAKEN_IN = Words("接收了{count}份报送", "{count} deliveries taken in")


def ingest(
    department: Annotated[
        str | None, typer.Option(help="只接收该部门的文件夹 only this department's folder")
    ] = None,
    feed: Annotated[str | None, typer.Option(help="只接收该数据集 only this feed")] = None,
) -> None:
    """只接收等待中的文件。 Take in what is waiting, nothing else."""
    from expectations.feeds import catalogue, departments
    from tasks.settings import settings

    language = settings().language
    # Prefect keeps its parameters for good: nothing goes in that is not one of ours
    if department not in (None, *departments()) or feed not in (None, *catalogue()):
        known = {"departments": ", ".join(departments()), "feeds": ", ".join(catalogue())}
        wrong_use(NONE_SUCH.say(language, **known))
    made_home()
    from flows.ingest import ingest as flow

    typer.echo(TAKEN_IN.say(language, count=run(flow, language)(department=department, feed=feed)))
