"""All made files: a function of a module files_*.py is a kind of file, made once for each format it names.

@made(csv="deaths", xlsx="relief")
def title_above_the_header(draft: Draft) -> None:
    draft.above(["2020年6月登记表"])
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.corpus.drafts import Draft

Author = Callable[[Draft], None]


@dataclass(frozen=True)
class Kind:
    """A kind of file in one format: what it is called, of which feed it is, what is done to it."""

    name: str
    extension: str
    feed: str
    count: int
    period: str
    author: Author

    def draft(self) -> Draft:
        draft = Draft(self.feed, self.extension, self.count, self.period)
        self.author(draft)
        return draft


FOUND: dict[str, Kind] = {}


def made(count: int = 3, period: str = "", **feeds: str) -> Callable[[Author], Author]:
    """Make such a file of `feeds[format]` with `count` rows in each of the formats."""

    def register(author: Author) -> Author:
        for extension, feed in feeds.items():
            name = (
                f"{author.__module__.rsplit('.', 1)[-1].removeprefix('files_')}.{author.__name__}.{extension}"
            )
            if name in FOUND:
                raise ValueError(f"two kinds of file are called {name}")
            FOUND[name] = Kind(name, extension, feed, count, period, author)
        return author

    return register


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by name, in order of name."""
    for path in sorted(Path(__file__).parent.glob("files_*.py")):
        importlib.import_module(f"tests.corpus.{path.stem}")
    return dict(sorted(FOUND.items()))
