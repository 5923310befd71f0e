"""Rows are about people: whatever is wrong with one, only the cell at fault is ever shown.

Each case is a row of a table with something wrong in it. All its other cells are filled with values that
stand nowhere else, and none of them may be in what is said, printed or listed as a problem. What a unit is
called is no secret: its code and name say which unit is meant.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from quota.core.problems import InputError, Problem
from tests.laws.province import ROOT, RUNS, TEXTS, in_folder, write_province
from tests.laws.test_command_line import ran

Row = Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A kind of table: the run that reads it, and a row that no other table knows anything of."""

    file: str
    run: tuple[str, ...]
    row: Row
    more: tuple[str, ...] = ()
    """Columns that the province's own file does not have."""


def run_with(words: str, number: int = 0) -> tuple[str, ...]:
    return RUNS[words][number]


PLACE = {"code": "00005", "name": "Xã Đồng Xa"}
"""A unit that there is: its own code and name are no secret, but are not to be repeated either."""

TABLES = {
    "units": Table(
        "units.csv",
        run_with("audit"),
        {
            "code": "77001",
            "name": "Xã Mốc Riêng",
            "type": "commune",
            "population": "77123",
            "area_km2": "77.91",
            "lon": "107.77",
            "lat": "20.771",
            "province": "Tỉnh Mốc",
            "government": "4711",
            "party": "4722",
            "front": "4733",
            "mountain": "",
            "minority_share": "",
            "province_class": "",
            "Ghi chú": "Nguyễn Thị Mốc",
        },
        ("mountain", "minority_share", "province_class", "Ghi chú"),
    ),
    "staff": Table(
        "staff.csv",
        run_with("audit"),
        {"code": "77002", "name": "Xã Mốc Hai", "government": "4711", "party": "4722", "front": "4733"},
    ),
    "holders": Table(
        "holders.csv",
        run_with("audit"),
        {**PLACE, "people": "1", "fields": "finance", "person": "CC-4477", "Họ tên": "Trần Văn Mốc"},
        ("person", "Họ tên"),
    ),
    "needs": Table("needs.csv", run_with("audit"), {"code": "00005", "field": "justice", "needed": "4788"}),
    "secondments": Table(
        "secondments.csv",
        run_with("audit"),
        {
            "id": "BP-4477",
            "home": "Sở Mốc",
            "host": "00005",
            "field": "justice",
            "start": "2026-03-17",
            "months": "7",
            "end": "2026-10-16",
            "people": "4",
            "bloc": "party",
            "Họ tên": "Lê Thị Mốc",
        },
        ("end", "people", "bloc", "Họ tên"),
    ),
    "neighbours": Table(
        "neighbours.csv",
        run_with("plan"),
        {"code_a": "00001", "code_b": "00005", "shared_border_km": "47.71"},
    ),
    "distances": Table(
        "distances.csv", run_with("plan", 1)[:-2], {"code_a": "00001", "code_b": "00005", "km": "47.71"}
    ),
    "departments": Table(
        "departments.csv",
        run_with("plan"),
        {
            "department": "Sở Mốc",
            "field": "party",
            "transfer": "4711",
            "secondment": "4722",
            "lon": "107.77",
            "lat": "20.771",
            "province": "Hải Phòng",
        },
        ("province",),
    ),
    "positions": Table(
        "positions.csv",
        run_with("plan", 3),
        {"code": "00005", "position": "mốc", "staff": "4711", "needed": "4722"},
    ),
    "substitutes": Table(
        "substitutes.csv", run_with("plan", 3), {"from": "mốc", "to": "vị trí mốc", "cost": "477"}
    ),
    "plan": Table(
        "plan.csv",
        run_with("progress"),
        {
            "stage": "2",
            "kind": "transfer",
            "from_kind": "unit",
            "from_code": "00005",
            "from_name": "Xã Mốc Đi",
            "from_group": "party",
            "to_code": "00004",
            "to_name": "Xã Mốc Đến",
            "to_group": "front",
            "people": "4711",
            "metres": "47711",
            "months": "",
        },
    ),
    "done": Table(
        "done.csv",
        run_with("progress"),
        {
            "from_code": "00002",
            "from_group": "government",
            "to_code": "00003",
            "people": "1",
            "to_group": "government",
            "date": "2026-03-17",
            "stuck": "0",
            "reason": "ốm, Lê Thị Mốc",
        },
    ),
    "people": Table(
        "people.csv",
        run_with("path"),
        {"code": "00005", "bloc": "government", "born": "1971-03-17", "sex": "nữ", "Họ tên": "Lê Thị Mốc"},
        ("Họ tên",),
    ),
    "leavers": Table(
        "leavers.csv",
        run_with("path"),
        {"code": "00005", "bloc": "government", "date": "2027-03-17", "people": "4", "Họ tên": "Lê Thị Mốc"},
        ("Họ tên",),
    ),
}

