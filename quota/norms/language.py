"""What a frame may say of a bloc's grant: where it starts, what is added, when, and between which ends.

Nothing has a silent default that changes a number. A grant is the start, then increments, then
supplements; percentages are taken of that sum; then it is rounded, where there are fractions, and held
between `least` and `most`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from quota.core.posts import Posts
from quota.core.text import say
from quota.core.units import ProvinceClass, UnitType
from quota.norms.arithmetic.rounding import Rounding
from quota.norms.files.rulefile import Count, Id, Pair, Positive, Strict, complaint

Part = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,3}/[1-9][0-9]{0,3}$")]
"""An exact fraction: 1/2."""
Signed = Annotated[int, Field(ge=-10_000, le=10_000)]
Way = Annotated[Rounding, Field(strict=False)]
Kind = Annotated[UnitType, Field(strict=False)]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
ColumnName = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^\S(.*\S)?$")]


def _has_keys(value: object) -> str:
    return "keys" if isinstance(value, dict | BaseModel) else "plain"


def _is_list(value: object) -> str:
    return "list" if isinstance(value, list | tuple) else "plain"


# Which of two shapes a value has is seen before it is judged: it is judged once, and named by its place.
KEYS, LIST, PLAIN = Tag("keys"), Tag("list"), Tag("plain")
BY_KEYS, BY_LIST = Discriminator(_has_keys), Discriminator(_is_list)
OneOrMore = Name | Annotated[tuple[Name, ...], Field(strict=False, min_length=1)]

RESIDENTS, AREA, SHARE = "residents", "area_km2", "minority_percent"
OWN_NUMBERS = (RESIDENTS, AREA, SHARE)
"""The numbers of a unit that have a name of their own; any other column is asked for by its heading."""
E = TypeVar("E")


def _signed_low_first(pair: tuple[int, int]) -> tuple[int, int]:
    low, high = pair
    if low > high:
        raise PydanticCustomError("low_above_high", "low above high", {"low": low, "high": high})
    return pair


SignedPair = Annotated[tuple[Signed, Signed], Field(strict=False), AfterValidator(_signed_low_first)]


class Between(Strict):
    """A number's bounds: `from` and `to` are included, `above` and `below` are not."""

    from_: Count | None = Field(default=None, alias="from")
    above: Count | None = None
    to: Count | None = None
    below: Count | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Between:
        lower = [bound for bound in (self.from_, self.above) if bound is not None]
        upper = [bound for bound in (self.to, self.below) if bound is not None]
        if not lower + upper or len(lower) > 1 or len(upper) > 1:
            message = say("a condition on a number without a bound, or with two at one end")
            fix = say("write from: or above: for its lower end, to: or below: for its upper end")
            raise complaint("bounds", message, fix)
        if lower and upper and lower[0] > upper[0]:
            message = say(
                "the lower bound, {low}, is above the upper one, {high}", low=lower[0], high=upper[0]
            )
            raise complaint("bounds", message, say("write the smaller number first"))
        return self


Asked = Annotated[Annotated[OneOrMore, PLAIN] | Annotated[Between, KEYS], BY_KEYS]


class When(Strict):
    """When something holds: all that is said here. A list of words holds where any of them does."""

    type: Kind | Annotated[tuple[Kind, ...], Field(strict=False, min_length=1)] | None = None
    unit: OneOrMore | None = None
    province: OneOrMore | None = None
    province_class: (
        Annotated[ProvinceClass, Field(strict=False)]
        | Annotated[
            tuple[Annotated[ProvinceClass, Field(strict=False)], ...], Field(strict=False, min_length=1)
        ]
        | None
    ) = None
    unit_class: (
        Literal["I", "II", "III"]
        | Annotated[tuple[Literal["I", "II", "III"], ...], Field(strict=False, min_length=1)]
        | None
    ) = None
    mountain: bool | None = None
    highland: bool | None = None
    island: bool | None = None
    border: bool | None = None
    minority_percent: Between | None = None
    residents: Between | None = None
    area_km2: Between | None = None
    columns: dict[ColumnName, Asked] | None = None
    any: Annotated[tuple[When, ...], Field(strict=False, min_length=1)] | None = None
    not_: When | None = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _says_something(self) -> When:
        if all(getattr(self, name) is None for name in type(self).model_fields):
            message = say("a condition that asks nothing")
            raise complaint("no-condition", message, say("say when it holds, or remove when:"))
        return self


