"""`python -m quota` runs the program; importing its module runs nothing."""

from __future__ import annotations

import runpy
import sys

import pytest

import quota.cli.main


@pytest.mark.parametrize(("name", "runs"), [("__main__", 1), ("quota.__main__", 0)])
def test_the_module_runs_the_program_where_it_is_the_one_that_was_asked_for(
    name: str, runs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(quota.cli.main, "run", lambda: done.append("run"))
    monkeypatch.delitem(sys.modules, "quota.__main__", raising=False)
    runpy.run_module("quota.__main__", run_name=name)
    assert len(done) == runs
