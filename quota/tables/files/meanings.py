"""The column that each heading of a form means to its reader, those of assigned posts among them."""

from __future__ import annotations

from collections.abc import Sequence

from quota.tables.files.form import Form
from quota.tables.files.roles import Measure, assigned_blocs, assigned_key
from quota.tables.files.wordings import Wordings

POSTS = "posts"
"""Wanted by a reader of posts that no bloc has, as departments' are: any heading of posts is read then."""
Meanings = Sequence[str | None]


def meanings(form: Form, wordings: Wordings, wanted: Sequence[str]) -> Meanings:
    """For each heading the column that it means; None where it is not read.

    A bloc's assigned posts are under `assigned_key`; where `POSTS` are wanted, other posts under that.
    """
    columns = wordings.columns_of(form.header, granting=form.granting)
    blocs = assigned_blocs(
        form.header, columns, wordings.blocs, wordings.words, granting=form.granting, titled=form.titled
    )
    found = [
        column if bloc is None else assigned_key(bloc) for column, bloc in zip(columns, blocs, strict=True)
    ]
    if POSTS not in wanted:
        return found
    return [
        POSTS if column is None and _is_of_posts(heading, wordings) else column
        for column, heading in zip(found, form.header, strict=True)
    ]


def _is_of_posts(heading: str, wordings: Wordings) -> bool:
    return wordings.role_of(heading).measure in (Measure.ASSIGNED, Measure.PRESENT)
