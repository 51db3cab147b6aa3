"""What the verdicts of Great Expectations cost, against one hand-written scan that counts the same.

Run `python -m benchmarks.expectations [rows] [rounds]`. Both sides work in turn on the same batch of
settlements in the same process and must agree on every count. The first round, which imports Great
Expectations, is reported apart.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import duckdb

from expectations.checks import Between, Check, InSet, NotInSet, NotNull, Null, Test, Unique
from expectations.validate import disagreements, evaluate

FEED = "settlements"
RATIO_ALLOWED = 4
PAYMENTS = ("pooled_paid", "major_illness_paid", "medical_aid_paid", "other_paid", "out_of_pocket")
AMOUNTS = ("total_cost", *PAYMENTS)
READ = ("settled_on", *AMOUNTS)
CARE = ("门诊", "住院", "门诊慢性病")
PAID = " + ".join(f"coalesce({name}, 0)" for name in PAYMENTS)

TESTS: dict[str, Test] = {
    "settlement_id_present": NotNull("settlement_id"),
    "id_number_present": NotNull("id_number"),
    "care_type_present": NotNull("care_type"),
    "settled_on_present": NotNull("settled_on"),
    **{f"{name}_read": Null(f"{name}_unread") for name in READ},
    "care_type_known": InSet("care_type", CARE),
    "county_expected": NotInSet("county_code", ("410199", "410200")),
    **{f"{name}_in_bounds": Between(name, -10_000_000, 10_000_000) for name in AMOUNTS},
    "settled_on_in_bounds": Between("settled_on", "1900-01-01", "2020-06-30"),
    "total_is_sum": Between(f"abs(total_cost - ({PAID}))", maximum=0.05),
    "signs_agree": Null(
        f"CASE WHEN least({', '.join(AMOUNTS)}) < 0 AND greatest({', '.join(AMOUNTS)}) > 0 THEN 1 END"
    ),
    "share_is_plausible": Between(
        "CASE WHEN care_type = '住院' AND total_cost > 0 THEN out_of_pocket / total_cost END", maximum=0.95
    ),
    "key_is_unique": Unique("delivery_id || '/' || settlement_id", copies="copies"),
}
CHECKS = [Check(name=name, test=test, zh=name, en=name) for name, test in TESTS.items()]

# One row in a thousand is wrong in each of several ways, one settlement in ten thousand stands twice.
BATCH_SQL = f"""
CREATE TABLE batch AS
WITH drawn AS (
    SELECT i, hash(i) AS h, (hash(i, 1) % 500000)::DECIMAL(16, 2) / 100 AS pooled,
        (hash(i, 2) % 300000)::DECIMAL(16, 2) / 100 AS own
    FROM range($rows) AS numbers(i)
)
SELECT 'settlements-2020-' || lpad((1 + i % 12)::VARCHAR, 2, '0') AS delivery_id,
    'JS2020' || lpad((CASE WHEN h % 10000 = 7 THEN greatest(i - 12, 0) ELSE i END)::VARCHAR, 12, '0')
        AS settlement_id,
    CASE WHEN h % 1000 <> 1 THEN '410184' || lpad((h % 1000000000000)::VARCHAR, 12, '0') END AS id_number,
    '4101' || lpad((h % 100)::VARCHAR, 2, '0') AS county_code,
    CASE WHEN h % 1000 = 2 THEN '其他' ELSE {list(CARE)}[1 + (h % 3)::INTEGER] END AS care_type,
    CASE WHEN h % 1000 <> 3 THEN DATE '2020-06-01' + (h % 31)::INTEGER END AS settled_on,
    (pooled + own + CASE WHEN h % 1000 = 4 THEN 1 ELSE 0 END)::DECIMAL(16, 2) AS total_cost,
    pooled::DECIMAL(16, 2) AS pooled_paid,
    0::DECIMAL(16, 2) AS major_illness_paid,
    0::DECIMAL(16, 2) AS medical_aid_paid,
    CASE WHEN h % 3 = 0 THEN 0::DECIMAL(16, 2) END AS other_paid,
    own::DECIMAL(16, 2) AS out_of_pocket,
    {", ".join(f"CASE WHEN hash(i, '{name}') % 1000 = 5 THEN '?' END AS {name}_unread" for name in READ)}
FROM drawn
"""

T = TypeVar("T")


def by_hand_sql() -> str:
    """One statement that counts every condition; duplicates by grouping the key."""
    counted = []
    for name, test in TESTS.items():
        if isinstance(test, Unique):
            repeated = f"SELECT count(*) AS n FROM batch GROUP BY {test.expression} HAVING n > 1"
            counted.append(f"(SELECT coalesce(sum(n), 0)::BIGINT FROM ({repeated})) AS {name}")
        else:
            counted.append(f"count(*) FILTER (WHERE {test.wrong_sql()}) AS {name}")
    return f"SELECT {', '.join(counted)} FROM batch"


def measured(work: Callable[[], T]) -> tuple[T, tuple[float, float]]:
    """The result, and the seconds it took: CPU of all threads, wall."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, (time.process_time() - cpu, time.perf_counter() - wall)


def medians(runs: list[tuple[float, float]]) -> tuple[float, float]:
    """The median CPU and wall seconds."""
    return statistics.median(cpu for cpu, _ in runs), statistics.median(wall for _, wall in runs)


def main(rows: int = 1_000_000, rounds: int = 7) -> int:
    """Print the medians and their ratio; 1 where it is over what is allowed."""
    connection = duckdb.connect()
    connection.execute(BATCH_SQL, {"rows": rows})
    statement = by_hand_sql()
    hand_runs, gx_runs = [], []
    for _ in range(1 + rounds):
        counts, seconds = measured(lambda: connection.execute(statement).fetchall()[0])
        hand_runs.append(seconds)
        outcomes, seconds = measured(lambda: evaluate(connection, "batch", FEED, CHECKS))
        gx_runs.append(seconds)
        differing = disagreements(outcomes, dict(zip(outcomes, counts, strict=True)))
        if differing:
            raise SystemExit(f"the two sides count differently: {', '.join(differing)}")
    hand, gx = medians(hand_runs[1:]), medians(gx_runs[1:])
    ratios = gx[0] / hand[0], gx[1] / hand[1]
    print(f"{rows:,} rows, {len(CHECKS)} expectations, medians of {rounds} rounds")
    print(f"one scan by hand     {hand[0]:6.2f} s CPU {hand[1]:6.2f} s wall")
    print(f"Great Expectations   {gx[0]:6.2f} s CPU {gx[1]:6.2f} s wall")
    print(f"ratio                {ratios[0]:6.2f}       {ratios[1]:6.2f}        at most {RATIO_ALLOWED}")
    print(f"first call, which imports Great Expectations: {gx_runs[0][1]:.1f} s wall")
    return int(max(ratios) > RATIO_ALLOWED)


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
