"""Why a unit gives or gets what it does, in all forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quota.core.posts import Posts
from quota.core.text import Text, say
from quota.planning.redeploy.why import WhatIf, Why
from quota.render.audit.unsettled import settle_line, unsettled_lines, unsettled_plain
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.page import Page, sections_of
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import MINUS, UNKNOWN, interval, signed, words
from quota.render.views.people.plan import heading_lines
from quota.render.views.people.plan_plain import move_plain, place_plain
from quota.render.views.people.plan_words import KIND_NAMES, ends_words, group_words, km_words

BINDS: Mapping[str, Text] = {
    "filled": say("filled to the {aim}"),
    "nobody-over": say("nobody is left over who may fill its posts"),
    "no-posts": say("no posts are left empty that its people may fill"),
    "laws": say("the policy's limits: see what lifting one would change"),
    "nothing": say("within its {aim}: gives nobody, needs nobody"),
}


def why_rendering(why: Why) -> Rendering:
    """How to write it."""
    heading = [(words(say("Unit")), f"{why.unit.code} {words(why.unit.name)}"), *heading_lines(why.plan)]
    return page_rendering(
        Page(
            heading,
            sections_of(
                (say("What binds"), _cells(why)),
                (say("Its moves"), _moves(why)),
                (say("What would change, each on its own (a plan made anew)"), _what_ifs(why)),
            ),
            [
                say("Differences to the plan as it is: {minus}2 is two fewer.", minus=MINUS),
                *unsettled_lines(why.plan.start.unsettled),
                *settle_line(why.plan.start.unsettled),
            ],
        ),
        lambda: _plain(why),
        lambda: _rows(why),
    )


def _cells(why: Why) -> Grid:
    columns = [
        Column("group", say("Bloc or position")),
        Column("norm", say("Assigned posts") if why.plan.start.by_assigned else say("Norm")),
        Column("before", say("People before"), numeric=True),
        Column("after", say("After"), numeric=True),
        Column("binds", say("Because")),
    ]
    rows: list[dict[str, Value]] = [
        {
            "group": group_words(story.before.place.group),
            "norm": interval(Posts(story.before.low, story.before.high)),
            "before": story.before.staff,
            "after": story.after.staff,
            "binds": _because(story.binds, why.plan.start.aim),
        }
        for story in why.cells
    ]
    return Grid("cells", columns, rows, {})


def _because(binds: str, aim: Text) -> Text:
    said = BINDS[binds]
    return Text(said.template, {"aim": aim}) if binds in ("filled", "nothing") else said


def _moves(why: Why) -> Grid:
    columns = [
        Column("stage", say("Stage")),
        Column("way", say("Gives or gets")),
        Column("other", say("Whom")),
        Column("group", say("Bloc or position")),
        Column("people", say("People"), numeric=True),
        Column("km", say("km"), numeric=True),
    ]
    names, rows = why.plan.start.names, list[dict[str, Value]]()
    for move in why.moves:
        if move.origin is None or move.target is None:
            continue
        inside = move.origin.code == move.target.code
        gives = move.origin.code == why.unit.code
        other = move.target.code if gives else move.origin.code
        way = say("rearranges") if inside else say("gives") if gives else say("gets")
        rows.append(
            {
                "stage": say("{n} {kind}", n=move.stage + 1, kind=KIND_NAMES[move.kind]),
                "way": way,
                "other": "" if inside else names.get(other, other),
                "group": ends_words(move.origin, move.target),
                "people": move.people,
                "km": "" if inside else km_words(move.metres),
            }
        )
    return Grid("moves", columns, rows, {})


def _what_ifs(why: Why) -> Grid:
    columns = [
        Column("what", say("If")),
        Column("unit_short", say("Short here"), numeric=True),
        Column("short", say("Short in all"), numeric=True),
        Column("worst", say("Worst unit"), numeric=True),
        Column("people", say("Moved"), numeric=True),
        Column("km", say("km in all"), numeric=True),
    ]
    rows: list[dict[str, Value]] = [
        {
            "what": _change(what_if),
            "unit_short": signed(what_if.unit_short),
            "short": signed(what_if.short),
            "worst": signed(what_if.worst),
            "people": signed(what_if.people),
            "km": UNKNOWN if what_if.metres is None else signed_km(what_if.metres),
        }
        for what_if in why.what_ifs
    ]
    return Grid("what_ifs", columns, rows, {})


def signed_km(metres: int) -> str:
    """Kilometres more (+) or fewer (−)."""
    sign = "+" if metres > 0 else MINUS if metres < 0 else ""
    return f"{sign}{km_words(abs(metres))}"


def _change(what_if: WhatIf) -> Text:
    """What would be otherwise, a bloc by its name."""
    if "group" not in what_if.name.values:
        return what_if.name
    return Text(
        what_if.name.template,
        {**what_if.name.values, "group": group_words(str(what_if.name.values["group"]))},
    )


def _plain(why: Why) -> object:
    names = why.plan.start.names
    return {
        "unit": {"code": why.unit.code, "name": why.unit.name},
        "policy": why.plan.policy,
        "as_of": why.plan.as_of.isoformat(),
        **unsettled_plain(why.plan.start.unsettled),
        "cells": [
            place_plain(story.before.place, names)
            | {
                "norm": None if why.plan.start.by_assigned else [story.before.low, story.before.high],
                "assigned": story.before.low if why.plan.start.by_assigned else None,
                "before": story.before.staff,
                "after": story.after.staff,
                "binds": story.binds,
            }
            for story in why.cells
        ],
        "moves": [
            {"stage": move.stage + 1, "kind": move.kind} | move_plain(move, names) for move in why.moves
        ],
        "what_ifs": [
            {
                "what": what_if.what,
                "name": str(what_if.name),
                "unit_short": what_if.unit_short,
                "short": what_if.short,
                "worst": what_if.worst,
                "people": what_if.people,
                "metres": what_if.metres,
            }
            for what_if in why.what_ifs
        ],
    }


def _rows(why: Why) -> Iterator[Sequence[Cell]]:
    yield ("what", "name", "unit_short", "short", "worst", "people", "metres")
    for what_if in why.what_ifs:
        yield (
            what_if.what,
            str(what_if.name),
            what_if.unit_short,
            what_if.short,
            what_if.worst,
            what_if.people,
            what_if.metres,
        )
