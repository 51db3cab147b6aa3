"""What is tried on a feed's checks (test_contracts.py); a department that came later brings its own.

tests/feeds/test_<department>.py may say

    OWN_RULES   {feed: [Try, …]}: rows for the feed's own rules
    COMPANIONS  {(feed, check, cell): {check, …}}: where one check cannot be broken without another
    AROUND      {(feed, column, cell): {column: cell}}: what must stand beside a cell that is tried
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from expectations.feeds import departments
from tests.spec.drawn import Row


@dataclass
class Try:
    """Cells to put into a good row, and the checks that then have to find it; none where it just holds.

    `twin` are the cells of a row before it, for what one row alone cannot break.
    """

    cells: Row
    broken: set[str] = field(default_factory=set)
    twin: Row | None = None
    twin_broken: set[str] = field(default_factory=set)
    extra_cell: bool = False
    is_of_rule: bool = False


def with_later(name: str, own: Mapping[Any, Any]) -> dict[Any, Any]:
    """What is said here, and what the departments' own files say under that name."""
    found = dict(own)
    for department in departments():
        module = f"tests.feeds.test_{department}"
        if find_spec(module):
            found |= vars(import_module(module)).get(name, {})
    return found
