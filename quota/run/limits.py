"""The most that a file may hold before it is refused: every bound, its reason, and how to raise it.

Files come from anywhere; a few bytes can unfold to more than a machine holds. Each bound is far above what
its reason says is needed, and is raised by an environment variable of its name, `QUOTA_MAX_ROWS=2000000`.
They are looked at before anything is unfolded. `quota bulk`, which keeps no table in memory, has no bound but
that of a heading.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from msgspec import Struct

from quota.core.problems import InputError, Problem, Severity, refusal
from quota.core.text import Text, say

PREFIX = "QUOTA_MAX_"


class Limit(Struct, frozen=True):
    """A bound. `most` is what it can be raised to: beyond it the program itself would fail."""

    name: str
    default: int
    what: Text
    most: int = 10**12

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"{PREFIX}{self.name}"

    def value(self) -> int:
        """The bound of this run. `InputError` where the variable is no whole number from 1 to `most`."""
        return _asked(self, os.environ)

    def raised(self) -> Text:
        """How to raise this bound, for a file that is meant to be so large."""
        return say("check what this is; if it is meant, set {variable} higher", variable=self.variable)


# Ten times the nation's 3,321 units with a hundred columns each; a province's boundaries in full detail.
FILE_BYTES = Limit("FILE_BYTES", 64_000_000, say("bytes of a table, an audit, boundaries or a manifest"))
# The shipped rule files have under twenty thousand.
RULE_BYTES = Limit("RULE_BYTES", 1_000_000, say("bytes of a rule file"))
# The deepest shipped rule has six. Reading goes one call deeper a level, and so do those who look at it.
RULE_DEPTH = Limit("RULE_DEPTH", 24, say("levels in a rule file"), most=100)
# A frame has some hundred values; YAML can say a million in a few bytes.
RULE_VALUES = Limit("RULE_VALUES", 50_000, say("values in a rule file"))
# As many as a sheet of Excel has.
ROWS = Limit("ROWS", 1_048_576, say("rows of a table"))
# A form has tens, a statistical yearbook a few hundred.
COLUMNS = Limit("COLUMNS", 1_000, say("columns of a table"))
# A million rows of eight. A cell costs some 60 bytes; empty ones before the last of a sheet count too.
CELLS = Limit("CELLS", 8_000_000, say("cells of a table"))
# As many as a cell of Excel holds; Python's CSV reader takes four times as many.
CELL_CHARACTERS = Limit("CELL_CHARACTERS", 32_767, say("characters of a cell"), most=131_072)
# A workbook of eight million short cells; what it says it unfolds to is not believed but counted.
UNPACKED_BYTES = Limit("UNPACKED_BYTES", 400_000_000, say("bytes of an unpacked workbook"))

LIMITS: tuple[Limit, ...] = (
    FILE_BYTES,
    ROWS,
    COLUMNS,
    CELLS,
    CELL_CHARACTERS,
    UNPACKED_BYTES,
    RULE_BYTES,
    RULE_DEPTH,
    RULE_VALUES,
)


def refuse_wrong_limits(environment: Mapping[str, str]) -> None:
    """Raise `InputError` with every environment variable that is named like a bound and sets none."""
    known = {limit.variable: limit for limit in LIMITS}
    problems: list[Problem] = []
    for name in sorted(environment):
        if name not in known and name.startswith(PREFIX):
            fix = say("one of {names}", names=", ".join(known))
            message = say("{variable} is no limit", variable=name)
            problems.append(Problem("unknown-limit", Severity.ERROR, message, fix))
        elif name in known:
            try:
                _asked(known[name], environment)
            except InputError as error:
                problems += error.problems
    if problems:
        raise InputError(problems)


def _asked(limit: Limit, environment: Mapping[str, str]) -> int:
    text = environment.get(limit.variable)
    if text is None:
        return limit.default
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15 and 1 <= int(digits) <= limit.most):
        message = say('{variable} is "{text}"', variable=limit.variable, text=text[:40])
        fix = say("write a whole number from 1 to {most}, or unset it", most=limit.most)
        raise refusal("bad-limit", message, fix)
    return int(digits)
