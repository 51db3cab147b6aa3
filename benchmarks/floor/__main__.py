"""python -m benchmarks.floor INBOX OUT.duckdb --as-of 2020-06-30 [--threads 2]"""

from __future__ import annotations

import argparse
import datetime
import json
from pathlib import Path

from benchmarks.floor.run import run


def main() -> None:
    """Runs the night and prints what it cost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.floor")
    parser.add_argument("inbox", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--as-of", type=datetime.date.fromisoformat, required=True)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    print(json.dumps(run(given.inbox, given.out, given.as_of, given.threads)))


if __name__ == "__main__":
    main()
