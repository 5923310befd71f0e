"""Which language is spoken, how it writes figures, and what it never touches."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from quota.analysis.checks.context import Context
from quota.analysis.checks.expecting import Judged
from quota.analysis.checks.zeros import lost_zeros
from quota.core.posts import Posts
from quota.core.problems import InputError
from quota.core.text import LocalText, Text, count, say
from quota.core.units import Unit, UnitType
from quota.render.kit.language import Language, asked_for, choose
from quota.render.kit.words import day, interval, number, show, words

Quota = Callable[..., Any]
DAY = ("--as-of", "2026-11-22")


@pytest.fixture
def vietnamese() -> Iterator[None]:
    choose(Language.VI)
    yield
    choose(Language.EN)


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], {}, "en"),
        ([], {"LANG": "vi_VN.UTF-8"}, "vi"),
        ([], {"LANG": "fr_FR.UTF-8"}, "en"),
        ([], {"LC_ALL": "C", "LANG": "vi_VN.UTF-8"}, "en"),
        ([], {"LC_MESSAGES": "vi", "LANG": "en_US"}, "vi"),
        ([], {"QUOTA_LANG": "en", "LC_ALL": "vi_VN"}, "en"),
        ([], {"QUOTA_LANG": "vi-VN", "LC_ALL": "C"}, "vi"),
        ([], {"QUOTA_LANG": "", "LANG": "vi"}, "vi"),
        (["--lang", "vi", "audit"], {"QUOTA_LANG": "en"}, "vi"),
        (["audit", "--lang=vi"], {"QUOTA_LANG": "en"}, "vi"),
        (["audit", "--", "--lang=vi"], {"QUOTA_LANG": "en"}, "en"),
        (["audit", "--lang", "xx"], {"QUOTA_LANG": "vi"}, "vi"),
    ],
)
def test_option_then_variable_then_locale_then_english(
    arguments: list[str], environment: Mapping[str, str], expected: str
) -> None:
    assert asked_for(arguments, environment) == expected


def test_a_language_that_there_is_not_is_refused(quota: Quota, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="fr"):
        asked_for([], {"QUOTA_LANG": "fr"})
    assert quota("audit", "--lang", "fr").code == 2
    monkeypatch.setenv("QUOTA_LANG", "fr")
    run = quota("audit")
    assert (run.code, run.out) == (2, "")
    assert "fr" in run.err


@pytest.mark.usefixtures("vietnamese")
def test_vietnamese_figures_and_dates() -> None:
    assert [number(0), number(16_000), number(None)] == ["0", "16.000", "?"]
    assert [number(-51), number(-1_753)] == ["−51", "−1.753"]
    assert interval(Posts(1_938, 2_280)) == "1.938–2.280"
    assert day(date(2026, 1, 31)) == "31/01/2026"
    assert show(Decimal("1234.5")) == "1234,5"
    assert show(True) == "có"
    assert words(count("{n} unit", "{n} units", n=1_000)) == "1.000 đơn vị"
    assert words(say("in force since {day}", day=date(2025, 7, 1))) == "có hiệu lực từ 01/07/2025"
    assert words(LocalText("tiếng Việt", "English")) == "tiếng Việt"


def test_english_is_spoken_again_after_vietnamese(quota: Quota) -> None:
    assert "Đơn vị" in quota("audit", "--lang", "vi", "--limit", 1).out
    assert "Unit" in quota("audit", "--limit", 1).out
    assert words(say("Unit")) == "Unit"


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize(
    "command",
    [
        ("audit", *DAY),
        (
            "audit",
            "tests/toy/units.csv",
            "--staff",
            "tests/toy/staff.csv",
            "--rules",
            "tests/toy/toy.yaml",
            *DAY,
        ),
        ("explain", "hong bang", *DAY),
        ("rules", "list"),
        ("rules", "show", "central-2025"),
        ("rules", "show", "redeployment-hai-phong-2025"),
        ("rules", "check"),
        ("rules", "diff", "central-2025", "central-2025-all-residents"),
        ("data", "list"),
        ("fields", *DAY),
        ("secondments", *DAY),
        ("audit", "--secondments", "hai-phong-secondments-sample", *DAY),
        ("compare", "hong bang", "thanh dong", *DAY),
        ("compare", "--peers", "hong bang", *DAY),
        ("rank", *DAY),
        ("sensitivity", "hue", "--vary", "party.range.low=15,17", *DAY),
        ("borderline", "--growth", "1.2", "--years", "3", *DAY),
        ("changes", "hai-phong", "hai-phong", "--new-rules", "central-2025-all-residents", *DAY),
        ("plan", *DAY),
        ("plan", "--why", "bach long vi", *DAY),
    ],
    ids=" ".join,
)
def test_machine_formats_are_the_same_bytes_in_both_languages(
    quota: Quota, command: tuple[str, ...], form: str
) -> None:
    english, vietnamese = (
        quota(*command, "--format", form, "--lang", language).out for language in ("en", "vi")
    )
    assert english
    assert english == vietnamese


COMMANDS = [
    ("audit", *DAY),
    ("audit", "tests/toy/units.csv", "--staff", "tests/toy/staff.csv", "--rules", "tests/toy/toy.yaml", *DAY),
    ("explain", "hong bang", *DAY),
    ("rules", "show", "central-2025"),
    ("rules", "list"),
    ("data", "list"),
    ("fields", *DAY),
    ("secondments", *DAY),
    ("compare", "--peers", "hong bang", *DAY),
    ("rank", *DAY),
    ("borderline", *DAY),
    ("plan", *DAY),
    ("plan", "--why", "bach long vi", *DAY),
]


@pytest.mark.parametrize("columns", [80, 100, 160])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_vietnamese_fits_the_terminal(
    quota: Quota, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    run = quota(*command, "--lang", "vi")
    assert run.code == 0
    assert unicodedata.is_normalized("NFC", run.out)
    assert max(cell_len(line) for line in run.out.splitlines()) <= columns


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_the_columns_of_units_line_up_in_vietnamese(
    quota: Quota, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, columns: int
) -> None:
    """Also under a name with an accent that Unicode has no composed letter for, and one of wide letters."""
    table = tmp_path / "units.csv"
    rows = ["Xã An Bình", "Xã K\u0302rông Ba\u0306\u0323c", "Phường 東京", "Đặc khu Cồn Xa"]
    table.write_text(
        "code,name,type,population,government,party,front\n"
        + "".join(
            f"0{place},{name},xã,{17_000 * place},30,21,9\n" for place, name in enumerate(rows, start=1)
        ),
        encoding="utf-8",
    )
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = quota("audit", table, "--lang", "vi").out.splitlines()
    heading = next(line for line in lines if line.startswith("Đơn vị "))
    shown = [line for line in lines if re.match(r"(Xã|Phường|Đặc khu) ", line)]
    assert len(shown) == len(rows)
    ends = {cell_len(line[: line.index(".000") + 4]) for line in shown}
    assert ends == {cell_len(heading[: heading.index("Dân số") + len("Dân số")])}


def test_help_is_in_the_language_too(quota: Quota) -> None:
    assert "Cách dùng: quota" in quota("--help", "--lang", "vi").out
    assert "Định mức, biên chế hiện có" in quota("--lang", "vi", "--help").out
    for words_ in (("audit",), ("rules", "check"), ("data", "list")):
        helped = quota(*words_, "--help", "--lang", "vi").out
        assert "Tùy chọn:" in helped
        assert "--lang" in helped
    assert "Usage: quota" in quota("audit", "--help").out


def test_a_new_process_takes_its_language_from_the_environment() -> None:
    def heading(**environment: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "quota", "rules", "list"],
            env={"PATH": os.environ["PATH"], **environment},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout.split()[0]

    assert heading(LANG="vi_VN.UTF-8") == "Mã"
    assert heading(LANG="vi_VN.UTF-8", QUOTA_LANG="en") == "Id"
    assert heading(LC_ALL="C") == "Id"


def test_the_version_names_the_day_of_the_data(quota: Quota) -> None:
    assert re.fullmatch(r"quota \S+, data of 2024-12-31\n", quota("--version").out)
    assert quota("--version", "--lang", "vi").out.endswith("số liệu ngày 31/12/2024\n")


@pytest.mark.parametrize(
    "command", [("rank", *DAY), ("compare", "--peers", "hong bang", *DAY), ("audit", *DAY)], ids=" ".join
)
def test_no_figure_is_left_in_the_other_languages_marks(quota: Quota, command: tuple[str, ...]) -> None:
    """The same figures in both languages, points and commas exchanged."""
    figure = re.compile(r"(?<![\w/.,-])\d[\d.,]*\d(?![\w/.-])")
    exchanged = str.maketrans(".,", ",.")

    def figures(language: str) -> list[str]:
        lines = quota(*command, "--lang", language).out.splitlines()
        start = lines.index("")  # above it stands the heading, with words and days
        return sorted(found for line in lines[start:] for found in figure.findall(line))

    assert figures("vi") == sorted(found.translate(exchanged) for found in figures("en"))


@pytest.mark.usefixtures("vietnamese")
def test_nothing_said_is_nothing_shown() -> None:
    nothing = ""
    assert words(Text(nothing)) == nothing


@pytest.mark.usefixtures("vietnamese")
def test_every_reading_of_a_doubted_figure_is_put_into_words() -> None:
    doubted = Unit("1", "Xã A", UnitType.COMMUNE, 161, area_km2=Decimal(20))
    judged = {"1": Judged(16_000, 1.0, -4.0, (0.1, 0.0, 0.5, 0.4))}
    (found,) = lost_zeros(Context("A", [doubted], judged=judged))
    said = words(found.problem.message)
    assert "16.100 người trên 20 km² (805 người/km²) / 161.000 người trên 20 km² (8.050 người/km²)" in said
    assert "residents" not in said
