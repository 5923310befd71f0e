"""Keys that programs read, columns and kinds of remarks, inside the sentences that people read."""

from __future__ import annotations

from msgspec import Struct

from quota.core.text import say


class Keys(Struct, frozen=True):
    """Keys in a sentence: they stand in English as they are, in another language in its words."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        return ", ".join(self.names)


def key(*names: str) -> Keys:
    """One key or several in a sentence."""
    return Keys(names)


KNOWN = (
    say("code"),
    say("name"),
    say("type"),
    say("population"),
    say("province"),
    say("area_km2"),
    say("mountain"),
    say("highland"),
    say("island"),
    say("border"),
    say("minority_share"),
    say("province_class"),
    say("unit_class"),
    say("lon"),
    say("lat"),
    say("government"),
    say("party"),
    say("front"),
    say("bloc"),
    say("in_post"),
    say("people"),
    say("person"),
    say("fields"),
    say("field"),
    say("needed"),
    say("home"),
    say("host"),
    say("start"),
    say("end"),
    say("months"),
    say("born"),
    say("sex"),
    say("assigned-above-norm"),
    say("assigned-below-norm"),
    say("code-restored"),
    say("coded-by-name"),
    say("form"),
    say("left-out"),
    say("name-spelled-out"),
    say("no-border"),
    say("no-field-row"),
    say("no-staff-row"),
    say("not-contiguous"),
    say("number-convention"),
    say("province-named"),
    say("several-blocs"),
    say("several-offices"),
    say("spelled-otherwise"),
    say("terrain-elsewhere"),
    say("unit-above"),
    say("unit-of-measure"),
    say("unknown-mark"),
    say("unknown-population"),
    say("vacant-post"),
    say("zero-in-front"),
)
"""Columns and kinds of remarks that have words of their own; any other key stands as it is."""
