"""The error that refuses a file as a whole."""

from __future__ import annotations

from collections.abc import Sequence


class Unreadable(ValueError):
    """The file is refused as a whole; `reasons` are (code, detail) pairs, without any value of a row."""

    def __init__(self, reasons: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{code}: {detail}" for code, detail in reasons))
        self.reasons = tuple(reasons)
