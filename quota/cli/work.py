"""The tables about work beside an audit: fields covered, people on loan. Imported only where one is given."""

from __future__ import annotations

from quota.analysis.work.working import Work
from quota.cli.inputs import refuse_empty
from quota.core.problems import InputError, Problem, Severity
from quota.core.text import say
from quota.norms.loading import load_fields
from quota.tables.readers.fields import read_holders, read_needs
from quota.tables.readers.secondments import read_secondments


def read_work(fields: str | None, needs: str | None, secondments: str | None, rules: str) -> Work:
    """The tables about work that were asked for; `InputError` for needs without anything to compare."""
    refuse_empty(fields, needs, secondments)
    if needs is not None and fields is None:
        message = say("needs are compared with who covers which field, and no table says that")
        fix = say("give it with --fields FILE")
        raise InputError([Problem("no-fields", Severity.ERROR, message, fix, value=needs)])
    return Work(
        load_fields(rules),
        read_holders(fields) if fields is not None else None,
        read_needs(needs) if needs is not None else None,
        read_secondments(secondments) if secondments is not None else None,
    )
