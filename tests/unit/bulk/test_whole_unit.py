"""Bounds of all blocs together, on every engine and in the sweep, with what is unknown counted both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from quota.analysis.what_if.sensitivity import outcomes_of
from quota.bulk import sweeping
from quota.norms.granting import Assumption
from quota.norms.loading import load_frame
from tests.laws.drawn import random_units

from .conftest import ENGINES, quick_engine
from .test_whole_language import in_bulk, table_of
from .trials import audited_with_unknown

EXPRESSIVE = Path(__file__).parents[2] / "expressive"


@pytest.mark.parametrize("taken", [None, *Assumption])
@pytest.mark.parametrize("name", ["whole-unit", "whole-unit-ranges"])
def test_the_bloc_that_adjusts_is_held_on_every_engine(name: str, taken: Assumption | None) -> None:
    frame = load_frame(EXPRESSIVE / f"{name}.yaml").assuming({} if taken is None else {"border": taken})
    units = random_units(60, 3)
    expected, table = audited_with_unknown(frame, units), table_of(units)
    for engine in ENGINES:
        assert in_bulk(quick_engine(engine), frame, table) == expected, engine
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweeping, "_WORTH", 0)
        assert sweeping.sweep([frame], units) == outcomes_of([frame], units)
