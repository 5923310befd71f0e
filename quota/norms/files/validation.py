"""From a document to a model: every way it does not fit becomes a problem with line, value and fix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args

from msgspec.structs import replace
from pydantic import BaseModel, ValidationError

from quota.core.problems import Problem
from quota.core.text import Text, did_you_mean, say
from quota.norms.files.documents import Document, KeyPath, dotted, has_key, problem_at, whole_number_meant
from quota.norms.files.rulefile import RuleFile

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

M = TypeVar("M", bound=BaseModel)
Words = tuple[str, Text, Text | None]
"""Code, message and fix."""


def validate(document: Document, model: type[M]) -> tuple[M | None, tuple[Problem, ...]]:
    """The model's value, or None with all problems; the document's own problems come first."""
    problems = list(document.problems)
    better: dict[str, Text] = {}
    """What mends a trap at a path, where the model wants something else there than text."""
    if problems and not document.value:
        return None, document.problems  # refused as a whole: nothing is there to be judged
    value: M | None = None
    try:
        value = model.model_validate(document.value)
    except ValidationError as error:
        seen = set(document.trapped)
        # of a union's complaints, the one that says most comes first: what this schema checks itself
        for detail in sorted(
            error.errors(include_url=False), key=lambda detail: detail["type"] not in _OWN_CHECKS
        ):
            path = _path_in(document.value, detail)
            if path in document.trapped and (fix := _words(document, model, path, detail)[2]) is not None:
                better.setdefault(dotted(path), fix)
            if not _miscounted(detail) and not any(path[: len(known)] == known for known in seen):
                seen.add(path)
                problems.append(_problem(document, model, path, detail))
    problems = [_mended(problem, better) for problem in problems]
    if not problems:
        problems.extend(_uncited(document))
        if isinstance(value, RuleFile):
            problems.extend(problem_at(document, *remark) for remark in value.remarks())
    return (None if problems else value), tuple(sorted(problems, key=_position))


def _mended(problem: Problem, better: Mapping[str, Text]) -> Problem:
    """A trap of YAML's with the fix that its place asks for: a number, a share, or the text in quotes."""
    if problem.code not in ("yaml-number", "yaml-bool"):
        return problem
    in_quotes = say('write "{text}" in quotes', text=problem.value)
    return replace(problem, fix=better.get(problem.column or "", in_quotes))


def _miscounted(detail: ErrorDetails) -> bool:
    """Whether a list is long enough after all: pydantic counts only the items that nothing is wrong with."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _position(problem: Problem) -> tuple[str, int]:
    return (problem.file or "", problem.row or 0)


def _path_in(value: object, detail: ErrorDetails) -> KeyPath:
    """The error's location without the words pydantic adds to it for unions and dictionary keys."""
    path: list[str | int] = []
    fault: tuple[str | int, ...] = detail.get("ctx", {}).get("at", ())
    for place, key in enumerate((*detail["loc"], *fault), start=1):
        if has_key(value, key):
            value = cast("Any", value)[key]
            path.append(key)
        elif detail["type"] == "missing" and place == len(detail["loc"]):
            path.append(key)  # a missing key is named where it should be; others are pydantic's own words
    return tuple(path)


def _problem(document: Document, model: type[BaseModel], path: KeyPath, detail: ErrorDetails) -> Problem:
    code, message, fix = _words(document, model, path, detail)
    return problem_at(document, path, code, message, fix)


def _words(document: Document, model: type[BaseModel], path: KeyPath, detail: ErrorDetails) -> Words:
    """Code, message and fix for one error of pydantic's."""
    kind = detail["type"]
    context: Mapping[str, Any] = detail.get("ctx", {})
    if kind == "missing" and path[-1] == "source":
        return "uncited", say("no source: a value that cites nothing is not loaded"), _sources_fix(document)
    if kind == "missing":
        return "missing-key", say("the key is missing"), say("add {key}:", key=path[-1])
    if kind == "extra_forbidden":
        known = _keys_of(model, path[:-1])
        fix = did_you_mean(str(path[-1]), known) or say("known keys here: {keys}", keys=", ".join(known))
        if str(path[-1]).isdigit():  # {residents: 16,000}
            fix = say("a comma ends a value here: write a number without one, a text with one in quotes")
        return "unknown-key", say("no such key"), fix
    if kind == "too_short" and context.get("field_type") in ("Dictionary", "Tuple"):
        return _too_few(context)
    if kind.startswith(("int_", "tuple_")) or kind in ("too_short", "too_long"):
        return _number_words(kind, document.written.get(path, ""), path)
    found = _own_words(kind, context) or _value_words(kind, context, document.written.get(path, ""))
    return found or ("invalid", say("{why}", why=detail["msg"]), None)


def _too_few(context: Mapping[str, Any]) -> Words:
    """Too short a list, or an empty mapping."""
    if context["field_type"] == "Dictionary":
        return "empty", say("nothing stands here"), say("write at least one")
    least = context["min_length"]
    return "too-few", say("fewer than {n} of them", n=least), say("give at least {n}", n=least)


