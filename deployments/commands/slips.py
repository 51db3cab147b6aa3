from __future__ import annotations

import typer

from deployments.opening import not_published, published_home


def slips() -> None:
    """重新写出各部门的退回单。 Write the departments' return slips again."""
    now = published_home()
    from reports.published import published_as_of
    from reports.slips import write_slips
    from tasks.edge import value_free
    from warehouse.ledger.open import opened

    as_of = published_as_of(now.places) or not_published(now)
    written = value_free(write_slips)(now.places, opened(now.ledger), as_of, now.language)
    typer.echo("\n".join(map(str, written)))
