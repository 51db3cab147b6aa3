"""The first half of the page at the end of a night: what came, what was refused or corrected, who is newly at risk."""

from __future__ import annotations

from collections import Counter
from datetime import date

import duckdb
from rich.console import RenderableType
from rich.text import Text
from sqlalchemy import Engine

from reports.labels import said
from reports.language import Words, joined
from reports.refusals import refusals
from reports.summary_tables import deliveries_table, figure, indicator_titles, refused_table
from reports.tonight import Tonight

RECEIVED = Words("今晚收到", "What came in tonight")
REFUSED = Words("今晚退回", "What was refused tonight, and why")
NOTHING_CAME = Words("今晚没有收到新的报送。", "Nothing new came in tonight.")
NONE_REFUSED = Words("今晚没有报送被退回。", "No delivery was refused tonight.")
CORRECTED = Words(
    "今晚更正：{files}份报送，{rows}行", "corrected tonight: deliveries {files}, quarantined rows {rows}"
)
CLOSED = Words("今晚办结线索：{closed}户", "clues closed tonight: {closed}")
NEW_CLUES = Words("今晚新增预警线索：{new}户", "households newly at risk or reported: {new}")
IN_BRACKETS = Words("（{listed}）", " ({listed})")
OF_INDICATOR = Words("{indicator}{households}户", "{indicator}: {households}")


def news(
    connection: duckdb.DuckDBPyConnection, engine: Engine, new: Tonight, as_of: date, language: str
) -> list[RenderableType]:
    """What came, what was refused, what has been corrected, who is newly at risk."""
    came = deliveries_table(connection, new.received, RECEIVED, language)
    refused = refused_table(refusals(connection, engine, new.refused), REFUSED, language)
    first = [came, refused or Text(NONE_REFUSED.to(language))] if came else [Text(NOTHING_CAME.to(language))]
    return [*first, *_corrected(connection, new, as_of, language), _new_clues(connection, as_of, language)]


def _corrected(
    connection: duckdb.DuckDBPyConnection, new: Tonight, as_of: date, language: str
) -> list[RenderableType]:
    rows, closed = connection.execute(
        "SELECT (SELECT count(*) FROM quality.quarantined_row WHERE closed_on = ?),"
        " (SELECT count(*) FROM mart.clue WHERE closed_on = ?)",
        [as_of, as_of],
    ).fetchall()[0]
    lines = []
    if rows or new.corrected:
        lines.append(CORRECTED.say(language, files=len(new.corrected), rows=figure(rows)))
    if closed:
        lines.append(CLOSED.say(language, closed=figure(closed)))
    return [Text(line) for line in lines]


def _new_clues(connection: duckdb.DuckDBPyConnection, as_of: date, language: str) -> RenderableType:
    """How many clues were opened tonight, and by which indicators; a household may have several."""
    opened = connection.execute(
        "SELECT reasons FROM mart.clue WHERE status <> 'closed' AND opened_on = ?", [as_of]
    ).fetchall()
    counts = Counter(reason for (reasons,) in opened for reason in reasons.split(",") if reason)
    titles = indicator_titles()
    listed = [
        OF_INDICATOR.say(language, indicator=said(titles, indicator, language), households=figure(households))
        for indicator, households in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    line = NEW_CLUES.say(language, new=figure(len(opened)))
    return Text(line + (IN_BRACKETS.say(language, listed=joined(listed, language)) if listed else ""))