def _value_words(kind: str, context: Mapping[str, Any], written: str) -> Words | None:
    """The words for a value of the wrong sort."""
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        fix = say("write at least {bound}" if "ge" in context else "write at most {bound}", bound=bound)
        return "out-of-bounds", say("out of bounds"), fix
    if kind == "string_pattern_mismatch" and "a-z" in context["pattern"]:
        return "bad-id", say("not an id"), say("use small letters, digits and single hyphens: ours-2026")
    if kind in ("literal_error", "enum"):
        choices = context["expected"].replace(" or ", ", ")
        near = did_you_mean(written, choices.replace("'", "").split(", ")) or say("write one of them")
        return "not-a-choice", say("not one of {choices}", choices=choices), near
    if kind == "string_type" and written not in ("", "~", "null"):
        return "not-text", say("not text"), say('write "{text}" in quotes', text=written)
    by_prefix: tuple[tuple[str, Words], ...] = (
        ("date_", ("bad-date", say("not a date"), say("write year-month-day: 2025-07-01, without quotes"))),
        (
            "string_",
            ("not-text", say("not text, or empty"), say("write words; in quotes if they look like a number")),
        ),
        ("bool_", ("not-a-truth", say("neither true nor false"), say("write true or false, without quotes"))),
        ("model_", _KEYS),
        ("dict_", _KEYS),
    )
    return next((found for prefix, found in by_prefix if kind.startswith(prefix)), None)


_KEYS = "not-keys", say("keys and values belong here"), say("write a word, a colon and the value")


def _number_words(kind: str, written: str, path: KeyPath) -> Words:
    pair = say("write one whole number, or two in brackets: [17, 20]")
    if not kind.startswith("int_") and not _is_pair(path):
        in_brackets = say("write it in brackets: [{text}]", text=written)
        fix = in_brackets if written else say("write each item on a line of its own, after a hyphen")
        return "not-a-list", say("not a list"), fix
    if not kind.startswith("int_"):
        fix = say("write them in brackets: [17, 20]; one exact number is base:, not range:")
        return "not-a-range", say("a range is two whole numbers, low and high"), fix
    meant = whole_number_meant(written)
    if meant is not None:
        return "not-a-number", say("text in YAML, not a number"), say("write {meant}", meant=str(meant))
    fix = pair if path and path[0] == "examples" else say("write a whole number in digits: 2000")
    return "not-a-number", say("not a whole number"), fix


def _is_pair(path: KeyPath) -> bool:
    """Whether two numbers, low and high, may stand at a path."""
    return bool(path) and (path[-1] in ("range", "posts") or path[0] == "examples")


_OWN_CHECKS = ("base_or_range", "low_above_high", "dates_out_of_order")


def _own_words(kind: str, context: Mapping[str, Any]) -> Words | None:
    """The words for what this schema checks itself."""
    if kind == "own_words":  # the model has said it all
        return context["code"], context["message"], context["fix"]
    if kind == "base_or_range":
        fix = say("give base: for an exact number or range: [low, high]; to drop an inherited one write null")
        return "base-or-range", say("has both base and range, or neither"), fix
    if kind == "low_above_high":
        low, high = context["low"], context["high"]
        message = say("the low end, {low}, is above the high end, {high}", low=low, high=high)
        return "low-above-high", message, say("write [{high}, {low}]", low=str(low), high=str(high))
    if kind == "field_twice":
        message = say('two fields are called "{name}", in {one} and {other}', **context)
        return "field-twice", message, say("a field belongs to one office; call one of them otherwise")
    if kind == "dates_out_of_order":
        return "dates-out-of-order", say("ends before it begins"), say("put `to` on or after `from`")
    return None


def _keys_of(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The keys the model knows at `path`."""
    for key in path:
        if isinstance(key, int):
            continue
        inner = [
            found
            for name, field in model.model_fields.items()
            if key in (name, field.alias)
            for found in _models_in(field.annotation)
        ]
        if inner:
            model = inner[0]
    return [field.alias or name for name, field in model.model_fields.items()]


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _sources_fix(document: Document) -> Text:
    ids = ", ".join(_source_ids(document)) or "none"
    return say("add source: with one of this file's sources ({ids})", ids=ids)


def _source_ids(document: Document) -> list[str]:
    sources = document.value.get("sources")
    return list(sources) if isinstance(sources, Mapping) else []


def _uncited(document: Document) -> Iterator[Problem]:
    """Citations of sources that the file does not list."""
    known = _source_ids(document)
    for path, written in document.written.items():
        if path[-1] == "source" and written not in known:
            other = say("list it under sources:, with title, publisher and date")
            fix = did_you_mean(written, known) or other
            yield problem_at(document, path, "unknown-source", say("no such source in this file"), fix)
