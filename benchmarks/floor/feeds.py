"""The whole SELECT of a feed: its layers, then the columns of its table."""

from __future__ import annotations

from benchmarks.floor import civil_affairs, education, health, members, registry, water
from benchmarks.floor.checks import ROW_LENGTH, Select, checked
from benchmarks.floor.layers import RAW

DEPARTMENTS = (registry, members, health, education, civil_affairs, water)


def sql(feed: str, rows: str) -> str:
    """The SELECT of a feed over its rows of text."""
    layers, checks, out, key, content = _select(feed)
    for layer in checked(layers, [ROW_LENGTH, *checks]):
        rows = f"SELECT *, {', '.join(f'{value} AS {name}' for name, value in layer.items())} FROM ({rows})"
    hashed = f"CASE WHEN held THEN hash({RAW[feed]}) ELSE hash({content}) END"
    first = f"coalesce(c0, {RAW[feed]})"
    is_row = f"coalesce({first} <> h0, false) AND NOT no_row({first}, concat({RAW[feed]}))"
    held = f"CASE WHEN NOT held THEN false WHEN {is_row} THEN true END"
    known = f"CASE WHEN {key.known} THEN hash({key.parts}) ELSE hash({RAW[feed]}) END"
    values = {
        "f": "f",
        "held": held,
        "broken": "broken",
        **out,
        "key": f"CASE WHEN held THEN {known} ELSE hash({key.parts}) END",
        "content": hashed,
    }
    return f"SELECT {', '.join(f'{value} AS {name}' for name, value in values.items())} FROM ({rows})"


def names(feed: str) -> list[str]:
    """The expectations of a feed that are bits of `broken`, in their order."""
    return [check.name for check in [ROW_LENGTH, *_select(feed)[1]]]


def _select(feed: str) -> Select:
    department = next(d for d in DEPARTMENTS if feed in vars(d))
    made: Select = vars(department)[feed]()
    return made
