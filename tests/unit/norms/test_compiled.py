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
from quota.norms import applying
from quota.norms.applying import COMPILED, COMPILED_POLICIES, compiled_frames, load_norms, load_policy
from quota.norms.files import finding, resolving
from quota.norms.files.policy import Policy
from quota.norms.loading import load_frame, load_rules, shipped_frames
from quota.run.ledger import Kind, keeping
from quota.run.locations import rules_folder
from quota.tables.readers.units.population import read_units
from quota.tables.readers.units.staff import read_staff
from tests.compiled_norms import compiled, compiled_policies
from tests.grants import unit_of

ROOT = Path(__file__).parents[3]
DAY = date(2026, 11, 22)
POLICY = "redeployment-hai-phong-2025"


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
    for module in (applying, finding, resolving):
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


def test_what_is_compiled_of_a_policy_is_what_its_rule_file_says() -> None:
    assert COMPILED_POLICIES.read_bytes() == compiled_policies(), "run python -m tests.compiled_norms"
    with keeping() as ledger:
        ready = load_policy(POLICY)
    noted = ledger.read
    with keeping() as ledger:
        assert ready == load_rules(POLICY, Policy).applied()
    assert noted == ledger.read


def test_a_policy_that_was_changed_is_read(own_rules: Path) -> None:
    file = own_rules / f"{POLICY}.yaml"
    file.write_text(file.read_text("utf-8").replace("level: low", "level: high"), encoding="utf-8")
    assert load_policy(POLICY).target.level == "high"
    file.unlink()
    with pytest.raises(InputError) as refused:
        load_policy(POLICY)
    assert [problem.code for problem in refused.value.problems] == ["unknown-frame"]


def test_a_policy_of_ones_own_is_read_with_all_it_says(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(OWN_POLICY, encoding="utf-8")
    found = load_policy(path)
    assert (found.id, found.title.vi, found.files[0].path) == ("ours", "Của ta", str(path))
    days = (date(2025, 6, 30), date(2025, 7, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [found.effective.covers(day) for day in days] == [False, True, True, False]
    (stage,) = found.stages
    assert (stage.kind, stage.from_, stage.months) == ("secondment", ("departments", "units"), 6)
    assert [found.keeps_surplus(day) for day in days] == [True, True, True, False]
    limits = found.limits
    people, moves, km = limits.people_leaving_unit, limits.moves_per_unit, limits.km
    assert [limit and limit.most for limit in (people, moves, km)] == [5, 3, 40]
    assert [limit and limit.units for limit in (limits.no_release, limits.no_receive)] == [("A",), ("B", "C")]
    assert found.within is not None
    assert found.within.may_cross == ("D",)
    assert found.exchanges(stage.kind) == {("party", "front"), ("front", "party")}
    assert found.objective.order == ("shortfall", "distance")


def test_another_kind_of_rules_is_no_policy() -> None:
    with pytest.raises(InputError) as refused:
        load_policy("central-2025")
    assert [problem.code for problem in refused.value.problems] == ["wrong-kind"]


OWN_POLICY = """kind: redeployment
id: ours
title: {vi: Của ta, en: Ours}
status: draft
effective: {from: 2025-07-01, to: 2026-12-31}
sources: {law: {title: Luật, publisher: Quốc hội, date: 2025-06-16}}
stages: [{kind: secondment, from: [departments, units], months: 6, source: law}]
target: {level: middle, source: law}
keep_surplus_until: {date: 2026-12-31, source: law}
exchange: [{blocs: [party, front], stages: [secondment], source: law}]
limits:
  people_leaving_unit: {most: 5, source: law}
  moves_per_unit: {most: 3, source: law}
  km: {most: 40, source: law}
  no_release: {units: [A], source: law}
  no_receive: {units: [B, C], source: law}
within: {area: province, may_cross: [D], source: law}
objective: {order: [shortfall, distance], source: law}
"""
