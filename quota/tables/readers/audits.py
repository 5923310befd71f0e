"""An audit that `quota audit --format json` wrote, read back: units, staff, frame id, quotas stated."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from quota.core.blocs import Bloc, ByBloc
from quota.core.names import fold, tidy
from quota.core.posts import Posts
from quota.core.problems import refusal
from quota.core.text import say
from quota.core.units import Decision, InputFile, Reserve, Unit, UnitTable, UnitType
from quota.tables.columns.numbers import Convention, convention_of
from quota.tables.files.aliases import ALIASES
from quota.tables.files.raw import NotATableError, file_bytes
from quota.tables.shipped.provinces import find_province

T = TypeVar("T")
_AREA = frozenset(fold(alias) for alias in ALIASES["area_km2"])
MOST_COUNTED = 10**14
"""More than any frame that can be written grants a unit."""
_PROVINCE = frozenset(fold(alias) for alias in ALIASES["province"])


class AuditFile(Struct, frozen=True):
    """What an audit's JSON holds. `quotas` are those it states by unit code; None where it states none."""

    frame_id: str
    as_of: date
    table: UnitTable
    quotas: Mapping[str, ByBloc[Posts] | None]


def read_audit(path: str | Path) -> AuditFile:
    """The audit in a JSON file. `InputError` where it is none, or shows only some of its units."""
    label = str(path)
    try:
        content = file_bytes(Path(path))
    except NotATableError as error:
        raise refusal(error.code, error.message, error.fix, file=label) from error
    try:
        plain = json.loads(content)
        made_up = any(problem["code"] == "illustrative" for problem in plain["problems"])
        source = InputFile(label, hashlib.sha256(content).hexdigest(), len(plain["units"]), made_up)
        shown = bool(plain.get("selection"))
        areas = _areas([unit.get("more", {}) for unit in plain["units"]])
        units = tuple(_unit(unit, area) for unit, area in zip(plain["units"], areas, strict=True))
        quotas = {str(unit["code"]): _quota(unit["quota"]) for unit in plain["units"]}
        reserves = tuple(map(_reserve, plain.get("totals", {}).get("reserves", ())))
        frame_id, as_of = str(plain["frame"]["id"]), date.fromisoformat(plain["as_of"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = say("not an audit as `quota audit --format json` writes it")
        fix = say("write one with --format json, or give a table")
        raise refusal("not-an-audit", message, fix, file=label) from error
    if shown or len(quotas) < len(units):
        message = say("does not show every unit of its table once")
        fix = say("write it again without --only and --limit")
        raise refusal("part-of-an-audit", message, fix, file=label)
    return AuditFile(frame_id, as_of, UnitTable(units, (), (source,), (), reserves), quotas)


def _unit(plain: Mapping[str, Any], area: Decimal | None) -> Unit:
    more = {str(key): str(value) for key, value in plain.get("more", {}).items()}
    return Unit(
        code=str(plain["code"]),
        name=str(plain["name"]),
        type=UnitType(plain["type"]),
        population=_count(plain["population"]),
        province=_province(more),
        area_km2=area,
        staff=_by_bloc(plain["staff"], _count),
        more=more,
        assigned=_by_bloc(plain.get("assigned") or {}, _count),
        decision=_decision(plain.get("decision")),
    )


def _decision(plain: Mapping[str, Any] | None) -> Decision | None:
    if plain is None:
        return None
    number, day = plain["number"], plain["date"]
    return Decision(
        None if number is None else str(number), None if day is None else date.fromisoformat(str(day))
    )


def _reserve(plain: Mapping[str, Any]) -> Reserve:
    province = plain["province"]
    return Reserve(None if province is None else str(province), _by_bloc(plain["posts"], _count))


def _province(more: Mapping[str, str]) -> str | None:
    text = next(
        (tidy(value) for key, value in more.items() if fold(key) in _PROVINCE and value.strip()), None
    )
    found = find_province(text) if text else None
    return found.name if found else text


def _areas(rows: Sequence[Mapping[str, Any]]) -> list[Decimal | None]:
    """The areas, as the table that was audited wrote them: with the column's own decimal mark."""
    cells = [next((str(row[key]).strip() for key in row if fold(str(key)) in _AREA), "") for row in rows]
    marked = any("," in cell or cell.count(".") > 1 for cell in cells)
    convention = convention_of(cells, whole=False) if marked else Convention(None, ".")
    return [_area(convention.plain(cell)) if cell else None for cell in cells]


def _area(plain: str | None) -> Decimal | None:
    try:
        return Decimal(plain) if plain is not None else None
    except InvalidOperation:
        return None


def _quota(plain: Mapping[str, Any] | None) -> ByBloc[Posts] | None:
    return None if plain is None else _by_bloc(plain, _posts)


def _posts(pair: Any) -> Posts:
    low, high = pair
    return Posts(_whole(low), _whole(high))


def _by_bloc(plain: Mapping[str, Any], read: Callable[[Any], T]) -> ByBloc[T]:
    """Each bloc's value as the audit states it; the sum beside them is computed anew."""
    blocs = tuple(Bloc(key) for key in plain if key != "total")
    return ByBloc.of(blocs, lambda bloc: read(plain[bloc]))


def _count(value: object) -> int | None:
    return None if value is None else _whole(value)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_COUNTED:
        raise ValueError("not a count")
    return value
