"""Find what the departments have dropped, and keep its bytes by their hash. The inbox is only ever read."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from expectations.feeds import departments
from warehouse.landing.gate.entries import Changing, Closed, Entry, blocks, entry_at, folder_entries, opened
from warehouse.landing.names import BadName, Name, as_text, name_of, shown

LEFT_ALONE_PREFIXES = (".", "~$")
LEFT_ALONE_SUFFIXES = (".part", ".tmp", ".ok")
NOT_TAKEN = ("not_a_file", "not_a_folder", "file_too_large", "file_unreadable")  # no byte of it was kept
TWICE = "part_twice"
A_DAY = 86_400  # seconds
BLOCK = 1 << 20
NOTHING = hashlib.sha256().hexdigest()  # of no bytes
_PART = re.compile(r"_p[0-9]+(of[0-9]+)\.\w+$")
Refusals = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Arrival:
    """One file, or all parts of one, that is new in the inbox. `refusals` are (code, detail) pairs.

    A file without a name of ours is known by what may be shown of its own, and looked at again every time; so
    is one that may not be read, for that can change without a trace.
    """

    department: str
    paths: tuple[str, ...]  # relative to the inbox, parts in order
    sha256: str
    size: int
    name: Name | None
    seen: tuple[tuple[str, int, int], ...]  # (path, size, mtime in ns)
    refusals: Refusals = field(default=())
    parts: tuple[tuple[str, int], ...] = ()  # extension and bytes of each, where there is more than one

    @property
    def delivery_id(self) -> str:
        """hash(feed, period, n, content); of an unnameable file hash(path, content); where nothing was taken
        the reason stands for the content."""
        parts = (self.name.feed.name, self.name.period.text, str(self.name.n)) if self.name else self.paths
        instead = [code for code, _ in self.refusals if code in NOT_TAKEN]
        named = (*parts, self.department_of_name, self.sha256, *instead)
        return hashlib.sha256("\x1f".join(named).encode()).hexdigest()[:16]

    @property
    def department_of_name(self) -> str:
        """Empty for a feed in its own folder: the same file elsewhere is another, refused, delivery."""
        at_home = self.name is not None and self.name.feed.department == self.department
        return "" if at_home else self.department


def candidates(
    inbox: Path, known: Mapping[str, tuple[int, int]], settle_seconds: float, now: float
) -> Iterator[Entry]:
    """Entries of the departments' folders that are new or changed, or parts of such a file, and have stood still, in
    order of path.

    A department's folder that is none, or may not be listed, comes as an entry itself. `known` gives size and
    mtime (ns) of paths seen before; `now` is compared with the files' own times.
    """
    for department in departments():
        folder = entry_at(inbox / department, is_department=True)
        if folder is None:
            continue
        try:
            listed = folder_entries(folder.path) if folder.kind == "folder" else [folder]
        except OSError:
            listed = [folder]
        named = [(as_text(entry.path.name), entry) for entry in listed]
        taken = [(name, one) for name, one in named if not name.startswith(LEFT_ALONE_PREFIXES)]
        taken = [(name, one) for name, one in taken if not name.endswith(LEFT_ALONE_SUFFIXES)]
        new = {_whole(name) for name, one in taken if known.get(f"{department}/{name}") != one.seen}
        for name, entry in taken:
            if _whole(name) in new and _stands_still(entry, settle_seconds, now):
                yield entry


def _whole(name: str) -> str:
    """What the parts of a file are called alike: one that has changed brings the others along."""
    return _PART.sub(r"_\1", name)


def _stands_still(entry: Entry, settle_seconds: float, now: float) -> bool:
    """Unchanged for the set time, or marked as whole. A time of days to come says nothing, and is passed over."""
    age = now - entry.state.st_mtime
    if settle_seconds <= 0 or entry.is_department or not -A_DAY <= age < settle_seconds:
        return True
    return os.path.lexists(f"{entry.path}.ok")  # False where the name is too long for a mark


def arrivals(entries: Iterator[Entry], landing: Path) -> Iterator[Arrival]:
    """Land each file; parts become one arrival when all of them are there. What changes meanwhile waits."""
    in_parts: dict[tuple[str, ...], list[tuple[Name, Entry]]] = {}
    for entry in entries:
        name, refusals = _named(entry)
        if name is not None and name.parts > 1:
            folder, counted = entry.path.parent.name, (str(name.n), str(name.parts))
            key = (folder, name.feed.name, name.period.text, name.place, *counted)
            in_parts.setdefault(key, []).append((name, entry))
        else:
            yield from _settled([entry], landing, name, refusals)
    for found in in_parts.values():
        found.sort(key=lambda one: (one[0].part, one[1].path))
        name, numbers = found[0][0], Counter(one.part for one, _ in found)
        twice = ", ".join(str(number) for number, count in numbers.items() if count > 1)
        if len(numbers) == name.parts:
            refusals = ((TWICE, twice),) if twice else ()
            yield from _settled([entry for _, entry in found], landing, name, refusals)


def _settled(
    entries: Sequence[Entry], landing: Path, name: Name | None, refusals: Refusals
) -> Iterator[Arrival]:
    try:
        yield _arrival(entries, landing, name, refusals)
    except Changing:
        return


def _named(entry: Entry) -> tuple[Name | None, Refusals]:
    """What the name says, or why it says nothing; a department's folder has no name to be read."""
    if entry.is_department:
        return None, ()
    try:
        return name_of(as_text(entry.path.name)), ()
    except BadName as error:
        return None, ((error.code, str(error)),)