Fault = tuple[str, Row, str]
"""Which table, what stands at fault in its row, and what is found there; cells that contradict each other are
at fault together."""


def cells(table: str, column: str, *values: tuple[str, str]) -> list[Fault]:
    return [(table, {column: value}, code) for value, code in values]


COUNTS = (
    ("-5", "negative"),
    ("1.5", "fractional"),
    ("007", "leading-zeros"),
    ("sáu", "not-a-whole-number"),
    ("9999999", "absurd"),
    ("đang cập nhật", "unknown-mark"),
)
FAULTS: list[Fault] = [
    *cells("people", "born", ("", "no-birth-date")),
    *cells("people", "sex", ("khác", "unknown-sex")),
    *cells("leavers", "date", ("", "no-day")),
    *cells("units", "code", ("", "no-code"), ("00001", "duplicate-code")),
    *cells("units", "name", ("", "no-name"), ("P. Mốc Ba", "name-spelled-out")),
    *cells("units", "type", ("thôn", "unknown-type"), ("", "unknown-type")),
    *cells("units", "population", *COUNTS, ("", "unknown-population"), ("0", "zero-population")),
    *[
        fault
        for bloc in ("government", "party", "front")
        for table in ("units", "staff")
        for fault in cells(table, bloc, *COUNTS[:3])
    ],
    *[
        fault
        for column in ("area_km2", "lon", "lat")
        for fault in cells("units", column, ("xa", "not-a-number"))
    ],
    *cells("units", "province", ("tp hải phòng", "province-named")),
    *cells("units", "mountain", ("chắc vậy", "not-understood")),
    *cells("units", "minority_share", ("đa số", "not-a-share"), ("1", "share-unclear")),
    *cells("units", "province_class", ("hạng nhất", "not-understood")),
    *cells("staff", "government", ("09", "zero-in-front")),
    ("staff", {"code": "", "name": ""}, "no-unit"),
    ("staff", {"code": "77002"}, "unmatched"),
    ("staff", {"code": "00001", "name": "Xã Mốc Hai"}, "other-name"),
    ("staff", {"code": "00001", "name": "Xã Núi Cao"}, "code-against-name"),
    ("staff", {"code": "00001", "name": "Xã An Bình"}, "matched-twice"),
    ("staff", {"code": "77002", "name": "Xã Núi Cao"}, "placed-by-name"),
    *cells("holders", "code", ("77003", "placed-by-name")),
    ("holders", {"code": "", "name": ""}, "no-unit"),
    *cells("holders", "people", ("", "no-people"), ("2", "several-in-one"), *COUNTS[:5]),
    *cells("holders", "fields", ("", "no-field"), ("phép thuật", "unknown-field")),
    ("needs", {"code": ""}, "no-unit"),
    *cells("needs", "code", ("77003", "unmatched")),
    *cells("needs", "field", ("", "no-field"), ("phép thuật", "unknown-field")),
    *cells("needs", "needed", *COUNTS),
    *cells("secondments", "id", ("", "no-id")),
    *cells("secondments", "home", ("", "no-home"), ("77003", "unknown-unit"), ("00005", "home-is-host")),
    *cells("secondments", "host", ("", "no-host"), ("77003", "unknown-unit")),
    *cells("secondments", "field", ("phép thuật", "unknown-field")),
    *cells("secondments", "start", ("", "no-start"), ("hôm qua", "bad-date"), ("1899-01-01", "absurd")),
    ("secondments", {"start": "2026-11-17", "end": "2026-10-16"}, "ends-before-it-starts"),
    ("secondments", {"end": "", "months": ""}, "no-end"),
    ("secondments", {"start": "2026-03-17", "months": "9", "end": "2026-10-16"}, "end-against-months"),
    *cells("secondments", "months", ("bảy", "bad-months")),
    *cells("secondments", "start", ("2026-02-30", "bad-date"), ("17/03/2026", "mixed-dates")),
    *cells("secondments", "people", ("", "no-people"), ("0", "no-people"), *COUNTS[:5]),
    *cells("secondments", "bloc", ("khối khác", "unknown-bloc")),
    ("secondments", {"id": "A1", "start": "2026-09-17", "end": "2027-04-16"}, "overlap"),
    *cells("neighbours", "code_a", ("", "no-code")),
    *cells("neighbours", "code_b", ("", "no-code"), ("00001", "borders-itself"), ("00002", "doubled-pair")),
    *cells("neighbours", "shared_border_km", ("xa", "not-a-number")),
    *cells("distances", "code_b", ("", "no-code")),
    *cells("distances", "km", ("xa", "not-a-number"), ("-1", "absurd"), ("90000", "absurd")),
    ("distances", {"code_b": "00002", "km": "47.71"}, "two-distances"),
    *cells("departments", "department", ("", "no-name")),
    (
        "departments",
        {"department": "Sở Nội vụ", "field": "government", "lon": "106.5", "lat": "20.5"},
        "doubled-row",
    ),
    ("departments", {"department": "Sở Nội vụ", "lon": "107.77", "lat": "20.771"}, "two-points"),
    *cells("departments", "field", ("nt", "ditto")),
    ("departments", {"department": "và sở mốc", "transfer": "", "secondment": ""}, "name-alone"),
    *cells("departments", "transfer", *COUNTS[:5]),
    *cells("departments", "secondment", *COUNTS[:5]),
    *cells("positions", "code", ("", "no-place")),
    *cells("positions", "position", ("", "no-place")),
    *cells("positions", "staff", *COUNTS[:5], ("", "takes-no-part")),
    *cells("positions", "needed", *COUNTS[:5]),
    ("positions", {"code": "00001", "position": "finance"}, "doubled-row"),
    ("positions", {"position": "FINANCE"}, "spelled-otherwise"),
    ("departments", {"department": "Sở Nội vụ", "province": "Huế", "lon": "", "lat": ""}, "two-provinces"),
    *cells("substitutes", "cost", *COUNTS[:5], ("", "incomplete")),
    ("substitutes", {"from": "finance", "to": "justice"}, "doubled-row"),
    *cells("plan", "people", ("", "no-people"), *COUNTS[:5]),
    *cells("plan", "stage", ("", "no-stage"), ("0", "no-stage"), *COUNTS[:4]),
    *cells("plan", "from_kind", ("nhà", "not-a-choice")),
    *cells("done", "date", ("hôm qua", "bad-date")),
    *cells("done", "people", *COUNTS[:5]),
    *cells("done", "stuck", *COUNTS[:5]),
    ("done", {"from_code": "", "to_code": ""}, "no-unit"),
]


