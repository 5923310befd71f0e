"""`quota audit` as it is typed: what goes to stdout, to stderr, to a file, and the exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parents[2] / "golden"
Quota = Callable[..., Any]
DAY = ("--as-of", "2026-11-22")
TOY = ("tests/toy/units.csv", "--staff", "tests/toy/staff.csv", "--rules", "tests/toy/toy.yaml", *DAY)


def golden(name: str, text: str) -> None:
    """Compare with the kept file; set UPDATE_GOLDEN=1 to write it anew, then look at it."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_no_arguments_is_hai_phong_with_its_sample_at_100_columns(quota: Quota) -> None:
    run = quota("audit", *DAY)
    assert run.code == 0
    golden("audit-hai-phong-100.txt", run.out)
    assert max(len(line) for line in run.out.splitlines()) <= 100
    assert "made up" in run.out


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_the_toy_province_at_each_width(quota: Quota, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    run = quota("audit", *TOY)
    golden(f"audit-toy-{columns}.txt", run.out)
    assert max(len(line) for line in run.out.splitlines()) <= columns


def test_on_the_narrowest_terminal_no_figure_is_cut_off(
    quota: Quota, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    narrow = "".join(quota("audit", *DAY).out.split())
    monkeypatch.setenv("COLUMNS", "90")
    wide = quota("audit", *DAY).out
    figures = re.findall(r"[−+]?[0-9][0-9,]*(?:–[0-9,]+)?", wide.split("Totals")[1].split("Units:")[0])
    assert {"1,938–2,280", "7,807–8,377", "−208", "4,957"} <= set(figures)
    for figure in figures:
        assert figure in narrow


def test_letters_of_two_cells_push_no_figure_off_the_line(quota: Quota, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        "code,name,type,population\n1,Xã 北京市中国,xã,17000\n2,Xã A,xã,18000\n", encoding="utf-8"
    )
    first, second = quota("audit", path, *DAY).out.split("\n\n")[1].splitlines()[1:]
    assert (first.split()[-1], second.split()[-1]) == ("57–62", "58–63")


def test_markdown(quota: Quota) -> None:
    golden("audit-toy.md", quota("audit", *TOY, "--format", "markdown").out)


def test_csv_is_the_json_flattened(quota: Quota) -> None:
    rows = list(csv.DictReader(io.StringIO(quota("audit", *TOY, "--format", "csv").out)))
    units = json.loads(quota("audit", *TOY, "--format", "json").out)["units"]

    def cell(value: object) -> str:
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    for row, unit in zip(rows, units, strict=True):
        for group in ("government", "party", "front", "total"):
            low, high = unit["quota"][group] if unit["quota"] else (None, None)
            gap = unit["gap"][group] or {"shortfall": None, "surplus": None}
            assert (row[f"{group}_low"], row[f"{group}_high"]) == (cell(low), cell(high))
            assert row[f"{group}_staff"] == cell(unit["staff"][group])
            assert row[f"{group}_shortfall"] == cell(gap["shortfall"])
            assert row[f"{group}_surplus"] == cell(gap["surplus"])
        for key in ("code", "name", "type", "population", "status", "below_minimum"):
            assert row[key] == cell(unit[key])
        assert row["Ghi chú"] == unit["more"]["Ghi chú"]
        assert row["notes"].split() == [note["code"] for note in unit["notes"]]


def test_the_json_has_the_keys_of_the_contract(quota: Quota) -> None:
    answer = json.loads(quota("audit", *TOY, "--format", "json").out)
    assert list(answer) == ["quota_version", "frame", "as_of", "inputs", "units", "totals", "problems"]
    assert list(answer["frame"]) == ["id", "title", "status", "effective", "reading", "sources", "files"]
    assert [list(file) for file in answer["inputs"]] == [["path", "sha256", "rows"]] * 2
    unit = answer["units"][0]
    assert list(unit) == [
        "code",
        "name",
        "type",
        "population",
        "quota",
        "staff",
        "gap",
        "assigned",
        "vacancy",
        "assigned_off_norm",
        "status",
        "below_minimum",
        "notes",
        "assigned_status",
        "decision",
        "more",
    ]
    assert (
        list(unit["quota"])
        == list(unit["staff"])
        == list(unit["gap"])
        == ["government", "party", "front", "total"]
    )
    assert answer["as_of"] == "2026-11-22"


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (["--only", "mixed"], ["00001"]),
        (["--only", "mixed", "--only", "below-minimum"], ["00001", "00002", "00005"]),
        (["--only", "unknown"], ["00004", "00005"]),
        (["--only", "short"], []),
        (["--sort", "population"], ["00003", "00001", "00002", "00005", "00004"]),
        (["--sort", "government_surplus", "--limit", "1"], ["00002"]),
    ],
)
def test_what_is_shown(quota: Quota, options: list[str], codes: list[str]) -> None:
    answer = json.loads(quota("audit", *TOY, *options, "--format", "json").out)
    assert [unit["code"] for unit in answer["units"]] == codes
    assert answer["totals"]["units"] == 5
    assert quota("audit", *TOY, *options).code == 0


