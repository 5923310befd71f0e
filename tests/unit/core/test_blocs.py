"""A bloc is its key, and carries its name and headings wherever it goes."""

from __future__ import annotations

import pickle

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.core.blocs import (
    BLOCS,
    UNKNOWN_STAFF,
    Bloc,
    ByBloc,
    Staff,
    all_of,
    bloc_of,
    by_column,
    plain_bloc,
    staff_of,
    total,
)
from quota.core.text import LocalText

MILITARY = Bloc("military", LocalText("Quân sự", "Military Command"), ("BCHQS",))


def test_a_bloc_of_a_frame_s_own_has_the_name_and_the_headings_it_was_given() -> None:
    assert MILITARY == "military"
    assert not MILITARY.is_known
    assert MILITARY.headings == ("military", "Quân sự", "Military Command", "BCHQS")
    assert Bloc("military").name == LocalText("military", "military")


@pytest.mark.parametrize("bloc", [*BLOCS, MILITARY], ids=str)
def test_a_bloc_is_the_same_with_all_that_is_known_of_it_after_a_copy_by_pickle_or_json(bloc: Bloc) -> None:
    written = msgspec.json.encode([bloc], enc_hook=plain_bloc)
    (read,) = msgspec.json.decode(written, type=tuple[Bloc, ...], dec_hook=bloc_of)
    for copy in (pickle.loads(pickle.dumps(bloc)), read):  # noqa: S301  (what was just written)
        assert copy == bloc
        assert (copy.name, copy.headings) == (bloc.name, bloc.headings)


def test_what_is_known_by_its_key_is_written_as_its_key_alone() -> None:
    assert plain_bloc(Bloc.PARTY) == "party"
    assert plain_bloc(MILITARY) == ["military", "Quân sự", "Military Command", *MILITARY.headings]


def test_only_a_bloc_is_written_and_read_as_one() -> None:
    with pytest.raises(NotImplementedError):
        plain_bloc(7)
    with pytest.raises(TypeError):
        bloc_of(int, "party")


def test_a_value_is_asked_for_by_its_bloc() -> None:
    counts = ByBloc((Bloc.PARTY, MILITARY), (18, 3))
    assert counts["military"] == counts.get("military") == 3
    assert counts.get("front") is None
    assert "party" in counts
    assert "front" not in counts
    with pytest.raises(KeyError, match="front"):
        counts["front"]


def test_staff_of_a_bloc_of_which_nothing_is_said_is_unknown_and_so_is_the_sum() -> None:
    counts = ByBloc((Bloc.PARTY, MILITARY), (18, 3))
    assert staff_of(counts, counts.order) is counts
    assert staff_of(counts, BLOCS).values == (None, 18, None)
    assert total(counts) == 21
    assert total(staff_of(counts, BLOCS)) is None
    assert total(UNKNOWN_STAFF) is None


def test_blocs_of_several_frames_come_once_each_in_the_order_they_come() -> None:
    assert all_of([(Bloc.PARTY, MILITARY), BLOCS]) == ("party", "military", "government", "front")


@given(st.lists(st.sampled_from([UNKNOWN_STAFF, ByBloc(BLOCS, (1, None, 3)), ByBloc(BLOCS[:2], (4, 5))])))
def test_staff_by_column_is_each_row_s_staff_of_the_bloc(rows: list[Staff]) -> None:
    assert by_column(rows, BLOCS) == {bloc: [counts.get(bloc) for counts in rows] for bloc in BLOCS}
