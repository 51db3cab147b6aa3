from __future__ import annotations

from deployments.deciding import Asked, Why, decided


def withdraw(delivery: Asked, why: Why) -> None:
    """撤回已接收的报送及其全部影响。 Take an accepted delivery back with all its effects, on the record."""
    decided("withdraw", delivery, why)
