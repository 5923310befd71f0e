"""constraints.txt pins everything that is installed, and nothing else; and how it is made."""

from __future__ import annotations

from importlib import metadata

import pytest
from packaging.requirements import Requirement

from tests import lock
from tests.lock import Found, Pin

TEXT = lock.FILE.read_text(encoding="utf-8")
PINS = lock.pins(TEXT)
EVERYWHERE = [
    pytest.param(python, environment, id=f"{python} on {environment['platform_system']}")
    for python in lock.PYTHONS
    for environment in lock.environments(python)
]


def pinned(environment: dict[str, str]) -> dict[str, str]:
    return {pin.name: pin.version for pin in PINS if pin.holds(environment)}


def as_installed(environment: dict[str, str]) -> dict[str, Found]:
    """What is installed here in the version that is pinned there, by name."""
    found = {}
    for name, version in pinned(environment).items():
        try:
            here = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        if here.version == version:
            found[name] = Found(version, tuple(Requirement(text) for text in here.requires or []))
    return found


@pytest.mark.parametrize(("python", "environment"), EVERYWHERE)
def test_every_dependency_of_every_extra_is_pinned_to_a_version_that_will_do(
    python: str, environment: dict[str, str]
) -> None:
    there = pinned(environment)
    extra = {**environment, "extra": ""}
    for requirement in lock.asked():
        if requirement.marker is None or requirement.marker.evaluate(extra):
            name = lock.key(requirement.name)
            assert name in there, f"{name} is not pinned: python -m tests.lock writes constraints.txt anew"
            assert there[name] in requirement.specifier, f"{name} is pinned to {there[name]}"


@pytest.mark.parametrize(("python", "environment"), EVERYWHERE)
def test_what_they_need_in_turn_is_pinned_too(python: str, environment: dict[str, str]) -> None:
    found = as_installed(environment)
    needed = lock.needed(lock.asked(), environment, found)
    assert sorted(needed - pinned(environment).keys()) == [], (
        "python -m tests.lock writes constraints.txt anew"
    )


def test_nothing_else_is_pinned() -> None:
    """Of what is installed here: a package that is not may be there for another system or Python."""
    needed: set[str] = set()
    installed: set[str] = set()
    for python in lock.PYTHONS:
        for environment in lock.environments(python):
            found = as_installed(environment)
            needed |= lock.needed(lock.asked(), environment, found)
            installed |= found.keys()
    unneeded = {pin.name for pin in PINS} - needed
    assert sorted(unneeded & installed) == [], "python -m tests.lock writes constraints.txt anew"
    assert len(unneeded) < 10, unneeded


@pytest.mark.parametrize(("python", "environment"), EVERYWHERE)
def test_a_package_has_one_version_in_one_place(python: str, environment: dict[str, str]) -> None:
    names = [pin.name for pin in PINS if pin.holds(environment)]
    assert len(names) == len(set(names))


def test_the_file_says_versions_and_nothing_of_where_they_come_from() -> None:
    assert "://" not in TEXT
    assert "--" not in TEXT
    assert all(pin.version and lock.key(pin.name) == pin.name for pin in PINS)


def test_both_commands_of_the_readme_and_the_gate_use_it() -> None:
    readme = (lock.ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.count("python -m pip install -c constraints.txt") >= 2
    assert "-c constraints.txt" in (lock.ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_a_marker_says_for_which_pythons_a_version_is() -> None:
    versions = {
        "same": {"3.11": "1", "3.12": "1", "3.13": "1"},
        "each": {"3.11": "1", "3.12": "2", "3.13": "3"},
        "late": {"3.12": "2", "3.13": "2"},
        "two": {"3.11": "1", "3.12": "2", "3.13": "2"},
    }
    assert list(lock.lines(versions)) == [
        'each==1 ; python_version < "3.12"',
        'each==2 ; python_version >= "3.12" and python_version < "3.13"',
        'each==3 ; python_version >= "3.13"',
        "late==2",
        "same==1",
        'two==1 ; python_version < "3.12"',
        'two==2 ; python_version >= "3.12"',
    ]
    assert lock.pins("# a comment\n" + "\n".join(lock.lines({"a": versions["two"]}))) == [
        Pin("a", "1", 'python_version < "3.12"'),
        Pin("a", "2", 'python_version >= "3.12"'),
    ]


def test_what_only_another_system_needs_is_found_by_its_markers() -> None:
    linux, windows = lock.environments("3.12")
    found = {
        "a": Found("1", (Requirement('b; sys_platform == "win32"'), Requirement('c; extra == "more"'))),
        "c": Found("1", (Requirement('d; python_version < "3.12"'), Requirement("a"))),
    }
    asked = [Requirement("a[more]")]
    assert lock.needed(asked, linux, found) == {"a", "c"}
    assert lock.needed(asked, windows, found) == {"a", "b", "c"}
    assert lock.needed([Requirement("a")], linux, found) == {"a"}
    older = next(iter(lock.environments("3.11")))
    assert lock.needed(asked, older, found) == {"a", "c", "d"}
