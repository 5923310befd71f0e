"""What is doubtful in the embedded figures, said wherever they are shown: missed totals, and units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, reduce

from quota.core.problems import DOUBTFUL_FIGURES, Problem, Severity
from quota.core.text import Text, count, say
from quota.core.units import InputFile, Unit
from quota.tables.shipped.embedded import known_copy, shipped_rows
from quota.tables.shipped.provinces import find_province


def doubtful_figures(units: Sequence[Unit], source: InputFile) -> Iterator[Problem]:
    """A warning for each kind of doubt about the units of an embedded table, or of a copy of it."""
    if _is_embedded(source):
        yield from _problems((*_missed_totals(units), *_doubted_units(units, units)), source)


def doubts_about(
    about: Sequence[Unit],
    units: Sequence[Unit],
    problems: Iterable[Problem],
    sources: Iterable[InputFile],
    *,
    beyond: bool = False,
) -> tuple[Problem, ...]:
    """The problems without the doubts about other units than these, and other provinces than theirs.

    With `beyond` one more says that there are others, where there are: for what adds up the whole table.
    """
    kept = [problem for problem in problems if problem.code != DOUBTFUL_FIGURES]
    for source in sources:
        if not _is_embedded(source):
            continue
        table = [unit for unit in units if _file(unit) == source.path]
        here = [unit for unit in about if _file(unit) == source.path]
        provinces = {unit.province for unit in here}
        around = [unit for unit in table if unit.province in provinces]
        said = [*_missed_totals(around), *_doubted_units(here, around)]
        every = [*_missed_totals(table), *_doubted_units(table, table)] if beyond else said
        kept += _problems(said, source)
        if set(map(str, every)) - set(map(str, said)):
            message = say("figures of other units or provinces of the table are in doubt too")
            fix = say("quota check lists them")
            kept.append(Problem(DOUBTFUL_FIGURES, Severity.WARNING, message, fix, file=source.path))
    return tuple(kept)


def is_doubtful(code: str) -> bool:
    """Whether the embedded figures of the unit of this code are themselves in doubt."""
    return code in _known()


def _is_embedded(source: InputFile) -> bool:
    return not source.illustrative and known_copy(source.sha256) is not None


def _problems(messages: Iterable[Text], source: InputFile) -> Iterator[Problem]:
    for message in messages:
        yield Problem(DOUBTFUL_FIGURES, Severity.WARNING, message, file=source.path)


def _file(unit: Unit) -> str | None:
    return unit.origin.file if unit.origin is not None else None


def _missed_totals(units: Iterable[Unit]) -> Iterator[Text]:
    """The provinces whose residents miss the published total, and by how much, the furthest off first."""
    added: defaultdict[str, int] = defaultdict(int)
    for unit in units:
        added[unit.province or ""] += unit.population or 0
    gaps = {
        name: people - province.population
        for name, people in added.items()
        if (province := find_province(name)) is not None and people != province.population
    }
    if gaps:
        furthest = sorted(gaps.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
        yield count(
            "the residents do not add up to the published total of the province: {gaps}",
            "the residents of {n} provinces do not add up to their published totals: {gaps}",
            n=len(gaps),
            gaps=_together([_gap(name, people) for name, people in furthest]),
        )


def _gap(name: str, people: int) -> Text:
    if people > 0:
        return say("{name} {people} too many", name=name, people=people)
    return say("{name} {people} too few", name=name, people=-people)


def _doubted_units(units: Sequence[Unit], around: Iterable[Unit]) -> Iterator[Text]:
    """What is known to be wrong with some of the units; `around` has units that they may repeat."""
    by_code = {unit.code: unit for unit in around}
    of_a_predecessor: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        kind, repeated = _known().get(unit.code, ("", ""))
        if kind == "one-predecessor":
            of_a_predecessor[unit.province or ""].append(unit)
        elif kind == "copied" and repeated in by_code:
            yield say(
                "{unit} ({code}, {province}) repeats the row of {other}: its own figures are not known",
                unit=unit.name,
                code=unit.code,
                province=unit.province,
                other=by_code[repeated].name,
            )
        elif kind == "remainder":
            yield say(
                "{unit} ({code}, {province}) has what the province's total leaves, {people} residents; its "
                "area is not known",
                unit=unit.name,
                code=unit.code,
                province=unit.province,
                people=unit.population,
            )
    for province, alike in of_a_predecessor.items():
        if len(alike) == 1:
            yield say(
                "{unit} ({code}, {province}) has area and residents of only one of its predecessors",
                unit=alike[0].name,
                code=alike[0].code,
                province=province,
            )
        else:
            yield say(
                "{n} units of {province} have area and residents of only one predecessor each",
                n=len(alike),
                province=province,
            )


def _together(texts: Sequence[Text]) -> Text:
    return reduce(lambda said, more: say("{first}, {other}", first=said, other=more), texts)


@cache
def _known() -> Mapping[str, tuple[str, str]]:
    """The kind of doubt of each unit of data/doubts.csv, and the unit it repeats, by code."""
    return {row["code"]: (row["kind"], row["of"]) for row in shipped_rows("doubts")}
