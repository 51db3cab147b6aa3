"""Which encoding a text file is in, told strictly, and its bytes as UTF-8 for the reader."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

BLOCK = 4 << 20
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_BLANK_LINE = re.compile(rb"\n\r?\n\r?\n?[^\r\n]")


class Undecodable(ValueError):
    """The bytes are in no encoding that we read; str() names those."""


@dataclass(frozen=True)
class Text:
    """A UTF-8 file without BOM, and what the reader has to know about it."""

    path: Path
    encoding: str
    lines: int  # line ends, the missing last one counted
    has_quotes: bool
    has_blank_lines: bool


def decoded(source: Path, target: Path) -> Text:
    """Write `source` to `target` as UTF-8; Undecodable when it is neither UTF-8, UTF-16 with BOM nor
    GB18030."""
    with source.open("rb") as stream:
        head = stream.read(4)
    marked = next((encoding for mark, encoding in BYTE_ORDER_MARKS if head.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            return _copied(source, target, encoding)
        except UnicodeDecodeError:
            continue
    raise Undecodable("UTF-8, UTF-16 with a byte order mark, GB18030")


def _has_blank_line(text: bytes) -> bool:
    """Whether an empty line is followed by another; those at the end of a file are no rows."""
    return (b"\n\n" in text or b"\n\r\n" in text) and _BLANK_LINE.search(text) is not None


def _copied(source: Path, target: Path, encoding: str) -> Text:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    lines, has_quotes, has_blanks, tail = 0, False, False, b""
    with source.open("rb") as stream, target.open("wb") as out:
        while True:
            block = stream.read(BLOCK)
            text = decoder.decode(block, final=not block).encode()
            if text:
                if b"\0" in text:
                    raise Undecodable("text without NUL characters")
                out.write(text)
                lines += text.count(b"\n")
                has_quotes = has_quotes or b'"' in text
                seam = tail + text
                has_blanks = has_blanks or _has_blank_line(seam)
                tail = seam[-4:]
            if not block:
                break
    lines += bool(tail) and not tail.endswith(b"\n")
    return Text(target, encoding, lines, has_quotes, has_blanks)
