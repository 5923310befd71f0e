"""A floor and a ceiling of a unit's posts over all its blocs."""

from __future__ import annotations

from pydantic import model_validator

from quota.core.text import say
from quota.norms.files.rulefile import Id, complaint
from quota.norms.language.bounds import Bounds
from quota.norms.language.named import BlocKey


class TotalRule(Bounds):
    """The fewest and the most posts of all blocs together, and the bloc that takes the difference.

    They hold however the other blocs are filled within their norms: `adjusts` has at most what the ceiling
    leaves beside the others' high ends, and at least what the floor leaves beside their low ends.
    """

    adjusts: BlocKey
    source: Id

    @model_validator(mode="after")
    def _says_something(self) -> TotalRule:
        if self.least is None and self.most is None:
            message = say("neither a floor nor a ceiling of all blocs together")
            raise complaint("no-bound", message, say("write most: or least:, or remove total:"))
        return self