def test_fail_on_answers_with_the_exit_code(quota: Quota) -> None:
    assert quota("audit", *TOY, "--fail-on", "short").code == 1
    assert quota("audit", *TOY, "--fail-on", "surplus").code == 1


def test_a_gate_that_can_see_nothing_is_refused_and_one_that_sees_part_says_so(quota: Quota) -> None:
    blind = quota("audit", "ha-noi", *DAY, "--fail-on", "short")
    assert (blind.code, blind.out) == (2, "")
    assert "nothing to judge" in blind.err
    assert "could not judge 2 units whole" in quota("audit", *TOY, "--fail-on", "short").err


def test_within_its_norms_a_table_passes_the_gates(quota: Quota, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        "code,name,type,population,government,party,front\n1,Xã A,xã,16000,32,17,10\n", encoding="utf-8"
    )
    assert quota("audit", path, *DAY, "--fail-on", "short", "--fail-on", "surplus").code == 0


def test_a_known_shortage_is_not_hidden_by_an_unknown_bloc(quota: Quota, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        "code,name,type,population,government,party,front\n"
        "1,Xã A,xã,16000,30,17,10\n2,Xã B,xã,16000,7,17,\n3,Xã C,xã,16000,40,,\n",
        encoding="utf-8",
    )
    answer = json.loads(
        quota("audit", path, *DAY, "--only", "short", "--sort", "shortfall", "--format", "json").out
    )
    assert [(unit["code"], unit["status"]) for unit in answer["units"]] == [("2", "unknown"), ("1", "short")]
    assert answer["totals"]["gap"]["total"] == {"shortfall": 27, "surplus": 8}


def test_what_is_unknown_everywhere_is_null_in_the_totals_too(quota: Quota, tmp_path: Path) -> None:
    totals = json.loads(quota("audit", "ha-noi", *DAY, "--format", "json").out)["totals"]
    assert totals["staff"] == {"government": None, "party": None, "front": None, "total": None}
    assert totals["gap"] == {"government": None, "party": None, "front": None, "total": None}
    path = tmp_path / "units.csv"
    path.write_text("code,name,type,population\n1,Xã A,xã,\n", encoding="utf-8")
    totals = json.loads(quota("audit", path, *DAY, "--format", "json").out)["totals"]
    assert (totals["quota"], totals["population"]) == (None, None)
    assert "Posts granted           ?" in quota("audit", path, *DAY).out


def test_data_goes_to_stdout_and_words_about_the_run_to_stderr(quota: Quota) -> None:
    run = quota("audit", *DAY, "--format", "csv")
    assert "made up" in run.err
    assert "made up" not in run.out
    assert len(run.out.splitlines()) == 115


