"""Why a unit gives or gets what it does, in all forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quota.core.moves import Place
from quota.core.posts import Posts
from quota.core.text import Text, say
from quota.planning.redeploy.why import WhatIf, Why
from quota.render.audit.unsettled import settle_line, unsettled_lines, unsettled_plain
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Grid, Shown, figures, table
from quota.render.kit.page import Page, sections_of
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import MINUS, UNKNOWN, interval, signed, words
from quota.render.views.people.plan import heading_lines
from quota.render.views.people.plan_plain import move_plain, place_plain
from quota.render.views.people.plan_words import ends_words, group_words, km_words, stage_words

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
    return table(
        why.cells,
        Shown(say("Bloc or position"), lambda story: group_words(story.before.place.group)),
        Shown(
            say("Assigned posts") if why.plan.start.by_assigned else say("Norm"),
            lambda story: interval(Posts(story.before.low, story.before.high)),
        ),
        figures(say("People before"), lambda story: story.before.staff),
        figures(say("After"), lambda story: story.after.staff),
        Shown(say("Because"), lambda story: _because(story.binds, why.plan.start.aim)),
    )


def _because(binds: str, aim: Text) -> Text:
    said = BINDS[binds]
    return Text(said.template, {"aim": aim}) if binds in ("filled", "nothing") else said


def _moves(why: Why) -> Grid:
    names = why.plan.start.names

    def other(origin: Place, target: Place) -> str:
        """The unit at the other end; none where people move within the unit."""
        if origin.code == target.code:
            return ""
        code = target.code if origin.code == why.unit.code else origin.code
        return names.get(code, code)

    def way(origin: Place, target: Place) -> Text:
        if origin.code == target.code:
            return say("rearranges")
        return say("gives") if origin.code == why.unit.code else say("gets")

    return table(
        [(move.origin, move.target, move) for move in why.moves if move.origin and move.target],
        Shown(say("Stage"), lambda row: stage_words(row[2].stage, row[2].kind)),
        Shown(say("Gives or gets"), lambda row: way(row[0], row[1])),
        Shown(say("Whom"), lambda row: other(row[0], row[1])),
        Shown(say("Bloc or position"), lambda row: ends_words(row[0], row[1])),
        figures(say("People"), lambda row: row[2].people),
        figures(say("km"), lambda row: "" if row[0].code == row[1].code else km_words(row[2].metres)),
    )


def _what_ifs(why: Why) -> Grid:
    return table(
        why.what_ifs,
        Shown(say("If"), lambda what_if: what_if.name),
        figures(say("Short here"), lambda what_if: signed(what_if.unit_short)),
        figures(say("Short in all"), lambda what_if: signed(what_if.short)),
        figures(say("Worst unit"), lambda what_if: signed(what_if.worst)),
        figures(say("Moved"), lambda what_if: signed(what_if.people)),
        figures(
            say("km in all"), lambda what_if: UNKNOWN if what_if.metres is None else signed_km(what_if.metres)
        ),
    )


def signed_km(metres: int) -> str:
    """Kilometres more (+) or fewer (−)."""
    sign = "+" if metres > 0 else MINUS if metres < 0 else ""
    return f"{sign}{km_words(abs(metres))}"


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
        "what_ifs": [dict(zip(_WHAT_IF, _what_if(what_if), strict=True)) for what_if in why.what_ifs],
    }


_WHAT_IF = ("what", "name", "unit_short", "short", "worst", "people", "metres")


def _what_if(found: WhatIf) -> Sequence[Cell]:
    more = (found.unit_short, found.short, found.worst, found.people, found.metres)
    return (found.what, str(found.name), *more)


def _rows(why: Why) -> Iterator[Sequence[Cell]]:
    yield _WHAT_IF
    yield from map(_what_if, why.what_ifs)
