"""What titles and headings between rows say of all figures under them."""

from __future__ import annotations

from collections.abc import Sequence

from quota.tables.files.roles import Captioned, OwnWords, says_residents
from quota.tables.files.said.captions import Counted, counted_by
from quota.tables.files.said.titles import counts_some, foretells, grants, names_group


def captioned(titles: Sequence[str], headings: Sequence[str], own: OwnWords, known_year: int) -> Captioned:
    """What titles above a table and headings between its rows say; the `own` words come before the program's.

    A heading that speaks of a group of people makes the residents some only; a title does so where no title
    calls residents by their own word.
    """
    captions = [*titles, *headings]
    said = frozenset().union(*(counted_by(caption, own, known_year) for caption in captions))
    return Captioned(
        granting=Counted.POSTS in said or any(grants(caption, known_year) for caption in captions),
        foretelling=Counted.OTHER_RESIDENTS in said
        or any(foretells(caption, known_year) for caption in captions)
        or any(map(names_group, headings)),
        partial=Counted.SOME_STAFF in said or any(map(counts_some, captions)),
        of_group=any(map(names_group, titles)) and not any(map(says_residents, titles)),
    )
