"""The column that each heading of a form means to its reader, those of assigned posts among them."""

from __future__ import annotations

from collections.abc import Sequence

from quota.tables.files.form import Form, with_posts
from quota.tables.files.roles import assigned_blocs, assigned_key
from quota.tables.files.wordings import Wordings

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
    return with_posts(found, form.header, wordings, wanted)
