"""Counts hostile inputs; `tests/conftest.py` says at the end of a run how they fared."""

from __future__ import annotations

import pytest

from tests.conftest import TALLY
from tests.hostile.tally import Tally


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """The tally of this run."""
    return request.config.stash.setdefault(TALLY, Tally())
