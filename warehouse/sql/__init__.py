"""Tables as files: `sql/<schema>/<table>.sql` holds one SELECT, and its header says what the columns are.

Header lines of a published table (schemas core, mart, quality, ops), each in both languages:

    -- 户（当前） | Households, current
    -- key: household_id
    -- household_id: 户编号 | household number

A table may name any other; the order of building follows from who names whom. `:as_of` is the night's date,
`:region` its division code, `:is_water_scarce` whether the region is an area where water is scarce,
`:is_line_enough` whether an income below the line alone suggests a class, `:personal` the pattern of what no
published code may look like.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

HERE = Path(__file__).parent
INTERNAL = ("work", "measure", "vault")
_NAMED = re.compile(r"\b(work|core|mart|quality|ops|measure|vault)\.([a-z_0-9]+)\b")
_COLUMN = re.compile(r"^-- ([a-z_0-9]+): (.+?) \| (.+)$", flags=re.MULTILINE)
_TITLE = re.compile(r"\A-- (.+?) \| (.+)$", flags=re.MULTILINE)
_KEY = re.compile(r"^-- key: (.+)$", flags=re.MULTILINE)


@dataclass(frozen=True)
class TableFile:
    """One table: its name with schema, its SELECT, and what its header says."""

    name: str
    sql: str
    title: tuple[str, str] | None
    columns: Mapping[str, tuple[str, str]]
    key: tuple[str, ...] = ()

    @property
    def is_published(self) -> bool:
        """Whether analysts see it."""
        return self.name.split(".")[0] not in INTERNAL

    @property
    def needs(self) -> frozenset[str]:
        """The tables that it names."""
        body = re.sub(r"--.*", "", self.sql)
        return frozenset(f"{schema}.{table}" for schema, table in _NAMED.findall(body)) - {self.name}


@cache
def tables() -> Mapping[str, TableFile]:
    """Every table file by name; ValueError where a published one has no title or key."""
    found = {}
    for path in sorted(HERE.glob("*/*.sql")):
        name, text = f"{path.parent.name}.{path.stem}", path.read_text(encoding="utf-8")
        title, key = _TITLE.search(text), _KEY.search(text)
        columns = {column: (zh, en) for column, zh, en in _COLUMN.findall(text) if column != "key"}
        keys = tuple(key[1].split(", ")) if key else ()
        found[name] = TableFile(name, text, (title[1], title[2]) if title else None, columns, keys)
        if found[name].is_published and not (title and key):
            raise ValueError(f"{path.name}: a published table states its title and its key")
    return found


def in_order(generated: Mapping[str, TableFile]) -> list[TableFile]:
    """All tables, of files and generated, each after those it names; graphlib.CycleError when they go
    round."""
    known = {**tables(), **generated}
    sorter = TopologicalSorter(
        {name: sorted(table.needs & known.keys()) for name, table in sorted(known.items())}
    )
    return [known[name] for name in sorter.static_order()]


def filled(sql: str, values: Mapping[str, str]) -> str:
    """The statement with `:name` replaced by SQL literals."""
    return re.sub(r"(?<!:):([a-z_]+)\b", lambda found: values.get(found[1], found[0]), sql)
