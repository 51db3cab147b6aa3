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
    json: Annotated[bool, typer.Option("--json", help="供程序读取 for machines")] = False,
) -> None:
    """报送、时效、最近批次、待办事项。 Deliveries, freshness, last runs, what is open."""
    now, engine = standing_home()
    from reports.status import status as status_of

    found = status_of(engine, now.places, as_of.date() if as_of else None)
    from reports.status_pages import as_json, shown

    if json:
        typer.echo(as_json(found))
        return
    from rich.console import Console

    Console().print(shown(found, now.language))
