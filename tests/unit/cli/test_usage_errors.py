"""What was typed wrong is said in the reader's language, with the way out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota.cli.refusing import _in_our_words

Quota = Callable[..., Any]
CLI = Path(__file__).parents[3] / "quota" / "cli"
SCENARIO = "tests/scenarios/every-operation.yaml"


@pytest.mark.parametrize(
    ("arguments", "english", "vietnamese"),
    [
        (("audit", "--sort", "age"), 'no key is called "age"', "không có khóa"),
        (("rank", "--by", "age"), 'no key is called "age"', "không có khóa"),
        (("compare", "10507", "--k", "3"), "add --peers", "thêm --peers"),
        (("compare", "10507", "10525", "--peers"), "--peers takes one UNIT", "--peers chỉ nhận một ĐƠN-VỊ"),
        (("sensitivity", "--vary", "x"), "write path=1500,2000,2500", "path=1500,2000,2500"),
        (("sensitivity", "--vary", "party.base=1,1"), "gives a value twice", "hai lần"),
        (("borderline", "--growth", "1"), "belong together", "đi cùng nhau"),
        (("borderline", "--growth", "1,2", "--years", "2"), "no percentage", "không phải tỷ lệ"),
        (("changes", "hai-phong", "hai-phong-staff-sample"), "not of one kind", "không cùng loại"),
        (("changes", "hue", "hue", "--population", "hue"), "two staff tables", "hai bảng biên chế"),
        (("simulate", "hue"), "give a scenario file", "tệp phương án"),
        (("simulate", SCENARIO, SCENARIO), "add --compare", "thêm --compare"),
        (("suggest", "--neighbours", "hue-neighbours"), "give one of --minimum", "--minimum"),
        (("audit", "--as-of", "2026/02/01"), "is no day", "không phải là ngày"),
    ],
)
def test_in_both_languages(quota: Quota, arguments: tuple[str, ...], english: str, vietnamese: str) -> None:
    run = quota(*arguments)
    assert (run.code, run.out) == (2, "")
    assert english in " ".join(run.err.split())
    said = " ".join(quota(*arguments, "--lang", "vi").err.split())
    assert vietnamese in said
    assert english not in said or english == vietnamese


def test_they_are_all_said_by_the_one_function_that_translates() -> None:
    others = [path.name for path in CLI.rglob("*.py") if "BadParameter(" in path.read_text(encoding="utf-8")]
    assert others == ["refusing.py"]


def test_a_table_that_is_nearly_an_embedded_one_is_named(quota: Quota) -> None:
    assert "did you mean hai-phong?" in quota("audit", "hai-phng").err
    assert "did you mean data/hue.csv?" in quota("audit", "data/hu.csv").err


@pytest.mark.parametrize(("typed", "day"), [("31/01/2026", "2026-01-31"), ("1/2/2026", "2026-02-01")])
def test_a_day_is_taken_as_it_is_printed(quota: Quota, typed: str, day: str) -> None:
    run = quota("audit", "cao-bang", "--as-of", typed, "--format", "json")
    assert json.loads(run.out)["as_of"] == day


ENGLISH = ("Usage:", "Error:", "Try '", "Invalid value", "Missing", "No such", "Did you mean", "not one of")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("--nope", "không có tùy chọn --nope"),
        ("audit --staf x", "không có tùy chọn --staf; có phải là --staff?"),
        ("audit --format nope", '--format: "nope" không phải một trong'),
        ("audit --limit x", "--limit: không phải là số nguyên"),
        ("audit --limit 0", "--limit: ít nhất phải là 1"),
        ("explain", "thiếu ĐƠN-VỊ"),
        ("bulk a.csv", "thiếu TỆP-RA"),
        ("plan a b c d", "thừa so với những gì lệnh nhận: b c d"),
        ("auditt", "Không có lệnh 'auditt'; có phải là 'audit'?"),
        ("rules nope", "Không có lệnh 'nope'"),
    ],
)
def test_nothing_typed_wrong_is_answered_in_english_to_a_vietnamese_reader(
    quota: Quota, monkeypatch: pytest.MonkeyPatch, typed: str, said: str
) -> None:
    monkeypatch.setenv("QUOTA_LANG", "vi")
    run = quota(*typed.split())
    assert (run.code, run.out) == (2, "")
    assert said in " ".join(run.err.split())
    assert "Hướng dẫn: quota" in run.err
    assert [word for word in ENGLISH if word in run.err] == []
    assert "Error: " in quota(*typed.split(), "--lang", "en").err


def test_a_command_group_alone_shows_its_help(quota: Quota, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTA_LANG", "vi")
    assert "Lỗi" not in quota("rules").err + quota("rules").out


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Input should be a valid number, unable to parse string as a number", "not a number"),
        ("Input should be less than or equal to 100", "at most 100 is asked for"),
        ("Got unexpected extra argument (x)", "more than the command takes: x"),
        ("Option '--staff' requires an argument.", "--staff needs a value after it"),
        ("what no pattern knows", "what no pattern knows"),
    ],
)
def test_the_librarys_sentences_have_ours_in_their_place(theirs: str, ours: str) -> None:
    assert str(_in_our_words(theirs)) == ours
