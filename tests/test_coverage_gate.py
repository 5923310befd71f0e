"""The gate that says how much of each package the tests must run, and the reasons for what they need not."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.coverage_gate import LEAST, ROOT, Part, parts

PRAGMA = re.compile(r"#.*\bpragma\b.*$", re.IGNORECASE | re.MULTILINE)
WITH_REASON = re.compile(r"# pragma: no (?:cover|branch)  \(\w.+\)")


def without_reason(text: str) -> list[str]:
    """The pragmas that do not say, in brackets, why what they stand on need not be run."""
    return [found for found in PRAGMA.findall(text) if not WITH_REASON.fullmatch(found)]


@pytest.mark.parametrize(
    ("line", "bad"),
    [
        ("if x:  # pragma: no cover  (only Windows takes this way)", False),
        ("if x:  # pragma: no branch  (the loop always ends by return)", False),
        ("if x:  # pragma: no cover", True),
        ("if x:  # pragma: no cover  ()", True),
        ("if x:  #pragma:no cover because", True),
        ("if x:  # a word about nothing", False),
    ],
)
def test_a_pragma_gives_its_reason(line: str, bad: bool) -> None:
    assert bool(without_reason(f"{line}\n    pass\n")) == bad


def test_every_gap_that_is_allowed_has_a_reason() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): wrong
        for path in sorted((ROOT / "quota").rglob("*.py"))
        if (wrong := without_reason(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_the_packages_that_must_be_run_whole_are_there() -> None:
    assert {path.parent.name for path in (ROOT / "quota").glob("*/__init__.py")} >= LEAST.keys()


def test_nothing_is_left_out_of_the_measure_by_settings() -> None:
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["coverage"]
    assert settings["run"]["branch"] is True
    assert settings["run"]["source_pkgs"] == ["quota"]
    assert not {"omit", "include", "plugins"} & settings["run"].keys()
    assert not settings.get("report", {}).keys() & {"omit", "include", "exclude_lines", "exclude_also"}


def file(lines: int, run: int, branches: int = 0, branches_run: int = 0) -> dict[str, Any]:
    return {
        "summary": {
            "num_statements": lines,
            "covered_lines": run,
            "num_branches": branches,
            "covered_branches": branches_run,
        },
        "missing_lines": list(range(1, lines - run + 1)),
        "missing_branches": [[9, 11]] * (branches - branches_run),
    }


def test_packages_are_counted_by_lines_and_branches_over_their_files() -> None:
    report = {
        "files": {
            "quota/core/units.py": file(50, 50, 10, 9),
            "quota/core/names.py": file(40, 40),
            "quota/cli/main.py": file(95, 90, 5, 5),
            "quota/__main__.py": file(10, 10),
        }
    }
    cli, core, top = parts(report)
    assert (core.package, core.lines, core.lines_run, core.branches, core.branches_run) == (
        "core",
        90,
        90,
        10,
        9,
    )
    assert (core.share, core.enough, core.missing) == (
        pytest.approx(0.99),
        False,
        ("quota/core/units.py: 9→11",),
    )
    assert (cli.package, float(cli.share), cli.enough) == ("cli", 0.95, True)
    assert cli.missing == ("quota/cli/main.py: 1, 2, 3, 4, 5",)
    assert (top.package, top.enough) == ("quota", True)


@pytest.mark.parametrize("package", [*LEAST, "cli", "quota"])
def test_a_package_is_enough_on_its_bound_and_not_below_it(package: str) -> None:
    least = Part(package, 0, 0, 0, 0, ()).least
    assert least == (100 if package in {"core", "norms", "analysis", "planning"} else 95)
    assert Part(package, 100_000, least * 1_000, 0, 0, ()).enough
    assert not Part(package, 100_000, least * 1_000 - 1, 0, 0, ()).enough
