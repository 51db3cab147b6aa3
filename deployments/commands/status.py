from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from deployments.opening import standing_home


def status(
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="以该日看时效，默认最近一晚 freshness at this date"),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="列出全部批次、数据集和决定 all runs, feeds and decisions")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="供程序读取 for machines")] = False,
) -> None:
    """先列待处理事项；--all 列出报送、时效、批次。 What waits for somebody; --all: runs, feeds, decisions."""
    now, engine = standing_home()
    from reports.status import status as status_of

    found = status_of(engine, now.places, as_of.date() if as_of else None)
    from reports.status_pages import as_json, shown

    if json:
        typer.echo(as_json(found))
        return
    from rich.console import Console

    Console().print(shown(found, now.language, every))
