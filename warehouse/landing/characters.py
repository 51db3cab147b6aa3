"""Characters that came otherwise than they were written: in an older mapping of GB18030, or garbled on the way."""

from __future__ import annotations

import re

# What GB18030 wrote before Unicode had the character, in Unicode's private use area: by GB18030-2005 and -2022 and
# their 4-byte forms, so that one name is one text whoever saved it. Python's codec knows the mapping of 2000.
_PRIVATE = {
    0xE78D: "︐︒︑︓︔︕︖︗︘︙", 0xE7C7: "ḿ", 0xE816: "𠂇𠂉𠃌", 0xE81E: "龴", 0xE826: "龵",
    0xE82B: "龶龷", 0xE831: "𡗗龸", 0xE83B: "𢦏", 0xE843: "龹", 0xE854: "龺𤇾", 0xE864: "龻",
}  # fmt: skip
_STANDARD = {start + nth: char for start, chars in _PRIVATE.items() for nth, char in enumerate(chars)}
PRIVATE_BYTE = b"\xee"  # with which U+E000 to U+EFFF begin in UTF-8, and nothing else has it
_FIRST, _NEXT = range(0xE4, 0xEA), range(0x80, 0xC0)  # bytes of a Chinese character in UTF-8
_BEFORE_A_CELL = ',;\t|，"\r\n '


def standard(text: bytes) -> bytes:
    """UTF-8 with the standard's characters for those of GB18030's private use."""
    if PRIVATE_BYTE not in text:
        return text
    return text.decode().translate(_STANDARD).encode()


def garbled_at(text: str) -> int | None:
    """Where the first cell begins that was UTF-8 and has been read as GB18030: 王一 is 鐜嬩竴 then."""
    for found in _GARBLED.finditer(text):
        if found.start() == 0 or text[found.start() - 1] in _BEFORE_A_CELL:
            return found.start()
    return None


def _pairs(first: range, second: range) -> str:
    """The characters that GB18030 writes with these two bytes."""
    pairs = (bytes([one, other]).decode("gb18030", "ignore") for one in first for other in second)
    return "".join(sorted({pair for pair in pairs if len(pair) == 1}))


# two characters of three bytes are three of two; hardly anybody's name begins so
_GARBLED = re.compile(f"[{_pairs(_FIRST, _NEXT)}][{_pairs(_NEXT, _FIRST)}][{_pairs(_NEXT, _NEXT)}]")
