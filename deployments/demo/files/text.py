"""Writing a delimited file: columns of text become lines, lines become bytes of the file's encoding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
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


def _lines(columns: Sequence[pa.Array], form: Form) -> pa.Array:
    """One text per row, line end included. The cells are quoted already where they must be."""
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

    def cell(self, text: str) -> str:
        """A cell that may need quotes, as it goes into a column."""
        return quoted(text, self._form.delimiter)

    def write(self, columns: Sequence[pa.Array], between: Sequence[Sequence[str]], order: np.ndarray) -> None:
        """The rows of the columns, then those between, taken in that order."""
        body = _lines(columns, self._form)
        if between:
            more = pa.array([line(cells, self._form) for cells in between], type=pa.string())
            body = pa.concat_arrays([body, more]).take(pa.array(order))
        if len(body) == 0:
            return
        first, last = _span(body)
        raw = body.buffers()[2].slice(first, last - first)
        self._out.write(raw if self._codec == "utf-8" else str(raw, "utf-8").encode("gb18030"))

    def close(self) -> None:
        """The file is whole."""
        self._out.close()


def _span(body: pa.Array) -> tuple[int, int]:
    """First and last byte of the values of an array of text."""
    offsets = memoryview(body.buffers()[1]).cast("i")
    return offsets[body.offset], offsets[body.offset + len(body)]
