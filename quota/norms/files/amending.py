"""`extends`: a frame that says only what it changes in another one.

The child's keys replace the parent's; mappings are merged, lists replaced whole, `null` drops a key. What
a frame is (id, title, reading, notes) and its examples are its own, never inherited. An amendment that
changes nothing is a mistake: someone believes a rule is different and it is not. So is an inherited note that
speaks of a rule which is not the same any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from quota.core.problems import Problem
from quota.core.text import Text, say
from quota.norms.files.documents import Document, KeyPath, has_key, problem_at

_OWN = ("kind", "id", "extends", "title", "reading", "notes", "examples")
_ABOUT = ("status", "effective", "sources")
"""Inherited, but saying them again is no amendment of a rule."""
_ADDED = frozenset(("increment", "supplement"))
"""What a bloc adds to what it starts from: each entry may cite for itself."""

_NOTHING = object()
Values = Mapping[str, object]


def amend(parent: Document, child: Document) -> Document:
    """The child's document with everything it inherits; problems name the child's lines."""
    inherited = _cited_apart({key: value for key, value in parent.value.items() if key not in _OWN})
    merged = _merged(inherited, _cited_apart(child.value))
    own_places, own_written = dict(child.places), dict(child.written)
    problems = (
        *child.problems,
        *_idle(child, inherited),
        *_uncited(child, inherited),
        *_offices_uncited(child, inherited),
        *_stale(child, inherited, merged),
        *_phases_unsaid(child, inherited),
    )
    return Document(
        file=child.file,
        value=merged,
        places={path: place for path, place in parent.places.items() if _is_in(merged, path)} | own_places,
        written={path: text for path, text in parent.written.items() if _is_in(merged, path)} | own_written,
        problems=tuple(sorted(problems, key=lambda problem: problem.row or 0)),
        trapped=child.trapped,
        files=(*child.files, *parent.files),
    )


def mapping(found: object) -> Values:
    """`found` where it is a mapping, else an empty one."""
    return found if isinstance(found, Mapping) else {}


def _merged(below: Values, above: Values) -> dict[str, object]:
    result = dict(below)
    for key, value in above.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping):
            result[key] = _merged(mapping(result.get(key)), value)
        else:
            result[key] = value
    return result


def _at(value: object, path: KeyPath) -> object:
    """What `path` leads to in `value`; the sign for nothing where it leads nowhere."""
    for key in path:
        if not has_key(value, key):
            return _NOTHING
        value = cast("Any", value)[key]
    return value


def _is_in(value: object, path: KeyPath) -> bool:
    return _at(value, path) is not _NOTHING


def _bloc_holders(value: Values) -> Iterator[tuple[KeyPath, Values]]:
    """Each mapping of bloc rules, the general one and those of types, with its path."""
    yield ("blocs",), mapping(value.get("blocs"))
    for unit_type, rule in mapping(value.get("unit_types")).items():
        yield ("unit_types", unit_type, "blocs"), mapping(mapping(rule).get("blocs"))


def _cited_apart(value: Values) -> dict[str, object]:
    """The same with all that is added citing for itself: amending a base never changes what that cites."""
    result = dict(value)
    if mapping(value.get("blocs")):
        result["blocs"] = _added_cited(mapping(value["blocs"]))
    if mapping(value.get("unit_types")):
        result["unit_types"] = {
            unit_type: {**mapping(rule), "blocs": _added_cited(mapping(mapping(rule)["blocs"]))}
            if mapping(mapping(rule).get("blocs"))
            else rule
            for unit_type, rule in mapping(value["unit_types"]).items()
        }
    return result


def _added_cited(blocs: Values) -> dict[str, object]:
    return {
        bloc: dict(rule) | dict(_cited(rule)) if isinstance(rule, Mapping) else rule
        for bloc, rule in blocs.items()
    }


def _cited(rule: Values) -> Iterator[tuple[str, object]]:
    """What a bloc adds, each entry with the bloc's source where it has none of its own."""
    cited = {"source": rule["source"]} if rule.get("source") is not None else {}
    for part in _ADDED & rule.keys():
        entries = rule[part]
        if isinstance(entries, list):
            yield part, [{**cited, **entry} if mapping(entry) else entry for entry in entries]
        elif mapping(entries):
            yield part, {**cited, **mapping(entries)}


def _without_sources(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _without_sources(inner) for key, inner in value.items() if key != "source"}
    return [_without_sources(inner) for inner in value] if isinstance(value, list) else value


