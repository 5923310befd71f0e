"""Whether the bounds of all blocs together can be kept, whatever a unit's columns are."""

from __future__ import annotations

from quota.core.blocs import ByBloc
from quota.core.text import say
from quota.core.units import UnitType
from quota.norms.arithmetic.reach import reach
from quota.norms.arithmetic.whole import Ends
from quota.norms.files.rulefile import complaint
from quota.norms.language.bounds import bound, ceiling_at
from quota.norms.language.total import TotalRule

MANY = 10_000_000
"""Posts that no bloc has, unless it grows without end."""


def refuse_without_room(total: TotalRule, unit_type: UnitType, grants: ByBloc[Ends], floor: int) -> None:
    """Raise a complaint where the bloc that adjusts may be left less than its floor, or less than its start.

    `grants` are what the blocs have by their own rules, `floor` is that of the bloc that adjusts. The other
    blocs must have an end: a ceiling that is kept only in small units is no ceiling.
    """
    least, most = bound(total.least, unit_type), bound(total.most, unit_type)
    if most is None:
        return
    at = ("total", *ceiling_at(total.most, unit_type))
    others = [ends for bloc, ends in grants.items() if bloc != total.adjusts]
    start = reach(grants[total.adjusts].low)[0] + sum(reach(ends.high)[0] for ends in others)
    if most < start:
        message = say(
            "at most {most} in all is under the {start} that the blocs start from", most=most, start=start
        )
        raise complaint("ceiling-under-start", message, say("raise most:, or lower a start"), at)
    highest = sum(reach(ends.high)[1] for ends in others)
    if highest >= MANY:
        message = say(
            "the blocs beside {bloc} grow without end, and it cannot give way for ever", bloc=total.adjusts
        )
        raise complaint("no-room", message, say("give each of them a ceiling of its own, most:"), at)
    if most < highest + floor:
        message = say(
            "at most {most} in all, the blocs beside {bloc} may have {others}, and it has at least {floor}",
            most=most,
            bloc=total.adjusts,
            others=highest,
            floor=floor,
        )
        raise complaint(
            "no-room", message, say("raise it to {sum} or more, or lower theirs", sum=highest + floor), at
        )
    spread = sum(reach(ends.high)[0] - reach(ends.low)[0] for ends in others)
    if least is not None and most - least < spread:
        message = say(
            "from {least} to {most} in all is narrower than the ranges of the blocs beside {bloc}: {spread}",
            least=least,
            most=most,
            bloc=total.adjusts,
            spread=spread,
        )
        raise complaint("no-room", message, say("write bounds that are further apart"), at)
