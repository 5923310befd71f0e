"""Lists of people as departments might keep them, made at random with known truth; all names are made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from quota.core.units import Unit
from quota.tables.shipped.country import country

Cells = list[object]
Counts = tuple[int | None, int | None, int | None]
_FAMILY = ("Giàng", "Lò", "Vừ", "Tòng", "Quàng", "Bế", "Nông", "Ksor", "Rơ Châm", "Đinh")
_GIVEN = ("Mơ", "Pó", "Sen", "Dính", "Súa", "Thào", "Chớ", "Biên", "Y Nhiên", "Xuyến", "Khuyên", "Seo")
_MIDDLE = ("Thị", "A", "Văn", "Thu", "Minh", "Bá", "Ngọc")
_PLACES: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        *(("Chuyên viên", "Phòng Kinh tế"), ("Trưởng phòng", "Văn phòng HĐND và UBND")),
        *(("Chủ tịch UBND", "Lãnh đạo UBND"), ("Công chức", "Phòng Văn hóa - Xã hội")),
        ("Phó Giám đốc", "Trung tâm Phục vụ hành chính công"),
    ),
    (
        *(("Chuyên viên", "Văn phòng Đảng ủy"), ("Trưởng ban", "Ban Xây dựng Đảng")),
        *(("Phó Chủ nhiệm", "Ủy ban Kiểm tra Đảng ủy"), ("Phó Bí thư Thường trực", "Đảng ủy")),
    ),
    (
        *(("Chủ tịch", "Hội Nông dân"), ("Phó Chủ tịch", "Ủy ban MTTQ Việt Nam")),
        *(("Chủ tịch", "Hội Liên hiệp Phụ nữ"), ("Bí thư", "Đoàn TNCS Hồ Chí Minh")),
    ),
)
_BLOCS = ("Chính quyền", "Đảng", "MTTQ")
_UNKNOWN = ("Trạm Y tế", "Hợp tác xã Sông Đà", "Trường Tiểu học", "Tổ dự án")
_OTHERS = {
    "viên chức": "Viên chức",
    "contract": "Hợp đồng theo Nghị định 173",
    "part-time": "Người hoạt động không chuyên trách",
}


@dataclass
class Person:
    """One person: who it is, where, and how employed; `bloc` is None where only asking is right."""

    name: str
    born: str
    unit: Unit
    bloc: int | None
    post: str
    office: str
    employed: str = "Công chức"
    note: str = ""
    is_vacant: bool = False
    is_again: bool = False
    """Whether the row is a second one of a person who is counted by another."""


@dataclass
class Roster:
    """The sheets, the truth by unit's code (None where it must be refused), and every name in them."""

    sheets: dict[str, list[Cells]]
    truth: dict[str, Counts] | None
    names: set[str]
    what: list[str] = field(default_factory=list)


def make_roster(random: Random) -> Roster:
    """One list at random."""
    provinces = sorted({str(unit.province) for unit in country().values()})
    province = random.choice(provinces)
    pool = [unit for unit in country().values() if unit.province == province]
    units = random.sample(pool, random.randint(1, 4))
    what: list[str] = []
    people = [person for unit in units for person in _people(random, unit)]
    has_birth = random.random() < 0.8
    asks = _twists(random, people, what, has_birth=has_birth)
    layout = _Layout(random, units, what, has_birth=has_birth)
    truth = None if asks else _counted(people)
    return Roster(
        layout.sheets(people), truth, {person.name for person in people if not person.is_vacant}, what
    )


def _people(random: Random, unit: Unit) -> list[Person]:
    found = []
    used: set[str] = set()
    for bloc, places in enumerate(_PLACES):
        for post, office in random.choices(places, k=random.randint(0 if bloc else 2, 4)):
            name = f"{random.choice(_FAMILY)} {random.choice(_MIDDLE)} {random.choice(_GIVEN)}"
            while name in used:
                name = f"{random.choice(_FAMILY)} {random.choice(_MIDDLE)} {random.choice(_GIVEN)}"
            used.add(name)
            born = f"{random.randint(1, 28)}/{random.randint(1, 12)}/{random.randint(1966, 2001)}"
            found.append(Person(name, born, unit, bloc, post, office))
    return sorted(found, key=lambda person: (person.bloc, person.office))


def _twists(random: Random, people: list[Person], what: list[str], *, has_birth: bool) -> bool:
    """Change some of the people; whether only asking is right now."""
    asks = False
    for person in people:
        if random.random() < 0.12:
            person.employed = random.choice(list(_OTHERS.values()))
            what.append(person.employed)
    if random.random() < 0.2:
        person = random.choice(people)
        person.is_vacant, person.name = True, random.choice(("Khuyết", "(khuyết)", "Chưa bố trí"))
        what.append("vacant")
    if random.random() < 0.2:
        person = random.choice([each for each in people if not each.is_vacant])
        other = random.choice(_PLACES[0])
        again = Person(
            person.name, person.born, person.unit, person.bloc, *other, note="Kiêm nhiệm", is_again=True
        )
        again.employed = person.employed
        people.insert(people.index(person) + 1, again)
        what.append("second office")
    if random.random() < 0.1:
        person = random.choice([each for each in people if not each.is_again])
        person.post, person.office, person.bloc = "Nhân viên", random.choice(_UNKNOWN), None
        asks = not person.is_vacant
        what.append(f"unknown office {person.office}")
    if random.random() < 0.08:
        person = random.choice([each for each in people if not each.is_vacant and not each.is_again])
        if not any(each.is_again and each.name == person.name for each in people):
            twin = Person(
                person.name,
                "" if not has_birth else person.born,
                person.unit,
                person.bloc,
                person.post,
                person.office,
            )
            twin.employed = person.employed
            twin.is_again = has_birth  # the same birth date: one person; without one nobody can tell
            people.insert(people.index(person) + 1, twin)
            asks = asks or not has_birth
            what.append("twice")
    return asks


