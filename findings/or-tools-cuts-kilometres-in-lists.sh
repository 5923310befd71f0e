#!/usr/bin/env bash
# OR-Tools refuses a cost of 1.9 for one arc (TypeError) and, given lists of arcs, takes it for 1 without a word: of two moves of 1.9 and 1.2 km it calls the longer optimal, and 2.7 people become 2.
# Installs ortools==9.15.6755 in a temporary folder and runs it without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" ortools==9.15.6755 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
# The flow solver counts in whole numbers. Its function for one arc says so; the ones for many arcs and many nodes convert
# lists and NumPy arrays of decimals by dropping what follows the point. The supplies here add up to 0 before and after, so
# that nothing else tells. In metres the solver finds the shorter move.
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow


def solved(costs):
    """One move to place 3, from place 1 or 2: optimal?, from 1?, the cost, the costs that the solver kept."""
    flow = SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost([0, 0, 1, 2], [1, 2, 3, 3], [1, 1, 1, 1], [0, 0, *costs])
    flow.set_nodes_supplies([0, 3], [1, -1])
    status = flow.solve()
    return status == flow.OPTIMAL, flow.flow(2) == 1, flow.optimal_cost(), [flow.unit_cost(2), flow.unit_cost(3)]


flow = SimpleMinCostFlow()
try:
    flow.add_arc_with_capacity_and_unit_cost(0, 1, 1, 1.9)
    alone = "taken"
except TypeError:
    alone = "TypeError"
flow.set_nodes_supplies([0, 1, 2], [2.7, -1.4, -1.3])
supplies = [flow.supply(node) for node in range(3)]
kilometres, metres = solved([1.9, 1.2]), solved([1900, 1200])
print("ortools 9.15.6755")
print(f"  one arc of 1.9: {alone}; supplies 2.7, -1.4, -1.3: {supplies}")
print(f"  moves of 1.9 and 1.2 (optimal?, the longer?, the cost, costs kept): {kilometres}")
print(f"  moves of 1900 and 1200: {metres}")
assert alone == "TypeError" and supplies == [2, -1, -1], "OR-Tools has changed"
assert kilometres == (True, True, 1, [1, 1]), "OR-Tools has changed"
assert metres == (True, False, 1200, [1900, 1200]), "OR-Tools has changed"
PYTHON
