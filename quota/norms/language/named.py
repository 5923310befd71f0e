"""The blocs of a frame by key and name, and what is different for a type of unit."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, Field

from quota.core.blocs import NOT_BLOCS, Bloc
from quota.core.text import say
from quota.norms.files.rulefile import SEVERAL, Id, Local, Positive, Strict, Words, complaint
from quota.norms.language.bloc_rule import BlocRule

_BLOC_KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def _fit_for_a_column(key: str) -> str:
    """A bloc's key begins the names of its columns, so that it must not be what another column is called."""
    if not _BLOC_KEY.fullmatch(key):
        fix = say("use small letters, digits and single underscores: military")
        raise complaint("bad-bloc", say("not a key for a bloc"), fix)
    if key in NOT_BLOCS:
        fix = say("call the bloc otherwise")
        raise complaint("bad-bloc", say('"{key}" means something else in tables', key=key), fix)
    return key


BlocKey = Annotated[str, Field(max_length=40), AfterValidator(_fit_for_a_column)]


class NamedBlocRule(BlocRule):
    """A bloc's rule for units of every type, with its name and the headings of its column in staff tables.

    The blocs government, party and front have a name and headings without saying them.
    """

    name: Local | None = None
    headings: Annotated[tuple[Words, ...], SEVERAL] | None = None

    def bloc(self, key: str) -> Bloc:
        """The bloc it is about, as a core value."""
        return Bloc(key, self.name.text if self.name else None, self.headings or ())


class TypeRule(Strict):
    """What is different for one type of unit: rules of some blocs, or a note its quota always carries."""

    blocs: dict[BlocKey, BlocRule | None] = Field(default_factory=dict)
    note: Local | None = None


@cache
def _nothing_different() -> TypeRule:
    """Made once: it is asked for several times a unit."""
    return TypeRule()


class TypeRules(Strict):
    """Overrides, by type."""

    commune: TypeRule | None = None
    ward: TypeRule | None = None
    special_zone: TypeRule | None = None


class MinimumPopulation(Strict):
    """The fewest residents a new unit should have, by type, and the note units below it carry."""

    commune: Positive | None = None
    ward: Positive | None = None
    special_zone: Positive | None = None
    source: Id
    note: Local | None = None
