"""The Prefect deployments: the night by its schedule, and taking files in when asked, on a process work pool.

A run starts in the folder and with the Python that `ffp deploy` was called with, so `.env` and a relative
FFP_HOME mean there what they mean here; every other setting comes from the environment of the worker. Flows
are named by module path: nothing is pulled, copied or installed before a run.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.deployments.runner import RunnerDeployment, VersionType
from prefect.exceptions import ObjectNotFound
from prefect.schedules import Cron, Schedule
from prefect.settings import PREFECT_API_URL
from prefect.types.entrypoint import EntrypointType
from prefect.workers.process import ProcessWorker

from flows.ingest import ingest
from flows.nightly import nightly
from tasks.edge import Failed

EVERY_NIGHT = Cron("0 1 * * *", timezone="Asia/Shanghai")
DEPLOYED: tuple[tuple[Flow[..., Any], Schedule | None], ...] = ((nightly, EVERY_NIGHT), (ingest, None))
POOL_TYPE = "process"
NO_TELEMETRY = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}


class NotDeployable(ValueError):
    """What was asked for cannot be registered; the text says what to change."""


@dataclass(frozen=True)
class Registered:
    """What is registered now, and where."""

    api: str
    pool: str
    deployments: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """For the person at the terminal: the deployments, and the two commands that have to run."""
        yield from self.deployments
        at = urlsplit(self.api)
        server = command("prefect", "server", "start", "--host", at.hostname, "--port", at.port or 80)
        # --limit 1: nights that are late run one after the other, the oldest first
        worker = command("prefect", "worker", "start", "--pool", self.pool, "--type", POOL_TYPE, "--limit", 1)
        quiet = " ".join(f"{name}={value}" for name, value in NO_TELEMETRY.items())
        yield f"server: {quiet} {server}"
        yield f"worker: {quiet} PREFECT_API_URL={shlex.quote(self.api)} {worker}"


def command(program: str, *words: object) -> str:
    """A command line of a program that lies beside the Python that runs this."""
    return shlex.join([str(Path(sys.executable).with_name(program)), *map(str, words)])


def register(pool: str, folder: Path) -> Registered:
    """Make the work pool if there is none, register every deployment anew; runs will start in `folder`.

    NotDeployable when there is no address of a server or the pool is for something else, Failed when no
    server answers.
    """
    api = PREFECT_API_URL.value()
    if not api:
        raise NotDeployable("PREFECT_API_URL is not set; a server here has http://127.0.0.1:4200/api")
    with get_client(sync_client=True) as client:
        if client.api_healthcheck() is not None:
            raise Failed(f"no Prefect server answers at {api}")
        _make_pool(client, pool)
    return Registered(api, pool, tuple(_register(*one, pool, folder) for one in DEPLOYED))


def _make_pool(client: SyncPrefectClient, pool: str) -> None:
    try:
        found = client.read_work_pool(pool)
    except ObjectNotFound:
        template = ProcessWorker.get_default_base_job_template()
        client.create_work_pool(WorkPoolCreate(name=pool, type=POOL_TYPE, base_job_template=template))
        return
    if found.type != POOL_TYPE:
        raise NotDeployable(f"work pool {pool} is of type {found.type}; --pool wants one of type {POOL_TYPE}")


def _register(flow: Flow[..., Any], schedule: Schedule | None, pool: str, folder: Path) -> str:
    """Register a flow under its own name; returns the deployment's full name and when it runs."""
    deployment = RunnerDeployment.from_flow(
        flow,
        name=flow.name,
        schedule=schedule,
        version=version("fangfanpin"),
        version_type=VersionType.SIMPLE,  # else Prefect asks git and keeps the last commit's message
        entrypoint_type=EntrypointType.MODULE_PATH,
        job_variables={
            "env": NO_TELEMETRY,
            "working_dir": str(folder),
            # by Prefect's own command a run has a session of its own and outlives a worker that is killed
            "command": command("python", "-m", "prefect.engine"),
        },
    )
    deployment.apply(work_pool_name=pool)
    when = f"{schedule.cron} {schedule.timezone}" if schedule else "on demand"
    return f"{deployment.full_name}: {when}"
