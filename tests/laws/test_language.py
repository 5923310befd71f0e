"""One expression, several ways of counting: random frames of the language over random units give the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.analysis.what_if.sensitivity import outcomes_of
from quota.bulk import sweeping
from quota.core.blocs import BLOCS, Bloc, ByBloc
from quota.core.units import ProvinceClass, Terrain, Unit, UnitType
from quota.norms.arithmetic.rounding import Rounding
from quota.norms.evaluation import quota_of, steps_of
from quota.norms.files.rulefile import Effective, Local, Source
from quota.norms.language.amounts import Increment, Share, Supplement
from quota.norms.language.bounds import ByType, bound
from quota.norms.language.named import NamedBlocRule
from quota.norms.language.starts import Bands, Case, Standard, StandardCase
from quota.norms.language.total import TotalRule
from quota.norms.language.when import Between, When
from quota.norms.schema import Frame
from tests.laws.often import often

SOURCE = "law"
FLAGS = ("mountain", "highland", "island", "border")
SMALL = st.integers(0, 40)
ROUNDINGS = st.sampled_from(Rounding)
BOUNDS = st.builds(Between, **{"from": st.integers(0, 9_000), "to": st.none() | st.integers(9_000, 90_000)})


WORDS: dict[str, list[dict[str, object]]] = {
    "unit_class": [{"unit_class": "I"}, {"unit_class": ["I", "II"]}],
    "province_class": [{"province_class": "central_city"}, {"province_class": ["central_city", "other"]}],
    "province": [{"province": "Huế"}, {"province": ["Huế", "Cà Mau"]}],
    "unit": [{"unit": ["00001", "00003"]}],
    "Vùng": [{"columns": {"Vùng": "Một"}}, {"columns": {"Vùng": ["Một", "Hai"]}}],
}
NUMBERS: dict[str, list[dict[str, object]]] = {
    "area_km2": [{"area_km2": {"from": 100}}, {"area_km2": {"above": 50, "to": 300}}],
    "minority_percent": [{"minority_percent": {"from": 30}}, {"minority_percent": {"below": 60}}],
    "Thôn": [{"columns": {"Thôn": {"above": 12}}}, {"columns": {"Thôn": {"from": 12, "to": 20}}}],
}
EVERY = {**{flag: [{flag: True}, {flag: False}] for flag in FLAGS}, **WORDS, **NUMBERS}
"""What a condition may ask of each column beside residents and type."""
COUNTED = ("area_km2", "Thôn")
Columns = tuple[str, ...]


@st.composite
def asked_columns(draw: st.DrawFn, most: int = 4) -> Columns:
    """Of which columns a frame asks: all that those unknown of a unit may be together is counted."""
    flags = draw(st.lists(st.sampled_from(FLAGS), min_size=1, max_size=2, unique=True))
    others = [draw(st.sampled_from(list(WORDS))), draw(st.sampled_from(list(NUMBERS)))]
    return tuple(draw(st.permutations([*flags, *others]))[:most])


@st.composite
def whens(draw: st.DrawFn, columns: Columns) -> When:
    said = dict(draw(st.sampled_from(EVERY[draw(st.sampled_from(columns))])))
    if draw(st.booleans()):
        said |= draw(st.sampled_from(EVERY[draw(st.sampled_from(columns))]))
    if draw(st.booleans()):
        said["type"] = draw(st.lists(st.sampled_from(UnitType), min_size=1, max_size=2, unique=True))
    if draw(st.booleans()):
        said["residents"] = draw(BOUNDS)
    found = When.model_validate(said)
    if draw(st.booleans()):
        return When.model_validate({"not": found})
    other = When.model_validate(draw(st.sampled_from(EVERY[draw(st.sampled_from(columns))])))
    return When.model_validate({"any": [found, other]}) if draw(st.booleans()) else found


@st.composite
def increments(draw: st.DrawFn, columns: Columns) -> Increment:
    counts = draw(st.none() | st.sampled_from(COUNTED))
    size: object = draw(st.integers(1, 30) if counts else st.sampled_from([1, 7, 500, 1_999, 2_000]))
    if draw(st.booleans()) and not counts:
        size = Share(share=draw(st.sampled_from([1, "1/2", "2/3"])), of=STANDARD)
    above: object = draw(st.integers(0, 100 if counts else 20_000))
    bounds = draw(st.none() | st.integers(int(str(above)) + 1, 60_000))
    if isinstance(size, Share) and draw(st.booleans()):
        above, bounds = STANDARD, None
    return Increment.model_validate(
        {
            "posts": draw(st.sampled_from([1, 2, (0, 1), (1, 3)])),
            "per_residents": None if counts else size,
            "counts": counts,
            "per": size if counts else None,
            "above": above,
            "up_to": bounds,
            "rounding": draw(ROUNDINGS),
            "when": draw(st.none() | whens(columns)),
            "most": draw(st.none() | SMALL),
        }
    )


@st.composite
def starts(draw: st.DrawFn, columns: Columns) -> dict[str, object]:
    kind = draw(st.sampled_from(["base", "range", "bands", "cases"]))
    if kind == "base":
        return {"base": draw(SMALL)}
    if kind == "range":
        return {"range": tuple(sorted([draw(SMALL), draw(SMALL)]))}
    if kind == "cases":
        whole = [Case(when=draw(whens(columns)), base=draw(SMALL)), Case(base=draw(SMALL))]
        return {"cases": tuple(whole)}
    ends = sorted(draw(st.sets(st.integers(1, 30_000), min_size=1, max_size=4)))
    rows = [
        (first, last, draw(SMALL))
        for first, last in zip([0, *(e + 1 for e in ends)], [*ends, None], strict=True)
    ]
    return {"bands": Bands(of="residents", rows=tuple(rows))}


@st.composite
def bloc_rules(draw: st.DrawFn, columns: Columns | None = None) -> NamedBlocRule:
    columns = columns or draw(asked_columns())
    start = draw(starts(columns))
    added = tuple(draw(st.lists(increments(columns), max_size=3)))
    posts = st.integers(-9, 9)
    supplements = tuple(
        Supplement(posts=draw(posts), when=draw(whens(columns))) for _ in range(draw(st.integers(0, 2)))
    )
    percent = draw(st.booleans())
    if percent:
        supplements += (Supplement(percent=draw(st.integers(-20, 50)), when=draw(whens(columns))),)
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


STANDARD = "dan-so"
STANDARDS = Standard(
    cases=(
        StandardCase(when=When(type=UnitType.WARD), figure=9_000),
        StandardCase(figure=5_000),
    ),
    source=SOURCE,
)
FIXED = st.builds(NamedBlocRule, base=SMALL, source=st.just(SOURCE))


@st.composite
def frames(draw: st.DrawFn, *, asks: int = 4, drawn: int = 3, columns: Columns | None = None) -> Frame:
    """Frames of the whole language that have conditions on at most `asks` columns, or on some of `columns`.

    `drawn` blocs are of the whole language, each other one has a fixed number of posts.
    """
    columns = columns or draw(asked_columns(asks))
    rules = [bloc_rules(columns)] * drawn + [FIXED] * (3 - drawn)
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
        standards={STANDARD: STANDARDS},
    )


def start_of(rule: NamedBlocRule) -> int:
    """The most of the fewest posts that a drawn rule starts from."""
    if rule.bands is not None:
        return max(posts.high for _, posts in rule.bands.starts())
    return rule.start.high if rule.cases is None else max(case.start.high for case in rule.cases)


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
    floors = st.builds(ByType, commune=st.integers(0, most - 80), ward=st.integers(0, most - 80))
    least = draw(st.none() | floors)
    ceilings = [most, ByType(commune=most), *([] if least is None else [None])]
    return bounded, TotalRule(
        adjusts=adjusts, source=SOURCE, least=least, most=draw(st.sampled_from(ceilings))
    )


ANSWERS = st.none() | st.booleans()


def terrain_of(**said: Any) -> Terrain:
    """Built by a function, because the type of its share is only there where types are checked."""
    return Terrain(**said)


TERRAINS = st.builds(
    terrain_of,
    mountain=ANSWERS,
    highland=ANSWERS,
    island=ANSWERS,
    border=ANSWERS,
    minority_share=st.none() | st.integers(0, 100).map(lambda percent: Fraction(percent, 100)),
    province_class=st.none() | st.sampled_from(ProvinceClass),
    unit_class=st.none() | st.sampled_from(("I", "II", "III")),
)
UNITS = st.builds(
    Unit,
    code=st.sampled_from(["00001", "00002", "00003"]),
    name=st.just("A"),
    type=st.sampled_from(UnitType),
    population=st.none() | st.integers(0, 100_000),
    province=st.none() | st.sampled_from(["Huế", "Cà Mau", "Hà Nội"]),
    area_km2=st.none() | st.decimals(0, 900, places=2).map(Decimal),
    staff=st.builds(ByBloc, st.just(BLOCS), st.tuples(*[st.none() | SMALL] * len(BLOCS))),
    terrain=TERRAINS,
    more=st.fixed_dictionaries(
        {
            "Vùng": st.sampled_from(["", "Một", "Hai", "Ba"]),
            "Thôn": st.sampled_from(["", "11.999999", "12", "12.5", "20", "21"]),
        }
    ),
)


@often(25, long=2_000)
@given(frame=frames(), units=st.lists(UNITS, min_size=1, max_size=20))
def test_the_sweep_counts_as_the_audit_does(frame: Frame, units: list[Unit]) -> None:
    pytest.importorskip("numpy")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweeping, "_WORTH", 0)
        assert sweeping.sweep([frame], units) == outcomes_of([frame], units)


@often(25, long=2_000)
@given(frame=frames(), unit=UNITS)
def test_the_steps_end_in_the_quota_and_what_is_possible_is_no_less_wide(frame: Frame, unit: Unit) -> None:
    quota, steps = quota_of(frame, unit), steps_of(frame, unit)
    if quota is None:
        assert not any(steps)
        return
    for bloc, found in steps.items():
        assert found[-1].result == quota.blocs[bloc], [str(step.arithmetic) for step in found]
    assert (quota.possible is None) or quota.unsettled