class Share(Strict):
    """A part of one of the frame's standards, different from unit to unit."""

    share: Literal[1] | Part
    of: Id

    @property
    def part(self) -> Fraction:
        """The part as an exact fraction."""
        return Fraction(self.share)


Size = Annotated[Annotated[Positive, PLAIN] | Annotated[Share, KEYS], BY_KEYS]


class Increment(Strict):
    """`posts` more for every `per_residents` residents above `above`, up to `up_to`, counted by `rounding`.

    Another column is counted with `counts` and `per`. A step may be a share of a standard, and `above` name
    one. A range of `posts` adds its ends to the ends of the grant. `rounding: none` leaves part of a step a
    fraction, which the bloc's `rounding` settles. `most` is the most posts it brings.
    """

    posts: Count | Pair | Part
    per_residents: Size | None = None
    counts: ColumnName | None = None
    per: Size | None = None
    above: Count | Id
    up_to: Positive | None = None
    rounding: Way | Literal["none"]
    when: When | None = None
    most: Count | None = None
    source: Id | None = None

    @model_validator(mode="after")
    def _counts_one_thing(self) -> Increment:
        if (self.per_residents is None) == (self.per is None) or (self.per is None) != (self.counts is None):
            message = say("an increment counts residents or one other column")
            fix = say("write per_residents:, or counts: with the column and per: with the size of a step")
            raise complaint("counts", message, fix)
        if self.counts == RESIDENTS:
            raise complaint("counts", say("residents have a key of their own"), say("write per_residents:"))
        if self.up_to is not None and isinstance(self.above, int) and self.up_to <= self.above:
            message = say("counted above {above} up to {up_to}: nothing", above=self.above, up_to=self.up_to)
            raise complaint("empty-tier", message, say("write an up_to: that is larger than above:"))
        if self.rounding == "none" and isinstance(self.size, Share):
            message = say("part of a step of a standard is not counted exactly")
            raise complaint("exact-share", message, say("write rounding: down, up or nearest"))
        return self

    @property
    def size(self) -> int | Share:
        """How large a step is."""
        return self.per_residents or self.per or 1

    @property
    def column(self) -> str:
        """What it counts."""
        return self.counts or RESIDENTS

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """What each end of the grant gains a step."""
        return ends_of(self.posts)


class Supplement(Strict):
    """`posts` more (below 0: fewer), or `percent` of what is given in posts, where it holds."""

    posts: Signed | SignedPair | Part | None = None
    percent: Annotated[int, Field(ge=-100, le=1_000)] | None = None
    when: When | None = None
    source: Id | None = None

    @model_validator(mode="after")
    def _one_amount(self) -> Supplement:
        if (self.posts is None) == (self.percent is None):
            message = say("has both posts and percent, or neither")
            raise complaint("posts-or-percent", message, say("give posts: or percent:"))
        return self

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """What each end of the grant gains; nothing, where it is a percentage."""
        return ends_of(self.posts or 0)


