"""Lines of a file in short."""

from __future__ import annotations

from collections.abc import Sequence

MOST_RANGES = 20  # of lines that a note lists
OF_LINES = "@"  # between how many there are and which
IN_A_PART = 10_000_000  # line 17 of part 2 is line 20000017 of the delivery


def said(line: int) -> str:
    """A line as a clerk finds it: 17, of part 2 p2:17."""
    part, of_part = divmod(line, IN_A_PART)
    return f"p{part}:{of_part}" if part else str(line)


def cell_of(line: int) -> int | str:
    """The line in a cell of a table: a number where it is one."""
    return line if line < IN_A_PART else said(line)


def ranges(lines: Sequence[int], most: int | None = None) -> str:
    """2, 5-7; `most` ranges of them."""
    parts: list[list[int]] = []
    for line in sorted(lines):
        if parts and parts[-1][1] == line - 1:
            parts[-1][1] = line
        else:
            parts.append([line, line])
    listed = [said(first) if first == last else f"{said(first)}-{last % IN_A_PART}" for first, last in parts]
    return ", ".join(listed[:most] + ["…"] * (most is not None and len(listed) > most))


def counted(lines: Sequence[int], part: int = 0) -> str:
    """How many lines and which, as the detail of a note: 4@2, 5-7."""
    return f"{len(lines)}{OF_LINES}{ranges([part * IN_A_PART + line for line in lines], MOST_RANGES)}"
