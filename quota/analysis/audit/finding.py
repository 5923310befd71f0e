"""Finding a unit by what someone typed: its code, or its name with or without accents and type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from operator import eq

from quota.core.names import fold, spelled_out, with_plain_i, without_accents, without_prefix
from quota.core.problems import InputError, Problem, Severity
from quota.core.text import count, say
from quota.core.units import Unit

_LENGTH = 5
"""An official code has five digits; typed as a number it loses its zeros in front."""


def _but_for_accents(typed: str, name: str) -> bool:
    """Whether each syllable typed is the name's, or is the name's in plain letters."""
    words, syllables = typed.replace("-", " ").split(), name.replace("-", " ").split()
    return len(words) == len(syllables) and all(
        word in (syllable, without_accents(syllable)) for word, syllable in zip(words, syllables, strict=True)
    )


_READINGS: tuple[Callable[[str, str], bool], ...] = (
    eq,
    lambda typed, name: typed == without_prefix(name),
    _but_for_accents,
    lambda typed, name: _but_for_accents(typed, without_prefix(name)),
    lambda typed, name: _but_for_accents(with_plain_i(typed), with_plain_i(name)),
    lambda typed, name: _but_for_accents(with_plain_i(typed), with_plain_i(without_prefix(name))),
)
"""From the strictest spelling to the loosest. Whoever types a type means it; an accent may be left out, none
may be wrong; a final y may be an i."""


def _letters(name: str) -> str:
    """The plain letters of a name, its type whole: what any two spellings of it have in common."""
    return with_plain_i(without_accents(spelled_out(name)))


class UnitIndex:
    """Units by code and by name, for looking up many."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self._by_code = {unit.code: unit for unit in units}
        self._by_letters: dict[str, list[tuple[Unit, str]]] = {}
        """By the plain letters of the name, whole and without its type: all that any reading can fit."""
        for unit in units:
            plain = _letters(unit.name)
            for letters in {plain, without_prefix(plain)}:
                self._by_letters.setdefault(letters, []).append((unit, fold(unit.name)))

    def called(self, wanted: str) -> Sequence[Unit]:
        """The unit of this code, else the units of this name in the strictest reading that fits any."""
        if wanted.strip() in self._by_code:
            return (self._by_code[wanted.strip()],)
        typed = fold(spelled_out(wanted.strip()))
        candidates = self._by_letters.get(_letters(wanted.strip()), ())
        for fits in _READINGS:
            found = [unit for unit, name in candidates if fits(typed, name)]
            if found:
                return found
        filled = wanted.strip().zfill(_LENGTH)
        return (self._by_code[filled],) if filled.isdecimal() and filled in self._by_code else ()

    def has_letters(self, wanted: str) -> bool:
        """Whether some unit's name has these letters, whatever the accents."""
        return _letters(wanted) in self._by_letters

    def the_one(self, wanted: str) -> Unit | Problem:
        """The one unit that `wanted` means; else what is wrong: several fit, or none does."""
        found = self.called(wanted)
        return found[0] if len(found) == 1 else self.not_one(wanted, found)

    def not_one(self, wanted: str, found: Sequence[Unit]) -> Problem:
        """The problem of a name (`wanted`) that means several units, those `found`, or none."""
        return _several(wanted, found) if found else _none(wanted, self.units)


def find_unit(units: Sequence[Unit], wanted: str) -> Unit:
    """The one unit that `wanted` means. `InputError` lists the units if several fit, the nearest if none."""
    found = UnitIndex(units).the_one(wanted)
    if isinstance(found, Problem):
        raise InputError([found])
    return found


def _several(wanted: str, found: Sequence[Unit]) -> Problem:
    message = count('"{wanted}" fits {n} unit', '"{wanted}" fits {n} units', wanted=wanted, n=len(found))
    fix = say("give the code of one: {names}", names=_listed(found))
    return Problem("several-units", Severity.ERROR, message, fix, value=wanted)


def _none(wanted: str, units: Sequence[Unit]) -> Problem:
    by_key = {without_prefix(without_accents(unit.name)): unit for unit in units}
    close = get_close_matches(without_prefix(without_accents(wanted)), list(by_key), n=3)
    message = say('no unit is called or coded "{wanted}"', wanted=wanted)
    fix = say("name a unit of the table, or its code")
    if close:
        fix = say("did you mean {names}?", names=_listed([by_key[key] for key in close]))
    return Problem("unknown-unit", Severity.ERROR, message, fix, value=wanted)


def _listed(units: Sequence[Unit]) -> str:
    return "; ".join(f"{unit.code} {unit.name}" for unit in units)
