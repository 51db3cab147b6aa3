from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deployments.opening import published_home, quiet_prefect, standing_home


def replay(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只试算，不改动任何数据 only say what it would come to")
    ] = False,
) -> None:
    """按现行规则重新判定隔离行。 Judge quarantine again by today's rules."""
    now, engine = standing_home()
    published_home()
    import tempfile

    from rich.console import Console

    from reports.replay_pages import shown
    from tasks.edge import value_free
    from warehouse.home import Home
    from warehouse.ledger.deliveries import all_deliveries
    from warehouse.replay import compared, outdated, rehearsed

    old, limits = outdated(engine, now.places), (now.threads, now.memory_limit)
    if dry_run or not old:
        with tempfile.TemporaryDirectory(prefix="ffp-replay-") as folder:
            found = value_free(rehearsed)(engine, now.places, old, Home(Path(folder)), *limits)
    else:
        quiet_prefect(now.places.root)
        from tasks.intake import take_in

        for feed in sorted({one.feed.name for one in old}):
            take_in.fn(feed)
        again = all_deliveries(engine)
        found = value_free(compared)(engine, now.places, now.places, again, len(old), *limits)
    Console().print(shown(found, dry_run, now.language))
