"""What is hostile in the XML of a workbook, told by counting tokens in its bytes.

A reader of workbooks lays a sheet out as a rectangle from A1 to its last row and column, makes room for as
many texts as the file says it has, and writes a shared text out in each cell that names it: a file of a
kilobyte can ask for all memory. Here rectangle and texts are bounded from above without parsing, since two
readers may take odd XML differently: what counts is the worst of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from warehouse.landing.gate.text import MOST_CELL_BYTES, MOST_COLUMNS

MOST_ROWS, LAST_COLUMN = 1 << 20, 1 << 14  # of a sheet in Excel
FREE_CELLS = 1_000_000  # a rectangle of so many cells is laid out whatever is in it
MOST_PER_CELL = 2  # cells of the rectangle for each one that the file has
FREE_TEXTS = 1_000_000
FREE_TEXT_BYTES = 64 << 20
MOST_TEXT_PER_BYTE = 10  # bytes of text written out for each byte of XML
MOST_DEPTH = 1000
MOST_MERGES = 100_000  # a city's households, each merged over its members, are tens of thousands
ENCODINGS = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
MOST_TAG_BYTES = 1 << 20
XML_NAMES = (".xml", ".rels")
_PLACE = re.compile(rb"[\s\"']r\s*=\s*[\"']\s*([A-Za-z]*)0*(\d{0,12})")
# the same twice: patterns that begin with fixed letters are found five times as fast
_USUAL_PLACE = re.compile(rb" r\s*=\s*[\"']\s*([A-Za-z]*)0*(\d{0,12})")
_UNUSUAL_PLACES = [re.compile(before + rb"r\s*=") for before in (rb"\t", rb"\n", rb"\r", rb"\"", rb"'")]
_UNPLACED = re.compile(rb"<c(?!\s+r\s*=\s*[\"'][A-Za-z])[\s/>]")
_PREFIXED = re.compile(rb":c[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_ITEM = re.compile(rb"<(?:\w+:)?si[\s/>]")
_PROMISED = re.compile(rb"[\s\"']uniqueCount\s*=\s*[\"']\s*(\d{1,20})")
_CLAIMED = re.compile(rb"<(?:\w+:)?dimension\s[^<]*?:\$?([A-Za-z]+)")  # the last column, as the sheet says
_SHARED = re.compile(rb"[\s\"']t\s*=\s*[\"']s[\"']")
_NUMBER = re.compile(rb"<(?:\w+:)?v[^<>]*>\s*(\d{1,12})")
_MERGE = re.compile(rb"[<:]mergeCell[\s/>]")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"'>]*)")
_TAG = re.compile(rb"<[^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*>")
Fault = tuple[str, str]


@dataclass
class Part:
    """One part of the archive, counted as its blocks come by."""

    name: str
    columns: int = 0
    rows: int = 0
    cells: int = 0
    shared: int = 0  # cells that name a shared text
    texts: int = 0
    promised: int = 0  # texts, as the file says
    longest: int = 0  # bytes of a text
    merges: int = 0  # ranges of merged cells
    bytes_read: int = 0
    faults: dict[Fault, None] = field(default_factory=dict)
    _row_tags: int = 0
    _in_row: int = 0  # cells without a place since the row began
    _widest: int = 0
    _since_item: int = 0
    _depth: int = 0
    _rest: bytes = b""
    _since_tag: int = 0

    def read(self, block: bytes) -> None:
        """Count the next block; what its end cuts through waits for the one after."""
        block = self._rest + block
        cut, self._rest = block.rfind(b"<"), b""
        if cut < 0:
            self._since_tag += len(block)
        elif len(block) - cut <= MOST_TAG_BYTES:
            self._rest, self._since_tag = block[cut:], 0
        elif _TAG.match(block, cut):
            self._since_tag = len(block) - cut
        else:
            self.faults["workbook_unreadable", "xml"] = None
        if self._since_tag > MOST_CELL_BYTES:
            self.faults["cell_too_large", ""] = None
        self._count(block[: len(block) - len(self._rest)])

    def end(self) -> None:
        """Count what was left."""
        self._count(self._rest)
        if self._widest:  # rows without a place stand below each other
            self.columns, self.rows = self.columns + self._widest, self.rows + self._row_tags

    @property
    def area(self) -> int:
        """Cells of the rectangle that the part is laid out as."""
        return self.rows * self.columns

    def _count(self, block: bytes) -> None:
        self.bytes_read += len(block)
        if "/media/" not in self.name and _DOCTYPE.search(block):
            self.faults["xml_entity", ""] = None
        if self.name.endswith(XML_NAMES) and (b"\0" in block or _is_encoded_oddly(block)):
            self.faults["workbook_unreadable", "xml"] = None
        self.merges += len(_MERGE.findall(block)) if b"mergeCell" in block else 0
        self._count_depth(block)
        self._count_cells(block)
        self._count_texts(block)

    def _count_depth(self, block: bytes) -> None:
        closing, empty, other = (sum(map(block.count, ends)) for ends in ((b"</",), (b"/>",), (b"<?", b"<!")))
        self._depth += block.count(b"<") - 2 * closing - empty - other
        if self._depth > MOST_DEPTH and self.name.endswith(XML_NAMES):
            self.faults["xml_too_deep", ""] = None

    def _count_cells(self, block: bytes) -> None:
        is_usual = not any(one.search(block) for one in _UNUSUAL_PLACES)
        places = (_USUAL_PLACE if is_usual else _PLACE).findall(block)
        self.columns = max(self.columns, *map(_column, {letters for letters, _ in places}), 0)
        self.rows = max(self.rows, *map(int, {digits or b"0" for _, digits in places}), 0)
        if b"<dimension" in block and (claimed := max(map(_column, _CLAIMED.findall(block)), default=0)):
            self.columns = claimed if claimed > LAST_COLUMN else self.columns
        self.shared += block.count(b'"s"') + block.count(b"'s'")
        self._row_tags += block.count(b"<row") + block.count(b":row")
        if self._in_row or _UNPLACED.search(block) or _PREFIXED.search(block):
            self._count_unplaced(block)
        else:
            self.cells += block.count(b"<c ")

    def _count_unplaced(self, block: bytes) -> None:
        """Cells without a place stand beside each other."""
        first, *others = (len(_CELL.findall(row)) for row in _ROW.split(block))
        self.cells += first + sum(others)
        self._widest = max(self._widest, self._in_row + first, *others)
        self._in_row = others[-1] if others else self._in_row + first

    def _count_texts(self, block: bytes) -> None:
        if b"uniqueCount" in block:
            self.promised = max(self.promised, *map(int, _PROMISED.findall(block)), 0)
        if not self.texts and b"<si" not in block and b":si" not in block:
            return
        first, *others = map(len, _ITEM.split(block))
        self.longest = max(self.longest, self._since_item + first, *others)
        self._since_item = others[-1] if others else self._since_item + first
        self.texts += len(others)


def _is_encoded_oddly(block: bytes) -> bool:
    """Whether the part says that it is in an encoding in which its tags would be other bytes than ours."""
    said = _ENCODING.match(block)
    return said is not None and said[1].lower() not in ENCODINGS


def spread_faults(parts: list[Part]) -> list[Fault]:
    """What all parts together would need more of than was sent; texts apart."""
    found: list[Fault] = []
    columns, rows = max(part.columns for part in parts), max(part.rows for part in parts)
    if columns > MOST_COLUMNS:
        found.append(("too_many_columns", str(columns)))
    elif rows > MOST_ROWS or sum(part.area for part in parts) > _allowed(parts):
        found.append(("sheet_too_large", f"{rows} × {columns}"))
    promised, texts = sum(part.promised for part in parts), sum(part.texts for part in parts)
    if promised > max(FREE_TEXTS, 2 * texts):
        found.append(("archive_bomb", f"{promised} texts"))
    if (merges := sum(part.merges for part in parts)) > MOST_MERGES:
        found.append(("too_many_merges", str(merges)))
    return found


def _allowed(parts: list[Part]) -> int:
    return FREE_CELLS + MOST_PER_CELL * sum(part.cells for part in parts)


def may_be_written_out(parts: list[Part]) -> bool:
    """Whether shared texts stay within bounds were each cell that names one to name the longest."""
    longest, cells = max(part.longest for part in parts), sum(part.shared for part in parts)
    return longest * cells <= text_allowance(parts)


def text_allowance(parts: list[Part]) -> int:
    """How many bytes of text all cells together may be."""
    return FREE_TEXT_BYTES + MOST_TEXT_PER_BYTE * sum(part.bytes_read for part in parts)


def text_lengths(content: bytes) -> list[int]:
    """Bytes of each shared text, in order."""
    return [len(item) for item in _ITEM.split(content)[1:]]


def texts_named(content: bytes) -> list[int]:
    """The number of the shared text in each cell that names one."""
    after = (_NUMBER.search(cell) for cell in _SHARED.split(content)[1:])
    return [int(found[1]) for found in after if found]


def _column(letters: bytes) -> int:
    """A = 1, Z = 26, AA = 27; more than four letters are past any limit."""
    number = 0
    for letter in letters.upper()[:5]:
        number = number * 26 + letter - ord("A") + 1
    return number
