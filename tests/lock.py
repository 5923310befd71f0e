"""`python -m tests.lock`: constraints.txt anew, with the newest versions of the day; `--newer` only compares.

constraints.txt pins every package that the program, its extras, its tests and its gate need, and what those
need in turn, on Linux and Windows, with each Python of `PYTHONS`. Plain pip takes it: `pip install -c
constraints.txt .`. Pip itself finds the versions, without installing any: each Python must be on the machine.
What only another system needs is found by reading the markers of what pip found, and asked for by name.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from packaging.markers import Marker
from packaging.requirements import Requirement

from tests.pythons import python_of

ROOT = Path(__file__).parents[1]
FILE = ROOT / "constraints.txt"
PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS: Mapping[str, Mapping[str, str]] = {
    "Linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}
_MACHINES = {"Linux": "x86_64", "Windows": "AMD64"}
_HEAD = """\
# The versions that are tested together: pip install -c constraints.txt .
# `python -m tests.lock` writes this file; a test holds it against pyproject.toml.
"""


@dataclass(frozen=True)
class Pin:
    """A line of constraints.txt."""

    name: str
    version: str
    marker: str = ""

    def holds(self, environment: Mapping[str, str]) -> bool:
        """Whether it is meant for this environment."""
        return not self.marker or Marker(self.marker).evaluate(dict(environment))


@dataclass(frozen=True)
class Found:
    """A package as pip found it: its version and what it needs."""

    version: str
    needs: tuple[Requirement, ...]


def environments(python: str) -> Iterator[dict[str, str]]:
    """What markers are judged by, a system at a time."""
    for system, words in SYSTEMS.items():
        yield {
            **words,
            "platform_machine": _MACHINES[system],
            "python_version": python,
            "python_full_version": f"{python}.99",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }


def key(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def asked() -> list[Requirement]:
    """What pyproject.toml names: the program's own dependencies and those of every extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = (project["dependencies"], *project["optional-dependencies"].values())
    named = [Requirement(text) for texts in lists for text in texts]
    return [requirement for requirement in named if key(requirement.name) != key(project["name"])]


def needed(
    requirements: Iterable[Requirement], environment: Mapping[str, str], found: Mapping[str, Found]
) -> set[str]:
    """Every package needed there, whether found or not; what one that is not found needs stays unknown."""
    names: set[tuple[str, str]] = set()
    waiting = [(requirement, "") for requirement in requirements]
    while waiting:
        requirement, extra = waiting.pop()
        marker = requirement.marker
        if marker is not None and not marker.evaluate({**environment, "extra": extra}):
            continue
        name = key(requirement.name)
        for wanted in ("", *sorted(requirement.extras)):
            if (name, wanted) not in names:
                names.add((name, wanted))
                waiting += [(need, wanted) for need in found[name].needs] if name in found else []
    return {name for name, _ in names}


def pins(text: str) -> list[Pin]:
    """The lines of constraints.txt."""
    found = []
    for line in text.splitlines():
        pinned, _, marker = line.partition(";")
        if pinned and not pinned.startswith("#"):
            name, _, version = pinned.partition("==")
            found.append(Pin(name.strip(), version.strip(), marker.strip()))
    return found


def lines(versions: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The file's lines from `versions`, by package and Python; where Pythons differ, a line has a marker."""
    for name in sorted(versions):
        runs: list[tuple[str, str]] = []  # from which Python on, which version
        for python in PYTHONS:
            version = versions[name].get(python)
            if version is not None and (not runs or runs[-1][1] != version):
                runs.append((python, version))
        for place, (python, version) in enumerate(runs):
            bounds = [f'python_version >= "{python}"'] if place else []
            bounds += [f'python_version < "{runs[place + 1][0]}"'] if place + 1 < len(runs) else []
            yield f"{name}=={version}" + (f" ; {' and '.join(bounds)}" if bounds else "")


def resolve(python: str, also: Sequence[str] = ()) -> dict[str, Found]:
    """What pip would install with this Python for every extra and `also`; nothing is installed."""
    interpreter = python_of(python)
    if interpreter is None:
        sys.exit(f"Python {python} is not on this machine")
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        pip = (interpreter, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed")
        subprocess.run([*pip, "--report", str(report), f"{ROOT}[dev]", *also], check=True)
        installs: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["install"]
    return {
        key(package["metadata"]["name"]): Found(
            package["metadata"]["version"],
            tuple(Requirement(text) for text in package["metadata"].get("requires_dist", ())),
        )
        for package in installs
        if "dir_info" not in package["download_info"]  # the program itself
    }


def resolve_everywhere(python: str) -> dict[str, Found]:
    """As `resolve`, with what other systems need as well."""
    found, also = resolve(python), set[str]()
    while missing := everywhere(python, found) - found.keys():
        also |= missing
        found = resolve(python, sorted(also))
    return found


def everywhere(python: str, found: Mapping[str, Found]) -> set[str]:
    """Every package that is needed on some system with this Python."""
    return set().union(*(needed(asked(), environment, found) for environment in environments(python)))


def anew() -> str:
    """The whole file, with the newest versions that go together."""
    versions: dict[str, dict[str, str]] = {}
    for python in PYTHONS:
        for name, package in resolve_everywhere(python).items():
            versions.setdefault(name, {})[python] = package.version
    return _HEAD + "".join(f"{line}\n" for line in lines(versions))


def newer(python: str) -> list[str]:
    """What pip would install today in place of what is pinned."""
    environment = next(iter(environments(python)))
    pinned = {
        pin.name: pin.version for pin in pins(FILE.read_text(encoding="utf-8")) if pin.holds(environment)
    }
    return [
        f"{name} {package.version} (pinned: {pinned.get(name, 'none')})"
        for name, package in sorted(resolve(python).items())
        if pinned.get(name) != package.version
    ]


if __name__ == "__main__":
    if "--newer" in sys.argv[1:]:
        sys.stdout.writelines(
            f"{line}\n" for line in newer(f"{sys.version_info.major}.{sys.version_info.minor}")
        )
    else:
        FILE.write_text(anew(), encoding="utf-8")
