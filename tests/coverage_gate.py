"""`python tests/coverage_gate.py FOLDER`: is every package run by the tests as far as it must be?

FOLDER holds what coverage.py measured, a file a process. Lines and branches count alike. The exit code is
1 if a package is below its figure; then every line and branch of it that is not run is listed.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[1]

LEAST: Mapping[str, int] = {"core": 100, "norms": 100, "analysis": 100, "planning": 100}
"""Per cent by package: what figures are made by, and what plans are."""
LEAST_ELSEWHERE = 95


@dataclass(frozen=True)
class Part:
    """What there is to run, and what was run: lines and branches of a package."""

    package: str
    lines: int
    lines_run: int
    branches: int
    branches_run: int
    missing: tuple[str, ...]

    @property
    def share(self) -> Fraction:
        """The share that was run."""
        there = self.lines + self.branches
        return Fraction(self.lines_run + self.branches_run, there) if there else Fraction(1)

    @property
    def least(self) -> int:
        """The per cent it must reach."""
        return LEAST.get(self.package, LEAST_ELSEWHERE)

    @property
    def enough(self) -> bool:
        """Whether it does; nothing is rounded up."""
        return self.share * 100 >= self.least


def parts(report: Mapping[str, Any]) -> list[Part]:
    """The packages of coverage.py's JSON report; modules at the top are one, `quota`."""
    files: dict[str, list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
    for name, found in sorted(report["files"].items()):
        below = Path(name).parts[1:]
        files[below[0] if len(below) > 1 else "quota"].append((name, found))
    return [
        Part(
            package,
            *(
                sum(found["summary"][key] for _, found in inside)
                for key in ("num_statements", "covered_lines", "num_branches", "covered_branches")
            ),
            missing=tuple(line for name, found in inside for line in _missing(name, found)),
        )
        for package, inside in sorted(files.items())
    ]


def _missing(name: str, found: Mapping[str, Any]) -> Iterator[str]:
    lines = [str(line) for line in found["missing_lines"]]
    branches = [
        f"{start}→{end if end > 0 else 'end'}"
        for start, end in found["missing_branches"]
        if start not in found["missing_lines"] and end not in found["missing_lines"]
    ]
    if lines or branches:
        yield f"{name}: {', '.join([*lines, *branches])}"


def measured(folder: Path) -> Mapping[str, Any]:
    """What all the processes ran together; one that was killed left no whole file, and counts for nothing."""
    import coverage

    with TemporaryDirectory() as place:
        report = Path(place) / "report.json"
        taken = coverage.Coverage(data_file=Path(place) / "together", config_file=ROOT / "pyproject.toml")
        taken.combine([str(file) for file in sorted(folder.iterdir())], keep=True)
        taken.json_report(outfile=str(report))
        found: Mapping[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


def main(folder: Path) -> int:
    """Write a line a package, and what is not run of those that fall short."""
    found = parts(measured(folder))
    said = ["package     lines            branches              run  at least"]
    for part in found:
        lines, branches = f"{part.lines_run}/{part.lines}", f"{part.branches_run}/{part.branches}"
        share = f"{int(part.share * 10_000) / 100:.2f} %"
        said.append(f"{part.package:<10}  {lines:<15}  {branches:<15}  {share:>8}  {part.least:>6} %")
    for part in found:
        if not part.enough:
            said += ["", f"{part.package} is not run enough:", *(f"  {line}" for line in part.missing)]
    sys.stdout.write("\n".join(said) + "\n")
    return 0 if all(part.enough for part in found) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
