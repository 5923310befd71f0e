"""The head and foot of a Word report, as options and as a small file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from quota.cli.grouping import Group
from quota.cli.options import a_day
from quota.render.report.paper import Paper


class PaperOptions(Group, frozen=True):
    """What only the office knows; an option comes before what `paper` says of the same."""

    paper: Annotated[
        Path | None,
        typer.Option(
            "--paper",
            metavar="FILE.yaml",
            help="Head and foot of the Word report: superior, office, number, place, date, recipients, "
            "position, signatory. What is not said is left as a field to fill in.",
        ),
    ] = None
    superior: Annotated[
        str, typer.Option("--superior", metavar="NAME", show_default=False, help="The superior office.")
    ] = ""
    office: Annotated[
        str, typer.Option("--office", metavar="NAME", show_default=False, help="The office that reports.")
    ] = ""
    number: Annotated[
        str,
        typer.Option(
            "--number", metavar="NUMBER", show_default=False, help="The document's number: 123/BC-SNV."
        ),
    ] = ""
    place: Annotated[
        str, typer.Option("--place", metavar="PLACE", show_default=False, help="Where it is signed.")
    ] = ""
    signed_on: Annotated[
        # typer passes the default through as it is and parses only what is typed
        Any,
        typer.Option(
            "--signed-on",
            metavar="DATE",
            parser=a_day,
            show_default=False,
            help="The day it is signed, as 2026-01-31 or 31/01/2026.",
        ),
    ] = None
    recipient: Annotated[
        list[str] | None,
        typer.Option("--recipient", metavar="NAME", help="Who gets it; repeat it for several."),
    ] = None
    position: Annotated[
        str,
        typer.Option(
            "--position", metavar="WORDS", show_default=False, help="Authority and office of who signs."
        ),
    ] = ""
    signatory: Annotated[
        str, typer.Option("--signatory", metavar="NAME", show_default=False, help="Who signs.")
    ] = ""

    @property
    def any_given(self) -> bool:
        """Whether anything of a paper was said."""
        return any(getattr(self, name) for name in self.__struct_fields__)

    def read(self) -> Paper:
        """The options, and what the file says beside them. `InputError` where the file is wrong."""
        given = Paper(
            self.superior,
            self.office,
            self.number,
            self.place,
            self.signed_on,
            tuple(self.recipient or ()),
            self.position,
            self.signatory,
        )
        if self.paper is None:
            return given
        from quota.cli.paper_file import load_paper  # YAML and its validation, for who has such a file

        return given.over(load_paper(self.paper))


NO_PAPER = PaperOptions()
