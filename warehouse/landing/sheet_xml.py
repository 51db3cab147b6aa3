"""What a sheet's own XML says and calamine does not: error cells, formulas that were never calculated, and cells of
which the style tells something. Most sheets have none, which a search for their signs tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from expectations.types.numbers import NO_VALUE
from warehouse.landing.styles import FALSE, STRIKE, Styles

CHUNK = 1 << 20
USUAL = 4096  # bytes that show how a program writes XML
SIGNS = (b"<f", b't="e"')  # of a formula, of an error cell
_REFERENCE = re.compile("([A-Z]+)([0-9]+)")


@dataclass
class Looked:
    """By row and column, from 0."""

    silent: dict[int, dict[int, str]] = field(default_factory=dict)  # what calamine leaves empty
    codes: dict[int, Mapping[int, str]] = field(
        default_factory=dict
    )  # the formats of cells that show something else
    struck: set[int] = field(default_factory=set)  # rows of which a filled cell is struck out


def has_signs(stream: IO[bytes], styles: Styles) -> bool:
    """Whether the sheet has to be looked at closely."""
    chunk, tail = stream.read(CHUNK), b""
    first = chunk[:USUAL]
    if b"<worksheet" not in first or b"='" in first[first.find(b"?>") + 1 :]:
        return True  # another way of writing XML
    signs = (*SIGNS, STRIKE, *(b' s="%d"' % style for style in styles.marked))
    if styles.texts:
        return True
    while chunk:
        seam = tail + chunk
        cells, end, _ = seam.partition(b"</sheetData")
        if any(sign in cells for sign in signs):
            return True
        if end:
            return False
        tail, chunk = seam[-16:], stream.read(CHUNK)
    return False


def looked(stream: IO[bytes], styles: Styles) -> Looked:
    """One pass over the sheet's XML."""
    look = _Look(styles)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = look.start, look.end
    parser.CharacterDataHandler, parser.EntityDeclHandler = look.text, look.refuse
    parser.buffer_text = True
    parser.ParseFile(stream)
    return look.found


class _Look:
    """What the parser calls."""

    def __init__(self, styles: Styles) -> None:
        self.styles, self.found = styles, Looked()
        self.row, self.column = -1, -1
        self.row_style: int | None = None
        self.kind, self.style = "", -1
        self.has_formula = self.is_struck = self.has_text = False
        self.value: list[str] | None = None  # in the pieces in which the parser gives it
        self.codes: dict[int, str] = {}  # of the row
        self.same: dict[tuple[tuple[int, str], ...], Mapping[int, str]] = {}  # rows of one pattern share it

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "v":
            self.value = []
        elif tag == "c":
            self.column = column(attributes["r"]) if "r" in attributes else self.column + 1
            self.kind, self.style = attributes.get("t", ""), int(attributes.get("s", -1))
            self.has_formula, self.value, self.has_text, self.is_struck = False, None, False, False
        elif tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 2)) - 1, -1
            self.row_style = int(attributes.get("s", -1))
        elif tag == "f":
            self.has_formula = True
        elif tag == "is":
            self.has_text = True
        elif tag == "strike":
            self.is_struck = attributes.get("val", "1") not in FALSE

    def text(self, characters: str) -> None:
        if self.value is not None:
            self.value.append(characters)

    def end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._cell()
        elif tag == "row" and self.codes:
            self.found.codes[self.row] = self.same.setdefault(tuple(self.codes.items()), self.codes)
            self.codes = {}

    def _cell(self) -> None:
        said = None if self.value is None else "".join(self.value)
        if self.kind == "e":
            self.found.silent.setdefault(self.row, {})[self.column] = said or NO_VALUE
        elif self.has_formula and (said is None or (said == "" and self.kind != "str")):
            self.found.silent.setdefault(self.row, {})[self.column] = NO_VALUE
        elif said or self.has_text:
            if self.style in self.styles.codes:
                self.codes[self.column] = self.styles.codes[self.style]
            style = self.row_style if self.style < 0 else self.style
            is_shared = self.kind == "s" and bool(self.styles.texts) and said is not None
            if (
                self.is_struck
                or style in self.styles.struck
                or (is_shared and int(said or -1) in self.styles.texts)
            ):
                self.found.struck.add(self.row)
        self.value = None

    def refuse(self, *_: object) -> None:
        """Entities are declared in no sheet."""
        raise expat.ExpatError("an entity is declared")


def column(reference: str) -> int:
    """The place of a cell by its reference: A1 is 0."""
    found = _REFERENCE.fullmatch(reference)
    number = 0
    for letter in found[1] if found else "A":
        number = number * 26 + ord(letter) - 64
    return number - 1