def _arrival(entries: Sequence[Entry], landing: Path, name: Name | None, refusals: Refusals) -> Arrival:
    """Changing when a file is not, or no longer, what was seen of it."""
    first = entries[0].path
    if entries[0].is_department:
        why = {"folder": "closed", "link": "link"}.get(entries[0].kind, "file")
        return Arrival(first.name, (first.name,), NOTHING, 0, None, (), (("not_a_folder", why),))
    department = first.parent.name
    if name is not None and name.feed.department != department:
        refusals = (*refusals, ("wrong_folder", name.feed.name))
    names = [as_text(one.path.name) for one in entries]
    relative = tuple(f"{department}/{one if name else shown(one)}" for one in names)
    # a part may be taken away and leave what was there
    is_looked_at_again = name is None or any(code == TWICE for code, _ in refusals)
    every = zip(relative, entries, strict=True)
    seen = () if is_looked_at_again else tuple((path, *entry.seen) for path, entry in every)
    if faults := dict.fromkeys(entry.fault for entry in entries if entry.fault):
        return Arrival(department, relative, NOTHING, 0, name, seen, (*refusals, *faults))
    try:
        sha256, size = land(entries, landing)
    except Closed as error:
        refusals = (*refusals, ("file_unreadable", str(error)))
        return Arrival(department, relative, NOTHING, 0, name, (), refusals)
    parts = tuple(
        (one.rpartition(".")[2].lower(), entry.state.st_size)
        for one, entry in zip(names, entries, strict=True)
    )
    return Arrival(department, relative, sha256, size, name, seen, refusals, parts if len(parts) > 1 else ())


def land(entries: Sequence[Entry], landing: Path) -> tuple[str, int]:
    """Copy the bytes (parts joined in order) to `landing/<2>/<sha256>`, read-only; returns hash and size."""
    landing.mkdir(parents=True, exist_ok=True, mode=0o700)
    named = hashlib.sha256(str([entry.path for entry in entries]).encode()).hexdigest()[:16]
    partial = landing / f".{os.getpid()}-{named}.part"
    try:
        sha256, size = _copy(entries, partial)
        final = landed(landing, sha256)
        final.parent.mkdir(exist_ok=True, mode=0o700)
        partial.chmod(0o400)
        os.replace(partial, final)
    finally:
        partial.unlink(missing_ok=True)
    return sha256, size


def _copy(entries: Sequence[Entry], partial: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with partial.open("wb") as target:
        for entry in entries:
            with opened(entry) as source:
                for block in blocks(source, BLOCK):
                    digest.update(block)
                    size += target.write(block)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest(), size


def landed(landing: Path, sha256: str) -> Path:
    """Where the bytes of a hash are kept."""
    return landing / sha256[:2] / sha256
