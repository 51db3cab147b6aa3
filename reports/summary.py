"""The page at the end of a night: what is new tonight, then the whole, then where to look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import duckdb
from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text
from sqlalchemy import Engine

from reports.expectation_words import sentence_of
from reports.labels import POLICY_ROWS, SEVERITIES, SIGNALS, department_title, said
from reports.language import Words, joined
from reports.reasons import reason_words
from reports.refusals import Refusal, refusals
from reports.tonight import Tonight, tonight
from warehouse.home import Home
from warehouse.ledger.outbox import waiting
from warehouse.rules import rules

TEN_THOUSAND = Decimal(10_000)
CENT = Decimal("0.01")
TITLE = Words("防返贫监测 截至{as_of}", "Monitoring as of {as_of}")
NEW = Words("今晚", "Tonight")
WHOLE = Words("截至{as_of}的全部情况", "The whole as of {as_of}")
RECEIVED = Words("今晚收到", "What came in tonight")
ALL_RECEIVED = Words("历次报送", "All that has come in")
REFUSED = Words("今晚退回", "What was refused tonight, and why")
STILL_REFUSED = Words("此前退回、尚未更正", "Refused before and not yet corrected")
NOTHING_CAME = Words("今晚没有收到新的报送。", "Nothing new came in tonight.")
FOUND = Words("跨表核对（不隔离，请部门核实）", "What does not fit between rows and feeds (nothing is held)")
MOST_FOUND = 8
SIGNALLED = Words("预警指标（户数）", "Signals by indicator (households)")
CLUED = Words("预警线索", "Clues")
LANDED = Words("政策落实", "Policy landing")
PLACES = Words("结果所在", "Where to look")
NONE_REFUSED = Words("今晚没有报送被退回。", "No delivery was refused tonight.")
CORRECTED = Words(
    "今晚更正：{files}份报送，{rows}行", "corrected tonight: deliveries {files}, quarantined rows {rows}"
)
CLOSED = Words("今晚办结线索：{closed}户", "clues closed tonight: {closed}")
NEW_CLUES = Words("今晚新增预警线索：{new}户", "households newly at risk or reported: {new}")
IN_BRACKETS = Words("（{listed}）", " ({listed})")
OF_INDICATOR = Words("{indicator}{households}户", "{indicator}: {households}")
CLUE_LINE = Words(
    "待核查{open}户，其中逾期{overdue}户，须持续监测{monitored}户",
    "clues to visit: {open}; of these overdue: {overdue}, already monitored: {monitored}",
)
COLUMNS = {
    "department": Words("部门", "department"),
    "files": Words("文件", "files"),
    "received": Words("收到行", "rows received"),
    "loaded": Words("入库", "loaded"),
    "held": Words("待更正", "held"),
    "duplicate": Words("重复", "duplicate"),
    "refused": Words("退回", "refused"),
    "delivery": Words("文件", "file"),
    "reason": Words("原因", "reason"),
    "expectation": Words("应当如此", "what should hold"),
    "level": Words("级别", "severity"),
    "rows": Words("不符行", "rows"),
    "indicator": Words("指标", "indicator"),
    "row": Words("项目", "row"),
    "households": Words("户", "households"),
    "persons": Words("人", "persons"),
    "visits": Words("人次", "visits"),
    "amount": Words("金额（万元）", "amount, 万元"),
    **SIGNALS,
}
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
        news = tonight(engine, run_id)
        parts = [
            Text(TITLE.say(language, as_of=as_of), style="bold"),
            Rule(NEW.to(language)),
            *_news(connection, engine, news, as_of, language),
            Rule(WHOLE.say(language, as_of=as_of)),
            *_whole(connection, engine, news, language),
        ]
    return Group(*parts, _places(home, engine, str(as_of), language))


def _news(
    connection: duckdb.DuckDBPyConnection, engine: Engine, news: Tonight, as_of: date, language: str
) -> list[RenderableType]:
    """What came, what was refused, what has been corrected, who is newly at risk."""
    came = _deliveries(connection, news.received, RECEIVED, language)
    refused = _refused(refusals(connection, engine, news.refused), REFUSED, language)
    first = [came, refused or Text(NONE_REFUSED.to(language))] if came else [Text(NOTHING_CAME.to(language))]
    return [*first, *_corrected(connection, news, as_of, language), _new_clues(connection, as_of, language)]


def _whole(
    connection: duckdb.DuckDBPyConnection, engine: Engine, news: Tonight, language: str
) -> list[RenderableType]:
    ids = connection.execute("SELECT delivery_id, verdict, replaced_on FROM quality.delivery").fetchall()
    before = {delivery_id for delivery_id, _, _ in ids} - news.received
    still = {one for one, verdict, replaced in ids if verdict == "refused" and not replaced} - news.refused
    parts = [
        _deliveries(connection, [one for one, _, _ in ids], ALL_RECEIVED, language) if before else None,
        _refused(refusals(connection, engine, still), STILL_REFUSED, language),
        _found(connection, language),
        _signals(connection, language),
        _clues(connection, language),
        _policy(connection, language),
    ]
    return [part for part in parts if part is not None]


def _corrected(
    connection: duckdb.DuckDBPyConnection, news: Tonight, as_of: date, language: str
) -> list[RenderableType]:
    rows, closed = connection.execute(
        "SELECT (SELECT count(*) FROM quality.quarantined_row WHERE closed_on = ?),"
        " (SELECT count(*) FROM mart.clue WHERE closed_on = ?)",
        [as_of, as_of],
    ).fetchall()[0]
    lines = []
    if rows or news.corrected:
        lines.append(CORRECTED.say(language, files=len(news.corrected), rows=_figure(rows)))
    if closed:
        lines.append(CLOSED.say(language, closed=_figure(closed)))
    return [Text(line) for line in lines]


def _new_clues(connection: duckdb.DuckDBPyConnection, as_of: date, language: str) -> RenderableType:
    """How many clues were opened tonight, and by which indicators; a household may have several."""
    opened = connection.execute(
        "SELECT reasons FROM mart.clue WHERE status <> 'closed' AND opened_on = ?", [as_of]
    ).fetchall()
    counts = Counter(reason for (reasons,) in opened for reason in reasons.split(",") if reason)
    titles = _titles()
    listed = [
        OF_INDICATOR.say(
            language, indicator=said(titles, indicator, language), households=_figure(households)
        )
        for indicator, households in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    line = NEW_CLUES.say(language, new=_figure(len(opened)))
    return Text(line + (IN_BRACKETS.say(language, listed=joined(listed, language)) if listed else ""))


def _titles() -> dict[str, Words]:
    return {rule.indicator: Words(rule.title_zh, rule.title_en) for rule in rules()}


def _table(title: Words, columns: Sequence[str], language: str, words: int = 1) -> Table:
    """A table whose first `words` columns are words and whose others are figures."""
    table = Table(title=title.to(language), title_justify="left", title_style="bold")
    for place, name in enumerate(columns):
        is_words = place < words
        table.add_column(
            COLUMNS[name].to(language),
            justify="left" if is_words else "right",
            overflow="fold",
            no_wrap=not is_words,
        )
    return table


def _deliveries(
    connection: duckdb.DuckDBPyConnection, listed: Collection[str], title: Words, language: str
) -> Table | None:
    """Counts by department of some deliveries; None where there are none."""
    rows = connection.execute(
        "SELECT department, count(*), sum(rows_received), sum(rows_loaded),"
        " sum(CASE WHEN verdict = 'accepted' THEN rows_quarantined ELSE 0 END), sum(rows_duplicate),"
        " sum(CASE WHEN verdict = 'refused' THEN 1 ELSE 0 END) FROM quality.delivery"
        " WHERE list_contains(?, delivery_id) GROUP BY department ORDER BY department",
        [sorted(listed)],
    ).fetchall()
    table = _table(
        title, ("department", "files", "received", "loaded", "held", "duplicate", "refused"), language
    )
    for department, *figures in rows:
        table.add_row(department_title(department, language), *(_figure(figure) for figure in figures))
    return table if rows else None


def _refused(listed: Sequence[Refusal], title: Words, language: str) -> Table | None:
    table = _table(title, ("delivery", "reason"), language, words=2)
    for one in listed:
        reasons = "\n".join(reason_words(code, detail, language) for code, detail in one.reasons)
        table.add_row(Text(one.path), Text(reasons))
    return table if listed else None


def _found(connection: duckdb.DuckDBPyConnection, language: str) -> Table | None:
    """The expectations between rows and feeds that most rows do not meet, errors first; all are in quality.finding."""
    rows = connection.execute(
        "SELECT expectation_id, severity, count(*) FROM quality.finding GROUP BY expectation_id, severity"
        " ORDER BY severity, count(*) DESC, expectation_id LIMIT ?",
        [MOST_FOUND],
    ).fetchall()
    table = _table(FOUND, ("expectation", "level", "rows"), language, words=2)
    for expectation_id, severity, count in rows:
        table.add_row(
            sentence_of(expectation_id).rule.to(language),
            said(SEVERITIES, severity, language),
            _figure(count),
        )
    return table if rows else None


def _signals(connection: duckdb.DuckDBPyConnection, language: str) -> RenderableType:
    table = _table(SIGNALLED, ("indicator", "at_risk", "clear", "unknown"), language)
    titles = _titles()
    rows = connection.execute(
        "SELECT indicator, count(*) FILTER (WHERE status = 'at_risk'),"
        " count(*) FILTER (WHERE status = 'clear'), count(*) FILTER (WHERE status = 'unknown')"
        " FROM mart.signal GROUP BY indicator ORDER BY indicator"
    ).fetchall()
    for indicator, *figures in rows:
        table.add_row(said(titles, indicator, language), *(_figure(figure) for figure in figures))
    return table


def _clues(connection: duckdb.DuckDBPyConnection, language: str) -> RenderableType:
    rows = connection.execute(
        "SELECT count(*), count(*) FILTER (WHERE status = 'overdue'),"
        " count(*) FILTER (WHERE suggested_class = '持续监测') FROM mart.clue"
        " WHERE status IN ('open', 'overdue')",
    ).fetchall()
    listed, overdue, monitored = (_figure(figure) for figure in rows[0])
    line = CLUE_LINE.say(language, open=listed, overdue=overdue, monitored=monitored)
    return Text(f"{CLUED.to(language)}{Words('：', ': ').to(language)}{line}")


def _policy(connection: duckdb.DuckDBPyConnection, language: str) -> RenderableType:
    table = _table(LANDED, ("row", "households", "persons", "visits", "amount"), language)
    found = {
        row: figures
        for row, *figures in connection.execute(
            # nothing is known of what a feed would say that never came: no 0
            "SELECT p.row, CASE WHEN d.feed IS NOT NULL THEN p.households END,"
            " CASE WHEN d.feed IS NOT NULL THEN p.persons END, CASE WHEN d.feed IS NOT NULL THEN p.visits END,"
            " CASE WHEN d.feed IS NOT NULL THEN p.amount_cny END FROM mart.policy_landing AS p LEFT JOIN"
            " (SELECT DISTINCT feed FROM quality.delivery WHERE verdict = 'accepted') AS d ON p.feed = d.feed"
        ).fetchall()
    }
    known = [row for row in POLICY_ROWS if row in found]
    for row in [*known, *sorted(found.keys() - POLICY_ROWS.keys())]:
        *counts, amount_cny = found[row]
        table.add_row(
            said(POLICY_ROWS, row, language), *(_figure(count) for count in counts), ten_thousands(amount_cny)
        )
    return table


def ten_thousands(amount_cny: Decimal | None) -> str:
    """An amount in 万元, rounded half up to two places as the city prints it; empty where there is none."""
    if amount_cny is None:
        return ""
    return f"{(amount_cny / TEN_THOUSAND).quantize(CENT, ROUND_HALF_UP):,}"


def _figure(figure: int | None) -> str:
    return "" if figure is None else f"{int(figure):,}"


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
