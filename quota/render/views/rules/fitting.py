"""The rule that was found in a table of posts, in all forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

from quota.analysis.fitting.fitting import Fit, FrameFit, Misfit, Total
from quota.analysis.fitting.rule import Rule, Split, Threshold, thresholds
from quota.core.text import Text, count, say
from quota.core.units import InputFile, UnitType
from quota.norms.arithmetic.rounding import way_in_words
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Grid, Shown, figures, table
from quota.render.kit.page import Page, inputs_line, sections_of
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import TYPE_WORDS, number, words
from quota.render.views.rules.fitting_area import area_certificate, area_left_open, area_words
from quota.render.views.rules.fitting_plain import fit_plain, misfit_plain

_OTHERS = 10
"""How many of the rules that fit as well people are shown; programs get all."""
_TYPES = {kind.value: said for kind, said in TYPE_WORDS.items()}
_NAMED = 3
"""How many of a frame's misfits are named beside it."""


def fit_rendering(fit: Fit, frames: Sequence[FrameFit], inputs: Sequence[InputFile]) -> Rendering:
    """How to write the rule; as CSV, the units that do not fit it."""
    explained = say("{n} of {points} units exactly", n=fit.explained, points=fit.points)
    heading = [
        (words(say("Posts of")), inputs_line(inputs)),
        (words(say("Rule")), words(_rule(fit.rule, fit.ways[:1]))),
        (words(say("Explains")), words(explained)),
    ]
    page = Page(
        heading,
        sections_of(
            (say("Units that do not fit"), _misfits(fit)),
            (say("Totals"), _totals(fit)),
            (say("Rules that explain as many"), _others(fit)),
            (say("Shipped frames beside it"), _frames(frames, fit)),
        ),
        [*_certificate(fit), *_contradicted(frames), *_undetermined(fit)],
    )
    rows = _misfits(fit)
    return page_rendering(page, lambda: fit_plain(fit, frames, inputs), rows.csv)


def _rule(rule: Rule, ways: Sequence[Threshold]) -> Text:
    area = area_words(rule.area)
    if rule.steps is None or not ways:
        return say("{base} posts for every unit{area}{most}", base=rule.base, area=area, most=_most(rule))
    way = ways[0]
    parts: dict[str, object] = {
        "base": rule.base,
        "step": rule.steps[0],
        "inside": rule.steps[1],
        "above": way.chosen,
        "way": way_in_words(way.rounding),
        "most": area + _most(rule),
    }
    if rule.split is Split.NONE:
        template = say("{base}, one more for every {step} residents above {above}, rounded {way}{most}")
    elif rule.split is Split.MOUNTAIN:
        template = say(
            "{base}, one more for every {step} residents ({inside} in mountains) above {above}, rounded "
            "{way}{most}"
        )
    else:
        template = say(
            "{base}, one more for every {step} residents ({inside} in mountains, but not in special zones) "
            "above {above}, rounded {way}{most}"
        )
    return Text(template.template, parts)


def _most(rule: Rule) -> str:
    each = [f"{words(TYPE_WORDS[unit_type])} {number(most)}" for unit_type, most in rule.most.items()]
    return words(say("; at most: {each}", each=", ".join(each))) if each else ""


def _misfits(fit: Fit) -> Grid:
    return table(
        [misfit_plain(misfit) for misfit in fit.misfits],
        Shown(say("Code"), itemgetter("code"), "code", whole=True),
        Shown(say("Name"), itemgetter("name"), "name"),
        Shown(say("Type"), itemgetter("type"), "type", names=_TYPES),
        figures(say("Residents"), itemgetter("population"), "population"),
        figures(say("Posts"), itemgetter("posts"), "posts"),
        figures(say("By the rule"), itemgetter("given"), "given"),
        figures(say("Difference"), itemgetter("difference"), "difference"),
    )


def _totals(fit: Fit) -> Grid:
    return table(
        fit.totals,
        Shown(say("Province"), lambda found: found.total.name),
        figures(say("Posts"), lambda found: found.total.posts),
        figures(say("By the rule"), lambda found: found.given),
        figures(say("Difference"), lambda found: found.total.posts - found.given),
        figures(say("By rules that explain as many, from"), lambda found: found.lowest),
        figures(say("to"), lambda found: found.highest),
    )


