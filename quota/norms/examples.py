"""Running the worked examples that are beside a frame's rules."""

from __future__ import annotations

from msgspec import Struct

from quota.core.posts import Posts
from quota.norms.evaluation import quota_of
from quota.norms.language.example import Example
from quota.norms.schema import Frame


class Mismatch(Struct, frozen=True):
    """An example the frame does not bear out: which (the first is 1), what it says, what the frame gives."""

    number: int
    population: int
    what: str
    expected: Posts
    given: Posts


def mismatches(frame: Frame) -> tuple[Mismatch, ...]:
    """Every figure of every example that differs from what the frame grants.

    Raises `ValueError` where an example lacks a number that the frame counts; in a file, that is a problem.
    """
    found: list[Mismatch] = []
    for number, example in enumerate(frame.examples, start=1):
        found.extend(_differences(frame, number, example))
    return tuple(found)


def _differences(frame: Frame, number: int, example: Example) -> list[Mismatch]:
    quota = quota_of(frame.at(example), example.unit)
    if quota is None:
        raise ValueError(f"example {number} lacks a number that the frame counts")
    pairs: list[tuple[str, int | tuple[int, int], Posts]] = [
        (key, stated, quota.blocs[key]) for key, stated in example.expected.items()
    ]
    if example.total is not None:
        pairs.append(("total", example.total, quota.total))
    return [
        Mismatch(number, example.population, what, expected, given)
        for what, stated, given in pairs
        if (expected := _posts(stated)) != given
    ]


def _posts(stated: int | tuple[int, int]) -> Posts:
    return Posts.exactly(stated) if isinstance(stated, int) else Posts(*stated)
