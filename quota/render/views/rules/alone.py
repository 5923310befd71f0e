"""What totals alone say of a rule, in all forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quota.analysis.fitting.alone import ABOVE, BASES, STEPS, TRIED, Between, FrameTotals, PlainRule
from quota.analysis.fitting.fitting import Total
from quota.core.text import Text, count, say
from quota.core.units import InputFile
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Grid, Shown, figures, table
from quota.render.kit.page import Page, inputs_line, sections_of
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import TYPE_WORDS, number, words

_SHOWN = 10
"""How many rules that meet the totals people are shown; programs get all."""


def alone_rendering(
    totals: Sequence[Total],
    frames: Sequence[FrameTotals],
    rules: Sequence[PlainRule],
    inputs: Sequence[InputFile],
) -> Rendering:
    """How to write it; as CSV, the frames beside the totals."""
    asked = "; ".join(f"{total.name} {number(total.posts)}" for total in totals)
    heading = [(words(say("Posts of")), inputs_line(inputs)), (words(say("Totals")), asked)]
    beside = _frames(totals, frames)
    page = Page(
        heading,
        sections_of(
            (say("Shipped frames beside it"), beside), (say("Rules that give the totals"), _rules(rules))
        ),
        list(_certificate(totals, frames, rules)),
    )
    return page_rendering(page, lambda: alone_plain(totals, frames, rules, inputs), beside.csv)


def alone_plain(
    totals: Sequence[Total],
    frames: Sequence[FrameTotals],
    rules: Sequence[PlainRule],
    inputs: Iterable[InputFile],
) -> dict[str, object]:
    """The JSON."""
    return {
        "inputs": [{"path": file.path, "sha256": file.sha256} for file in inputs],
        "points": 0,
        "totals": [
            {"province": total.name, "posts": total.posts, "units": len(total.units)} for total in totals
        ],
        "frames": [
            {
                "frame": beside.frame,
                "totals": [[given.low, given.high] for given in beside.given],
                "met": _meets(beside, totals),
            }
            for beside in frames
        ],
        "tried": TRIED,
        "rules": [
            {
                "base": rule.base,
                "step": rule.step,
                "above": rule.above,
                "most": {unit_type.value: most for unit_type, most in rule.most.items()},
            }
            for rule in rules
        ],
    }


def _meets(beside: FrameTotals, totals: Sequence[Total]) -> bool:
    return all(given.holds(total.posts) for given, total in zip(beside.given, totals, strict=True))


def _frames(totals: Sequence[Total], frames: Sequence[FrameTotals]) -> Grid:
    columns = [column for place, total in enumerate(totals) for column in _total(place, total)]
    return table(frames, Shown(say("Frame"), lambda beside: beside.frame, "frame"), *columns)


def _total(place: int, total: Total) -> tuple[Shown[FrameTotals], Shown[FrameTotals]]:
    """What frames give of a total, and how far that is from it."""
    heading = say("{province} in all ({posts})", province=total.name, posts=total.posts)
    return (
        Shown(heading, lambda beside: _interval(beside.given[place]), f"total_{place}"),
        figures(say("Difference"), lambda beside: _off(beside.given[place], total.posts), f"off_{place}"),
    )


def _rules(rules: Sequence[PlainRule]) -> Grid:
    return table(rules[:_SHOWN], Shown(say("Rule"), _rule))


def _interval(given: Between) -> str:
    return number(given.low) if given.low == given.high else f"{number(given.low)}–{number(given.high)}"


def _off(given: Between, posts: int) -> int:
    """The posts of the total less the nearest that the frame can give."""
    return posts - min(max(posts, given.low), given.high)


def _rule(rule: PlainRule) -> Text:
    each = [f"{words(TYPE_WORDS[unit_type])} {number(most)}" for unit_type, most in rule.most.items()]
    return say(
        "{base}, one more for every full {step} residents above {above}{most}",
        base=rule.base,
        step=rule.step,
        above=rule.above,
        most=words(say("; at most: {each}", each=", ".join(each))) if each else "",
    )


def _certificate(
    totals: Sequence[Total], frames: Sequence[FrameTotals], rules: Sequence[PlainRule]
) -> Iterator[Text]:
    met = [beside.frame for beside in frames if _meets(beside, totals)]
    if met:
        yield say("Frames that can give the totals: {frames}.", frames=", ".join(met))
    else:
        yield say("No shipped frame gives the totals.")
    yield say(
        "Tried: bases of {base} to {bases}, full steps of {step} to {steps} residents by {step}, above 0 to "
        "{above} by 1,000, without ceilings and with those of dispatch 09/CV-BCĐ: {n} rules.",
        base=BASES[0],
        bases=BASES[-1],
        step=STEPS[0],
        steps=STEPS[-1],
        above=ABOVE[-1],
        n=TRIED,
    )
    if rules:
        yield count(
            "{n} of them gives the totals exactly. Which rule it was, totals alone do not show.",
            "{n} of them give the totals exactly. Which rule it was, totals alone do not show.",
            n=len(rules),
        )
    else:
        yield say("None of them gives the totals exactly. Other steps, terrain or norms of single units may.")
