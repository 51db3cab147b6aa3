"""Find what the departments have dropped, and keep its bytes by their hash. The inbox is only ever read."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from expectations.feeds import departments
from warehouse.landing.names import BadName, Name, name_of, shown

LEFT_ALONE_PREFIXES = (".", "~$")
LEFT_ALONE_SUFFIXES = (".part", ".tmp", ".ok")
BLOCK = 1 << 20


@dataclass(frozen=True)
class Arrival:
    """One file, or all parts of one, that is new in the inbox. `refusals` are (code, detail) pairs.

    A file without a name of ours is known by what may be shown of its own, and looked at again every time.
    """

    department: str
    paths: tuple[str, ...]  # relative to the inbox, parts in order
    sha256: str
    size: int
    name: Name | None
    seen: tuple[tuple[str, int, int], ...]  # (path, size, mtime in ns)
    refusals: tuple[tuple[str, str], ...] = field(default=())

    @property
    def delivery_id(self) -> str:
        """hash(feed, period, n, content); of an unnameable file hash(path, content)."""
        parts = (self.name.feed.name, self.name.period.text, str(self.name.n)) if self.name else self.paths
        return hashlib.sha256(
            "\x1f".join((*parts, self.department_of_name, self.sha256)).encode()
        ).hexdigest()[:16]

    @property
    def department_of_name(self) -> str:
        """Empty for a feed in its own folder: the same file elsewhere is another, refused, delivery."""
        at_home = self.name is not None and self.name.feed.department == self.department
        return "" if at_home else self.department


def candidates(
    inbox: Path, known: Mapping[str, tuple[int, int]], settle_seconds: float, now: float
) -> Iterator[Path]:
    """Files of the departments' folders that are new or changed and have stood still, in order of path.

    `known` gives size and mtime (ns) of paths seen before; `now` is compared with the files' own times.
    """
    for department in departments():
        folder = inbox / department
        if not folder.is_dir() or folder.is_symlink():
            continue
        for path in sorted(folder.iterdir()):
            if path.name.startswith(LEFT_ALONE_PREFIXES) or path.name.endswith(LEFT_ALONE_SUFFIXES):
                continue
            state = path.lstat()
            if not stat.S_ISREG(state.st_mode):
                continue
            if known.get(f"{department}/{path.name}") == (state.st_size, state.st_mtime_ns):
                continue
            has_mark = path.with_name(path.name + ".ok").exists()
            if has_mark or settle_seconds <= 0 or now - state.st_mtime >= settle_seconds:
                yield path


def arrivals(paths: Iterator[Path], landing: Path) -> Iterator[Arrival]:
    """Land each file; parts become one arrival when all of them are there."""
    waiting: dict[tuple[str, ...], dict[int, Path]] = {}
    for path in paths:
        try:
            name = name_of(path.name)
        except BadName as error:
            yield _arrival([path], landing, None, ((error.code, str(error)),))
            continue
        if name.parts == 1:
            yield _arrival([path], landing, name)
            continue
        key = (path.parent.name, name.feed.name, name.period.text, str(name.n), str(name.parts))
        found = waiting.setdefault(key, {})
        found[name.part] = path
        if len(found) == name.parts:
            yield _arrival([found[part] for part in sorted(found)], landing, name)


def _arrival(
    paths: list[Path], landing: Path, name: Name | None, refusals: tuple[tuple[str, str], ...] = ()
) -> Arrival:
    department = paths[0].parent.name
    if name is not None and name.feed.department != department:
        refusals = (*refusals, ("wrong_folder", name.feed.department))
    states = [path.stat() for path in paths]
    sha256, size = land(paths, landing)
    relative = tuple(f"{department}/{path.name if name else shown(path.name)}" for path in paths)
    seen = tuple(
        (path, state.st_size, state.st_mtime_ns) for path, state in zip(relative, states, strict=True) if name
    )
    return Arrival(department, relative, sha256, size, name, seen, refusals)


def land(paths: list[Path], landing: Path) -> tuple[str, int]:
    """Copy the bytes (parts joined in order) to `landing/<2>/<sha256>`, read-only; returns hash and size."""
    landing.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = landing / f".{os.getpid()}-{hashlib.sha256(str(paths).encode()).hexdigest()[:16]}.part"
    digest, size = hashlib.sha256(), 0
    with partial.open("wb") as target:
        for path in paths:
            with path.open("rb") as source:
                while block := source.read(BLOCK):
                    digest.update(block)
                    size += target.write(block)
        target.flush()
        os.fsync(target.fileno())
    final = landed(landing, digest.hexdigest())
    final.parent.mkdir(exist_ok=True, mode=0o700)
    partial.chmod(0o400)
    os.replace(partial, final)
    return digest.hexdigest(), size


def landed(landing: Path, sha256: str) -> Path:
    """Where the bytes of a hash are kept."""
    return landing / sha256[:2] / sha256
