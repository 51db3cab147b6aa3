"""Planted households: one module per subject; each plants its edges by a function `plant(planting)`."""

from __future__ import annotations

import importlib
import pkgutil

from deployments.demo.edges.planting import Planting


def planted() -> Planting:
    """All planted households, in order of module."""
    planting = Planting()
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        module = importlib.import_module(f"{__name__}.{name}")
        if hasattr(module, "plant"):
            module.plant(planting)
    return planting
