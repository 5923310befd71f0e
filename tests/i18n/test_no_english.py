"""What a Vietnamese reader sees has no English word in it but those that a list allows."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from tests.i18n.english import allowed_words, english, typed_words
from tests.laws.province import RECORDED, RUNS, TEXTS, in_folder, write_province
from tests.running import ran
from tests.test_documentation import leaves

FILES_AS_THEY_ARE = (
    "rules show",
    "rules diff",
    "rules schema",
    "data list",
    "rules list",
    "rules check",
    "help",
)
"""Commands whose values are those of rule files, or ids and kinds as they are typed."""
ALLOWED = allowed_words()
PATHS = {"sensitivity": frozenset(("party", "low"))}
"""Words of a frame's paths, as they are typed, by the command that shows them."""
HEADINGS = {
    "code": "mã",
    "name": "tên",
    "type": "loại",
    "population": "dân số",
    "province": "tỉnh",
    "government": "khối chính quyền",
    "party": "khối đảng",
    "front": "khối MTTQ",
    "lon": "kinh độ",
    "lat": "vĩ độ",
}
"""The headings of the sample's tables, and of a department's."""
TYPED = ALLOWED | typed_words()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small province of the laws, with the record of a run."""
    made = tmp_path_factory.mktemp("province")
    write_province(made)
    for name in ("units.csv", "staff.csv"):
        header, rest = TEXTS[name].split("\n", 1)
        written = ",".join(HEADINGS.get(heading, heading) for heading in header.split(","))
        (made / name).write_text(f"{written}\n{rest}", encoding="utf-8")
    with contextlib.chdir(made):
        ran(RECORDED)
    return made


@pytest.mark.parametrize("command", [words for words in RUNS if words not in FILES_AS_THEY_ARE])
def test_no_english_word_in_what_a_command_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "200")
    for arguments in RUNS[command]:
        run = ran([*in_folder(arguments, folder), "--lang", "vi"])
        assert run.code in (0, 1, None), run.err
        allowed = ALLOWED | PATHS.get(command, frozenset())
        assert list(english(f"{run.out}\n{run.err}", allowed)) == []


def test_no_english_word_in_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    from quota.cli.app import command

    for words in ("", *(words for words, _ in leaves(command()))):
        run = ran([*words.split(), "--help", "--lang", "vi"])
        assert list(english(run.out.partition("Ví dụ:")[0], TYPED)) == [], words


WRONG = (
    ("audit", "--sort", "zz"),
    ("audit", "--nope"),
    ("audit", "--staf", "staff.csv"),
    ("audti",),
    ("explain",),
    ("audit", "no-such.csv"),
    ("audit", "staff.csv"),
    ("audit", "units.csv", "--rules", "no-such"),
    ("audit", "--as-of", "yesterday"),
    ("merge", "hong bang", "zzzz"),
    ("report", "--output", "report.pdf"),
    ("help", "limit"),
)


@pytest.mark.parametrize("typed", WRONG, ids=" ".join)
def test_no_english_word_where_something_is_wrong(
    folder: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...]
) -> None:
    monkeypatch.chdir(folder)
    run = ran([*typed, "--lang", "vi"])
    assert run.code == 2
    allowed = TYPED | {"nope", "staf", "audti", "zz", "zzzz", "yesterday", "such", "pdf", "report", "central"}
    assert list(english(run.err, allowed)) == []


def test_a_word_is_found_and_a_syllable_is_not() -> None:
    said = "chưa rõ: island, mountain; hãy xem trang hai-phong.csv, --limit, UBND và quota"
    assert [word for word, _ in english(said, ALLOWED - {"island", "mountain"})] == ["island", "mountain"]
