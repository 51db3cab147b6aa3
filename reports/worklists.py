"""The villages' work lists: one workbook a town, to print, to fill in and to send back as `visits`.

Of all reports these alone hold personal data, so only their owner may read the files.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from reports.workbook import add_sheet, empty_workbook, save
from reports.worklist_rows import UNKNOWN_TOWN, clues, doubts, opened, published_as_of, towns
from reports.worklist_sheets import TITLES, Sheet, clue_sheet, doubt_sheet, gap_sheet
from warehouse.home import Home


class NoSuchTown(ValueError):
    """No household of the register lives in a town of that code; str() names the towns there are."""


def write_worklists(home: Home, as_of: date, language: str = "zh", town: str | None = None) -> list[Path]:
    """Write `outbox/worklists/<as_of>/<town>.xlsx` for every town, or for one; returns the files in order.

    Households whose town is not known go into `unknown.xlsx`. ValueError when another night is published.
    """
    folder = home.outbox / "worklists" / str(as_of)
    with opened(home) as connection:
        if (published := published_as_of(connection)) != as_of:
            raise ValueError(f"the published warehouse is of {published}, not of {as_of}")
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
            save(_workbook(title, sheets, as_of, language), written[-1])
    if town is None:
        _remove_others(folder, written)
    return written


def _remove_others(folder: Path, written: Sequence[Path]) -> None:
    """Lists of an earlier run of the same night, of towns that are no more."""
    for path in set(folder.glob("*.xlsx")) - set(written):
        with suppress(FileNotFoundError):
            path.unlink()


def _workbook(town: str, sheets: Sequence[Sheet], as_of: date, language: str) -> Workbook:
    workbook = empty_workbook()
    for sheet in sheets:
        heading = TITLES["heading"].say(language, town=town, title=sheet.title, as_of=as_of)
        add_sheet(workbook, sheet.title, sheet.columns, sheet.rows, heading, sheet.frozen_columns)
    return workbook
