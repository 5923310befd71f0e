"""`python -m tests.licences`: THIRD-PARTY.md, from what is installed and from what the file says already.

The packages that come with the program and its extras, each with its licence as the package itself states
it. What a package is there for is written by hand, and kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

FILE = Path(__file__).parents[1] / "THIRD-PARTY.md"
PROGRAM = "commune-quota"
PERMISSIVE = ("MIT", "BSD", "Apache", "ISC", "PSF")
_ROW = re.compile(r"\| (?P<name>[^|]+) \| (?P<licence>[^|]+) \| (?P<comes>[^|]+) \| (?P<what>[^|]*) \|")
_HEAD = """\
# What comes with quota

`python -m pip install commune-quota` brings what comes with `quota` and what that needs in turn; an extra
brings its own. The licence is the one that the package states of itself. `python -m tests.licences` writes
this table from what is installed; a test holds it against that. The page's drawing library comes as a file of
its own, `quota/render/report/templates/vega.js`; its licences stand beside it, in `vega.LICENSES.txt`.

| package | licence | comes with | what it does here |
| --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Package:
    """A row: who brings it (`quota`, `quota[plan]` or another package) and, where written, what it is for."""

    name: str
    licence: str
    comes: str
    what: str = ""

    @property
    def family(self) -> str | None:
        """The permissive licence it is under; None for any other."""
        return next((licence for licence in PERMISSIVE if licence in self.licence), None)


def listed() -> dict[str, Package]:
    """The rows of THIRD-PARTY.md by package."""
    text = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
    rows = [Package(*(part.strip() for part in found.groups())) for found in _ROW.finditer(text)]
    return {row.name: row for row in rows if row.name not in ("package", "---")}


def installed() -> dict[str, Package]:
    """What the program and its extras need here, by package."""
    found: dict[str, Package] = {}
    waiting = [(PROGRAM, frozenset({"", "plan", "bulk", "report"}))]
    while waiting:
        name, extras = waiting.pop(0)
        for requirement, extra in _requirements(name, extras):
            needed = metadata.distribution(requirement.name)
            key = _key(needed.metadata["Name"])
            if key not in found:
                comes = name if name != PROGRAM else f"quota[{extra}]" if extra else "quota"
                found[key] = Package(key, _licence(needed.metadata), comes)
                waiting.append((requirement.name, frozenset({"", *requirement.extras})))
    return found


def _requirements(name: str, extras: frozenset[str]) -> Iterator[tuple[Requirement, str]]:
    for text in metadata.requires(name) or []:
        requirement = Requirement(text)
        for extra in sorted(extras):
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                yield requirement, extra
                break


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(of: metadata.PackageMetadata) -> str:
    if "License-Expression" in of:
        return of["License-Expression"]
    stated = [
        classifier.rpartition(" :: ")[2]
        for classifier in of.get_all("Classifier") or []
        if classifier.startswith("License ::")
    ]
    return stated[0] if stated else of["License"].splitlines()[0]


def table() -> str:
    """THIRD-PARTY.md anew: what is installed here, with the words that are there already."""
    before = listed()
    return _HEAD + "".join(
        f"| {row.name} | {row.licence} | {row.comes} | {before.get(row.name, row).what} |\n"
        for row in installed().values()
    )


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
