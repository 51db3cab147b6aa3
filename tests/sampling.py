"""What takes too long for every run: some of the parameters always, the others under `make torture`."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

import pytest


def sampled(every: Iterable[Any], always: Container[Any]) -> list[Any]:
    """All of them as parameters of a test, marked `torture` but for those in `always`."""
    return [one if one in always else pytest.param(one, marks=pytest.mark.torture) for one in every]
