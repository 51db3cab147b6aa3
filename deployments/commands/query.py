from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deployments.ending import in_a_folder, wrong_use
from deployments.opening import published_home


def query(
    statement: Annotated[str, typer.Argument(metavar="SQL", help='如 such as "SELECT * FROM mart.signal"')],
    csv: Annotated[
        Path | None, typer.Option(callback=in_a_folder, help="写成CSV，- 为标准输出 write CSV, - is stdout")
    ] = None,
    parquet: Annotated[
        Path | None, typer.Option(callback=in_a_folder, help="写成Parquet write Parquet")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="屏幕上最多显示的行数 most rows on the screen")] = 100,
) -> None:
    """查询已发布的数据仓库，只读。 Ask the published warehouse; nothing can be changed."""
    now = published_home()
    from warehouse.answer import NotAnswered, answered

    try:
        with answered(now.places.warehouse, statement, now.threads, now.memory_limit) as rows:
            from reports.answer_pages import shown, write_csv, write_parquet

            if csv:
                write_csv(rows, csv)
            elif parquet:
                write_parquet(rows, parquet)
            else:
                from rich.console import Console

                console = Console()
                console.print(shown(rows, limit, console.width, now.language))
    except NotAnswered as reason:
        wrong_use(reason)
