"""The night beside its floor: a hand-written DuckDB script that reads the same files and says the same.

`python -m benchmarks.night [households ...]` makes a city with dirt (138 files: 12 months of monthly feeds,
three
months of the register, two years of incomes, see deployments/demo), then measures as whole processes, with
the
operating system's own accounting:

    start-up     `ffp nightly` on an empty inbox: imports, Prefect without a server
    first load   `ffp nightly` on everything
    usual night  `ffp nightly` again after the newest file of each feed has come
    floor        `python -m benchmarks.floor` on everything

and compares by hash, by the rules that the floor has, the signals and the policy landing of the two, and what
their row checks found: of every delivery whose rows both have read, how many rows break each row expectation
(duplicates left out, before the delivery is judged, so of accepted ones, of those already loaded and of those
refused for their rows alike). Not compared are expectations across rows and feeds and those of feeds that the
floor leaves alone, and deliveries refused unread, of which neither counts anything. Deliveries are told apart by
feed and period; several of one period are compared together.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from deployments.demo import make_city

AS_OF = "2020-06-30"
STARTUP_ALLOWED_S = 15.0
MOST = {150_000: 3.0, 1_000_000: 2.5}
# in one type each: 1 and 1.00 are the same cutoff, but not the same text
SIGNALS = (
    "SELECT household_id, indicator, status, CAST(value AS DECIMAL(18, 2)), CAST(cutoff AS DECIMAL(18, 2))"
    " FROM {} WHERE indicator IN (SELECT indicator FROM floor.signal) ORDER BY household_id, indicator"
)
LANDING = (
    "SELECT row, CAST(households AS BIGINT), CAST(persons AS BIGINT), CAST(visits AS BIGINT),"
    " CAST(amount_cny AS DECIMAL(18, 2)) FROM {} ORDER BY row"
)
EXPECTATIONS = """
    SELECT feed, period, expectation_id, list(unexpected ORDER BY unexpected)
    FROM {} WHERE expectation_id IN (SELECT expectation_id FROM floor.expectation_count)
    GROUP BY ALL ORDER BY ALL
"""
COUNTED = "(SELECT * FROM ours.quality.expectation_result JOIN ours.quality.delivery USING (delivery_id))"
# what is compared: a query, then ours and the floor's tables
COMPARED = {
    "signals": (SIGNALS, "ours.mart.signal", "floor.signal"),
    "policy landing": (LANDING, "ours.mart.policy_landing", "floor.policy_landing"),
    "row expectations": (EXPECTATIONS, COUNTED, "floor.expectation_count"),
}


@dataclass(frozen=True)
class Cost:
    """What a process took: CPU and wall seconds, the largest resident set in MiB."""

    cpu_s: float
    wall_s: float
    peak_mib: float


def measured(command: list[str], environment: dict[str, str]) -> Cost:
    """Run a command to its end; SystemExit when it fails (1 means done with refusals)."""
    started = time.monotonic()
    # compiled modules are kept, as they are where the house is installed: start-up is that of any night but the first
    kept = {"PYTHONDONTWRITEBYTECODE": ""}
    process = subprocess.Popen(
        command, env={**os.environ, **kept, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    text = process.stderr.read() if process.stderr else b""
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(text.decode(errors="replace")[-2000:])
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - started, used.ru_maxrss / 1024)


def night(home: Path, inbox: Path) -> Cost:
    """`ffp nightly` in a home."""
    settings = {"FFP_HOME": str(home), "FFP_INBOX": str(inbox), "FFP_SETTLE_SECONDS": "0"}
    ffp = str(Path(sys.executable).with_name("ffp"))
    return measured([ffp, "nightly", "--as-of", AS_OF], settings)


def newest(inbox: Path) -> list[Path]:
    """The file of the greatest period of each feed's folder and name."""
    found: dict[str, Path] = {}
    for path in sorted(inbox.rglob("*.*"), key=lambda path: path.stem.split("_")[1]):
        found[f"{path.parent.name}/{path.stem.split('_')[0]}"] = path
    return sorted(found.values())


def fingerprints(ours: Path, floor: Path, query: str, *tables: str) -> tuple[str, str]:
    """A hash of an ordered table as we and as the floor have it; `query` may look at the floor's."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{ours}' AS ours (READ_ONLY); ATTACH '{floor}' AS floor (READ_ONLY)")
        found = [connection.execute(query.format(table)).fetchall() for table in tables]
    one, other = (hashlib.sha256(repr(rows).encode()).hexdigest()[:16] for rows in found)
    return one, other


def compare(households: int, folder: Path) -> None:
    """One city, all four measurements, one table."""
    inbox = folder / "inbox"
    made = make_city(inbox, folder / "truth", households=households, seed=1, dirt=True)
    print(
        f"\n{made.households:,} households, {made.persons:,} persons, {made.files} files, {made.rows:,} rows"
    )
    (folder / "empty").mkdir()
    night(folder / "compiled", folder / "empty")
    costs = {"start-up": night(folder / "idle", folder / "empty")}
    later = newest(inbox)
    aside = [
        path.rename(path.with_name(f".{path.name}")) for path in later
    ]  # names with a dot are left alone
    night(folder / "usual", inbox)
    for hidden, path in zip(aside, later, strict=True):
        hidden.rename(path)
    costs["usual night"] = night(folder / "usual", inbox)
    costs["first load"] = night(folder / "first", inbox)
    floor = [
        sys.executable,
        "-m",
        "benchmarks.floor",
        str(inbox),
        str(folder / "floor.duckdb"),
        "--as-of",
        AS_OF,
    ]
    costs["floor"] = measured(floor, {})
    for name, cost in costs.items():
        print(f"{name:12} {cost.cpu_s:8.1f} s CPU {cost.wall_s:8.1f} s wall {cost.peak_mib:8.0f} MiB")
    start = min(STARTUP_ALLOWED_S, costs["start-up"].cpu_s)
    for name in ("first load", "usual night"):
        ratio = (costs[name].cpu_s - start) / costs["floor"].cpu_s
        allowed = f", at most {MOST[households]}" if households in MOST else ""
        wall = costs[name].wall_s / costs["floor"].wall_s
        print(f"{name}: {ratio:.2f} x the floor's CPU besides start-up{allowed}; {wall:.2f} x its wall time")
    ours = folder / "first" / "warehouse" / "current.duckdb"
    for name, (query, *tables) in COMPARED.items():
        one, other = fingerprints(ours, folder / "floor.duckdb", query, *tables)
        print(f"{name}: {'equal' if one == other else 'DIFFERENT'} ({one}, {other})")


def main() -> None:
    """Measure each size named on the command line, 150,000 and 1,000,000 households when none is."""
    for households in [int(size) for size in sys.argv[1:]] or list(MOST):
        with tempfile.TemporaryDirectory() as folder:
            compare(households, Path(folder))


if __name__ == "__main__":
    main()
