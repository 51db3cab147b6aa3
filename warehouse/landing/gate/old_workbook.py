"""What is hostile in an xls, or in a locked book, which is kept in the same kind of file."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

from warehouse.landing.gate import rehearsal

LIBRARIES = ("olefile", "python_calamine")
MOST_SECONDS = 60  # on a clock, for a machine at a standstill; processor time is limited far below


def old_workbook_faults(path: Path, extension: str) -> list[tuple[str, str]]:
    """What the rehearsal finds; a rehearsal that dies of the file is a finding."""
    command = [sys.executable, "-I", "-S", rehearsal.__file__, str(path), extension, *_folders()]
    try:
        done = subprocess.run(command, capture_output=True, timeout=MOST_SECONDS, stdin=subprocess.DEVNULL)
        return [(code, detail) for code, detail in json.loads(done.stdout)]
    except subprocess.TimeoutExpired:
        return [("workbook_unreadable", "time")]
    except ValueError:  # killed by a limit before it could print
        return [("workbook_unreadable", "limit")]


@cache
def _folders() -> tuple[str, ...]:
    """Where the libraries lie: the process knows no other folder."""
    found = (importlib.util.find_spec(name) for name in LIBRARIES)
    return tuple({str(Path(spec.origin).parents[1]) for spec in found if spec and spec.origin})
