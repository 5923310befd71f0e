"""What only an office knows of a paper it hands in: its name and number, who signs, who gets it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import asdict


class Paper(Struct, frozen=True):
    """The head and foot of an administrative document; what is empty is left to be filled in.

    `superior` is the office above, `number` the number with the document's signs (123/BC-SNV), `place` and
    `day` where and when it is signed, `position` the signatory's authority and office, in lines.
    """

    superior: str = ""
    office: str = ""
    number: str = ""
    place: str = ""
    day: date | None = None
    recipients: tuple[str, ...] = ()
    position: str = ""
    signatory: str = ""

    def over(self, other: Paper) -> Paper:
        """What this says, and of what it does not say what `other` does."""
        known = {name: value for name, value in asdict(self).items() if value}
        return Paper(**{**asdict(other), **known})
