"""A value for each of the central frames' three blocs, as tests write them down."""

from __future__ import annotations

from typing import TypeVar

from quota.core.blocs import BLOCS, ByBloc

T = TypeVar("T")


def three(government: T, party: T, front: T) -> ByBloc[T]:
    """Government, Party, Front."""
    return ByBloc(BLOCS, (government, party, front))
