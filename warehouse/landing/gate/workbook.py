"""What is hostile in an xlsx: macros, links to elsewhere, document types, and sheets that spread far."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from pathlib import Path

from warehouse.landing.gate import archive, sheets
from warehouse.landing.gate.archive import Damaged, Fault
from warehouse.landing.gate.kinds import grown
from warehouse.landing.gate.package import RELATION, TARGET, place, relations_of, workbook_part

XML = ".xml"
# by a part of theirs: other archives of offices, which have other bombs than we look for
OTHERS = {
    "xl/workbook.bin": "xlsb",
    "content.xml": "ods",
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
}
MOST_SHEETS = 300
# by the name of an entry: what it is
PARTS = (
    (re.compile(r"vbaproject|vbadata|/(macrosheets|dialogsheets|activex)/"), ("macros_found", "")),
    (re.compile(r"/externallinks/"), ("external_link", "workbook")),
    (re.compile(r"/(connections\.xml|querytables/|webextensions/|model/)"), ("external_link", "connection")),
    (re.compile(r"/embeddings/|oleobject"), ("external_link", "object")),
)
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^<]*")
_SHEET_ID = re.compile(rb":id\s*=\s*[\"']([^\"']*)")
_MACROS = re.compile(rb"macroEnabled|macrosheet|<Override[^<>]*vbaProject", re.IGNORECASE)


def workbook_faults(path: Path) -> list[Fault]:
    """All that is wrong; the directory first, and what is a bomb by it is not unpacked."""
    try:
        with archive.opened(path) as opened:
            return (
                archive.directory_faults(opened, path.stat().st_size)
                or _part_faults([entry.filename for entry in archive.entries(opened)], workbook_part(opened))
                or _content_faults(opened, workbook_part(opened))
            )
    except Damaged as error:
        return [error.fault]


def _part_faults(names: list[str], workbook: str) -> list[Fault]:
    folded = [name.casefold() for name in names]
    faults = {fault: None for name in folded for pattern, fault in PARTS if pattern.search("/" + name)}
    if not workbook.endswith(XML) or any(name in folded for name in OTHERS):
        faults["format_differs", _kind(folded)] = None
    return list(faults)


def _kind(names: list[str]) -> str:
    """What an archive is that is no workbook."""
    return next((kind for part, kind in OTHERS.items() if part in names), "archive")


def _content_faults(opened: zipfile.ZipFile, workbook: str) -> list[Fault]:
    """One pass over every entry, for any may be named as a sheet."""
    faults: dict[Fault, None] = {}
    parts = []
    for entry in archive.entries(opened):
        part, head = sheets.Part(entry.filename.casefold()), b""
        parts.append(part)
        for block in archive.unpacked(opened, entry):
            head = head or block
            part.read(block)
            if part.faults:
                break
        part.end()
        nested = [("archive_nested", "")] if archive.is_archive(head) else []
        faults |= dict.fromkeys([*part.faults, *nested, *_relation_faults(part.name, head, workbook)])
        if faults or (faults := dict.fromkeys(sheets.spread_faults(parts))):
            return list(faults)
    return [] if sheets.may_be_written_out(parts) else _text_faults(opened, parts)


def _text_faults(opened: zipfile.ZipFile, parts: list[sheets.Part]) -> list[Fault]:
    """A second pass, where a long text is shared: how long all cells would be."""
    named, lengths = Counter[int](), list[int]()
    for entry, part in zip(archive.entries(opened), parts, strict=True):
        if part.texts:
            lengths = sheets.text_lengths(b"".join(archive.unpacked(opened, entry)))
        if part.shared:
            named.update(sheets.texts_named(b"".join(archive.unpacked(opened, entry))))
    total = sum(lengths[number] * count for number, count in named.items() if number < len(lengths))
    packed = sum(entry.compress_size for entry in opened.infolist())
    return [("archive_bomb", grown(packed, total))] if total > sheets.text_allowance(parts) else []


def _relation_faults(name: str, content: bytes, workbook: str) -> list[Fault]:
    """What a part says of other parts: links out of the file, and one sheet listed many times."""
    faults: list[Fault] = []
    if name.endswith(".rels"):
        relations = RELATION.findall(content)
        if any(_EXTERNAL.search(one) and not _HYPERLINK.search(one) for one in relations):
            faults.append(("external_link", "workbook"))
        targets = [found[1].decode("latin-1") for one in relations if (found := TARGET.search(one))]
        if name == relations_of(workbook) and len({place(workbook, one) for one in targets}) < len(targets):
            faults.append(("archive_bomb", "sheets × n"))
    elif name == workbook:
        ids = [found[1] for one in _SHEET.findall(content) if (found := _SHEET_ID.search(one))]
        if len(ids) > MOST_SHEETS or len(set(ids)) < len(ids):
            faults.append(("archive_bomb", f"{len(ids)} sheets"))
    elif name == "[content_types].xml" and _MACROS.search(content):
        faults.append(("macros_found", ""))
    return faults
