"""How often a law is tried: briefly every time the tests run, at length where QUOTA_LAWS=long asks for it."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

LONG = os.environ.get("QUOTA_LAWS") == "long"


def often(examples: int, *, long: int | None = None) -> settings:
    """So many examples; at length `long`, or else fifty times as many."""
    return settings(
        max_examples=(long or 50 * examples) if LONG else examples,
        deadline=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
            HealthCheck.filter_too_much,
        ],
    )