class Bands(Strict):
    """A start by bands of a number: rows of [from, to, posts], both bounds included, the last without `to`.

    A row of four gives a range: [from, to, low, high]. Bands of residents follow each other by one; of
    another column each begins where the last ended, and a unit exactly there belongs to the lower one.
    """

    of: ColumnName
    rows: Annotated[
        tuple[Annotated[tuple[Count | None, ...], Field(strict=False, min_length=3, max_length=4)], ...],
        Field(strict=False, min_length=2),
    ]

    @model_validator(mode="after")
    def _without_gaps(self) -> Bands:
        step = 1 if self.of == RESIDENTS else 0
        expected = 0
        for number, row in enumerate(self.rows, start=1):
            first, last, *posts = row
            final = number == len(self.rows)
            if first is None or None in posts or (last is None) != final:
                message = say("band {n} lacks a bound or its posts", n=number)
                fix = say("write [from, to, posts]; the last band alone has null for to")
                raise complaint("band", message, fix, ("rows", number - 1))
            if first != expected:
                message = say(
                    "band {n} begins at {first}: {expected} is in no band",
                    n=number,
                    first=first,
                    expected=expected,
                )
                if first < expected:
                    message = say(
                        "band {n} begins at {first}, inside the band before it", n=number, first=first
                    )
                fix = say("begin it at {expected}", expected=expected)
                raise complaint("bands", message, fix, ("rows", number - 1, 0))
            if last is not None and last < first + (1 - step):
                message = say("band {n} ends at {last}, before it begins", n=number, last=last)
                raise complaint(
                    "band", message, say("write the smaller number first"), ("rows", number - 1, 1)
                )
            if len(posts) == 2 and (posts[0] or 0) > (posts[1] or 0):
                ends = {"low": posts[0], "high": posts[1], "at": ("rows", number - 1)}
                raise PydanticCustomError("low_above_high", "low above high", ends)
            expected = 0 if last is None else last + step
        return self

    def starts(self) -> list[tuple[int | None, Posts]]:
        """Each band's last number (None: no end) and its posts."""
        return [(last, Posts(posts[0] or 0, posts[-1] or 0)) for _, last, *posts in self.rows]


class Case(Strict):
    """A start for the units for which `when` holds; without it, for all that no case before it is for."""

    when: When | None = None
    base: Count | None = None
    range: Pair | None = None
    source: Id | None = None

    @model_validator(mode="after")
    def _one_base(self) -> Case:
        if (self.base is None) == (self.range is None):
            raise PydanticCustomError("base_or_range", "needs either base or range", {})
        return self

    @property
    def start(self) -> Posts:
        """The posts of this case."""
        return Posts(*self.range) if self.range is not None else Posts.exactly(self.base or 0)


class StandardCase(Strict):
    """The standard's figure for the units for which `when` holds; without it, for all others."""

    when: When | None = None
    figure: Positive
    source: Id | None = None


class Standard(Strict):
    """A figure that differs from unit to unit (the standard residents of a ward), to count increments by."""

    cases: Annotated[tuple[StandardCase, ...], Field(strict=False, min_length=1)]
    source: Id

    @model_validator(mode="after")
    def _complete(self) -> Standard:
        complete(self.cases)
        return self


class ByType(Strict):
    """A number by type of unit; a type left out has none."""

    commune: Count | None = None
    ward: Count | None = None
    special_zone: Count | None = None

    def of(self, unit_type: UnitType) -> int | None:
        """The number of this type."""
        found: int | None = getattr(self, unit_type.value)
        return found


Bound = Annotated[Annotated[Count, PLAIN] | Annotated[ByType, KEYS], BY_KEYS]


class Bounds(Strict):
    """A floor and a ceiling, the same for all types or by type."""

    least: Bound | None = None
    most: Bound | None = None

    @model_validator(mode="after")
    def _apart(self) -> Bounds:
        for unit_type in UnitType:
            least, most = bound(self.least, unit_type), bound(self.most, unit_type)
            if least is not None and most is not None and least > most:
                message = say("at least {least} and at most {most}", least=least, most=most)
                fix = say("write a ceiling that is not under the floor")
                raise complaint("bounds", message, fix, bound_at(self.most, "most", unit_type))
        return self


Increments = Annotated[
    Annotated[Increment, PLAIN] | Annotated[tuple[Increment, ...], Field(strict=False, min_length=1), LIST],
    BY_LIST,
]
Supplements = Annotated[
    Annotated[Supplement, PLAIN] | Annotated[tuple[Supplement, ...], Field(strict=False, min_length=1), LIST],
    BY_LIST,
]


