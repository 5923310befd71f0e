"""One spelling to compare by, looser ones to search by."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.core import names
from quota.core.names import (
    TYPE_NAMES,
    alphabetical,
    are_spelled_out,
    bears_type,
    fold,
    folded,
    spelled_out,
    tidied,
    tidy,
    type_in_name,
    with_plain_i,
    without_accents,
    without_prefix,
)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Xã Hoà Bình", "Xã Hòa Bình"),
        ("Phường Ðông Hải", "Phường Đông Hải"),  # Eth, which old converters left
        ("Phường Thuỷ Nguyên", "Phường Thủy Nguyên"),
        ("Xã Khoẻ", "Xã Khỏe"),
        ("xã  NAM sách", "Xã Nam Sách"),
        (unicodedata.normalize("NFD", "Phường Hồng Bàng"), "Phường Hồng Bàng"),
    ],
)
def test_spellings_of_one_name_fold_alike(a: str, b: str) -> None:
    assert fold(a) == fold(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [("Xã Hà Nam", "Xã Hạ Nam"), ("Xã Đông", "Xã Dông"), ("Xã Hoàng", "Xã Hoang"), ("Xã Hoa", "Xã Hoà")],
)
def test_different_names_stay_different(a: str, b: str) -> None:
    assert fold(a) != fold(b)


def test_a_tone_inside_a_longer_syllable_is_not_moved() -> None:
    assert fold("Hoàng") == "hoàng"
    assert fold("Tuyên") == "tuyên"


@pytest.mark.parametrize("name", ["Đặc khu Cát Hải", "dac-khu cat hai", "ĐẶC KHU CÁT HẢI"])
def test_plain_letters(name: str) -> None:
    assert without_accents(name) == "dac khu cat hai"


def test_the_type_in_front_can_be_left_out_but_a_name_never_becomes_empty() -> None:
    assert without_prefix(fold("Phường Hồng Bàng")) == "hồng bàng"
    assert without_prefix("xã") == "xã"


def test_tidy_composes_and_closes_up() -> None:
    assert tidy(" " + unicodedata.normalize("NFD", "Xã  Đông ")) == "Xã Đông"


@pytest.mark.parametrize(
    ("a", "b"),
    [("Mỹ Đức", "Mĩ Đức"), ("Lý Thường", "Lí Thường"), ("Kỳ Anh", "Kì Anh"), ("Vỹ Dạ", "Vĩ Dạ")],
)
def test_a_final_y_or_i_is_one_name_where_it_is_asked_for(a: str, b: str) -> None:
    assert fold(a) != fold(b)
    assert with_plain_i(fold(a)) == with_plain_i(fold(b))


def test_y_that_is_no_final_i_stays() -> None:
    for name in ("Quy Nhơn", "Tây Hồ", "Yên Bái", "Thủy Nguyên"):
        assert with_plain_i(fold(name)) == fold(name)


def test_a_shortened_type_is_written_out() -> None:
    assert spelled_out("P. Hồng Bàng") == spelled_out("P.Hồng Bàng") == "Phường Hồng Bàng"
    assert spelled_out("TT. Đồng Văn") == "Thị trấn Đồng Văn"
    assert spelled_out("Phan Thiết") == "Phan Thiết"
    assert type_in_name("Xãlà") is None


@pytest.mark.parametrize("mark", ["*", " *", " (*)", "(**)", "(1)", " ( 2 )", "¹", "³"])
def test_the_mark_of_a_footnote_is_no_part_of_a_name(mark: str) -> None:
    assert spelled_out(f"P. Hồng Bàng{mark}") == "Phường Hồng Bàng"
    assert spelled_out(f"1. Xã An Phú{mark}") == "Xã An Phú"
    assert not are_spelled_out(["Xã A", f"Xã An Phú{mark}"])


@pytest.mark.parametrize("name", ["Xã Đại Từ (mới)", "Phường 1", "Phường Tân Lập (12)", "*"])
def test_what_is_no_mark_stays_in_a_name(name: str) -> None:
    assert spelled_out(name) == name
    assert are_spelled_out([name, "Xã A"])


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("UBND phường Phổ Yên", "Phường Phổ Yên"),
        ("HĐND và UBND xã Quân Chu", "Xã Quân Chu"),
        ("Ủy ban nhân dân P. Phổ Yên", "Phường Phổ Yên"),
        ("Uỷ ban nhân dân đặc khu Vân Đồn", "Đặc khu Vân Đồn"),
        ("P 1 Bảo Lộc", "Phường 1 Bảo Lộc"),
        ("X Đại Từ", "Xã Đại Từ"),
        ("UBND tỉnh Thái Nguyên", "UBND tỉnh Thái Nguyên"),
        ("Phan Thiết", "Phan Thiết"),
    ],
)
def test_an_office_and_a_short_type_mean_the_unit(written: str, name: str) -> None:
    assert spelled_out(written) == name
    assert are_spelled_out(["Xã A", written]) is (written == name)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Xã Ea H'Leo", "Xã Ea H\u2019Leo"),
        ("Xã Chân Mây - Lăng Cô", "Xã Chân Mây-Lăng Cô"),
        ("Xã Chân Mây - Lăng Cô", "Xã Chân Mây \u2013 Lăng Cô"),
    ],
)
def test_apostrophes_and_hyphens_of_any_look_are_one_name(a: str, b: str) -> None:
    assert fold(a) == fold(b)
    assert without_accents(a) == without_accents(b)


@given(st.lists(st.text("Xã e\u0301 \u00a0.\n\t", max_size=6), max_size=5))
def test_a_column_is_tidied_cell_by_cell(texts: list[str]) -> None:
    assert list(tidied(texts)) == [tidy(text) for text in texts]


@pytest.mark.parametrize(
    ("texts", "as_they_are"),
    [
        (["Xã A", "Phường B", ""], True),
        ([], True),
        (["Xã A", " Xã B"], False),
        (["Xã A ", "Xã B"], False),
        (["Xã  A"], False),
        (["Xã\nA"], False),
        (["Xa\u0303 A"], False),
    ],
)
def test_a_tidy_column_is_left_as_it_is(texts: list[str], as_they_are: bool) -> None:
    assert (tidied(texts) is texts) is as_they_are


def test_names_are_sorted_as_in_a_vietnamese_dictionary() -> None:
    ordered = (
        "Ái Quốc, An Biên, Ân Thi, Chí Linh, Chu Văn An, Dương Kinh, Đồ Sơn, Hà, Hả, Hã, Há, Hạ, Hà An, Hải"
    )
    names = f"{ordered}, Ia Đal, Ô Môn, Ơn, Phố, Phố 1, U, Ư, Vĩnh Bảo, Xuân".split(", ")
    assert sorted(set(names), key=alphabetical) == names
    assert alphabetical("Hoà Bình") == alphabetical("Hòa Bình")
    assert alphabetical("\u0301") == "\u0301\x000"  # a mark on nothing is kept


_LETTERS = st.text(
    "oOuUaeyAEYơưôâêbđp xX.-`’–\u00a0\u0300\u0301\u0309\u031b\u0302\u0323òóỏõọùúũụÒÓ\u212bð1", max_size=6
)


@given(st.sampled_from(["", "Xã", "Phường", "Đặc khu", "TT", "p."]), _LETTERS)
def test_names_are_folded_and_typed_as_the_long_way_does(start: str, rest: str) -> None:
    folded = _the_long_way(start + rest)
    assert fold(start + rest) == folded
    types = [
        kind for kind, said in names._STARTS if _the_long_way(spelled_out(start + rest)).startswith(said)
    ]
    assert type_in_name(start + rest) == (types[0] if types else None)


def _the_long_way(name: str) -> str:
    plain = " ".join(name.split()).casefold().replace("ð", "đ")
    plain = names._HYPHEN.sub(" - ", plain.translate(names._MARKS))
    decomposed = unicodedata.normalize("NFD", plain)
    return unicodedata.normalize("NFC", names._OLD_TONE.sub(names._on_later_vowel, decomposed))


_WRITTEN = st.one_of(
    st.sampled_from(
        [
            *(
                "Xã Hoà Bình",
                "Phường Thuý",
                "Đặc khu Cát Hải",
                "Xã Ea H\u2019Leo",
                "Chân Mây \u2013 Lăng Cô",
                "P. 5",
                "",
            ),
            *(
                "Xã",
                "Xã ",
                " Xã A",
                "xã  b",
                "Phường\u00a0Tây Hồ",
                "a\nXã B",
                "STRASSE \u00df",
                "\u0130",
                "Ðông",
            ),
            *("phường tây hồ", "xã", "xã ", "xã  b", "xã\u00a0b", "phường", "đặc khu cát hải", "xa b", "p.b"),
        ]
    ),
    st.text("aoeuyàòóỳxXPĐ \u0300\u0323\u00a0-'\u2019\n.1", max_size=8),
    st.text(max_size=4),
    st.builds(
        "{} {}".format, st.sampled_from(["Xã", "Phường", "Đặc khu", "xã", "phường"]), st.text(max_size=4)
    ),
)


@given(st.lists(_WRITTEN, max_size=6))
def test_a_column_is_folded_as_its_names_are(column: list[str]) -> None:
    assert folded(column) == [fold(name) for name in column]


@given(_WRITTEN)
def test_a_type_in_front_is_left_out_as_the_pattern_says(name: str) -> None:
    found = names._PREFIX.match(name)
    assert without_prefix(name) == (name[found.end() :] if found else name)


@given(_WRITTEN)
def test_a_name_that_bears_a_type_says_no_other(name: str) -> None:
    for kind in TYPE_NAMES:
        if bears_type(name, kind):
            assert type_in_name(name) is kind
            assert fold(name).startswith(f"{fold(TYPE_NAMES[kind])} ")


@given(
    st.lists(
        _WRITTEN
        | st.sampled_from(
            ["UBND xã A", "Ủy Ban Nhân Dân phường B", "1. Xã A", "TT Lim", "X 5", "a\nP 5", "A*"]
        ),
        max_size=4,
    )
)
def test_a_column_is_spelled_out_where_every_name_is(column: list[str]) -> None:
    assert are_spelled_out(column) is all(spelled_out(name) == name for name in column)
