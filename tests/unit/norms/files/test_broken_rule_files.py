"""One deliberately broken rule file an error: each says in its first lines what must be said of it.

`# expect: code | line | words of the message and its fix`
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quota.norms.loading import read_rules
from quota.render.kit.problems import problem_words

BROKEN = Path(__file__).parents[3] / "broken"
FILES = sorted(BROKEN.rglob("*.yaml"))


def expected(path: Path) -> list[tuple[str, int, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        if line.startswith("# expect: "):
            code, row, said = line.removeprefix("# expect: ").split(" | ")
            found.append((code, int(row), said))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_broken_file_is_refused_with_line_value_and_fix(path: Path) -> None:
    loaded = read_rules(path)
    assert loaded.rules is None
    wanted = expected(path)
    assert wanted, "the file does not say what is wrong with it"
    got = [(problem.code, problem.row) for problem in loaded.problems]
    if path.stem != "broken-parent":  # its lines are its parent's
        assert got == [(code, row) for code, row, _ in wanted]
    for problem, (_, _, said) in zip(loaded.problems, wanted, strict=True):
        assert said in problem_words(problem)
        assert problem.file is not None


def test_the_gallery_has_a_file_for_every_code_the_loader_knows() -> None:
    shown = {code for path in FILES for code, _, _ in expected(path)}
    source = Path(__file__).parents[4] / "quota" / "norms" / "files"
    text = "".join((source / name).read_text(encoding="utf-8") for name in ("validation.py", "amending.py"))
    known = set(re.findall(r'return "([a-z-]+)", say|\("([a-z-]+)", say|"([a-z-]+)", message', text))
    codes = {code for groups in known for code in groups if code} | set(
        re.findall(r'^ +"([a-z-]+)",$', text, re.MULTILINE)
    )
    assert len(codes) >= 14
    # what pydantic may say that nothing here provokes, what only lists in scenario files can be, and what is
    # said beside a sound frame of one's own (test_phases.py)
    assert codes - shown == {"invalid", "too-few", "inherited-phases"}
