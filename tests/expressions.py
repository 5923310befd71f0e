"""Conditions of frames, drawn: parts in parts, of the leaves that a test gives."""

from __future__ import annotations

from hypothesis import strategies as st

from quota.norms.arithmetic.expression import Both, Condition, Either, Not

Conditions = st.SearchStrategy[Condition]


def conditions(leaves: Conditions, depth: int = 2) -> Conditions:
    """Whatever may be asked of a row, with parts in parts."""
    if depth == 0:
        return leaves
    part = conditions(leaves, depth - 1)
    return st.one_of(
        leaves,
        st.builds(Not, part),
        st.builds(Both, st.tuples(part, part)),
        st.builds(Either, st.tuples(part, part)),
    )
