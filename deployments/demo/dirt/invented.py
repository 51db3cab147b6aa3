"""Persons, households and villages that do not exist, to whom the bad rows belong."""

from __future__ import annotations

from datetime import date, timedelta

from deployments.demo.dirt.site import Row, Site
from deployments.demo.world import numbers
from deployments.demo.world.names import invented_name
from expectations.contract import Column, Type

FIRST_BIRTH = date(1950, 1, 2)
BIRTHS = 18_000
WHERE = "household_id"
NO_VILLAGE = 410184199  # a town that there is not


def person_number(serial: int) -> str:
    """The number of the invented person of that serial, in order with its check digit."""
    birth = FIRST_BIRTH + timedelta(days=serial % BIRTHS)
    return numbers.whole(int(f"{numbers.INVENTED_COUNTY}{birth:%Y%m%d}{_serial(serial // BIRTHS):03d}"))


def _serial(turn: int) -> int:
    """1, 2, ... without the hundreds, so that no number ends in 000."""
    return turn % 891 + 1 + turn % 891 // 99


def about_nobody(row: Row, site: Site) -> Row:
    """The row with its person, household, village and keys invented; a reversal becomes a charge."""
    found = row | {
        column.name: text for column in site.feed.columns if (text := _invented(column, row, site))
    }
    for column in site.feed.typed(Type.DECIMAL)[:1]:  # no two are alike, even when the key is spoiled
        whole, dot, _ = row[column.name].partition(".")
        found[column.name] = f"{whole}.{site.serial % 10_000:04d}" if dot else row[column.name]
    if row.get("reverses_id"):
        amounts = (column.name for column in site.feed.typed(Type.MONEY))
        found |= {"reverses_id": ""} | {name: row[name].lstrip("-") for name in amounts}
    return found


def _invented(column: Column, row: Row, site: Site) -> str:
    serial = site.serial
    if column.type is Type.PERSON_NUMBER:
        return person_number(serial) + row[column.name][18:]
    if column.type in (Type.VILLAGE, Type.DIVISION):
        return f"{NO_VILLAGE}{serial % 1000:03d}" if row[column.name] else ""
    if column.name == WHERE:
        return f"41018490{serial:08d}" if row[column.name] or column.required else ""
    if column.name in {person.named_by for person in site.feed.typed(Type.PERSON_NUMBER)}:
        return invented_name(serial)
    if column.type is Type.NUMBER and column.required:
        return f"9{serial:011d}"
    return ""
