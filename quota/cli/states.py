"""Options for positions and the states of people: the tables they are counted from, and up to which day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from msgspec.structs import replace

from quota.cli.grouping import Group
from quota.cli.inputs import read_work, refuse_empty
from quota.cli.options import WorkTables, a_day, file_option, option
from quota.cli.reading import Reading
from quota.cli.refusing import usage_error
from quota.core.blocs import Blocs
from quota.core.text import say
from quota.norms.kinds import DEFAULT_RETIREMENT

if TYPE_CHECKING:
    from quota.analysis.work.working import Work

_A_YEAR = 12
"""Months up to the default of --until."""


LeaversFile = Annotated[
    str | None,
    file_option(
        "--leavers", "Resignations and ends of contract: code, bloc, date (the last day at work), people."
    ),
]
RetirementId = Annotated[
    str, option("--retirement", "ID|PATH", "Retirement ages: a shipped id or a rule file of your own.")
]


class StateFiles(Group, frozen=True):
    """The tables of positions, of people who retire, leave and arrive, and the day up to which they count."""

    positions: Annotated[
        str | None,
        file_option(
            "--positions",
            "Positions: code, bloc, position, staff, needed; or a list of people one by one. Adds "
            "positions filled and vacant by bloc.",
        ),
    ] = None
    people: Annotated[
        str | None,
        file_option(
            "--people", "A row a person: code, bloc, born, sex. Adds who retires by --until; nobody is named."
        ),
    ] = None
    leavers: LeaversFile = None
    arrivals: Annotated[
        str | None,
        file_option(
            "--arrivals",
            "People recruited or sent for good: code, bloc, date (the first day at work), people.",
        ),
    ] = None
    until: Annotated[
        Any,
        option(
            "--until",
            "DATE",
            "The day up to which who leaves and who arrives is counted.",
            parser=a_day,
            show_default="a year on from --as-of",
        ),
    ] = None
    retirement: RetirementId = DEFAULT_RETIREMENT

    @property
    def any_given(self) -> bool:
        """Whether any was given: then the audit is about states too."""
        return self.positions is not None or self.until is not None or self.any_of_days

    @property
    def any_of_days(self) -> bool:
        """Whether a table was given whose people count up to a day."""
        return any(table is not None for table in (self.people, self.leavers, self.arrivals))


NO_STATES = StateFiles()


def read_all_work(work: WorkTables, states: StateFiles, how: Reading, blocs: Blocs, day: date) -> Work:
    """The tables about work and about states that were asked for; `InputError` for wrong ones."""
    from quota.core.months import last_day  # what most runs are not about is imported only on use
    from quota.core.positions import StateTables
    from quota.norms.loading import load_rules
    from quota.norms.retirement import Retirement
    from quota.tables.readers.people import read_arrivals, read_leavers, read_people
    from quota.tables.readers.position_lists import read_position_list

    if states.until is not None and not states.any_of_days:
        message = say("--until is for who leaves and arrives: give --people, --leavers or --arrivals")
        raise usage_error(message)
    until = states.until if states.until is not None else last_day(day, _A_YEAR)
    if until < day:
        raise usage_error(say("--until {end} is before {day}", end=until, day=day))
    found = read_work(work, blocs, how)
    if not states.any_given:
        return found
    refuse_empty(states.positions, states.people, states.leavers, states.arrivals)
    options = how.options(blocs)
    tables = StateTables(
        until,
        read_position_list(states.positions, options=options) if states.positions else None,
        read_people(states.people, blocs, options) if states.people else None,
        read_leavers(states.leavers, blocs, options) if states.leavers else None,
        read_arrivals(states.arrivals, blocs, options) if states.arrivals else None,
    )
    return replace(found, states=tables, retirement=load_rules(states.retirement, Retirement))
