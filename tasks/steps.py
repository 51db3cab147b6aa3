"""A step of a flow: a task where a Prefect server runs the flow, else a call in this process, with the same
name and retries."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Generic, ParamSpec, TypeVar

from prefect import Task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.context import FlowRunContext
from prefect.futures import wait
from prefect.settings import PREFECT_API_URL

from tasks.edge import is_worth_another_try, value_free
from tasks.progress import note

P = ParamSpec("P")
R = TypeVar("R")
WAIT_SECONDS = 5  # before a step is tried again
Listener = Callable[[str, Mapping[str, Any], Any, float], None]
_listeners: list[Listener] = []


def report_to(listener: Listener) -> None:
    """Call this with each step's name, arguments, result and seconds when it has ended in this process."""
    _listeners[:] = [listener]


def has_server() -> bool:
    """Whether a Prefect server is named that flows are to run on."""
    return bool(PREFECT_API_URL.value())


def is_answered() -> bool:
    """Whether that server answers now."""
    with get_client(sync_client=True) as client:
        return client.api_healthcheck() is None


class Step(Generic[P, R]):
    """One step. `fn` is its work and nothing else; what it lets out holds no value of a row."""

    def __init__(self, fn: Callable[P, R], name: str, run_name: str, retries: int) -> None:
        self.fn, self.name, self.run_name, self.retries = value_free(fn), name, run_name, retries
        self.task = Task(
            self.fn,
            name=name,
            task_run_name=run_name,
            cache_policy=NO_CACHE,
            retries=retries,
            retry_delay_seconds=WAIT_SECONDS,
            retry_condition_fn=lambda task, run, state: is_worth_another_try(state.data),
        )

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        note(step=self._called(*args, **kwargs))
        if FlowRunContext.get():
            return self.task(*args, **kwargs)
        began = time.monotonic()
        result = self._tried(*args, **kwargs)
        for listener in _listeners:
            listener(self.name, self._arguments(*args, **kwargs), result, time.monotonic() - began)
        return result

    def _tried(self, *args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(self.retries):
            try:
                return self.fn(*args, **kwargs)
            except Exception as error:
                if not is_worth_another_try(error):
                    raise
                time.sleep(WAIT_SECONDS)
        return self.fn(*args, **kwargs)

    def each(self, values: Iterable[Any], at_once: int) -> list[R]:
        """The step for each of the values, some at once; the first error when all have ended."""
        one: Callable[[Any], R] = self
        if FlowRunContext.get():
            futures = [self.task.submit(value) for value in values]  # type: ignore[call-overload]
            wait(futures)
            return [future.result() for future in futures]
        with ThreadPoolExecutor(at_once) as pool:
            calls = [pool.submit(one, value) for value in values]
        return [call.result() for call in calls]

    def _called(self, *args: P.args, **kwargs: P.kwargs) -> str:
        return self.run_name.format(**self._arguments(*args, **kwargs))

    def _arguments(self, *args: P.args, **kwargs: P.kwargs) -> Mapping[str, Any]:
        return inspect.signature(self.fn).bind(*args, **kwargs).arguments


def step(name: str, run_name: str, retries: int = 0) -> Callable[[Callable[P, R]], Step[P, R]]:
    """Make a function a step; `run_name` may name its arguments."""
    return lambda fn: Step(fn, name, run_name, retries)
