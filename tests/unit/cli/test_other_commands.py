"""`quota explain`, `quota rules`, `quota data`, `quota --help`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

Quota = Callable[..., Any]
GOLDEN = Path(__file__).parents[2] / "golden"
DAY = ("--as-of", "2026-11-22")


def golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_explain_shows_every_step_the_margins_and_the_other_reading(quota: Quota) -> None:
    run = quota("explain", "hong bang", *DAY)
    golden("explain-hong-bang-100.txt", run.out)
    for said in (
        "113,200 − 16,000 = 97,200",
        "97,200 ÷ 2,000, rounded down = 48",
        "32 + 48 = 80",
        "80 is above 70: 70",
        "More residents bring no post: this is the most the rule grants",
        "central-2025-all-residents: Government 88 (+18)",
    ):
        assert said in " ".join(run.out.split())


def test_explain_of_a_small_island_says_what_is_not_known(quota: Quota) -> None:
    said = " ".join(quota("explain", "bach long vi", *DAY).out.split())
    assert "686 is not above 16,000 = 0" in said
    assert "17,314 residents more, at 18,000, bring the next post" in said
    assert "Fewer residents take no post away" in said
    assert "The source gives no norm under 16,000 residents" in said
    older = quota("explain", "bach long vi", "--rules", "central-2025", *DAY).out
    assert "No separate norm for special zones has been published" in " ".join(older.split())


def test_explain_as_json_has_the_same_figures_in_plain_numbers(quota: Quota) -> None:
    answer = json.loads(quota("explain", "11311", *DAY, "--format", "json").out)
    assert answer["unit"]["quota"]["government"] == [70, 70]
    assert [step["arithmetic"] for step in answer["steps"]["government"]] == [
        "32",
        "unknown: counted without it",
        "holds",
        "113200 − 16000 = 97200",
        "97200 ÷ 2000, rounded down = 48",
        "48 × 1 = 48",
        "32 + 48 = 80",
        "80 is above 70: 70",
    ]
    assert answer["margins"]["government"] == {
        "residents_to_next": None,
        "residents_to_fewer": 21_201,
        "residents_to_last": 0,
    }
    others = {other["frame"]["id"]: other["quota"]["government"] for other in answer["alternatives"]}
    assert others == {
        "central-2025": [80, 80],
        "central-2025-all-residents": [88, 88],
        "cv-09-2025-military": [70, 70],
        "cv-09-2025-party-31": [70, 70],
    }


def test_every_form_for_people_says_what_is_made_up(quota: Quota) -> None:
    for form in ("table", "markdown"):
        assert "made up" in quota("explain", "11311", *DAY, "--format", form).out


def test_another_readings_difference_shows_both_ends(quota: Quota, tmp_path: Path) -> None:
    text = "id: ours\nextends: central-2025\ntitle: {vi: a, en: a}\nreading: {vi: a, en: a}\n"
    text += "minimum_population: {note: null, source: hai-phong-2025-09}\n"
    text += "blocs: {party: {range: [17, 22], source: hai-phong-2025-09}}\n"
    (tmp_path / "ours.yaml").write_text(text, encoding="utf-8")
    said = quota("explain", "11311", *DAY, "--rules", tmp_path / "ours.yaml").out
    assert "Party 17–20 (0 to −2)" in " ".join(said.split())


def test_explain_of_unknown_residents(quota: Quota) -> None:
    run = quota("explain", "hoa binh", "tests/toy/units.csv", "--rules", "tests/toy/toy.yaml", *DAY)
    assert run.code == 0
    assert "no quota to explain" in run.out


@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_explain_in_the_other_forms(quota: Quota, form: str) -> None:
    out = quota("explain", "11311", *DAY, "--format", form).out
    assert "rounded down = 48" in out


def test_rules_list_and_show(quota: Quota) -> None:
    golden("rules-list-100.txt", quota("rules", "list").out)
    golden("rules-show-100.txt", quota("rules", "show", "central-2025").out)
    listed = json.loads(quota("rules", "list", "--format", "json").out)["rules"]
    frames = [rules["id"] for rules in listed if rules["kind"] == "frame"]
    assert frames == [
        "central-2025",
        "central-2025-all-residents",
        "cv-09-2025",
        "cv-09-2025-military",
        "cv-09-2025-party-31",
    ]
    shown = json.loads(quota("rules", "show", "central-2025-all-residents", "--format", "json").out)
    assert shown["blocs"]["government"]["increment"]["above"] == 0


def test_rules_check_says_yes_no_and_not_found_by_its_exit_code(quota: Quota, tmp_path: Path) -> None:
    assert quota("rules", "check").code == 0
    assert quota("rules", "check", "tests/toy", "rules").code == 0
    broken = quota("rules", "check", "tests/broken/several.yaml")
    assert broken.code == 1
    assert len(broken.err.splitlines()) == 3
    assert quota("rules", "check", "no/such.yaml").code == 2
    assert quota("rules", "check", tmp_path).code == 2
    text = Path("tests/toy/toy.yaml").read_text(encoding="utf-8").replace("government: 11", "government: 12")
    (tmp_path / "toy.yaml").write_text(text, encoding="utf-8")
    wrong = quota("rules", "check", tmp_path / "toy.yaml")
    assert wrong.code == 1
    assert "line 21, examples[2].government" in wrong.err
    assert "expects 12, the rules give 11" in wrong.err


def test_the_schema_judges_files_as_the_loader_does(quota: Quota) -> None:
    whole = jsonschema.Draft202012Validator(json.loads(quota("rules", "schema").out))
    part = jsonschema.Draft202012Validator(json.loads(quota("rules", "schema", "--amendment").out))

    def values(path: str) -> Any:
        return json.loads(json.dumps(yaml.safe_load(Path(path).read_text(encoding="utf-8")), default=str))

    assert whole.is_valid(values("rules/central-2025.yaml"))
    assert whole.is_valid(values("tests/toy/toy.yaml"))
    assert part.is_valid(values("rules/central-2025-all-residents.yaml"))
    assert not whole.is_valid(values("rules/central-2025-all-residents.yaml"))
    assert part.is_valid({**values("rules/central-2025-all-residents.yaml"), "unit_types": None})
    for broken in ("unknown-key", "uncited", "thousands-text", "bad-status", "no-vietnamese", "negative"):
        assert not whole.is_valid(values(f"tests/broken/{broken}.yaml")), broken


def test_the_schema_names_what_is_required(quota: Quota) -> None:
    schema = json.loads(quota("rules", "schema").out)
    assert set(schema["required"]) == {"id", "title", "status", "effective", "reading", "sources", "blocs"}
    assert schema["additionalProperties"] is False
    assert "from" in schema["$defs"]["Effective"]["properties"]
    amendment = json.loads(quota("rules", "schema", "--amendment").out)
    assert amendment["required"] == ["id", "extends", "title", "reading"]


def test_data_list(quota: Quota) -> None:
    tables = json.loads(quota("data", "list", "--format", "json").out)["tables"]
    rows = {table["id"]: table["rows"] for table in tables}
    assert rows["hai-phong"] == 114
    assert rows["provinces"] == 34
    assert [table["id"] for table in tables if table["illustrative"]] == [
        f"hai-phong-{name}-sample" for name in ("staff", "fields", "needs", "secondments", "assigned")
    ]
    folder = Path(__file__).parents[3] / "data"
    unlisted = {"catalogue", "doubts"}  # the list itself, and what is doubtful in the tables of it
    assert {path.stem for path in folder.glob("*.csv")} == {*rows, *unlisted}


def test_version_and_help(quota: Quota) -> None:
    assert quota("--version").out.startswith("quota ")
    assert "audit" in quota("--help").out
    assert quota().code == 2
