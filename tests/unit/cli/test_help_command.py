"""`quota help`: the documentation without a network."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota.cli.completing import topics
from quota.render.kit.output import show_markdown
from quota.run import documentation
from quota.run.documentation import all_topics, topic_called

Quota = Callable[..., Any]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_list_names_every_page(quota: Quota, language: str) -> None:
    run = quota("help", "--lang", language)
    assert run.code == 0
    for topic in all_topics(language):
        assert f"  {topic.name} " in run.out
        assert topic.title() in run.out
    assert ("Tra cứu:" in run.out) is (language == "vi")


def test_no_two_pages_have_one_name() -> None:
    for language in ("en", "vi"):
        names = [path.stem for path in (documentation.docs_folder() / language).glob("*/*.md")]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("typed", [("exit-codes",), ("exit", "codes"), ("Exit_Codes",)])
def test_a_page_is_found_however_its_name_is_written(quota: Quota, typed: tuple[str, ...]) -> None:
    run = quota("help", *typed)
    assert run.out.startswith("# Exit codes\n")
    assert "`" not in run.out


def test_a_page_in_a_pipe_shows_commands_without_what_marks_them(quota: Quota) -> None:
    lines = quota("help", "questions").out.splitlines()
    assert 'quota explain "hong bang"' in lines
    assert not {"sh", "text", "yaml"}.intersection(lines)


def test_links_between_pages_are_left_out(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A `b`\n\n[here](other.md#part) and [there](https://example.org)\n", encoding="utf-8")
    topic = documentation.Topic("page", "reference", page)
    assert topic.title() == "A b"
    assert topic.text().endswith("here and [there](https://example.org)\n")


def test_a_link_to_another_page_says_how_to_open_it(quota: Quota) -> None:
    said = " ".join(quota("help", "questions").out.split())
    assert "Audit your own tables (quota help audit)." in said
    assert "(quota help README)" not in " ".join(quota("help", "own-frame").out.split())


def test_a_page_that_is_not_written_in_vietnamese_is_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language, name in (("en", "a"), ("en", "b"), ("vi", "b")):
        folder = tmp_path / language / "reference"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.md").write_text(f"# {language}\n", encoding="utf-8")
    monkeypatch.setattr(documentation, "docs_folder", lambda: tmp_path)
    assert [topic.title() for topic in all_topics("vi")] == ["en", "vi"]
    assert topic_called("c", all_topics("vi")) is None


@pytest.mark.parametrize(
    ("typed", "said"), [("limit", "Is limits meant?"), ("zzzz", "All topics are listed by: quota help.")]
)
def test_an_unknown_page_is_answered_with_the_nearest(quota: Quota, typed: str, said: str) -> None:
    run = quota("help", typed)
    assert run.code == 2
    assert f'no topic "{typed}"' in run.err
    assert said in run.err


def test_the_shell_completes_topics() -> None:
    assert ("limits", "") in topics("lim")


def test_a_terminal_gets_the_page_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdout", screen := Screen())
    monkeypatch.setenv("COLUMNS", "60")
    show_markdown("# Title\n\n| a | b |\n| --- | --- |\n| `c` | d |\n")
    assert "| --- |" not in screen.getvalue()
    assert "Title" in screen.getvalue()
