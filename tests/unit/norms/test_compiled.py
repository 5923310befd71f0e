"""Compiled frames are what the rule files say today, or the rule files are read."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from quota.analysis.audit.auditing import audit
from quota.core.posts import Posts
from quota.core.problems import InputError
from quota.core.units import UnitType
from quota.norms import applying, loading
from quota.norms.applying import COMPILED, compiled_frames, load_norms
from quota.norms.loading import load_frame, shipped_frames
from quota.run.ledger import Kind, keeping
from quota.run.locations import rules_folder
from quota.tables.readers.units.population import read_units
from quota.tables.readers.units.staff import read_staff
from tests.compiled_norms import compiled
from tests.grants import unit_of

ROOT = Path(__file__).parents[3]
DAY = date(2026, 11, 22)


def test_what_is_compiled_is_what_the_rule_files_say() -> None:
    for frame in shipped_frames():
        assert applying.compiled(frame.id) == frame.norms()
    assert COMPILED.read_bytes() == compiled(), "run python -m tests.compiled_norms"


@pytest.mark.parametrize("name", sorted(compiled_frames()))
def test_an_audit_is_the_same_under_a_frame_and_under_what_it_was_compiled_to(name: str) -> None:
    units, staff = read_units("hai-phong"), read_staff("hai-phong-staff-sample")
    assert load_norms(name) is applying.compiled(name)
    compiled_report = audit(units, load_norms(name), staff, as_of=DAY)
    assert compiled_report == audit(units, load_frame(name), staff, as_of=DAY)


@pytest.mark.parametrize("name", sorted(compiled_frames()))
def test_the_files_behind_a_compiled_frame_are_noted_as_read(name: str) -> None:
    with keeping() as ledger:
        load_norms(name)
    noted = ledger.read
    with keeping() as ledger:
        load_frame(name)
    assert sorted(noted, key=repr) == sorted(ledger.read, key=repr)
    assert {entry.kind for entry in noted} == {Kind.RULES}


@pytest.fixture
def own_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped rules, which stands in their place."""
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder)
    for module in (applying, loading):
        monkeypatch.setattr(module, "rules_folder", lambda: folder)
    return folder


@pytest.mark.parametrize("name", [name for name in sorted(compiled_frames()) if name.startswith("central-")])
def test_a_rule_file_that_was_changed_is_read_and_so_is_one_it_extends(own_rules: Path, name: str) -> None:
    assert load_norms(name) is applying.compiled(name)
    file = own_rules / "central-2025.yaml"
    file.write_text(file.read_text("utf-8").replace("range: [17, 20]", "range: [18, 21]"), encoding="utf-8")
    quota = load_norms(name).granters()[UnitType.WARD].quota(unit_of(UnitType.WARD, 20_000))
    assert quota is not None
    assert quota.blocs["party"] == Posts(18, 21)
    assert load_norms(name) == load_frame(name).norms()


def test_a_rule_file_that_was_broken_or_removed_is_refused_as_ever(own_rules: Path) -> None:
    file = own_rules / "central-2025.yaml"
    file.write_text(file.read_text("utf-8").replace("base: 32", "base: many"), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_norms("central-2025")
    assert [(problem.code, problem.column) for problem in refused.value.problems] == [
        ("not-a-number", "blocs.government.base")
    ]
    file.unlink()
    with pytest.raises(InputError) as refused:
        load_norms("central-2025-all-residents")
    assert [problem.code for problem in refused.value.problems] == ["unknown-parent"]
    with pytest.raises(InputError) as refused:
        load_norms("central-2025")
    assert [problem.code for problem in refused.value.problems] == ["unknown-frame"]


def test_any_other_frame_is_read_by_path() -> None:
    toy = ROOT / "tests" / "toy" / "toy.yaml"
    assert load_norms(toy) == load_frame(toy).norms()
    with pytest.raises(InputError) as refused:
        load_norms("fields-2025")
    assert [problem.code for problem in refused.value.problems] == ["wrong-kind"]
