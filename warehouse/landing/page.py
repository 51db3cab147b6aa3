"""One sheet of a workbook, whichever program wrote it, and the lines of sheets that are read together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warehouse.landing.layout import Span
from warehouse.landing.lines import IN_A_PART

_TOGETHER = re.compile(r"\d+：.*(\n\d+：.*)+")


def place_of_line(sheets: str | None, line: int) -> tuple[str | None, int]:
    """The sheet and its line as a clerk counts; `sheets` as the ledger has them, one a line where there are several."""
    if not sheets or not _TOGETHER.fullmatch(sheets):
        return sheets, line
    nth, own = divmod(line, IN_A_PART)
    listed = dict(sheet.split("：", 1) for sheet in sheets.split("\n"))
    return f"{nth}：{listed.get(str(nth), '')}", own


@dataclass(frozen=True)
class Page:
    """`rows` run from row 1 and column A; error cells are texts such as #N/A."""

    name: str
    rows: Iterator[Sequence[object]]
    spans: tuple[Span, ...] = ()
    is_1904: bool = False
    struck: frozenset[int] = frozenset()  # lines of which a filled cell is struck out
