"""A rehearsal for the terminal, as a page and as a workbook."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from reports.language import Words
from reports.rehearsal import SEVERITY, Problem, RehearsalView
from warehouse.landing.lines import cell_of, ranges

FEW = 40  # problems that are listed line by line on a terminal; more are listed by rule
MOST_LINES = 1_000  # of a rule on a terminal; the page and the workbook have all
MORE = Words(" …另有{more}行，见 --html、--xlsx", " … and {more} more, all in --html and --xlsx")
EVERY = sys.maxsize
WIDTHS = {"line": 8, "column": 26, "severity": 8, "problem": 50, "mend": 50, "rows": 8, "lines": 60}
TITLES = {
    "line": Words("行", "line"),
    "lines": Words("行号", "lines"),
    "rows": Words("行数", "rows"),
    "column": Words("列", "column"),
    "severity": Words("级别", "level"),
    "problem": Words("应当", "what should hold"),
    "mend": Words("如何更正", "how to mend it"),
    "causes": Words("按原因汇总", "By cause"),
    "each": Words("逐行列出", "Line by line"),
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
        rows = _lines(view, language) if is_short else _causes(view.problems, language, MOST_LINES)
        parts.append(_table(BY_LINE if is_short else BY_CAUSE, rows, language))
    return Group(*parts, *(Text(f"· {note}", style="dim") for note in view.notes))


BY_LINE = ("line", "column", "severity", "problem", "mend")
BY_CAUSE = ("column", "severity", "problem", "mend", "rows", "lines")


def _titles(names: Sequence[str], language: str) -> list[str]:
    return [TITLES[name].to(language) for name in names]


def _table(names: Sequence[str], rows: Sequence[Sequence[object]], language: str) -> Table:
    table = Table(*_titles(names, language))
    for column in table.columns:
        column.overflow = "fold"
    for row in rows:
        table.add_row(*map(str, row))
    return table


def _lines(view: RehearsalView, language: str) -> list[tuple[object, ...]]:
    return [(cell_of(line), *_said(one, language)) for line, one in view.by_line()]


def _causes(problems: Sequence[Problem], language: str, most: int) -> list[tuple[object, ...]]:
    """Each rule with the lines that break it, as many as `most`; those with most lines first, errors before."""
    found: list[tuple[object, ...]] = []
    for one in sorted(problems, key=lambda one: (not one.is_error, -len(one.lines))):
        more = MORE.say(language, more=len(one.lines) - most) if len(one.lines) > most else ""
        found.append((*_said(one, language), f"{len(one.lines):,}", ranges(one.lines[:most]) + more))
    return found


def _said(one: Problem, language: str) -> tuple[str, str, str, str]:
    return one.columns, SEVERITY[one.is_error].to(language), one.rule, one.mend


def write_page(view: RehearsalView, path: Path, language: str) -> None:
    """An HTML page that needs nothing else."""
    from reports.message import rendered

    words = {name: words.to(language) for name, words in TITLES.items()}
    tables = [
        (words["causes"], _titles(BY_CAUSE, language), _causes(view.problems, language, EVERY)),
        (words["each"], _titles(BY_LINE, language), _lines(view, language)),
    ]
    page = rendered("rehearsal.html.j2", language=language, view=view, words=words, tables=tables)
    path.write_text(page, encoding="utf-8")


def write_book(view: RehearsalView, path: Path, language: str) -> None:
    """A workbook: a sheet of causes, what is wrong with the file as a whole first, and a sheet of single lines."""
    from reports.workbook import Sheet, SheetColumn, save

    def sheet(name: str, names: Sequence[str], rows: Sequence[Sequence[object]]) -> Sheet:
        columns = [SheetColumn(TITLES[one].to(language), WIDTHS[one]) for one in names]
        return Sheet(TITLES[name].to(language), columns, [list(row) for row in rows], frozen_columns=1)

    whole = [(None, SEVERITY[True].to(language), reason, None, None, None) for reason in view.reasons]
    causes = sheet("causes", BY_CAUSE, [*whole, *_causes(view.problems, language, MOST_LINES)])
    each = sheet("each", BY_LINE, _lines(view, language))
    save([causes, each], lambda title: f"{view.file} {view.outcome}", path)
