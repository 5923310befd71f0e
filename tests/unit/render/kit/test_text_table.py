"""Tables of words look as rich draws them, at every width, whatever the words."""

from __future__ import annotations

import io
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text as Styled

from quota.render.kit.terminal import split_to_fit
from quota.render.kit.text_table import BESIDE, TextColumn, TextTable

_WORDS = st.one_of(
    st.sampled_from(["", "12,345", "Xã Bình An", "−9", "東京都", "a\u0301 b", " lead", "trail ", "x\ny"]),
    st.text(alphabet="ab −đ东\u00a0\u0301\n\t", max_size=30),
)


def _drawn(renderable: RenderableType, width: int) -> str:
    console = Console(
        width=width,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()


def _by_rich(columns: Sequence[TextColumn]) -> Table:
    table = Table(box=None, padding=(0, BESIDE, 0, 0), pad_edge=False, header_style="bold")
    for column in columns:
        justify = "right" if column.right else "left"
        table.add_column(column.heading, justify=justify, no_wrap=column.whole, overflow="fold")  # type: ignore[arg-type]  # one of rich's words
    for cells in zip(*(column.cells for column in columns), strict=True):
        table.add_row(*map(Styled, cells))
    return table


@st.composite
def _columns(draw: st.DrawFn) -> list[TextColumn]:
    rows = draw(st.integers(0, 4))
    cells = st.lists(_WORDS, min_size=rows, max_size=rows)
    heading = st.sampled_from(["Unit", "Residents", "of all that are", ""])
    column = st.builds(TextColumn, heading, cells, st.booleans(), st.booleans())
    return draw(st.lists(column, min_size=1, max_size=4))


@given(_columns(), st.integers(1, 70))
def test_a_table_is_drawn_as_rich_draws_it(columns: list[TextColumn], width: int) -> None:
    assert _drawn(TextTable(columns), width) == _drawn(_by_rich(columns), width)


@given(_columns(), st.integers(1, 70))
def test_it_is_as_wide_as_rich_makes_it(columns: list[TextColumn], width: int) -> None:
    console = Console(width=width)
    ours, theirs = (
        Measurement.get(console, console.options, table) for table in (TextTable(columns), _by_rich(columns))
    )
    assert ours.maximum == theirs.maximum


def test_the_parts_of_a_wide_table_repeat_what_a_row_is_called_by() -> None:
    names = [TextColumn(heading, ["a word or two"]) for heading in ("From", "To")]
    figures = [TextColumn(f"Figure {place}", ["1"], right=True, whole=True) for place in range(9)]
    wide, narrow = (split_to_fit([*names, *figures], width) for width in (60, 22))
    assert all(part[:2] == names and part[2:] for part in wide)
    assert all(part[0] == names[0] and len(part) > 1 for part in narrow)
    for parts in (wide, narrow):
        assert [column for part in parts for column in part if column.right] == figures


def test_the_last_column_needs_no_room_beside_it() -> None:
    columns = [TextColumn("Unit", ["x" * 10]), TextColumn("All", ["1" * 8], right=True, whole=True)]
    assert len(split_to_fit(columns, 20)) == 1
