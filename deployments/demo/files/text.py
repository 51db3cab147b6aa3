"""Writing a delimited file: columns of text become lines, lines become bytes of the file's encoding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from deployments.demo.files.forms import Form


def quoted(cell: str, delimiter: str) -> str:
    """A cell as it stands in a line: in quotes where it must be."""
    if any(mark in cell for mark in (delimiter, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def line(cells: Iterable[str], form: Form) -> str:
    """One line with its end."""
    return form.delimiter.join(quoted(cell, form.delimiter) for cell in cells) + form.line_end


def lines(columns: Sequence[pa.Array], form: Form) -> pa.Array:
    """One text per row, line end included. The cells need no quotes: clean facts hold no delimiter."""
    last = pc.binary_join_element_wise(pc.coalesce(columns[-1], pa.scalar("")), form.line_end, "")
    return pc.binary_join_element_wise(
        *columns[:-1], last, form.delimiter, null_handling="replace", null_replacement=""
    )


class TextFile:
    """A file being written, chunk by chunk."""

    def __init__(self, path: Path, form: Form, headers: Sequence[str]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._out: BinaryIO = path.open("wb")
        self._form = form
        self._codec = "gb18030" if form.encoding == "gb18030" else "utf-8"
        if form.encoding == "utf-8-sig":
            self._out.write(b"\xef\xbb\xbf")
        self._out.write(line(headers, form).encode(self._codec))

    def write(self, rows: pa.Array) -> None:
        """Lines, in order."""
        if len(rows) == 0:
            return
        body = pa.concat_arrays(rows.chunks) if isinstance(rows, pa.ChunkedArray) else rows
        first, last = _span(body)
        raw = body.buffers()[2].slice(first, last - first)
        self._out.write(raw if self._codec == "utf-8" else str(raw, "utf-8").encode("gb18030"))

    def close(self) -> None:
        """The file is whole."""
        self._out.close()


def _span(body: pa.Array) -> tuple[int, int]:
    """First and last byte of the values of an array of text."""
    width = 4 if pa.types.is_string(body.type) else 8
    offsets = memoryview(body.buffers()[1]).cast("i" if width == 4 else "q")
    return offsets[body.offset], offsets[body.offset + len(body)]
