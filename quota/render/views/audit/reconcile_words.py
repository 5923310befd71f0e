"""What is said of a province that was reconciled: the sums, and how far an explanation can be trusted."""

from __future__ import annotations

import math
from collections.abc import Iterator

from quota.core.reconciliation import Account, Bounds, Cause, Correction, Moved, Reconciliation, Verdict
from quota.core.text import Text, count, say
from quota.render.kit.words import number


def verdict_words(reconciliation: Reconciliation, time_limit: int) -> Iterator[Text]:
    """What came of a province: the sums, then how far the explanation can be trusted."""
    yield say(
        "{name}: published {published}, control total {total}, gap {gap}.",
        name=reconciliation.name or say("The table"),
        published=reconciliation.published,
        total=reconciliation.control_total,
        gap=reconciliation.gap,
    )
    if reconciliation.verdict in (Verdict.NEARLY, Verdict.NARROWED):
        yield from _narrowed_words(reconciliation)
        return
    if reconciliation.verdict is Verdict.SLIPPED:
        yield from _slipped_words(reconciliation)
        return
    first = (reconciliation.taken or reconciliation.accounts[0]) if reconciliation.accounts else None
    if first is not None:
        yield count(
            "{n} change explains it exactly.", "{n} changes explain it exactly.", n=len(first.changes)
        )
    yield _trust(reconciliation, time_limit)
    if first is None or reconciliation.verdict is Verdict.ONLY_ONE:
        return
    if reconciliation.settled:
        yield say("It was chosen by its name, {name}; no sum proves it.", name=reconciliation.accepted)
    else:
        name = reconciliation.name_of(first)
        yield say("Nothing is changed. To take the explanation above: --accept {name}", name=name)
    if reconciliation.verdict is Verdict.SEVERAL:
        for place, account in enumerate(reconciliation.accounts, start=1):
            if account is not first:
                yield _other(first, account, place, reconciliation.name_of(account) or "")


def _narrowed_words(reconciliation: Reconciliation) -> Iterator[Text]:
    """What an account says that does not add up exactly: never that it is the only one."""
    for place, account in enumerate(reconciliation.accounts, start=1):
        if place > 1:
            yield say("Or:")
        for bounds in account.bounds:
            yield _bounds_words(bounds)
        if account.off:
            yield count(
                "{n} change explains all but {off} residents: the control total or a figure is off by that.",
                "{n} changes explain all but {off} residents: the control total or a figure is off by that.",
                n=len(account.changes),
                off=account.off,
            )
        elif account.changes and place > 1 and not account.bounds:
            yield count(
                "With {n} change it adds up exactly, {times} times less plausible.",
                "With {n} changes it adds up exactly, {times} times less plausible.",
                n=len(account.changes),
                times=odds(reconciliation.accounts[0], account),
            )
        elif account.changes:
            yield count("With {n} change it adds up.", "With {n} changes it adds up.", n=len(account.changes))
    yield say("No sum proves this: which figures are right stays open, and nothing is changed.")


def _slipped_words(reconciliation: Reconciliation) -> Iterator[Text]:
    """What accounts say in which rows slipped: the areas tell, no sum does."""
    first, *others = reconciliation.accounts
    if first.moved:
        yield count(
            "Rows slipped: by its area the figures of {n} unit stand in another row, or in none.",
            "Rows slipped: by their areas the figures of {n} units stand in other rows, or in none.",
            n=len(first.moved),
        )
    else:
        yield say("In the likeliest explanation no row slipped.")
    yield from _summed_words(first)
    for place, account in enumerate(others, start=2):
        yield say(
            "Explanation {n}, {times} times less plausible: {difference}.",
            n=place,
            times=odds(first, account),
            difference=_apart(first, account),
        )
        yield from _summed_words(account)
    yield say(
        "No sum tells whose figures are whose, so nothing is changed: put the rows back beside their names, "
        "from the source."
    )


def _summed_words(account: Account) -> Iterator[Text]:
    """What an account with slipped rows says of the sum."""
    for bounds in account.bounds:
        yield _bounds_words(bounds)
    for move in account.moved:
        if move.row is None and not account.bounds:
            yield say("The figures of {name} stand in no row.", name=move.unit.name)
    if account.off:
        yield say("So the residents miss the control total by {off}.", off=account.off)
    elif account.changes:
        yield count("With {n} change it adds up.", "With {n} changes it adds up.", n=len(account.changes))


