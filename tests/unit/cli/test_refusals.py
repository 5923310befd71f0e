"""Questions that cannot be asked and options that do not go together: exit code 2 and the way out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Quota = Callable[..., Any]
TWO = "code,name,type,population,province\n00001,Xã Một,xã,9000,A\n00002,Xã Hai,xã,9000,B\n"
PLAIN = "code,name,type,population\n00001,Xã Một,xã,9000\n00002,Xã Hai,xã,9001\n"
PLAN = (
    "stage,kind,from_code,from_group,to_code,to_group,people,metres\n"
    "2,transfer,00001,party,00002,party,3,900\n"
)
DONE = "from_code,from_group,to_code,to_group,people\n00001,party,00002,party,1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("two", TWO), ("plain", PLAIN), ("plan", PLAN), ("done", DONE)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def flat(text: str) -> str:
    """Without the box and the line ends that a usage error is drawn with."""
    return " ".join(text.replace("│", " ").split())


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("check {plain} --province Nowhere", 'no province is called "Nowhere"'),
        (
            "check {two} --control-total 18000",
            "one control total, and units of A, B. Leave --control-total out",
        ),
        ("reconcile {plain} --province Nowhere", 'no province is called "Nowhere". Give --control-total N'),
        ("reconcile {plain}", "which province this is, the table does not say. Give --control-total N"),
        ("reconcile {two} --province Huế", "no unit of this province in the table. Give --control-total N"),
        ("reconcile {two} --control-total 18000", "one control total, and units of A, B"),
        ("plan --check {plan} --why 00001", "give --check or --why, not both"),
        ("plan --neighbours a.csv --distances b.csv", "give --neighbours or --distances, not both"),
        ("plan --substitutes a.csv", "--substitutes needs --positions"),
        ("plan --positions a.csv --staff b.csv", "give --staff or --positions, not both"),
        (
            "progress {plan} {done} --neighbours a.csv --distances b.csv",
            "give --neighbours or --distances, not both",
        ),
        (
            "progress {plan} {done} --neighbours a.csv",
            "--neighbours needs --population, for the units' points",
        ),
        ("simulate {plain}", "give a scenario file (.yaml), and at most one population table"),
        ("simulate a.yaml b.yaml", "several scenario files: add --compare to set them side by side"),
        ("simulate a.yaml b.yaml --compare --write-table c.csv", "leave --compare out"),
        (
            "audit --as-of 2026-02-30",
            '"2026-02-30" is no day; write 2026-01-31, or 31/01/2026 with the day first',
        ),
        (
            "audit --as-of 30/02/2026",
            '"30/02/2026" is no day; write 2026-01-31, or 31/01/2026 with the day first',
        ),
    ],
)
def test_what_does_not_go_together_is_said_and_nothing_is_done(
    quota: Quota, folder: Path, command: str, said: str
) -> None:
    words = command.format(**{name: folder / f"{name}.csv" for name in ("two", "plain", "plan", "done")})
    run = quota(*words.split())
    assert (run.code, run.out) == (2, "")
    assert said in flat(run.err)


def test_progress_without_any_table_takes_the_distances_the_plan_gives(quota: Quota, folder: Path) -> None:
    again = folder / "again.csv"
    given = (folder / "plan.csv", folder / "done.csv", "--as-of", "2026-11-22")
    assert quota("progress", *given, "--replan", again).code == 0
    (row,) = [
        line for line in again.read_text(encoding="utf-8").splitlines() if line.startswith("2,transfer")
    ]
    assert ",3,900," in row


def test_a_fault_of_the_program_names_its_place_and_nothing_of_the_data(
    quota: Quota, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("Nguyễn Văn A")

    monkeypatch.setattr("quota.cli.commands.audit.audit.audit_rendering", broken)
    run = quota("audit", "--as-of", "2026-11-22", "--format", "csv")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("A fault in the program: KeyError (test_refusals.py:")
    assert run.err.endswith("). Nothing was written; please report it.\n")
    assert "Nguyễn" not in run.err


def test_a_library_interrupted_while_it_is_loaded_is_no_fault_of_the_program(
    quota: Quota, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loading(*_: object, **__: object) -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as interrupt:
            raise ImportError("initialization failed") from interrupt

    monkeypatch.setattr("quota.cli.commands.audit.audit.audit_rendering", loading)
    run = quota("audit", "--as-of", "2026-11-22", "--format", "csv")
    assert (run.code, run.out, run.err) == (130, "", "")
