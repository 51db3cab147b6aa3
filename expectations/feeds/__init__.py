"""Every module here is a department; every `Feed` in it is a dataset. Existence is registration."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from expectations.columns import TAKEN_BACK
from expectations.contract import Department, Feed, Kind
from expectations.contract_faults import ContractError, Said, faults_of


@cache
def _modules() -> dict[str, object]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: _module(name) for name in names}


def _module(name: str) -> object:
    try:
        return importlib.import_module(f"{__name__}.{name}")
    except Exception as error:  # whatever is wrong with somebody's file: it is said by the file's name
        file = f"expectations/feeds/{name}.py"
        raise ContractError([(f"{file} 无法读取：{error}", f"{file} cannot be read: {error}")]) from error


@cache
def departments() -> Mapping[str, Department]:
    """All departments by folder name, in order of name; ContractError where a module declares none, or another."""
    found = {}
    for name, module in _modules().items():
        own = [value for value in vars(module).values() if isinstance(value, Department)]
        if [one.name for one in own] != [name]:
            file = f"expectations/feeds/{name}.py"
            said = (
                f"{file}：应有一个名为 {name} 的 Department",
                f"{file} declares one Department, named {name}",
            )
            raise ContractError([said])
        found[name] = own[0]
    return found


@cache
def catalogue() -> Mapping[str, Feed]:
    """All feeds by name, in order of name; ContractError with all that is wrong with any of them."""
    feeds = [
        replace(_revocable(value), department=department)
        for department, module in _modules().items()
        for value in vars(module).values()
        if isinstance(value, Feed)
    ]
    if faults := [*_named_twice(feeds), *(fault for feed in feeds for fault in faults_of(feed))]:
        raise ContractError(faults)
    return {feed.name: feed for feed in sorted(feeds, key=lambda feed: feed.name)}


def _named_twice(feeds: list[Feed]) -> Iterator[Said]:
    """A file is told by its feed's name or title: no two feeds may share one."""
    owners: dict[str, Feed] = {}
    for feed in feeds:
        for word in (feed.name, feed.title):
            other = owners.setdefault(word, feed)
            if other is not feed:
                where = f"{other.department}.py", f"{feed.department}.py"
                yield (
                    f"expectations/feeds/{where[0]} 和 {where[1]} 的数据集同名：{word}",
                    f"expectations/feeds/{where[0]} and {where[1]}: two feeds are called {word}",
                )


def _revocable(feed: Feed) -> Feed:
    """Events stay until they are taken back, so each feed of them has the column to say so."""
    if feed.kind is not Kind.EVENTS or any(column.name == TAKEN_BACK.name for column in feed.columns):
        return feed
    return replace(feed, columns=(*feed.columns, TAKEN_BACK))
