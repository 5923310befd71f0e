"""`python tests/bench/growth.py`: how each command's processor time and memory grow with the units.

The power of the units by which the time grows, from the smallest table to the greatest, and between the two
greatest, where starting counts for less; 1 is linear. Turns are interleaved over the sizes.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from against import WORDS, circumstances, median, peak
from languages import LANGUAGES, figure, markdown, write
from measuring import Run, once
from waits import COLUMNS, SIZES, Wait, label, waits


def power(seconds: Mapping[int, float], least: int, most: int) -> float:
    """By which power of the units the time grows from the one number of them to the other."""
    return math.log(seconds[most] / seconds[least]) / math.log(most / least)


def measured(by_size: Mapping[int, Wait], folder: Path, turns: int) -> dict[int, list[Run]]:
    """The runs of one command by units: a turn for the caches, which does not count, then `turns`.

    Raises:
        NoRunError: a run failed.
    """
    runs: dict[int, list[Run]] = {size: [] for size in by_size}
    for turn in range(turns + (turns > 1)):
        for size, wait in by_size.items():
            columns = COLUMNS if wait.shown else None
            run = once(["-m", "quota", *wait.arguments], folder=folder, columns=columns, ends=wait.ends)
            if turn > 0 or turns == 1:
                runs[size].append(run)
    return runs


def headings(sizes: Sequence[int], language: str) -> list[str]:
    """Of the table: a column a size, and the two powers."""
    units = [figure(size, language, 0) for size in sizes]
    if language == "vi":
        told = [f"giây xử lý, {size} đơn vị" for size in units]
        return ["lệnh", *told, f"lũy thừa, {units[0]}–{units[-1]}", f"lũy thừa, {units[-2]}–{units[-1]}"]
    told = [f"processor s, {size} units" for size in units]
    return ["command", *told, f"power, {units[0]}–{units[-1]}", f"power, {units[-2]}–{units[-1]}"]


def row(wait: Wait, runs: Mapping[int, Sequence[Run]], language: str) -> list[str]:
    """One command's figures as the language writes them."""
    seconds = {size: median(found, "processor") for size, found in runs.items()}
    sizes = sorted(seconds)
    cells = [
        f"{figure(seconds[size], language)} ({figure(peak(runs[size]), language, 0)} MB)" for size in sizes
    ]
    powers = [power(seconds, least, sizes[-1]) for least in (sizes[0], sizes[-2])]
    return [
        label(wait.name, WORDS[language]["terminal"]),
        *cells,
        *(figure(value, language) for value in powers),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--units", type=int, nargs="+", default=SIZES, help="two or more; default: %(default)s"
    )
    parser.add_argument("--turns", type=int, default=3, help="of each size; default: 3")
    parser.add_argument("--only", default="", metavar="NAME", help="commands whose name begins so: audit, …")
    parser.add_argument("--write", action="store_true", help="also into the pages on performance")
    given = parser.parse_args()
    sizes = sorted(set(given.units))
    if len(sizes) < 2:
        parser.error("growth is from one number of units to another: name two or more")
    load = os.getloadavg()[0]
    rows: dict[str, list[list[str]]] = {language: [] for language in LANGUAGES}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for of_all_sizes in zip(*(waits(folder, size) for size in sizes), strict=True):
            wait = of_all_sizes[0]
            if not wait.name.startswith(given.only):
                continue
            runs = measured(dict(zip(sizes, of_all_sizes, strict=True)), folder, given.turns)
            for language in LANGUAGES:
                rows[language].append(row(wait, runs, language))
            sys.stderr.write(f"{' | '.join(rows['en'][-1])}\n")
    loads = (load, os.getloadavg()[0])
    blocks = {
        language: f"{circumstances(language, given.turns, loads, [])}\n\n"
        + markdown(headings(sizes, language), rows[language])
        for language in LANGUAGES
    }
    sys.stdout.write(f"{blocks['en']}\n")
    if given.write:
        write("growth", blocks)


if __name__ == "__main__":
    main()
