"""A user's own words inside headings, and own headings, each from a small file."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from quota import read_staff, read_units
from quota.core.blocs import BLOCS, Bloc
from quota.core.problems import InputError, Severity
from quota.tables.columns.own_words import read_wordings, read_words
from quota.tables.files.raw import ReadOptions
from quota.tables.files.roles import Measure, role_of
from quota.tables.files.wordings import DEFAULT, IGNORED
from tests.conftest import Run
from tests.forms import to_cp1258

FORM = (
    "Mã,Nhân lực hành chính,,Nhân lực cấp ủy,,Nhân lực mặt trận,\n"
    ",Chỉ tiêu,Hiện diện,Chỉ tiêu,Hiện diện,Chỉ tiêu,Hiện diện\n"
    "05443,75,60,18,11,9,5\n"
)
WORDS = (
    "phrase,meaning\nnhân lực hành chính,government\nnhân lực cấp ủy,party\nnhân lực,neutral\n"
    "hiện diện,present\n"
)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "staff.csv"
    path.write_text(FORM, encoding="utf-8")
    return path


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words.csv"
    path.write_text(WORDS, encoding="utf-8")
    return path


def test_words_of_ones_own_make_a_form_readable(quota: Callable[..., Run], form: Path, words: Path) -> None:
    assert quota("read", form, "--format", "csv").code == 2
    done = quota("read", form, "--words", words, "--format", "csv")
    assert done.code == 0, done.err
    assert list(csv.reader(done.out.splitlines()))[1:] == [["05443", "", "60", "11", "5", "75", "18", "9"]]


def test_own_words_come_before_those_shipped(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("phrase,meaning\nbiên chế hiện có,assigned\nsố dân,households\n", encoding="utf-8")
    own = read_words(path)
    assert role_of("Biên chế hiện có").measure is Measure.PRESENT
    assert role_of("Biên chế hiện có", own).measure is Measure.ASSIGNED
    wordings = DEFAULT.with_words(own)
    assert (DEFAULT.column_of("Biên chế hiện có"), wordings.column_of("Biên chế hiện có")) == (
        "in_post",
        None,
    )
    assert (DEFAULT.column_of("Số dân"), wordings.column_of("Số dân")) == ("population", None)
    assert wordings.column_of("Kinh độ") == "lon"
    assert wordings.columns_of(("Vị trí / Kinh độ", "Đảng / Biên chế hiện có")) == ("lon", None)


def test_the_blocs_of_a_frames_own_may_be_meant(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("nhân lực quân sự,military\n", encoding="utf-8")
    blocs = (*BLOCS, Bloc("military"))
    own = DEFAULT.of_blocs(blocs).with_words(read_words(path, blocs))
    assert own.column_of("Nhân lực quân sự") == "military"
    assert own.of_blocs(BLOCS).words == own.words
    with pytest.raises(InputError, match="nothing is called"):
        read_words(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("phrase,meaning\nhiện diện\n", "not two cells: phrase and meaning"),
        ("phrase,meaning\n ,present\n", "not two cells: phrase and meaning"),
        ("phrase,meaning\nhiện, diện,present\n", "not two cells: phrase and meaning"),
        ("phrase,meaning\nhiện diện,here\n", 'nothing is called "here"'),
        ("hiện diện,present\nHiện  diện,norm\n", "it is there already, with another meaning"),
    ],
)
def test_a_file_of_words_that_is_wrong_says_where(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "words.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_words(path)
    (problem,) = refused.value.problems
    assert (problem.code, problem.severity, problem.row) == ("bad-words-file", Severity.ERROR, 2)
    assert said in str(problem.message)
    assert ("double quotes" if "hiện, diện" in text else "present") in str(problem.fix)


def test_files_that_cannot_be_read_or_are_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "words.csv"
    for read in (read_words, read_wordings):
        with pytest.raises(InputError, match="cannot be read"):
            read(path)
    path.write_text('"hiện diện,present\n', encoding="utf-8")
    with pytest.raises(InputError, match="not CSV"):
        read_words(path)
    monkeypatch.setenv("QUOTA_MAX_FILE_BYTES", "5")
    with pytest.raises(InputError, match="more than"):
        read_words(path)


def test_a_lowest_heading_of_ones_own_that_means_nothing_is_left_out(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(f"heading,column\ntổng số,{IGNORED}\n", encoding="utf-8")
    form = tmp_path / "units.csv"
    form.write_text(
        "Mã,Tên,Dân số,,Lao động,\n,,Tổng số,Nhân khẩu,Tổng số,Nữ\n05758,Xã Đại Từ,1,37650,2,3\n",
        encoding="utf-8",
    )
    table = read_units(form, options=ReadOptions(wordings=read_wordings(own)))
    assert [unit.population for unit in table.units] == [37_650]
    assert read_staff(form).rows == ()


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as a workbook, a row of it longer than they are."""
    book, content = Workbook(), BytesIO()
    for row in (*rows, (None, None, "")):
        book.active.append(row)
    book.save(content)
    return content.getvalue()


ROWS = [("heading", "column"), ("Người ở, tại chỗ", "population"), ("Quân số", "government")]
QUOTED = 'heading,column\n"Người ở, tại chỗ",population\nQuân số,government\n'
MARKED = QUOTED.replace('"', "")


@pytest.mark.parametrize(
    "content",
    [
        QUOTED.encode(),
        QUOTED.encode("utf-8-sig"),
        QUOTED.encode("utf-16"),
        QUOTED.replace("\n", "\r\n").encode(),
        QUOTED.replace("\n", ",,\n").encode(),
        QUOTED.replace("population", " Population\u00a0").encode(),
        QUOTED.partition("\n")[2].encode(),
        unicodedata.normalize("NFD", QUOTED).encode(),
        to_cp1258(QUOTED),
        re.sub(",(?! )", ";", MARKED).encode(),
        f"sep=;\n{re.sub(',(?! )', ';', MARKED)}".encode(),
        re.sub(",(?! )", "\t", MARKED).encode("utf-16"),
        workbook(ROWS),
    ],
)
def test_a_file_of_headings_says_the_same_however_excel_saves_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(content)
    assert read_wordings(path).own == {"người ở, tại chỗ": "population", "quân số": "government"}


@pytest.mark.parametrize(("written", "near"), [("populaton", "population"), ("Dân số", "population")])
def test_a_column_that_is_misspelt_or_in_vietnamese_is_answered_by_its_key(
    tmp_path: Path, written: str, near: str
) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"Người ở,{written}\n", encoding="utf-8")
    with pytest.raises(InputError, match=f'nothing is called "{written}"') as refused:
        read_wordings(path)
    assert str(refused.value.problems[0].fix) == f"did you mean {near}?"
