from __future__ import annotations

from deployments.deciding import Asked, Why, decided


def accept(delivery: Asked, why: Why) -> None:
    """让被退回的报送通过，留存理由。 Let a refused delivery through, on the record."""
    decided("accept", delivery, why)
