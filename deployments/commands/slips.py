from __future__ import annotations

import typer

from deployments.opening import not_published, published_home, standing_home


def slips() -> None:
    """重新写出各部门的退回单。 Write the departments' return slips again."""
    published_home()
    now, engine = standing_home()
    from reports.published import published_as_of
    from reports.slips import write_slips
    from tasks.edge import value_free

    as_of = published_as_of(now.places) or not_published(now)
    written = value_free(write_slips)(now.places, engine, as_of, now.language)
    typer.echo("\n".join(map(str, written)))
