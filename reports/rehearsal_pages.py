"""A rehearsal for the terminal, as a page and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from reports.language import Words
from reports.rehearsal import SEVERITY, Problem, RehearsalView, ranges

FEW = 40  # problems that are listed line by line on a terminal; more are listed by rule
MOST_LINES = 1_000  # of a rule on a terminal; the page and the workbook have all
MORE = Words(" …另有{more}行，见 --html、--xlsx", " … and {more} more, all in --html and --xlsx")
TITLES = {
    "line": Words("行", "line"),
    "lines": Words("行号", "lines"),
    "rows": Words("行数", "rows"),
    "column": Words("列", "column"),
    "severity": Words("级别", "level"),
    "problem": Words("应当", "what should hold"),
    "mend": Words("如何更正", "how to mend it"),
    "sheet": Words("校验结果", "Check"),
    "reasons": Words("退回原因", "Why it would be refused"),
    "notes": Words("说明", "Notes"),
}


def shown(view: RehearsalView, language: str) -> RenderableType:
    """For a terminal; print it with a rich Console."""
    outcome = Text(f"{view.file}  {view.outcome}", style="bold red" if view.has_faults else "bold green")
    parts: list[RenderableType] = [outcome, Text(view.identity), Text(view.counts)]
    parts += [Text(f"• {reason}", style="red") for reason in view.reasons]
    if view.problems:
        is_short = sum(len(problem.lines) for problem in view.problems) <= FEW
        parts.append(_by_line(view, language) if is_short else _by_rule(view.problems, language))
    return Group(*parts, *(Text(f"· {note}", style="dim") for note in view.notes))


def _table(names: Sequence[str], language: str) -> Table:
    table = Table(*(TITLES[name].to(language) for name in names))
    for column in table.columns:
        column.overflow = "fold"
    return table


def _by_line(view: RehearsalView, language: str) -> Table:
    table = _table(("line", "column", "severity", "problem", "mend"), language)
    for line, one in view.by_line():
        table.add_row(str(line), *_said(one, language))
    return table


def _by_rule(problems: Sequence[Problem], language: str) -> Table:
    table = _table(("column", "severity", "problem", "mend", "rows", "lines"), language)
    for one in problems:
        lines = ranges(one.lines[:MOST_LINES])
        more = MORE.say(language, more=len(one.lines) - MOST_LINES) if len(one.lines) > MOST_LINES else ""
        table.add_row(*_said(one, language), f"{len(one.lines):,}", lines + more)
    return table


def _said(one: Problem, language: str) -> tuple[str, str, str, str]:
    return one.columns, SEVERITY[one.is_error].to(language), one.rule, one.mend


def write_page(view: RehearsalView, path: Path, language: str) -> None:
    """An HTML page that needs nothing else."""
    from reports.message import rendered

    words = {name: words.to(language) for name, words in TITLES.items()}
    lines = [(line, *_said(one, language)) for line, one in view.by_line()]
    page = rendered("rehearsal.html.j2", language=language, view=view, words=words, lines=lines)
    path.write_text(page, encoding="utf-8")


def write_book(view: RehearsalView, path: Path, language: str) -> None:
    """A workbook with one row a line and rule; what is wrong with the file as a whole comes first."""
    from reports.workbook import Sheet, SheetColumn, save

    names = {"line": 8, "column": 26, "severity": 8, "problem": 50, "mend": 50}
    columns = [SheetColumn(TITLES[name].to(language), width) for name, width in names.items()]
    whole = [(None, None, SEVERITY[True].to(language), reason, None) for reason in view.reasons]
    rows: list[list[object]] = [
        list(row) for row in (*whole, *((line, *_said(one, language)) for line, one in view.by_line()))
    ]
    sheet = Sheet(TITLES["sheet"].to(language), columns, rows, frozen_columns=1)
    save([sheet], lambda title: f"{view.file} {view.outcome}", path)