class BlocRule(Bounds):
    """What one bloc is granted: one start (`base`, `range`, `bands` or `cases`), and what is added to it."""

    base: Count | None = None
    range: Pair | None = None
    bands: Bands | None = None
    cases: Annotated[tuple[Case, ...], Field(strict=False, min_length=1)] | None = None
    increment: Increments | None = None
    supplement: Supplements | None = None
    rounding: Way | None = None
    source: Id

    @model_validator(mode="after")
    def _one_start(self) -> BlocRule:
        starts = [found for found in (self.base, self.range, self.bands, self.cases) if found is not None]
        if len(starts) != 1:
            raise PydanticCustomError("base_or_range", "needs one start", {})
        if self.cases is not None:
            complete(self.cases)
        return self

    @model_validator(mode="after")
    def _ceiling_over_the_start(self) -> BlocRule:
        start = min(posts.low for posts in self._starts())
        for unit_type in UnitType:
            most = bound(self.most, unit_type)
            if most is not None and most < start:
                message = say(
                    "the ceiling of {most} is under the {start} it starts from", most=most, start=start
                )
                fix = say("raise most:, or lower the start")
                raise complaint("ceiling-under-start", message, fix, bound_at(self.most, "most", unit_type))
        return self

    def _starts(self) -> list[Posts]:
        """Every start that some unit may have."""
        if self.bands is not None:
            return [posts for _, posts in self.bands.starts()]
        return [self.start] if self.cases is None else [case.start for case in self.cases]

    @model_validator(mode="after")
    def _rounds_what_is_no_whole(self) -> BlocRule:
        if self.is_exact and self.rounding is None:
            message = say("halves or percentages, and nothing says how they are rounded")
            raise complaint("no-rounding", message, say("add rounding: down, up or nearest to the bloc"))
        if not self.is_exact and self.rounding is not None:
            message = say("a rounding where there is nothing to round")
            raise complaint("idle-rounding", message, say("remove it; an increment has its own"))
        return self

    @property
    def increments(self) -> tuple[Increment, ...]:
        """All increments, in order."""
        return _listed(self.increment)

    @property
    def supplements(self) -> tuple[Supplement, ...]:
        """All supplements, in order."""
        return _listed(self.supplement)

    @property
    def is_exact(self) -> bool:
        """Whether fractions of posts may occur before the rounding at the end."""
        return (
            any(entry.rounding == "none" for entry in self.increments)
            or any(entry.percent is not None for entry in self.supplements)
            or any(end.denominator > 1 for entry in self.increments for end in entry.ends)
            or any(end.denominator > 1 for entry in self.supplements for end in entry.ends)
        )

    @property
    def start(self) -> Posts:
        """Posts before anything is added, where they are the same for all units: `base` or `range`."""
        if self.range is not None:
            return Posts(*self.range)
        return Posts.exactly(self.base or 0)


def bound(said: int | ByType | None, unit_type: UnitType) -> int | None:
    """A floor or ceiling for a type; None where there is none."""
    return said.of(unit_type) if isinstance(said, ByType) else said


def bound_at(said: int | ByType | None, key: str, unit_type: UnitType) -> tuple[str | int, ...]:
    """Where a bloc's rule says the floor or ceiling of a type."""
    return (key, unit_type.value) if isinstance(said, ByType) else (key,)


def ends_of(posts: int | tuple[int, int] | str) -> tuple[Fraction, Fraction]:
    """What an amount of posts adds to the low and to the high end."""
    if isinstance(posts, tuple):
        return Fraction(posts[0]), Fraction(posts[1])
    return Fraction(posts), Fraction(posts)


def complete(cases: Sequence[Case | StandardCase]) -> None:
    """Refuse cases that some unit fits none of, or that no unit can reach."""
    for case in cases[:-1]:
        if case.when is None:
            message = say("a case after the one that is for all the others")
            raise complaint("unreachable-case", message, say("put the case without when: last"))
    if cases[-1].when is not None:
        message = say("no case for a unit that none of these is for")
        raise complaint("incomplete", message, say("end with a case without when:"))


def _listed(entry: E | tuple[E, ...] | None) -> tuple[E, ...]:
    if entry is None:
        return ()
    return entry if isinstance(entry, tuple) else (entry,)
