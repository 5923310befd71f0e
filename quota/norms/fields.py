"""The fields of work a unit must cover: offices, their fields, and on whose word.

Nothing here says how many people a field needs: no published norm does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from quota.core.fields import FieldName, FieldsSummary
from quota.core.names import without_accents
from quota.core.text import LocalText
from quota.norms.files.rulefile import Id, RuleFile, Strict, Words


class Named(Strict):
    """A name in both languages, and the source that says so."""

    vi: Words
    en: Words
    source: Id

    @property
    def text(self) -> LocalText:
        """The name as a core value."""
        return LocalText(self.vi, self.en)


class Office(Named):
    """An office of a commune-level unit and the fields it answers for, by id."""

    fields: Annotated[dict[Id, Named], Field(min_length=1)]


class Fields(RuleFile):
    """The offices of a unit with their fields (`finance`, `health`, …), since when, on whose word."""

    kind: Literal["fields"]
    offices: Annotated[dict[Id, Office], Field(min_length=1)]

    @model_validator(mode="after")
    def _told_apart(self) -> Fields:
        """No two fields share an id or a name, in either language: a table says which by any of them."""
        seen: dict[str, FieldName] = {}
        for field in self.fields:
            for spelling in _spellings(field):
                other = seen.setdefault(spelling, field)
                if other != field:
                    raise PydanticCustomError(
                        "field_twice",
                        "two fields share a name",
                        {"name": spelling, "one": other.office, "other": field.office},
                    )
        return self

    @property
    def fields(self) -> tuple[FieldName, ...]:
        """All fields, in the order of the file."""
        return tuple(
            FieldName(field_id, field.text, office_id)
            for office_id, office in self.offices.items()
            for field_id, field in office.fields.items()
        )

    def spelled(self) -> Mapping[str, str]:
        """The id of each field by every spelling of its id and names: see `spelling`."""
        return {spelling: field.id for field in self.fields for spelling in _spellings(field)}

    def summary(self) -> FieldsSummary:
        """What every output says of these fields."""
        effective = self.effective
        return FieldsSummary(
            self.id,
            self.title.text,
            self.status,
            effective.from_,
            effective.to,
            self.fields,
            self.citations(),
            self.files,
        )


def spelling(text: str) -> str:
    """The form in which field names are compared: "Tài chính", "tai chinh" and "TÀI CHÍNH" are one."""
    return " ".join(without_accents(text).split())


def _spellings(field: FieldName) -> Iterable[str]:
    return {spelling(field.id), spelling(field.name.vi), spelling(field.name.en)}
