"""Chance that falls the same way on every machine: PCG64, whole numbers, no logarithms and no normal curve.

(`exp`, `log` and fused multiply-add differ in the last place from one processor to the next; a cent would
follow.)
"""

from __future__ import annotations

from zlib import crc32

import numpy as np

FINE = 1 << 20


def stream(seed: int, subject: str) -> np.random.Generator:
    """The stream of one subject: what one module draws never moves what another does."""
    entropy = [seed, crc32(subject.encode())]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))


def chance(rng: np.random.Generator, count: int, per_million: int) -> np.ndarray:
    """True for so many in a million, on average."""
    return rng.integers(0, 1_000_000, count) < per_million


def quantiles(rng: np.random.Generator, count: int, table: list[int]) -> np.ndarray:
    """Whole numbers between the quantiles of a table, evenly inside each step."""
    points = np.array(table, dtype=np.int64)
    steps = len(table) - 1
    drawn = rng.integers(0, steps * FINE, count)
    step, inside = drawn // FINE, drawn % FINE
    return points[step] + (points[step + 1] - points[step]) * inside // FINE


def weighted(rng: np.random.Generator, count: int, weights: list[int]) -> np.ndarray:
    """Indices drawn by whole weights."""
    edges = np.cumsum(np.array(weights, dtype=np.int64))
    return np.searchsorted(edges, rng.integers(0, edges[-1], count), side="right")


def between(rng: np.random.Generator, low: int, high: int, count: int) -> np.ndarray:
    """Whole numbers from low to high, both included."""
    return rng.integers(low, high + 1, count)


def some(rng: np.random.Generator, of: np.ndarray, count: int) -> np.ndarray:
    """`count` of the values, each once, in the order in which they stand."""
    if count > len(of):
        raise ValueError(f"asked for {count} of {len(of)}: the city is too small")
    order = np.argsort(rng.integers(0, 1 << 62, len(of)), kind="stable")
    return of[np.sort(order[:count])]


def split(total: int, weights: np.ndarray, unit: int) -> np.ndarray:
    """The total in parts of about these weights, each a multiple of `unit` and at least one; exact.

    What is left of a unit goes to the first part.
    """
    units, rest = divmod(int(total), unit)
    count = len(weights)
    if units < count:
        raise ValueError(f"{total} cannot be split in {count} parts of at least {unit}")
    weights = weights.astype(np.int64)
    parts = 1 + (units - count) * weights // int(weights.sum())
    parts[: units - int(parts.sum())] += 1
    parts *= unit
    parts[0] += rest
    return parts
