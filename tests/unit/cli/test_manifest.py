"""`--manifest` and `quota verify`: what is recorded, what is compared, what a record cannot do."""

from __future__ import annotations

import contextlib
import csv
import fcntl
import hashlib
import io
import json
import os
import shutil
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from quota.cli import options
from quota.cli.record import recording
from quota.cli.record.recording import LIBRARIES, own_arguments

Quota = Callable[..., Any]
ROOT = Path(__file__).parents[3]
AUDIT = ("audit", "units.csv", "--staff", "staff.csv", "--rules", "toy.yaml")


class _Tomorrow(date):
    @classmethod
    def today(cls) -> date:
        return date(2031, 5, 6)


@pytest.fixture
def folder(quota: Quota, toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's own folder with the toy province, and the program run in it."""
    place = tmp_path / "work"
    shutil.copytree(toy, place)
    monkeypatch.chdir(place)
    return place


def record(quota: Quota, *arguments: object, code: int = 0) -> dict[str, Any]:
    run = quota(*arguments, "--manifest", "run.json")
    assert run.code == code, run.err
    made: dict[str, Any] = json.loads(Path("run.json").read_text(encoding="utf-8"))
    return made


def rewrite(**changes: object) -> None:
    path = Path("run.json")
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **changes}), encoding="utf-8")


def verified(quota: Quota, *arguments: object) -> tuple[int, list[dict[str, Any]]]:
    run = quota("verify", "run.json", *arguments, "--format", "json")
    return run.code, json.loads(run.out)["checks"]


def differing(checks: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(check["what"], check["name"], check["state"]) for check in checks if check["state"] != "same"]


def sha(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


# What is recorded


def test_a_record_holds_what_the_run_was_made_from_and_what_it_made(quota: Quota, folder: Path) -> None:
    made = record(quota, *AUDIT, "--output", "out.csv")
    assert made["manifest"] == 1
    assert made["command"] == "audit"
    assert made["arguments"] == [*AUDIT[1:], "--output", "out.csv"]
    assert {file["file"]: file["sha256"] for file in made["inputs"] if not file["shipped"]} == {
        "units.csv": sha("units.csv"),
        "staff.csv": sha("staff.csv"),
    }
    (rules,) = made["rules"]
    assert rules["text"] == Path("toy.yaml").read_text(encoding="utf-8")
    assert rules["sha256"] == sha("toy.yaml")
    assert made["outputs"] == [
        {"file": "out.csv", "sha256": sha("out.csv"), "bytes": Path("out.csv").stat().st_size}
    ]
    assert made["exit_code"] == 0
    assert made["program"]["libraries"].keys() <= set(LIBRARIES)
    assert "pydantic" in made["program"]["libraries"]


def test_what_was_left_open_is_recorded_as_it_came_out(quota: Quota, folder: Path) -> None:
    made = record(quota, *AUDIT, "--lang", "vi")
    assert made["options"]["as-of"] == made["today"] == date.today().isoformat()
    assert made["options"]["format"] == "table"
    assert made["options"]["field-rules"] == "fields-2025"
    assert (made["language"], made["width"]) == ("vi", 100)
    with_day = record(quota, *AUDIT, "--as-of", "2026-01-31", "--format", "csv")
    assert (with_day["today"], with_day["width"]) == (None, None)
    assert with_day["options"]["as-of"] == "2026-01-31"


def test_what_goes_to_the_streams_is_recorded_by_hash(quota: Quota, folder: Path) -> None:
    run = quota(*AUDIT, "--format", "csv", "--manifest", "run.json")
    made = json.loads(Path("run.json").read_text(encoding="utf-8"))
    for stream, text in (("stdout", run.out), ("stderr", run.err)):
        content = text.encode("utf-8")
        assert made[stream] == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    assert "An Bình" in run.out
    assert "An Bình" not in Path("run.json").read_text(encoding="utf-8")


def test_equal_runs_give_equal_records_on_one_line_a_value(quota: Quota, folder: Path) -> None:
    record(quota, *AUDIT)
    first = Path("run.json").read_bytes()
    record(quota, *AUDIT)
    assert Path("run.json").read_bytes() == first
    assert list(json.loads(first)) == sorted(json.loads(first))


def test_a_record_names_neither_user_nor_machine_nor_folder(quota: Quota, folder: Path) -> None:
    record(quota, *AUDIT, "--output", "out.json")
    text = Path("run.json").read_text(encoding="utf-8")
    for private in (str(folder), str(folder.parent), str(Path.home()) + "/", str(ROOT), os.uname().nodename):
        assert private not in text


@pytest.mark.parametrize("command", [("rules", "check"), ("data", "list"), ("rules", "schema")])
def test_groups_take_it_too(quota: Quota, folder: Path, command: tuple[str, ...]) -> None:
    assert record(quota, *command)["command"] == " ".join(command)
    assert verified(quota)[0] == 0


def test_a_no_is_recorded_too_and_a_refusal_is_not(quota: Quota, folder: Path) -> None:
    assert record(quota, *AUDIT, "--fail-on", "short", code=1)["exit_code"] == 1
    assert verified(quota)[0] == 0
    before = Path("run.json").read_bytes()
    assert quota("audit", "no-such.csv", "--manifest", "run.json").code == 2
    assert Path("run.json").read_bytes() == before
    assert quota("audit", "no-such.csv", "--manifest", "other.json").code == 2
    assert not Path("other.json").exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (["audit", "--manifest", "m", "a.csv"], ["a.csv"]),
        (["--lang", "vi", "audit", "a.csv", "--manifest=m"], ["a.csv"]),
        (["audit", "--output", "--manifest", "--manifest", "m"], ["--output", "--manifest"]),
        (["audit", "-vo", "--manifest", "--manifest", "m"], ["-vo", "--manifest"]),
        (["audit", "-ofile", "--manifest", "m"], ["-ofile"]),
        (["audit", "--manifest", "m", "--", "--manifest", "x"], ["--", "--manifest", "x"]),
        (["rules", "--lang=en", "check", "--manifest", "m", "--format", "csv"], ["--format", "csv"]),
    ],
)
def test_arguments_are_kept_as_typed_without_the_record_itself(typed: list[str], kept: list[str]) -> None:
    from quota.cli.app import command

    root: Any = command()
    chain, found = [root], root
    for word in [word for word in typed if word in ("audit", "rules", "check")]:
        found = found.commands[word]
        chain.append(found)

    class Context:
        def __init__(self, command: Any) -> None:
            self.command = command

    assert own_arguments([Context(inner) for inner in chain], typed) == kept


