"""Records of runs, and where two files part, against what is plainly so."""

from __future__ import annotations

import contextlib
import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quota.cli.main import main
from quota.cli.record.differing import first_difference
from quota.core.problems import InputError
from quota.run.manifest import read_manifest
from quota.run.verification import State
from quota.run.verifying import SHOWN, changed_lines, parting

HERE = Path(__file__).parent
LINES = st.lists(st.sampled_from(["base: 32", "base: 33", "", "  note: gần sông", "source: a"]), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(LINES, LINES)
def test_the_changed_lines_are_all_that_two_rule_files_do_not_share(then: list[str], now: list[str]) -> None:
    found = list(changed_lines("a.yaml", "\n".join(then), "\n".join(now)))
    assert bool(found) is ("\n".join(then).splitlines() != "\n".join(now).splitlines())
    for line_found in found:
        line = line_found.place.line
        assert line is not None
        lines = then if line_found.state is State.GONE else now
        assert lines[line - 1] == (line_found.then if line_found.state is State.GONE else line_found.now)
    gone = sum(line_found.state is not State.ADDED for line_found in found)
    new = sum(line_found.state is not State.GONE for line_found in found)
    kept_then, kept_now = ("\n".join(lines).splitlines() for lines in (then, now))
    assert len(kept_then) - gone == len(kept_now) - new >= 0


def test_files_too_long_to_be_set_side_by_side_are_compared_whole() -> None:
    long = "a: 1\n" * 5_001
    assert list(changed_lines("a.yaml", long, "a: 2\n")) == []
    assert len(list(changed_lines("a.yaml", long[:50], "a: 2\n"))) == 10


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=200))
def test_two_lines_are_shown_where_they_part_and_never_much_more(
    start: str, old_end: str, new_end: str
) -> None:
    then, now = start + old_end, start + new_end
    shown = parting(then, now)
    assert all(side is not None and len(side) <= SHOWN + 2 for side in shown)
    if then != now:
        assert shown[0] != shown[1]


@QUICK
@given(
    st.binary(max_size=300), st.binary(max_size=50), st.binary(max_size=50), st.sampled_from([".csv", ".txt"])
)
def test_files_part_where_bytes_do(
    tmp_path: Path, start: bytes, old_end: bytes, new_end: bytes, ending: str
) -> None:
    contents = start + old_end, start + new_end
    if contents[0] == contents[1]:
        return
    paths = tmp_path / f"then{ending}", tmp_path / f"now{ending}"
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    pairs = enumerate(zip(*contents, strict=False))
    offset = next((at for at, (a, b) in pairs if a != b), min(map(len, contents)))
    _, _, place = first_difference(*paths)
    if place.byte is not None:
        assert place.byte == offset
    else:
        assert place.line == contents[0][:offset].count(b"\n") + 1


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A small run's record and the folder it was made in."""
    folder = tmp_path_factory.mktemp("recorded")
    (folder / "units.csv").write_text("code,name,type,population\n1,A,xã,17000\n", encoding="utf-8")
    with contextlib.chdir(folder), pytest.raises(SystemExit):
        main(["audit", "units.csv", "--output", "out.csv", "--manifest", "run.json"])
    return folder, json.loads((folder / "run.json").read_text(encoding="utf-8"))


def test_a_record_that_is_read_and_written_is_the_same_bytes(recorded: tuple[Path, dict[str, Any]]) -> None:
    path = recorded[0] / "run.json"
    assert read_manifest(path, path.read_bytes()).content() == path.read_bytes()


@QUICK
@given(st.data())
def test_no_record_makes_anything_but_a_verdict(
    recorded: tuple[Path, dict[str, Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    data: st.DataObject,
) -> None:
    folder, made = recorded
    (tmp_path / "temporary").mkdir(exist_ok=True)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.chdir(tmp_path)
    changed = copy.deepcopy(made)
    place: Any = changed
    key = data.draw(st.sampled_from(sorted(place)))
    while isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans()):
        place = place[key]
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
    place[key] = data.draw(
        JSON | st.sampled_from(["../x.csv", "/etc/passwd", "-", "\0", "--manifest", "\udc80"])
    )
    record = folder / "changed.json"
    record.write_text(json.dumps(changed), encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(SystemExit) as end:
        main(["verify", str(record)])
    said = capsys.readouterr()
    assert end.value.code in (0, 1, 2)
    assert "A fault in the program" not in said.err
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.rglob("*")] == ["temporary"]


@given(JSON)
def test_no_json_is_taken_for_a_record(values: object) -> None:
    try:
        content = json.dumps(values).encode("utf-8")
    except UnicodeEncodeError:
        return
    with pytest.raises(InputError):
        read_manifest(Path("run.json"), content)
