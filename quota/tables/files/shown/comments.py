"""Comments on the cells of a workbook: what somebody says of a heading, or of one figure."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Mapping

from quota.tables.files.shown.parsing import parse
from quota.tables.files.shown.places import Place, place_of

_KIND = "/comments"
_AUTHOR = re.compile(r"\A[^\n:]{1,60}:[ \t]*\n")
"""Who wrote a comment, on its first line: a person's name, which is none of ours to show."""
Parts = Callable[[str], bytes]


def comments_on(part: str, names: Collection[str], read: Parts) -> Mapping[Place, str]:
    """The comments on the cells of the sheet that an .xlsx keeps in `part`, by place; `read` reads a part."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in names:
        return {}
    found: dict[Place, str] = {}
    for target in _targets(read(relations)):
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if path in names:
            found.update(_comments(read(path)))
    return found


def _targets(relations: bytes) -> list[str]:
    targets: list[str] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if attributes.get("Type", "").endswith(_KIND):
            targets.append(attributes.get("Target", ""))

    parse(relations, start)
    return targets


def _comments(xml: bytes) -> dict[Place, str]:
    found: dict[Place, str] = {}
    at: list[Place] = []
    within: list[str] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(":")[2]
        within.append(name)
        if name == "comment":
            place = place_of(attributes.get("ref", ""))
            at[:] = [] if place is None else [place]

    def end(_: str) -> None:
        within.pop()

    def characters(text: str) -> None:
        if at and within[-1] == "t":
            found[at[0]] = found.get(at[0], "") + text

    parse(xml, start, end, characters)
    return {place: " ".join(_AUTHOR.sub("", text).split()) for place, text in found.items()}