def _others(fit: Fit) -> Grid:
    return table(fit.others[:_OTHERS], Shown(say("Rule"), lambda rule: _rule(rule, thresholds(rule)[:1])))


def _frames(frames: Sequence[FrameFit], fit: Fit) -> Grid:
    return table(
        frames,
        Shown(say("Frame"), lambda beside: beside.frame),
        figures(say("Units exactly"), lambda beside: beside.explained),
        Shown(say("Units that do not fit: posts, by the frame"), lambda beside: _named(beside.misfits)),
        *(_total(place, found.total) for place, found in enumerate(fit.totals)),
    )


def _total(place: int, total: Total) -> Shown[FrameFit]:
    heading = say("{province} in all ({posts})", province=total.name, posts=total.posts)
    return figures(heading, lambda beside: beside.totals[place])


def _named(misfits: Sequence[Misfit]) -> str:
    named = [
        f"{misfit.point.name} {number(misfit.point.posts)}, {number(misfit.given)}"
        for misfit in misfits[:_NAMED]
    ]
    left = len(misfits) - len(named)
    return "; ".join([*named, *([words(say("and {n} more", n=left))] if left else [])])


def _certificate(fit: Fit) -> Iterator[Text]:
    yield say(
        "Tried: every base, threshold and ceiling by type, rounding down, up and to the nearest, with "
        "every step from {first} to {last} residents that is a multiple of {first}. None explains more.",
        first=fit.steps[0],
        last=fit.steps[1],
    )
    if fit.others:
        yield count(
            "{n} rule with another step or base explains as many: the table does not tell them apart.",
            "{n} rules with another step or base explain as many: the table does not tell them apart.",
            n=len(fit.others),
        )
    elif fit.base_moves:
        yield say("No rule with another step explains as many.")
    elif fit.rule.steps is not None or fit.rule.area is not None:
        yield say("No rule with another step or base explains as many.")
    if fit.terrain_unknown:
        yield count(
            "Steps by terrain were not tried: whether {n} unit lies in mountains is unknown.",
            "Steps by terrain were not tried: whether {n} units lie in mountains is unknown.",
            n=fit.terrain_unknown,
        )
    yield from area_certificate(fit)
    for found in fit.totals:
        if not found.met:
            yield say(
                "{province}: no rule that explains as many units gives {posts} posts in all (this: {given}). "
                "Under rules of this kind the units' posts and the total contradict each other.",
                province=found.total.name,
                posts=found.total.posts,
                given=found.given,
            )


def _contradicted(frames: Sequence[FrameFit]) -> Iterator[Text]:
    """What shipped frames say otherwise, where none of them gives all units' posts."""
    if frames and all(beside.misfits for beside in frames):
        yield count(
            "Every shipped frame is contradicted: by {n} unit at least.",
            "Every shipped frame is contradicted: by {n} units at least.",
            n=min(len(beside.misfits) for beside in frames),
        )


def _undetermined(fit: Fit) -> Iterator[Text]:
    rule = fit.rule
    if rule.steps is None and rule.area is None:
        yield say("Not determined: step, threshold and ceilings; all units that fit have the base alone.")
        return
    if rule.steps is None:
        yield say("Not determined: steps by residents; no unit that fits needs them.")
    yield from area_left_open(fit)
    if fit.base_moves and rule.steps is not None:
        yield say(
            "Not determined: the base. One post less, from {step} residents less on, explains as many.",
            step=rule.steps[0],
        )
    for place, way in enumerate(fit.ways):
        said = {"way": way_in_words(way.rounding), "low": way.lowest, "high": way.highest}
        if place:
            yield say("The same said otherwise: rounded {way} above {low} to {high}.", **said)
        elif way.lowest < way.highest:
            yield say("Not determined: the threshold, anything from {low} to {high}, rounded {way}.", **said)
    for unit_type in UnitType:
        if unit_type in rule.most:
            continue
        name = words(TYPE_WORDS[unit_type])
        if unit_type in fit.reached:
            yield say(
                "Not determined: the ceiling for {type}. None is reached; {posts} or more fit as well.",
                type=name,
                posts=fit.reached[unit_type],
            )
        else:
            yield say("Not determined: the ceiling for {type}. No such unit fits the rule.", type=name)
