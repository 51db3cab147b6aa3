"""Which encoding a text file is in, told strictly, and its bytes as UTF-8 for the reader."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.landing.characters import PRIVATE_BYTE, garbled_at, standard
from warehouse.landing.unreadable import Unreadable

BLOCK = 4 << 20
TAIL = 1 << 16  # of a file, in which its last line end is looked for
END_MARK = rb"\x1a[\x1a\r\n]*\Z"  # Ctrl-Z, which some programs write at the end
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", END_MARK),
    (codecs.BOM_UTF16_LE, "utf-16", rb"\x1a\0(?:[\x1a\r\n]\0)*\Z"),
    (codecs.BOM_UTF16_BE, "utf-16", rb"\0\x1a(?:\0[\x1a\r\n])*\Z"),
)
ENCODINGS = "UTF-8, UTF-16 with a byte order mark, GB18030"
SURELY_UTF8 = 3  # long characters before the first that is none: in GB18030 not even one is likely
SEAM = 64  # bytes of a block that are looked at again with the next
AROUND = 1 << 14  # bytes on either side of one that is no UTF-8
EMPTY_LINE = "\x02"  # what an empty line is written as, so that a reader that skips empty lines counts it

_EMPTY = re.compile("^\\n", flags=re.MULTILINE)
_GAP = re.compile(rb'[^,;\t|\r\n]" +"')
_EMPTY_BETWEEN = re.compile(rb"\n\r?\n\r?\n?[^\r\n]")
_LONG = re.compile(rb"[\xe0-\xf4]")  # begins a character of three or four bytes, as Chinese ones are
_SHORT = re.compile(rb"[\xc2-\xdf]")
_RARE_IN_GB18030 = re.compile(rb"[\xc2-\xdf][\x80-\xa0]")
_WORD_IN_GB18030 = re.compile(  # not one sign between Latin letters: José would be Jos茅
    rb"(?<![\x80-\xff])(?<![A-Za-z][a-z])(?:[\xc2-\xdf][\x80-\xbf])+(?![\x80-\xff])(?![a-z][a-z])"
)


class Undecodable(Unreadable):
    """The bytes are in no encoding that we read, or not all in one."""

    def __init__(self, code: str = "encoding_unknown", detail: str = ENCODINGS) -> None:
        super().__init__([(code, detail)])


@dataclass(frozen=True)
class Text:
    """A UTF-8 file without BOM, and what the reader has to know about it."""

    path: Path
    encoding: str
    lines: int  # those that end in a line feed or the file's end; empty ones at the end left out
    has_quotes: bool
    has_gaps: bool  # between two quotes, not only in a cell of blanks
    is_even: bool  # all lines end alike, and none between others is empty
    is_open: bool  # the last line has no end


@dataclass
class _Seen:
    """What the blocks of a file have shown so far."""

    feeds: int = 0
    returns: int = 0
    pairs: int = 0  # of return and feed
    has_quotes: bool = False
    has_gaps: bool = False
    has_empty: bool = False
    has_long: bool = False
    has_short: bool = False
    tail: bytes = b""

    def look(self, text: bytes) -> None:
        seam = self.tail + text
        self.feeds += text.count(b"\n")
        if b"\r" in seam:
            self.returns += text.count(b"\r")
            self.pairs += text.count(b"\r\n") + (self.tail.endswith(b"\r") and text.startswith(b"\n"))
        self.has_quotes = self.has_quotes or b'"' in text
        self.has_gaps = self.has_gaps or (b'" ' in seam and _GAP.search(seam) is not None)
        self.has_empty = self.has_empty or _has_empty_line(seam)
        self.has_long = self.has_long or _LONG.search(text) is not None
        self.has_short = self.has_short or (not self.has_long and _SHORT.search(text) is not None)
        self.tail = seam[-SEAM:]


def encodings_of(start: bytes) -> tuple[str, ...]:
    """In which encodings a file that begins so may be."""
    marked = [encoding for mark, encoding, _ in BYTE_ORDER_MARKS if start.startswith(mark)]
    return (marked[0],) if marked else ("utf-8", "gb18030")


def decoded(source: Path, target: Path) -> Text:
    """Write `source` to `target` as UTF-8; Undecodable when it is neither UTF-8, UTF-16 with BOM nor
    GB18030, could be two of them, or is one here and another there."""
    with source.open("rb") as stream:
        head = stream.read(4)
    for mark, encoding, end_mark in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return _copied(source, target, encoding, end_mark)
    try:
        return _copied(source, target, "utf-8")
    except _NotUtf8:
        return _copied(source, target, "gb18030")


class _NotUtf8(Exception):
    """The bytes are neither UTF-8 nor UTF-8 that was damaged."""


def _copied(source: Path, target: Path, encoding: str, end_mark: bytes = END_MARK) -> Text:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    is_as_it_stands = encoding == "utf-8" and not any(PRIVATE_BYTE in block for block in _blocks(source))
    seen = _Seen()
    with target.open("wb") as out:
        for block in _blocks(source, end_mark):
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                if encoding == "utf-8" and not (seen.has_long or _is_damaged_utf8(block, error.start)):
                    raise _NotUtf8 from None
                raise _not_in_one(seen.feeds + error.object.count(b"\n", 0, error.start) + 1) from None
            if (at := garbled_at(text)) is not None:
                raise _not_in_one(seen.feeds + text.count("\n", 0, at) + 1)
            written = block if is_as_it_stands else standard(text.encode())
            if b"\0" in written:
                raise Undecodable(detail="text without NUL characters")
            seen.look(written)
            out.write(written)
    if encoding == "utf-8" and seen.has_short and not seen.has_long and _may_be_gb18030(source):
        raise Undecodable  # a few letters that either encoding could mean
    return _summed_up(target, encoding, seen)


def _not_in_one(line: int) -> Undecodable:
    """Lines above were in the encoding, so what is wrong is this one."""
    return Undecodable("encoding_mixed", str(line)) if line > 1 else Undecodable()


def _blocks(path: Path, end_mark: bytes = END_MARK) -> Iterator[bytes]:
    """The file in blocks without a mark of its end, an empty one last."""
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(size - TAIL, 0))
        if mark := re.search(end_mark, stream.read()):
            size -= mark.end() - mark.start()
        stream.seek(0)
        while block := stream.read(min(BLOCK, size - stream.tell())):
            yield block
    yield b""


def _is_damaged_utf8(block: bytes, at: int) -> bool:
    """Whether bytes that are no UTF-8 at one place are nothing else before or around it: cut off, damaged or
    joined with others, they would read as wrong characters in GB18030."""
    if not block:
        return True  # the file ends within a character
    if len(_LONG.findall(block[:at])) >= SURELY_UTF8:
        return True
    text = block[max(at - AROUND, 0) : at + AROUND].decode("utf-8", "replace")
    return sum(char >= "\u0800" for char in text) > 2 * text.count("\ufffd")


def _may_be_gb18030(path: Path) -> bool:
    """Whether letters of two bytes each are Chinese as well: all of them common, and some stand as a word."""
    decoder = codecs.getincrementaldecoder("gb18030")("strict")
    has_word = False
    try:
        for block in _blocks(path):
            decoder.decode(block, final=not block)
            if _RARE_IN_GB18030.search(block):
                return False
            has_word = has_word or _WORD_IN_GB18030.search(block) is not None
    except UnicodeDecodeError:
        return False
    return has_word


def _has_empty_line(text: bytes) -> bool:
    """Whether an empty line is followed by another; those at the end of a file are no rows."""
    return (b"\n\n" in text or (b"\r" in text and b"\n\r\n" in text)) and _EMPTY_BETWEEN.search(
        text
    ) is not None


def _summed_up(path: Path, encoding: str, seen: _Seen) -> Text:
    """What was seen; where nothing is quoted, line ends are made one and empty lines marked."""
    is_even = not seen.has_empty and seen.returns == seen.pairs and seen.pairs in (0, seen.feeds)
    feeds = seen.feeds
    if not is_even and not seen.has_quotes:
        feeds, is_even = _make_even(path), True
    with path.open("rb") as stream:
        stream.seek(max(path.stat().st_size - TAIL, 0))
        tail = stream.read()
    is_open = not tail.endswith((b"\n", b"\r")) and bool(tail)
    spare = max(tail[len(tail.rstrip(b"\r\n")) :].count(b"\n") - 1, 0)
    return Text(path, encoding, feeds + is_open - spare, seen.has_quotes, seen.has_gaps, is_even, is_open)


def _make_even(path: Path) -> int:
    """Rewrite the file with line feeds alone and empty lines marked; returns how many line feeds it has."""
    beside, feeds, rest = path.with_suffix(".even"), 0, ""
    with (
        path.open(encoding="utf-8", newline=None) as stream,
        beside.open("w", encoding="utf-8", newline="\n") as out,
    ):
        while block := stream.read(BLOCK):
            whole, feed, rest = (rest + block).rpartition("\n")
            feeds += whole.count("\n") + len(feed)
            out.write(_EMPTY.sub(f"{EMPTY_LINE}\n", whole + feed))
        out.write(rest)
    os.replace(beside, path)
    return feeds
