#!/usr/bin/env bash
# scipy's milp says "Optimal", with status 0, of a choice that is not the best there is: CP-SAT finds a better one for the same numbers.
# Installs scipy==1.17.1 numpy==2.4.6 ortools==9.15.6755 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" scipy==1.17.1 numpy==2.4.6 ortools==9.15.6755 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
# Which of 40 moves, each so many metres long and worth about as much, fit under a bound on metres. HiGHS stops when it has
# proved that it lies within a ten-thousandth of the best, and its message is that of an optimum: what is left is in mip_gap.
import random

import numpy as np
from ortools.sat.python import cp_model
from scipy.optimize import Bounds, LinearConstraint, milp

rng = random.Random(4)
better = 0
for _ in range(30):
    metres = [rng.randrange(5_000, 60_000) for _ in range(40)]
    worth = [length + rng.randrange(-300, 300) for length in metres]
    most = sum(metres) // 2

    result = milp(
        -np.array(worth),
        constraints=LinearConstraint(np.array(metres), ub=most),
        integrality=np.ones(40),
        bounds=Bounds(0, 1),
    )
    assert result.status == 0 and "Optimal" in result.message

    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in metres]
    model.add(cp_model.LinearExpr.weighted_sum(chosen, metres) <= most)
    model.maximize(cp_model.LinearExpr.weighted_sum(chosen, worth))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL

    if round(-result.fun) < round(solver.objective_value):
        better += 1
        print(f"{result.message}: {-result.fun:.0f}, CP-SAT {solver.objective_value:.0f}; mip_gap {result.mip_gap:.6f}")
print(f"of 30 problems {better} have a better choice than the one that scipy 1.17.1 calls optimal")
assert better > 0, "scipy has changed"
PYTHON
