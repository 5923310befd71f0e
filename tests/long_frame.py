"""A frame with more bands, cases, increments and words than one formula or one line of Python can say."""

from __future__ import annotations

from tests import grants

BANDS, CASES, INCREMENTS, NAMED = 200, 200, 60, 120
CEILING = 330

HEAD = grants.HEAD.replace("id: ours", "id: long")


def code(number: int) -> str:
    """The code of a unit."""
    return f"{number:05}"


def frame_text() -> str:
    """The frame: bands by thousands, norms of named units, a step of its own for every 500 residents."""
    rows = [
        f"[{band * 1_000}, {'null' if band == BANDS - 1 else band * 1_000 + 999}, {band}, {band + 2}]"
        for band in range(BANDS)
    ]
    cases = [f'{{base: {number % 37}, when: {{unit: "{code(number)}"}}}}' for number in range(CASES)]
    steps = [
        f"{{posts: 1, per_residents: {7 + step}, above: {step * 500}, up_to: {step * 500 + 500}, rounding: "
        f"{('down', 'up', 'nearest')[step % 3]}, most: 3}}"
        for step in range(INCREMENTS)
    ]
    named = ", ".join(f'"{code(number)}"' for number in range(0, 2 * NAMED, 2))
    any_of = ", ".join(f'{{unit: "{code(number)}"}}' for number in range(0, 3 * NAMED, 3))
    return (
        f"{HEAD}blocs:\n"
        f"  government:\n    bands: {{of: residents, rows: [{', '.join(rows)}]}}\n"
        "    supplement: {posts: 5, when: {area_km2: {below: 10}}}\n    source: law\n"
        f"  party: {{cases: [{', '.join(cases)}, {{base: 40}}], source: law}}\n"
        f"  front:\n    base: 8\n    increment: [{', '.join(steps)}]\n"
        f"    supplement: [{{posts: 4, when: {{unit: [{named}]}}}}, "
        f"{{posts: 1, when: {{any: [{any_of}]}}}}]\n"
        "    source: law\n"
        f"total: {{most: {CEILING}, adjusts: government, source: law}}\n"
    )


def granted(number: int, residents: int, area: float | None) -> tuple[tuple[int, int], int, int]:
    """What it grants a unit, bloc by bloc, by other arithmetic than the program's."""
    party = number % 37 if number < CASES else 40
    front = 8 + (4 if number % 2 == 0 and number < 2 * NAMED else 0)
    front += 1 if number % 3 == 0 and number < 3 * NAMED else 0
    for step in range(INCREMENTS):
        counted, size = min(max(residents - step * 500, 0), 500), 7 + step
        posts = (counted // size, -(-counted // size), (2 * counted + size) // (2 * size))[step % 3]
        front += min(posts, 3)
    band = min(residents // 1_000, BANDS - 1) + (5 if area is not None and area < 10 else 0)
    left = CEILING - party - front
    return (min(band, left), min(band + 2, left)), party, front


_NUMBERS = (0, 1, 2, 3, 36, 37, 199, 200, 238, 239, 240, 357, 360, 361, 362)
_RESIDENTS = (0, 499, 500, 501, 999, 1_000, 1_999, 2_000, 29_499, 29_999, 30_000, 150_123, 198_999, 199_000)
UNITS = [
    (number, _RESIDENTS[place % len(_RESIDENTS)], (None, 9.99, 10.0)[place % 3])
    for place, number in enumerate((*_NUMBERS, *range(400, 430)))
]
"""Number, residents and area of each unit, on both sides of bounds."""


def table_text() -> str:
    """The units as a table of communes."""
    rows = [
        f"{code(number)},U{number},commune,{residents},{'' if area is None else area}"
        for number, residents, area in UNITS
    ]
    return "\n".join(["code,name,type,population,area_km2", *rows, "99999,Unknown,commune,,5", ""])
