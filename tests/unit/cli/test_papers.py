"""The head and foot of a paper, from its file and from options."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quota.cli.paper_file import load_paper
from quota.core.problems import InputError
from quota.render.kit.problems import problem_words
from quota.render.report.paper import Paper

Quota = Callable[..., Any]


def file(folder: Path, text: str) -> Path:
    path = folder / "paper.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_says_what_it_says_and_leaves_the_rest(tmp_path: Path) -> None:
    text = "office: SỞ NỘI VỤ\ndate: 2026-02-05\nrecipients: [Như trên, Lưu: VT]\n"
    assert load_paper(file(tmp_path, text)) == Paper(
        office="SỞ NỘI VỤ", day=date(2026, 2, 5), recipients=("Như trên", "Lưu: VT")
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("number: 123\n", 'line 1, number, "123": not text'),
        ("recipients:\n- a\n- {b: c, d: e}\n", "line 3, recipients[1]: not text"),
        ("recipients:\n- {b: 1}\n", "line 2, recipients[0]: not text"),
        ("date: 22/11/2026\n", 'line 1, date, "22/11/2026": not a date'),
        ("ofice: A\n", "did you mean office?"),
    ],
)
def test_what_is_wrong_is_said_at_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        load_paper(file(tmp_path, text))
    assert said in " ".join(map(problem_words, refused.value.problems))


def test_an_option_comes_before_the_file() -> None:
    own = Paper(office="A", recipients=("x",))
    assert own.over(Paper(office="B", number="1", recipients=("y",))) == Paper(
        office="A", number="1", recipients=("x",)
    )


def test_a_paper_is_for_word(quota: Quota, tmp_path: Path) -> None:
    refused = quota("report", "hue", "--office", "A", "--output", tmp_path / "a.html")
    assert refused.code == 2
    assert "--format docx" in refused.err
    wrong = quota("report", "hue", "--paper", file(tmp_path, "x: 1\n"), "--output", tmp_path / "a.docx")
    assert wrong.code == 2
    assert "no such key" in wrong.err
