"""The page at the end of a night: what is new tonight, then the whole, then where to look."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text
from sqlalchemy import Engine

from reports.language import Words
from reports.summary_news import news
from reports.summary_whole import whole
from reports.tonight import tonight
from warehouse.home import Home
from warehouse.ledger.outbox import waiting

TITLE = Words("防返贫监测 截至{as_of}", "Monitoring as of {as_of}")
NEW = Words("今晚", "Tonight")
WHOLE = Words("截至{as_of}的全部情况", "The whole as of {as_of}")
PLACES = Words("结果所在", "Where to look")
WHERE = {
    "mail": Words("邮件", "mail"),
    "worklists": Words("核查清单", "work lists"),
    "slips": Words("退回单", "return slips"),
    "warehouse": Words("数据仓库（只读打开）", "warehouse (open read-only)"),
    "vault": Words("身份信息库（受限）", "vault (restricted)"),
}
MAIL_WAITS = Words("{folder}（{waiting}封待发）", "{folder} ({waiting} waiting to be sent)")


def summary(home: Home, engine: Engine, language: str = "zh") -> RenderableType:
    """The end of a night, from the published warehouse and the ledger: what is new, then the whole, then where
    to look; print it with a rich Console."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        run_id, as_of = connection.execute("SELECT run_id, as_of FROM ops.run ORDER BY as_of").fetchall()[-1]
        new = tonight(engine, run_id)
        parts = [
            Text(TITLE.say(language, as_of=as_of), style="bold"),
            Rule(NEW.to(language)),
            *news(connection, engine, new, as_of, language),
            Rule(WHOLE.say(language, as_of=as_of)),
            *whole(connection, engine, new, language),
        ]
    return Group(*parts, _places(home, engine, str(as_of), language))


def _places(home: Home, engine: Engine, as_of: str, language: str) -> RenderableType:
    left = len(waiting(engine))
    folder = home.outbox / "mail"
    found: Mapping[str, object] = {
        "mail": MAIL_WAITS.say(language, folder=folder, waiting=left) if left else folder,
        "worklists": home.outbox / "worklists" / as_of,
        "slips": home.outbox / "slips" / as_of,
        "warehouse": home.warehouse,
        "vault": home.vault,
    }
    table = Table.grid(padding=(0, 2))
    for name, place in found.items():
        table.add_row(WHERE[name].to(language), Text(str(place), overflow="fold"))
    return Group(Text(PLACES.to(language), style="bold"), table)
