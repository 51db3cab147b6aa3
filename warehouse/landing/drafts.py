"""A file on somebody's disk, before it is sent: which feed and period it is, and what is wrong with its name."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from expectations.contract import Feed
from expectations.feeds import catalogue, departments
from expectations.periods import period_of
from warehouse.landing.names import EXTENSIONS, BadName, Name, as_text, name_of
from warehouse.landing.sheet import Unreadable, read_sheet


class NotTold(ValueError):
    """Neither the file nor the caller says what is needed to read it: `feed` or `period`, in str()."""


@dataclass(frozen=True)
class Draft:
    """A file, or all parts of one, as it would be sent. `refusals` are what its place and parts are refused for."""

    paths: tuple[Path, ...]
    name: Name
    is_named_so: bool  # whether the file is called what it says it is
    refusals: tuple[tuple[str, str], ...] = ()

    @property
    def proper_name(self) -> str:
        """What the file has to be called to be taken for what it is."""
        name, n = self.name, f"_{self.name.n}" if self.name.n > 1 else ""
        place = f"_{name.place}" if name.place else ""
        return f"{name.feed.name}_{name.period.text}{place}{n}.{name.extension}"


def drafted(path: Path, feed: Feed | None = None, period: str | None = None) -> Draft:
    """The file as a draft. What is given goes before what its name states, its header tells the feed at last.

    Unreadable for a format that is not read, NotTold where feed or period stay unknown, BadPeriod where the feed
    has no such period.
    """
    try:
        stated = name_of(as_text(path.name))
    except BadName:
        stated = None
    extension = path.suffix.lower().removeprefix(".")
    if extension not in EXTENSIONS:
        raise Unreadable([("format_unknown", ", ".join(EXTENSIONS))])
    feed = feed or (stated.feed if stated else recognised(path, extension))
    if feed is None:
        raise NotTold("feed")
    if not (period or stated):
        raise NotTold("period")
    span = period_of(feed, period or stated.period.text if stated else period or "")
    if stated and (stated.feed, stated.period) == (feed, span):
        paths = _parts(path, stated)
        alone = () if len(paths) == stated.parts else (("parts_missing", f"{len(paths)}/{stated.parts}"),)
        return Draft(paths, stated, True, (*_place(path, feed), *alone))
    return Draft((path,), Name(feed, span, 1, 1, 1, extension), False, _place(path, feed))


def recognised(path: Path, extension: str) -> Feed | None:
    """The feed that the header names; None when it has the required columns of none."""
    feeds = catalogue()
    any_feed = next(iter(feeds.values()))
    with duckdb.connect(":memory:") as connection, tempfile.TemporaryDirectory() as folder:
        try:
            read_sheet(connection, path, extension, any_feed, Path(folder) / "text")
        except Unreadable as refused:
            looks_like = next((detail for code, detail in refused.reasons if code == "looks_like"), None)
            return next((feed for feed in feeds.values() if feed.title == looks_like), None)
    return any_feed


def _place(path: Path, feed: Feed) -> tuple[tuple[str, str], ...]:
    """A folder that is called like a department holds only its feeds."""
    folder = path.resolve().parent.name
    return (("wrong_folder", feed.name),) if folder in {*departments()} - {feed.department} else ()


def _parts(path: Path, stated: Name) -> tuple[Path, ...]:
    """The parts of the file that lie beside it, in order."""
    if stated.parts == 1:
        return (path,)
    found = {}
    for other in sorted(path.parent.iterdir()):
        try:
            name = name_of(as_text(other.name))
        except BadName:
            continue
        if (name.feed, name.period, name.place, name.n, name.parts) == (
            stated.feed,
            stated.period,
            stated.place,
            stated.n,
            stated.parts,
        ):
            found[name.part] = other
    return tuple(found[part] for part in sorted(found))
