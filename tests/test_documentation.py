"""What is documented is what there is: commands, options, README commands, the API in five lines."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota.cli.app import COMMANDS, command
from tests.commands import LEAVES
from tests.docs.reference import anchors, written
from tests.i18n.extracting import METAVARS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {
    str(page.relative_to(ROOT)): page.read_text(encoding="utf-8")
    for page in (ROOT / "README.md", ROOT / "README.vi.md", *sorted((ROOT / "docs").rglob("*.md")))
}
"""The READMEs and the pages behind them, by path."""
REFERENCE = written()
"""The pages that are written from the code, as they would be written now."""
DOCUMENTED = "\n".join(text for path, text in PAGES.items() if ROOT / path not in REFERENCE)
LINKING = [
    *(page for page in ROOT.glob("*.md")),
    *(page for folder in ("docs", "data", "rules") for page in (ROOT / folder).rglob("*.md")),
]


def blocks(language: str, text: str = DOCUMENTED) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


ONE_BY_ONE = "\n".join(text for path, text in PAGES.items() if "tutorial" not in path)
"""Pages whose commands run by themselves; those of the tutorial follow each other (tests/docs)."""
SHELL = list(dict.fromkeys(line for block in blocks("sh", ONE_BY_ONE) for line in block.splitlines() if line))


@pytest.mark.parametrize(
    ("words", "found"), LEAVES.items(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_and_option_says_what_it_is_for(words: str, found: Any) -> None:
    assert found.help, f"quota {words} has no help"
    for parameter in found.params:
        assert getattr(parameter, "help", None), f"quota {words}: {parameter.name} has no help"
    assert re.search(rf"quota {words}\b", DOCUMENTED), f"no page shows `quota {words}`"
    for parameter in found.params:
        for option in parameter.opts:
            if option.startswith("--") and option != "--help":
                assert option in DOCUMENTED, f"no page speaks of `quota {words} {option}`"


@pytest.mark.parametrize("words", LEAVES)
def test_what_is_to_be_typed_is_said_in_vietnamese_too(words: str) -> None:
    for parameter in LEAVES[words].params:
        typed = parameter.metavar or ""
        assert set(re.findall(r"(?<![\w-])[A-Z]{3,}(?![\w-])", typed)) <= {*METAVARS}, typed


@pytest.mark.parametrize("path", REFERENCE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_pages_written_from_the_code_are_of_today(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == REFERENCE[path], "run `python -m tests.docs.update` (after tests.i18n.update), commit"


def test_the_list_of_commands_says_what_each_commands_own_help_says() -> None:
    root = command()
    for name, said in COMMANDS.items():
        assert root.commands[name].help.strip().startswith(said.rstrip(".")), name


@pytest.mark.parametrize("line", [line for line in SHELL if line.startswith("quota ")])
def test_the_commands_that_pages_show_run(quota: Callable[..., Any], line: str, tmp_path: Path) -> None:
    arguments = shlex.split(line)[1:]
    written = None
    if "--output" in arguments:
        place = arguments.index("--output") + 1
        written = tmp_path / arguments[place]
        arguments[place] = str(written)
    run = quota(*arguments)
    assert run.code == 0, run.err
    assert written.stat().st_size > 1_000 if written else run.out


def test_the_readmes_are_short() -> None:
    for name in ("README.md", "README.vi.md"):
        assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) < 120


def test_every_page_is_linked_from_the_list_of_pages() -> None:
    for folder in (ROOT / "docs" / "en", ROOT / "docs" / "vi"):
        listed = set(re.findall(r"\]\(([^)#]+)", (folder / "README.md").read_text(encoding="utf-8")))
        pages = {page.relative_to(folder).as_posix() for page in folder.rglob("*.md")} - {"README.md"}
        assert pages <= listed


@pytest.mark.parametrize("page", LINKING, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_link_between_pages_is_dead(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        place, _, part = target.partition("#")
        if "://" in place:
            continue
        found = (page.parent / place).resolve() if place else page
        assert found.exists(), f"{target} is not there"
        if part:
            assert part in anchors(found.read_text(encoding="utf-8")), f"{target} is not there"


def test_the_readme_has_the_two_commands_that_do_everything_and_ci_runs_the_second() -> None:
    assert "python -m pip install -c constraints.txt . && quota audit" in SHELL
    assert 'python -m pip install -c constraints.txt ".[test]" && python -m pytest' in SHELL
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "grep -hm1 -F 'python -m pip install -c constraints.txt \".[test]\"' README.md" in ci


def test_the_python_that_a_page_shows_runs(capsys: pytest.CaptureFixture[str]) -> None:
    code = next(block for block in blocks("python") if "read_staff" in block)
    exec(compile(code, "python.md", "exec"), {})  # noqa: S102  (the page's own lines, to show that they run)
    assert "Gap(shortfall=138, surplus=647) surplus" in capsys.readouterr().out


def test_the_readmes_sample_of_the_table_is_what_is_printed(quota: Callable[..., Any]) -> None:
    for name, language in (("README.md", "en"), ("README.vi.md", "vi")):
        printed = quota("audit", "--lang", language).out.splitlines()
        for line in blocks("text", PAGES[name])[0].splitlines():
            assert line in printed


def test_the_example_of_a_departments_own_frame_loads_and_holds(
    quota: Callable[..., Any], tmp_path: Path
) -> None:
    text = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    (example,) = blocks("yaml", text)
    (tmp_path / "ours-2026.yaml").write_text(example, encoding="utf-8")
    assert quota("rules", "check", tmp_path / "ours-2026.yaml").code == 0
    assert quota("audit", "--rules", tmp_path / "ours-2026.yaml").code == 0


@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_the_page_on_frames_of_ones_own_shows_loads_and_holds(
    quota: Callable[..., Any], tmp_path: Path, language: str
) -> None:
    frame, *others = blocks("yaml", PAGES[f"docs/{language}/how-to/own-frame.md"])
    head = frame.partition("blocs:")[0]
    assert len(others) == 13
    for text in (frame, *(part if "kind:" in part else head + part for part in others)):
        name = re.search(r"^id: ([\w-]+)", text, re.MULTILINE)
        assert name
        (tmp_path / f"{name[1]}.yaml").write_text(text, encoding="utf-8")
        run = quota("rules", "check", tmp_path / f"{name[1]}.yaml")
        assert run.code == 0, f"{text}\n{run.out}{run.err}"


def test_the_scenario_of_each_language_can_be_carried_out(quota: Callable[..., Any], tmp_path: Path) -> None:
    scenarios = [block for block in blocks("yaml") if block.startswith("kind: scenario")]
    assert len(scenarios) == 2, "one in each language"
    for scenario in scenarios:
        (tmp_path / "plan.yaml").write_text(scenario, encoding="utf-8")
        assert quota("simulate", tmp_path / "plan.yaml").code == 0


def test_the_top_level_holds_what_was_agreed() -> None:
    tops = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    allowed = {"quota", "rules", "data", "tests", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"}
    allowed |= {"CONTRIBUTING.md"}
    allowed |= {"docs", "findings"}  # what is too long for the README
    allowed |= {"THIRD-PARTY.md"}  # the licences of what it rests on travel with it
    allowed |= {"constraints.txt", "findings"}  # what pip installs; what outside software does that surprises
    assert tops - {"build", "dist"} <= allowed | {"README.vi.md"}
