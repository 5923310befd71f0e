"""Which heading means which column: one table of wordings that a user's file extends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from msgspec import Struct, field

from quota.core.blocs import BLOCS, Blocs
from quota.core.characters import pattern
from quota.core.names import fold, without_accents
from quota.tables.files.aliases import ALIASES
from quota.tables.files.roles import (
    BETWEEN,
    KNOWN_YEAR,
    Measure,
    OwnWords,
    Role,
    blocs_named,
    role_of,
    says_residents,
    undated,
)
from quota.tables.files.units_said import AREA, LENGTH, PEOPLE, unit_at_end

_OF_PEOPLE = tuple(map(fold, ("họ và tên", "họ tên", "họ, tên")))
"""A heading that starts so is about people's names."""
IGNORED = "ignore"
"""In a user's file: a heading that means no column."""

_MEASURES = {"population": PEOPLE, "area_km2": AREA, **dict.fromkeys(("km", "shared_border_km"), LENGTH)}
"""What is measured in columns that a heading with another unit of measure does not mean."""
_NOTE = pattern(r"\s*(?:\(\s*(?:người|\d{1,2})\s*\)|\*+)\s*$")


_HUMP = pattern("(?<=[a-z])(?=[A-Z])")


def heading_key(heading: str) -> str:
    """What headings are compared by: capitals, spacing, the place of tones and a note do not matter."""
    folded = fold(heading)
    return _NOTE.sub("", folded) if folded.endswith((")", "*")) else folded


