"""A frame with some of its numbers changed, as valid as any other or refused.

The grid of variants is built here; what each is worth is computed elsewhere, from the frames alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import product
from math import prod
from typing import Any

from msgspec import Struct
from pydantic import ValidationError

from quota.core.problems import InputError, Problem, Severity, refusal
from quota.core.text import Text, say
from quota.norms.schema import Frame

MOST_VARIANTS = 10_000
_ENDS = ("low", "high")
_ABOUT = ("examples", "sources")
_BLOCS = "blocs."


class Axis(Struct, frozen=True):
    """A numeric field of a frame, by dotted path, and the values it is given in turn."""

    path: str
    values: tuple[int, ...]


class Variant(Struct, frozen=True):
    """One point of a grid: the frame with these fields set."""

    settings: Mapping[str, int]
    frame: Frame


def numeric_fields(frame: Frame) -> dict[str, int]:
    """Every number the frame says, by dotted path.

    A range's ends are `….range.low` and `….range.high`; what is in a list has its place, from 0 on.
    """
    found: dict[str, int] = {}

    def collect(value: object, path: tuple[str, ...]) -> None:
        if isinstance(value, Mapping):
            for key, inner in value.items():
                collect(inner, (*path, key))
        elif isinstance(value, tuple):
            for key, inner in _named(value):
                collect(inner, (*path, key))
        elif isinstance(value, int) and not isinstance(value, bool):
            found[".".join(path)] = value

    collect(frame.model_dump(by_alias=True, exclude_none=True, exclude=set(_ABOUT)), ())
    return found


def full_path(frame: Frame, path: str) -> str:
    """The field `path` means: as written, or under `blocs.`. `InputError` names the fields there are."""
    fields = numeric_fields(frame)
    for candidate in (path, _BLOCS + path):
        if candidate in fields:
            return candidate
    close = get_close_matches(path, [*fields, *(name.removeprefix(_BLOCS) for name in fields)], n=1)
    listed = "; ".join(f"{name} = {value}" for name, value in fields.items())
    fix = (
        say("did you mean {close}? Its numeric fields: {fields}", close=close[0], fields=listed)
        if close
        else say("its numeric fields: {fields}", fields=listed)
    )
    message = say('the frame {id} has no numeric field "{path}"', id=frame.id, path=path)
    raise refusal("unknown-field", message, fix, value=path)


def variants(frame: Frame, axes: Sequence[Axis]) -> tuple[Variant, ...]:
    """Every combination of the axes' values, the last axis turning fastest; of no axes, the frame itself.

    Each is validated like a rule file. Raises `InputError` for a field the frame has not, one given twice, a
    value it cannot take, alone or beside the others, and a grid of more than `MOST_VARIANTS` points.
    """
    paths = [full_path(frame, axis.path) for axis in axes]
    for place, path in enumerate(paths):
        if path in paths[:place]:
            message = say("{path} is varied twice", path=path)
            fix = say("give all its values in one --vary")
            raise refusal("varied-twice", message, fix, value=path)
    points = prod(len(axis.values) for axis in axes)
    if points > MOST_VARIANTS:
        message = say("{n} combinations, more than {most}", n=points, most=MOST_VARIANTS)
        raise refusal("too-many", message, say("vary fewer fields or values"))
    return tuple(
        _variant(frame, dict(zip(paths, values, strict=True)))
        for values in product(*(axis.values for axis in axes))
    )


def _variant(frame: Frame, settings: Mapping[str, int]) -> Variant:
    dump: Any = frame.model_dump(by_alias=True)
    for path, value in settings.items():
        dump = _put(dump, path.split("."), value)
    try:
        changed = Frame.model_validate(dump)
    except ValidationError as error:
        raise InputError([_refused(settings, error)]) from error
    return Variant(settings, changed.assuming(frame.assumed))


def _named(values: tuple[object, ...]) -> list[tuple[str, object]]:
    """The two ends of a range by their names, the entries of a list by their places."""
    if len(values) == len(_ENDS) and all(isinstance(value, int) for value in values):
        return list(zip(_ENDS, values, strict=True))
    return [(str(place), value) for place, value in enumerate(values)]


def _put(part: Any, path: Sequence[str], number: int) -> Any:
    """A part of a frame with the number at `path` in place of what is there."""
    if not path:
        return number
    key, *below = path
    if isinstance(part, Mapping):
        return {**part, key: _put(part[key], below, number)}
    return tuple([_put(inner, below, number) if name == key else inner for name, inner in _named(part)])


def _refused(settings: Mapping[str, int], error: ValidationError) -> Problem:
    detail = error.errors(include_url=False)[0]
    context: Mapping[str, Any] = detail.get("ctx", {})
    reasons: Mapping[str, Text] = {
        "greater_than_equal": say("at least {bound} belongs there", bound=context.get("ge")),
        "less_than_equal": say("at most {bound} belongs there", bound=context.get("le")),
        "low_above_high": say(
            "the low end, {low}, is above the high end, {high}",
            low=context.get("low"),
            high=context.get("high"),
        ),
    }
    own: Text | None = context.get("message")  # what a model's own check says
    why = own or reasons.get(detail["type"], say("{why}", why=detail["msg"]))
    listed = ", ".join(f"{path} = {value}" for path, value in settings.items())
    message = say("no frame can say {settings}: {why}", settings=listed, why=why)
    fix = say("give values that a rule file may have")
    return Problem("impossible-value", Severity.ERROR, message, fix, value=listed)
