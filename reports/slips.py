"""Return slips (退回单): a workbook a department and night, with all that it still has to mend.

They name file, line, column and rule and hold no value of a row; the row as received is in the vault.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from expectations.feeds import departments
from reports.labels import department_title
from reports.published import opened
from reports.slip_rows import judged, slip
from reports.slip_sheets import slip_sheets
from reports.slip_words import TITLES
from reports.workbook import remove_others, save
from warehouse.home import Home


def write_slips(home: Home, engine: Engine, as_of: date, language: str = "zh") -> list[Path]:
    """Write `outbox/slips/<as_of>/<department>.xlsx` for every department, also for one with nothing to mend;
    returns the files in order. ValueError when another night is published."""
    folder = home.outbox / "slips" / str(as_of)
    verdicts = judged(engine)
    with opened(home, as_of) as connection:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        written = []
        for department in departments():
            sheets = slip_sheets(slip(connection, home, verdicts, department, as_of), language)
            written.append(folder / f"{department}.xlsx")
            save(sheets, partial(_heading, department, as_of, language), written[-1])
    remove_others(folder, written)
    return written


def _heading(department: str, as_of: date, language: str, sheet: str) -> str:
    title = department_title(department, language)
    return TITLES["heading"].say(language, department=title, title=sheet, as_of=as_of)
