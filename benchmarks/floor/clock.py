"""CPU seconds, wall seconds and peak memory of the process, by phase."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak_mib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


class Clock:
    """Started with the process; CPU counts everything since then, imports too."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._phases: dict[str, dict[str, float]] = {"start": {"cpu_s": round(_cpu_seconds(), 3)}}

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Times what happens inside."""
        cpu, wall = _cpu_seconds(), time.monotonic()
        yield
        self._phases[name] = {
            "cpu_s": round(_cpu_seconds() - cpu, 3),
            "wall_s": round(time.monotonic() - wall, 3),
            "peak_rss_mib": _peak_mib(),
        }

    def report(self) -> dict[str, object]:
        """All phases and the total."""
        total = {
            "cpu_s": round(_cpu_seconds(), 3),
            "wall_s": round(time.monotonic() - self._began, 3),
            "peak_rss_mib": _peak_mib(),
        }
        return {"phases": self._phases, "total": total}
