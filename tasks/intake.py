"""Tasks that take files in."""

from __future__ import annotations

import threading
from datetime import datetime

from tasks.alone import alone
from tasks.settings import CHINA, settings
from tasks.steps import step
from warehouse.ingest import receive, stage_feed, validate_feed, waiting
from warehouse.ledger.open import opened
from warehouse.outside import require_folder

FEEDS_AT_ONCE = 2
_one_suite_at_a_time = threading.Lock()  # Great Expectations keeps its context in a global


@step("receive", "receive", retries=2)
def receive_files() -> int:
    """Land what is new in the inbox; the folder may be a network share, so it is tried again."""
    now = settings()
    now.places.make()
    require_folder(now.inbox_folder)
    engine = opened(now.ledger)
    with alone(now.places.root, "receive"):
        return receive(engine, now.inbox_folder, now.places, now.settle_seconds, datetime.now(CHINA))


@step("waiting", "waiting", retries=2)
def feeds_waiting(department: str | None = None, feed: str | None = None) -> list[str]:
    """The feeds that have deliveries to read, those with most first."""
    now = settings()
    found = waiting(opened(now.ledger), now.places, department, feed)
    return sorted(found, key=lambda name: (-len(found[name]), name))


@step("take-in", "take-in-{feed}", retries=1)
def take_in(feed: str) -> int:
    """Read, type and validate every waiting delivery of a feed; returns how many there were."""
    now = settings()
    engine = opened(now.ledger)
    with alone(now.places.root, f"take-in-{feed}"):
        listed = waiting(engine, now.places, feed=feed).get(feed, [])
        # DuckDB does not count all that reading takes: not Python, Arrow, nor what the allocator keeps
        share = now.memory_limit // FEEDS_AT_ONCE * 7 // 10
        stage_feed(engine, now.places, feed, listed, now.threads, share)
        with _one_suite_at_a_time:
            validate_feed(engine, now.places, feed, [one.delivery_id for one in listed], now.threads, share)
    return len(listed)
