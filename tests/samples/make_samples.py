"""Makes the illustrative tables of Hải Phòng: fields and who covers them, needs, loans, assigned posts.

    python tests/samples/make_samples.py [FOLDER]

writes them to FOLDER, or to `data/`. Nothing in them is a real headcount. What is real: the units; that 91
people went to 46 units for six months (the city's published totals); the names of the fields. Everything else
(who, from where, when, for what) comes from the seed below. A test makes them again and compares every byte.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

SEED = 20250930
BLOCS = ("government", "party", "front")
UNITS, PEOPLE, MONTHS = 46, 91, 6

DATA = Path(__file__).parents[2] / "data"
FIELDS = (
    "finance",
    "construction",
    "agriculture-environment",
    "industry-trade",
    "home-affairs",
    "culture-information",
    "science-technology",
    "health",
    "education",
    "external-affairs",
    "justice",
    "inspection-complaints",
)
# How many of forty specialists work in each field.
WEIGHTS = (5, 5, 5, 2, 4, 4, 1, 3, 4, 1, 4, 2)
NOT_IN_A_FIELD = 8
"""Leaders and office staff of a unit's government bloc, who hold no field here."""
HOMES = (
    ("Sở Tài chính", ("finance",)),
    ("Sở Xây dựng", ("construction",)),
    ("Sở Nông nghiệp và Môi trường", ("agriculture-environment",)),
    ("Sở Công Thương", ("industry-trade",)),
    ("Sở Nội vụ", ("home-affairs",)),
    ("Sở Văn hóa, Thể thao và Du lịch", ("culture-information",)),
    ("Sở Khoa học và Công nghệ", ("science-technology",)),
    ("Sở Y tế", ("health",)),
    ("Sở Giáo dục và Đào tạo", ("education",)),
    ("Sở Tư pháp", ("justice",)),
)
STARTS = ("2026-08-17", "2026-09-01", "2026-09-15", "2026-10-01", "2026-11-02")


class Dice:
    """Draws that stay the same in every version of Python: only `random()` itself is promised to."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def below(self, bound: int) -> int:
        return int(self._random.random() * bound)

    def weighted(self, weights: Sequence[int]) -> int:
        ticket = self.below(sum(weights))
        place = 0
        while ticket >= weights[place]:
            ticket -= weights[place]
            place += 1
        return place


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def posts(residents: int) -> int:
    """About what the central frame grants a government bloc; only to send people where they are missed."""
    return 32 + max(residents - 16_000, 0) // 2_000


def holders(staff: list[dict[str, str]], dice: Dice) -> Iterable[tuple[str, str, int, str]]:
    """Rows of code, name, people, fields: about every fifth specialist covers a second field."""
    for unit in staff:
        groups: dict[tuple[int, ...], int] = {}
        for _ in range(max(int(unit["government"]) - NOT_IN_A_FIELD, 0)):
            covered = {dice.weighted(WEIGHTS)}
            if dice.below(5) == 0:
                covered.add(dice.weighted(WEIGHTS))
            key = tuple(sorted(covered))
            groups[key] = groups.get(key, 0) + 1
        for key in sorted(groups):
            yield unit["code"], unit["name"], groups[key], ";".join(FIELDS[place] for place in key)


def needs(units: list[dict[str, str]]) -> Iterable[tuple[str, str, int]]:
    """Rows of code, field, needed: a unit's posts shared out by weight, at least one each; no draw at all."""
    whole = sum(WEIGHTS)
    for unit in units:
        specialists = posts(int(unit["population"])) - NOT_IN_A_FIELD
        for field, weight in zip(FIELDS, WEIGHTS, strict=True):
            yield unit["code"], field, max((weight * specialists + whole // 2) // whole, 1)


def secondments(
    units: list[dict[str, str]], staff: list[dict[str, str]], dice: Dice
) -> Iterable[tuple[str, str, str, str, str, int]]:
    """91 people, one row each, for six months to the 46 units with fewest people for their residents.

    Most come from departments, a few from the six units with the most people.
    """
    by_staff = sorted(staff, key=lambda unit: (-int(unit["government"]), unit["code"]))
    lenders = [unit["code"] for unit in by_staff[:6]]
    government = {unit["code"]: int(unit["government"]) for unit in staff}
    missing = {
        unit["code"]: posts(int(unit["population"])) - government[unit["code"]]
        for unit in units
        if unit["code"] not in lenders
    }
    neediest = sorted(missing, key=lambda code: (-missing[code], code))[:UNITS]
    hosts = [unit["code"] for unit in units if unit["code"] in neediest]
    # every host gets one person, the rest are drawn
    goes_to = [*range(UNITS), *(dice.below(UNITS) for _ in range(PEOPLE - UNITS))]
    start_of = [dice.below(len(STARTS)) for _ in range(UNITS)]
    for number, place in enumerate(sorted(goes_to), start=1):
        if dice.below(8) == 0:
            home, field = lenders[dice.below(len(lenders))], FIELDS[dice.weighted(WEIGHTS)]
        else:
            home, fields = HOMES[dice.below(len(HOMES))]
            field = fields[dice.below(len(fields))]
        yield f"BP{number:03}", home, hosts[place], field, STARTS[start_of[place]], MONTHS


def assigned(
    units: list[dict[str, str]], staff: list[dict[str, str]]
) -> Iterable[tuple[str, str, int | str, int | str, int | str]]:
    """Rows of code, name and posts by bloc, then the reserve: no draw at all.

    A unit's government bloc has two posts more than people, as many, or two fewer, in turn among the units
    that are short, exact or over against the frame: each of the nine combinations is there. Other blocs have
    a post for each of their people.
    """
    people = {unit["code"]: {bloc: int(unit[bloc]) for bloc in BLOCS} for unit in staff}
    turn = {"short": 0, "exact": 0, "over": 0, "both": 0}
    for unit in units:
        present = people[unit["code"]]
        ends = {"government": (posts(int(unit["population"])),) * 2, "party": (17, 20), "front": (8, 10)}
        short = any(present[bloc] < low for bloc, (low, _) in ends.items())
        over = any(present[bloc] > high for bloc, (_, high) in ends.items())
        found = "both" if short and over else "short" if short else "over" if over else "exact"
        more = (2, 0, -2)[turn[found] % 3]
        turn[found] += 1
        yield unit["code"], unit["name"], present["government"] + more, present["party"], present["front"]
    yield "", "Dự phòng", 25, 5, ""


def make(folder: Path) -> None:
    """Write the four tables."""
    units, staff = read("hai-phong.csv"), read("hai-phong-staff-sample.csv")
    write(
        folder / "hai-phong-fields-sample.csv",
        ("code", "name", "people", "fields"),
        holders(staff, Dice(SEED)),
    )
    write(folder / "hai-phong-needs-sample.csv", ("code", "field", "needed"), needs(units))
    write(
        folder / "hai-phong-secondments-sample.csv",
        ("id", "home", "host", "field", "start", "months"),
        secondments(units, staff, Dice(SEED + 1)),
    )
    write(
        folder / "hai-phong-assigned-sample.csv",
        ("code", "name", *(f"assigned_{bloc}" for bloc in BLOCS)),
        assigned(units, staff),
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