def test_every_library_the_program_may_be_installed_with_is_on_record() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [
        requirement
        for name in ("plan", "bulk", "report")
        for requirement in project["optional-dependencies"][name]
    ]
    assert sorted(LIBRARIES) == sorted(
        requirement.partition(">")[0] for requirement in [*project["dependencies"], *extras]
    )


# Where it may be written


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("units.csv", "it is an input of this run"),
        ("toy.yaml", "it is an input of this run"),
        ("out.csv", "--output and --manifest name one file"),
        ("nowhere/run.json", "its folder does not exist"),
        (".", "a folder, not a file"),
        ("", "a folder, not a file"),
    ],
)
def test_a_record_is_never_written_over_what_the_run_reads_or_writes(
    quota: Quota, folder: Path, target: str, said: str
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    run = quota(*AUDIT, "--output", "out.csv", "--manifest", target)
    assert run.code == 2
    assert said in run.err
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "out.csv"}
    assert after == before


def test_a_link_to_an_input_is_that_input(quota: Quota, folder: Path) -> None:
    Path("link.json").symlink_to("units.csv")
    run = quota(*AUDIT, "--manifest", "link.json")
    assert run.code == 2
    assert "it is an input of this run" in run.err


def test_a_reader_that_stops_reading_leaves_no_record(folder: Path) -> None:
    typed = [sys.executable, "-m", "quota", "audit", "--format", "json", "--manifest", "run.json"]
    with subprocess.Popen(typed, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.close()
        running.wait()
    assert running.returncode != 0
    assert not Path("run.json").exists()


# Running it again


def test_the_same_is_the_same_on_another_day_from_another_folder(
    quota: Quota, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(quota, *AUDIT, "--output", "out.json")
    moved = tmp_path / "colleague"
    folder.rename(moved)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setattr(options, "date", _Tomorrow)
    monkeypatch.setenv("COLUMNS", "61")
    run = quota("verify", moved / "run.json", "--format", "json")
    assert run.code == 0, run.out
    assert json.loads(run.out)["same"] is True
    assert list(elsewhere.iterdir()) == []


def test_a_record_below_the_folder_of_the_run_finds_it_and_one_outside_is_told(
    quota: Quota, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("records").mkdir()
    assert quota(*AUDIT, "--manifest", "records/run.json").code == 0
    assert quota(*AUDIT, "--manifest", tmp_path / "outside.json").code == 0
    assert quota("verify", tmp_path / "outside.json").code == 0  # it is run where the run was
    monkeypatch.chdir("/")
    assert quota("verify", folder / "records" / "run.json").code == 0
    refused = quota("verify", tmp_path / "outside.json")
    assert refused.code == 2
    for name in ("units.csv", "staff.csv", "toy.yaml"):
        assert f"{name}: no such file; put it where it was, or say with --base" in refused.err
    assert quota("verify", tmp_path / "outside.json", "--base", folder).code == 0
    assert quota("verify", tmp_path / "outside.json", "--base", folder / "toy.yaml").code == 2


def test_a_wide_or_narrow_table_is_drawn_as_wide_again(
    quota: Quota, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    assert record(quota, *AUDIT)["width"] == 70
    monkeypatch.setenv("COLUMNS", "140")
    assert verified(quota)[0] == 0
    assert os.environ["COLUMNS"] == "140"


def test_nothing_is_overwritten_and_nothing_is_left_behind(
    quota: Quota, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    record(quota, *AUDIT, "--output", "out.csv")
    Path("out.csv").write_text("mine now\n", encoding="utf-8")
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    assert verified(quota)[0] == 1
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["work"]


def test_an_edited_output_is_found_to_the_cell(quota: Quota, folder: Path) -> None:
    record(quota, *AUDIT, "--output", "out.csv")
    rows = list(csv.reader(io.StringIO(Path("out.csv").read_text(encoding="utf-8"))))
    place = rows[0].index("front_staff")
    rows[3][place] = "99"
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    Path("out.csv").write_text(text.getvalue(), encoding="utf-8")
    code, checks = verified(quota)
    assert code == 1
    (found,) = [check for check in checks if check["state"] != "same"]
    assert (found["what"], found["state"], found["line"], found["column"]) == (
        "output",
        "edited",
        4,
        "front_staff",
    )
    assert found["now"] == "99"
    shown = quota("verify", "run.json").out
    assert "Phường" not in shown
    assert "An Bình" not in shown


def test_an_output_that_is_not_there_is_still_vouched_for(quota: Quota, folder: Path) -> None:
    record(quota, *AUDIT, "--output", "out.csv")
    Path("out.csv").unlink()
    code, checks = verified(quota)
    assert (code, differing(checks)) == (0, [("output", "out.csv", "absent")])


def test_binary_outputs_are_compared_by_the_byte(quota: Quota, folder: Path) -> None:
    record(quota, *AUDIT, "--output", "out.xlsx")
    assert verified(quota)[0] == 0
    content = bytearray(Path("out.xlsx").read_bytes())
    content[1234] ^= 1
    Path("out.xlsx").write_bytes(content)
    code, checks = verified(quota)
    (found,) = [check for check in checks if check["state"] != "same"]
    assert (code, found["state"], found["byte"], found["then"]) == (1, "edited", 1234, None)


def test_a_changed_input_is_named_with_the_first_cell_it_changes(quota: Quota, folder: Path) -> None:
    record(quota, *AUDIT, "--output", "out.csv")
    text = Path("units.csv").read_text(encoding="utf-8")
    Path("units.csv").write_text(text.replace("250", "450"), encoding="utf-8")
    code, checks = verified(quota)
    assert code == 1
    assert differing(checks) == [("input", "units.csv", "changed"), ("output", "out.csv", "changed")]
    changed = next(check for check in checks if check["what"] == "output")
    assert (changed["line"], changed["column"], changed["then"], changed["now"]) == (
        2,
        "population",
        "250",
        "450",
    )


def test_changed_rules_are_shown_line_by_line(quota: Quota, folder: Path) -> None:
    record(quota, *AUDIT, "--output", "out.csv")
    lines = Path("toy.yaml").read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if "front: {range" in line)
    lines[place] = lines[place].replace("[1, 2]", "[1, 3]")
    Path("toy.yaml").write_text(
        "\n".join([*lines[: place + 1], "# ours", *lines[place + 1 :]]) + "\n", encoding="utf-8"
    )
    code, checks = verified(quota)
    rules = [check for check in checks if check["what"] == "rules"]
    assert code == 1
    assert [(rule_file["state"], rule_file["line"]) for rule_file in rules] == [
        ("changed", place + 1),
        ("added", place + 2),
    ]
    assert "[1, 2]" in rules[0]["then"]
    assert "[1, 3]" in rules[0]["now"]
    assert rules[1]["now"] == "# ours"


def test_an_input_that_is_gone_keeps_it_from_being_run(quota: Quota, folder: Path) -> None:
    record(quota, *AUDIT)
    Path("staff.csv").unlink()
    Path("toy.yaml").unlink()
    run = quota("verify", "run.json")
    assert run.code == 2
    assert run.out == ""
    assert "staff.csv: no such file" in run.err
    assert "toy.yaml: no such file" in run.err


def test_a_run_that_is_refused_now_says_why_and_what_changed(quota: Quota, folder: Path) -> None:
    record(quota, *AUDIT)
    Path("units.csv").write_text("code,name\n1,A\n", encoding="utf-8")
    run = quota("verify", "run.json", "--format", "json")
    found = json.loads(run.out)
    assert run.code == 2
    assert (found["ran"], found["same"]) == (False, False)
    assert ("input", "units.csv", "changed") in differing(found["checks"])
    assert "no column for population" in run.err


def test_other_versions_are_named_and_count_only_by_what_they_give(quota: Quota, folder: Path) -> None:
    made = record(quota, *AUDIT)
    program = {
        **made["program"],
        "version": "0.0.9",
        "libraries": {**made["program"]["libraries"], "rich": "1.0"},
    }
    rewrite(program=program)
    code, checks = verified(quota)
    assert code == 0
    assert differing(checks) == [("program", "quota", "changed"), ("library", "rich", "changed")]
    assert "It was made with other versions than are here." in quota("verify", "run.json").out


def test_standard_input_is_given_again(folder: Path) -> None:
    def run(*words: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
        typed = [sys.executable, "-m", "quota", *words]
        return subprocess.run(typed, cwd=folder, input=given, capture_output=True, check=False)

    table = Path("units.csv").read_bytes()
    assert run("audit", "-", "--manifest", "run.json", given=table).returncode == 0
    (entry,) = [
        file for file in json.loads(Path("run.json").read_text("utf-8"))["inputs"] if file["file"] == "-"
    ]
    assert entry["sha256"] == hashlib.sha256(table).hexdigest()
    assert run("verify", "run.json", given=table).returncode == 0
    changed = run("verify", "run.json", "--format", "csv", given=table.replace(b"250", b"251"))
    assert changed.returncode == 1
    assert b"input,-,changed" in changed.stdout
    nothing = run("verify", "run.json", "--format", "csv", given=b"")
    assert nothing.returncode == 2
    assert b"input,-,changed" in nothing.stdout


def test_a_folder_of_tables_that_gains_one_is_another_input(quota: Quota, folder: Path) -> None:
    Path("tables").mkdir()
    shutil.copy("units.csv", "tables/a.csv")
    record(quota, "audit", "tables", "--format", "csv")
    assert verified(quota)[0] == 0
    Path("tables/b.csv").write_text("code,name,type,population\n00900,Xã Mới,xã,17000\n", encoding="utf-8")
    code, checks = verified(quota)
    assert code == 1
    assert ("input", "tables/b.csv", "added") in differing(checks)
    assert ("stdout", "", "changed") in differing(checks)


def test_a_workbooks_sheet_and_a_linked_table(quota: Quota, folder: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["nothing"])
    sheet = book.create_sheet("Dân số")
    for row in csv.reader(io.StringIO(Path("units.csv").read_text(encoding="utf-8"))):
        sheet.append([int(cell) if cell.isdecimal() and not cell.startswith("0") else cell for cell in row])
    book.save("tables.xlsx")
    Path("link.csv").symlink_to("staff.csv")
    made = record(quota, "audit", "tables.xlsx", "--sheet", "2", "--staff", "link.csv", "--rules", "toy.yaml")
    assert made["options"]["sheet"] == ["2"]
    assert {file["file"] for file in made["inputs"] if not file["shipped"]} == {"tables.xlsx", "link.csv"}
    assert differing(verified(quota)[1]) == []
    text = Path("staff.csv").read_text(encoding="utf-8")
    Path("staff.csv").write_text(text.replace("7", "8"), encoding="utf-8")
    code, checks = verified(quota)
    assert code == 1
    assert ("input", "link.csv", "changed") in differing(checks)


def test_a_file_of_headings_is_an_input(quota: Quota, folder: Path) -> None:
    Path("own.csv").write_text("heading,column\nGhi chú,ignore\n", encoding="utf-8")
    made = record(quota, *AUDIT, "--columns", "own.csv")
    assert "own.csv" in {file["file"] for file in made["inputs"]}
    assert quota(*AUDIT, "--columns", "own.csv", "--output", "own.csv").code == 2


def test_a_file_audited_in_bulk_is_an_input(quota: Quota, folder: Path) -> None:
    Path("big.csv").write_text("code,name,type,population\n1,A,xã,17000\n", encoding="utf-8")
    made = record(quota, "bulk", "big.csv", "out.csv")
    assert [(file["file"], file["sha256"]) for file in made["inputs"]] == [("big.csv", sha("big.csv"))]
    assert [file["file"] for file in made["outputs"]] == ["out.csv"]
    assert verified(quota)[0] == 0
    Path("big.csv").write_text("code,name,type,population\n1,A,xã,18000\n", encoding="utf-8")
    code, checks = verified(quota)
    assert code == 1
    assert ("output", "out.csv", "changed") in differing(checks)


def test_the_name_of_a_file_that_is_no_text_survives(folder: Path) -> None:
    name = os.fsdecode(b"x\xff.csv")
    try:
        shutil.copy("units.csv", name)
    except OSError:
        pytest.skip("this file system knows no such names")
    for words in (["audit", name, "--manifest", "run.json"], ["verify", "run.json"]):
        typed = [sys.executable, "-m", "quota", *words]
        done = subprocess.run(typed, cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr


# What a record cannot do


@pytest.mark.parametrize(
    "arguments",
    [
        ["units.csv", "--output", "{outside}"],
        ["units.csv", "-o{outside}"],
        ["units.csv", "--output", "../outside.csv"],
        ["units.csv", "--output", "toy.yaml"],
        ["units.csv", "--manifest", "{outside}"],
        ["units.csv", "--manifest={outside}"],
        ["units.csv", "--install-completion"],
        ["--help"],
        ["--", "--output", "{outside}"],
    ],
)
def test_a_record_written_by_hand_writes_nowhere(
    quota: Quota, folder: Path, tmp_path: Path, arguments: list[str]
) -> None:
    outside = tmp_path / "outside.csv"
    record(quota, "audit", "units.csv")
    rewrite(arguments=[argument.format(outside=outside) for argument in arguments])
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert quota("verify", "run.json").code in (1, 2)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("bulk", ["units.csv", "{outside}"]),
        ("check", ["units.csv", "--fix", "{outside}"]),
        ("report", ["units.csv", "--output", "{outside}"]),
    ],
)
def test_nor_does_any_other_option_that_names_a_file_to_write(
    quota: Quota, folder: Path, tmp_path: Path, command: str, arguments: list[str]
) -> None:
    outside = tmp_path / "outside.csv"
    record(quota, "audit", "units.csv")
    rewrite(command=command, arguments=[argument.format(outside=outside) for argument in arguments])
    assert quota("verify", "run.json").code in (1, 2)
    assert not outside.exists()


@pytest.mark.parametrize("command", ["verify", "sh", "python", "rules", "audit check"])
def test_only_this_programs_commands_are_run_and_never_itself(
    quota: Quota, folder: Path, command: str
) -> None:
    record(quota, "audit", "units.csv")
    rewrite(command=command, arguments=["run.json"])
    assert quota("verify", "run.json").code == 2


def test_verifying_is_not_recorded(quota: Quota, folder: Path) -> None:
    record(quota, *AUDIT)
    assert quota("verify", "run.json", "--manifest", "other.json").code == 2
    assert not Path("other.json").exists()


def test_a_hash_written_by_hand_is_a_difference(quota: Quota, folder: Path) -> None:
    made = record(quota, *AUDIT, "--output", "out.csv")
    other = hashlib.sha256(b"").hexdigest()
    rewrite(
        stdout={"bytes": 7, "sha256": other},
        outputs=[{**made["outputs"][0], "sha256": other}],
        inputs=[
            {**file, "sha256": other} if file["file"] == "units.csv" else file for file in made["inputs"]
        ],
        options={**made["options"], "limit": 3},
        exit_code=1,
    )
    code, checks = verified(quota)
    assert code == 1
    assert differing(checks) == [
        ("input", "units.csv", "changed"),
        ("option", "limit", "changed"),
        ("output", "out.csv", "changed"),
        ("stdout", "", "changed"),
        ("exit-code", "", "changed"),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"manifest": 2}, "a manifest of version 2; this program knows 1"),
        ({"manifest": True}, "not a manifest"),
        ({"manifest": "1"}, "not a manifest"),
        ({"more": 1}, "more: no such key"),
        ({"stdout": {"bytes": 1}}, "stdout.sha256: the key is missing"),
        ({"stdout": {"bytes": -1, "sha256": "0" * 64}}, "stdout.bytes: not what belongs here"),
        ({"stdout": {"bytes": "1", "sha256": "0" * 64}}, "stdout.bytes: not what belongs here"),
        ({"language": "fr"}, "language: not what belongs here"),
        ({"exit_code": 2}, "exit_code: not what belongs here"),
        ({"today": "yesterday"}, "today: not what belongs here"),
        ({"width": 10**9}, "width: not what belongs here"),
        ({"folder": "/etc"}, "folder: not what belongs here"),
        ({"folder": "../../etc"}, "folder: not what belongs here"),
        ({"command": "--install-completion"}, "command: not what belongs here"),
        ({"arguments": "units.csv"}, "arguments: not what belongs here"),
        ({"arguments": [["--output"]]}, "arguments.0: not what belongs here"),
        (
            {"inputs": [{"file": "data/../../x", "bytes": 0, "sha256": "0" * 64, "shipped": True}]},
            "inputs.0: not what belongs here",
        ),
        (
            {
                "rules": [
                    {"file": "a.yaml", "bytes": 0, "sha256": "0" * 64, "shipped": False, "text": "id: x"}
                ]
            },
            "rules.0: the text is not the one that was recorded",
        ),
    ],
)
def test_what_is_no_record_is_refused_by_name(
    quota: Quota, folder: Path, changes: dict[str, object], said: str
) -> None:
    record(quota, "audit", "units.csv")
    rewrite(**changes)
    run = quota("verify", "run.json")
    assert run.code == 2
    assert said in run.err
    assert run.out == ""


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[]", b"null", b'{"manifest": 1, "manifest": 1}', b"[" * 100_000, b"a,b\n1,2\n"],
)
def test_what_is_no_json_object_is_refused(quota: Quota, folder: Path, content: bytes) -> None:
    Path("run.json").write_bytes(content)
    run = quota("verify", "run.json")
    assert run.code == 2
    assert "not a manifest; name a file that --manifest wrote" in run.err


def test_no_file_a_folder_and_a_fifo_are_refused(quota: Quota, folder: Path) -> None:
    os.mkfifo("pipe.json")
    for name, said in (
        ("none.json", "no such file"),
        (".", "not an ordinary"),
        ("pipe.json", "not an ordinary"),
    ):
        run = quota("verify", name)
        assert run.code == 2
        assert said in run.err


def test_the_verdict_is_not_written_over_what_it_is_about(quota: Quota, folder: Path) -> None:
    record(quota, *AUDIT, "--output", "out.csv")
    for name in ("run.json", "units.csv", "toy.yaml", "out.csv"):
        before = Path(name).read_bytes()
        run = quota("verify", "run.json", "--output", name, "--format", "csv")
        assert run.code == 2
        assert "it is an input of this run" in run.err
        assert Path(name).read_bytes() == before


def test_the_verdict_in_every_form_and_in_vietnamese(quota: Quota, folder: Path) -> None:
    record(quota, *AUDIT)
    rows = list(csv.DictReader(io.StringIO(quota("verify", "run.json", "--format", "csv").out)))
    assert rows == [
        {key: "" if value is None else str(value) for key, value in check.items()}
        for check in verified(quota)[1]
    ]
    assert "gives what it gave" in quota("verify", "run.json", "--format", "markdown").out
    said = quota("verify", "run.json", "--lang", "vi")
    assert "quota audit cho kết quả giống hệt, từng byte." in said.out
    assert quota("verify", "run.json", "--output", "verdict.xlsx").code == 0


# At a prompt


def at_a_terminal(columns: int, *words: str) -> bytes:
    """What a terminal of this width is sent."""
    reader, writer = os.openpty()
    fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    typed = [sys.executable, "-m", "quota", *words]
    with subprocess.Popen(
        typed, stdin=writer, stdout=writer, stderr=subprocess.DEVNULL, env={**environment, "TERM": "xterm"}
    ):
        os.close(writer)
        shown = b""
        with contextlib.suppress(OSError):  # how a terminal says that nobody writes to it any more
            while piece := os.read(reader, 65_536):
                shown += piece
    os.close(reader)
    return shown


def test_what_a_terminal_shows_is_recorded_plain_and_as_wide_as_it_is(quota: Quota, folder: Path) -> None:
    assert b"\x1b[" in at_a_terminal(72, *AUDIT)
    shown = at_a_terminal(72, *AUDIT, "--manifest", "run.json")
    assert b"\x1b" not in shown
    plain = shown.replace(b"\r\n", b"\n")
    made = json.loads(Path("run.json").read_text(encoding="utf-8"))
    assert made["width"] == 72
    assert made["stdout"]["sha256"] == hashlib.sha256(plain).hexdigest()
    assert verified(quota)[0] == 0


def test_a_workbook_is_not_for_the_screen_recorded_or_not(folder: Path) -> None:
    assert at_a_terminal(80, *AUDIT, "--format", "xlsx", "--manifest", "run.json") == b""
    assert not Path("run.json").exists()


def test_an_interrupt_leaves_no_record_and_no_folder(
    quota: Quota, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    record(quota, *AUDIT)
    before = Path("run.json").read_bytes()
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr("quota.cli.commands.audit.audit.audit_of", interrupted)
    assert quota(*AUDIT, "--manifest", "run.json").code == 130
    assert Path("run.json").read_bytes() == before
    assert quota("verify", "run.json").code == 130
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_the_verdict_fits_the_terminal_in_both_languages(
    quota: Quota, folder: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    made = record(quota, *AUDIT, "--output", "out.csv")
    rules = [
        {**rule_file, "text": rule_file["text"].replace("base: 5", "base: 6")} for rule_file in made["rules"]
    ]
    rules[0]["sha256"] = hashlib.sha256(rules[0]["text"].encode("utf-8")).hexdigest()
    rewrite(rules=rules)
    monkeypatch.setenv("COLUMNS", str(columns))
    for language in ("vi", "en"):
        run = quota("verify", "run.json", "--lang", language)
        assert run.code == 1
        assert max(cell_len(line) for line in run.out.splitlines()) <= columns
        assert "toy.yaml" in run.out


def test_a_rule_file_that_is_no_text_is_recorded_without_its_text(quota: Quota, folder: Path) -> None:
    Path("bad.yaml").write_bytes(b"id: bad\ntitle: \xff\n")
    made = record(quota, "rules", "check", "bad.yaml", code=1)
    assert [(rule_file["file"], rule_file["text"], rule_file["sha256"]) for rule_file in made["rules"]] == [
        ("bad.yaml", None, sha("bad.yaml"))
    ]
    assert verified(quota)[0] == 0
    Path("bad.yaml").write_bytes(b"id: bad\ntitle: \xfe\n")
    code, checks = verified(quota)
    assert (code, differing(checks)) == (1, [("rules", "bad.yaml", "changed")])


def test_line_ends_alone_change_the_hash_of_rules_and_no_line(quota: Quota, folder: Path) -> None:
    record(quota, *AUDIT, "--format", "csv")
    Path("toy.yaml").write_bytes(Path("toy.yaml").read_bytes().replace(b"\n", b"\r\n"))
    code, checks = verified(quota)
    assert code == 1
    (found,) = [check for check in checks if check["what"] == "rules"]
    assert (found["state"], found["line"], found["now"]) == ("changed", None, sha("toy.yaml")[:12])


def test_a_line_of_text_that_differs_is_shown_where_it_does(quota: Quota, folder: Path) -> None:
    record(quota, *AUDIT, "--output", "out.md")
    lines = Path("out.md").read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if "An Bình" in line)
    lines[place] = f"{lines[place].rstrip()} mine\n"
    Path("out.md").write_text("".join(lines), encoding="utf-8")
    code, checks = verified(quota)
    (found,) = [check for check in checks if check["state"] != "same"]
    assert (code, found["line"], found["column"]) == (1, place + 1, None)
    assert found["now"].endswith(" mine")
    assert len(found["now"]) <= 62
    del lines[place:]
    Path("out.md").write_text("".join(lines), encoding="utf-8")
    (found,) = [check for check in verified(quota)[1] if check["state"] != "same"]
    assert (found["line"], found["now"]) == (place + 1, None)


def test_a_run_that_read_standard_input_asks_for_it(quota: Quota, folder: Path) -> None:
    made = record(quota, *AUDIT)
    rewrite(
        inputs=[{**file, "file": "-"} if file["file"] == "units.csv" else file for file in made["inputs"]]
    )
    typed = [sys.executable, "-m", "quota", "verify", "run.json"]
    done = subprocess.run(
        f'"{typed[0]}" {" ".join(typed[1:])} <&-', shell=True, cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert b"Give it again: quota verify run.json < FILE" in done.stderr


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="permission is never refused to this user"
)
def test_a_record_that_may_not_be_read_is_refused(quota: Quota, folder: Path) -> None:
    record(quota, *AUDIT)
    Path("run.json").chmod(0)
    assert quota("verify", "run.json").code == 2


def test_a_record_larger_than_any_table_is_refused(
    quota: Quota, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(quota, *AUDIT)
    monkeypatch.setenv("QUOTA_MAX_FILE_BYTES", "1000")
    run = quota("verify", "run.json")
    assert run.code == 2
    assert "run.json: more than 1,000 bytes" in run.err


def test_rules_that_are_text_no_more_are_named_whole(quota: Quota, folder: Path) -> None:
    record(quota, *AUDIT)
    Path("toy.yaml").write_bytes(b"id: toy\n\xff\n")
    run = quota("verify", "run.json", "--format", "json")
    assert run.code == 2
    (found,) = [check for check in json.loads(run.out)["checks"] if check["what"] == "rules"]
    assert (found["state"], found["line"], found["now"]) == ("changed", None, sha("toy.yaml")[:12])
    assert "not UTF-8 text" in run.err


def test_a_number_that_json_does_not_know_is_recorded_in_words(quota: Quota, folder: Path) -> None:
    shutil.copytree(ROOT / "tests" / "scenarios", "scenarios")
    given = ("scenarios/units.csv", "--neighbours", "scenarios/neighbours.csv", "--units", "6")
    made = record(quota, "suggest", *given, "--time-limit", "inf", "--seed", "7")
    assert made["options"]["time-limit"] == "inf"
    assert made["seed"] == made["options"]["seed"] == 7
    assert verified(quota)[0] == 0


def test_an_extra_that_is_not_installed_is_not_on_record(
    quota: Quota, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = metadata.version

    def without(name: str) -> str:
        if name == "ortools":
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(metadata, "version", without)
    assert "ortools" not in record(quota, *AUDIT)["program"]["libraries"]
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert differing(verified(quota)[1]) == [("library", "ortools", "added")]


def test_a_checkout_between_two_versions_is_told_apart(quota: Quota, folder: Path) -> None:
    made = record(quota, *AUDIT)
    rewrite(program={**made["program"], "sha256": "0" * 64})
    code, checks = verified(quota)
    (found,) = [check for check in checks if check["state"] != "same"]
    assert (code, found["what"]) == (0, "program")
    assert found["then"] == f"{made['program']['version']} (000000000000)"


def test_nothing_is_recorded_without_the_program_around_it(folder: Path) -> None:
    from quota.cli.app import command

    run: Any = command()
    with pytest.raises(RuntimeError):
        run(args=["data", "list", "--manifest", "run.json"], prog_name="quota")
    assert not Path("run.json").exists()


def test_a_copy_of_a_stream_that_is_gone_is_thrown_away_without_a_word() -> None:
    """Python 3.13 tells people what goes wrong as a stream is thrown away."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    copy = recording._Copy(stream)
    stream.close()
    copy.close()
    assert copy.closed
