"""Mutants: one operator of one module flipped, and where that stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

FLIPS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.FloorDiv,),
    ast.FloorDiv: (ast.Div, ast.Mult),
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
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
"""What each operator becomes; an order is also moved by one (`<` to `<=`)."""

ENDS = {"min": "max", "max": "min"}


@dataclass(frozen=True)
class Mutant:
    """One operator flipped in one module."""

    path: str
    """From the project's folder: `quota/core/posts.py`."""
    place: int
    """Which of the module's operators, in the order of the syntax tree."""
    choice: int
    """Which of the flips that operator has."""
    function: str
    """`Posts.gap`; empty at a module's own level."""
    was: str
    becomes: str
    lines: tuple[int, ...]
    """The lines its expression stands on."""

    @property
    def module(self) -> str:
        """`quota.core.posts`."""
        return self.path.removesuffix(".py").replace("/", ".")

    @property
    def name(self) -> str:
        """What it is called from one edit of the module to the next: no line numbers."""
        return f"{self.path} {self.function or '-'}: {self.was} → {self.becomes}"


def mutants_of(path: str) -> Iterator[Mutant]:
    """Every operator of a module, flipped each way it can be, in order."""
    source = (ROOT / path).read_text(encoding="utf-8")
    tree = ast.parse(source)
    for place, (function, node, index) in enumerate(_operators(tree)):
        was = ast.unparse(node)
        lines = tuple(range(_line(node), (getattr(node, "end_lineno", None) or _line(node)) + 1))
        for choice in range(_choices(node, index)):
            fresh = ast.parse(source)
            twin = _at(fresh, place)
            mutated = _flip(fresh, twin, index, choice)
            yield Mutant(path, place, choice, function, was, ast.unparse(mutated), lines)


def mutated_tree(mutant: Mutant) -> ast.Module:
    """The module's syntax tree with that one operator flipped, every other place where it was."""
    tree = ast.parse((ROOT / mutant.path).read_text(encoding="utf-8"))
    found = list(_operators(tree))[mutant.place]
    _flip(tree, found[1], found[2], mutant.choice)
    return ast.fix_missing_locations(tree)


def _at(tree: ast.Module, place: int) -> ast.expr | ast.AugAssign:
    return list(_operators(tree))[place][1]


def _line(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 1))


Place = tuple[str, "ast.expr | ast.AugAssign", int | None]


def _operators(tree: ast.Module) -> Iterator[Place]:
    """Function, expression and, in a chain of comparisons, which of its operators."""
    yield from _inside(tree, "")


def _inside(node: ast.AST, function: str) -> Iterator[Place]:
    for child in _run_children(node):
        inner = function
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inner = f"{function}.{child.name}".lstrip(".")
        elif isinstance(child, ast.BinOp | ast.AugAssign):
            if type(child.op) in FLIPS:
                yield function, child, None
        elif isinstance(child, ast.BoolOp) or _is_flipped(child):
            assert isinstance(child, ast.expr)
            yield function, child, None
        elif isinstance(child, ast.Compare):
            for index in range(len(child.ops)):
                yield function, child, index
        yield from _inside(child, inner)


def _is_flipped(node: ast.AST) -> bool:
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Not | ast.USub)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ENDS


def _run_children(node: ast.AST) -> Iterator[ast.AST]:
    """What of a node is ever run: no annotations, nothing that only type checkers see."""
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield child


def _choices(node: ast.AST, index: int | None) -> int:
    operator = _operator(node, index)
    return len(FLIPS[type(operator)]) if operator is not None else 1


def _operator(node: ast.AST, index: int | None) -> ast.AST | None:
    if isinstance(node, ast.Compare) and index is not None:
        return node.ops[index]
    return node.op if isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp) else None


def _flip(tree: ast.Module, node: ast.AST, index: int | None, choice: int) -> ast.AST:
    """Flip the operator in its tree; the expression as it reads afterwards."""
    operator = _operator(node, index)
    if operator is not None:
        flipped = FLIPS[type(operator)][choice]()
        if isinstance(node, ast.Compare) and index is not None:
            node.ops[index] = flipped  # type: ignore[call-overload]  # one of the comparisons of FLIPS
        else:
            node.op = flipped  # type: ignore[attr-defined]  # `_operator` found it there
        return node
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        node.func.id = ENDS[node.func.id]
        return node
    assert isinstance(node, ast.UnaryOp)
    _Replace(node).visit(tree)
    return node.operand


class _Replace(ast.NodeTransformer):
    """`not x` and `-x` become `x`."""

    def __init__(self, node: ast.UnaryOp) -> None:
        self.node = node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        return node.operand if node is self.node else node
