"""`python tests/bench/against.py PYTHON`: each command people wait for, in turn with an earlier build.

PYTHON is that of an environment in which the earlier build is installed beside the same packages; which
differ is said. Both builds are compiled before, and run from an empty folder. Seconds are medians, the
processor's are those of the process and of what it started, megabytes the peak of any turn. A ratio is this
build's figure to the earlier one's; what was aimed at is aimed at in processor time.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from languages import LANGUAGES, figure, markdown, write
from measuring import NoRunError, Run, once
from waits import COLUMNS, HELP, Wait, label, waits

AIMED = {
    **dict.fromkeys([("report, html", 114), ("report, html", 3_321)], 0.35),
    **dict.fromkeys([("report, docx", 114), ("report, docx", 3_321)], 0.6),
    ("rank, terminal", 3_321): 0.2,
    ("audit, terminal", 3_321): 0.6,
    ("changes, csv", 3_321): 0.4,
    ("plan, csv", 114): 0.6,
    ("audit, csv", 3_321): 1.0,
    ("clerk, csv", 3_321): 1.0,
    ("help", 0): 1.0,
}
"""The most that a command may take of the earlier build's processor time, by its name and units."""

_BUILD = """
import json, sys
from importlib.metadata import distributions
import quota
print(json.dumps({"place": list(quota.__path__)[0], "packages": {
    "Python": sys.version.split()[0], **{found.name: found.version for found in distributions()}
}}))
"""


class NoBuildError(Exception):
    """An environment without a build of its own; says why."""


@dataclass(frozen=True)
class Build:
    """One build: its Python, and the versions of all that is installed beside it."""

    python: str
    place: str
    packages: dict[str, str]


@dataclass
class Pair:
    """One command for tables of `size` units: the runs of the earlier build and of this one."""

    wait: Wait
    size: int
    earlier: list[Run] = field(default_factory=list)
    now: list[Run] = field(default_factory=list)
    failed: str = ""

    def ratio(self, figure_of: str) -> float:
        """Of the medians of `seconds` or of `processor`."""
        return median(self.now, figure_of) / median(self.earlier, figure_of)

    @property
    def aimed(self) -> float | None:
        """What was aimed at, if anything was."""
        return AIMED.get((self.wait.name, self.size))


def median(runs: Sequence[Run], figure_of: str) -> float:
    """The median of a figure of the runs."""
    return statistics.median(getattr(run, figure_of) for run in runs)


def peak(runs: Sequence[Run]) -> int:
    """The most megabytes of any run."""
    return max(run.megabytes for run in runs)


def build(python: str, folder: Path) -> Build:
    """The build of this Python, compiled.

    Raises:
        NoBuildError: there is none.
    """
    try:
        found = json.loads(once(["-c", _BUILD], python, folder=folder).printed)
        once(["-m", "compileall", "-q", found["place"]], python, folder=folder)
    except (NoRunError, OSError) as why:
        raise NoBuildError(f"{python}: {why}") from why
    return Build(python, **found)


def differing(earlier: Build, now: Build) -> list[str]:
    """Packages whose versions are not the same in both, as `name earlier/now`; never quota itself."""
    names = sorted((earlier.packages.keys() | now.packages.keys()) - {"commune-quota"})
    versions = [(name, earlier.packages.get(name, "–"), now.packages.get(name, "–")) for name in names]
    return [f"{name} {before}/{after}" for name, before, after in versions if before != after]


def measured(earlier: Build, now: Build, pair: Pair, folder: Path, turns: int) -> Pair:
    """The pair with its runs: a turn for the caches, uncounted, then `turns`; who begins changes."""
    columns = COLUMNS if pair.wait.shown else None
    sides = [(earlier, pair.earlier), (now, pair.now)]
    for turn in range(turns + (turns > 1)):
        for side, runs in sides if turn % 2 else reversed(sides):
            arguments = ["-m", "quota", *pair.wait.arguments]
            try:
                run = once(arguments, side.python, folder=folder, columns=columns, ends=pair.wait.ends)
            except NoRunError as why:
                pair.failed = f"{'earlier' if side is earlier else 'this'} build {why}"
                return pair
            if turn > 0 or turns == 1:
                runs.append(run)
    return pair


