"""The file of a plan: which kinds of lines it has, under which headings; it is written and read by these."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from quota.core.text import Text, say


class Line(StrEnum):
    """The kinds of lines of a plan's file."""

    INTERNAL = "internal"
    TRANSFER = "transfer"
    SECONDMENT = "secondment"
    LEFT = "left"
    """People of whom a report says that they left without filling a post."""
    CAME = "came"
    """People of whom a report says that they came from outside."""
    OVER = "over"
    """People above the norm when all is done."""
    SHORT = "short"
    """Posts below the norm when all is done."""
    START = "start"
    """A unit's people before the plan, beside its norm."""
    CAN_TRANSFER = "can-transfer"
    CAN_SECOND = "can-second"
    """A department's people before the plan: who can leave for good, who can be seconded."""
    FILLS = "fills"
    """A position whose people may fill another's posts, at a cost."""
    MADE = "made"
    """One thing that made the plan."""


MOVES = frozenset((Line.INTERNAL, Line.TRANSFER, Line.SECONDMENT))
"""People go from one place to another."""
KIND_NAMES: Mapping[str, Text] = {
    Line.INTERNAL: say("within units"),
    Line.TRANSFER: say("transfer"),
    Line.SECONDMENT: say("secondment"),
}
"""What people call the kinds of moves."""
DISTANCE_WORDS: Mapping[str, Text] = {
    "points": say("great circles between the units' points"),
    "table": say("the distance table"),
    "neighbours": say("the shortest way over shared borders, point to point"),
}
"""What people call the ways of telling distances."""
COUNTED = frozenset((Line.LEFT, Line.CAME))
"""A report counted them, and no move of the plan did it."""
STAYS = frozenset((Line.OVER, Line.SHORT))
"""What is left when all is done."""
BEFORE = frozenset((Line.START, Line.CAN_TRANSFER, Line.CAN_SECOND, Line.FILLS))
"""Who was where before the plan."""


class PlanColumn(StrEnum):
    """The headings of the file, in their order."""

    STAGE = "stage"
    KIND = "kind"
    FROM_KIND = "from_kind"
    FROM_CODE = "from_code"
    FROM_NAME = "from_name"
    FROM_GROUP = "from_group"
    TO_CODE = "to_code"
    TO_NAME = "to_name"
    TO_GROUP = "to_group"
    PEOPLE = "people"
    METRES = "metres"
    MONTHS = "months"
    NORM_LOW = "norm_low"
    NORM_TARGET = "norm_target"
    NORM_HIGH = "norm_high"
    PEOPLE_STAYING = "people_staying"
    PEOPLE_ANNOUNCED = "people_announced"
    PEOPLE_REPORTED = "people_reported"
    PROVINCE = "province"
    MADE_ABOUT = "made_about"
    MADE_VALUE = "made_value"
    MADE_SHA256 = "made_sha256"
