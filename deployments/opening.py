"""The home that a command works on: the settings, its ledger, its published night."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec, TypeVar

import typer

from deployments.ending import wrong_use
from reports.language import Words

if TYPE_CHECKING:
    from prefect import Flow
    from sqlalchemy import Engine

    from tasks.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")
IN_PROCESS = Words(
    "未设置 PREFECT_API_URL：不经 Prefect 服务器，在本进程中运行",
    "PREFECT_API_URL is not set: running in this process, without a Prefect server",
)
NO_SERVER = Words(
    "PREFECT_API_URL 所指的 Prefect 服务器没有应答；请启动该服务器，或取消设置后在本进程中运行",
    "the Prefect server of PREFECT_API_URL does not answer; start it, or unset that to run in this process",
)
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


def run(flow: Flow[P, R], language: str) -> Callable[P, R]:
    """The flow on the Prefect server that is named, or its steps in this process, which is said. Failed when that
    server does not answer: to find out by and by takes minutes."""
    from tasks.edge import Failed
    from tasks.steps import has_server, is_answered, report_to

    if not has_server():
        typer.echo(IN_PROCESS.to(language), err=True)
        report_to(partial(_say_step, language))
        return flow.fn
    if not is_answered():
        raise Failed(NO_SERVER.to(language))
    return flow


def _say_step(language: str, name: str, arguments: Mapping[str, Any], result: Any, seconds: float) -> None:
    """A line a step: a night of a large city takes minutes."""
    from reports.step_words import step_line

    if line := step_line(name, arguments, result, seconds, language):
        typer.echo(line, err=True)


def quiet_prefect(home: Path) -> None:
    """Prefect without telemetry and chatter; what it keeps on this machine stays in the home."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    os.environ.setdefault("PREFECT_HOME", str(home / ".prefect"))
