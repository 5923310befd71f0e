"""Putting a mutant in the place of its module, whether that is imported already or is to be anew."""

from __future__ import annotations

import functools
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from types import CodeType, FunctionType, ModuleType

from tests.mutation.operators import ROOT, Mutant, mutated_tree

Key = tuple[str, int, tuple[object, ...]]


class Imported:
    """The functions and caches that importing the project has made, found once before anything is forked."""

    def __init__(self) -> None:
        self.functions: dict[str, dict[Key, list[FunctionType]]] = {}
        self.caches: list[functools._lru_cache_wrapper[object]] = []

    def look(self) -> None:
        """Look for them; what there is by now is collected no more, so no forked process copies it."""
        gc.collect()
        for held in gc.get_objects():
            if isinstance(held, FunctionType):
                by_key = self.functions.setdefault(held.__code__.co_filename, {})
                if held.__code__.co_filename.startswith(str(ROOT / "quota")):
                    by_key.setdefault(_key(held.__code__), []).append(held)
            elif isinstance(held, functools._lru_cache_wrapper):
                self.caches.append(held)
        gc.freeze()


def patch(mutant: Mutant, imported: Imported) -> bool:
    """Give the functions of the imported module their mutated code, and forget what caches hold.

    False where the operator is run by the import itself (a constant, a default): `import_mutated` shows that.
    """
    path = str(ROOT / mutant.path)
    original = compile((ROOT / mutant.path).read_text(encoding="utf-8"), path, "exec", dont_inherit=True)
    mutated = compile(mutated_tree(mutant), path, "exec", dont_inherit=True)
    changed: dict[Key, CodeType] = {}
    if not _pair(original, mutated, changed) or not changed:
        return False
    there = imported.functions.get(path, {})
    patched = [(function, code) for key, code in changed.items() for function in there.get(key, ())]
    for function, code in patched:
        function.__code__ = code
    for cache in imported.caches:
        cache.cache_clear()
    return bool(patched)


def _pair(original: CodeType, mutated: CodeType, changed: dict[Key, CodeType]) -> bool:
    """Note each function whose own or inner code differs; False where code outside functions does."""
    if original.co_flags & 0x1 == 0 and _own(original) != _own(
        mutated
    ):  # no fast locals: a module's or class's
        return False
    pairs = zip(_codes(original), _codes(mutated), strict=True)
    if original.co_flags & 0x1 and original != mutated:
        changed[_key(original)] = mutated
    return all(_pair(was, becomes, changed) for was, becomes in pairs if was != becomes)


def _own(code: CodeType) -> tuple[object, ...]:
    constants = tuple(
        (type(constant), constant) for constant in code.co_consts if not isinstance(constant, CodeType)
    )
    return code.co_code, code.co_names, constants


def _codes(code: CodeType) -> Iterator[CodeType]:
    return (constant for constant in code.co_consts if isinstance(constant, CodeType))


def _key(code: CodeType) -> Key:
    return code.co_qualname, code.co_firstlineno, tuple(code.co_positions())


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Compiles the mutant wherever its module is imported."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.mutant.module:
            return None
        return importlib.util.spec_from_loader(name, self, origin=str(ROOT / self.mutant.path))

    def exec_module(self, module: ModuleType) -> None:
        path = str(ROOT / self.mutant.path)
        module.__file__ = path
        exec(compile(mutated_tree(self.mutant), path, "exec", dont_inherit=True), module.__dict__)  # noqa: S102  # what this is for


def forget_project() -> None:
    """Drop every module of this project, so that it is imported anew."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        mine = name.partition(".")[0] in ("quota", "tests") or (file or "").startswith(str(ROOT / "tests"))
        if mine and not name.startswith("tests.mutation"):
            del sys.modules[name]


def import_mutated(mutant: Mutant) -> None:
    """Have the mutant imported in place of its module from now on."""
    forget_project()
    sys.meta_path.insert(0, _Finder(mutant))
