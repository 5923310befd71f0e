"""`extends`: a frame that says only what it changes in another one.

The child's keys replace the parent's; mappings are merged, lists replaced whole, `null` drops a key. What
a frame is (id, title, reading, notes) and its examples are its own, never inherited. An amendment that
changes nothing is a mistake: someone believes a rule is different and it is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from quota.core.problems import Problem
from quota.core.text import say
from quota.norms.documents import Document, KeyPath, problem_at

_OWN = ("kind", "id", "extends", "title", "reading", "notes", "examples")
_ABOUT = ("status", "effective", "sources")
"""Inherited, but saying them again is no amendment of a rule."""


def amend(parent: Document, child: Document) -> Document:
    """The child's document with everything it inherits; problems name the child's lines."""
    inherited = {key: value for key, value in parent.value.items() if key not in _OWN}
    places = {path: place for path, place in parent.places.items() if path and path[0] not in _OWN}
    written = {path: text for path, text in parent.written.items() if path[0] not in _OWN}
    return Document(
        file=child.file,
        value=_merged(inherited, child.value),
        places=places | dict(child.places),
        written=written | dict(child.written),
        problems=(*child.problems, *_idle(child, inherited), *_uncited(child)),
        trapped=child.trapped,
    )


def _merged(below: Mapping[str, object], above: Mapping[str, object]) -> dict[str, object]:
    result = dict(below)
    for key, value in above.items():
        under = result.get(key)
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(under, Mapping):
            result[key] = _merged(under, value)
        else:
            result[key] = value
    return result


def _rules_of(value: Mapping[str, object]) -> dict[str, object]:
    return {key: rule for key, rule in value.items() if key not in (*_OWN, *_ABOUT)}


def _idle(child: Document, inherited: Mapping[str, object]) -> Iterator[Problem]:
    """Every value the child repeats, and the child itself if it amends no rule at all."""
    rules = _rules_of(child.value)
    if not rules:
        yield problem_at(
            child,
            ("extends",),
            "changes-nothing",
            say("the frame amends no rule of the one it extends"),
            say("say what is different, or use {parent} itself", parent=child.value["extends"]),
        )
    for path in _repeated(rules, inherited, ()):
        yield problem_at(
            child,
            path,
            "changes-nothing",
            say("the frame it extends already says this"),
            say("remove the line, or write the value that is different"),
        )


def _repeated(above: Mapping[str, object], below: Mapping[str, object], path: KeyPath) -> Iterator[KeyPath]:
    for key, value in above.items():
        under = below.get(key)
        if isinstance(value, Mapping) and isinstance(under, Mapping):
            yield from _repeated(value, under, (*path, key))
        elif key != "source" and value == under:
            yield (*path, key)


def _uncited(child: Document) -> Iterator[Problem]:
    """Amended values need a citation of their own: the parent's source did not say them."""
    for path, value in _cited_mappings(child.value):
        if not _cited(value):
            yield problem_at(
                child,
                path,
                "uncited",
                say("amended values cite no source of their own"),
                say("add source: with a source of this file or of the one it extends"),
            )


def _cited(value: Mapping[str, object]) -> bool:
    """A bloc cites for all in it; an increment may cite for itself where nothing else is amended."""
    increment = value.get("increment")
    alone = isinstance(increment, Mapping) and len(value) == 1
    return "source" in value or (alone and "source" in cast("Mapping[str, object]", increment))


def _cited_mappings(value: Mapping[str, object]) -> Iterator[tuple[KeyPath, Mapping[str, object]]]:
    def mapping(found: object) -> Mapping[str, object]:
        return found if isinstance(found, Mapping) else {}

    minimum = mapping(value.get("minimum_population"))
    if minimum:
        yield ("minimum_population",), minimum
    holders: list[tuple[KeyPath, object]] = [(("blocs",), value.get("blocs"))]
    for unit_type, rule in mapping(value.get("unit_types")).items():
        holders.append((("unit_types", unit_type, "blocs"), mapping(rule).get("blocs")))
    for path, holder in holders:
        for bloc, rule in mapping(holder).items():
            if mapping(rule):
                yield (*path, bloc), mapping(rule)
