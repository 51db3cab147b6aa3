"""Which styles of a workbook tell more than calamine does: formats that show another number or word than is stored, and
fonts that strike out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from warehouse.landing.formats import is_telling
from warehouse.landing.parts import Parts
from warehouse.landing.unreadable import Unreadable

FALSE = ("0", "false", "off")
MOST_BYTES = 32 << 20  # of styles: the 65,490 that Excel can keep take 13 MB
STRIKE = b"strike"  # how the name of the tag ends, in any writing


@dataclass(frozen=True)
class Styles:
    """By the numbers under which cells name them."""

    codes: dict[int, str] = field(default_factory=dict)  # of cells: the format's code
    struck: frozenset[int] = frozenset()  # of cells
    texts: frozenset[int] = frozenset()  # shared ones, of which a part is struck out

    @property
    def marked(self) -> frozenset[int]:
        """The styles of cells that have to be looked for."""
        return self.struck | self.codes.keys()


def styles_of(parts: Parts) -> Styles:
    """Read from the parts of an .xlsx; most have none."""
    shared = parts.named("sharedStrings")
    texts = (
        frozenset(_struck_texts(parts, shared)) if shared and _has_strike(parts, shared) else frozenset[int]()
    )
    if not (part := parts.named("styles")):
        return Styles(texts=texts)
    if parts.entries[part].file_size > MOST_BYTES:
        raise Unreadable([("workbook_unreadable", "styles")])
    book = ElementTree.fromstring(parts.read(part))
    own = {
        one.get("numFmtId", ""): one.get("formatCode", "") for one in book.iterfind("{*}numFmts/{*}numFmt")
    }
    fonts = [is_struck(font) for font in book.iterfind("{*}fonts/{*}font")]
    codes, struck = dict[int, str](), set[int]()
    for nth, style in enumerate(book.iterfind("{*}cellXfs/{*}xf")):
        code, font = own.get(style.get("numFmtId", ""), ""), style.get("fontId", "0")
        if is_telling(code):
            codes[nth] = code
        if font.isdecimal() and int(font) < len(fonts) and fonts[int(font)]:
            struck.add(nth)
    return Styles(codes, frozenset(struck), texts)


def _has_strike(parts: Parts, part: str) -> bool:
    with parts.open(part) as stream:
        tail = b""
        while block := stream.read(MOST_BYTES):
            if STRIKE in tail + block:
                return True
            tail = block[-len(STRIKE) :]
    return False


def _struck_texts(parts: Parts, part: str) -> Iterator[int]:
    """The numbers of the texts of which a part is struck out; one text at a time is in memory."""
    with parts.open(part) as stream:
        events = ElementTree.iterparse(stream, ("start", "end"))
        _, whole = next(events)
        nth = 0
        for event, one in events:
            if event == "end" and one.tag.rpartition("}")[2] == "si":
                if is_struck(one):
                    yield nth
                nth += 1
                whole.clear()


def is_struck(element: ElementTree.Element) -> bool:
    """Whether a font, or a run of a text, is struck out."""
    return any(one.get("val", "1") not in FALSE for one in element.iterfind(".//{*}strike"))
