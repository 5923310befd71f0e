"""What is installed with the program: from which versions on, under which licences; it runs offline."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests import licences
from tests.lowest import PYPROJECT, lowest
from tests.pythons import python_of
from tests.unmeasured import unmeasured

ROOT = Path(__file__).parents[1]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
ENVIRONMENT = {name: value for name, value in unmeasured().items() if name != "PYTHONPATH"} | {
    "COLUMNS": "100"
}


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(argument) for argument in arguments],
        cwd=cwd,
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_every_package_that_is_installed_has_a_lowest_version() -> None:
    assert {"typer", "pydantic", "python-calamine", "ortools", "polars", "python-docx"} <= set(lowest())
    assert all(version[0].isdigit() for version in lowest().values())
    assert [name for name in lowest() if f'"{name}>=' not in PYPROJECT.read_text(encoding="utf-8")] == []


def test_the_gate_installs_the_lowest_versions() -> None:
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "python -m tests.lowest" in gate


def test_the_gate_tries_what_the_tests_leave_out() -> None:
    assert "python -m pytest --slow\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_what_comes_with_the_program_is_listed_with_its_licence() -> None:
    listed, installed = licences.listed(), licences.installed()
    assert set(listed) == set(installed), "python -m tests.licences writes THIRD-PARTY.md anew"
    for name, package in installed.items():
        assert package.family is not None, f"{name} is under {package.licence}"
        assert listed[name].family == package.family, f"{name} is now under {package.licence}"
        assert listed[name].what, f"THIRD-PARTY.md does not say what {name} is for"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's own wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    made = run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, ROOT, cwd=folder)
    if made.returncode != 0:
        assert "No matching distribution" in made.stderr, made.stderr
        pytest.skip("no package index can be reached")
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_the_program_its_rules_and_tables_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
    top = {name.partition("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == {"quota"}
    assert "quota/shipped/rules/central-2025.yaml" in names
    assert "quota/shipped/data/hai-phong.csv" in names
    assert "quota/locale/vi/LC_MESSAGES/quota.mo" in names
    (metadata,) = [name for name in names if name.endswith("METADATA")]
    licence_files = {
        Path(name).name for name in names if name.startswith(metadata.replace("METADATA", "licenses"))
    }
    assert licence_files == {"LICENSE", "THIRD-PARTY.md"}
    assert not [name for name in names if "__pycache__" in name or "test" in Path(name).name]


@pytest.mark.slow
@pytest.mark.parametrize("version", PYTHONS)
def test_the_wheel_installs_and_runs_offline_in_an_empty_folder(
    wheel: Path, tmp_path: Path, version: str
) -> None:
    python = python_of(version)
    if python is None:
        pytest.skip(f"no Python {version} on this machine")
    wheels, venv, empty = tmp_path / "wheels", tmp_path / "venv", tmp_path / "empty"
    empty.mkdir()
    assert run(python, "-m", "venv", "--without-pip", venv, cwd=empty).returncode == 0
    scripts = venv / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", scripts / "python")  # no copy of pip in each
    fetched = run(
        *pip,
        "download",
        "--quiet",
        "--only-binary=:all:",
        "-d",
        wheels,
        wheel,
        cwd=empty,
    )
    assert fetched.returncode == 0, fetched.stderr
    offline = without_network()
    installed = run(
        *(*offline, *pip, "install", "--quiet", "--no-compile"),
        *("--no-index", "--find-links", wheels, "commune-quota"),
        cwd=empty,
    )
    assert installed.returncode == 0, installed.stderr
    done = run(*offline, scripts / "quota", "audit", "--as-of", "2026-11-22", cwd=empty)
    assert done.returncode == 0, done.stderr
    assert "Posts granted       4,957" in done.stdout
    assert run(*offline, scripts / "quota", "rules", "check", cwd=empty).returncode == 0
    assert "Chính quyền" in run(*offline, scripts / "quota", "audit", "--lang", "vi", cwd=empty).stdout
    wish = ("suggest", "hue", "--minimum", "16000", "--neighbours", "hue-neighbours")
    lacking = run(*offline, scripts / "quota", *wish, cwd=empty)
    assert (lacking.returncode, "commune-quota[plan]" in lacking.stderr) == (2, True), lacking.stderr
    assert [path.name for path in empty.iterdir()] == []


def without_network() -> tuple[str, ...]:
    """What to put before a command so that it has no network, where this system lets one do that."""
    cut = ("unshare", "--map-root-user", "--net")
    return cut if shutil.which("unshare") and run(*cut, "true", cwd=ROOT).returncode == 0 else ()
