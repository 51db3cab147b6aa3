"""The villages' work lists: one workbook a town, to print, to fill in and to send back as `visits`.

Of all reports these alone hold personal data, so only their owner may read the files.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from reports.published import opened
from reports.workbook import remove_others, save
from reports.worklist_rows import UNKNOWN_TOWN, clues, doubts, towns
from reports.worklist_sheets import TITLES, clue_sheet, doubt_sheet, gap_sheet
from warehouse.home import Home


class NoSuchTown(ValueError):
    """No household of the register lives in a town of that code; str() names the towns there are."""


def write_worklists(home: Home, as_of: date, language: str = "zh", town: str | None = None) -> list[Path]:
    """Write `outbox/worklists/<as_of>/<town>.xlsx` for every town, or for one; returns the files in order.

    Households whose town is not known go into `unknown.xlsx`. ValueError when another night is published.
    """
    folder = home.outbox / "worklists" / str(as_of)
    with opened(home, as_of, with_vault=True) as connection:
        named = towns(connection)
        if town is not None and town not in named:
            raise NoSuchTown(f"no household lives in {town}; towns: {', '.join(named)}")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        written = []
        for code in [town] if town else named:
            title = named[code] or (TITLES["unknown"].to(language) if code == UNKNOWN_TOWN else code)
            unknown = doubts(connection, code)
            sheets = [
                clue_sheet(clues(connection, code), as_of, language),
                doubt_sheet(unknown, language),
                gap_sheet(unknown, language),
            ]
            written.append(folder / f"{code}.xlsx")
            save(sheets, partial(_heading, title, as_of, language), written[-1])
    if town is None:
        remove_others(folder, written)
    return written


def _heading(town: str, as_of: date, language: str, sheet: str) -> str:
    return TITLES["heading"].say(language, town=town, title=sheet, as_of=as_of)
