"""The fuzzer's corpus, every input that once broke something included, and a short look for new ones."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.names import TARGETS
from tests.fuzz.targets import target
from tests.laws.often import LONG
from tests.unmeasured import unmeasured

HERE = Path(__file__).parent
LONG_LOOK = ("--runs", "60000")
SHORT_LOOK = ("--runs", "300", "--seed", "1")  # the same each time: a change is judged by itself, not by luck
CORPUS = [
    pytest.param(name, file, id=f"{name}-{file.name}")
    for name in TARGETS
    for file in sorted((HERE / "corpus" / name).iterdir())
]


@pytest.fixture(autouse=True)
def _own_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", sys.stdin)  # targets put an input there


@pytest.mark.parametrize(("name", "file"), CORPUS)
def test_the_corpus_holds(name: str, file: Path) -> None:
    target(name)(file.read_bytes())


@pytest.mark.parametrize(("name", "file"), CORPUS)
def test_the_corpus_is_text(name: str, file: Path) -> None:
    assert len(file.read_bytes()) <= 4_000
    file.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris has no wheel for this machine")
@pytest.mark.parametrize("name", TARGETS)
def test_a_short_look_for_inputs_that_break_something(name: str, tmp_path: Path) -> None:
    kept, temporary = tmp_path / "kept", tmp_path / "temporary"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, str(HERE), name, *(LONG_LOOK if LONG else SHORT_LOOK), "--keep", str(kept)],
        env={**unmeasured(), "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=1_200,
    )
    broken = [path for path in kept.iterdir() if path.name.startswith(("crash-", "timeout-", "oom-"))]
    assert not broken, (broken[0].read_bytes(), done.stderr[-3_000:])
    assert done.returncode == 0, done.stderr[-3_000:]
    assert "stat::number_of_executed_units" in done.stderr
