"""Positions and states on a terminal: two lines of headings, as many tables as the width asks for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rich.cells import cell_len
from rich.console import RenderableType

from quota.core.blocs import Bloc
from quota.core.results import AuditReport
from quota.core.text import say
from quota.render.audit.states import TITLE, groups_of, state_rows
from quota.render.kit.terminal import Pieces, fitting, lines_of_pieces, padded, wrapped
from quota.render.kit.words import words

_LEAST_NAME = 14


def states_terminal(report: AuditReport, width: int, bloc: Bloc | None) -> Iterator[RenderableType]:
    """A title, then a row a unit and their sum: figures of `bloc`, or of all blocs together."""
    groups = groups_of(report)
    _, rows = state_rows(report, bloc)
    names, cells = [row[0] for row in rows], [row[1:] for row in rows]
    captions = [words(figure.caption) for group in groups for figure in group.figures]
    widths = [max(len(caption), *(len(row[at]) for row in cells)) for at, caption in enumerate(captions)]
    ends = [sum(len(group.figures) for group in groups[:place]) for place in range(len(groups) + 1)]
    titles = [words(group.heading) if group.heading is not None else "" for group in groups]
    for title, (first, last) in zip(titles, pairwise(ends), strict=True):
        widths[first] += max(len(title) - sum(widths[first:last]) - (last - first - 1), 0)
    whose = words(bloc.name) if bloc is not None else words(say("all blocs"))
    yield lines_of_pieces([[(f"{words(TITLE)} ({whose})", "bold")]], fits=True)
    longest = max(map(cell_len, names))
    room = max(min(longest, max(width - sum(widths) - len(widths), 18)), _LEAST_NAME)
    by_group = [widths[first:last] for first, last in pairwise(ends)]
    for table in fitting(by_group, room, width):
        places = [at for place in table for at in range(ends[place], ends[place + 1])]
        top = "".join(
            f" {titles[place]:<{sum(by_group[place]) + len(by_group[place]) - 1}}" for place in table
        )
        lines: list[Pieces] = [[(f"{'':{room}}{top}".rstrip(), "bold")]]
        under = " ".join(captions[at].rjust(widths[at]) for at in places)
        lines.append([(f"{'':{room}} {under}", "bold")])
        for name, row in zip(names, cells, strict=True):
            called_so, *more = wrapped(name, room)
            figures = " ".join(row[at].rjust(widths[at]) for at in places)
            lines.append([(f"{padded(called_so, room)} {figures}", "")])
            lines += [[(line, "")] for line in more]
        needed = room + sum(widths[at] + 1 for at in places)
        yield lines_of_pieces(lines, fits=needed <= width)
