"""Frames that say the same of some blocs: an amendment of one bloc is no other rule for the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quota.core.units import UnitType
from quota.norms.granting import Norms


def unlike(frames: Iterable[Norms], blocs: Sequence[str]) -> tuple[Norms, ...]:
    """The frames that grant these blocs otherwise than every frame before them."""
    found: dict[object, Norms] = {}
    for norms in frames:
        said = tuple(_grants(norms, unit_type, blocs) for unit_type in UnitType)
        found.setdefault(said, norms)
    return tuple(found.values())


def _grants(norms: Norms, unit_type: UnitType, blocs: Sequence[str]) -> tuple[object, ...]:
    """What it grants these blocs, as expressions; None for one that it does not have."""
    grants = {str(bloc): ends for bloc, ends in norms.of(unit_type).grants.items()}
    return tuple(grants.get(bloc) for bloc in blocs)
