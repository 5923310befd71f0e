"""How often a law is tried: briefly every time the tests run, at length where QUOTA_LAWS=long asks for it."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

LONG = os.environ.get("QUOTA_LAWS") == "long"


def often(examples: int) -> settings:
    """So many examples; fifty times as many at length."""
    return settings(
        max_examples=examples * (50 if LONG else 1),
        deadline=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
            HealthCheck.filter_too_much,
        ],
    )
