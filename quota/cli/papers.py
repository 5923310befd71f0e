"""The head and foot of a Word report, as options and as a small file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from quota.cli.grouping import Group
from quota.cli.options import a_day, option
from quota.render.report.paper import Paper


class PaperOptions(Group, frozen=True):
    """What only the office knows; an option comes before what `paper` says of the same."""

    paper: Annotated[
        Path | None,
        option(
            "--paper",
            "FILE.yaml",
            "Head and foot of the Word report: superior, office, number, place, date, recipients, "
            "position, signatory. What is not said is left as a field to fill in.",
        ),
    ] = None
    superior: Annotated[str, option("--superior", "NAME", "The superior office.", show_default=False)] = ""
    office: Annotated[str, option("--office", "NAME", "The office that reports.", show_default=False)] = ""
    number: Annotated[
        str, option("--number", "NUMBER", "The document's number: 123/BC-SNV.", show_default=False)
    ] = ""
    place: Annotated[str, option("--place", "PLACE", "Where it is signed.", show_default=False)] = ""
    signed_on: Annotated[
        # typer passes the default through as it is and parses only what is typed
        Any,
        option(
            "--signed-on",
            "DATE",
            "The day it is signed, as 2026-01-31 or 31/01/2026.",
            parser=a_day,
            show_default=False,
        ),
    ] = None
    recipient: Annotated[
        list[str] | None, option("--recipient", "NAME", "Who gets it; repeat it for several.")
    ] = None
    position: Annotated[
        str, option("--position", "WORDS", "Authority and office of who signs.", show_default=False)
    ] = ""
    signatory: Annotated[str, option("--signatory", "NAME", "Who signs.", show_default=False)] = ""

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
