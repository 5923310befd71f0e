"""A policy that names a bloc the frame does not have is told so, at the line where it does."""

from __future__ import annotations

from pathlib import Path

from quota.core.problems import Severity
from quota.norms.applying import load_policy
from quota.norms.files.finding import find_rules
from quota.norms.held.policies import unknown_blocs
from quota.norms.loading import load_frame

FRAME = load_frame("central-2025")
SHIPPED = "redeployment-hai-phong-2025"


def test_the_shipped_policy_and_frame_agree() -> None:
    assert list(unknown_blocs(SHIPPED, load_policy(SHIPPED), FRAME.summary())) == []


def test_a_bloc_that_the_frame_does_not_have_is_said_with_the_one_that_is_meant(tmp_path: Path) -> None:
    text = find_rules(SHIPPED).read_text(encoding="utf-8").replace(f"id: {SHIPPED}", "id: ours")
    before = "blocs: [government, party, front]"
    assert before in text
    line = text[: text.index(before)].count("\n") + 1
    ours = tmp_path / "ours.yaml"
    ours.write_text(text.replace(before, "blocs: [goverment, party, Mặt trận]"), encoding="utf-8")
    found = list(unknown_blocs(ours, load_policy(ours), FRAME.summary()))
    assert [(problem.file, problem.row, problem.value) for problem in found] == [
        (str(ours), line, "goverment"),
        (str(ours), line, "Mặt trận"),
    ]
    assert {problem.severity for problem in found} == {Severity.WARNING}
    assert [str(problem.fix) for problem in found] == [
        "did you mean government?",
        "its blocs: government, party, front",
    ]
