"""One module per feed, named like it, all of one silhouette: which periods there are, and the rows of each.

    IS_BOOK = True                                    (a small feed that comes as a workbook; else text)
    def periods(world) -> list[str]
    def rows(world, period) -> Iterator[Columns]      (chunks of columns: days, cents, codes, text)

A feed of the contract without a module here is written by `by_contract`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Protocol, cast

from deployments.demo.feeds_by_contract import FromContract
from deployments.demo.files.cells import Columns
from deployments.demo.world.world import World
from expectations.contract import Feed


class Source(Protocol):
    """What a module of this folder offers."""

    IS_BOOK: bool

    def periods(self, world: World) -> list[str]: ...

    def rows(self, world: World, period: str) -> Iterator[Columns]: ...


def source_of(feed: Feed) -> Source:
    """The module of a feed, or rows made from its contract."""
    known = {module.name for module in pkgutil.iter_modules(__path__)}
    if feed.name in known:
        return cast(Source, importlib.import_module(f"{__name__}.{feed.name}"))
    return FromContract(feed)
