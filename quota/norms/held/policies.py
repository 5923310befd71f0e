"""A policy's blocs held against a frame's: an exchange with a bloc that nobody has would say nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from quota.core.problems import Problem, Severity
from quota.core.results import FrameSummary
from quota.core.text import did_you_mean, say
from quota.norms.policy import Policy


def unknown_blocs(rules: str | Path, policy: Policy, frame: FrameSummary) -> Iterator[Problem]:
    """A warning at its line for each bloc of the policy's exchanges that the frame does not have.

    `rules` is the id or path that the policy was read from.
    """
    known = [str(bloc) for bloc in frame.blocs]
    wrong = {
        ("exchange", number, "blocs", place): bloc
        for number, exchange in enumerate(policy.exchange)
        for place, bloc in enumerate(exchange.blocs)
        if bloc not in known
    }
    if not wrong:
        return
    from quota.norms.files.documents import problem_at  # only where something is wrong
    from quota.norms.loading import document_of

    document = document_of(rules)
    for path, bloc in wrong.items():
        message = say("the frame {id} has no bloc called so: nobody exchanges with it", id=frame.id)
        fix = did_you_mean(bloc, known) or say("its blocs: {blocs}", blocs=", ".join(known))
        yield problem_at(document, path, "matches-nothing", message, fix, Severity.WARNING)
