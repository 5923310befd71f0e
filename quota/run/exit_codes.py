"""What the program's exit codes mean: to scripts, and on the page of the documentation that lists them."""

from __future__ import annotations

from collections.abc import Mapping

from quota.core.text import Text, say

EXIT_CODES: Mapping[int, Text] = {
    0: say("done"),
    1: say("the question was answered no: a check failed, or nothing was found that meets what was asked"),
    2: say("what was typed or what was read is wrong; nothing was written"),
    130: say("interrupted from the keyboard (Ctrl-C)"),
}
"""Each exit code, and what it says."""

ANSWERED_NO: Mapping[str, Text] = {
    "audit": say("units are short, or over, as --fail-on asks"),
    "check": say("an error stands in a table"),
    "read": say("something in the table is to be settled first"),
    "reconcile": say(
        "no explanation was found, or none that is certain (--accept NAME takes an uncertain one)"
    ),
    "merge": say("the new unit fails a standard that is an error"),
    "simulate": say("a new unit fails a standard that is an error"),
    "suggest": say("nothing can meet what was asked"),
    "plan": say("posts stay empty, as --fail-on asks, or --check found a law broken"),
    "rules check": say("a rule file has a problem, or one of its examples does not hold"),
    "verify": say("the run gives something else than was recorded"),
}
"""When a command exits with 1, by its words."""
