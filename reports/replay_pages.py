"""What judging quarantine again comes to, for the terminal: counts by feed and expectation."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from reports.expectation_words import sentence_of
from reports.labels import VERDICTS, feed_title, said
from reports.language import Words, one_line
from warehouse.replay import Replay

NOTHING = Words(
    "所有报送都是按现行规则读取的，没有要重新判定的。",
    "Every delivery was read by today's rules: there is nothing to judge again.",
)
READ = Words("按现行规则重新读取了{count}份报送。", "Deliveries read again by today's rules: {count}.")
SAME = Words("隔离行没有变化。", "The held rows stay the same.")
ROWS = Words("隔离行", "Held rows")
RULES = Words("按校验规则", "By expectation")
WOULD = Words("以上为试算，没有改动任何数据。", "This was a rehearsal: nothing has been changed.")
NEXT_NIGHT = Words("下一批次起生效。", "It takes effect with the next night.")
VERDICT = Words("{path}：由“{before}”变为“{after}”", "{path}: from {before} to {after}")
COLUMNS = {
    "feed": Words("数据集", "feed"),
    "held": Words("此前隔离", "held before"),
    "released": Words("解除", "let go"),
    "newly_held": Words("新增", "held anew"),
    "rule": Words("校验规则", "expectation"),
}


def shown(found: Replay, is_rehearsal: bool, language: str) -> RenderableType:
    """For a terminal; print it with a rich Console."""
    if not found.deliveries:
        return Text(NOTHING.to(language))
    parts: list[RenderableType] = [Text(READ.say(language, count=found.deliveries))]
    parts += [_rows(found, language)] if found.rows else []
    parts += [_rules(found, language) if found.changes else Text(SAME.to(language))]
    for path, *verdicts in found.verdicts:
        before, after = (said(VERDICTS, one, language) for one in verdicts)
        parts.append(Text(VERDICT.say(language, path=one_line(path), before=before, after=after)))
    return Group(*parts, Text((WOULD if is_rehearsal else NEXT_NIGHT).to(language)))


def _table(title: Words, names: tuple[str, ...], words: int, language: str) -> Table:
    table = Table(title=title.to(language), title_justify="left", title_style="bold")
    for place, name in enumerate(names):
        side = "left" if place < words else "right"
        table.add_column(COLUMNS[name].to(language), justify=side, overflow="fold")  # type: ignore[arg-type]
    return table


def _rows(found: Replay, language: str) -> Table:
    table = _table(ROWS, ("feed", "held", "released", "newly_held"), 1, language)
    for feed, counts in found.rows.items():
        table.add_row(feed_title(feed, language), *(f"{count:,}" for count in counts))
    return table


def _rules(found: Replay, language: str) -> Table:
    table = _table(RULES, ("feed", "rule", "released", "newly_held"), 2, language)
    for one in found.changes:
        rule = f"{sentence_of(one.expectation_id).rule.to(language)} ({one.expectation_id})"
        counts = (f"{one.released:,}", f"{one.newly_held:,}")
        table.add_row(feed_title(one.feed, language), Text(rule), *counts)
    return table