@pytest.mark.parametrize(
    ("name", "first"), [("a.csv", "code,"), ("a.json", "{"), ("a.md", "- **"), ("a.txt", "Audit ")]
)
def test_a_files_ending_says_its_form(quota: Quota, tmp_path: Path, name: str, first: str) -> None:
    run = quota("audit", *TOY, "--output", tmp_path / name)
    assert (run.code, run.out) == (0, "")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(first)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_output_file_keeps_its_permissions_and_a_new_one_can_be_shared(
    quota: Quota, tmp_path: Path
) -> None:
    old = tmp_path / "old.csv"
    old.write_text("old")
    old.chmod(0o640)
    quota("audit", *TOY, "--output", old)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    mask = os.umask(0o022)
    quota("audit", *TOY, "--output", tmp_path / "new.csv")
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o644


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audit", "nope.csv"], "nope.csv: no such file"),
        (["audit", "tests"], "tests: a folder with no table in it"),
        (["audit", "--rules", "central-2026"], "Did you mean central-2025?"),
        (["audit", "--as-of", "2025-06-30"], "in force from 2025-07-01, not yet on 2025-06-30"),
        (["audit", "--as-of", "30.06.2025"], "write 2026-01-31, or 31/01/2026"),
        (["audit", "--sort", "size"], "keys: code, name"),
        (["audit", "--only", "tall"], "below-minimum"),
        (["audit", "--limit", "0"], "--limit"),
        (["audit", "--output", "tests"], "tests: a folder, not a file"),
        (["audit", "--output", "no/such/folder/a.csv"], "its folder does not exist"),
        (
            ["audit", *TOY[:1], "--rules", "tests/toy/toy.yaml", "--output", "tests/toy/units.csv"],
            "an input of this run",
        ),
        (["audit", "hai-phong", "--staff", "ha-noi"], "no column for government"),
        (["explain", "nowhere"], "no unit is called"),
        (["audits"], "Did you mean 'audit'?"),
    ],
)
def test_bad_input_gets_one_clear_message_and_exit_code_2(
    quota: Quota, arguments: list[str], said: str
) -> None:
    run = quota(*arguments)
    assert run.code == 2
    assert said in run.err
    assert run.out == ""
    assert "Traceback" not in run.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit", ""],
        ["audit", "--staff", ""],
        ["audit", "x" * 300],
        ["audit", "--rules", "x" * 300 + ".yaml"],
        ["rules", "check", "x" * 300],
        ["audit", "/dev/null"],
        ["audit", "--output", "/dev/null"],
        ["audit", "--output", "x" * 300],
        ["audit", "--output", "table.xlsx.unheard-of"],
    ],
)
def test_paths_that_lead_nowhere_are_refused_with_a_way_out(quota: Quota, arguments: list[str]) -> None:
    run = quota(*arguments)
    assert run.code in (1, 2) if arguments[0] == "rules" else run.code == 2
    assert "fault" not in run.err
    assert "; " in run.err or ". " in run.err


def test_nothing_that_was_read_is_ever_written_over(quota: Quota, tmp_path: Path) -> None:
    rules, link = tmp_path / "toy.yaml", tmp_path / "link.csv"
    rules.write_bytes((Path("tests/toy/toy.yaml")).read_bytes())
    link.symlink_to(rules)
    kept = rules.read_bytes()
    for target in (rules, link):
        run = quota("audit", *TOY[:3], "--rules", rules, "--format", "csv", "--output", target)
        assert run.code == 2
        assert "an input of this run" in run.err
    assert quota("rules", "show", rules, "--format", "json", "--output", rules).code == 2
    assert rules.read_bytes() == kept


def test_nothing_of_the_program_is_ever_written_over(
    quota: Quota, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = Path("data/catalogue.csv").resolve()
    kept = target.read_bytes()
    monkeypatch.chdir(tmp_path)
    for name in ("catalogue.csv", "hai-phong.csv", "new.csv"):
        run = quota("audit", "--output", target.with_name(name))
        assert run.code == 2
        assert "part of the program" in run.err
    assert target.read_bytes() == kept


def test_a_loop_of_links_and_a_link_to_nothing(quota: Quota, tmp_path: Path) -> None:
    loop, dangling = tmp_path / "loop.csv", tmp_path / "dangling.csv"
    loop.symlink_to(loop)
    dangling.symlink_to(tmp_path / "nothing.csv")
    assert "a link to a file that is not there" in quota("audit", dangling).err
    for arguments in (["audit", loop], ["audit", "--output", loop]):
        run = quota(*arguments)
        assert run.code == 2
        assert "fault" not in run.err


@pytest.mark.parametrize("columns", ["abc", "-5", "0", "99999999"])
def test_a_senseless_width_is_no_width(quota: Quota, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    run = quota("audit", *TOY)
    assert run.code == 0
    assert "Phường Bình Hòa" in run.out


def test_refused_input_leaves_an_existing_output_as_it_was(quota: Quota, tmp_path: Path) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_text("kept")
    assert quota("audit", "nope.csv", "--output", kept).code == 2
    assert kept.read_text() == "kept"


def test_a_full_disk_leaves_an_existing_output_as_it_was(
    quota: Quota, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_text("kept")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    run = quota("audit", *TOY, "--output", kept)
    assert run.code == 2
    assert "cannot be written: No space left on device" in run.err
    assert kept.read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.csv"]


def test_names_from_a_file_are_shown_and_never_obeyed(quota: Quota, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        'code,name,type,population\n1,"[red]Xã[/red] \x1b[31mA\u202e|<b>",xã,17000\n', encoding="utf-8"
    )
    run = quota("audit", path, *DAY)
    assert "[red]Xã[/red]" in run.out
    assert "\x1b" not in run.out
    assert "\u202e" not in run.out
    markdown = quota("audit", path, *DAY, "--format", "markdown").out
    assert "\\|&lt;b>" in markdown
