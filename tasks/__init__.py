"""Prefect's edge: thin tasks around the warehouse, and the only reader of settings."""