def _counted(people: list[Person]) -> dict[str, Counts]:
    found: dict[str, list[int | None]] = {}
    for person in people:
        if person.is_vacant or person.is_again or person.employed != "Công chức" or person.bloc is None:
            continue
        counts = found.setdefault(person.unit.code, [None, None, None])
        counts[person.bloc] = (counts[person.bloc] or 0) + 1
    return {code: (counts[0], counts[1], counts[2]) for code, counts in found.items()}


class _Layout:
    """How the list is laid out: columns, where units and offices stand, what is around."""

    def __init__(self, random: Random, units: list[Unit], what: list[str], *, has_birth: bool) -> None:
        self._random, self._units = random, units
        self._unit_by = random.choice(("column", "column", "merged", "section", "sheet"))
        self._office_by = (
            random.choice(("column", "column", "section")) if self._unit_by != "merged" else "column"
        )
        self._has_bloc = random.random() < 0.3
        self._split = random.random() < 0.2
        self._has_birth = has_birth
        self._numbered = random.random() < 0.85 or self._unit_by == "section" or self._office_by == "section"
        self._titled, self._signed, self._totals = (random.random() < 0.5 for _ in range(3))
        self._ubnd = random.random() < 0.2
        self._upper = random.random() < 0.3
        what.append(f"unit by {self._unit_by}, office by {self._office_by}, bloc {self._has_bloc}")

    def sheets(self, people: list[Person]) -> dict[str, list[Cells]]:
        if self._unit_by == "sheet":
            return {
                unit.name[:31]: self._sheet([each for each in people if each.unit is unit], unit)
                for unit in self._units
            }
        return {"Danh sách": self._sheet(people, None)}

    def _columns(self) -> list[tuple[str, Callable[[Person], object]]]:
        found: list[tuple[str, Callable[[Person], object]]] = []
        if self._split:
            found += [
                (
                    "Họ và tên đệm",
                    lambda person: person.name if person.is_vacant else person.name.rpartition(" ")[0],
                ),
                ("Tên", lambda person: "" if person.is_vacant else person.name.rpartition(" ")[2]),
            ]
        else:
            found.append(("Họ và tên", lambda person: person.name))
        if self._has_birth:
            found.append(("Ngày sinh", lambda person: "" if person.is_vacant else person.born))
        found.append(("Chức vụ, chức danh", lambda person: person.post))
        if self._office_by == "column":
            found.append(("Phòng, ban", lambda person: person.office))
        if self._unit_by in ("column", "merged"):
            found.append(("Đơn vị", lambda person: self._called(person.unit)))
        if self._has_bloc:
            found.append(("Khối", lambda person: _BLOCS[person.bloc] if person.bloc is not None else ""))
        found.append(("Đối tượng", lambda person: person.employed))
        found.append(("Ghi chú", lambda person: person.note))
        return found

    def _called(self, unit: Unit) -> str:
        return f"UBND {unit.name[:1].lower()}{unit.name[1:]}" if self._ubnd else unit.name

    def _sheet(self, people: list[Person], unit: Unit | None) -> list[Cells]:
        columns = self._columns()
        width = len(columns) + self._numbered
        heading: Cells = [*(["TT"] if self._numbered else []), *(called for called, _ in columns)]
        rows: list[Cells] = []
        if self._titled:
            whose = f" {unit.name.upper()}" if unit is not None else ""
            rows += [["SỞ NỘI VỤ"], [f"DANH SÁCH CÁN BỘ, CÔNG CHỨC{whose}"], []]
        rows.append(heading)
        number, of_unit, of_office = 0, unit.code if unit is not None else "", ""
        for person in people:
            if self._unit_by == "section" and person.unit.code != of_unit:
                rows.append(
                    self._between(person.unit.name, len([p for p in people if p.unit is person.unit]))
                )
                of_office, number = "", 0
            if self._office_by == "section" and (person.office != of_office or person.unit.code != of_unit):
                rows.append(self._between(person.office, 0))
            is_below = person.unit.code == of_unit
            of_unit, of_office = person.unit.code, person.office
            number += 1
            cells = [value(person) for _, value in columns]
            if self._unit_by == "merged" and is_below:
                place = [called for called, _ in columns].index("Đơn vị")
                cells[place] = ""
            rows.append([*([number] if self._numbered else []), *cells])
        if self._totals:
            rows.append([*([""] if self._numbered else []), f"Tổng số: {len(people)} người"])
        if self._signed:
            rows += [[], ["", "NGƯỜI LẬP BIỂU", "", "GIÁM ĐỐC"], ["", "(Ký tên)"]]
        return [[*row, *[""] * (width - len(row))] for row in rows]

    def _between(self, text: str, many: int) -> Cells:
        said = text.upper() if self._upper else text
        if many and self._random.random() < 0.3:
            said += f" ({many} người)"
        return [*([self._random.choice(("", "I", "A"))] if self._numbered else []), said]
