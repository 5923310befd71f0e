"""Figures that pages quote from commands are what the commands say."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest

from quota.run.limits import LIMITS
from tests.docs.reference import DOCS

Quota = Callable[..., Any]
EITHER = pytest.mark.parametrize("language", ["en", "vi"])


def page(language: str, name: str) -> str:
    """A page without what stands between thousands, each space one."""
    text = (DOCS / language / f"{name}.md").read_text(encoding="utf-8")
    return " ".join(re.sub(r"(?<=\d)[.,](?=\d)", "", text).split())


def rows(language: str, name: str) -> list[list[str]]:
    """The rows of figures of a page's first table, its thousands closed up."""
    text = (DOCS / language / f"{name}.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| (.*) \|$", re.sub(r"(?<=\d)[.,](?=\d)", "", text), re.MULTILINE)
    return [[cell.strip() for cell in row.split("|")] for row in table if re.search(r"\d", row)]


def government_posts(quota: Quota, answer: str) -> dict[str, tuple[int, int]]:
    """Units and posts of the government bloc by province, with one answer about the mountains for all."""
    run = quota("audit", "vietnam", "--assume", f"mountain={answer}", "--format", "json")
    found: dict[str, list[int]] = defaultdict(list)
    for unit in json.loads(run.out)["units"]:
        found[unit["more"]["province"]].append(unit["quota"]["government"][0] if unit["quota"] else 0)
    return {province: (len(posts), sum(posts)) for province, posts in found.items()}


def test_what_each_province_has_by_the_default_frame(quota: Quota) -> None:
    outside, inside = (government_posts(quota, answer) for answer in ("no", "yes"))
    for language in ("en", "vi"):
        quoted = rows(language, "explanation/rule")
        assert len(quoted) == 6
        for name, units, posts, in_mountains, *_ in quoted:
            province = name.removesuffix(" City")
            assert (int(units), int(posts)) == outside[province]
            assert (int(units), int(in_mountains)) == inside[province]


@EITHER
def test_the_gaps_that_are_never_netted(language: str, quota: Quota) -> None:
    gap = json.loads(quota("audit", "--format", "json").out)["totals"]["gap"]["total"]
    short, over = gap["shortfall"], gap["surplus"]
    said = set(re.findall(r"\d+", page(language, "explanation/gaps")))
    assert {str(short), str(over), str(over - short)} <= said


@EITHER
def test_limits_are_told_by_their_defaults(language: str) -> None:
    quoted = {cells[0].strip("`"): int(cells[1]) for cells in rows(language, "reference/untrusted-files")}
    assert quoted == {limit.variable: limit.default for limit in LIMITS}


@EITHER
def test_how_often_no_figure_ends_in_zero_by_chance(language: str) -> None:
    said = page(language, "explanation/reconciling")
    assert round(1 / 0.9**44, -2) == 100
    assert round(1 / 0.9**100, -3) == 38_000
    assert {"44", "100", "38000"} <= set(re.findall(r"\d+", said))


@pytest.mark.slow
@EITHER
def test_what_proposals_for_a_minimum_leave(language: str, quota: Quota) -> None:
    pytest.importorskip("ortools")
    tables = {"Cao Bằng": "cao-bang", "Huế": "hue", "Hà Tĩnh": "ha-tinh", "Hà Nội": "ha-noi"}
    quoted = [row for row in rows(language, "reference/mergers") if row[0] in tables]
    assert len(quoted) == len(tables)
    for name, units, kept, _ in quoted:
        borders = f"{tables[name]}-neighbours"
        run = quota("suggest", tables[name], "--neighbours", borders, "--minimum", 16_000, "--format", "json")
        proposed = json.loads(run.out)
        assert (len(proposed["units"]), proposed["optimal"]) == (int(units), True)
        assert len({unit["new_code"] for unit in proposed["units"]}) == int(kept)
