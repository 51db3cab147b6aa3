"""The parts of an .xlsx file as the file itself names them, whichever program wrote it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import IO
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from warehouse.landing.gate import package
from warehouse.landing.gate.archive import evened

USUAL = ("xl/workbook.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels")
FIXED = {"styles": "xl/styles.xml", "sharedStrings": "xl/sharedstrings.xml"}  # calamine looks nowhere else
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OF_WORKBOOK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
ODD = ("..", "\\", "%")  # in the path of a part, which calamine does not resolve


@dataclass(frozen=True)
class Parts:
    """An open archive and what its workbook says: sheets by name, other parts by kind, such as `styles`."""

    archive: zipfile.ZipFile
    workbook: str
    related: Mapping[str, tuple[str, str, str]]  # id -> (type, target as it is written, part)
    sheets: Mapping[str, str]  # name -> part
    is_1904: bool

    def named(self, kind: str) -> str | None:
        """The part of a kind that the workbook has once."""
        found = (part for of, _, part in self.related.values() if of.rsplit("/", 1)[-1] == kind)
        return next((part for part in found if part in self.entries), None)

    @cached_property
    def entries(self) -> dict[str, zipfile.ZipInfo]:
        """As the archive has them, by names with small letters."""
        return package.entries(self.archive)

    def open(self, part: str) -> IO[bytes]:
        """A part, unpacked as it is read; KeyError where it is not there."""
        return self.archive.open(self.entries[part])

    def read(self, part: str) -> bytes:
        """A part whole."""
        with self.open(part) as stream:
            return stream.read()

    @property
    def is_usual(self) -> bool:
        """Whether calamine finds the parts where they are."""
        names = {entry.orig_filename for entry in self.archive.infolist()}
        return (
            names.issuperset(USUAL)
            and self.workbook == USUAL[0]
            and not any(mark in target for _, target, _ in self.related.values() for mark in ODD)
            and all(
                self.named(kind) == (part if part in self.entries else None) for kind, part in FIXED.items()
            )
        )

    def as_usual(self) -> bytes:
        """The same workbook with its parts where Excel would have put them."""
        out = io.BytesIO()
        inside = {name: one for name, one in self.related.items() if one[2] in self.entries}
        own = {self.named(kind): part for kind, part in FIXED.items()}
        places = {part: own.get(part, f"xl/{nth}.xml") for nth, (_, _, part) in enumerate(inside.values())}
        links = [(name, kind, f"/{places[part]}") for name, (kind, _, part) in inside.items()]
        with zipfile.ZipFile(out, "w") as copy:
            for name, listed in zip(USUAL[1:], ([("rId1", OF_WORKBOOK, USUAL[0])], links), strict=True):
                copy.writestr(name, _listed(listed))
            copy.writestr(USUAL[0], self.read(self.workbook))
            for part, place in places.items():
                copy.writestr(place, self.read(part))
        return out.getvalue()


def usual(content: bytes) -> bytes:
    """A workbook as calamine finds its parts; one of the old format as it is."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    parts = parts_of(content)
    with parts.archive:
        return content if parts.is_usual else parts.as_usual()


def _listed(links: Iterable[tuple[str, str, str]]) -> str:
    """Relations as (id, type, target)."""
    listed = (
        f"<Relationship Id={quoteattr(name)} Type={quoteattr(kind)} Target={quoteattr(target)}/>"
        for name, kind, target in links
    )
    return f'<Relationships xmlns="{RELATIONS}">{"".join(listed)}</Relationships>'


def parts_of(content: bytes) -> Parts:
    """The parts; KeyError where one is missing, BadZipFile or ParseError where it is no workbook."""
    archive = evened(zipfile.ZipFile(io.BytesIO(content)))
    if min(one.header_offset for one in archive.infolist()):
        raise zipfile.BadZipFile("something stands before the archive, such as another part")
    entries, workbook = package.entries(archive), package.workbook_part(archive)
    links = ElementTree.fromstring(archive.read(entries[package.relations_of(workbook)]))
    related = {
        one.get("Id", ""): (
            one.get("Type", ""),
            one.get("Target", ""),
            package.place(workbook, one.get("Target", "")),
        )
        for one in links.iter()
        if one.get("Id") and one.get("TargetMode") != "External"
    }
    book = ElementTree.fromstring(archive.read(entries[workbook]))
    sheets = {}
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        link = next(value for key, value in sheet.items() if key.endswith("}id"))
        sheets[sheet.get("name", "")] = related[link][2]
    properties = book.find("{*}workbookPr")
    is_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true", "on")
    return Parts(archive, workbook, related, sheets, is_1904)
