"""A synthetic city: what the departments would have sent by the night of 2020-06-30, and the truth."""

from deployments.demo.city import CitySummary, make_city

__all__ = ["CitySummary", "make_city"]
