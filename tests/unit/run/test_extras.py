"""A command whose library is missing says which extra brings it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from quota.run import extras


def test_a_missing_library_is_named_with_the_way_to_install_it(
    quota: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda module: None if module == "ortools" else object())
    run = quota("plan")
    assert run.code == 2
    assert "needs ortools, which is not installed" in run.err
    assert 'Install it: python -m pip install "commune-quota[plan]", or in a checkout ".[plan]"' in run.err
