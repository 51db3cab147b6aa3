"""What a demo has made, by content, so that the next one removes nothing else.

The city is written aside and moved in when the list of it is there. While the night runs the list holds the city
alone; what else is there then was made by the night, but for the outbox, where people put theirs.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

LIST, ASIDE = ".demo", ".demo-city"
CITY = ("inbox", "truth")
NOBODYS = (ASIDE, ".locks", ".prefect", "staging/.scratch")  # folders in which nobody keeps anything
OF_A_NIGHT = ("landing", "staging", "vault", "warehouse")
LEDGER = "ledger.sqlite"


def strangers(root: Path) -> list[str]:
    """Files of a folder that no demo has made, or that have been changed since, in order."""
    made = _listed(root)
    return [name for name in _files(root) if not _is_made(root, name, made)]


def move_city_in(root: Path) -> None:
    """The city that lies aside becomes the demo's, and is listed."""
    for name in CITY:
        shutil.rmtree(root / name, ignore_errors=True)
    _write_list(root, {name: _digest(root / ASIDE / name) for name in _files(root / ASIDE)}, is_whole=False)
    for name in CITY:
        (root / ASIDE / name).rename(root / name)
    (root / ASIDE).rmdir()


def list_all(root: Path) -> None:
    """Everything that is there now was made by this demo."""
    if (root / LEDGER).exists():
        with closing(sqlite3.connect(root / LEDGER)) as ledger:
            ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # else to read it would change the file
    _write_list(root, {name: _digest(root / name) for name in _files(root)}, is_whole=True)


def _is_made(root: Path, name: str, made: dict[str, str]) -> bool:
    if name in made:
        return made[name] == _digest(root / name)
    is_of_a_night = name.startswith((LEDGER, *(f"{folder}/" for folder in OF_A_NIGHT)))
    return is_of_a_night and "is_city" in made


def _listed(root: Path) -> dict[str, str]:
    try:
        found = json.loads((root / LIST).read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else {}
    except (OSError, ValueError):
        return {}


def _write_list(root: Path, made: dict[str, str], is_whole: bool) -> None:
    marks = {"is_whole": "yes"} if is_whole else {"is_city": "yes"}
    (root / LIST).write_text(json.dumps(made | marks, indent=0), encoding="utf-8")


def _files(root: Path) -> Iterator[str]:
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if name in (LIST, f"{LEDGER}-shm") or name.startswith(NOBODYS):
            continue
        if name == f"{LEDGER}-wal" and not path.stat().st_size:  # who only reads the ledger leaves it so
            continue
        if path.is_symlink() or not path.is_dir():
            yield name


def _digest(file: Path) -> str:
    if file.is_symlink() or not file.is_file():
        return ""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
