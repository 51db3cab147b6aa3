"""The whole SELECT of a feed: its layers, then the columns of its table."""

from __future__ import annotations

from benchmarks.floor import civil_affairs, education, health, registry, water
from benchmarks.floor.layers import RAW, Select


def sql(feed: str, rows: str) -> str:
    """The SELECT of a feed over its rows of text."""
    layers, out, key, content = _select(feed)
    for layer in layers:
        rows = f"SELECT *, {', '.join(f'{value} AS {name}' for name, value in layer.items())} FROM ({rows})"
    hashed = f"CASE WHEN held THEN hash({RAW[feed]}) ELSE hash({content}) END"
    first = f"coalesce(c0, {RAW[feed]})"
    is_row = f"coalesce({first} <> h0, false) AND NOT no_row({first}, concat({RAW[feed]}))"
    held = f"CASE WHEN NOT held THEN false WHEN {is_row} THEN true END"
    values = {"f": "f", "held": held, **out, "key": f"coalesce({key}, {hashed})", "content": hashed}
    return f"SELECT {', '.join(f'{value} AS {name}' for name, value in values.items())} FROM ({rows})"


def _select(feed: str) -> Select:
    department = next(d for d in (registry, health, education, civil_affairs, water) if feed in vars(d))
    made: Select = vars(department)[feed]()
    return made
