"""One unit's explanation on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Styled

from quota.core.explanations import Explanation
from quota.render.kit.terminal import coloured, labelled
from quota.render.views.audit.explanation import (
    bloc_line,
    closing_pairs,
    gap_captions,
    gap_rows,
    heading_pairs,
    margin_words,
    status_lines,
    step_cells,
    unit_line,
    unknown_line,
)


def explanation_terminal(explanation: Explanation) -> RenderableType:
    """Unit and frame, the steps by bloc, the gaps, notes, other readings."""
    audited = explanation.audit
    parts: list[RenderableType] = [
        Styled(unit_line(audited), style="bold"),
        labelled(heading_pairs(explanation)),
        "",
    ]
    if audited.quota is None:
        parts += [Styled(unknown_line()), ""]
    for bloc, steps in explanation.steps.items():
        if not steps:
            continue
        table = _bare(header=False)
        table.add_column()
        table.add_column(style="dim", overflow="fold")
        table.add_column(overflow="fold")
        table.add_column(style="dim", overflow="fold")
        for step in steps:
            what, arithmetic, rule = step_cells(step, steps)
            table.add_row("", Styled(what), Styled(arithmetic), Styled(rule))
        parts += [Styled(bloc_line(bloc, steps), style="bold"), table]
        parts += [
            Styled(f"  {line}")
            for line in margin_words(explanation.margins[bloc], audited.unit.population or 0)
        ]
        parts.append("")
    gaps = _bare()
    first, *captions = gap_captions(audited)
    gaps.add_column(first)
    for caption in captions:
        gaps.add_column(caption, justify="right", no_wrap=True)
    for bloc_name, *figures in gap_rows(audited):
        gaps.add_row(bloc_name, *map(coloured, figures))
    parts += [gaps, *map(Styled, status_lines(audited)), ""]
    closing = closing_pairs(explanation)
    if closing:
        parts.append(labelled(closing))
    return Group(*parts)


def _bare(*, header: bool = True) -> Table:
    return Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold", show_header=header)
