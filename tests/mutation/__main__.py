"""`python tests/mutation [module …]`: does a wrong operator go unnoticed?

Flips the arithmetic and comparison operators of `core`, `norms` and `analysis` one at a time, each in a
process of its own, and runs the unit tests until one fails. Mutants that no test notices are listed; the exit
code is 1 if they are more than one in twenty.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("core", "norms", "analysis")
TESTS = ("tests/unit", "tests/test_cases.py", "tests/test_whole_provinces.py")
MOST_SURVIVORS = 0.05

FLIPS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.FloorDiv,),
    ast.FloorDiv: (ast.Mult,),
    ast.Div: (ast.Mult,),
    ast.Mod: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.USub: (ast.UAdd,),
    ast.Not: (ast.UAdd,),
}

# Runs in the mutant's process: the mutated module is compiled in place of the file's own text.
RUNNER = """
import importlib.abc, importlib.machinery, importlib.util, sys
module, path, text = sys.argv[1], sys.argv[2], sys.stdin.read()

class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, *_):
        return importlib.util.spec_from_loader(name, self, origin=path) if name == module else None
    def exec_module(self, made):
        made.__file__ = path
        exec(compile(text, path, "exec"), made.__dict__)

sys.meta_path.insert(0, Finder())
import pytest
sys.exit(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--no-header", *sys.argv[3:]]))
"""


@dataclass(frozen=True)
class Mutant:
    """One operator flipped in one module."""

    module: str
    path: Path
    line: int
    was: str
    becomes: str
    text: str


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every operator of a file, flipped each way it can be."""
    source = path.read_text(encoding="utf-8")
    places = sum(1 for _ in _operators(ast.parse(source)))
    for place in range(places):
        choice = 0
        while True:
            tree = ast.parse(source)
            holder, name, index, operator = list(_operators(tree))[place]
            flips = FLIPS[type(operator)]
            if choice == len(flips):
                break
            flipped = flips[choice]()
            choice += 1
            if index is None:
                setattr(holder, name, flipped)
            else:
                getattr(holder, name)[index] = flipped
            line = getattr(holder, "lineno", 0)
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            words = (type(operator).__name__, type(flipped).__name__)
            yield Mutant(module, path, line, *words, ast.unparse(ast.fix_missing_locations(tree)))


def _operators(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.AugAssign | ast.UnaryOp) and type(node.op) in FLIPS:
            if not _is_type_union(node):
                yield node, "op", None, node.op
        elif isinstance(node, ast.Compare):
            for index, operator in enumerate(node.ops):
                yield node, "ops", index, operator


def _is_type_union(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr)


def unchanged(path: Path) -> Mutant:
    """A module as it is, to see that the tests pass where nothing is wrong."""
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return Mutant(module, path, 0, "", "", path.read_text(encoding="utf-8"))


def survives(mutant: Mutant) -> bool:
    """Whether the tests pass all the same. A mutant that never ends is noticed by its time."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", RUNNER, mutant.module, str(mutant.path), *TESTS],
            cwd=ROOT,
            input=mutant.text,
            capture_output=True,
            encoding="utf-8",
            timeout=180,
            env={**os.environ, "HYPOTHESIS_PROFILE": "mutation"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="only files whose path holds one of these words")
    parser.add_argument("--sample", type=int, help="only so many mutants, drawn with a fixed seed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    files = [path for name in PACKAGES for path in sorted((ROOT / "quota" / name).glob("*.py"))]
    files = [path for path in files if not asked.modules or any(word in str(path) for word in asked.modules)]
    mutants = [mutant for path in files for mutant in mutants_of(path)]
    if asked.sample:
        mutants = random.Random(0).sample(mutants, min(asked.sample, len(mutants)))
    if not survives(unchanged(files[0])):
        sys.exit("The tests fail without any change: nothing can be learnt from a mutant.")
    with ThreadPoolExecutor(asked.jobs) as pool:
        survivors = [one for one, alive in zip(mutants, pool.map(survives, mutants), strict=True) if alive]
    for one in survivors:
        sys.stdout.write(
            f"{one.path.relative_to(ROOT)}:{one.line}: {one.was} → {one.becomes} goes unnoticed\n"
        )
    share = len(survivors) / len(mutants) if mutants else 0
    sys.stdout.write(f"{len(mutants)} mutants, {len(survivors)} unnoticed ({share:.1%})\n")
    sys.exit(1 if share > MOST_SURVIVORS else 0)


if __name__ == "__main__":
    main()
