"""The home that a command works on: the settings, its ledger, its published night."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from deployments.ending import wrong_use
from reports.language import Words

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tasks.settings import Settings

NO_LEDGER = Words(
    "{home} 中没有台账：请先运行 ffp nightly，或用 FFP_HOME 指明主目录",
    "there is no ledger in {home}: run ffp nightly first, or set FFP_HOME to the home that you mean",
)
NOT_PUBLISHED = Words(
    "{home} 中还没有已发布的数据仓库：请先运行 ffp nightly --as-of 日期",
    "nothing has been published in {home} yet: run ffp nightly --as-of DATE first",
)


def made_home() -> Settings:
    """The settings, with the folders of the home made, and Prefect told to be quiet and to keep its state there."""
    from tasks.settings import settings

    now = settings()
    now.places.make()
    quiet_prefect(now.places.root)
    return now


def standing_home() -> tuple[Settings, Engine]:
    """The settings and the ledger of a home that is there; ends with exit code 2 where there is none."""
    from tasks.settings import settings
    from warehouse.ledger.open import exists, opened

    now = settings()
    if not exists(now.ledger):
        wrong_use(NO_LEDGER.say(now.language, home=now.places.root))
    return now, opened(now.ledger)


def published_home() -> Settings:
    """The settings of a home with a published warehouse; ends with exit code 2 where there is none."""
    from tasks.settings import settings

    now = settings()
    if not now.places.warehouse.exists():
        not_published(now)
    return now


def not_published(now: Settings) -> NoReturn:
    """End with exit code 2: there is no night to speak of."""
    wrong_use(NOT_PUBLISHED.say(now.language, home=now.places.root))


def quiet_prefect(home: Path) -> None:
    """Prefect without telemetry and chatter; without a server its state stays in the home."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    os.environ.setdefault("PREFECT_HOME", str(home / ".prefect"))
    # a busy machine takes more than Prefect's 20 s to start it, and a late night is better than none
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "300")
