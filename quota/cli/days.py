"""Days as they are typed, and the day of a run."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, cast

import typer

from quota.cli.refusing import usage_error
from quota.core.characters import pattern
from quota.core.text import say
from quota.run.ledger import replaying, set_day, settle

_PRINTED_DAY = pattern(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def a_day(text: str | date | datetime) -> date:
    """The day that was typed as 2026-01-31, or as it is printed: 31/01/2026, its day first."""
    if isinstance(text, date):
        return text
    printed = _PRINTED_DAY.fullmatch(text)
    try:
        return date.fromisoformat("{2}-{1:0>2}-{0:0>2}".format(*printed.groups()) if printed else text)
    except ValueError:
        message = say('"{text}" is no day; write 2026-01-31, or 31/01/2026 with the day first', text=text)
        raise usage_error(message) from None


AsOf = Annotated[
    # typer passes the default through as it is and parses only what is typed
    Any,
    typer.Option(
        "--as-of",
        metavar="DATE",
        parser=a_day,
        show_default="today",
        help="The day of the figures, as 2026-01-31 or 31/01/2026: rules must be in force on it.",
    ),
]


def day_or_today(given: object) -> date:
    """The day asked for, or today; a repeated run has its own. The one place that looks at the clock."""
    if given is not None:
        day = cast("date", given)
    else:
        replay = replaying()
        day = replay.today if replay is not None and replay.today is not None else date.today()
        settle("as-of", day.isoformat())
    set_day(day)
    return day
