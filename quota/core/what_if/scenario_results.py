"""The results of a scenario: units before and after, posts saved, people to place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from quota.core.blocs import Bloc, Blocs, ByBloc, gathered
from quota.core.explanations import Step
from quota.core.posts import Gap, Posts, sum_posts, whole_gap
from quota.core.problems import Problem, errors
from quota.core.results import FrameSummary, Totals, UnitAudit
from quota.core.sums import known_sum
from quota.core.units import InputFile
from quota.core.what_if.lineage import Lineage
from quota.core.what_if.scenarios import Done, Scenario


class Saved(Struct, frozen=True):
    """Posts before less posts after, at the low and at the high ends; below zero where posts are added."""

    low: int
    high: int

    @classmethod
    def between(cls, before: Posts, after: Posts) -> Saved:
        """Posts that going from one quota to the other saves."""
        return cls(before.low - after.low, before.high - after.high)


def sum_saved(saved: Iterable[Saved | None]) -> Saved | None:
    """The low ends added up, and the high ends, over what is known; None where nothing is."""
    known = [posts for posts in saved if posts is not None]
    return Saved(sum(posts.low for posts in known), sum(posts.high for posts in known)) if known else None


class After(Struct, frozen=True):
    """A unit of the new set: where it comes from, its audit and the steps to its quota."""

    audit: UnitAudit
    lineage: Lineage
    steps: ByBloc[tuple[Step, ...]]


class ChangedUnits(Struct, frozen=True):
    """Units that operations tie together: those they were, those they became, which operations (from 1)."""

    before: tuple[UnitAudit, ...]
    after: tuple[After, ...]
    operations: tuple[int, ...]

    @property
    def saved(self) -> ByBloc[Saved | None]:
        """Posts saved by bloc; None where the residents of a unit are unknown."""
        return ByBloc.of(self._blocs, self._saved)

    @property
    def _blocs(self) -> Blocs:
        return self.after[0].audit.gap.order

    def _saved(self, bloc: Bloc) -> Saved | None:
        sides = ([unit.quota for unit in self.before], [unit.audit.quota for unit in self.after])
        known = [[quota.blocs[bloc] for quota in quotas if quota is not None] for quotas in sides]
        if [len(posts) for posts in known] != [len(quotas) for quotas in sides]:
            return None
        return Saved.between(*map(sum_posts, known))

    @property
    def total_saved(self) -> Saved | None:
        """Posts saved in all blocs; None where any is unknown."""
        saved = list(self.saved)
        return None if None in saved else sum_saved(saved)

    @property
    def to_place(self) -> ByBloc[int | None]:
        """People above the quota of the units they now belong to, who need a post elsewhere; None unknown."""
        return ByBloc.of(self._blocs, self._to_place)

    def _to_place(self, bloc: Bloc) -> int | None:
        gap = whole_gap(unit.audit.gap[bloc] for unit in self.after)
        return None if gap is None else gap.surplus


class ScenarioReport(Struct, frozen=True):
    """A scenario carried out under one frame on one day.

    `units` is the whole new set, `changes` the part of it that operations touched; totals are of the whole
    sets. `problems` are those of the inputs and of the checks.
    """

    scenario: Scenario
    frame: FrameSummary
    as_of: date
    done: tuple[Done, ...]
    units: tuple[After, ...]
    changes: tuple[ChangedUnits, ...]
    before: Totals
    after: Totals
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether no check finds an error."""
        return not errors(self.problems)

    @property
    def saved(self) -> ByBloc[Saved | None]:
        """Posts saved by bloc over the changes where that is known; None where it is known of none."""

        def by_bloc(bloc: Bloc) -> Saved | None:
            return sum_saved(change.saved[bloc] for change in self.changes) if self.changes else Saved(0, 0)

        return ByBloc.of(self.frame.blocs, by_bloc)

    @property
    def unknown_saved(self) -> int:
        """Changes whose posts saved are unknown, and not in `saved`."""
        return sum(change.total_saved is None for change in self.changes)

    @property
    def to_place(self) -> ByBloc[int | None]:
        """People to place by bloc where that is known of a changed unit; None where it is of none."""
        return self._gaps.map(
            lambda gaps: known_sum(gap.surplus if gap else None for gap in gaps) if gaps else 0
        )

    @property
    def unknown_to_place(self) -> ByBloc[int]:
        """Changed units whose people to place are unknown, by bloc."""
        return self._gaps.map(lambda gaps: gaps.count(None))

    @property
    def _gaps(self) -> ByBloc[list[Gap | None]]:
        """The gaps of all changed units, by bloc."""
        after = [unit.audit.gap for change in self.changes for unit in change.after]
        return gathered(self.frame.blocs, after)

    @property
    def failing(self) -> tuple[After, ...]:
        """The new set's units under the frame's minimum population."""
        return tuple(unit for unit in self.units if unit.audit.below_minimum)
