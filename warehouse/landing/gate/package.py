"""Which entry of an archive is the workbook: its own relations say so, as they do to Excel, for programs other than
Excel call it as they like, keep it in another folder or write paths as Windows does."""

from __future__ import annotations

import posixpath
import re
import zipfile
from urllib.parse import unquote

from warehouse.landing.gate import archive as zipped

ROOT = "_rels/.rels"
USUAL = "xl/workbook.xml"
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<]*")
TARGET = re.compile(rb"\sTarget\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_OF_WORKBOOK = re.compile(rb"\sType\s*=\s*[\"'][^\"']*/officeDocument[\"']", re.IGNORECASE)


def entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The entries by their names with capitals made small, which no reader of workbooks tells apart."""
    return {entry.filename.casefold(): entry for entry in zipped.entries(archive)}


def workbook_part(archive: zipfile.ZipFile) -> str:
    """The name of the workbook, as `entries` has it; empty where there is none."""
    inside = entries(archive)
    root = next(zipped.unpacked(archive, inside[ROOT]), b"") if ROOT in inside else b""
    related = (TARGET.search(one) for one in RELATION.findall(root) if _OF_WORKBOOK.search(one))
    named = [place("", found[1].decode("utf-8", "replace")) for found in related if found]
    return next((name for name in (*named, USUAL) if name in inside), "")


def relations_of(part: str) -> str:
    """Where the relations of a part stand."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def place(part: str, target: str) -> str:
    """The name of what a relation of a part points to."""
    path = posixpath.join("/", posixpath.dirname(part), unquote(target).replace("\\", "/"))
    return posixpath.normpath(path).lstrip("/").casefold()
