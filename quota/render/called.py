"""What units are called where several are shown: a name that two of them have is not enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from quota.core.units import Unit


def called(units: Iterable[Unit]) -> Mapping[str, str]:
    """Each unit's name by its code; with the code behind it where another unit has the same name."""
    names = {unit.code: unit.name for unit in units}
    times = Counter(names.values())
    return {code: name if times[name] == 1 else f"{name} ({code})" for code, name in names.items()}