class Wordings(Struct, frozen=True):
    """Headings by their folded wording; `own` are the user's and come before those of the program."""

    own: Mapping[str, str]
    blocs: Blocs = BLOCS
    """Those whose columns the run's frame gives a meaning."""
    words: OwnWords = ()
    """The user's own words inside headings."""
    known_year: int = KNOWN_YEAR
    """Figures of a later year are foreseen, unless their heading says that they are there."""
    known: dict[tuple[object, ...], tuple[str | None, ...]] = field(default_factory=dict)
    """What has been answered: a heading is asked about again and again."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column a heading may mean."""
        return (*map(str, self.blocs), *ALIASES)

    def headings_of(self, column: str) -> tuple[str, ...]:
        """The headings that mean this column for certain, the plainest first."""
        bloc = next((bloc for bloc in self.blocs if bloc == column), None)
        headings = ALIASES[column] if bloc is None else bloc.headings
        return tuple(heading for heading in headings if self.column_of(heading) == column)

    def of_blocs(self, blocs: Blocs) -> Wordings:
        """The same, with the headings of these blocs."""
        same = _headings_by_bloc(blocs) == _headings_by_bloc(self.blocs)
        return self if same else Wordings(self.own, blocs, self.words, self.known_year)

    def with_words(self, words: OwnWords) -> Wordings:
        """The same, with the user's own words inside headings."""
        return Wordings(self.own, self.blocs, words, self.known_year)

    def with_own(self, own: Mapping[str, str]) -> Wordings:
        """The same, with these headings as the user's own."""
        return Wordings(own, self.blocs, self.words, self.known_year)

    def known_to(self, year: int) -> Wordings:
        """The same, where figures up to this year may be there: never fewer than up to `KNOWN_YEAR`."""
        return self if year <= self.known_year else Wordings(self.own, self.blocs, self.words, year)

    def role_of(self, heading: str) -> Role:
        """What the words of a heading say."""
        return role_of(heading, self.words, self.known_year)

    def column_of(self, heading: str) -> str | None:
        """The column a heading means by itself; None where it means none, or not for certain."""
        return self.columns_of((heading,))[0]

    def columns_of(
        self,
        header: tuple[str, ...],
        *,
        granting: bool = False,
        foretelling: bool = False,
        partial: bool = False,
        of_group: bool = False,
    ) -> tuple[str | None, ...]:
        """The column that each heading of a table means; None where it means none, or not for certain.

        The staff of a bloc is what is said to be present. A bloc's name alone means its staff only where no
        other column of the bloc says what it counts, and the table's title does not grant posts (`granting`).
        Where the title foretells residents (`foretelling`), or a column says that they are there now, only
        those said to be there are residents. Where it counts some of the staff (`partial`), only what the
        user's file says is staff. Where it is about a group of people (`of_group`), only those called
        residents are.
        """
        key = (header, granting, foretelling, partial, of_group)
        if key not in self.known:
            alone = [self._alone(heading) for heading in header]
            settled = _settled(alone, self.blocs, granting=granting)
            found = tuple(
                column or (None if self.is_own(heading) else _as_programs_write(heading, settled))
                for heading, column in zip(header, settled, strict=True)
            )
            found = _wholes(header, found, self.blocs, self.is_own)
            roles = [
                self.role_of(heading)
                for heading, column in zip(header, found, strict=True)
                if column == "population"
            ]
            foretelling = foretelling or any(role.measure is Measure.PRESENT for role in roles)
            self.known[key] = tuple(
                None
                if (foretelling and column == "population" and self._may_be_foretold(heading))
                or (of_group and column == "population" and self._may_be_of_group(heading))
                or (partial and column in (*self.blocs, "in_post") and not self.is_own(heading))
                else column
                for heading, column in zip(header, found, strict=True)
            )
        return self.known[key]

    def _own_of(self, key: str) -> str | None:
        """What the user's file says of a heading: as it is written there, else but for its date."""
        if key in self.own or not self.own:
            return self.own.get(key)
        bare = undated(key)
        said = {column for own, column in self.own.items() if undated(own) == bare != own}
        return said.pop() if len(said) == 1 and bare != key else None

    def _has_own_word(self, key: str) -> bool:
        return any(phrase in key for phrase, _ in self.words)

    def _may_be_foretold(self, heading: str) -> bool:
        """Whether nothing says that the figures under the heading are there now."""
        return not self.is_own(heading) and self.role_of(heading).measure is not Measure.PRESENT

    def _may_be_of_group(self, heading: str) -> bool:
        """Whether nothing says that the figures under the heading are of all residents."""
        return not self.is_own(heading) and not says_residents(heading)

    def is_own(self, heading: str) -> bool:
        """Whether the user's files say something of the heading."""
        key = heading_key(heading)
        return self._own_of(key) is not None or self._has_own_word(key)

    def _alone(self, heading: str) -> tuple[str | None, Measure | None]:
        """The column a heading means by itself, and what it counts there if it says so."""
        key = heading_key(heading)
        found = self._own_of(key)
        if found is not None:
            return (None if found == IGNORED else found), Measure.PRESENT
        shipped = _shipped(_headings_by_bloc(self.blocs))
        is_whole = BETWEEN not in heading and not self._has_own_word(key)
        column = (shipped.get(key) or _said_twice(heading, shipped)) if is_whole else None
        column = "full_name" if column is None and key.startswith(_OF_PEOPLE) else column
        if column is not None:
            return column, None
        heading, unit = unit_at_end(heading)
        if unit is not None:
            key = heading_key(heading)
        column = shipped.get(key) if is_whole else None
        meant = (column, None) if column is not None else self._by_path(heading, shipped)
        of = PEOPLE if meant[0] in (*self.blocs, "in_post") else _MEASURES.get(meant[0] or "")
        is_of_others = unit is not None and of is not None and unit.of != of
        return (None, None) if is_of_others else meant

    def _by_path(self, heading: str, shipped: Mapping[str, str]) -> tuple[str | None, Measure | None]:
        """The column that the lowest row of a heading means, or all its words together."""
        role = self.role_of(heading)
        lowest = heading_key(heading.rsplit(BETWEEN, 1)[-1])
        if (own := self.own.get(lowest)) == IGNORED:
            return None, Measure.PRESENT
        column = own or (None if self._has_own_word(lowest) else shipped.get(lowest))
        if role.bloc is None and column is not None and column not in _BY_ROLE:
            return column, None
        meant = _by_role(role)
        # under a group of no bloc, who is present is of all blocs together
        return (None, None) if meant[0] == "in_post" and BETWEEN in heading else meant


_TWO_WORDINGS = pattern(r"([^/()]+?)\s*(?:/\s*([^/()]+)|\(\s*([^/()]+?)\s*\))")


