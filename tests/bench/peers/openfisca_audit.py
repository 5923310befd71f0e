"""The audit under cv-09-2025, no unit in mountains, as variables of OpenFisca: SOURCE TARGET."""

import sys

import numpy as np
import pandas as pd
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

source, target = sys.argv[1:]
YEAR = "2026"
BLOCS = ("government", "party", "front")
unit = Entity("unit", "units", "A commune-level unit", "")
system = TaxBenefitSystem([unit])


def variable(name, formula=None):
    """A whole number of the unit a year; NaN where it is unknown."""
    body = {"value_type": float, "entity": unit, "definition_period": DateUnit.YEAR, "label": name}
    if formula is not None:
        body["formula"] = formula
    system.add_variable(type(name, (Variable,), body))


def granted(units, period):
    steps = np.floor(np.maximum(units("population", period) - 16_000, 0) / 2_000)
    return np.minimum(32 + steps, units("most", period))


def ends(low, high):
    def known(posts):
        return lambda units, period: np.where(np.isnan(units("population", period)), np.nan, posts)

    return known(low), known(high)


for name in ("population", "most", *BLOCS):
    variable(name)


def as_given(of):
    return lambda units, period: units(of, period)


def missing(of, than):
    """How far one falls short of another, if it does."""
    return lambda units, period: np.maximum(units(than, period) - units(of, period), 0)


def over_blocs(part):
    return lambda units, period: sum(units(f"{bloc}_{part}", period) for bloc in BLOCS)


FORMULAS = {"government": (granted, granted), "party": ends(17, 20), "front": ends(8, 10)}
for bloc, (low, high) in FORMULAS.items():
    variable(f"{bloc}_low", low)
    variable(f"{bloc}_high", high)
    variable(f"{bloc}_staff", as_given(bloc))
    variable(f"{bloc}_shortfall", missing(bloc, than=f"{bloc}_low"))
    variable(f"{bloc}_surplus", missing(f"{bloc}_high", than=bloc))
PARTS = ("low", "high", "staff", "shortfall", "surplus")
for part in PARTS:
    variable(f"total_{part}", over_blocs(part))

table = pd.read_csv(source, dtype={"code": "str"})
simulation = SimulationBuilder().build_default_simulation(system, count=len(table))
given = table.assign(most=np.where(table["type"] == "commune", 50, 70))
for name in ("population", "most", *BLOCS):
    simulation.set_input(name, YEAR, given[name].to_numpy(dtype="float32"))
for group in (*BLOCS, "total"):
    for part in PARTS:
        table[f"{group}_{part}"] = pd.Series(simulation.calculate(f"{group}_{part}", YEAR)).astype("Int64")
short, over = (
    np.logical_or.reduce([table[f"{bloc}_{part}"].fillna(0).to_numpy() > 0 for bloc in BLOCS])
    for part in ("shortfall", "surplus")
)
unknown = np.logical_or.reduce([table[f"{bloc}_shortfall"].isna().to_numpy() for bloc in BLOCS])
table["status"] = np.select(
    [short & over, unknown, short, over], ["mixed", "unknown", "short", "surplus"], "within"
)
table["below_minimum"] = (table["population"] < 16_000).fillna(False)
table.to_csv(target, index=False)
