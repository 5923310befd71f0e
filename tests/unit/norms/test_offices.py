"""Offices and posts by bloc: what the shipped list says, and an own list that adds to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from quota.core.problems import InputError
from quota.core.units import Employment
from quota.norms.loading import load_offices

OWN = """\
kind: offices
id: ours
extends: offices-2025
title: {vi: Của tỉnh, en: The province's}
sources:
  decision-5: {title: Quyết định số 5, publisher: UBND tỉnh, date: 2025-08-01}
offices:
  project-board:
    bloc: government
    employment: public-employee
    names: [Ban Quản lý dự án]
    source: decision-5
"""


def test_every_entry_of_the_shipped_list_cites_a_source_of_it() -> None:
    offices = load_offices()
    entries = [*offices.offices.values(), *offices.posts.values(), *offices.employment.values()]
    assert {entry.source for entry in entries} <= set(offices.sources)
    assert set(offices.employment) == set(Employment)


def test_an_own_list_adds_an_office(tmp_path: Path) -> None:
    (path := tmp_path / "ours.yaml").write_text(OWN, encoding="utf-8")
    offices = load_offices(path)
    assert offices.offices["project-board"].employment is Employment.PUBLIC_EMPLOYEE
    assert len(offices.offices) == len(load_offices().offices) + 1


def test_words_that_mean_two_blocs_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(OWN.replace("Ban Quản lý dự án", "PHÒNG KINH TẾ"), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_offices(path)
    (problem,) = refused.value.problems
    assert (problem.code, problem.row) == ("name-twice", 11)


def test_an_amended_office_cites_a_source_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(
        OWN.replace("project-board:\n    bloc: government", "economy:").replace(
            "    source: decision-5\n", ""
        ),
        encoding="utf-8",
    )
    with pytest.raises(InputError) as refused:
        load_offices(path)
    assert [problem.code for problem in refused.value.problems] == ["uncited"]
