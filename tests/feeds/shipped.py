"""The departments that the project ships: a test about what contracts already know looks at these alone, for a city
adds its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from expectations.feeds import catalogue
from expectations.headers import _names_of, known_labels
from warehouse.learning import known

SHIPPED = ("civil_affairs", "education", "health", "housing", "registry", "water")


@contextmanager
def shipped_alone() -> Iterator[None]:
    """No feed of another department is in the catalogue, and no header of one is known."""
    caches = (known_labels, _names_of, known._by_label)
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name, feed in catalogue().items() if feed.department not in SHIPPED]:
            patch.delitem(catalogue(), name)
        for cache in caches:
            cache.cache_clear()
        yield
    for cache in caches:
        cache.cache_clear()


def without_others(tree: Path) -> Path:
    """A copy of the code (tests/tree.py) without the contracts of other departments."""
    for path in (tree / "expectations" / "feeds").glob("*.py"):
        if path.stem not in (*SHIPPED, "__init__"):
            path.unlink()
    return tree