def _idle(child: Document, inherited: Values) -> Iterator[Problem]:
    """Every value the child repeats or drops in vain, and the child itself if no rule differs in the end."""
    rules = {key: rule for key, rule in child.value.items() if key not in (*_OWN, *_ABOUT)}
    repeated = list(_repeated(rules, inherited, ()))
    message = say("the frame it extends already says this")
    fix = say("remove the line, or write the value that is different")
    for path in repeated:
        yield problem_at(child, path, "changes-nothing", message, fix)
    before = {key: rule for key, rule in inherited.items() if key not in _ABOUT}
    if not repeated and _without_sources(_merged(before, rules)) == _without_sources(before):
        message = say("the frame amends no rule of the one it extends")
        fix = say("say what is different, or use {parent} itself", parent=child.value["extends"])
        yield problem_at(child, ("extends",), "changes-nothing", message, fix)


def _repeated(above: Values, below: Values, path: KeyPath) -> Iterator[KeyPath]:
    for key, value in above.items():
        if isinstance(value, Mapping):
            yield from _repeated(value, mapping(below.get(key)), (*path, key))
        elif key != "source" and _without_sources(value) == _without_sources(below.get(key)):
            yield (*path, key)


def _uncited(child: Document, inherited: Values) -> Iterator[Problem]:
    """Amended values need a citation of their own, and of nothing else: where only the increment is amended,
    the source is inside it, or the base would cite a paper that does not speak of it."""
    for name in ("minimum_population", "total"):
        said = mapping(child.value.get(name))
        if said and name in inherited and "source" not in said:  # of a new one the schema sees it
            yield _cites_nothing(child, (name,))
    for path, blocs in _bloc_holders(child.value):
        for bloc, rule in blocs.items():
            own = mapping(rule)
            amended, here = set(own) - {"source"}, (*path, bloc)
            if amended == {"increment"} and mapping(own["increment"]):
                if "source" not in mapping(own["increment"]):
                    inside = say("put source: inside increment: it is all that is amended here")
                    yield _cites_nothing(child, (*here, "increment"), inside)
            elif amended and "source" not in own and not _cite_themselves(own):
                yield _cites_nothing(child, here)


def _cite_themselves(rule: Values) -> bool:
    """Whether a bloc amends nothing but what it adds, increments and supplements, and each of them cites."""
    added = [entry for part in rule.values() for entry in (part if isinstance(part, list) else [part])]
    return rule.keys() <= _ADDED and bool(added) and all("source" in mapping(entry) for entry in added)


def _cites_nothing(child: Document, path: KeyPath, fix: Text | None = None) -> Problem:
    message = say("amended values cite no source of their own")
    other = say("add source: with a source of this file or of the one it extends")
    return problem_at(child, path, "uncited", message, fix or other)


def _offices_uncited(child: Document, inherited: Values) -> Iterator[Problem]:
    """Renamed offices and fields of work; that a new one cites nothing the schema sees by itself."""
    renamed: list[tuple[KeyPath, Values]] = []
    below = mapping(inherited.get("offices"))
    for office, rule in mapping(child.value.get("offices")).items():
        own, under = mapping(rule), mapping(below.get(office))
        if under and set(own) - {"fields"}:
            renamed.append((("offices", office), own))
        known = mapping(under.get("fields"))
        for field, name in mapping(own.get("fields")).items():
            if field in known and mapping(name):
                renamed.append((("offices", office, "fields", field), mapping(name)))
    for path, name in renamed:
        if "source" not in name:
            yield _cites_nothing(child, path)


def _stale(child: Document, inherited: Values, merged: Values) -> Iterator[Problem]:
    """Inherited notes about rules that are amended here: the amending file says what is true now."""
    message = say("the note inherited from the frame it extends speaks of rules that are amended here")
    general = mapping(inherited.get("blocs"))
    for path, blocs in _bloc_holders(child.value):
        noted = ("minimum_population",) if path == ("blocs",) else path[:-1]
        before = mapping(_at(inherited, path))
        amended = any(
            mapping(rule).get(key) != mapping(before.get(bloc) or general.get(bloc)).get(key)
            for bloc, rule in blocs.items()
            for key in {"base", "range"} & set(mapping(rule))
            if bloc in general
        )
        if amended and _is_in(merged, (*noted, "note")) and not _is_in(child.value, (*noted, "note")):
            where = ".".join(str(key) for key in noted)
            fix = say("say {where}.note anew, with its source, or drop it with null", where=where)
            yield problem_at(child, path, "stale-note", message, fix)


def _phases_unsaid(child: Document, inherited: Values) -> Iterator[Problem]:
    """Inherited phases would undo, from their days on, what is amended here."""
    if inherited.get("phases") and "phases" not in child.value:
        message = say("the frame it extends changes with time, and this one does not say how it does")
        fix = say("say phases: anew, or drop them with phases: null")
        yield problem_at(child, ("extends",), "inherited-phases", message, fix)
