"""An audit on a terminal: no line runs over and no figure is lost, whatever its tables and the width."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product, takewhile

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console

from quota.analysis.audit.sorting import sort
from quota.analysis.audit.statuses import filling_in, status_in
from quota.analysis.work.working import Work, audit_work
from quota.core.blocs import BLOCS, Bloc
from quota.core.positions import PositionList, PositionRow, StateTables
from quota.core.results import AuditReport
from quota.core.text import say
from quota.norms.loading import load_fields, load_frame
from quota.render.audit.states import TITLE
from quota.render.audit.terminal import audit_terminal, columns_shown
from quota.render.audit.terminal_columns import column_of
from quota.render.kit.language import Language, choose
from quota.render.kit.words import words
from quota.tables.readers.fields import read_holders
from quota.tables.readers.secondments import read_secondments
from quota.tables.readers.units.population import read_units
from quota.tables.readers.units.staff import read_assigned, read_staff

DAY = date(2026, 11, 22)
TABLES = ("staff", "assigned", "hands", "fields", "states")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    choose(Language.EN)


@cache
def report(given: tuple[str, ...]) -> AuditReport:
    """Eight units of Hải Phòng under short names, with these tables."""
    units = read_units("hai-phong")
    rows = [PositionRow(unit.code, None, bloc, ("a",), 30, 28) for unit in units.units for bloc in BLOCS]
    work = Work(
        load_fields(),
        read_holders("hai-phong-fields-sample") if "fields" in given else None,
        None,
        read_secondments("hai-phong-secondments-sample") if "hands" in given else None,
        StateTables(DAY, PositionList(tuple(rows))) if "states" in given else None,
    )
    staff = read_staff("hai-phong-staff-sample") if "staff" in given else None
    assigned = read_assigned("hai-phong-assigned-sample") if "assigned" in given else None
    found = audit_work(units, load_frame(on=DAY), staff, work, as_of=DAY, assigned=assigned)
    named = zip(sort(found, "population").units, "ABCDEFGH", strict=False)
    return replace(
        found,
        units=tuple(
            replace(audited, unit=replace(audited.unit, name=f"Xã {letter}")) for audited, letter in named
        ),
    )


def shown(found: AuditReport, width: int, bloc: Bloc | None) -> list[str]:
    console = Console(width=width, file=io.StringIO(), highlight=False, markup=False, emoji=False)
    console.print(audit_terminal(found, width, bloc))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


COMBINATIONS = [
    tuple(name for name, is_given in zip(TABLES, given, strict=True) if is_given)
    for given in product((True, False), repeat=len(TABLES))
]


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize("given", COMBINATIONS, ids="+".join)
def test_every_figure_stands_behind_its_units_name_and_no_line_runs_over(
    given: tuple[str, ...], lang: Language
) -> None:
    choose(lang)
    found = report(given)
    ends = tuple(map(words, (TITLE, say("Totals"))))
    for width, bloc in product((80, 100, 160), (None, Bloc.GOVERNMENT)):
        lines = shown(found, width, bloc)
        assert max(map(cell_len, lines)) <= width
        units = list(takewhile(lambda line: not line.startswith(ends), lines))
        columns = columns_shown(found, width, bloc)
        for place, audited in enumerate(found.units):
            name = audited.unit.name
            behind = [line.removeprefix(name).lstrip("*").split() for line in units if line.startswith(name)]
            assert [cell for cells in behind for cell in cells] == [
                cell for column in columns for cell in column.cells[place].split()
            ]
            assert all(behind)


def test_a_verdict_beside_a_bloc_is_its_own_and_its_heading_names_it() -> None:
    found = report(("staff", "assigned"))
    lines = shown(found, 100, Bloc.PARTY)
    start = next(place for place, line in enumerate(lines) if line.startswith("Unit "))
    assert lines[start].split() == ["Unit", "Residents", "Party", "Against", "assigned", "Status"]
    assert lines[start + 1].split()[-2:] == ["Party", "Party"]
    for place, audited in enumerate(found.units, start=start + 2):
        expected = [status_in(audited, Bloc.PARTY), filling_in(audited, Bloc.PARTY)]
        assert lines[place].split()[-2:] == [status.value for status in reversed(expected)]


@pytest.mark.parametrize(
    ("heading", "most", "least", "lines"),
    [
        ("chưa sử dụng", 1, 0, ["chưa sử dụng"]),
        ("chưa sử dụng", 2, 0, ["chưa", "sử dụng"]),
        ("chưa sử dụng", 3, 0, ["chưa", "sử", "dụng"]),
        ("chưa sử dụng", 3, 7, ["chưa", "sử dụng"]),
        ("chưa sử dụng", 3, 20, ["chưa sử dụng"]),
        ("Status", 3, 0, ["Status"]),
        ("", 2, 3, [""]),
    ],
)
def test_a_heading_takes_no_more_lines_than_it_may(
    heading: str, most: int, least: int, lines: list[str]
) -> None:
    column = column_of(heading, ["x" * least], lines=most)
    assert [line.strip() for line in column.heading] == lines
    assert {len(line) for line in (*column.heading, *column.cells)} == {max(least, *map(len, lines))}
