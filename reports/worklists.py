"""The villages' work lists: one workbook a town, to print, to fill in and to send back as it is called.

Of all reports these alone hold personal data, so only their owner may read the files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from expectations.feeds import catalogue
from reports.published import opened
from reports.workbook import remove_others, save
from reports.worklist_gaps import doubt_sheet, gap_sheet
from reports.worklist_rows import UNKNOWN_TOWN, clues, doubts, towns
from reports.worklist_sheets import TITLES, VISITS, clue_sheets
from warehouse.home import Home
from warehouse.landing.names import PLACE


class NoSuchTown(ValueError):
    """No household of the register lives in a town of that code; str() names the towns there are."""


def write_worklists(home: Home, as_of: date, language: str = "zh", town: str | None = None) -> list[Path]:
    """Write `outbox/worklists/<as_of>/入户核查结果_<YYYYMMDD>_<town>.xlsx` for every town, or for one.

    `town` is a code or a name. Returns the files in order of code. ValueError when another night is published.
    """
    folder = home.outbox / "worklists" / str(as_of)
    with opened(home, as_of, with_vault=True) as connection:
        named = towns(connection)
        asked = [code for code, name in named.items() if town in (None, code, name)]
        if not asked:
            raise NoSuchTown(f"no household lives in {town}; towns: {', '.join(named)}")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        written = []
        for code in asked:
            title = TITLES["unknown"].to(language) if code == UNKNOWN_TOWN else named[code] or code
            unknown = doubts(connection, code)
            sheets = [
                *clue_sheets(clues(connection, code), as_of, language),
                doubt_sheet(unknown, language),
                gap_sheet(unknown, language),
            ]
            written.append(folder / list_name(code, named, as_of))
            save(sheets, partial(_heading, title, as_of, language), written[-1])
    if town is None:
        remove_others(folder, written)
    return written


def list_name(code: str, named: Mapping[str, str], as_of: date) -> str:
    """What a town's list is called: a name under which it is taken when it comes back; the town's code where its own
    name is no place's, or two towns have it."""
    name = TITLES["unknown"].zh if code == UNKNOWN_TOWN else named[code]
    is_clear = re.fullmatch(PLACE, name) and list(named.values()).count(name) <= 1
    return f"{catalogue()[VISITS].title}_{as_of:%Y%m%d}_{name if is_clear else code}.xlsx"


def _heading(town: str, as_of: date, language: str, sheet: str) -> str:
    return TITLES["heading"].say(language, town=town, title=sheet, as_of=as_of)
