"""What a frame says otherwise from a day on."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from quota.norms.files.rulefile import Day, Local, Strict


def _as_tuples(said: object) -> object:
    """The same with tuples in place of lists, at every depth: what a model holds does not change."""
    if isinstance(said, dict):
        return {key: _as_tuples(inner) for key, inner in said.items()}
    return tuple([_as_tuples(inner) for inner in said]) if isinstance(said, list) else said


Amended = Annotated[dict[str, Any], AfterValidator(_as_tuples)]


class Phase(Strict):
    """What a frame says otherwise from a day on: an amendment of all that it says before that day.

    It is read as a frame that `extends` another is: mappings are merged, lists replaced whole, null drops a
    key, and what is changed cites its source. `quota.norms.phases` judges what is in it.
    """

    from_: Day = Field(alias="from")
    reading: Local
    notes: Local | None = None
    minimum_population: Amended | None = None
    blocs: Amended | None = None
    unit_types: Amended | None = None
    standards: Amended | None = None
    total: Amended | None = None
