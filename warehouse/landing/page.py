"""One sheet of a workbook, whichever program wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warehouse.landing.layout import Span


@dataclass(frozen=True)
class Page:
    """`rows` run from row 1 and column A; error cells are texts such as #N/A."""

    name: str
    rows: Iterator[Sequence[object]]
    spans: tuple[Span, ...] = ()
    is_1904: bool = False
    struck: frozenset[int] = frozenset()  # lines of which a filled cell is struck out
