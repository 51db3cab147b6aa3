"""Finds personal values wherever they may have leaked to, however they are written, and says where.

    Scanner(values).scan(folder, "stderr text", b"bytes", error)

A value is looked for as it stands and as a machine would write it: other encodings, escapes of JSON, URLs,
HTML
and mail, base64, hex, packed numbers; in names of files; inside archives, mails, SQLite and DuckDB files and
Parquet; in an exception's text, attributes, causes and the local variables of its frames. What is found is
named
by kind and place and never repeated, for a test's output is a log too.
"""

from __future__ import annotations

import base64
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.containers import DAMAGED, opened
from tests.faults.writings import decoded, needles

MOST_NESTED = 6  # a workbook in a mail in a database in an archive, and some to spare
UNKNOWN = "what cannot be looked into"  # a container that does not open: it might hold anything
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{40,}={0,2}")
_LINE_END = re.compile(rb"\r?\n")
TESTS = Path(__file__).parents[1]


@dataclass(frozen=True, order=True)
class Leak:
    """A value, named by its kind, that was found at a place, written in some way."""

    where: str
    kind: str
    written: str


@dataclass
class Scanner:
    """Looks for `values`: kind -> text."""

    values: Mapping[str, str] = field(repr=False)
    _needles: list[tuple[str, str, bytes]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._needles = [
            (kind, written, form) for kind, text in self.values.items() for written, form in needles(text)
        ]

    def scan(self, *things: Path | str | bytes | BaseException) -> list[Leak]:
        """Every leak in folders, files, texts, bytes and exceptions, in order of place."""
        return sorted(leak for thing in things for leak in self._thing(thing))

    def _thing(self, thing: Path | str | bytes | BaseException) -> Iterator[Leak]:
        if isinstance(thing, BaseException):
            yield from self._pieces(exception_texts(thing))
        elif isinstance(thing, Path):
            for path in sorted(files_of(thing)):
                where = path.relative_to(thing).as_posix() if path != thing else path.name
                yield from self.named(where, path.name)
                yield from self.found(where, path.read_bytes(), path)
        else:
            yield from self.found("text", written_out(thing))

    def named(self, where: str, name: str) -> set[Leak]:
        """Leaks in the name of a file; the place is shown without it."""
        place = f"{where.rpartition('/')[0]}/<name>"
        return {Leak(place, leak.kind, leak.written) for leak in self.found("", written_out(name))}

    def found(self, where: str, content: bytes, path: Path | None = None, depth: int = 0) -> set[Leak]:
        """Leaks in bytes and in what they hold; `path` where they are a file that a database can open."""
        leaks = {Leak(where, kind, written) for kind, written in self._seen(content).items()}
        if depth == MOST_NESTED:
            return leaks
        try:
            for part, inner in opened(content, path):
                leaks |= self.found(f"{where}!{part}", inner, depth=depth + 1)
        except DAMAGED as error:
            leaks.add(Leak(where, UNKNOWN, f"cannot be opened: {type(error).__name__}"))
        for run in _BASE64.findall(_LINE_END.sub(b"", content)):
            leaks |= self.found(f"{where}!base64", _from_base64(run), depth=depth + 1)
        return leaks

    def _seen(self, content: bytes) -> dict[str, str]:
        """The kinds of values that stand in the content, with the plainest way in which each is written."""
        found: dict[str, str] = {}
        for way, view in decoded(content):
            for kind, written, form in self._needles:
                if kind not in found and form in view:
                    found[kind] = f"{written} {way}".strip()
        return found

    def _pieces(self, pieces: Iterable[tuple[str, str]]) -> Iterator[Leak]:
        for where, text in pieces:
            yield from self.found(where, written_out(text))


def files_of(place: Path) -> Iterator[Path]:
    """The file itself, or every file below a folder."""
    if place.is_dir():
        yield from (path for path in place.rglob("*") if path.is_file() and not path.is_symlink())
    else:
        yield place


def written_out(text: str | bytes) -> bytes:
    """Text as bytes; a file name that is no UTF-8 comes with its own bytes."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")


def _from_base64(run: bytes) -> bytes:
    """What a run of base64 stands for, in either alphabet; nothing where it is none."""
    plain = run.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    if len(plain) % 4 == 1:
        plain = plain[:-1]
    return base64.b64decode(plain + b"=" * (-len(plain) % 4))


def exception_texts(error: BaseException) -> Iterator[tuple[str, str]]:
    """(place, text) of all that a log, a debugger or a pickle could show of an exception and of its chain."""
    for where, one in _chain(error):
        yield f"{where} text", f"{one} {one!r}"
        yield f"{where} args", repr(one.args)
        yield f"{where} attributes", repr(vars(one))
        yield f"{where} notes", repr(getattr(one, "__notes__", ()))
        yield f"{where} traceback", "".join(traceback.format_exception(one))
        if isinstance(one, UnicodeError):
            yield f"{where} object", repr(one.object)
        for frame, _ in traceback.walk_tb(one.__traceback__):
            if not Path(frame.f_code.co_filename).is_relative_to(TESTS):  # a test holds what it plants
                yield f"{where} locals of {frame.f_code.co_name}", repr(frame.f_locals)


def _chain(error: BaseException) -> Iterator[tuple[str, BaseException]]:
    """The exception and all that it came from, those that `from None` hides as well."""
    seen: set[int] = set()
    todo = [("exception", error)]
    while todo:
        where, one = todo.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield where, one
        before = {"cause": one.__cause__, "context": one.__context__, "orig": getattr(one, "orig", None)}
        inner = one.exceptions if isinstance(one, BaseExceptionGroup) else ()
        todo += [
            (f"{where}.{way}", other) for way, other in before.items() if isinstance(other, BaseException)
        ]
        todo += [(f"{where}.{place}", other) for place, other in enumerate(inner)]
