"""Terrain that tables do not say: every command that applies a frame takes a table of it, and uses it.

Under the default frame four of these six units have more posts in mountains: the commune of 16,000 residents
and the special zone have not.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.commands import LEAVES, options_of, over_units
from tests.laws.province import LEAVERS, PEOPLE
from tests.office.books import opened

Quota = Callable[..., Any]
DAY = ("--as-of", "2026-11-22")

UNITS = """\
code,name,type,population,area_km2,lon,lat,province,given,government,party,front
00001,Xã An Bình,commune,30000,200,106.50,20.50,Toy,46,43,18,9
00002,Xã Bình An,commune,20500,155,106.55,20.52,Toy,36,37,20,7
00003,Phường Trung Tâm,ward,45000,82,106.60,20.55,Toy,61,58,21,12
00004,Xã Núi Cao,commune,16000,120,106.65,20.60,Toy,32,30,15,8
00005,Xã Đồng Xa,commune,18000,155,106.70,20.62,Toy,34,33,18,9
00006,Đặc khu Đảo Xa,special_zone,20000,55,106.90,20.62,Toy,34,33,18,9
"""
NEIGHBOURS = """\
code_a,code_b,shared_border_km
00001,00002,4.5
00002,00003,2
00003,00004,7.25
00004,00005,3
"""
SCENARIO = """\
kind: scenario
title: Thử
operations:
  - merge:
      units: ["00001", "00002"]
      into: {code: "00101", name: Xã An Bình Mới, type: commune}
