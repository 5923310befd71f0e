"""Who is near a step: units a few residents from gaining or losing a post, and when they get there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from quota.analysis.audit.auditing import inputs_of, join
from quota.analysis.audit.possible import taking_it_as_so, unsettled_under
from quota.analysis.standing.measures import province_of
from quota.core.blocs import Bloc, ByBloc, gathered
from quota.core.explanations import Margin
from quota.core.posts import Posts, sum_posts
from quota.core.problems import Problem
from quota.core.results import FrameSummary, Quota, Unsettled
from quota.core.units import InputFile, StaffTable, Unit, UnitTable
from quota.norms.evaluation import margins_of, quota_of, refuse_out_of_force
from quota.norms.margins import grows
from quota.norms.schema import Frame


class Growth(Struct, frozen=True):
    """A compound rate a year (1/100 is 1 %; above -1) and how many years of it."""

    rate: Fraction
    years: int


class Line(Struct, frozen=True):
    """One bloc of one unit whose posts grow with residents.

    `gain` and `lose` are the posts that the asked number of residents more, or fewer, would bring or take.
    `crosses_in` is the first year its posts differ from today's, by `crossing` of them; None where no year
    asked for does, or none is asked for.
    """

    unit: Unit
    province: str | None
    residents: int
    bloc: Bloc
    margin: Margin
    gain: int
    lose: int
    crosses_in: int | None = None
    crossing: int | None = None

    @property
    def near(self) -> bool:
        """Whether a post hangs on the residents asked about."""
        return bool(self.gain or self.lose)


class YearTotal(Struct, frozen=True):
    """Residents and posts after this number of years, over the units whose residents are known; None of none.

    Year 0 is the table as it is.
    """

    year: int
    residents: int | None
    quota: Quota | None


class Projection(Struct, frozen=True):
    """A province's years; of `name` None, all provinces'."""

    name: str | None
    years: tuple[YearTotal, ...]


class Borderline(Struct, frozen=True):
    """Every line in the table's order, the posts that hang on `within` residents, and the years if asked."""

    frame: FrameSummary
    as_of: date
    within: int
    growth: Growth | None
    lines: tuple[Line, ...]
    to_gain: ByBloc[int]
    to_lose: ByBloc[int]
    projections: tuple[Projection, ...]
    units: int
    unknown_population: int
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    unsettled: Unsettled | None = None
    """What hangs on what is unknown of the units."""
    then: Borderline | None = None
    """The same where what is unknown of the units' terrain is so: as many lines, in the same order."""


def grown(residents: int, rate: Fraction, years: int) -> int:
    """Residents after `years` of compound growth from today's count, cut to whole people once, at the end."""
    return int(residents * _factor(rate, years))


@cache
def _factor(rate: Fraction, years: int) -> Fraction:
    return (1 + rate) ** years


def borderline(
    units: UnitTable,
    frame: Frame,
    staff: StaffTable | None = None,
    *,
    within: int = 100,
    growth: Growth | None = None,
    as_of: date,
) -> Borderline:
    """Each unit's distance from its next post and from one fewer, and what `within` (1 or more) residents do.

    With `growth`, the same rate for every unit, also when each first has other posts than today, and the
    posts of each province year by year. Raises `InputError` as `audit` does.
    """
    refuse_out_of_force(frame, as_of)
    placed, problems = join(units, staff, under=[frame])
    found = _borderline(placed, frame, within, growth, as_of)
    hangs = unsettled_under(frame, placed)
    as_so = taking_it_as_so(frame, hangs)
    then = None if as_so is None else _borderline(placed, as_so, within, growth, as_of)
    return replace(found, inputs=inputs_of(units, staff), problems=problems, unsettled=hangs, then=then)


def _borderline(
    placed: Sequence[Unit], frame: Frame, within: int, growth: Growth | None, as_of: date
) -> Borderline:
    known = [(unit, unit.population) for unit in placed if unit.population is not None]
    years = {unit.code: _years(residents, growth) for unit, residents in known}
    lines = tuple(
        line
        for unit, residents in known
        for line in _lines(unit, residents, frame, within, years[unit.code][1:])
    )
    provinces = list(dict.fromkeys(province_of(unit) for unit in placed))
    projections: tuple[Projection, ...] = ()
    if growth is not None:
        groups = [(name, [unit for unit, _ in known if province_of(unit) == name]) for name in provinces]
        groups.append((None, [unit for unit, _ in known]))
        projections = tuple(
            Projection(name, _totals(inside, years, frame, growth.years)) for name, inside in groups
        )
    by_bloc = ByBloc.of(frame.order, lambda bloc: [line for line in lines if line.bloc == bloc])
    return Borderline(
        frame.summary(),
        as_of,
        within,
        growth,
        lines,
        by_bloc.map(lambda here: sum(line.gain for line in here)),
        by_bloc.map(lambda here: sum(line.lose for line in here)),
        projections,
        len(placed),
        len(placed) - len(known),
    )


def _years(residents: int, growth: Growth | None) -> list[int]:
    """Residents in year 0 and each year after it."""
    if growth is None:
        return [residents]
    return [grown(residents, growth.rate, year) for year in range(growth.years + 1)]


def _lines(unit: Unit, residents: int, frame: Frame, within: int, later: Sequence[int]) -> list[Line]:
    margins = margins_of(frame, unit)

    def posts(count: int) -> ByBloc[Posts] | None:
        quota = quota_of(frame, replace(unit, population=count))
        return None if quota is None else quota.blocs

    now, more, less = posts(residents), posts(residents + within), posts(max(residents - within, 0))
    if now is None or more is None or less is None:
        return []
    years = [found for then in later if (found := posts(then)) is not None]
    lines = []
    for bloc, does_grow in grows(frame.granter(unit.type)).items():
        if not does_grow:
            continue
        after = [found[bloc].high - now[bloc].high for found in years]
        crosses = next((year for year, change in enumerate(after, 1) if change), None)
        lines.append(
            Line(
                unit,
                province_of(unit),
                residents,
                bloc,
                margins[bloc],
                more[bloc].high - now[bloc].high,
                now[bloc].high - less[bloc].high,
                crosses,
                after[crosses - 1] if crosses else None,
            )
        )
    return lines


def _totals(
    units: Sequence[Unit], years: dict[str, list[int]], frame: Frame, last: int
) -> tuple[YearTotal, ...]:
    totals = []
    for year in range(last + 1):
        if not units:
            totals.append(YearTotal(year, None, None))
            continue
        then = [replace(unit, population=years[unit.code][year]) for unit in units]
        quotas = [found.blocs for unit in then if (found := quota_of(frame, unit)) is not None]
        quota = Quota(gathered(frame.order, quotas).map(sum_posts))
        totals.append(YearTotal(year, sum(years[unit.code][year] for unit in units), quota))
    return tuple(totals)
