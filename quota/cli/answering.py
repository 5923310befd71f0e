"""Write a command's answer, and say on stderr what is worth knowing of the input and is not in it."""

from __future__ import annotations

from collections.abc import Iterable

from quota.cli.options import FormatOption, OutputFile
from quota.cli.reading import Reading
from quota.core.problems import BEWARE, Problem
from quota.core.results import Unsettled
from quota.core.text import count
from quota.render.kit.output import Output, mention
from quota.render.kit.rendering import Format, Rendering


class Handling(Reading, frozen=True):
    """How the tables given are to be read, and in which form and where the answer is written."""

    form: FormatOption = None
    output: OutputFile = None

    def out(self) -> Output:
        """Where the answer goes, and in which form."""
        return Output(self.form, self.output)

    def answer(
        self, rendering: Rendering, problems: Iterable[Problem], unsettled: Unsettled | None = None
    ) -> None:
        """Write the answer, then say the problems, and what hangs on what is unknown."""
        out = self.out()
        out.write(rendering)
        tell(problems, out, verbose=self.verbose)
        tell_unsettled(unsettled, out)


AS_USUAL = Handling()


def tell(problems: Iterable[Problem], output: Output, *, verbose: bool = False) -> None:
    """Say on stderr what is worth knowing of the input and is not in the output already."""
    shown_above = output.path is None and output.format in (Format.TABLE, Format.MARKDOWN)
    told = [problem for problem in problems if not (shown_above and problem.code in BEWARE)]
    if not told:
        return
    from quota.render.kit.problems import problem_lines  # of most tables nothing is said

    for line in problem_lines(told, verbose=verbose):
        mention(line)


def tell_unsettled(found: Unsettled | None, output: Output) -> None:
    """Say on stderr what hangs on what is unknown, where the rows of a CSV file have no place for it."""
    if found is not None and output.format is Format.CSV:
        from quota.render.audit.unsettled import settle_line, unsettled_lines

        for line in (*unsettled_lines(found), *settle_line(found)):
            mention(line)


def tell_not_judged(found: Unsettled | None) -> None:
    """Say on stderr how many posts `--fail-on short` could not judge: whether they are granted is unknown."""
    if found is not None and found.short:
        said = count(
            "--fail-on short could not judge {n} post: something is unknown that may grant it.",
            "--fail-on short could not judge {n} posts: something is unknown that may grant them.",
            n=found.short,
        )
        mention(said)
