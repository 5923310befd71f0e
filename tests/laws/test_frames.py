"""Laws of frames: what more residents do, what a dump says, what the other ways to write the same grant."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.core.blocs import BLOCS
from quota.core.units import UnitType
from quota.norms.arithmetic.rounding import Rounding
from quota.norms.evaluation import margins_of, steps_of
from quota.norms.files.finding import rule_files
from quota.norms.files.rulefile import Effective, Local, RuleFile, Source
from quota.norms.flattening import fields_of
from quota.norms.kinds import KINDS
from quota.norms.language.amounts import Increment
from quota.norms.language.bloc_rule import BlocRule
from quota.norms.language.named import MinimumPopulation, NamedBlocRule, TypeRule, TypeRules
from quota.norms.loading import load_frame, load_rules, shipped_frames
from quota.norms.schema import Frame
from quota.run.locations import rules_folder
from tests.grants import quota_of, unit_of
from tests.laws.dumping import as_yaml
from tests.laws.often import often

MOST_RESIDENTS = 1_000_000
SOURCE = "law"
WORDS = st.sampled_from(
    ["Khung", "Khung số 2: 'a' \"b\"", "no", "2.000", "# x", "- y", "Đặc khu {x} [1]", "x: y"]
)
LOCALS = st.builds(Local, vi=WORDS, en=WORDS)
COUNTS = st.integers(0, 300)
PAIRS = st.tuples(COUNTS, COUNTS).map(lambda pair: (min(pair), max(pair)))
INCREMENTS = st.builds(
    Increment,
    posts=st.integers(1, 5),
    per_residents=st.one_of(st.integers(1, 50), st.sampled_from([500, 1_999, 2_000, 2_001, 10_000])),
    above=st.one_of(st.integers(0, 50), st.sampled_from([15_999, 16_000, 16_001])),
    rounding=st.sampled_from(Rounding),
    source=st.sampled_from([None, SOURCE]),
)


@st.composite
def bloc_rules(draw: st.DrawFn) -> BlocRule:
    exact = draw(st.booleans())
    return BlocRule(
        base=draw(COUNTS) if exact else None,
        range=None if exact else draw(PAIRS),
        increment=draw(st.none() | INCREMENTS),
        source=SOURCE,
    )


RULES = bloc_rules()
NAMED_RULES = RULES.map(
    lambda rule: NamedBlocRule(**{name: getattr(rule, name) for name in rule.model_fields_set})
)
TYPE_RULES = st.builds(
    TypeRule,
    blocs=st.fixed_dictionaries(dict.fromkeys(BLOCS, st.none() | RULES)),
    note=st.none() | LOCALS,
)
MINIMUMS = st.none() | st.integers(1, 20_000)
FRAMES = st.builds(
    Frame,
    id=st.just("drawn"),
    title=LOCALS,
    status=st.sampled_from(["draft", "provisional", "in-force", "superseded"]),
    effective=st.builds(
        lambda first, days: Effective(**{"from": first, "to": days}),
        st.dates(date(2000, 1, 1), date(2025, 12, 31)),
        st.none() | st.dates(date(2026, 1, 1), date(2099, 12, 31)),
    ),
    reading=LOCALS,
    notes=st.none() | LOCALS,
    sources=st.just({SOURCE: Source(title="Luật", publisher="Công báo", date=date(2025, 1, 2))}),
    minimum_population=st.none()
    | st.builds(
        MinimumPopulation,
        commune=MINIMUMS,
        ward=MINIMUMS,
        special_zone=MINIMUMS,
        source=st.just(SOURCE),
        note=st.none() | LOCALS,
    ),
    blocs=st.fixed_dictionaries(dict.fromkeys(BLOCS, NAMED_RULES)),
    unit_types=st.builds(
        TypeRules,
        commune=st.none() | TYPE_RULES,
        ward=st.none() | TYPE_RULES,
        special_zone=st.none() | TYPE_RULES,
    ),
)
"""Frames of every shape that the schema allows, with small and with real numbers."""

RESIDENTS = st.one_of(st.integers(0, 300), st.integers(0, MOST_RESIDENTS))


def bounds(frame: Frame) -> set[int]:
    """Residents on and around which some rule of the frame turns."""
    rules = [rule for unit_type in UnitType for rule in frame.rules_for(unit_type)]
    turns = {0, 1, MOST_RESIDENTS}
    for rule in rules:
        for increment in rule.increments:
            above, per = increment.above, increment.per_residents
            assert isinstance(above, int)
            assert isinstance(per, int)
            turns |= {above + per * steps // 2 for steps in (1, 2, 3, 100)} | {above}
    return {found for turn in turns for found in (turn - 1, turn, turn + 1) if 0 <= found <= MOST_RESIDENTS}


def never_falls(frame: Frame, residents: set[int]) -> None:
    for unit_type in UnitType:
        quotas = [quota_of(frame, unit_type, number) for number in sorted(residents)]
        for fewer, more in pairwise(quotas):
            for bloc in BLOCS:
                assert fewer.blocs[bloc].low <= more.blocs[bloc].low
                assert fewer.blocs[bloc].high <= more.blocs[bloc].high
            assert fewer.total.low <= more.total.low
            assert fewer.total.high <= more.total.high


@pytest.mark.parametrize("frame", shipped_frames(), ids=lambda frame: frame.id)
def test_in_a_shipped_frame_the_quota_never_falls_as_residents_rise(frame: Frame) -> None:
    never_falls(frame, bounds(frame) | set(range(0, 200_000, 499)) | set(range(15_990, 16_010)))


@often(60)
@given(frame=FRAMES, residents=st.sets(RESIDENTS, max_size=30))
def test_no_frame_that_can_be_written_grants_fewer_posts_for_more_residents(
    frame: Frame, residents: set[int]
) -> None:
    never_falls(frame, residents | bounds(frame))


@often(60)
@given(frame=FRAMES, unit_type=st.sampled_from(UnitType), residents=RESIDENTS)
def test_the_last_step_is_the_quota_and_margins_are_where_it_changes(
    frame: Frame, unit_type: UnitType, residents: int
) -> None:
    quota = quota_of(frame, unit_type, residents)
    assert [steps[-1].result for steps in steps_of(frame, unit_of(unit_type, residents))] == list(quota.blocs)
    for bloc, margin in margins_of(frame, unit_of(unit_type, residents)).items():
        if margin.residents_to_next is not None:
            more = quota_of(frame, unit_type, residents + margin.residents_to_next)
            short = quota_of(frame, unit_type, residents + margin.residents_to_next - 1)
            assert more.blocs[bloc].low > quota.blocs[bloc].low
            assert short.blocs[bloc] == quota.blocs[bloc]
        if margin.residents_to_fewer is not None:
            fewer = quota_of(frame, unit_type, residents - margin.residents_to_fewer)
            still = quota_of(frame, unit_type, residents - margin.residents_to_fewer + 1)
            assert fewer.blocs[bloc].low < quota.blocs[bloc].low
            assert still.blocs[bloc] == quota.blocs[bloc]


def said(rules: RuleFile) -> dict[str, object]:
    """Everything the rules say but whence they have it."""
    return rules.model_dump(by_alias=True, exclude_none=True, exclude={"extends"})


def reloaded(folder: Path, rules: RuleFile) -> RuleFile:
    """The rules written out whole and loaded again."""
    (folder / f"{rules.id}.yaml").write_text(as_yaml(rules), encoding="utf-8")
    return load_rules(folder / f"{rules.id}.yaml", type(rules))


@often(40)
@given(frame=FRAMES, residents=st.sets(RESIDENTS, max_size=10))
def test_a_frame_and_its_dump_are_equal(tmp_path: Path, frame: Frame, residents: set[int]) -> None:
    again = reloaded(tmp_path, frame)
    assert isinstance(again, Frame)
    assert said(again) == said(frame)
    assert fields_of(again) == fields_of(frame)
    for unit_type in UnitType:
        for number in residents | bounds(frame):
            assert quota_of(again, unit_type, number) == quota_of(frame, unit_type, number)


@pytest.mark.parametrize("path", rule_files(rules_folder()), ids=lambda path: path.stem)
def test_a_shipped_rule_file_and_its_dump_are_equal(tmp_path: Path, path: Path) -> None:
    """Also of one that extends another: the dump says what is inherited."""
    rules = load_rules(path, RuleFile)
    own = rules.model_copy(update={"id": "dumped"})
    again = reloaded(tmp_path, own)
    assert said(again) == said(own)
    assert type(again) in KINDS.values()


@often(40)
@given(frame=FRAMES, residents=RESIDENTS, unit_type=st.sampled_from(UnitType))
def test_an_amendment_of_one_number_changes_that_and_nothing_else(
    tmp_path: Path, frame: Frame, residents: int, unit_type: UnitType
) -> None:
    (tmp_path / "drawn.yaml").write_text(as_yaml(frame), encoding="utf-8")
    low, high = (5, 7) if frame.blocs["party"].range != (5, 7) else (6, 8)
    drop_base = "" if frame.blocs["party"].base is None else "base: null, "
    drop_minimum = "" if frame.minimum_population is None else "minimum_population: null\n"
    (tmp_path / "amended.yaml").write_text(
        "id: amended\nextends: drawn\ntitle: {vi: a, en: b}\nreading: {vi: a, en: b}\n"
        f"{drop_minimum}blocs: {{party: {{range: [{low}, {high}], {drop_base}source: law}}}}\n",
        encoding="utf-8",
    )
    amended = load_frame(tmp_path / "amended.yaml")
    names = {path for path, _ in fields_of(amended).items() ^ fields_of(frame).items()}
    types = [kind.value for kind in UnitType]
    assert names <= {
        *("reading", "blocs.party.base", "blocs.party.range"),
        *(f"minimum_population.{key}" for key in (*types, "source", "note")),
        *(f"blocs.{bloc}.increment.source" for bloc in BLOCS),
        *(f"unit_types.{kind.value}.blocs.{bloc}.increment.source" for kind in UnitType for bloc in BLOCS),
    }
    own = frame.type_rule(unit_type).blocs.get("party") is None
    before, after = quota_of(frame, unit_type, residents), quota_of(amended, unit_type, residents)
    assert after.blocs["government"] == before.blocs["government"]
    assert after.blocs["front"] == before.blocs["front"]
    if own:
        grown = before.blocs["party"].low - frame.blocs["party"].start.low
        assert (after.blocs["party"].low, after.blocs["party"].high) == (low + grown, high + grown)
    else:
        assert after.blocs["party"] == before.blocs["party"]
