"""A copy of the code in which files may be missing or more, and a Python that runs there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CODE = ("expectations", "warehouse", "reports", "tasks", "flows", "deployments", "tests")


def copied(folder: Path) -> Path:
    """The code of this checkout in a folder of its own."""
    for name in CODE:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def answered(tree: Path, program: str, *words: str) -> Any:
    """What a program prints as JSON when it runs in the copy; AssertionError with its errors when it fails."""
    own = {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=tree,
        env=os.environ | own,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])
