"""The ways in which a value may be written: what to look for, and what to look into."""

from __future__ import annotations

import base64
import re
import struct
import unicodedata
from collections.abc import Callable, Iterator

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
LEAST_BASE64 = 6  # characters that are a value's own, whatever stands around it
BEGINNING = 8192  # bytes in which binary content has shown itself
LEAST_DIGITS = 15  # of a number that may be packed into eight bytes


def identity_forms(number: str) -> dict[str, str]:
    """An identity number as it is found: whole, without check digit, of the old length, damaged by Excel."""
    return {
        "number of 18": number,
        "number of 17": number[:17],
        "number of 15": number[:6] + number[8:17],
        "number in E notation": f"{number[0]}.{number[1:15]}",
    }


def needles(text: str) -> Iterator[tuple[str, bytes]]:
    """(way of writing, bytes) of a value, each once."""
    forms: dict[bytes, str] = {}
    for encoding in ENCODINGS:
        written = text.encode(encoding)
        forms.setdefault(written, encoding)
        forms.setdefault(written.hex().encode(), f"hex of {encoding}")
        forms.setdefault(written.hex().upper().encode(), f"hex of {encoding}")
        for run in base64_runs(written):
            forms.setdefault(run, f"base64 of {encoding}")
            forms.setdefault(run.translate(bytes.maketrans(b"+/", b"-_")), f"base64 of {encoding}")
    if text.isdigit() and len(text) >= LEAST_DIGITS:
        forms.setdefault(struct.pack("<q", int(text)), "packed number")
        forms.setdefault(struct.pack(">q", int(text)), "packed number")
    return ((way, form) for form, way in forms.items())


def base64_runs(written: bytes) -> Iterator[bytes]:
    """The base64 of bytes inside a longer text, in each of the three places where they may begin.

    The characters at both ends also hold bits of the neighbours and are left out.
    """
    for before in range(3):
        run = base64.b64encode(bytes(before) + written)
        first = -(-before * 8 // 6)
        last = (before + len(written)) * 8 // 6
        if last - first >= LEAST_BASE64:
            yield run[first:last]


def decoded(content: bytes) -> Iterator[tuple[str, bytes]]:
    """(what was undone, bytes): the content itself, and without each kind of escape, one inside another too.

    Of binary content, which has no escapes, only itself: its texts come again as parts of the container.
    """
    if b"\0" in content[:BEGINNING]:
        yield "", content
        return
    todo, seen = [("", content)], {content}
    while todo:
        ways, one = todo.pop()
        yield ways, one
        if ways.count("without") >= 2:
            continue
        for way, undo in UNDONE.items():
            other = undo(one)
            if other not in seen:
                seen.add(other)
                todo.append((f"{ways} without {way}".strip(), other))


def _of_code(code: int) -> bytes:
    return chr(code).encode("utf-8", "surrogatepass") if code < 0x110000 else b""


def _entities(content: bytes) -> bytes:
    if b"&#" not in content:
        return content
    content = re.sub(rb"&#(\d{1,7});", lambda found: _of_code(int(found[1])), content)
    return re.sub(rb"&#[xX]([0-9A-Fa-f]{1,6});", lambda found: _of_code(int(found[1], 16)), content)


def _escapes(content: bytes) -> bytes:
    r"""\u5f20 of JSON, \x e5 of a repr, %u5f20, and surrogates in pairs."""
    if b"\\" not in content and b"%u" not in content:
        return content
    content = re.sub(rb"\\+U([0-9A-Fa-f]{8})", lambda found: _of_code(int(found[1], 16)), content)
    content = re.sub(rb"(?:\\+|%)u([0-9A-Fa-f]{4})", lambda found: _of_code(int(found[1], 16)), content)
    content = re.sub(rb"\\+x([0-9A-Fa-f]{2})", lambda found: bytes.fromhex(found[1].decode()), content)
    content = re.sub(rb"\\([0-3][0-7]{2})", lambda found: bytes([int(found[1], 8)]), content)
    pair = rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]"
    return re.sub(pair, _paired, content)


def _paired(found: re.Match[bytes]) -> bytes:
    halves = found[0].decode("utf-8", "surrogatepass")
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode()


def _hex_after(mark: bytes) -> Callable[[bytes], bytes]:
    pattern = re.compile(re.escape(mark) + rb"([0-9A-Fa-f]{2})")

    def undo(content: bytes) -> bytes:
        if mark not in content:
            return content
        joined = re.sub(re.escape(mark) + rb"\r?\n", b"", content) if mark == b"=" else content
        return pattern.sub(lambda found: bytes.fromhex(found[1].decode()), joined)

    return undo


def _blanks(content: bytes) -> bytes:
    return content.translate(None, b" \t\r\n")


def _wide_forms(content: bytes) -> bytes:
    """Full-width digits and letters as plain ones; nothing where there are none (U+FF10 to U+FF5A)."""
    if b"\xef\xbc" not in content and b"\xef\xbd" not in content:
        return content
    return unicodedata.normalize("NFKC", content.decode("utf-8", "replace")).encode()


UNDONE: dict[str, Callable[[bytes], bytes]] = {
    "blanks": _blanks,
    "escapes": _escapes,
    "entities": _entities,
    "percent signs": _hex_after(b"%"),
    "quoted-printable": _hex_after(b"="),
    "full width": _wide_forms,
}
