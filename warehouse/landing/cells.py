"""What the cells of a workbook say, as text."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

SIGNIFICANT_DIGITS = 15  # of an Excel number; a longer whole number has lost its end


def cell_text(cell: object) -> str | None:
    """What a workbook's cell says, as text; a whole number of more than 15 digits keeps its E+, for it has
    lost its end."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _number_text(cell: int | float) -> str:
    if abs(cell) >= 10**SIGNIFICANT_DIGITS:
        return f"{cell:.{SIGNIFICANT_DIGITS - 1}E}"
    if cell == int(cell):
        return str(int(cell))
    return f"{Decimal(f'{cell:.{SIGNIFICANT_DIGITS}g}'):f}"
