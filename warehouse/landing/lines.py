"""Lines of a file in short."""

from __future__ import annotations

from collections.abc import Sequence

MOST_RANGES = 20  # of lines that a note lists
OF_LINES = "@"  # between how many there are and which


def ranges(lines: Sequence[int], most: int | None = None) -> str:
    """2, 5-7; `most` ranges of them."""
    parts: list[list[int]] = []
    for line in sorted(lines):
        if parts and parts[-1][1] == line - 1:
            parts[-1][1] = line
        else:
            parts.append([line, line])
    listed = [str(first) if first == last else f"{first}-{last}" for first, last in parts]
    return ", ".join(listed[:most] + ["…"] * (most is not None and len(listed) > most))


def counted(lines: Sequence[int]) -> str:
    """How many lines and which, as the detail of a note: 4@2, 5-7."""
    return f"{len(lines)}{OF_LINES}{ranges(lines, MOST_RANGES)}"