def pairs(folder: Path, sizes: Sequence[int], only: str = "") -> Iterator[Pair]:
    """What is to be measured; `only` names whose name begins so."""
    wanted = [Pair(HELP, 0), *(Pair(wait, size) for size in sizes for wait in waits(folder, size))]
    return (pair for pair in wanted if pair.wait.name.startswith(only))


HEADINGS = {
    "en": (
        *("command", "units", "s, earlier", "s", "ratio", "processor s, earlier", "processor s", "ratio"),
        *("MB, earlier", "MB", "aimed at"),
    ),
    "vi": (
        *("lệnh", "số đơn vị", "giây, bản trước", "giây", "tỷ số", "giây xử lý, bản trước", "giây xử lý"),
        *("tỷ số", "MB, bản trước", "MB", "mức muốn đạt"),
    ),
}
WORDS = {
    "en": {"terminal": "terminal", "met": "met", "missed": "missed", "failed": "failed"},
    "vi": {"terminal": "cửa sổ lệnh", "met": "đạt", "missed": "chưa đạt", "failed": "không chạy được"},
}


def row(pair: Pair, language: str) -> list[str]:
    """One command's figures as the language writes them."""
    words = WORDS[language]
    first = [label(pair.wait.name, words["terminal"]), figure(pair.size, language, 0) if pair.size else ""]
    if pair.failed:
        return [*first, *[""] * 8, words["failed"]]
    told = []
    for name in ("seconds", "processor"):
        values = (median(pair.earlier, name), median(pair.now, name), pair.ratio(name))
        told += [figure(value, language) for value in values]
    told += [figure(peak(runs), language, 0) for runs in (pair.earlier, pair.now)]
    aimed = ""
    if pair.aimed is not None:
        verdict = words["met" if pair.ratio("processor") <= pair.aimed else "missed"]
        aimed = f"{figure(pair.aimed, language)}, {verdict}"
    return [*first, *told, aimed]


def circumstances(language: str, turns: int, loads: Sequence[float], differ: Sequence[str]) -> str:
    """How it was measured, in a sentence or two."""
    cores = os.cpu_count()
    before, after = (figure(load, language, 1) for load in loads)
    if language == "vi":
        told = f"Đo {turns} lượt mỗi lệnh, {cores} nhân, tải {before} trước và {after} sau khi đo."
        return told + (f" Gói khác phiên bản (bản trước/bản này): {', '.join(differ)}." if differ else "")
    told = f"{turns} turn{'s' * (turns > 1)} each on {cores} cores, load {before} before and {after} after."
    return told + (f" Packages of other versions (earlier/this): {', '.join(differ)}." if differ else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("python", metavar="PYTHON", help="of the environment with the earlier build")
    parser.add_argument("--units", type=int, nargs="+", default=[114, 3_321], help="default: 114 3321")
    parser.add_argument("--turns", type=int, default=5, help="of each build; default: 5")
    parser.add_argument("--only", default="", metavar="NAME", help="commands whose name begins so: audit, …")
    parser.add_argument("--write", action="store_true", help="also into the pages on performance")
    given = parser.parse_args()
    python = str(Path.cwd() / given.python)  # not resolved: what a link leads to is in no environment
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            earlier, now = build(python, folder), build(sys.executable, folder)
        except NoBuildError as why:
            parser.error(str(why))
        if earlier.place == now.place:
            parser.error(f"{given.python} runs this build itself ({now.place}); name another environment's")
        load = os.getloadavg()[0]
        done = []
        for pair in pairs(folder, given.units, given.only):
            done.append(measured(earlier, now, pair, folder, given.turns))
            sys.stderr.write(f"{' | '.join(row(pair, 'en'))} {pair.failed}\n")
        loads = (load, os.getloadavg()[0])
    blocks = {
        language: circumstances(language, given.turns, loads, differing(earlier, now))
        + "\n\n"
        + markdown(HEADINGS[language], [row(pair, language) for pair in done])
        for language in LANGUAGES
    }
    sys.stdout.write(f"{blocks['en']}\n")
    if given.write:
        write("against", blocks)
    sys.exit(1 if any(pair.failed for pair in done) else 0)


if __name__ == "__main__":
    main()
