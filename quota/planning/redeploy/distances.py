"""How far it is from one place to another, in whole metres; unknown where nothing says."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Any

from msgspec import field

from quota.core.places import file_of
from quota.core.plan_tables import PairTable
from quota.core.problems import Problem, Severity
from quota.core.text import say
from quota.core.values import ComparedByContent

if TYPE_CHECKING:
    from collections.abc import Sequence

EARTH_METRES = 6_371_008.8
"""The Earth's mean radius (IUGG)."""
UNKNOWN = -1
"""An unknown distance, in arrays of metres."""

Points = Mapping[str, tuple[float, float]]


def great_circle(start: tuple[float, float], end: tuple[float, float]) -> int:
    """Metres between two points, longitude and latitude in degrees (haversine on a sphere)."""
    (lon_a, lat_a), (lon_b, lat_b) = start, end
    inner = (
        sin(radians(lat_b - lat_a) / 2) ** 2
        + cos(radians(lat_a)) * cos(radians(lat_b)) * sin(radians(lon_b - lon_a) / 2) ** 2
    )
    return round(2 * EARTH_METRES * asin(min(sqrt(inner), 1.0)))


class Distances(ComparedByContent, frozen=True):
    """Metres between places: the pairs of a table if there is one, else great circles between points."""

    how: str
    """`points`, `table` or `neighbours`."""
    points: Points = field(default_factory=dict)
    pairs: Mapping[tuple[str, str], int] | None = None

    def metres(self, start: str, end: str) -> int | None:
        """Metres from one code to another; 0 within a unit; None where nothing says."""
        if start == end:
            return 0
        if self.pairs is not None:
            return self.pairs.get((min(start, end), max(start, end)))
        if start in self.points and end in self.points:
            return great_circle(self.points[start], self.points[end])
        return None

    def matrix(self, starts: Sequence[str], ends: Sequence[str]) -> Any:
        """Metres from each of `starts` to each of `ends` as an array of whole numbers; -1 where unknown."""
        import numpy as np

        rows, columns = np.indices((len(starts), len(ends))).reshape(2, -1)
        return self.along(starts, ends, rows, columns).astype(np.int64).reshape(len(starts), len(ends))

    def along(self, starts: Sequence[str], ends: Sequence[str], rows: Any, columns: Any) -> Any:
        """Metres from `starts[row]` to `ends[column]` for each row and column given; -1 where unknown."""
        import numpy as np

        if self.pairs is not None:
            ways = zip(rows.tolist(), columns.tolist(), strict=True)
            found = [self.metres(starts[row], ends[column]) for row, column in ways]
            return np.array([UNKNOWN if metres is None else metres for metres in found], dtype=np.int32)
        nowhere = (float("nan"), float("nan"))
        a = np.radians(np.array([self.points.get(code, nowhere) for code in starts]).reshape(-1, 2))[rows]
        b = np.radians(np.array([self.points.get(code, nowhere) for code in ends]).reshape(-1, 2))[columns]
        inner = (
            np.sin((b[:, 1] - a[:, 1]) / 2) ** 2
            + np.cos(a[:, 1]) * np.cos(b[:, 1]) * np.sin((b[:, 0] - a[:, 0]) / 2) ** 2
        )
        metres = np.rint(2 * EARTH_METRES * np.arcsin(np.minimum(np.sqrt(inner), 1.0)))
        return np.where(np.isnan(metres), UNKNOWN, metres).astype(np.int32)


def unmatched(table: PairTable, known: Container[str]) -> Iterator[Problem]:
    """An error where no distance of the table is between two places that are `known`."""
    if table.pairs and not any(start in known and end in known for start, end in table.pairs):
        first = next(code for pair in table.pairs for code in pair if code not in known)
        message = say("no distance here is between units of the population table")
        fix = say("give the distances of the same units, with the same codes")
        yield Problem("wrong-distances", Severity.ERROR, message, fix, file=file_of(table), value=first)


def along_borders(borders: Iterable[tuple[str, str]], points: Points) -> Distances:
    """Metres along neighbours: the shortest way from unit to unit over shared borders, point to point.

    Places that no chain of neighbours joins (an island) are at an unknown distance.
    """
    beside: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for first, second in sorted(borders):
        if first in points and second in points:
            metres = great_circle(points[first], points[second])
            beside[first].append((second, metres))
            beside[second].append((first, metres))
    pairs: dict[tuple[str, str], int] = {}
    for start in sorted(beside):
        for end, metres in _ways(start, beside).items():
            if start < end:
                pairs[start, end] = metres
    return Distances("neighbours", points, pairs)


def _ways(start: str, beside: Mapping[str, list[tuple[str, int]]]) -> dict[str, int]:
    """The shortest way from `start` to every place that can be reached (Dijkstra)."""
    reached: dict[str, int] = {}
    queue = [(0, start)]
    while queue:
        metres, here = heapq.heappop(queue)
        if here in reached:
            continue
        reached[here] = metres
        for there, step in beside.get(here, ()):
            if there not in reached:
                heapq.heappush(queue, (metres + step, there))
    return reached
