"""How a plan's parts are called, and how far is shown."""

from __future__ import annotations

from collections.abc import Mapping

from quota.core.blocs import Bloc
from quota.core.moves import ANY, Place
from quota.core.text import Text, say
from quota.render.kit.words import UNKNOWN, separated, words

KIND_NAMES: Mapping[str, Text] = {
    "internal": say("within units"),
    "transfer": say("transfer"),
    "secondment": say("secondment"),
}
DISTANCE_WORDS: Mapping[str, Text] = {
    "points": say("great circles between the units' points"),
    "table": say("the distance table"),
    "neighbours": say("the shortest way over shared borders, point to point"),
}
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
    if group == ANY:
        return words(say("any"))
    return words(Bloc(group).name)


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