"""
LENT = "id,home,host,field,start,months\nA1,Sở Nội vụ,00001,finance,2026-08-17,6\n"
CODES = [line.partition(",")[0] for line in UNITS.splitlines()[1:]]
FILES = {
    "units.csv": UNITS,
    "later.csv": UNITS.replace(",30000,", ",33000,"),
    "neighbours.csv": NEIGHBOURS,
    "scenario.yaml": SCENARIO,
    "lent.csv": LENT,
    "people.csv": PEOPLE,
    "leavers.csv": LEAVERS,
    "mountains.csv": "code,mountain\n" + "".join(f"{code},yes\n" for code in CODES),
}
NEAR = ("--neighbours", "neighbours.csv")
SEVERAL = ("--population", "units.csv")

_TOLD: dict[str, tuple[str, ...]] = {
    "explain": ("explain", "00001", "units.csv", *DAY),
    "compare": ("compare", "00001", "00002", *SEVERAL, *DAY),
    "compare --peers": ("compare", "--peers", "00001", "--k", "2", *SEVERAL, *DAY),
    "rank": ("rank", "units.csv", "--by", "government_shortfall", *DAY),
    "rank --group-by": ("rank", "units.csv", "--group-by", "type", *DAY),
    "sensitivity": ("sensitivity", "units.csv", "--vary", "government.base=30,32", *DAY),
    "borderline": ("borderline", "units.csv", "--within", "900", "--growth", "1.2", "--years", "3", *DAY),
    "changes": ("changes", "units.csv", "later.csv", *DAY),
    "merge": ("merge", "00001", "00002", "--name", "Xã Mới", *SEVERAL, *DAY),
    "simulate": ("simulate", "scenario.yaml", "units.csv", *DAY),
    "simulate --compare": ("simulate", "--compare", "scenario.yaml", "scenario.yaml", "units.csv", *DAY),
    "suggest": ("suggest", "units.csv", *NEAR, "--units", "5", *DAY),
    "plan --why": ("plan", "units.csv", "--why", "00001", *DAY),
    "path": ("path", "units.csv", "--people", "people.csv", "--deadline", "2028-07-01", *DAY),
    "allocate": ("allocate", "units.csv", "--total", "420", *DAY),
    "secondments": ("secondments", "lent.csv", *SEVERAL, *DAY),
    "report": ("report", "units.csv", "--format", "md", *DAY),
    "rules diff": ("rules", "diff", "central-2025", "cv-09-2025", "units.csv"),
    "rules fit": ("rules", "fit", "units.csv", "--posts", "given", *DAY),
}
"""Runs that examples have not."""
RUNS: dict[str, tuple[str, ...]] = {
    **{
        words: (*run, *DAY)
        for words in LEAVES
        if "--terrain" in options_of(words) and (run := over_units(words))
    },
    **_TOLD,
}
"""Every command that applies a frame to units, as it is run here."""
WITHOUT = {
    "progress": "a plan carries the norms that it was made by",
    "rules published": "the country as it is embedded, of which no terrain is known",
    "bulk": "streams a table of any size through another engine: terrain is in its columns",
    "verify": "a manifest says how it was run",
}
"""Commands that apply a frame to units, or show what was so found, and take no table of terrain."""
FIT_ALONE = {"rules fit"}
"""Looks for a rule: there is no frame of which anything could be assumed."""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quota: Quota) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_command_that_applies_a_frame_takes_a_table_of_terrain() -> None:
    options = {words: options_of(words) for words in LEAVES}
    applying = {words for words, known in options.items() if {"--rules", "--old-rules"} & known}
    takes = {words for words, known in options.items() if "--terrain" in known}
    assert applying - takes == {"bulk"}
    assert takes == {words.partition(" --")[0] for words in RUNS} | {"form"}
    assert {words for words in takes if "--assume" not in options[words]} == FIT_ALONE
    assert not takes & set(WITHOUT)


def _figures(words: str, out: str) -> str:
    """What was found, without the files that it was found in."""
    if words == "report":
        return out.replace("units.csv + mountains.csv", "units.csv")
    found = json.loads(out)
    about_files = ("inputs", "old_inputs", "new_inputs", "problems", "made")
    return json.dumps({key: value for key, value in found.items() if key not in about_files})


def test_an_annex_takes_it_as_yes_assumed_of_all(quota: Quota, place: Path) -> None:
    def annex(*more: str) -> list[tuple[object, ...]]:
        run = quota("form", "bien-che-theo-khoi", *SEVERAL, *DAY, "-o", "annex.xlsx", *more)
        assert run.code == 0, run.err
        (sheet,) = opened(place / "annex.xlsx", values=True).worksheets
        return list(sheet.iter_rows(values_only=True))

    told, assumed = annex("--terrain", "mountains.csv"), annex("--assume", "mountain=yes")
    assert told == assumed != annex("--assume", "mountain=no")


@pytest.mark.parametrize("words", [words for words in RUNS if words not in FIT_ALONE])
def test_a_table_that_says_yes_of_all_is_as_yes_assumed_of_all(quota: Quota, place: Path, words: str) -> None:
    form = () if words == "report" else ("--format", "json")
    unknown = quota(*RUNS[words], *form)
    told = quota(*RUNS[words], *form, "--terrain", "mountains.csv")
    assumed = quota(*RUNS[words], *form, "--assume", "mountain=yes")
    assert told.code == assumed.code == unknown.code, told.err + assumed.err
    assert _figures(words, told.out) == _figures(words, assumed.out)
    assert _figures(words, told.out) != _figures(words, unknown.out)


def test_the_rule_behind_posts_is_found_by_terrain(quota: Quota, place: Path) -> None:
    """The posts given are those of the default frame, all units in mountains."""
    unknown = quota(*RUNS["rules fit"], "--format", "json")
    told = quota(*RUNS["rules fit"], "--format", "json", "--terrain", "mountains.csv")
    assert json.loads(unknown.out)["terrain_unknown"] == len(CODES)
    assert json.loads(told.out)["terrain_unknown"] == 0


def test_a_table_by_name_within_the_province(quota: Quota, place: Path) -> None:
    """Xã Bảo Lâm is in Cao Bằng and in Lâm Đồng; a list of the whole country goes with one province."""
    (place / "list.csv").write_text(
        "Tên xã,Tỉnh,Miền núi\nXã Bảo Lâm,Cao Bằng,có\nPhường Bảo Lộc,Lâm Đồng,x\n", encoding="utf-8"
    )
    run = quota("audit", "cao-bang", "--terrain", "list.csv", "--format", "csv", "--verbose", *DAY)
    assert run.code == 0, run.err
    assert "1 row is for a unit outside the population table; left out" in run.err
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(run.out))}
    assert rows["Xã Bảo Lâm"]["unknown_columns"] == ""
    assert rows["Xã Bảo Lạc"]["unknown_columns"] == "mountain"


def test_problems_stand_at_their_cell(quota: Quota, place: Path) -> None:
    (place / "t.csv").write_text(
        "code,name,mountain,highland\n"
        "00001,,perhaps,\n00002,,yes,no\n00002,,yes,\n00009,,yes,\n,Xã Không Có,no,\n,,no,\n",
        encoding="utf-8",
    )
    run = quota("rank", "units.csv", "--terrain", "t.csv", *DAY)
    assert run.code == 2
    assert run.out == ""
    assert [line for line in run.err.splitlines() if line.startswith("t.csv")] == [
        "t.csv, row 7, code: neither code nor name; say which unit the terrain is of.",
        (
            't.csv, row 4, code, "00002": Xã Bình An already has its terrain, on row 3; a unit has one row: '
            "correct the code or the name."
        ),
        (
            't.csv, row 5, code, "00009": no such unit in the population table; correct the code or the '
            "name, or remove the row if the unit is not in this table."
        ),
        (
            't.csv, row 6, name, "Xã Không Có": no such unit in the population table; correct the code or '
            "the name, or remove the row if the unit is not in this table."
        ),
        (
            't.csv, row 2, mountain, "perhaps": not understood; taken as unknown; write yes or no (có, '
            "không), or leave it empty if unknown."
        ),
    ]


def test_a_table_against_the_units_own_is_refused(quota: Quota, place: Path) -> None:
    lines = UNITS.splitlines()
    own = [f"{lines[0]},mountain", *(f"{line},no" for line in lines[1:])]
    (place / "own.csv").write_text("\n".join(own), encoding="utf-8")
    run = quota("audit", "own.csv", "--terrain", "mountains.csv", *DAY)
    assert run.code == 2
    assert (
        'mountains.csv, row 2, mountain, "yes": the population table says no of Xã An Bình; '
        "correct the one that is wrong" in run.err
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,name\n00001,Xã An Bình\n", "no column for terrain; add one"),
        ("mountain\nyes\n", "no column for code"),
        ("", "empty"),
    ],
)
def test_a_table_of_something_else_is_refused(quota: Quota, place: Path, text: str, said: str) -> None:
    (place / "t.csv").write_text(text, encoding="utf-8")
    run = quota("audit", "units.csv", "--terrain", "t.csv", *DAY)
    assert run.code == 2
    assert said in run.err


def test_audits_that_were_written_have_their_own_terrain(quota: Quota, place: Path) -> None:
    quota("audit", "units.csv", "--output", "audit.json", *DAY)
    run = quota("changes", "audit.json", "audit.json", "--terrain", "mountains.csv")
    assert run.code == 2
    assert "--terrain belongs to tables" in run.err


SENTENCE = "terrain is unknown: "
ROWS_WITHOUT_NORMS = {
    "suggest": "which unit goes into which",
    "plan": "moves, which --check and progress read again",
    "plan --why": "differences to a plan",
    "path": "from which day a unit meets its norm",
    "secondments": "who is where",
}
"""CSV files whose rows hold no norm: what hangs on what is unknown is said on stderr."""
FORMS = ("table", "markdown", "json", "csv", "xlsx")


def _texts(path: Path) -> str:
    book = opened(path)
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def _if_so(text: str) -> list[str]:
    """The cells of a CSV that say what norms, and what follows from them, are with what is unknown."""
    return [
        cell
        for row in csv.DictReader(io.StringIO(text))
        for key, cell in row.items()
        if cell and any(word in key for word in ("possible", "unknown_columns", "unsettled", "with_unknown"))
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("words", [words for words in RUNS if words not in (*FIT_ALONE, "report")])
def test_what_hangs_on_unknown_terrain_is_said_in_every_form(
    quota: Quota, place: Path, words: str, form: str
) -> None:
    run = quota(*RUNS[words], "--format", form, *(("--output", "out.xlsx") if form == "xlsx" else ()))
    assert run.code in (0, 1), run.err
    if form == "xlsx":
        written = _texts(place / "out.xlsx")
        assert SENTENCE in written or "possible" in written or words in ROWS_WITHOUT_NORMS
    elif form == "json":
        assert '"unsettled' in run.out or words == "simulate --compare"
        assert "possible" in run.out
    elif form == "csv" and words in ROWS_WITHOUT_NORMS:
        assert SENTENCE in run.err
        assert "--assume mountain=yes" in run.err or words == "secondments"
    elif form == "csv":
        assert _if_so(run.out) or "\n00001,government,possible," in run.out
    else:
        assert SENTENCE in run.out
    settled = quota(*RUNS[words], "--format", form if form != "xlsx" else "json", "--assume", "mountain=no")
    out = settled.out
    if form == "csv":
        assert not _if_so(out)
        out = out.partition("\n")[2]  # the columns are there, whatever the table says
    elif words == "simulate --compare":  # whose rows have the same keys as its CSV
        out = re.sub(r'"posts_(saved_)?possible_(low|high)": null', "", out)
    assert not any(word in out + settled.err for word in (SENTENCE, "possible", "unsettled", "if so"))


@pytest.mark.parametrize("ending", ["html", "docx", "md"])
def test_a_report_says_it(quota: Quota, place: Path, ending: str) -> None:
    target = place / f"report.{ending}"
    assert quota("report", "units.csv", "--output", target, *DAY).code == 0
    if ending == "docx":
        text = "\n".join(paragraph.text for paragraph in Document(str(target)).paragraphs)
    else:
        text = target.read_text(encoding="utf-8")
    assert "243 if all lie in mountains" in text


def test_what_a_merger_saves_is_said_with_and_without(quota: Quota, place: Path) -> None:
    """30,000 and 20,500 residents: 39 + 34 posts, in mountains 46 + 36; as one 49, in mountains 50."""
    run = quota(*RUNS["merge"], "--format", "json")
    found = json.loads(run.out)
    assert found["posts_saved"]["government"] == [24, 24]
    assert found["with_unknown"]["posts_saved"]["government"] == [32, 32]
    assert (found["people_to_place"]["total"], found["with_unknown"]["people_to_place"]["total"]) == (55, 54)
    shown = quota(*RUNS["merge"]).out
    assert "Then 57–62 posts are saved, 54 people are to be placed." in " ".join(shown.split())


@pytest.mark.parametrize(
    ("command", "gate", "said"),
    [
        ("audit", "short", "--fail-on short could not judge 7 posts"),
        ("audit", "surplus", "--fail-on surplus could not judge 18 people"),
        ("plan", "short", "--fail-on short could not judge 7 posts"),
    ],
)
def test_a_gate_says_what_it_could_not_judge(
    quota: Quota, place: Path, command: str, gate: str, said: str
) -> None:
    assert said in quota(command, "units.csv", "--fail-on", gate, *DAY).err
    settled = quota(command, "units.csv", "--fail-on", gate, "--terrain", "mountains.csv", *DAY)
    assert "could not judge" not in settled.err


def test_a_share_is_set_beside_the_norm_in_mountains(quota: Quota, place: Path) -> None:
    run = quota(*RUNS["allocate"], "--format", "csv")
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(run.out))}
    assert [rows[code]["possible_government"] for code in CODES] == ["46", "36", "61", "", "34", ""]
