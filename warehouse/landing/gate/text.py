"""What is hostile in a text file: NUL characters, cells without end, thousands of columns."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path

from warehouse.landing.gate.kinds import utf_16

BLOCK = 1 << 20
MOST_CELL_BYTES = 64 << 20
MOST_COLUMNS = 1000
HEADING_LINES = 100  # among which a header is looked for
DELIMITERS = ",\t;|，"
_LINE_END = re.compile(rb"[\r\n]")
_BEFORE_A_QUOTE = (b",", b";", b"\t", b"|", "，".encode()[-1:], "，".encode("gb18030")[-1:], b"\r", b"\n")


def text_faults(path: Path) -> list[tuple[str, str]]:
    """All that is wrong, by line; reads the file once, a block at a time."""
    lines, longest, quotes = 1, _Run(), _Quoted()
    faults: dict[tuple[str, str], None] = {}
    for nth, block in enumerate(_blocks(path)):
        if nth == 0 and (columns := _columns(block)) > MOST_COLUMNS:
            faults["too_many_columns", str(columns)] = None
        if (at := block.find(b"\0")) >= 0:
            faults["nul_in_text", str(lines + block.count(b"\n", 0, at))] = None
            break
        if longest.beyond(block) or quotes.beyond(block):
            faults["text_cell_too_large", str(lines)] = None
            break
        lines += block.count(b"\n")
    return list(faults)


def _blocks(path: Path) -> Iterator[bytes]:
    """The bytes, UTF-16 as UTF-8; what cannot be decoded is told by who reads the file for its rows."""
    with path.open("rb") as stream:
        block = stream.read(BLOCK)
        encoding = utf_16(block)
        decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding else None
        while block:
            yield decoder.decode(block).encode() if decoder else block
            block = stream.read(BLOCK)


def _columns(block: bytes) -> int:
    """The widest line of those that may be a header, quoted delimiters not counted."""
    widest = 0
    for line in _LINE_END.split(block, HEADING_LINES)[:HEADING_LINES]:
        for delimiter in DELIMITERS:
            if line.count(delimiter.encode()) >= MOST_COLUMNS:
                widest = max(widest, _width(line, delimiter))
    return widest


def _width(line: bytes, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line.decode("utf-8", "replace")], delimiter=delimiter)))
    except csv.Error:
        return line.count(delimiter.encode()) + 1


class _Run:
    """How far it is from one line end to the next."""

    def __init__(self) -> None:
        self.length = 0

    def beyond(self, block: bytes) -> bool:
        end = b"\n" if b"\n" in block else b"\r"
        first = block.find(end)
        longest = self.length + (len(block) if first < 0 else first)
        self.length = longest if first < 0 else len(block) - 1 - block.rfind(end)
        return longest > MOST_CELL_BYTES


class _Quoted:
    """How long a quoted cell has been open.

    A quote opens only at the start of a cell, and after an even number of others; doubled quotes inside are
    two, and change nothing, also where they lie across the end of a block.
    """

    def __init__(self) -> None:
        self.is_open, self.length, self.before, self.held = False, 0, b"\n", b""

    def beyond(self, block: bytes) -> bool:
        block = self.held + block
        without_run = block.rstrip(b'"')
        self.held = b'"' * ((len(block) - len(without_run)) % 2)
        single = without_run.replace(b'""', b"")
        doubled = (len(without_run) - len(single)) // 2
        if single.count(b'"') % 2:
            self.is_open = not self.is_open
        last = single.rfind(b'"')
        if last >= 0:
            opens = (self.before + single)[last : last + 1] in _BEFORE_A_QUOTE
            self.length = len(single) - last if self.is_open and opens else 0
        elif self.length:
            self.length += len(single) + doubled
        self.before = single[-1:] or self.before
        return self.length > MOST_CELL_BYTES
