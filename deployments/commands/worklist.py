from __future__ import annotations

from typing import Annotated

import typer

from deployments.ending import wrong_use
from deployments.opening import not_published, published_home


def worklist(
    town: Annotated[
        str | None,
        typer.Option(help="乡镇代码（9位）或名称，默认全部 code or name of a town, all if not given"),
    ] = None,
) -> None:
    """重新写出各乡镇的核查清单。 Write the towns' work lists again."""
    now = published_home()
    from reports.published import published_as_of
    from reports.worklists import NoSuchTown, write_worklists
    from tasks.edge import value_free

    as_of = published_as_of(now.places) or not_published(now)
    try:
        written = value_free(write_worklists)(now.places, as_of, now.language, town)
    except NoSuchTown as reason:
        wrong_use(reason)
    typer.echo("\n".join(map(str, written)))