def _apart(first: Account, account: Account) -> Text | str:
    """What sets an account with slipped rows apart from the first: units with their rows, and changes."""
    if first.moved and not account.moved:
        return say("no row slipped")
    mine, here = ({move.unit.code: move for move in each.moved} for each in (first, account))
    rows = [
        f"{move.unit.name} ← {_row_name(here.get(code))}"
        for code, move in sorted({**mine, **here}.items())
        if here.get(code) != mine.get(code)
    ]
    known = {(change.unit.code, change.after) for change in first.changes}
    changes = [change for change in account.changes if (change.unit.code, change.after) not in known]
    return "; ".join((*rows, *map(_from_to, changes)))


def _row_name(move: Moved | None) -> str:
    """Whose row has a unit's figures: a name, or a sign for its own or none."""
    if move is None:
        return "="
    return move.row.name if move.row is not None else "–"


def _bounds_words(bounds: Bounds) -> Text:
    said = {"name": bounds.unit.name, "before": bounds.before, "low": bounds.low, "high": bounds.high}
    if bounds.cause is Cause.COPIED:
        return say("{name} repeats another row: {before}. The total leaves {low} to {high} for it.", **said)
    if bounds.cause is Cause.SLIPPED:
        return say("The figures of {name} stand in no row. The total leaves {low} to {high} for it.", **said)
    return say("{name} is in thousands, rounded: {before} stands for {low} to {high}.", **said)


def _trust(reconciliation: Reconciliation, time_limit: int) -> Text:
    if reconciliation.other_units and reconciliation.verdict is Verdict.UNEXPLAINED:
        return say(
            "{n} units here, the province has {published}: the control total is of those, and no explanation "
            "can add up for certain.",
            n=len(reconciliation.units),
            published=reconciliation.published_units,
        )
    if reconciliation.unknown:
        return count(
            "Residents unknown in {n} unit: no explanation can add up for certain. The most plausible "
            "reading of the others leaves {left} residents for it.",
            "Residents unknown in {n} units: no explanation can add up for certain. The most plausible "
            "reading of the others leaves {left} residents for them.",
            n=reconciliation.unknown,
            left=reconciliation.remainder,
        )
    if reconciliation.verdict is Verdict.UNEXPLAINED and reconciliation.gap % 9:
        return say(
            "Lost zeros cannot explain it: each adds a multiple of nine, the gap is none. The most "
            "plausible reading of each value leaves {left} residents unexplained.",
            left=reconciliation.remainder,
        )
    words = {
        Verdict.MATCHES: say("It adds up as it is."),
        Verdict.ONLY_ONE: say("No other plausible explanation has as few or fewer changes."),
        Verdict.UNLIKELY: say(
            "No other plausible explanation has as few or fewer changes, but this one is unlikely for such "
            "units: chance may have made it fit."
        ),
        Verdict.UNEXPLAINED: say(
            "No plausible set of lost zeros explains it. The most plausible reading of each value "
            "leaves {left} residents unexplained.",
            left=reconciliation.remainder,
        ),
        Verdict.NOT_PROVEN: say(
            "The time limit of {n} seconds was up before other explanations were ruled out.", n=time_limit
        ),
        Verdict.OUT_OF_TIME: say(
            "The time limit of {n} seconds was up before an explanation was found or ruled out.", n=time_limit
        ),
        Verdict.SEVERAL: say(
            "Several explanations fit with as few or fewer changes: which is true stays open."
        ),
    }
    if reconciliation.verdict is not Verdict.CLEAR:
        return words[reconciliation.verdict]
    return say(
        "Others add up with as few or fewer changes; the nearest is {times} times less plausible (the "
        "figures beside those of units like them).",
        times=odds(reconciliation.accounts[0], reconciliation.accounts[1]),
    )


def _other(first: Account, other: Account, place: int, name: str) -> Text:
    listed = "; ".join(map(_from_to, other.changes))
    mine = {(change.unit.code, change.after) for change in first.changes}
    apart = [change for change in other.changes if (change.unit.code, change.after) not in mine]
    if apart and len(apart) < len(other.changes):
        listed = "; ".join(map(_from_to, apart))
        return say(
            "Explanation {n} (--accept {name}) has among others: {changes}.",
            n=place,
            name=name,
            changes=listed,
        )
    return say("Explanation {n} (--accept {name}): {changes}.", n=place, name=name, changes=listed)


def _from_to(change: Correction) -> str:
    return f"{change.unit.name} {number(change.before)} → {number(change.after)}"


def odds(first: Account, other: Account) -> int:
    """How many times less plausible `other` is, in two leading digits; never more than a million million."""
    times = min(math.exp(min((other.surprise - first.surprise) / 1000, 30)), 1e12)
    whole = int(times)
    step = int("1" + "0" * max(len(str(whole)) - 2, 0))
    return whole // step * step