def _said_twice(heading: str, shipped: Mapping[str, str]) -> str | None:
    """The column of a heading in two languages: "Dân số/Population", "Dân số (Population)"."""
    found = _TWO_WORDINGS.fullmatch(" ".join(heading.split()))
    if found is None:
        return None
    first, second = (shipped.get(heading_key(word)) for word in (found[1], found[2] or found[3]))
    return first if first == second else None


def _by_role(role: Role) -> tuple[str | None, Measure | None]:
    """The column that a heading's words mean where they are all understood."""
    if not role.is_plain:
        return None, None
    if role.blocs:
        return (None, None) if role.things else (role.bloc, role.measure)
    if role.measure not in (None, Measure.PRESENT):
        return None, None
    if role.things:
        return (role.thing if role.thing in _THINGS else None), None
    return ("in_post" if role.measure is Measure.PRESENT else None), None


_BY_ROLE = frozenset(("population", "in_post"))
"""Columns of figures that a group above may change: there the whole path counts."""
_THINGS = frozenset(("population", "name", "code", "type", "province"))


def _settled(
    alone: Sequence[tuple[str | None, Measure | None]], blocs: Blocs, *, granting: bool
) -> tuple[str | None, ...]:
    """The columns, each bloc's staff settled among all columns that name the bloc."""
    said: dict[str, set[Measure | None]] = {}
    for column, measure in alone:
        if column is not None and column in blocs:
            said.setdefault(column, set()).add(measure)

    def settled(column: str | None, measure: Measure | None) -> str | None:
        if column is None or column not in blocs or measure is Measure.PRESENT:
            return column
        is_alone = said[column] == {None} and not granting
        return column if measure is None and is_alone else None

    return tuple(settled(column, measure) for column, measure in alone)


_TOTALS = frozenset(map(fold, ("tổng", "tổng số", "tổng cộng", "cộng", "total")))


def _wholes(
    header: Sequence[str], columns: Sequence[str | None], blocs: Blocs, is_own: Callable[[str], bool]
) -> tuple[str | None, ...]:
    """The columns, without what is named beside the total of a bloc's group: MTTQ, Đoàn thể beside Tổng."""
    found = list(columns)
    for bloc in blocs:
        parted = {at: header[at].rpartition(BETWEEN) for at, column in enumerate(columns) if column == bloc}
        totals = [group for group, _, lowest in parted.values() if fold(lowest) in _TOTALS]
        for at, (group, _, lowest) in parted.items():
            if totals == [group] and blocs_named(lowest) and not is_own(header[at]):
                found[at] = None
    return tuple(found)


HeadingsByBloc = tuple[tuple[str, tuple[str, ...]], ...]


def _headings_by_bloc(blocs: Blocs) -> HeadingsByBloc:
    """What two frames' blocs of the same keys may still differ in."""
    return tuple([(str(bloc), bloc.headings) for bloc in blocs])


@cache
def _shipped(blocs: HeadingsByBloc) -> dict[str, str]:
    found = {heading_key(heading): bloc for bloc, headings in blocs for heading in headings}
    return found | {heading_key(alias): column for column, aliases in ALIASES.items() for alias in aliases}


def _as_programs_write(heading: str, taken: Sequence[str | None]) -> str | None:
    """What `tenXa`, `TEN_XA` or `ten xa` means: several words without accents, where no other column is it.

    A single word is too little: `so` may be a number (số) or a department (sở).
    """
    if not heading.isascii():
        return None
    spaced = " ".join(_HUMP.sub(" ", heading).replace("_", " ").split()).casefold()
    column = _plain().get(spaced) if " " in spaced else None
    return None if column in taken else column


@cache
def _plain() -> dict[str, str | None]:
    """Each wording of several words without its accents; None where two columns have the same."""
    found: dict[str, str | None] = {}
    for column, aliases in ALIASES.items():
        for alias in aliases:
            plain = without_accents(heading_key(alias)).replace(",", " ").replace("/", " ")
            spaced = " ".join(plain.split())
            found[spaced] = column if found.get(spaced, column) == column else None
    return found


DEFAULT = Wordings({})
