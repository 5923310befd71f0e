"""How a plan's parts are called, and how far is shown."""

from __future__ import annotations

from collections.abc import Mapping

from quota.core.moves import Place, group_called
from quota.core.plan_lines import KIND_NAMES
from quota.core.text import Text, say
from quota.render.kit.words import UNKNOWN, separated, words

CRITERION_WORDS: Mapping[str, Text] = {
    "shortfall": say("posts filled of those short"),
    "target": say("posts filled up to the target"),
    "worst": say("posts short in the worst-off unit"),
    "people": say("people moved"),
    "changed": say("people moved otherwise than announced"),
    "cost": say("cost of filling posts with people of another position"),
    "distance": say("metres in all"),
}
PROOF_WORDS: Mapping[str, Text] = {
    "cut": say("as many as a cut lets through"),
    "level": say("one fewer cannot be had"),
    "prices": say("no detour pays at the proof's prices"),
    "count": say("each move fills one post"),
}


def group_words(group: str) -> str:
    """A bloc's name, or a position as written."""
    return words(group_called(group))


def ends_words(origin: Place, target: Place) -> str:
    """The bloc or position people stay in, or the two between which they change."""
    before, after = group_words(origin.group), group_words(target.group)
    return before if origin.group == target.group else f"{before} → {after}"


def stage_words(number: int, kind: str) -> Text:
    """ "2 transfer": a stage by its number, from 0, and its kind."""
    return say("{n} {kind}", n=number + 1, kind=KIND_NAMES.get(kind, kind))


def km_words(metres: int | None) -> str:
    """Kilometres to a tenth, by whole metres."""
    if metres is None:
        return UNKNOWN
    tenths = (metres + 50) // 100
    return separated(f"{tenths // 10:,}.{tenths % 10}")