def with_row(table: Table, row: Row) -> str:
    """The province's own table with this row under it, and its columns beside the others."""
    header, *rows = csv.reader(io.StringIO(source_of(table)))
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    columns = [*header, *table.more]
    out.writerow(columns)
    for cells_of_row in rows:
        out.writerow([*cells_of_row, *(DEFAULTS.get(name, "") for name in table.more)])
    out.writerow([row[name] for name in columns])
    return text.getvalue()


WITHOUT = ("neighbours", "distances", "substitutes", "needs", "units", "staff")
"""Tables some of whose rows have nothing in them but the fault and what a unit is called."""

DEFAULTS = {"people": "1", "bloc": "government", "province": "Hải Phòng"}
"""What the province's own rows say in columns they have only here."""


def source_of(table: Table) -> str:
    files = Path(__file__).parent / "files"
    return TEXTS[table.file] if table.file in TEXTS else (files / table.file).read_text(encoding="utf-8")


def said_of(folder: Path, arguments: Sequence[str], codes: set[str]) -> Iterator[tuple[str, str]]:
    """Everything a run says beside its answer: what it is, and the words. Adds the codes of all problems."""
    asked = in_folder(tuple(arguments), folder / "out")
    for more in ((), ("--lang", "vi")):
        run = ran([*asked, *more])
        assert run.code in (0, 1, 2)
        yield "said", run.said
        if run.code == 2:
            yield "printed with a refusal", run.out.decode("utf-8")
    listed = ran([*asked, "--format", "json"])
    if listed.code != 2:
        problems = json.loads(listed.out).get("problems", [])
        codes |= {problem["code"] for problem in problems}
        yield "problems", json.dumps(problems, ensure_ascii=False)


