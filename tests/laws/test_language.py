"""One expression, several ways of counting: random frames of the language over random units give the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.analysis.what_if.sensitivity import outcomes_of
from quota.bulk import sweeping
from quota.core.blocs import BLOCS, Bloc, ByBloc
from quota.core.units import Terrain, Unit, UnitType
from quota.norms.arithmetic.rounding import Rounding
from quota.norms.evaluation import quota_of, steps_of
from quota.norms.files.rulefile import Effective, Local, Source
from quota.norms.language.amounts import Increment, Supplement
from quota.norms.language.bounds import ByType, bound
from quota.norms.language.named import NamedBlocRule
from quota.norms.language.starts import Bands
from quota.norms.language.total import TotalRule
from quota.norms.language.when import Between, When
from quota.norms.schema import Frame
from tests.laws.often import often

SOURCE = "law"
FLAGS = ("mountain", "highland", "island", "border")
SMALL = st.integers(0, 40)
ROUNDINGS = st.sampled_from(Rounding)
BOUNDS = st.builds(Between, **{"from": st.integers(0, 9_000), "to": st.none() | st.integers(9_000, 90_000)})


@st.composite
def whens(draw: st.DrawFn, *, flags: tuple[str, ...] | None = None) -> When:
    said: dict[str, object] = {draw(st.sampled_from(flags or FLAGS)): draw(st.booleans())}
    if draw(st.booleans()):
        said["type"] = draw(st.lists(st.sampled_from(UnitType), min_size=1, max_size=2, unique=True))
    if draw(st.booleans()):
        said["residents"] = draw(BOUNDS)
    if flags is None and draw(st.booleans()):
        said["unit_class"] = draw(st.sampled_from(("I", "II")))
    found = When.model_validate(said)
    return When.model_validate({"not": found}) if draw(st.booleans()) else found


@st.composite
def increments(draw: st.DrawFn, *, flags: tuple[str, ...] | None = None) -> Increment:
    counts = None if flags is not None or draw(st.booleans()) else "area_km2"
    size = draw(st.integers(1, 30) if counts else st.sampled_from([1, 7, 500, 1_999, 2_000]))
    above = draw(st.integers(0, 20_000))
    return Increment(
        posts=draw(st.sampled_from([1, 2, (0, 1), (1, 3)])),
        per_residents=None if counts else size,
        counts=counts,
        per=size if counts else None,
        above=above,
        up_to=draw(st.none() | st.integers(above + 1, 60_000)),
        rounding=draw(ROUNDINGS),
        when=draw(st.none() | whens(flags=flags)),
        most=draw(st.none() | SMALL),
    )


@st.composite
def bloc_rules(draw: st.DrawFn, *, flags: tuple[str, ...] | None = None) -> NamedBlocRule:
    start: dict[str, object] = {"base": draw(SMALL)}
    if draw(st.booleans()):
        ends = sorted(draw(st.sets(st.integers(1, 30_000), min_size=1, max_size=4)))
        rows = [
            (first, last, draw(SMALL))
            for first, last in zip([0, *(e + 1 for e in ends)], [*ends, None], strict=True)
        ]
        start = {"bands": Bands(of="residents", rows=tuple(rows))}
    added = tuple(draw(st.lists(increments(flags=flags), max_size=3)))
    posts = st.integers(-9, 9)
    supplements = tuple(
        Supplement(posts=draw(posts), when=draw(whens(flags=flags))) for _ in range(draw(st.integers(0, 2)))
    )
    percent = draw(st.booleans())
    if percent:
        supplements += (Supplement(percent=draw(st.integers(-20, 50)), when=draw(whens(flags=flags))),)
    least = draw(st.none() | st.integers(0, 20))
    return NamedBlocRule(
        **start,
        increment=added or None,
        supplement=supplements or None,
        rounding=draw(ROUNDINGS) if percent else None,
        least=least,
        most=draw(st.none() | st.builds(ByType, commune=st.integers(40, 70), ward=st.none() | st.just(90))),
        source=SOURCE,
    )


FIXED = st.builds(NamedBlocRule, base=SMALL, source=st.just(SOURCE))


@st.composite
def frames(draw: st.DrawFn, *, flags: tuple[str, ...] | None = None, drawn: int = 3) -> Frame:
    """Frames of the whole language; with `flags` such as ask for residents and these columns only.

    `drawn` blocs are of the whole language, each other one has a fixed number of posts.
    """
    rules = [bloc_rules(flags=flags)] * drawn + [FIXED] * (3 - drawn)
    said = {bloc: draw(rule) for bloc, rule in zip(BLOCS, rules, strict=True)}
    total = draw(st.none() | st.sampled_from(BLOCS))
    if total is not None:
        said, total = draw(within(said, total))
    words = Local(vi="Khung", en="Frame")
    return Frame(
        id="drawn",
        title=words,
        status="draft",
        effective=Effective(**{"from": date(2025, 1, 1)}),
        reading=words,
        sources={SOURCE: Source(title="Luật", publisher="Công báo", date=date(2025, 1, 2))},
        blocs=said,
        total=total,
    )


def start_of(rule: NamedBlocRule) -> int:
    """The fewest posts that a drawn rule starts from."""
    return rule.start.low if rule.bands is None else min(posts.low for _, posts in rule.bands.starts())


@st.composite
def within(
    draw: st.DrawFn, rules: dict[Bloc, NamedBlocRule], adjusts: Bloc
) -> tuple[dict[Bloc, NamedBlocRule], TotalRule]:
    """The rules with bounds of all blocs together; each bloc beside the one that adjusts has an end."""
    bounded = {
        bloc: rule if bloc == adjusts else rule.model_copy(update={"most": 40})
        for bloc, rule in rules.items()
    }
    starts = sum(max(start_of(rule), bound(rule.least, UnitType.WARD) or 0) for rule in bounded.values())
    most = max(starts, 2 * 40 + 20) + draw(st.integers(0, 12))
    floors = st.builds(ByType, commune=st.integers(0, 40), ward=st.integers(40, most))
    least = draw(st.none() | floors)
    ceilings = [most, ByType(commune=most), *([] if least is None else [None])]
    return bounded, TotalRule(
        adjusts=adjusts, source=SOURCE, least=least, most=draw(st.sampled_from(ceilings))
    )


ANSWERS = st.none() | st.booleans()
TERRAINS = st.builds(
    Terrain,
    mountain=ANSWERS,
    highland=ANSWERS,
    island=ANSWERS,
    border=ANSWERS,
    unit_class=st.none() | st.sampled_from(("I", "II", "III")),
)
UNITS = st.builds(
    Unit,
    code=st.just("1"),
    name=st.just("A"),
    type=st.sampled_from(UnitType),
    population=st.none() | st.integers(0, 100_000),
    area_km2=st.none() | st.decimals(0, 900, places=2).map(Decimal),
    staff=st.builds(ByBloc, st.just(BLOCS), st.tuples(*[st.none() | SMALL] * len(BLOCS))),
    terrain=TERRAINS,
)


@often(40)
@given(frame=frames(), units=st.lists(UNITS, min_size=1, max_size=20))
def test_the_sweep_counts_as_the_audit_does(frame: Frame, units: list[Unit]) -> None:
    pytest.importorskip("numpy")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweeping, "_WORTH", 0)
        assert sweeping.sweep([frame], units) == outcomes_of([frame], units)


@often(40)
@given(frame=frames(), unit=UNITS)
def test_the_steps_end_in_the_quota_and_what_is_possible_is_no_less_wide(frame: Frame, unit: Unit) -> None:
    quota, steps = quota_of(frame, unit), steps_of(frame, unit)
    if quota is None:
        assert not any(steps)
        return
    for bloc, found in steps.items():
        assert found[-1].result == quota.blocs[bloc], [str(step.arithmetic) for step in found]
    assert (quota.possible is None) or quota.unsettled
