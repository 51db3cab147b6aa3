"""Every module here is a department; every `Feed` in it is a dataset. Existence is registration."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from expectations.contract import Department, Feed


@cache
def _modules() -> dict[str, object]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}


@cache
def departments() -> Mapping[str, Department]:
    """All departments by folder name, in order of name."""
    found = {}
    for name, module in _modules().items():
        found[name] = next(value for value in vars(module).values() if isinstance(value, Department))
        if found[name].name != name:
            raise ValueError(f"expectations/feeds/{name}.py declares the department {found[name].name!r}")
    return found


@cache
def catalogue() -> Mapping[str, Feed]:
    """All feeds by name, in order of name; ValueError when two departments use one name or title."""
    feeds: dict[str, Feed] = {}
    for department, module in _modules().items():
        for value in vars(module).values():
            if isinstance(value, Feed):
                if value.name in feeds:
                    raise ValueError(f"two departments declare the feed {value.name!r}")
                feeds[value.name] = replace(value, department=department)
    return dict(sorted(feeds.items()))
