"""Reports made week after week from each other's files are the report made at once."""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from quota.core.plan_tables import Done, DoneTable
from quota.core.problems import errors
from quota.planning.redeploy.announced import start_of
from quota.planning.redeploy.made import not_this_policy
from quota.planning.redeploy.progress import progress
from quota.planning.redeploy.replan import replan
from quota.planning.redeploy.stages import plan
from quota.render.views.people.plan_rows import plan_rows, replan_rows
from tests.unit.planning.redeploy.histories import FIRST, as_read, province, week

pytest.importorskip("ortools")
WEEKS = 10
PROVINCES = 200 if os.environ.get("QUOTA_LAWS") == "long" else 12


@pytest.mark.parametrize("seed", range(PROVINCES))
def test_ten_weekly_reports_chained_are_the_single_report(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    given = province(random)
    first = as_read(tmp_path / "plan.csv", plan_rows(plan(given)))
    chained, done = first, list[Done]()
    for number in range(WEEKS):
        done += week(random, chained, done, number)
        day = FIRST + timedelta(days=7 * number + 6)
        weekly = progress(chained, DoneTable(tuple(done)), day, given.policy)
        whole = progress(first, DoneTable(tuple(done)), day, given.policy)
        assert not errors(weekly.problems)
        assert (weekly.total, weekly.units, weekly.groups) == (whole.total, whole.units, whole.groups)
        assert (weekly.now.cells, weekly.now.pools) == (whole.now.cells, whole.now.pools)
        assert weekly.stages == whole.stages
        for of in ("over", "moved", "short", "filled", "stuck"):
            assert sum(getattr(tally, of) for tally in weekly.stages.values()) == getattr(weekly.total, of), (
                of
            )
        assert "unlike-itself" not in {problem.code for problem in weekly.problems}
        again, at_once = (replan(found, given.policy, given.distances) for found in (weekly, whole))
        assert again == at_once
        chained = as_read(tmp_path / f"week-{number}.csv", replan_rows(weekly, again))
        assert not_this_policy(chained, given.policy, start_of(chained)) == ()
        assert chained.start == first.start


@pytest.mark.parametrize("seed", range(PROVINCES))
def test_the_order_of_rows_of_what_was_done_changes_no_figure(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    given = province(random)
    announced = as_read(tmp_path / "plan.csv", plan_rows(plan(given)))
    done = list[Done]()
    for number in range(0, WEEKS * 4, 2):  # for longer than a secondment lasts
        done += week(random, announced, done, number)
    done = [replace(row, stage=random.choice((row.stage, None, None))) for row in done]
    day = FIRST + timedelta(days=7 * WEEKS * 4)
    turned = random.sample(done, len(done))
    first, second = (
        progress(announced, DoneTable(tuple(rows)), day, given.policy) for rows in (done, turned)
    )
    for of in ("total", "stages", "units", "groups", "done", "reported"):
        assert getattr(first, of) == getattr(second, of), of
    assert first.now.cells == second.now.cells
    assert Counter(problem.code for problem in first.problems) == Counter(
        problem.code for problem in second.problems
    )