def secrets(table: Table, fault: Row) -> list[str]:
    """What stands in the cells that are not at fault, as far as it stands nowhere else."""
    shown = {*fault, "code", "name"}
    others = [value for column, value in table.row.items() if column not in shown]
    everywhere = "".join(TEXTS.values()) + source_of(table) + "commune unit transfer 0 1 2 4 7 party front"
    return [value for value in others if value and value not in everywhere]


@pytest.fixture
def province(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    write_province(tmp_path)
    (tmp_path / "out").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("name", "fault", "code"), FAULTS, ids=[f"{name}-{code}-{'-'.join(at)}" for name, at, code in FAULTS]
)
def test_only_the_cell_at_fault_is_shown(
    province: Path, monkeypatch: pytest.MonkeyPatch, name: str, fault: Row, code: str
) -> None:
    table = TABLES[name]
    hidden = secrets(table, fault)
    assert hidden or name in WITHOUT
    text = with_row(table, {**table.row, **fault})
    assert code in found_without_a_word(province, monkeypatch, table, text, hidden)


def found_without_a_word(
    province: Path, monkeypatch: pytest.MonkeyPatch, table: Table, text: str, hidden: Sequence[str]
) -> set[str]:
    """The codes of what is found in a table of this text; what is said has none of the hidden words."""
    (province / table.file).write_text(text, encoding="utf-8")
    codes: set[str] = set()
    refuse = InputError.__init__

    def noted(self: InputError, problems: Iterable[Problem]) -> None:
        found = tuple(problems)
        codes.update(problem.code for problem in found)
        refuse(self, found)

    monkeypatch.setattr(InputError, "__init__", noted)
    for what, words in said_of(province, table.run, codes):
        for secret in hidden:
            assert secret not in words, (what, secret, words)
    return codes


def test_of_a_place_with_two_names_only_the_names_are_shown(
    province: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, hidden = TABLES["plan"], ["4711", "47711"]
    row = {**table.row, "kind": "can-transfer", "stage": "", "to_code": "", "to_name": "", "to_group": ""}
    second = with_row(table, {**row, "from_name": "Xã Đồng Xa"}).splitlines()[-1]
    text = f"{with_row(table, row)}{second}\n"
    assert "two-names" in found_without_a_word(province, monkeypatch, table, text, hidden)


def test_every_fault_that_a_reader_finds_in_a_cell_has_its_case() -> None:
    read = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "quota" / "tables").rglob("*.py"))
    named = set(re.findall(r'\.report\(\s*row,\s*[^,]+,\s*"([a-z-]+)"', read))
    assert len(named) > 20
    # of units, their codes and blocs; a total is about nobody
    nobodys = {"code-restored", "day-for-code", "shortened-code", "totals-row", "bloc-twice"}
    nobodys |= {"fractions", "lost-zeros"}  # of units' figures: test_numbers_among_texts.py
    nobodys.add("ambiguous-number")  # these tables settle it: it shows its own cell
    nobodys.add("assigned-twice")  # of departments, in a table of nobody's: test_annexes.py
    nobodys.add("two-names")  # of two rows: a test of its own, above
    nobodys.add("same-name")  # of people one by one no cell is shown at all: test_roster_commands.py
    assert named <= {code for *_, code in FAULTS} | nobodys


@pytest.mark.parametrize("cut", ['77001,"Xã Mốc Riêng,commune,77123', "77001,Xã Mốc Riêng,commune,77123"])
def test_a_row_that_is_no_row_shows_none_of_its_cells(province: Path, cut: str) -> None:
    (province / "units.csv").write_text(f"{TEXTS['units.csv']}{cut}\n", encoding="utf-8")
    for what, words in said_of(province, RUNS["audit"][0], set()):
        assert "77123" not in words, what
        assert "Riêng" not in words, what
