"""Random tables of units with their staff, and arithmetic over them that shares no code with the program."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace

from hypothesis import strategies as st

BLOCS = ("government", "party", "front")
TYPES = {"commune": "Xã", "ward": "Phường", "special_zone": "Đặc khu"}
HEADER = ("code", "name", "type", "population", *BLOCS, "area_km2", "lon", "lat", "Ghi chú")
NOTES = (
    "",
    "gần sông, có chợ",
    'nói "vậy"',
    "=1+1",
    "[b]x[/b]",
    "<i>&amp;",
    "a|b",
    "\u202eabc",
    "0012",
    "1.500",
)


@dataclass(frozen=True)
class Line:
    """One unit of a table; None is unknown."""

    code: str
    type: str
    population: int | None
    staff: tuple[int | None, int | None, int | None]
    note: str = ""

    @property
    def name(self) -> str:
        return f"{TYPES[self.type]} Số {int(self.code)}"

    def cells(self) -> list[str]:
        """As a table of this header says it."""
        place = int(self.code)
        figures = [self.population, *self.staff]
        return [
            *(self.code, self.name, self.type),
            *("" if figure is None else str(figure) for figure in figures),
            *(f"{10 + place % 90}.5", f"{105 + place % 70 / 100:.2f}", f"{20 + place % 90 / 100:.2f}"),
            self.note,
        ]


PEOPLE = st.none() | st.integers(0, 60)
LINES = st.lists(
    st.builds(
        Line,
        code=st.integers(1, 99_999).map("{:05}".format),
        type=st.sampled_from(list(TYPES)),
        population=st.none() | st.integers(0, 60_000) | st.sampled_from([15_999, 16_000, 17_999, 18_000]),
        staff=st.tuples(PEOPLE, PEOPLE, PEOPLE),
        note=st.sampled_from(NOTES),
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda line: line.code,
)
KNOWN_LINES = LINES.map(
    lambda lines: [
        replace(
            line,
            population=line.population or 0,
            staff=(line.staff[0] or 0, line.staff[1] or 0, line.staff[2] or 0),
        )
        for line in lines
    ]
)
"""The same with nothing unknown."""


def table_of(lines: list[Line]) -> str:
    """The lines as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEADER, *(line.cells() for line in lines)])
    return text.getvalue()


Figures = dict[str, int | None]


def by_default(line: Line) -> Figures:
    """What the default frame says of a unit outside the mountains, worked out here: posts, staff and gaps."""
    found: Figures = {}
    ends: dict[str, tuple[int, int] | None] = {"party": (17, 20), "front": (8, 10), "government": None}
    if line.population is not None:
        most = 50 if line.type == "commune" else 70
        base = min(32 + max(line.population - 16_000, 0) // 2_000, most)
        ends["government"] = (base, base)
    short = over = 0
    for bloc, people in zip(BLOCS, line.staff, strict=True):
        bounds = ends[bloc] if line.population is not None else None
        found[f"{bloc}_low"], found[f"{bloc}_high"] = bounds or (None, None)
        found[f"{bloc}_staff"] = people
        missing = max(bounds[0] - people, 0) if bounds and people is not None else None
        extra = max(people - bounds[1], 0) if bounds and people is not None else None
        found[f"{bloc}_shortfall"], found[f"{bloc}_surplus"] = missing, extra
        short, over = short + (missing or 0), over + (extra or 0)
    whole = line.population is not None and None not in line.staff
    lows = [found[f"{bloc}_low"] for bloc in BLOCS]
    highs = [found[f"{bloc}_high"] for bloc in BLOCS]
    found["total_low"] = None if None in lows else sum(low or 0 for low in lows)
    found["total_high"] = None if None in highs else sum(high or 0 for high in highs)
    found["total_staff"] = None if None in line.staff else sum(people or 0 for people in line.staff)
    found["total_shortfall"] = short if whole else None
    found["total_surplus"] = over if whole else None
    return found


def totals_by_default(lines: list[Line]) -> Figures:
    """Sums over what is known; shortfall and surplus each for itself."""
    units = [by_default(line) for line in lines]
    found: Figures = {}
    for key in units[0]:
        known = [value for unit in units if (value := unit[key]) is not None]
        found[key] = sum(known) if known else None
    for part in ("shortfall", "surplus"):
        known = [value for bloc in BLOCS if (value := found[f"{bloc}_{part}"]) is not None]
        found[f"total_{part}"] = sum(known) if known else None
    known = [value for bloc in BLOCS if (value := found[f"{bloc}_staff"]) is not None]
    found["total_staff"] = sum(known) if known else None
    return found
