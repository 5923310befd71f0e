"""Rows of CSV that are taken all at once are those that a look at each row gives."""

from __future__ import annotations

import os
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.tables.files import csv_rows
from quota.tables.files.csv_rows import csv_sheet
from quota.tables.files.sheets import NotATableError

CELLS = st.sampled_from(
    [
        *("00004", "Xã A", "", " ", "\u00a0", "'", "'=1", "x'y", "=1", '"', '""', '"a"', '"\'=1"', '"a,b"'),
        *('"a\nb"', '"a\n1,2\n3,4"', "\r", "\n", "\x00", "\x85", "a;b", "x" * 9),
    ]
)
TEXTS = st.builds(
    lambda rows, end, last: end.join([",".join(row) for row in rows]) + last,
    st.lists(st.lists(CELLS, max_size=4), max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\n", "\n\n", " "]),
)
BOUNDS = [{}, *({f"QUOTA_MAX_{name}": "3"} for name in ("ROWS", "COLUMNS", "CELLS", "CELL_CHARACTERS"))]


@pytest.mark.parametrize("bounds", BOUNDS, ids=lambda bounds: next(iter(bounds), "none"))
@given(text=TEXTS)
def test_what_is_taken_at_once_is_what_a_closer_look_takes(bounds: dict[str, str], text: str) -> None:
    with mock.patch.dict(os.environ, bounds):
        at_once = csv_rows._plain_records(text, ",", 0)
        try:
            one_by_one = csv_rows._looked_at(text, ",", 0)
        except NotATableError:
            assert at_once is None
            return
        if at_once is not None:
            found = [(row.number, *row.cells) for row in at_once]
            assert found == [(row.number, *row.cells) for row in one_by_one]


@pytest.mark.parametrize(
    ("text", "at_once"),
    [
        ("code,name\n1,Xã A\n", True),
        ('code,name\n1,"Xã A"\n', True),
        ("code,name\n1,Xã Ea H'Leo\n\n", True),
        ("code,name\n1,'=A\n", False),
        ("'code,name\n1,A\n", False),
        ('code,name\n1,"Xã\nA"\n', False),
        ('code,name\n1,"Xã A\n', False),
    ],
)
def test_nearly_every_table_is_taken_at_once(text: str, at_once: bool) -> None:
    assert (csv_rows._plain_records(text, ",", 0) is not None) is at_once


def test_a_large_text_is_looked_at_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "_AT_ONCE", 20)
    text = "code,name\n1,Xã A\n2,Xã B\n"
    assert csv_rows._plain_records(text, ",", 0) is None
    assert [row.number for row in csv_sheet(text).rows] == [1, 2, 3]
